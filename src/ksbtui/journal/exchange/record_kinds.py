"""What a record of each kind holds, for whatever reads records that it did not write.

The subjects trust the records they wrote. A check of the file, a hand-over and a merge do
not: :func:`read_record` names the first field that is unknown, missing or wrong.
"""

from __future__ import annotations

from typing import Any

from ksbtui.core.assessment.answers import Answer, checked_answer
from ksbtui.core.assessment.benefits import Measure
from ksbtui.core.assessment.project import ProjectItem
from ksbtui.core.assessment.scan import Scan
from ksbtui.core.assessment.stories import Story
from ksbtui.core.coaching.actions import Action
from ksbtui.core.coaching.calls import Call
from ksbtui.core.coaching.review import Review
from ksbtui.core.codec import encode_fields
from ksbtui.core.entry.entries import COMMENT, QUESTION, Remark
from ksbtui.core.entry.revisit import Revisit
from ksbtui.core.entry.timer import Timer
from ksbtui.core.exchange.feedback import SIGNED, Signed
from ksbtui.core.programme.programmes import Enrolment, Opening, Programme, RuleSet
from ksbtui.core.programme.standards import Standard
from ksbtui.core.strict import strictly
from ksbtui.journal.assessment.project import ITEM, MEASURE
from ksbtui.journal.assessment.scans import SCAN
from ksbtui.journal.assessment.stories import STORY
from ksbtui.journal.coaching.records import ACTION, CALL, REVIEW
from ksbtui.journal.coaching.verification import EmployerVerified
from ksbtui.journal.context import ENROLMENT, OPENING, PROGRAMME, RULES, STANDARD
from ksbtui.journal.entry.revisits import REVISIT
from ksbtui.journal.entry.timers import TIMER
from ksbtui.journal.progress.progress import ANSWER, EMPLOYER_VERIFIED

WITH_ID: dict[str, type] = {
    ACTION: Action,
    CALL: Call,
    COMMENT: Remark,
    EMPLOYER_VERIFIED: EmployerVerified,
    ENROLMENT: Enrolment,
    OPENING: Opening,
    PROGRAMME: Programme,
    QUESTION: Remark,
    REVIEW: Review,
    RULES: RuleSet,
    SIGNED: Signed,
    REVISIT: Revisit,
    STANDARD: Standard,
    TIMER: Timer,
}
"""Kinds whose body holds everything, its own id too where it has one."""

WITHOUT_ID: dict[str, type] = {ITEM: ProjectItem, MEASURE: Measure, SCAN: Scan, STORY: Story}
"""Kinds whose id stands beside the body."""


def read_record(kind: str, id: str, body: Any) -> Any:
    """Read a record strictly; None for a kind that is a plain table (settings, ticks, imports).

    Raises :class:`~ksbtui.core.strict.Malformed` with the path of the first fault.
    """
    if kind in WITH_ID:
        return strictly(WITH_ID[kind], body)
    if kind in WITHOUT_ID:
        return strictly(WITHOUT_ID[kind], body, id=id)
    if kind == ANSWER:
        return checked_answer(id, body)
    return None


def record_body(kind: str, value: Any) -> dict[str, Any]:
    """The body that the journal keeps of what :func:`read_record` read."""
    if isinstance(value, Answer):
        return value.body()
    return encode_fields(value, *(("id",) if kind in WITHOUT_ID else ()))
