"""``action``: what was agreed, who does it and by when."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import click

from ksbtui.cli.context import (
    complete_codes,
    group_showing,
    read_coming_day_if,
    read_day_if,
    reporting,
)
from ksbtui.cli.output import cut, print_json, print_result, print_rows, say
from ksbtui.core.coaching.actions import OPEN, Action
from ksbtui.core.days import full_day
from ksbtui.core.text.text import quoted
from ksbtui.errors import NotFound

if TYPE_CHECKING:
    from ksbtui.journal.journal import Journal


@group_showing("list")
def action() -> None:
    r"""Actions agreed in calls and reviews, or set by yourself.

    \b
    ksbtui action                                   open actions
    ksbtui action add "Share the test plan with Ruth" --who learner --due fri -k K14,S12
    ksbtui action list --all
    ksbtui action edit 3yhv --due "3 weeks"
    ksbtui action done 3yhv
    ksbtui action drop 3yhv --why "The pilot was stopped"
    """


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
@reporting
def add(
    journal: Journal, text: str, who: str, due: str, ksbs: str, source: str, as_json: bool
) -> None:
    r"""Agree an action: what, who, by when.

    During a call, the action belongs to that call unless you use --from.

    \b
    ksbtui action add "Draft the transparency record" --who learner --due "2 weeks"
    ksbtui action add "Confirm Thursday mornings" --who manager --due 21/12 --from review
    """
    on, origin = read_coming_day_if(due, journal), _source(journal, source)
    agreed = journal.actions.add(text, who, on, ksbs, source=origin)
    document = {**agreed.action.as_json(journal.as_at), "hints": agreed.hints}
    print_result(document, _line(agreed.action, "Agreed"), as_json)
    say(*agreed.hints)


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
@reporting
def edit(
    journal: Journal, id: str, text: str, who: str, due: str, ksbs: str | None, as_json: bool
) -> None:
    r"""Change an open action. Only what you enter changes.

    \b
    ksbtui action edit 3yhv --due "3 weeks" --who tutor
    """
    on = read_coming_day_if(due, journal)
    changed = journal.actions.change(id, text=text, who=who, due=on, ksbs=ksbs)
    _report(journal, changed.action, "Changed", as_json)
    say(*changed.hints)


@action.command("list")
@click.option("--all", "show_all", is_flag=True, help="Include actions that are done or dropped.")
@reporting
def list_(journal: Journal, show_all: bool, as_json: bool) -> None:
    """List the open actions, soonest due first."""
    actions = journal.actions.all() if show_all else journal.actions.open()
    if as_json:
        print_json({"actions": [action.as_json(journal.as_at) for action in actions]})
        return
    print_rows(_row(action, journal.as_at) for action in actions)
    if not actions:
        say("You have no open actions." if not show_all else "No actions have been agreed yet.")


def _row(action: Action, as_at: date) -> tuple[str, ...]:
    sign = {"done": "✓", "dropped": "×"}.get(action.state, " ")
    who, text, codes = cut(action.who, 20), cut(action.text, 60), " ".join(action.ksbs)
    return action.id, "!" if action.overdue(as_at) else sign, _when(action), who, text, codes


@action.command()
@click.argument("id")
@click.option("--day", metavar="DAY", help="The day it was done, if not today.")
@click.option("--how", metavar="TEXT", default="", help="How it went, in a few words.")
@reporting
def done(journal: Journal, id: str, day: str | None, how: str, as_json: bool) -> None:
    """Mark an action as done."""
    closed = journal.actions.done(id, read_day_if(day, journal), how)
    _report(journal, closed, "Done", as_json)


@action.command()
@click.argument("id")
@click.option("--why", metavar="TEXT", default="", help="Why it was dropped.")
@reporting
def drop(journal: Journal, id: str, why: str, as_json: bool) -> None:
    """Drop an action that will not be done."""
    _report(journal, journal.actions.drop(id, why), "Dropped", as_json)


def _report(journal: Journal, action: Action, verb: str, as_json: bool) -> None:
    print_result(action.as_json(journal.as_at), _line(action, verb), as_json)


def _line(action: Action, verb: str) -> str:
    codes = f"  {' '.join(action.ksbs)}" if action.ksbs else ""
    return f"{verb} {action.id}  {cut(action.text, 70)}  {action.who}, {_when(action)}{codes}"


def _when(action: Action) -> str:
    if action.state == OPEN or action.done is None:
        return f"by {full_day(action.due)}"
    return f"{action.state} {full_day(action.done)}"
