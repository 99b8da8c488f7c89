"""What the import form says: the columns of a file, and what importing it would do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ksbtui.core.days import span_text
from ksbtui.core.durations import say_minutes
from ksbtui.core.entry.entries import Entry
from ksbtui.core.exchange.imported import Note, TableSeen
from ksbtui.core.text.text import number_of
from ksbtui.journal.exchange.import_plan import Plan
from ksbtui.presentation.cells import cut
from ksbtui.presentation.parts import BOLD, DONE_BOLD, MUTED, OWED, PLAIN, Block, Head, Pair

SHOWN = 8
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
        [("Nothing is written before you say so, and u takes the whole import back.", MUTED)],
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
            blocks.append([(f"The map {name} fits it: write {name} under Saved as.", OWED)])
        for one in table.columns:
            left = [(f"{one.letter:<3}", BOLD), (f"{cut(one.heading or '–', 24):<26}", PLAIN)]
            why = one.aside or one.means
            blocks.append(Pair([*left, (cut(one.example, 30), MUTED)], [(why, MUTED)]))
    return blocks


def plan_told(plan: Plan) -> list[Block]:
    """What would be added, changed, left out, and what is odd."""
    counts = (
        f"{len(plan.added)} to add, {len(plan.changed)} to change, {plan.unchanged} unchanged,"
        f" {len(plan.missing)} missing"
    )
    blocks: list[Block] = [
        Pair([(counts, DONE_BOLD if plan.writes else BOLD)], [(say_minutes(plan.minutes), BOLD)])
    ]
    if plan.warnings or plan.skipped:
        left = f"{number_of(len(plan.skipped), 'row')} left out" if plan.skipped else ""
        check = f"{len(plan.warnings)} to check" if plan.warnings else ""
        words = " · ".join(filter(None, (check, left)))
        blocks.append([(f"{words}; see below.", OWED if plan.warnings else MUTED)])
    if plan.unchanged or plan.changed or plan.missing:
        blocks.append([(f"Matched with what {cut(plan.source, 40)} brought before.", MUTED)])
    blocks += _entries("To add", plan.added)
    blocks += _entries("To change", [after for _, after in plan.changed])
    blocks += _notes("To check", plan.warnings)
    blocks += _notes("Left out", plan.skipped)
    gone = "deleted with this" if plan.removed else "kept here; ctrl+r deletes them"
    blocks += _entries(f"Gone from the file, {gone}", plan.missing)
    if plan.untagged:
        words = f"{len(plan.untagged)} name no KSB. They count; walk through them afterwards."
        blocks += [None, [(words, MUTED)]]
    return blocks


def refusals_told(notes: Sequence[Note]) -> list[Block]:
    """Rows whose day or time cannot be read, and the two ways out."""
    words = "Correct these rows in the file, or leave them out with ctrl+l."
    return [*_notes("Cannot be read", notes), [(words, OWED)]]


def _entries(heading: str, entries: Sequence[Entry]) -> list[Block]:
    if not entries:
        return []
    blocks: list[Block] = [None, Head(heading, str(len(entries)))]
    for entry in entries[:SHOWN]:
        codes = " ".join(entry.ksbs[:3])
        left = [(f"{span_text(entry.first_day, entry.day):<12} ", MUTED), (entry.title, PLAIN)]
        blocks.append(Pair(left, [(f"{codes}  ", MUTED), (say_minutes(entry.minutes), PLAIN)]))
    return [*blocks, *_more(len(entries))]


def _notes(heading: str, notes: Sequence[Note]) -> list[Block]:
    if not notes:
        return []
    blocks: list[Block] = [None, Head(heading, str(len(notes)))]
    blocks += [[(note.text, PLAIN)] for note in notes[:SHOWN]]
    return [*blocks, *_more(len(notes))]


def _more(count: int) -> list[Block]:
    return [[(f"and {count - SHOWN} more", MUTED)]] if count > SHOWN else []
