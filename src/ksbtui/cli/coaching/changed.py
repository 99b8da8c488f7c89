"""What changed since the last call, as lines and as JSON."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from ksbtui.cli.output import cut, print_rows
from ksbtui.core.coaching.actions import Action
from ksbtui.core.coaching.call_summary import entries_line
from ksbtui.core.coaching.calls import Call, call_line
from ksbtui.core.coaching.changed import Changed
from ksbtui.core.days import full_day, line_day, long_day
from ksbtui.core.durations import say_minutes
from ksbtui.core.entry.entries import Entry
from ksbtui.core.hours.hours import say_variance
from ksbtui.core.text.text import number_of

if TYPE_CHECKING:
    from ksbtui.journal.journal import Journal

SHOWN = 12
"""Entries and KSBs listed before the rest is only counted."""


def call_screen(journal: Journal) -> dict[str, Any]:
    """Everything a call looks at, as ``coach --json`` prints it."""
    calls, coverage = journal.calls, journal.progress.view.coverage
    last, underway, next_day = calls.last_held, calls.underway, calls.next_day(journal.as_at)
    return {
        "as_at": journal.as_at.isoformat(),
        "last_call": last.as_json() if last else None,
        "underway": underway.as_json() if underway else None,
        "next_day": next_day.isoformat() if next_day else None,
        **calls.since().as_json(),
        "alerts": [alert.as_json() for alert in calls.alerts()],
        "gaps": [ksb.code for ksb in coverage.by_need() if ksb.gap],
        "questions": [asked.as_json() for asked in journal.verifying.questions(public=True)],
    }


def print_call(journal: Journal) -> None:
    """Print the same as plain lines."""
    calls, changed = journal.calls, journal.calls.since()
    last, underway = calls.last_held, calls.underway
    click.echo(f"Last call {call_line(last)}" if last else "You have not had a call yet.")
    if underway:
        click.echo(
            f"The call you started on {full_day(underway.day)} is still open. coach end "
            "saves it; coach cancel deletes it."
        )
    if last:
        _print_last(last, journal)
    click.echo(f"\nSince {long_day(changed.since)}")
    for line in _figures(changed):
        click.echo(f"  {line}")
    if changed.moved:
        click.echo("\nKSBs moved")
        moved = [*changed.up, *(move for move in changed.moved if not move.up)]
        print_rows((f"  {m.code}", m.before, "→", m.after) for m in moved[:SHOWN])
        _rest(len(moved))
    if changed.reflections:
        click.echo("\nEntries worth talking about")
        print_rows(_entry_row(entry) for entry in changed.reflections)
    if changed.to_verify:
        click.echo("\nNot verified yet")
        print_rows(_entry_row(entry) for entry in changed.to_verify[:SHOWN])
        _rest(len(changed.to_verify))
    _print_actions(changed, journal)
    gaps = [ksb.code for ksb in journal.progress.view.coverage.by_need() if ksb.gap]
    if gaps:
        click.echo(f"\nGaps, most urgent first\n  {' '.join(gaps)}")
    questions = journal.verifying.questions(public=True)
    if questions:
        click.echo("\nOpen questions")
        print_rows((f"  {q.id}", q.entry, cut(q.by, 20), cut(q.text, 60)) for q in questions)
    alerts = calls.alerts()
    if alerts:
        click.echo("\nAlerts")
        for alert in alerts:
            click.echo(f"  ! {cut(alert.text, 110)}")


def _print_last(last: Call, journal: Journal) -> None:
    """What the last call left to do: KSBs to work on as they stand now, and its notes."""
    coverage = journal.progress.view.coverage
    ksbs = [ksb for code in last.ksbs if (ksb := coverage.ksb(code))]
    if ksbs or last.notes:
        click.echo("\nLast time")
    if ksbs:
        click.echo(f"  To work on: {', '.join(f'{ksb.code} ({ksb.state} now)' for ksb in ksbs)}")
    for line in last.notes.splitlines():
        click.echo(f"  {line}")


def _figures(changed: Changed) -> Iterator[str]:
    then, now = changed.then, changed.present
    yield (
        f"{say_minutes(changed.counted)} counted, {say_minutes(changed.planned)} planned; "
        f"{say_variance(now.variance)}"
        + (f", was {say_variance(then.variance)}" if then.planned else "")
    )
    yield f"{say_minutes(now.counted)} of {say_minutes(now.target)} in total"
    yield entries_line(changed)
    yield f"{number_of(len(changed.up), 'KSB')} moved up"
    yield f"{number_of(len(changed.done), 'action')} done, {len(changed.overdue)} overdue"


def _entry_row(entry: Entry) -> tuple[str, ...]:
    return (
        f"  {entry.id}",
        line_day(entry.day),
        say_minutes(entry.minutes),
        cut(entry.title, 60),
        " ".join(entry.ksbs[:4]),
    )


def _print_actions(changed: Changed, journal: Journal) -> None:
    rows = [*changed.done, *changed.open]
    if rows:
        click.echo("\nActions")
        print_rows(_action_row(action, journal) for action in rows)


def _action_row(action: Action, journal: Journal) -> tuple[str, ...]:
    mark = "✓" if action.done else "!" if action.overdue(journal.as_at) else " "
    return f"  {mark}", action.id, line_day(action.done or action.due), cut(action.text, 70)


def _rest(total: int) -> None:
    if total > SHOWN:
        click.echo(f"  and {total - SHOWN} more")
