"""What somebody said about an entry: a question until it is answered, or a comment."""

from __future__ import annotations

from datetime import date

from ksbtui.core.codec import encode_fields
from ksbtui.core.frozen import dataclass

QUESTION, COMMENT = "question", "comment"
"""Kinds of record."""


@dataclass(frozen=True, slots=True)
class Remark:
    """A question or comment on an entry: who said it, when, and in which call if any.

    A question stays open until ``answered`` is the day of its answer.
    """

    id: str
    enrolment: str
    entry: str
    by: str
    day: date
    text: str
    source: str = ""
    answered: date | None = None
    answer: str = ""

    def as_json(self) -> dict[str, object]:
        """The remark as commands print it."""
        return encode_fields(self, "enrolment", "source")
