"""What somebody said about an entry: a question until it is answered, or a comment."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

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
        return {
            "id": self.id,
            "entry": self.entry,
            "by": self.by,
            "day": self.day.isoformat(),
            "text": self.text,
            "answered": self.answered.isoformat() if self.answered else None,
            "answer": self.answer,
        }


def remark_from(body: Mapping[str, Any]) -> Remark:
    """Read a remark back from its record."""
    answered = body["answered"]
    return Remark(
        **{
            **body,
            "day": date.fromisoformat(body["day"]),
            "answered": date.fromisoformat(answered) if answered else None,
        }
    )
