"""``action``: what was agreed, who does it and by when."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from ksbtui.cli.context import complete_codes, json_option, read_coming_day, read_day, with_journal
from ksbtui.cli.output import cut, print_json, print_rows, say
from ksbtui.core.coaching.actions import OPEN, Action
from ksbtui.core.days import full_day
from ksbtui.core.text.text import quoted
from ksbtui.errors import NotFound

if TYPE_CHECKING:
    from ksbtui.journal.journal import Journal


@click.group(invoke_without_command=True)
@json_option
@click.pass_context
def action(ctx: click.Context, as_json: bool) -> None:
    r"""Actions agreed in calls and reviews, or set by yourself.

    \b
    ksbtui action                                   open actions
    ksbtui action add "Share the test plan with Ruth" --who learner --due fri -k K14,S12
    ksbtui action list --all
    ksbtui action edit 3yhv --due "3 weeks"
    ksbtui action done 3yhv
    ksbtui action drop 3yhv --why "The pilot was stopped"
    """
    if ctx.invoked_subcommand is None:
        ctx.invoke(list_, as_json=as_json)


@action.command()
@click.argument("text")
@click.option(
    "--who", metavar="W", default="", help="Who will do it: learner, tutor, manager or a name."
)
@click.option(
    "--due",
    metavar="DAY",
    help="Due day: fri, +14, 2 weeks, 21/11. The default is the next session.",
)
@click.option(
    "-k",
    "--ksbs",
    metavar="CODES",
    default="",
    help="KSBs the action helps with.",
    shell_complete=complete_codes,
)
@click.option(
    "--from",
    "source",
    metavar="call|review|ID",
    default="",
    help="The call or review it was agreed in.",
)
@json_option
@with_journal
def add(
    journal: Journal, text: str, who: str, due: str | None, ksbs: str, source: str, as_json: bool
) -> None:
    r"""Agree an action: what, who, by when.

    During a call, the action belongs to that call unless you use --from.

    \b
    ksbtui action add "Draft the transparency record" --who learner --due "2 weeks"
    ksbtui action add "Confirm Thursday mornings" --who manager --due 21/12 --from review
    """
    agreed = journal.actions.add(
        text,
        who,
        read_coming_day(due, journal) if due else None,
        ksbs,
        source=_source(journal, source),
    )
    if as_json:
        print_json({**agreed.action.as_json(journal.as_at), "hints": list(agreed.hints)})
    else:
        _print_one(agreed.action, "Agreed")
    for hint in agreed.hints:
        say(hint)


def _source(journal: Journal, text: str) -> str:
    """The id of the call or review an action came from."""
    underway = journal.calls.underway
    if not text:
        return underway.id if underway else ""
    if text == "call":
        return underway.id if underway else journal.calls.get("").id
    if text == "review":
        return journal.reviews.start().id
    known = [call.id for call in journal.calls.all()]
    known += [review.id for review in journal.reviews.all()]
    fitting = [id for id in known if len(text) >= 4 and id.startswith(text.lower())]
    if len(fitting) != 1:
        raise NotFound(
            f"{quoted(text)} is not a call or review.", "Use call, review, or the id of one."
        )
    return fitting[0]


@action.command()
@click.argument("id")
@click.option("--text", metavar="TEXT", default="", help="The new text of the action.")
@click.option(
    "--who", metavar="W", default="", help="Who will do it: learner, tutor, manager or a name."
)
@click.option("--due", metavar="DAY", help="fri, +14, 2 weeks, 21/11.")
@click.option(
    "-k",
    "--ksbs",
    metavar="CODES",
    default=None,
    help="KSBs the action helps with.",
    shell_complete=complete_codes,
)
@json_option
@with_journal
def edit(
    journal: Journal,
    id: str,
    text: str,
    who: str,
    due: str | None,
    ksbs: str | None,
    as_json: bool,
) -> None:
    r"""Change an open action. Only what you enter changes.

    \b
    ksbtui action edit 3yhv --due "3 weeks" --who tutor
    """
    changed = journal.actions.change(
        id, text=text, who=who, due=read_coming_day(due, journal) if due else None, ksbs=ksbs
    )
    _report(journal, changed.action, "Changed", as_json)
    for hint in changed.hints:
        say(hint)


@action.command("list")
@click.option("--all", "show_all", is_flag=True, help="Include actions that are done or dropped.")
@json_option
@with_journal
def list_(journal: Journal, show_all: bool, as_json: bool) -> None:
    """List the open actions, soonest due first."""
    found = journal.actions.all() if show_all else journal.actions.open()
    if as_json:
        print_json({"actions": [one.as_json(journal.as_at) for one in found]})
        return
    print_rows(
        (
            one.id,
            "!"
            if one.overdue(journal.as_at)
            else {"done": "✓", "dropped": "×"}.get(one.state, " "),
            _when(one),
            cut(one.who, 20),
            cut(one.text, 60),
            " ".join(one.ksbs),
        )
        for one in found
    )
    if not found:
        say("You have no open actions." if not show_all else "No actions have been agreed yet.")


@action.command()
@click.argument("id")
@click.option("--day", metavar="DAY", help="The day it was done, if not today.")
@click.option("--how", metavar="TEXT", default="", help="How it went, in a few words.")
@json_option
@with_journal
def done(journal: Journal, id: str, day: str | None, how: str, as_json: bool) -> None:
    """Mark an action as done."""
    closed = journal.actions.done(id, read_day(day, journal) if day else None, how)
    _report(journal, closed, "Done", as_json)


@action.command()
@click.argument("id")
@click.option("--why", metavar="TEXT", default="", help="Why it was dropped.")
@json_option
@with_journal
def drop(journal: Journal, id: str, why: str, as_json: bool) -> None:
    """Drop an action that will not be done."""
    _report(journal, journal.actions.drop(id, why), "Dropped", as_json)


def _report(journal: Journal, found: Action, verb: str, as_json: bool) -> None:
    if as_json:
        print_json(found.as_json(journal.as_at))
    else:
        _print_one(found, verb)


def _print_one(found: Action, verb: str) -> None:
    codes = f"  {' '.join(found.ksbs)}" if found.ksbs else ""
    click.echo(f"{verb} {found.id}  {cut(found.text, 70)}  {found.who}, {_when(found)}{codes}")


def _when(found: Action) -> str:
    if found.state == OPEN or found.done is None:
        return f"by {full_day(found.due)}"
    return f"{found.state} {full_day(found.done)}"
