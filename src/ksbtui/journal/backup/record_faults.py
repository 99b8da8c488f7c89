"""Records that do not read, met while the journal is used: set aside, and the rest goes on."""

from __future__ import annotations

from typing import Any

from ksbtui.core.strict import Malformed

CHECKED = {
    *("action", "answer", "call", "comment", "employer-verified", "project-item"),
    *("opening", "project-measure", "question", "review", "scan", "story", "timer"),
}
"""Kinds that are checked whenever they are read. Enrolments and their documents are read by
every command: they are checked by what they are made into."""


def record_fault(kind: str, id: str, body: Any) -> str:
    """What is wrong with a record's body, with the place; empty if nothing is."""
    if not isinstance(body, dict):
        return "it is not an object"
    if kind not in CHECKED:
        return ""
    from ksbtui.journal.exchange.record_kinds import read_record  # loads most of the core

    try:
        read_record(kind, id, body)
    except Malformed as problem:
        return str(problem)
    except (KeyError, TypeError, ValueError) as problem:
        return f"{type(problem).__name__}: {problem}"
    return ""
