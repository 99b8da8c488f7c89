"""Standards, programmes, rule sets and enrolments as plain JSON documents.

The journal keeps what an enrolment refers to as documents, so that it is whole by
itself. Reading one back trusts it: it was validated when it came in.
"""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from datetime import date
from typing import Any

from ksbtui.core.programme.programmes import (
    ActivityType,
    Break,
    Coaching,
    Enrolment,
    Guideline,
    Milestone,
    Module,
    Programme,
    Rule,
    RuleSet,
)
from ksbtui.core.programme.standards import Duty, Ksb, Outcome, Standard

Document = dict[str, Any]


def document(value: Any) -> Any:
    """Turn a dataclass of the core into JSON values; days become ISO strings."""
    if is_dataclass(value):
        return {field.name: document(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, dict):
        return {str(key): document(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [document(item) for item in value]
    return value


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _with(body: Document, **changed: Any) -> Document:
    return {**{key: tuple(v) if isinstance(v, list) else v for key, v in body.items()}, **changed}


def standard_from(body: Document) -> Standard:
    """Read a standard back from its document."""
    days = {key: _day(body[key]) for key in ("starts_from", "starts_to", "approved", "updated")}
    return Standard(
        **_with(
            body,
            **days,
            ksbs=tuple(Ksb(**item) for item in body["ksbs"]),
            duties=tuple(Duty(**_with(item)) for item in body["duties"]),
            outcomes=tuple(Outcome(**_with(item)) for item in body["outcomes"]),
            facts=dict(body["facts"]),
        )
    )


def programme_from(body: Document) -> Programme:
    """Read a programme back from its document."""
    coaching = body["coaching"]
    return Programme(
        **_with(
            body,
            modules=tuple(Module(**_with(item)) for item in body["modules"]),
            milestones=tuple(Milestone(**item) for item in body["milestones"]),
            coaching=Coaching(**coaching) if coaching else None,
        )
    )


def rules_from(body: Document) -> RuleSet:
    """Read a rule set back from its document."""
    return RuleSet(
        **_with(
            body,
            starts_from=_day(body["starts_from"]),
            rules=tuple(
                Rule(
                    **_with(
                        item,
                        effective_from=_day(item["effective_from"]),
                        effective_to=_day(item["effective_to"]),
                    )
                )
                for item in body["rules"]
            ),
            types=tuple(ActivityType(**item) for item in body["types"]),
            guidelines=tuple(Guideline(**item) for item in body["guidelines"]),
        )
    )


def enrolment_from(body: Document) -> Enrolment:
    """Read an enrolment back from its document."""
    return Enrolment(
        **_with(
            body,
            start=date.fromisoformat(body["start"]),
            end_given=_day(body["end_given"]),
            ended=_day(body["ended"]),
            breaks=tuple(
                Break(date.fromisoformat(item["start"]), _day(item["end"]), item["reason"])
                for item in body["breaks"]
            ),
            moved_modules={
                int(number): (date.fromisoformat(first), date.fromisoformat(last))
                for number, (first, last) in body["moved_modules"].items()
            },
        )
    )
