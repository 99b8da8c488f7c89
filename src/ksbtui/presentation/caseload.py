"""A caseload in rows, cells and sentences: for the command, the screen and spreadsheets."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

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


def against_plan(learner: Learner) -> str:
    """Hours against plan in a few characters: ``19 h behind``, ``on plan``."""
    hours = (abs(learner.variance) + 30) // 60
    if not hours:
        return "on plan"
    return f"{hours} h {'ahead' if learner.variance > 0 else 'behind'}"


def table_rows(cases: Iterable[Case]) -> list[tuple[str, ...]]:
    """The caseload as cells of text, the header first."""
    rows: list[tuple[str, ...]] = [HEADERS]
    for case in cases:
        learner = case.learner
        more = len(case.alerts) - 1
        alerts = f"{case.alerts[0]}{f' +{more}' if more > 0 else ''}" if case.alerts else ""
        if learner is None:
            rows.append((cut(case.name, NAME_WIDTH), "", "", "", "", "", "", alerts))
            continue
        rows.append(
            (
                cut(case.name, NAME_WIDTH),
                hours_text(learner.counted),
                against_plan(learner),
                hours_text(learner.month),
                f"{learner.covered}/{learner.ksbs}",
                _short_day(learner.last_entry) or "none",
                _short_day(learner.review_due),
                alerts,
            )
        )
    return rows


def _short_day(day: date | None) -> str:
    return line_day(day) if day else ""


_CELLS = (
    ("Hours", 6, 0, lambda learner: hours_text(learner.counted)),
    ("Plan", 12, 0, against_plan),
    ("Month", 6, 60, lambda learner: hours_text(learner.month)),
    ("KSBs", 6, 0, lambda learner: f"{learner.covered}/{learner.ksbs}"),
    ("Last entry", 11, 92, lambda learner: _short_day(learner.last_entry) or "none"),
    ("Review", 8, 78, lambda learner: _short_day(learner.review_due)),
    ("Coaching", 9, 104, lambda learner: _short_day(learner.coaching_next)),
    ("Gateway", 8, 116, lambda learner: line_day(learner.gateway)),
    ("File", 6, 124, lambda learner: f"{learner.age} d" if learner.age else "new"),
)
"""Columns of the list: header, cells, the width of the list from which they are shown."""


def list_cells(learner: Learner | None, width: int) -> str:
    """The columns of a row in a list so wide, or their headers."""
    cells = ""
    for header, size, least, value in _CELLS:
        if width >= least:
            cells += f"  {value(learner) if learner else header:>{size}}"
    return f"{cells} "


def list_row(case: Case, width: int) -> Row:
    """A row of the list on the screen."""
    learner = case.learner
    alerts, cells = len(case.alerts), list_cells(learner, width)
    return Row(
        key=case.key,
        title=case.name or "unnamed",
        tags=cells if learner else case.problem[: len(cells) - 2],
        mark="!" if alerts else "",
        figure=str(alerts or ""),
        muted=learner is None,
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
    learner = case.learner
    if learner is None:
        return [("File", case.problem), ("Path", case.path)] if case.path else [("File", "none")]
    gaps = " ".join(learner.gaps[:SHOWN_CODES])
    more, covered = len(learner.gaps) - SHOWN_CODES, f"{learner.covered} of {learner.ksbs}"
    rows = [
        ("Hours", f"{say_minutes(learner.counted)} counted of {say_minutes(learner.target)}"),
        ("Plan", f"{hours_text(learner.planned)} by today: {against_plan(learner)}"),
        ("This month", say_minutes(learner.month)),
        ("Verified", say_minutes(learner.verified)),
        ("Coverage", f"{covered} KSBs, {learner.evidenced} with evidence"),
        ("Gaps", f"{gaps} +{more}" if more > 0 else gaps or "none"),
        ("Entries", f"{learner.entries}, last {_day(learner.last_entry)}"),
        ("Review", f"last {_day(learner.review_last)}, next by {_day(learner.review_due)}"),
        ("Coaching", f"last {_day(learner.coaching_last)}, next {_day(learner.coaching_next)}"),
        ("Actions", f"{learner.actions_open} open, {learner.actions_overdue} overdue"),
        ("Gateway", full_day(learner.gateway)),
        ("Programme", f"{learner.standard}, {learner.programme}, from {full_day(learner.start)}"),
        ("File", f"made {full_day(learner.made)}, {age_text(learner)}"),
    ]
    if learner.since:
        rows.append(
            ("Entries from", f"{full_day(learner.since)} only, so the hours are not complete")
        )
    if learner.private:
        rows.append(("Private", f"{say_minutes(learner.private)} not shared by the learner"))
    return rows


def age_text(learner: Learner) -> str:
    """How old the file is."""
    return f"{number_of(learner.age, 'day')} old" if learner.age else "today's"


def _day(day: date | None) -> str:
    return full_day(day) if day else "none"


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


def _codes(lacking: Sequence[tuple[str, str]]) -> str:
    by_standard: dict[str, list[str]] = {}
    for standard, code in lacking:
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
    learner, alerts = case.learner, "; ".join(case.alerts)
    if learner is None:
        return (case.name, *[None] * 21, alerts, None, None)
    figures = (learner.target, learner.planned, learner.counted, learner.verified, learner.month)
    return (
        case.name,
        learner.standard,
        learner.programme,
        learner.start,
        learner.gateway,
        *map(decimal_hours, figures),
        learner.ksbs,
        learner.covered,
        learner.evidenced,
        " ".join(learner.gaps),
        learner.entries,
        learner.last_entry,
        learner.review_last,
        learner.review_due,
        learner.coaching_last,
        learner.coaching_next,
        learner.actions_open,
        learner.actions_overdue,
        alerts,
        learner.made,
        learner.id,
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
    figures = encode_fields(group, "lacking", "rarest", "bands", "gateways")
    return {
        **figures,
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
