"""Records that do not read, met while the journal is used: set aside, and the rest goes on."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import Any

from ksbtui.core.strict import Malformed, check

CHECKED = {
    *("action", "answer", "call", "comment", "employer-verified", "project-item"),
    *("opening", "project-measure", "question", "review", "scan", "story", "timer"),
}
"""Kinds that are checked whenever they are read. Enrolments and their documents are read by
every command: they are checked by what they are made into."""


_SHAPES = {
    "action": "core.coaching.actions.Action",
    "call": "core.coaching.calls.Call",
    "employer-verified": "journal.coaching.verification.EmployerVerified",
    "comment": "core.entry.entries.Remark",
    "opening": "core.programme.programmes.Opening",
    "project-item": "core.assessment.project.ProjectItem",
    "question": "core.entry.entries.Remark",
    "review": "core.coaching.review.Review",
    "timer": "core.entry.timer.Timer",
}
"""Kinds that the first screen reads: only the module of each is loaded."""
_ID_BESIDE = {"project-item"}
"""Kinds whose id stands beside the body."""


@cache
def _shape(kind: str) -> Any:
    module, _, name = _SHAPES[kind].rpartition(".")
    return getattr(import_module(f"ksbtui.{module}"), name)


def record_fault(kind: str, id: str, body: Any) -> str:
    """What is wrong with a record's body, with the place; empty if nothing is."""
    if not isinstance(body, dict):
        return "it is not an object"
    if kind not in CHECKED:
        return ""
    try:
        if kind in _SHAPES:
            beside = {"id": id} if kind in _ID_BESIDE else {}
            check(_shape(kind), {**body, **beside})
        elif kind == "answer":
            from ksbtui.core.assessment.answers import checked_answer  # most read none

            checked_answer(id, body)
        else:
            from ksbtui.journal.exchange.record_kinds import read_record  # loads most of the core

            read_record(kind, id, body)
    except Malformed as problem:
        return str(problem)
    except (KeyError, TypeError, ValueError) as problem:
        return f"{type(problem).__name__}: {problem}"
    return ""
