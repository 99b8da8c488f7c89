"""What Coach says: calls as rows, what to talk about, and a kept call in short."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ksbtui.core.days import full_day, line_day
from ksbtui.core.durations import say_minutes
from ksbtui.core.programme.alerts import by_kind
from ksbtui.core.text.text import number_of
from ksbtui.presentation.parts import Block, Pair, Row
from ksbtui.presentation.styles import BOLD, MUTED, OWED_BOLD, PLAIN
from ksbtui.presentation.symbols import ALERT

if TYPE_CHECKING:
    from ksbtui.core.coaching.actions import Action
    from ksbtui.core.coaching.calls import Call, Session, Underway
    from ksbtui.core.coaching.changed import Changed
    from ksbtui.core.programme.alerts import Alert

START = "start"
SIGNS = {"held": "◆ ", "missed": "× ", "due": "! ", "planned": "◇ "}


def start_row(underway: Underway | None, changed: Changed | None) -> Row:
    """Start a call, or go on with the one under way; ``changed`` None is not looked up yet."""
    if underway:
        note = f"At {underway.item.title.lower()}; everything noted is kept."
        return Row(START, f"Go on with the call of {full_day(underway.day)}", notes=(note,))
    if changed is None:
        return Row(START, "Start a call", "private notes hidden", notes=("",), figure_style=MUTED)
    entries = number_of(len(changed.added), "entry", "entries")
    done = number_of(len(changed.done), "action", "actions")
    notes: tuple[str, ...] = (
        f"{say_minutes(changed.counted)} and {entries} since {line_day(changed.since)}",
        f"{number_of(len(changed.up), 'KSB', 'KSBs')} moved up, {done} done",
    )
    if not (changed.counted or changed.added or changed.moved or changed.done):
        notes = (f"Nothing is new since {line_day(changed.since)}.",)
    return Row(START, "Start a call", "private notes hidden", notes=notes, figure_style=MUTED)


def talk_lines(changed: Changed, alerts: Sequence[Alert], most: int) -> list[Block]:
    """What is worth talking about: alerts first, then reflections, a line each."""
    lines: list[Block] = [
        Pair([(f"{ALERT} ", OWED_BOLD), (one.brief, PLAIN)], [(one.when, MUTED)])
        for one in by_kind(alerts)
        if one.id not in ("action-overdue", "review-overdue", "review-due", "draft")
    ]
    lines += [
        Pair(
            [(f"  {entry.title}", PLAIN)],
            [(" ".join(entry.ksbs[:3]), MUTED), (f"  {line_day(entry.day):>6}", MUTED)],
        )
        for entry in changed.reflections
    ]
    return lines[:most]


def session_row(session: Session) -> Row:
    """A call, held or missed or to come."""
    call = session.call
    title = f"{say_minutes(call.minutes)} with {call.tutor}" if call and call.attended else ""
    return Row(
        call.id if call else session.id,
        title or (session.name if session.state == "planned" else "Missed"),
        lead=f"{SIGNS[session.state]}{full_day(session.day):<12} ",
        muted=session.state != "held",
    )


def call_blocks(call: Call, actions: Sequence[Action]) -> list[Block]:
    """A kept call in short: its shared notes, what was agreed, what comes next."""
    blocks: list[Block] = [call.notes or [("No notes were kept. e adds them.", MUTED)]]
    if call.ksbs:
        blocks += [None, [("To work on  ", MUTED), (" ".join(call.ksbs), BOLD)]]
    if actions:
        done = sum(one.done is not None for one in actions)
        said = f"{number_of(len(actions), 'action', 'actions')} agreed, {done} done"
        blocks.append([(said, MUTED)])
    return blocks
