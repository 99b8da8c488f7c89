"""Scored practice answers, as the journal keeps them.

They stand apart from the practice itself: coverage reads them before the first paint, and
needs none of the rest.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from ksbtui.core.codec import decode, encode_fields
from ksbtui.core.strict import Malformed, strictly

SELF = "self"
"""Who scored, where it was the learner; otherwise a name."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A scored practice answer, as the journal keeps it.

    ``checked`` are ids of the checklist; ``seconds`` is how long it took, 0 if nobody
    looked. ``at`` is the instant it was scored, UTC. ``mock`` names the mock discussion it
    belongs to, empty for a single question.
    """

    id: str
    enrolment: str
    code: str
    level: str
    question: str
    score: int
    day: date
    at: str = ""
    by: str = SELF
    checked: tuple[str, ...] = ()
    notes: str = ""
    seconds: int = 0
    mock: str = ""

    @property
    def key(self) -> tuple[str, str]:
        return self.code, self.level

    def body(self) -> dict[str, Any]:
        """The record the journal keeps: its one KSB as a list, as every record says its KSBs."""
        rest = encode_fields(self, "id", "enrolment", "code")
        return {"enrolment": self.enrolment, "ksbs": [self.code], **rest}

    def as_json(self) -> dict[str, Any]:
        return {"id": self.id, **self.body()}


def answer_from(id: str, body: Mapping[str, Any]) -> Answer:
    """Read an answer back from its record."""
    values = dict(body)
    (code,) = values.pop("ksbs")
    return decode(Answer, values, id=id, code=code)


def checked_answer(id: str, body: Any) -> Answer:
    """Read an answer that somebody else may have written, or raise :class:`Malformed`."""
    ksbs = body.get("ksbs") if isinstance(body, dict) else None
    if not (isinstance(ksbs, list) and len(ksbs) == 1 and isinstance(ksbs[0], str)):
        raise Malformed("ksbs", f"expected a list of one code, found {ksbs!r}")
    values = {key: value for key, value in body.items() if key != "ksbs"}
    strictly(Answer, values, id=id, code=ksbs[0])
    return answer_from(id, body)
