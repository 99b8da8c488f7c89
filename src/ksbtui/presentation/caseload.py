"""A caseload in rows, cells and sentences: for the command, the screen and spreadsheets."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from ksbtui.core.caseload.caseload import ActualHours, Case, Cohort, Learner
from ksbtui.core.codec import encode_fields
from ksbtui.core.days import full_day, line_day
from ksbtui.core.durations import say_minutes
from ksbtui.core.exchange.pages import DAY, HOURS, TEXT, WHOLE, Cell, Column, Sheet, decimal_hours
from ksbtui.core.text.text import number_of
from ksbtui.presentation.cells import cut
from ksbtui.presentation.parts import BOLD, MUTED, OWED, PLAIN, Block, Head, Row

HEADERS = ("Learner", "Hours", "Plan", "Month", "KSBs", "Last", "Review", "Alerts")
SHOWN_CODES = 12
NAME_WIDTH = 28


def hours_text(minutes: int) -> str:
    """Whole hours for a narrow column, halves up."""
    return f"{(minutes + 30) // 60} h"


def against_plan(one: Learner) -> str:
    """Hours against plan in a few characters: ``19 h behind``, ``on plan``."""
    hours = (abs(one.variance) + 30) // 60
    if not hours:
        return "on plan"
    return f"{hours} h {'ahead' if one.variance > 0 else 'behind'}"


def table_rows(cases: Iterable[Case]) -> list[tuple[str, ...]]:
    """The caseload as cells of text, the header first."""
    rows: list[tuple[str, ...]] = [HEADERS]
    for case in cases:
        one = case.learner
        more = len(case.alerts) - 1
        alerts = f"{case.alerts[0]}{f' +{more}' if more > 0 else ''}" if case.alerts else ""
        if one is None:
            rows.append((cut(case.name, NAME_WIDTH), "", "", "", "", "", "", alerts))
            continue
        rows.append(
            (
                cut(case.name, NAME_WIDTH),
                hours_text(one.counted),
                against_plan(one),
                hours_text(one.month),
                f"{one.covered}/{one.ksbs}",
                line_day(one.last_entry) if one.last_entry else "none",
                line_day(one.review_due) if one.review_due else "",
                alerts,
            )
        )
    return rows


_CELLS = (
    ("Hours", 6, 0, lambda one: hours_text(one.counted)),
    ("Plan", 12, 0, against_plan),
    ("Month", 6, 60, lambda one: hours_text(one.month)),
    ("KSBs", 6, 0, lambda one: f"{one.covered}/{one.ksbs}"),
    ("Last entry", 11, 92, lambda one: line_day(one.last_entry) if one.last_entry else "none"),
    ("Review", 8, 78, lambda one: line_day(one.review_due) if one.review_due else ""),
    ("Coaching", 9, 104, lambda one: line_day(one.coaching_next) if one.coaching_next else ""),
    ("Gateway", 8, 116, lambda one: line_day(one.gateway)),
    ("File", 6, 124, lambda one: f"{one.age} d" if one.age else "new"),
)
"""Columns of the list: header, cells, the width of the list from which they are shown."""


def list_cells(one: Learner | None, width: int) -> str:
    """The columns of a row in a list so wide, or their headers."""
    cells = ""
    for header, size, least, value in _CELLS:
        if width >= least:
            cells += f"  {value(one) if one else header:>{size}}"
    return f"{cells} "


def list_row(case: Case, width: int) -> Row:
    """A row of the list on the screen."""
    one = case.learner
    alerts = len(case.alerts)
    return Row(
        key=case.key,
        title=case.name or "unnamed",
        tags=list_cells(one, width) if one else case.problem[: len(list_cells(None, width)) - 2],
        mark="!" if alerts else "",
        figure=str(alerts or ""),
        muted=one is None,
    )


def detail(case: Case) -> list[Block]:
    """One row in full: alerts first, then the facts."""
    blocks: list[Block] = [[(case.name or "unnamed", BOLD)], None]
    blocks += [[("! ", OWED), (alert, PLAIN)] for alert in case.alerts]
    blocks += [None] if case.alerts else []
    for label, value in facts(case):
        blocks.append([(f"{label:<13}", MUTED), (value, PLAIN)])
    return blocks


def cohort_blocks(group: Cohort) -> list[Block]:
    """The cohort as a page of text."""
    blocks: list[Block] = []
    lines = cohort_lines(group)
    short = [(label, value) for label, value in lines if label.startswith(("Hours ", "Gateway "))]
    for label, value in lines:
        if (label, value) not in short:
            blocks += [Head(label), value, None]
    blocks.append(Head("Hours against plan, and gateways in the next 3 months"))
    width = max(len(label) for label, _ in short)
    blocks += [[(label.ljust(width + 2), MUTED), (value, PLAIN)] for label, value in short]
    return blocks


def facts(case: Case) -> list[tuple[str, str]]:
    """Everything about one row, a label and a value each."""
    one = case.learner
    if one is None:
        return [("File", case.problem), ("Path", case.path)] if case.path else [("File", "none")]
    gaps = " ".join(one.gaps[:SHOWN_CODES])
    more = len(one.gaps) - SHOWN_CODES
    found = [
        ("Hours", f"{say_minutes(one.counted)} counted of {say_minutes(one.target)}"),
        ("Plan", f"{hours_text(one.planned)} by today: {against_plan(one)}"),
        ("This month", say_minutes(one.month)),
        ("Verified", say_minutes(one.verified)),
        ("Coverage", f"{one.covered} of {one.ksbs} KSBs, {one.evidenced} with evidence"),
        ("Gaps", f"{gaps} +{more}" if more > 0 else gaps or "none"),
        ("Entries", f"{one.entries}, last {_day(one.last_entry)}"),
        ("Review", f"last {_day(one.review_last)}, next by {_day(one.review_due)}"),
        ("Coaching", f"last {_day(one.coaching_last)}, next {_day(one.coaching_next)}"),
        ("Actions", f"{one.actions_open} open, {one.actions_overdue} overdue"),
        ("Gateway", full_day(one.gateway)),
        ("Programme", f"{one.standard}, {one.programme}, from {full_day(one.start)}"),
        ("File", f"made {full_day(one.made)}, {age_text(one)}"),
    ]
    if one.since:
        found.append(("Entries from", f"{full_day(one.since)} only, so the hours are not complete"))
    if one.private:
        found.append(("Private", f"{say_minutes(one.private)} not shared by the learner"))
    return found


def age_text(one: Learner) -> str:
    """How old the file is."""
    return f"{number_of(one.age, 'day')} old" if one.age else "today's"


def _day(day: object) -> str:
    return full_day(day) if day else "none"  # type: ignore[arg-type]


def summary(cases: Sequence[Case]) -> str:
    """The whole caseload in a sentence."""
    read = [case for case in cases if case.learner]
    alerted = sum(bool(case.alerts) for case in read)
    parts = [number_of(len(read), "learner"), f"{alerted} with an alert"]
    if len(read) < len(cases):
        parts.append(f"{len(cases) - len(read)} without a readable file")
    return ", ".join(parts)


def cohort_lines(group: Cohort) -> list[tuple[str, str]]:
    """The cohort page as labels and values."""
    lines = [
        ("Learners", str(group.learners)),
        ("Counted", f"{say_minutes(group.counted)} of {say_minutes(group.planned)} planned so far"),
        ("No training this month", ", ".join(group.untrained) or "nobody"),
        ("Review overdue", ", ".join(group.overdue_reviews) or "nobody"),
        ("No readable file", ", ".join(group.without_file) or "nobody"),
        ("Nobody has shown", _codes(group.lacking)),
    ]
    lines += [(f"Hours {band}", str(count)) for band, count in group.bands]
    lines += [
        (f"Gateway {full_day(day)}", f"{name}, {number_of(gaps, 'gap')}")
        for name, day, gaps in group.gateways
    ]
    rare = [f"{code} {have} of {of}" for _, code, have, of in group.rarest[:SHOWN_CODES]]
    return [*lines, ("KSBs shown least", ", ".join(rare) or "everybody has shown all")]


def _codes(found: Sequence[tuple[str, str]]) -> str:
    by_standard: dict[str, list[str]] = {}
    for standard, code in found:
        by_standard.setdefault(standard, []).append(code)
    return "; ".join(f"{name}: {' '.join(codes)}" for name, codes in by_standard.items()) or "none"


_COLUMNS = (
    Column("Learner", TEXT, 24),
    Column("Standard", TEXT, 10),
    Column("Programme", TEXT, 26),
    Column("Start", DAY),
    Column("Gateway", DAY),
    Column("Target hours", HOURS),
    Column("Planned to date", HOURS),
    Column("Counted hours", HOURS),
    Column("Verified hours", HOURS),
    Column("This month", HOURS),
    Column("KSBs", WHOLE, 6),
    Column("Covered", WHOLE, 8),
    Column("With evidence", WHOLE, 8),
    Column("Gaps", TEXT, 40),
    Column("Entries", WHOLE, 8),
    Column("Last entry", DAY),
    Column("Last review", DAY),
    Column("Review due", DAY),
    Column("Last coaching", DAY),
    Column("Next coaching", DAY),
    Column("Open actions", WHOLE, 8),
    Column("Overdue actions", WHOLE, 8),
    Column("Alerts", TEXT, 60),
    Column("File made", DAY),
    Column("Learner id", TEXT, 10),
)


def sheet(cases: Iterable[Case]) -> Sheet:
    """The caseload as a sheet: one row a learner, those without a file by their names."""
    rows = tuple(_cells(case) for case in cases)
    return Sheet("Caseload", number_of(len(rows), "learner"), _COLUMNS, rows)


def _cells(case: Case) -> tuple[Cell, ...]:
    one, alerts = case.learner, "; ".join(case.alerts)
    if one is None:
        return (case.name, *[None] * 21, alerts, None, None)
    figures = (one.target, one.planned, one.counted, one.verified, one.month)
    return (
        case.name,
        one.standard,
        one.programme,
        one.start,
        one.gateway,
        *map(decimal_hours, figures),
        one.ksbs,
        one.covered,
        one.evidenced,
        " ".join(one.gaps),
        one.entries,
        one.last_entry,
        one.review_last,
        one.review_due,
        one.coaching_last,
        one.coaching_next,
        one.actions_open,
        one.actions_overdue,
        alerts,
        one.made,
        one.id,
    )


def hours_rows(hours: Iterable[ActualHours]) -> Iterator[tuple[str, ...]]:
    """Planned and actual hours by learner, for a provider's return."""
    yield ("Learner", "Id", "Standard", "Planned", "Actual")
    for row in hours:
        figures = (f"{decimal_hours(minutes):.2f}" for minutes in (row.planned, row.actual))
        yield (cut(row.name or row.id, NAME_WIDTH), row.id, row.standard, *figures)


def case_json(case: Case) -> dict[str, object]:
    """A row as ``caseload --json`` prints it."""
    head: dict[str, object] = {"name": case.name, "state": case.state, "alerts": list(case.alerts)}
    if case.learner is None:
        return {**head, "path": case.path, "problem": case.problem}
    return {
        **encode_fields(case.learner),
        **head,
        "variance": case.learner.variance,
        "age": case.learner.age,
        "path": case.path,
    }


def cohort_json(group: Cohort) -> dict[str, object]:
    """The cohort as ``caseload --cohort --json`` prints it."""
    found = encode_fields(group, "lacking", "rarest", "bands", "gateways")
    return {
        **found,
        "lacking": [{"standard": s, "code": code} for s, code in group.lacking],
        "rarest": [
            {"standard": s, "code": code, "have": have, "of": of}
            for s, code, have, of in group.rarest
        ],
        "bands": [{"band": band, "learners": count} for band, count in group.bands],
        "gateways": [
            {"name": name, "day": day.isoformat(), "gaps": gaps}
            for name, day, gaps in group.gateways
        ],
    }
