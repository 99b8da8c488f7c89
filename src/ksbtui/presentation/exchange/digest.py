"""The digest as plain text that can be pasted into an e-mail."""

from __future__ import annotations

from collections.abc import Iterator

from ksbtui.core.codec import encode, encode_fields
from ksbtui.core.days import full_day, line_day, short_day
from ksbtui.core.durations import say_minutes
from ksbtui.core.hours.statement import say_variance
from ksbtui.core.text.text import number_of
from ksbtui.journal.exchange.digest import EMPLOYER, ME, TUTOR, Digest

_ASKED = {EMPLOYER: "What I ask of you", TUTOR: "What I ask of you", ME: "To do"}


def digest_text(digest: Digest) -> str:
    """The whole message, in the learner's voice."""
    name = digest.name or "My training"
    days = f"{line_day(digest.since)} to {full_day(digest.until)}"
    parts = [
        f"{name}: training from {days}",
        _section("Done", _done(digest)),
        _section("Hours", _hours(digest)),
        _section("Next", _next(digest)),
        _section(_ASKED[digest.reader], _asked(digest)),
    ]
    return "\n\n".join(filter(None, parts)) + "\n"


def _section(title: str, lines: Iterator[str]) -> str:
    found = [line if line.startswith(" ") else f"- {line}" for line in lines]
    return "\n".join([title, *found]) if found else ""


def _done(digest: Digest) -> Iterator[str]:
    for entry in digest.entries:
        codes = f" ({' '.join(entry.ksbs)})" if entry.ksbs else ""
        when = f"{short_day(entry.day)}, {say_minutes(entry.minutes)}"
        yield f"{when}: {' '.join(entry.title.split())}{codes}"
    if digest.private:
        yield number_of(digest.private, "more entry", "more entries")
    if not digest.entries and not digest.private:
        yield "nothing logged"


def _hours(digest: Digest) -> Iterator[str]:
    hours = digest.hours
    yield f"{say_minutes(digest.minutes)} logged, {say_minutes(digest.counted)} counted"
    yield (
        f"{say_minutes(hours.counted_minutes)} of {say_minutes(hours.target_minutes)} in all, "
        f"{say_variance(hours.variance_minutes)}"
    )
    if digest.reader == ME and hours.needed_per_week_minutes:
        yield f"{say_minutes(hours.needed_per_week_minutes)} a week to finish on time"


def _next(digest: Digest) -> Iterator[str]:
    if digest.reader == ME:
        for step in digest.steps:
            yield f"{step.what} ({step.why})"
    if digest.call:
        yield f"Coaching call: {full_day(digest.call)}"
    if digest.review:
        yield f"Progress review: by {full_day(digest.review)}"
    if digest.milestone:
        yield f"{digest.milestone[0]}: {full_day(digest.milestone[1])}"


def _asked(digest: Digest) -> Iterator[str]:
    for action in digest.actions:
        yield f"{action.text} (by {full_day(action.due)})"
    if digest.reader == EMPLOYER:
        yield from _asked_of_employer(digest)
    elif digest.reader == TUTOR:
        if digest.to_verify:
            yield f"Look at {number_of(digest.to_verify, 'entry', 'entries')} not verified yet"
    else:
        for question in digest.questions:
            yield f"Answer {question.by}: {' '.join(question.text.split())}"
        if digest.not_submitted:
            entries = number_of(digest.not_submitted, "entry", "entries")
            yield f"Copy {entries} into the e-portfolio"


def _asked_of_employer(digest: Digest) -> Iterator[str]:
    if digest.behaviours:
        yield "Which of these have you seen at work? Please answer yes or not yet for each:"
    for ksb in digest.behaviours:
        yield f"    {ksb.code} {ksb.plain or ksb.short or ksb.statement}"
    if digest.behaviours:
        yield "For one you have seen: what did I do, when, and what came of it? Two sentences do."
    if digest.review:
        yield f"Keep an hour free for the progress review, by {full_day(digest.review)}"


def digest_json(digest: Digest) -> dict[str, object]:
    """The digest as ``digest --json`` prints it."""
    skip = ("entries", "hours", "steps", "behaviours", "milestone", "actions", "questions")
    return {
        **encode_fields(digest, *skip),
        "text": digest_text(digest),
        "entries": [
            {
                "id": entry.id,
                "day": entry.day.isoformat(),
                "minutes": entry.minutes,
                "title": entry.title,
                "ksbs": list(entry.ksbs),
            }
            for entry in digest.entries
        ],
        "variance_minutes": digest.hours.variance_minutes,
        "counted_in_all": digest.hours.counted_minutes,
        "target_minutes": digest.hours.target_minutes,
        "steps": [encode(step) for step in digest.steps],
        "milestone": list(encode(digest.milestone)) if digest.milestone else None,
        "actions": [action.as_json(digest.until) for action in digest.actions],
        "behaviours": [ksb.code for ksb in digest.behaviours],
        "questions": [one.as_json() for one in digest.questions],
    }
