"""What a hand-over holds, what feedback did, in sentences for commands and screens."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date

from ksbtui.core.days import full_day
from ksbtui.core.durations import say_minutes
from ksbtui.core.exchange.feedback import (
    SIGNED_BROKEN,
    SIGNED_CHANGED,
    SIGNED_HOLDS,
    Line,
    Seal,
)
from ksbtui.core.text.text import number_of
from ksbtui.journal.exchange.feedback import Note, Taken
from ksbtui.journal.exchange.handover_file import HandOver
from ksbtui.presentation.cells import cut

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
    return [f"entries from {full_day(since)} on only", *lines] if since else lines


def left_out_text(entries: int, minutes: int) -> str:
    """What stays with the learner."""
    if not entries:
        return "Private notes, drafts and the paths of your files stay with you."
    what = number_of(entries, "private entry", "private entries")
    return (
        f"{what} ({say_minutes(minutes)}) will stay with you, as will private notes, drafts "
        "and the paths of your files. Your tutor sees fewer hours by that."
    )


def opened_lines(file: HandOver, waiting: int) -> list[str]:
    """What was opened: whose it is, from when, and what is not in it."""
    made = full_day(date.fromisoformat(file.made_at[:10]))
    whose = f"{file.name}'s journal" if file.name else "A learner's journal"
    lines = [f"{whose}, handed over on {made}: {_counted('entries', len(file.entries))}."]
    if file.since:
        lines.append(f"It begins on {full_day(file.since)}; earlier entries are not in it.")
    if file.left_out:
        lines.append(
            f"{file.left_out} private ({say_minutes(file.left_out_minutes)}) stayed with the "
            "learner: hours and coverage are lower by that."
        )
    lines.append("It is open in memory alone; nothing of it is written to this computer.")
    if waiting:
        notes = number_of(waiting, "note of yours is", "notes of yours are")
        lines.append(f"{notes} not written out yet: ksbtui handover feedback FILE")
    return lines


def feedback_lines(lines: Iterable[Line]) -> list[str]:
    """What a feedback file holds, a line each."""
    return [_counted(kind, number) for kind, number in Counter(one.kind for one in lines).items()]


def taken_text(taken: Taken) -> str:
    """What feedback did, in counts."""
    return (
        f"Feedback from {cut(taken.sender, 40)}: {taken.added} added, {taken.changed} changed, "
        f"{taken.unchanged} unchanged, {len(taken.skipped)} left out."
    )


_SEALS = {
    SIGNED_HOLDS: "Signed with the key {key} ({by}, {day}).",
    SIGNED_CHANGED: "Changed since verified: signed with the key {key} ({by}, {day}).",
    SIGNED_BROKEN: "A signature that does not hold ({by}, {day}).",
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
