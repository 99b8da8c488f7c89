"""The training log: one row an activity, in the columns of a provider's form (``seed/layouts``)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ksbtui.core.codec import ForbidExtra
from ksbtui.core.days import full_day, span_text
from ksbtui.core.durations import clock_minutes, say_minutes
from ksbtui.core.entry.entries import Entry
from ksbtui.core.exchange.pages import DAY, HOURS, TEXT, WHOLE, Cell, Column, Sheet, decimal_hours
from ksbtui.core.hours.forecast import say_opening
from ksbtui.errors import SeedProblem
from ksbtui.exports.reports.source import Source, display_path
from ksbtui.store.seed.seeds import Offered, find, read_table, seed_files, validated

USUAL = "standard"
"""The layout used when none is named."""


@dataclass(frozen=True, slots=True)
class LayoutColumn(ForbidExtra):
    """One column: its header, what fills it, and for hours the activity types it is for."""

    header: str
    value: str
    width: int = 14
    types: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LayoutTotal(ForbidExtra):
    """A line below the rows: what it says and which figure stands there."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Layout(ForbidExtra):
    """A provider's form: ``entries`` are all that were ``logged`` or only those ``counted``."""

    id: str
    title: str
    entries: str
    columns: tuple[LayoutColumn, ...]
    footer: tuple[LayoutTotal, ...] = ()
    source: str = ""
    confidence: str = "M"


def layouts() -> Offered[Layout]:
    """Read every layout on offer, shipped and the person's own, by id."""
    items: dict[str, Layout] = {}
    problems = []
    for path in seed_files("layouts"):
        try:
            layout: Layout = validated(path, Layout, read_table(path))
        except SeedProblem as problem:
            problems.append(problem)
        else:
            items[layout.id] = layout
    return Offered(items, tuple(problems))


def find_layout(id: str) -> Layout:
    """Pick a layout by id; the usual one where none is named."""
    return find(layouts(), id.strip().lower() or USUAL, "layout")


Value = Callable[[Source, Entry], Cell]


def _codes(letter: str) -> Value:
    return lambda source, entry: " ".join(code for code in entry.ksbs if code[0] == letter)


def _day(source: Source, entry: Entry) -> Cell:
    """The day; of a block its span in words, since a date would say that it took one day."""
    return span_text(entry.first_day, entry.day) if entry.first_day else entry.day


def _activity(source: Source, entry: Entry) -> str:
    return f"{entry.title}\n{entry.notes}" if entry.notes else entry.title


def _evidence(source: Source, entry: Entry) -> str:
    return "\n".join(f"{item.title} ({display_path(item)})" for item in entry.evidence)


def _module(source: Source, entry: Entry) -> str:
    modules = source.course.programme.modules
    title = next((module.title for module in modules if module.number == entry.module), "")
    return f"{entry.module} {title}".strip() if entry.module else ""


def _why_not(source: Source, entry: Entry) -> str:
    rules = source.course.rules
    failed = source.journal.entries.failed(entry)
    rule = rules.rule(failed[0]) if failed else None
    kind = rules.type(entry.type)
    if rule is not None and rule.predicate == "activity-type" and kind is not None:
        return kind.why or rule.failed
    return rule.failed if rule else ""


VALUES: dict[str, tuple[str, Value]] = {
    "day": (DAY, _day),
    "new-learning": (TEXT, lambda source, entry: "Y" if entry.new_learning else "N"),
    "relevant": (TEXT, lambda source, entry: "Y" if entry.relevant else "N"),
    "hours": (HOURS, lambda source, entry: decimal_hours(entry.minutes)),
    "hours-other": (HOURS, lambda source, entry: decimal_hours(entry.minutes)),
    "minutes": (WHOLE, lambda source, entry: entry.minutes),
    "clock": (TEXT, lambda source, entry: clock_minutes(entry.minutes)),
    "hours-part": (WHOLE, lambda source, entry: entry.minutes // 60),
    "minutes-part": (WHOLE, lambda source, entry: entry.minutes % 60),
    "category": (TEXT, lambda source, entry: source.category(entry)),
    "title": (TEXT, lambda source, entry: entry.title),
    "notes": (TEXT, lambda source, entry: entry.notes),
    "activity": (TEXT, _activity),
    "learned": (TEXT, lambda source, entry: entry.learned),
    "module": (TEXT, _module),
    "module-number": (WHOLE, lambda source, entry: entry.module),
    "ksbs": (TEXT, lambda source, entry: " ".join(entry.ksbs)),
    "knowledge": (TEXT, _codes("K")),
    "skills": (TEXT, _codes("S")),
    "behaviours": (TEXT, _codes("B")),
    "evidence": (TEXT, _evidence),
    "paid": (TEXT, lambda source, entry: {"yes": "Y", "no": "N"}.get(entry.paid, "Paid back")),
    "counts": (TEXT, lambda source, entry: "Y" if source.counts(entry) else "N"),
    "why-not": (TEXT, _why_not),
    "verified-by": (TEXT, lambda source, entry: entry.verified.by if entry.verified else ""),
    "verified-on": (DAY, lambda source, entry: entry.verified.day if entry.verified else None),
    "submitted-on": (DAY, lambda source, entry: entry.submitted),
    "name": (TEXT, lambda source, entry: source.course.enrolment.name),
    "off-the-job": (
        TEXT,
        lambda source, entry: "Off the job" if source.counts(entry) else "On the job",
    ),
    "id": (TEXT, lambda source, entry: entry.id),
    "blank": (TEXT, lambda source, entry: None),
}
"""What may fill a column of a layout: the kind of cell and how it is read off an entry."""

TOTALS: dict[str, Callable[[Source, list[Entry]], int]] = {
    "total": lambda source, entries: sum(entry.minutes for entry in entries),
    "counted": lambda source, entries: sum(e.minutes for e in entries if source.counts(e)),
    "target": lambda source, entries: source.view.hours.target_minutes,
    "counted-all": lambda source, entries: source.view.hours.counted_minutes,
    "left": lambda source, entries: source.view.hours.left_minutes,
}
"""What may stand in a footer, in minutes; the first two are about the rows above it."""


def training_log(source: Source) -> Sheet:
    """The training log in the layout asked for."""
    layout = find_layout(source.scope.layout)
    _check(layout)
    entries = [
        entry for entry in source.entries if layout.entries == "logged" or source.counts(entry)
    ]
    named = {kind for column in layout.columns for kind in column.types}
    return Sheet(
        title="Training log",
        subtitle=f"{source.heading()} · {_span(entries)}{_opened(source)}",
        columns=tuple(
            Column(column.header, VALUES[column.value][0], column.width)
            for column in layout.columns
        ),
        rows=tuple(
            tuple(_cell(source, entry, column, named) for column in layout.columns)
            for entry in entries
        ),
        footer=tuple(_footer(source, layout, total, entries) for total in layout.footer),
        note=_note(source),
    )


def _opened(source: Source) -> str:
    """Hours that no row stands for, in a log of the whole record."""
    hours = source.view.hours
    if hours.opening is None or not hours.opening_minutes:
        return ""
    return f" · besides these rows {say_opening(hours.opening, hours.opening_minutes)}"


def _check(layout: Layout) -> None:
    wrong = [c.value for c in layout.columns if c.value not in VALUES]
    wrong += [t.value for t in layout.footer if t.value not in TOTALS]
    if wrong:
        known = ", ".join((*VALUES, *TOTALS))
        raise SeedProblem(
            f"Layout {layout.id} has an unknown field: {wrong[0]!r}.", f"Use one of: {known}."
        )


def _cell(source: Source, entry: Entry, column: LayoutColumn, named: set[str]) -> Cell:
    if column.types and entry.type not in column.types:
        return None
    if column.value == "hours-other" and entry.type in named:
        return None
    return VALUES[column.value][1](source, entry)


def _footer(
    source: Source, layout: Layout, total: LayoutTotal, entries: list[Entry]
) -> tuple[Cell, ...]:
    """A total under the hours and minutes; each comes from minutes, never from rounded hours."""
    minutes = TOTALS[total.value](source, entries)
    figures: dict[str, Cell] = {
        "hours": decimal_hours(minutes),
        "minutes": minutes,
        "clock": clock_minutes(minutes),
        "hours-part": minutes // 60,
        "minutes-part": minutes % 60,
    }
    cells = [None if c.types else figures.get(c.value) for c in layout.columns]
    free = next(index for index, cell in enumerate(cells) if cell is None)
    cells[0 if cells[0] is None else free] = total.label
    return tuple(cells)


def _span(entries: list[Entry]) -> str:
    if not entries:
        return "nothing logged"
    first, last = full_day(entries[0].day), full_day(entries[-1].day)
    return first if first == last else f"{first} to {last}"


def _note(source: Source) -> str:
    if not source.masked:
        return ""
    minutes = sum(entry.minutes for entry in source.entries if entry.title == "(private)")
    return (
        f"{source.masked} private activities ({say_minutes(minutes)}) show only their day, "
        "type and time."
    )
