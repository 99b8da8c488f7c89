"""``coach``: the coaching call, before, during and after."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from ksbtui.cli.coaching.verifying import answer, question, verify
from ksbtui.cli.context import (
    complete_codes,
    group_showing,
    read_coming_day_if,
    read_day_if,
    read_text,
    reporting,
)
from ksbtui.cli.exchange.export import redact_option, save_checked
from ksbtui.cli.output import cut, print_json, print_lines, print_result, print_rows, say
from ksbtui.core.coaching.actions import Action
from ksbtui.core.coaching.call_summary import entries_line
from ksbtui.core.coaching.calls import Call, call_line
from ksbtui.core.coaching.changed import Changed
from ksbtui.core.days import full_day, line_day, long_day
from ksbtui.core.durations import parse_minutes, say_minutes
from ksbtui.core.entry.entries import Entry
from ksbtui.core.hours.hours import say_variance
from ksbtui.core.text.text import number_of
from ksbtui.exports.formats.texts import markdown

if TYPE_CHECKING:
    from ksbtui.core.coaching.calls import Session
    from ksbtui.core.coverage.coverage import Coverage
    from ksbtui.journal.journal import Journal


@group_showing("since")
def coach() -> None:
    r"""The coaching call: what changed since the last one, what is missing, what was agreed.

    Private entries, evidence and notes are never shown. They count in totals.

    \b
    ksbtui coach                                    what changed since the last call
    ksbtui coach start                              start a call; it is saved as you go
    ksbtui coach note "Manager agreed Thursdays"    add a note to the summary
    ksbtui action add "Share the plan" --who learner --due fri
    ksbtui coach verify 3yhv 7kqp --by "Ruth Adeyemi"
    ksbtui coach end --next "4 weeks" --log         save the call and log its time
    ksbtui coach summary                            Markdown for any e-portfolio
    """


@coach.command(hidden=True)
@reporting
def since(journal: Journal, as_json: bool) -> None:
    """Show what changed since the last call."""
    if as_json:
        print_json(_call_json(journal))
    else:
        _print_call(journal)


SHOWN = 12
"""Entries and KSBs listed before the rest is only counted."""


def _call_json(journal: Journal) -> dict[str, Any]:
    """Everything a call looks at, as ``coach --json`` prints it."""
    calls, coverage = journal.calls, journal.progress.view.coverage
    last, underway, next_day = calls.last_held, calls.underway, calls.next_day(journal.as_at)
    return {
        "as_at": journal.as_at,
        "last_call": last.as_json() if last else None,
        "underway": underway.as_json() if underway else None,
        "next_day": next_day,
        **calls.since().as_json(),
        "alerts": [alert.as_json() for alert in calls.alerts()],
        "gaps": [ksb.code for ksb in coverage.by_need() if ksb.gap],
        "questions": [asked.as_json() for asked in journal.verifying.questions(public=True)],
    }


def _print_call(journal: Journal) -> None:
    calls, changed = journal.calls, journal.calls.since()
    last, underway = calls.last_held, calls.underway
    click.echo(f"Last call {call_line(last)}" if last else "You have not had a call yet.")
    if underway:
        click.echo(
            f"The call you started on {full_day(underway.day)} is still open. coach end "
            "saves it; coach cancel deletes it."
        )
    coverage = journal.progress.view.coverage
    if last:
        print_lines(_last_time(last, coverage))
    click.echo(f"\nSince {long_day(changed.since)}")
    print_lines(f"  {line}" for line in _figures(changed))
    moved = [*changed.up, *(move for move in changed.moved if not move.up)]
    gaps = [ksb.code for ksb in coverage.by_need() if ksb.gap]
    questions = journal.verifying.questions(public=True)
    sections: list[tuple[str, list[tuple[str, ...]], int | None]] = [
        ("KSBs moved", [(f"  {m.code}", m.before, "→", m.after) for m in moved], SHOWN),
        ("Entries worth talking about", list(map(_entry_row, changed.reflections)), None),
        ("Not verified yet", list(map(_entry_row, changed.to_verify)), SHOWN),
        ("Actions", [_action_row(a, journal) for a in (*changed.done, *changed.open)], None),
        ("Gaps, most urgent first", [(f"  {' '.join(gaps)}",)] if gaps else [], None),
        (
            "Open questions",
            [(f"  {q.id}", q.entry, cut(q.by, 20), cut(q.text, 60)) for q in questions],
            None,
        ),
        ("Alerts", [(f"  ! {cut(alert.text, 110)}",) for alert in calls.alerts()], None),
    ]
    for heading, rows, most in sections:
        if rows:
            click.echo(f"\n{heading}")
            print_rows(rows[:most])
        if most and len(rows) > most:
            click.echo(f"  and {len(rows) - most} more")


def _last_time(last: Call, coverage: Coverage) -> Iterator[str]:
    """What the last call left to do: KSBs to work on as they stand now, and its notes."""
    ksbs = [ksb for code in last.ksbs if (ksb := coverage.ksb(code))]
    if ksbs or last.notes:
        yield "\nLast time"
    if ksbs:
        yield f"  To work on: {', '.join(f'{ksb.code} ({ksb.state} now)' for ksb in ksbs)}"
    yield from (f"  {line}" for line in last.notes.splitlines())


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


def _action_row(action: Action, journal: Journal) -> tuple[str, ...]:
    mark = "✓" if action.done else "!" if action.overdue(journal.as_at) else " "
    return f"  {mark}", action.id, line_day(action.done or action.due), cut(action.text, 70)


@coach.command()
@click.option(
    "--tutor",
    metavar="NAME",
    default="",
    help="Who runs the call, if not the same person as last time.",
)
@reporting
def start(journal: Journal, tutor: str, as_json: bool) -> None:
    """Start a call. Your notes are saved until you end it."""
    call = journal.calls.start(tutor)
    print_result(call.as_json(), f"Call started, {full_day(call.day)}.", as_json)


@coach.command()
@click.argument("text")
@click.option(
    "--private",
    is_flag=True,
    help="Save the note with the call, but leave it out of every summary.",
)
@reporting
def note(journal: Journal, text: str, private: bool, as_json: bool) -> None:
    """Add to the notes of the open call; - reads stdin."""
    call = journal.calls.note(read_text(text), private=private)
    print_result(call.as_json(), "Noted.", as_json)


@coach.command()
@click.argument("codes", shell_complete=complete_codes)
@reporting
def pick(journal: Journal, codes: str, as_json: bool) -> None:
    """Pick the KSBs to work on until the next call."""
    call = journal.calls.pick(codes)
    print_result(call.as_json(), f"To work on next: {' '.join(call.ksbs) or 'none'}", as_json)


@coach.command()
@click.option(
    "--minutes",
    metavar="TIME",
    help="How long the call was, such as 45m. The default is the time since it started.",
)
@click.option(
    "--tutor",
    metavar="NAME",
    default="",
    help="Who ran the call, if not the same person as last time.",
)
@click.option(
    "--next", "next_day", metavar="DAY", help="The day of the next call: 4 weeks, fri, 21/12."
)
@click.option("--day", metavar="DAY", help="The day of the call, if not today.")
@click.option(
    "--notes", metavar="TEXT", default="", help="Text to add to the notes; - reads stdin."
)
@click.option("-k", "--ksbs", metavar="CODES", default="", help="KSBs to work on next.")
@click.option("--attended/--missed", default=True, help="Whether it took place.")
@click.option("--log", is_flag=True, help="Also log the call's time as an entry of type coaching.")
@reporting
def end(
    journal: Journal,
    minutes: str,
    next_day: str,
    day: str,
    notes: str,
    as_json: bool,
    **options: Any,
) -> None:
    r"""Save the open call, or record a past one.

    \b
    ksbtui coach end --next "4 weeks" --log
    ksbtui coach end --day -3 --minutes 45m --tutor "Ruth Adeyemi" --notes "Talked about tests."
    ksbtui coach end --missed
    """
    ended = journal.calls.end(
        minutes=parse_minutes(minutes) if minutes else None,
        next_day=read_coming_day_if(next_day, journal),
        day=read_day_if(day, journal),
        notes=read_text(notes) if notes else "",
        **options,
    )
    call = ended.call
    if as_json:
        print_json(call.as_json())
    else:
        how = f"{say_minutes(call.minutes)} with {call.tutor}" if call.attended else "missed"
        click.echo(f"Saved {call.id}  {full_day(call.day)}  {how}")
        if ended.entry:
            click.echo(f"Logged {ended.entry.id}  {say_minutes(ended.entry.minutes)}")
        if call.next_day:
            click.echo(f"Next call {long_day(call.next_day)}")
    say(*ended.notes)


@coach.command()
@reporting
def cancel(journal: Journal, as_json: bool) -> None:
    """Delete the call in progress with its notes; actions and verifications stay.

    A call that you reopened stays as it was before.
    """
    call = journal.calls.cancel()
    if call.notes or call.private_notes:
        say("\n".join(filter(None, (call.notes, call.private_notes))))
    print_result(call.as_json(), f"Deleted the call started on {long_day(call.day)}.", as_json)


@coach.command()
@click.argument("call", default="")
@reporting
def reopen(journal: Journal, call: str, as_json: bool) -> None:
    """Reopen a call from today. End it again to save your changes."""
    reopened = journal.calls.reopen(call)
    print_result(
        reopened.as_json(), f"The call on {long_day(reopened.day)} is open again.", as_json
    )


@coach.command("list")
@reporting
def list_(journal: Journal, as_json: bool) -> None:
    """List the coaching sessions, planned and past."""
    sessions = journal.calls.sessions()
    if as_json:
        print_json({"sessions": [session.as_json() for session in sessions]})
        return
    print_rows(map(_session_row, sessions))
    if not sessions:
        say("There are no coaching sessions, planned or past.")


def _session_row(session: Session) -> tuple[str, ...]:
    call, sign = session.call, {"held": "◆", "missed": "×", "due": "!"}.get(session.state, "◇")
    attended = call and call.attended and f"{say_minutes(call.minutes)} with {call.tutor}"
    id = call.id if call else ""
    return sign, full_day(session.day), session.state, id, attended or session.name


@coach.command()
@click.argument("call", default="")
@click.option("--notes", metavar="TEXT", help="New notes, in place of the old ones; - reads stdin.")
@click.option("--minutes", metavar="TIME", help="How long the call was.")
@click.option("--tutor", metavar="NAME", default="", help="Who ran the call.")
@click.option(
    "--next", "next_day", metavar="DAY", help="The day of the next call: 4 weeks, fri, 21/12."
)
@reporting
def edit(
    journal: Journal,
    call: str,
    notes: str | None,
    minutes: str,
    tutor: str,
    next_day: str,
    as_json: bool,
) -> None:
    """Change a past call, by default the last one. Only what you enter changes.

    \b
    ksbtui coach edit --minutes 45m
    ksbtui coach edit jpa6 --notes "Talked about tests, and about fairness."
    """
    changed = journal.calls.change(
        call,
        notes=read_text(notes) if notes is not None else None,
        minutes=parse_minutes(minutes) if minutes else None,
        tutor=tutor,
        next_day=read_coming_day_if(next_day, journal),
    )
    line = f"Saved {changed.call.id}  {call_line(changed.call)}"
    print_result(changed.call.as_json(), line, as_json)
    say(*changed.notes)


@coach.command()
@click.argument("call", default="")
@click.option("--save", metavar="PATH", help="Write it to this file instead.")
@click.option("--named", is_flag=True, help="With the learner's name.")
@click.option("--with-private", is_flag=True, help="With the private notes, for your own eyes.")
@redact_option
@reporting
def summary(
    journal: Journal, call: str, named: bool, with_private: bool, as_json: bool, **file: Any
) -> None:
    """Print the summary of a call, by default the last one, in Markdown."""
    chosen = journal.calls.get(call)
    text = markdown(journal.calls.page(chosen.id, named=named, private=with_private))
    path = save_checked(journal, text, **file) if file["save"] else None
    if path:
        say(f"Written to {path}")
    if as_json:
        print_json({**chosen.as_json(), "markdown": text, "path": str(path) if path else None})
    elif not path:
        click.echo(text, nl=False)


for command in (verify, question, answer):
    coach.add_command(command)
