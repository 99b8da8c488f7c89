"""What a record of each kind holds, for whatever reads records that it did not write.

The subjects trust the records they wrote. A check of the file, a hand-over and a merge do
not: :func:`read_record` names the first field that is unknown, missing or wrong. What is met
while the journal is used is looked at too (:func:`record_fault`): a record that does not read
is set aside, and the rest goes on.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import Any

from ksbtui.core.assessment.answers import checked_answer
from ksbtui.core.strict import Malformed, check, strictly

ANSWER = "answer"
"""The one kind that is read by a function of its own."""

SHAPES = {
    "action": "ksbtui.core.coaching.actions.Action",
    "call": "ksbtui.core.coaching.calls.Call",
    "comment": "ksbtui.core.entry.entries.Comment",
    "employer-verified": "ksbtui.journal.coaching.verification.EmployerVerified",
    "enrolment": "ksbtui.core.programme.programmes.Enrolment",
    "opening": "ksbtui.core.programme.programmes.Opening",
    "programme": "ksbtui.core.programme.programmes.Programme",
    "project-item": "ksbtui.core.assessment.project.ProjectItem",
    "project-measure": "ksbtui.core.assessment.benefits.Measure",
    "question": "ksbtui.core.entry.entries.Comment",
    "review": "ksbtui.core.coaching.review.Review",
    "revisit": "ksbtui.core.entry.revisit.Revisit",
    "rules": "ksbtui.core.programme.programmes.RuleSet",
    "scan": "ksbtui.core.assessment.scan.Scan",
    "signed": "ksbtui.core.exchange.feedback.Signed",
    "standard": "ksbtui.core.programme.standards.Standard",
    "story": "ksbtui.core.assessment.stories.Story",
    "timer": "ksbtui.core.entry.timer.Timer",
}
"""The class of each kind that is no plain table; its module is loaded when one is met."""

_ID_BESIDE = {"project-item", "project-measure", "scan", "story"}
"""Kinds whose id stands beside the body."""


@cache
def _shape(kind: str) -> Any:
    module, _, name = SHAPES[kind].rpartition(".")
    return getattr(import_module(module), name)


def read_record(kind: str, id: str, body: Any) -> Any:
    """Read a record strictly; None for a kind that is a plain table (settings, ticks, imports).

    Raises :class:`~ksbtui.core.strict.Malformed` with the path of the first fault.
    """
    if kind == ANSWER:
        return checked_answer(id, body)
    if kind in SHAPES:
        return strictly(_shape(kind), body, **_beside(kind, id))
    return None


def record_fault(kind: str, id: str, body: Any) -> str:
    """What is wrong with a record's body, with the place; empty if nothing is."""
    if not isinstance(body, dict):
        return "it is not an object"
    try:
        if kind == ANSWER:
            checked_answer(id, body)
        elif kind in SHAPES:
            check(_shape(kind), {**body, **_beside(kind, id)})
    except Malformed as problem:
        return str(problem)
    except (KeyError, TypeError, ValueError) as problem:
        return f"{type(problem).__name__}: {problem}"
    return ""


def _beside(kind: str, id: str) -> dict[str, str]:
    return {"id": id} if kind in _ID_BESIDE else {}
