"""What a hand-over, an import, feedback, a merge and the digest hold and did, in sentences."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from ksbtui.core.codec import encode, encode_fields
from ksbtui.core.days import full_day, line_day, short_day, span_text
from ksbtui.core.durations import say_minutes
from ksbtui.core.entry.entries import Entry
from ksbtui.core.exchange.feedback import (
    SIGNED_BROKEN,
    SIGNED_CHANGED,
    SIGNED_HOLDS,
    Line,
    Seal,
)
from ksbtui.core.exchange.imported import Note as RowNote
from ksbtui.core.exchange.imported import TableSeen
from ksbtui.core.exchange.merging import BACK, CHANGED, DELETED, DOUBLE, STAYED, UNVERIFIED
from ksbtui.core.hours.hours import say_variance
from ksbtui.core.text.text import number_of
from ksbtui.journal.exchange.digest import EMPLOYER, ME, TUTOR, Digest
from ksbtui.journal.exchange.exchange import Taken as Merged
from ksbtui.journal.exchange.feedback import Note, Taken
from ksbtui.journal.exchange.handover import HandOver
from ksbtui.journal.exchange.imports import Plan
from ksbtui.journal.exchange.merge import Double
from ksbtui.presentation.cells import cut
from ksbtui.presentation.parts import BOLD, DONE_BOLD, MUTED, OWED, PLAIN, Block, Head, Pair

_NAMES = {
    "entries": ("entry", "entries"),
    "evidence": ("piece of evidence, by name and kind", "pieces of evidence, by name and kind"),
    "action": ("action", "actions"),
    "answer": ("practice answer, without its notes", "practice answers, without their notes"),
    "call": ("coaching call, without private notes", "coaching calls, without private notes"),
    "comment": ("comment", "comments"),
    "employer-verified": ("behaviour note by the employer", "behaviour notes by the employer"),
    "gateway-tick": ("gateway item", "gateway items"),
    "project-item": ("project item", "project items"),
    "project-measure": ("project measure", "project measures"),
    "question": ("question", "questions"),
    "review": ("progress review", "progress reviews"),
    "scan": ("skills scan", "skills scans"),
    "signed": ("signature", "signatures"),
    "story": ("story", "stories"),
    "verified": ("verification", "verifications"),
}


def _counted(kind: str, number: int) -> str:
    return number_of(number, *_NAMES.get(kind, (kind, kind)))


def sharing_lines(counts: Mapping[str, int], since: date | None) -> list[str]:
    """What a hand-over holds, a line each."""
    lines = [_counted(kind, number) for kind, number in counts.items() if kind in _NAMES and number]
    return [f"only entries from {full_day(since)}", *lines] if since else lines


def left_out_text(entries: int, minutes: int) -> str:
    """What stays with the learner."""
    if not entries:
        return "Private notes, drafts and the paths of your files stay with you."
    what = number_of(entries, "private entry", "private entries")
    return (
        f"{what} ({say_minutes(minutes)}) will stay with you, and so will private notes, "
        "drafts and the paths of your files. Your tutor will see fewer hours because of "
        "this."
    )


def opened_lines(file: HandOver, waiting: int) -> list[str]:
    """What was opened: whose it is, from when, and what is not in it."""
    written = full_day(date.fromisoformat(file.made_at[:10]))
    whose = f"{file.name}'s journal" if file.name else "A learner's journal"
    lines = [f"{whose}, shared on {written}: {_counted('entries', len(file.entries))}."]
    if file.since:
        lines.append(f"It starts on {full_day(file.since)}. Earlier entries are not in it.")
    if file.left_out:
        lines.append(
            f"{file.left_out} private ({say_minutes(file.left_out_minutes)}) stayed with "
            "the learner, so hours and coverage look lower."
        )
    lines.append("It is open in memory only. Nothing is saved on this computer.")
    if waiting:
        notes = number_of(waiting, "of your notes is", "of your notes are")
        lines.append(
            f"{notes} not in a feedback file yet. To write one: ksbtui handover feedback FILE"
        )
    return lines


def feedback_lines(lines: Iterable[Line]) -> list[str]:
    """What a feedback file holds, a line each."""
    return [_counted(kind, number) for kind, number in Counter(line.kind for line in lines).items()]


def taken_text(taken: Taken) -> str:
    """What feedback did, in counts."""
    return (
        f"Feedback from {cut(taken.sender, 40)}: {taken.added} added, {taken.changed} changed, "
        f"{taken.unchanged} unchanged, {len(taken.skipped)} left out."
    )


_SEALS = {
    SIGNED_HOLDS: "Signed with the key {key} ({by}, {day}).",
    SIGNED_CHANGED: "Changed since verified: signed with the key {key} ({by}, {day}).",
    SIGNED_BROKEN: "Signature not valid ({by}, {day}).",
}


def seal_text(seal: Seal) -> str:
    """What a signature says; a key is never proof of a person."""
    signed = seal.signed
    return _SEALS[seal.state].format(key=seal.fingerprint, by=signed.by, day=full_day(signed.day))


def note_text(note: Note) -> str:
    """What became of one line of feedback."""
    kind = _NAMES.get(note.kind, (note.kind, ""))[0].partition(",")[0]
    title = f' "{note.title}"' if note.title else ""
    why = f": {note.why}" if note.why else ""
    what = "left out" if note.what == "skipped" else note.what
    return f"{what}: {kind} {note.id}{title}{why}"


_ASKED = {EMPLOYER: "What I need from you", TUTOR: "What I need from you", ME: "To do"}


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
    items = [line if line.startswith(" ") else f"- {line}" for line in lines]
    return "\n".join([title, *items]) if items else ""


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
        f"{say_minutes(hours.counted_minutes)} of {say_minutes(hours.target_minutes)} in total, "
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
            yield f"Verify {number_of(digest.to_verify, 'entry', 'entries')}"
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
        yield (
            "For each one you have seen: what did I do, when, and what was the result? "
            "Two sentences are enough."
        )
    if digest.review:
        yield f"Keep an hour free for the progress review, due by {full_day(digest.review)}"


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
        "questions": [question.as_json() for question in digest.questions],
    }


SHOWN = 12
"""Lines of each kind that are shown."""
MERGED = {
    CHANGED: "Changed in the file",
    DELETED: "Deleted on the other device",
    BACK: "Deleted here, but changed on the other device: restored",
    STAYED: "Deleted on the other device, but changed here: kept",
    UNVERIFIED: "The text changed after it was verified: verification removed",
    DOUBLE: "Changed on both devices: both texts are kept",
}


def merged_lines(taken: Merged, more: str) -> Iterator[str]:
    """Name what was merged, under what happened to it; ``more`` ends a list that is cut."""
    if taken.kept:
        yield f"You changed {taken.kept} here since. Your changes stay."
    for what, heading in MERGED.items():
        notes = [note for note in taken.notes if note.what == what and note.title]
        if not notes:
            continue
        yield f"{heading}:"
        for note in notes[:SHOWN]:
            when = f"  {full_day(note.day)}" if note.day else ""
            fields = f"  ({', '.join(note.fields)})" if note.fields else ""
            yield f"  {note.id}{when}  {cut(note.title, 60)}{fields}"
        if len(notes) > SHOWN:
            yield f"  and {len(notes) - SHOWN} more{more}"
    for entry in taken.wishes[:SHOWN]:
        title = "(private)" if entry.private else entry.title
        yield f"Purged on the other device but still here: {entry.id}  {cut(title, 60)}"


def double_title(double: Double) -> str:
    """What was written in two places: the thing and its field."""
    return f"{double.title}: {double.path.partition('/')[0]}"


def value_text(value: Any) -> str:
    """One of the values as a person reads it."""
    if isinstance(value, dict):
        return str(value.get("title") or "; ".join(map(str, value.values())))
    if isinstance(value, list):
        return " ".join(map(str, value))
    return str("nothing" if value in (None, "") else value)


LISTED = 8
"""Lines of each kind; the count above them names the rest."""


_FORMATS = (
    "A training log (CSV, XLSX, ODS), a calendar (.ics), Toggl, Clockify, Watson, Timewarrior, "
    "jrnl, Day One, or a folder of Markdown notes."
)


def welcome() -> list[Block]:
    """Say what can be brought in."""
    return [
        [(_FORMATS, MUTED)],
        None,
        [("Nothing is imported until you confirm. You can undo the whole import.", MUTED)],
    ]


def columns_seen(
    tables: Sequence[TableSeen], maps: Mapping[int, Sequence[str]] | None = None
) -> list[Block]:
    """Each table with what was read of it and of its columns, or the reason why nothing.

    ``maps`` are the names of the saved maps that fit a table, by its number.
    """
    blocks: list[Block] = []
    for table in tables:
        read = f"{number_of(table.rows, 'row')}, {say_minutes(table.minutes)}"
        blocks += [None, Head(f"T{table.name[1:]}", "left aside" if table.aside else read)]
        place = f"{table.sheet}, rows {table.first} to {table.last}"
        blocks.append([(f"{place}: {table.aside}" if table.aside else place, MUTED)])
        for name in (maps or {}).get(table.number, ()):
            blocks.append(
                [(f"The saved map {name} fits it. To use it, enter {name} under Saved as.", OWED)]
            )
        for column in table.columns:
            left = [(f"{column.letter:<3}", BOLD), (f"{cut(column.heading or '–', 24):<26}", PLAIN)]
            why = column.aside or column.means
            blocks.append(Pair([*left, (cut(column.example, 30), MUTED)], [(why, MUTED)]))
    return blocks


def plan_told(plan: Plan) -> list[Block]:
    """What would be added, changed, left out, and what is odd."""
    counts = (
        f"{len(plan.added):,} to add, {len(plan.changed):,} to change,"
        f" {plan.unchanged:,} unchanged, {len(plan.missing):,} missing"
    )
    blocks: list[Block] = [
        Pair([(counts, DONE_BOLD if plan.writes else BOLD)], [(say_minutes(plan.minutes), BOLD)])
    ]
    if plan.warnings or plan.skipped:
        left = f"{number_of(len(plan.skipped), 'row')} left out" if plan.skipped else ""
        check = f"{len(plan.warnings):,} to check" if plan.warnings else ""
        words = " · ".join(filter(None, (check, left)))
        blocks.append([(f"{words}; see below.", OWED if plan.warnings else MUTED)])
    if plan.unchanged or plan.changed or plan.missing:
        blocks.append([(f"Matched with what {cut(plan.source, 40)} brought before.", MUTED)])
    blocks += _entries("To add", plan.added)
    blocks += _entries("To change", [after for _, after in plan.changed])
    blocks += _notes("To check", plan.warnings)
    blocks += _notes("Left out", plan.skipped)
    gone = "will be deleted" if plan.removed else "kept here; ctrl+r deletes them"
    blocks += _entries(f"No longer in the file, {gone}", plan.missing)
    if plan.untagged:
        words = f"{len(plan.untagged)} have no KSB. They count. You can add KSBs after the import."
        blocks += [None, [(words, MUTED)]]
    return blocks


def refusals_told(notes: Sequence[RowNote]) -> list[Block]:
    """Rows whose day or time cannot be read, and the two ways out."""
    words = "Fix these rows in the file, or skip them with ctrl+l."
    return [*_notes("Cannot be read", notes), [(words, OWED)]]


def _entries(heading: str, entries: Sequence[Entry]) -> list[Block]:
    if not entries:
        return []
    blocks: list[Block] = [None, Head(heading, f"{len(entries):,}")]
    for entry in entries[:LISTED]:
        codes = " ".join(entry.ksbs[:3])
        left = [(f"{span_text(entry.first_day, entry.day):<12} ", MUTED), (entry.title, PLAIN)]
        blocks.append(Pair(left, [(f"{codes}  ", MUTED), (say_minutes(entry.minutes), PLAIN)]))
    return [*blocks, *_more(len(entries))]


def _notes(heading: str, notes: Sequence[RowNote]) -> list[Block]:
    if not notes:
        return []
    blocks: list[Block] = [None, Head(heading, f"{len(notes):,}")]
    blocks += [[(note.text, PLAIN)] for note in notes[:LISTED]]
    return [*blocks, *_more(len(notes))]


def _more(count: int) -> list[Block]:
    return [[(f"and {count - LISTED:,} more", MUTED)]] if count > LISTED else []
