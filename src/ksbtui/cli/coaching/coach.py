"""``coach``: the coaching call, before, during and after."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from ksbtui.cli.coaching.changed import call_screen, print_call
from ksbtui.cli.context import (
    complete_codes,
    json_option,
    read_coming_day,
    read_day,
    read_text,
    with_journal,
)
from ksbtui.cli.exchange.export import redact_option, save_checked
from ksbtui.cli.output import cut, print_json, print_rows, say
from ksbtui.core.coaching.calls import call_line
from ksbtui.core.coaching.changed import entry_json
from ksbtui.core.days import full_day, long_day
from ksbtui.core.durations import parse_minutes, say_minutes

if TYPE_CHECKING:
    from ksbtui.core.coaching.calls import Underway
    from ksbtui.core.entry.entries import Entry
    from ksbtui.journal.journal import Journal


@click.group(invoke_without_command=True)
@json_option
@click.pass_context
def coach(ctx: click.Context, as_json: bool) -> None:
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
    if ctx.invoked_subcommand is None:
        ctx.invoke(_since, as_json=as_json)


@click.command()
@json_option
@with_journal
def _since(journal: Journal, as_json: bool) -> None:
    """Show what changed since the last call."""
    if as_json:
        print_json(call_screen(journal))
    else:
        print_call(journal)


@coach.command()
@click.option(
    "--tutor",
    metavar="NAME",
    default="",
    help="Who runs the call, if not the same person as last time.",
)
@json_option
@with_journal
def start(journal: Journal, tutor: str, as_json: bool) -> None:
    """Start a call. Your notes are saved until you end it."""
    begun = journal.calls.start(tutor)
    _report(begun, f"Call started, {full_day(begun.day)}.", as_json)


@coach.command()
@click.argument("text")
@click.option(
    "--private",
    is_flag=True,
    help="Save the note with the call, but leave it out of every summary.",
)
@json_option
@with_journal
def note(journal: Journal, text: str, private: bool, as_json: bool) -> None:
    """Add to the notes of the open call; - reads stdin."""
    _report(journal.calls.note(read_text(text), private=private), "Noted.", as_json)


@coach.command()
@click.argument("codes", shell_complete=complete_codes)
@json_option
@with_journal
def pick(journal: Journal, codes: str, as_json: bool) -> None:
    """Pick the KSBs to work on until the next call."""
    picked = journal.calls.pick(codes)
    _report(picked, f"To work on next: {' '.join(picked.ksbs) or 'none'}", as_json)


def _report(call: Underway, text: str, as_json: bool) -> None:
    if as_json:
        print_json(call.as_json())
    else:
        click.echo(text)


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
@json_option
@with_journal
def end(
    journal: Journal,
    minutes: str | None,
    tutor: str,
    next_day: str | None,
    day: str | None,
    notes: str,
    ksbs: str,
    attended: bool,
    log: bool,
    as_json: bool,
) -> None:
    r"""Save the open call, or record a past one.

    \b
    ksbtui coach end --next "4 weeks" --log
    ksbtui coach end --day -3 --minutes 45m --tutor "Ruth Adeyemi" --notes "Talked about tests."
    ksbtui coach end --missed
    """
    ended = journal.calls.end(
        minutes=parse_minutes(minutes) if minutes else None,
        tutor=tutor,
        next_day=read_coming_day(next_day, journal) if next_day else None,
        day=read_day(day, journal) if day else None,
        notes=read_text(notes) if notes else "",
        ksbs=ksbs,
        attended=attended,
        log=log,
    )
    call = ended.call
    if as_json:
        print_json(call.as_json())
    else:
        held = f"{say_minutes(call.minutes)} with {call.tutor}" if attended else "missed"
        click.echo(f"Saved {call.id}  {full_day(call.day)}  {held}")
        if ended.entry:
            click.echo(f"Logged {ended.entry.id}  {say_minutes(ended.entry.minutes)}")
        if call.next_day:
            click.echo(f"Next call {long_day(call.next_day)}")
    for odd in ended.notes:
        say(odd)


@coach.command()
@json_option
@with_journal
def cancel(journal: Journal, as_json: bool) -> None:
    """Delete the call in progress with its notes; actions and verifications stay.

    A call that you reopened stays as it was before.
    """
    call = journal.calls.cancel()
    if call.notes or call.private_notes:
        say("\n".join(filter(None, (call.notes, call.private_notes))))
    _report(call, f"Deleted the call started on {long_day(call.day)}.", as_json)


@coach.command()
@click.argument("call", default="")
@json_option
@with_journal
def reopen(journal: Journal, call: str, as_json: bool) -> None:
    """Reopen a call from today. End it again to save your changes."""
    again = journal.calls.reopen(call)
    _report(again, f"The call on {long_day(again.day)} is open again.", as_json)


@coach.command("list")
@json_option
@with_journal
def list_(journal: Journal, as_json: bool) -> None:
    """List the coaching sessions, planned and past."""
    found = journal.calls.sessions()
    if as_json:
        print_json({"sessions": [session.as_json() for session in found]})
        return
    print_rows(
        (
            {"held": "◆", "missed": "×", "due": "!"}.get(one.state, "◇"),
            full_day(one.day),
            one.state,
            one.call.id if one.call else "",
            f"{say_minutes(one.call.minutes)} with {one.call.tutor}"
            if one.call and one.call.attended
            else one.name,
        )
        for one in found
    )
    if not found:
        say("There are no coaching sessions, planned or past.")


@coach.command()
@click.argument("call", default="")
@click.option("--notes", metavar="TEXT", help="New notes, in place of the old ones; - reads stdin.")
@click.option("--minutes", metavar="TIME", help="How long the call was.")
@click.option("--tutor", metavar="NAME", default="", help="Who ran the call.")
@click.option(
    "--next", "next_day", metavar="DAY", help="The day of the next call: 4 weeks, fri, 21/12."
)
@json_option
@with_journal
def edit(
    journal: Journal,
    call: str,
    notes: str | None,
    minutes: str | None,
    tutor: str,
    next_day: str | None,
    as_json: bool,
) -> None:
    """Change a past call, by default the last one. Only what you enter changes.

    \b
    ksbtui coach edit --minutes 45m
    ksbtui coach edit jpa6 --notes "Talked about tests, and about fairness."
    """
    kept = journal.calls.change(
        call,
        notes=read_text(notes) if notes is not None else None,
        minutes=parse_minutes(minutes) if minutes else None,
        tutor=tutor,
        next_day=read_coming_day(next_day, journal) if next_day else None,
    )
    if as_json:
        print_json(kept.call.as_json())
    else:
        click.echo(f"Saved {kept.call.id}  {call_line(kept.call)}")
    for odd in kept.notes:
        say(odd)


@coach.command()
@click.argument("call", default="")
@click.option("--save", metavar="PATH", help="Write it to this file instead.")
@click.option("--named", is_flag=True, help="With the learner's name.")
@click.option("--with-private", is_flag=True, help="With the private notes, for your own eyes.")
@redact_option
@json_option
@with_journal
def summary(
    journal: Journal,
    call: str,
    save: str | None,
    named: bool,
    with_private: bool,
    redact: bool | None,
    as_json: bool,
) -> None:
    """Print the summary of a call, by default the last one, in Markdown."""
    from ksbtui.exports.formats.texts import markdown

    found = journal.calls.get(call)
    text = markdown(journal.calls.page(found.id, named=named, private=with_private))
    if save:
        path = save_checked(journal, save, text, redact)
        say(f"Written to {path}")
    if as_json:
        print_json({**found.as_json(), "markdown": text, "path": str(path) if save else None})
    elif not save:
        click.echo(text, nl=False)


@coach.command()
@click.argument("ids", nargs=-1, required=True)
@click.option("--by", metavar="NAME", default="", help="The name of the person who verifies it.")
@click.option("--day", metavar="DAY", help="The day it was verified, if not today.")
@click.option("--comment", metavar="TEXT", default="", help="A comment to save with each entry.")
@click.option("--off", is_flag=True, help="Remove the verification.")
@json_option
@with_journal
def verify(
    journal: Journal,
    ids: tuple[str, ...],
    by: str,
    day: str | None,
    comment: str,
    off: bool,
    as_json: bool,
) -> None:
    r"""Record that somebody verified entries: who and when. It is not proof.

    If the day, time, type, codes or text of an entry change later, the mark is removed.

    \b
    ksbtui coach verify 3yhv 7kqp --by "Ruth Adeyemi" --comment "Saw the test record"
    """
    if off:
        found = journal.verifying.unverify(ids)
    else:
        on = read_day(day, journal) if day else None
        by = by or _tutor(journal)
        found = journal.verifying.verify(ids, by, on, comment, source=_call(journal))
    if as_json:
        print_json({"entries": [_entry(entry) for entry in found]})
        return
    for entry in found:
        title = "(private)" if entry.private else cut(entry.title, 60)
        mark = f"verified by {entry.verified.by}" if entry.verified else "no longer verified"
        click.echo(f"{entry.id}  {full_day(entry.day)}  {title}  {mark}")


@coach.command()
@click.argument("id")
@click.option("--by", metavar="NAME", default="", help="The name of the person who asks.")
@click.option("--comment", metavar="TEXT", default="", help="The question.")
@json_option
@with_journal
def question(journal: Journal, id: str, by: str, comment: str, as_json: bool) -> None:
    r"""Ask a question about an entry. It stays open until it is answered.

    \b
    ksbtui coach question 3yhv --by "Ruth Adeyemi" --comment "How many cases were lost?"
    """
    asked = journal.verifying.question(id, by or _tutor(journal), comment, source=_call(journal))
    if as_json:
        print_json(asked.as_json())
    else:
        click.echo(f"Question {asked.id} about {asked.entry}: {cut(asked.text, 80)}")


@coach.command()
@click.argument("id")
@click.argument("text", default="")
@json_option
@with_journal
def answer(journal: Journal, id: str, text: str, as_json: bool) -> None:
    """Answer a question, by its id or its entry's id; - reads stdin."""
    answered = journal.verifying.answer(id, read_text(text))
    if as_json:
        print_json(answered.as_json())
    else:
        click.echo(f"Answered {answered.id}: {cut(answered.text, 80)}")


def _entry(entry: Entry) -> dict[str, object]:
    if entry.private:
        return {**entry_json(entry), "title": "(private)", "evidence": []}
    return entry_json(entry)


def _tutor(journal: Journal) -> str:
    """The tutor of the call under way, who need not be named again."""
    underway = journal.calls.underway
    return underway.tutor if underway else ""


def _call(journal: Journal) -> str:
    underway = journal.calls.underway
    return underway.id if underway else ""
