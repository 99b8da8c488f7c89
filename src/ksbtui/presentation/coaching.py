"""What Coach says: calls as rows, what a call shows, and a kept call in short.

Nothing that is private to the learner is in it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from ksbtui.core.coaching.actions import OPEN, Action
from ksbtui.core.coaching.changed import Changed, Moved
from ksbtui.core.days import full_day, line_day
from ksbtui.core.durations import say_minutes
from ksbtui.core.entry.entries import Comment, Entry
from ksbtui.core.hours.hours import say_variance
from ksbtui.core.programme.alerts import Alert, by_kind
from ksbtui.core.text.text import number_of
from ksbtui.presentation.parts import (
    ALERT,
    ASKED,
    BOLD,
    CHOSEN_BOX,
    DONE,
    FREE_BOX,
    MUTED,
    OWED,
    OWED_BOLD,
    PLAIN,
    VERIFIED,
    BarValues,
    Block,
    Line,
    Pair,
    Row,
    Shown,
    state_symbol,
)

if TYPE_CHECKING:
    from ksbtui.core.coaching.actions import Action
    from ksbtui.core.coaching.calls import Call, Session, Underway
    from ksbtui.core.coaching.changed import Changed
    from ksbtui.core.coverage.coverage import KsbState
    from ksbtui.core.programme.alerts import Alert


LEARNER = "learner"
ENTRIES_MOST = 200


def figures(changed: Changed) -> list[Shown]:
    """The four numbers of a call."""
    hours, rest = divmod(abs(changed.counted), 60)
    weeks = max(1, (changed.until - changed.since).days) / 7
    weekly = say_minutes(round(max(0, changed.counted) / weeks))
    untimed = sum(bool(entry.failed_rules) for entry in changed.added)
    fresh = sum(move.before == "none" for move in changed.up)
    agreed = len(changed.done) + len(changed.open)
    late = f"{len(changed.overdue)} overdue" if changed.overdue else ""
    return [
        Shown(
            f"-{hours}" if changed.counted < 0 else str(hours),
            f"h {rest} m" if rest else "h",
            "counted",
            f"{weekly} a week",
        ),
        Shown(str(len(changed.added)), "", "entries", f"{untimed} not counted" if untimed else ""),
        Shown(str(len(changed.up)), "", "KSBs moved up", f"{fresh} new" if fresh else ""),
        Shown(str(len(changed.done)), f"of {agreed}", "actions done", late, OWED),
    ]


def bar(changed: Changed) -> BarValues:
    """Hours against the plan, and where they stood."""
    now, then = changed.present, changed.then
    was = f", was {_side(then.variance)} on {line_day(changed.since)}" if then.planned else ""
    return BarValues(
        now.counted,
        now.planned,
        now.target,
        f"{say_minutes(now.counted)} of {say_minutes(now.target)}",
        "",
        f"{say_variance(now.variance)}{was}",
    )


def _side(variance: int) -> str:
    return say_variance(variance).replace(" plan", "").replace(" of", "")


def moved(changed: Changed, most: int) -> list[Block]:
    """KSBs that climbed, those that reached the highest rung first, then any that fell."""
    moves = [*changed.up, *(move for move in changed.moved if not move.up)]
    lines: list[Block] = [_moved_line(move) for move in moves[:most]]
    if len(moves) > most:
        lines.append([(f"and {len(moves) - most} more", MUTED)])
    return lines or [[("No KSB moved.", MUTED)]]


def _moved_line(move: Moved) -> Line:
    before, _ = state_symbol(move.before)
    after, style = state_symbol(move.after)
    return [
        (f"{move.code:<4} ", BOLD),
        (f"{before} {move.before:<9} → ", MUTED),
        (f"{after} ", style if move.up else OWED),
        (move.after, PLAIN),
    ]


def earlier(changed: Changed, most: int) -> list[Block]:
    """Actions done, overdue and open, a line each."""
    actions = [*changed.done, *changed.overdue]
    actions += [action for action in changed.open if action not in changed.overdue]
    lines: list[Block] = [_action_line(action, changed) for action in actions[:most]]
    if len(actions) > most:
        lines.append([(f"and {len(actions) - most} more", MUTED)])
    return lines or [[("No actions agreed.", MUTED)]]


def _action_line(action: Action, changed: Changed) -> Block:
    late = action.overdue(changed.until)
    sign, style = ("✓ ", DONE) if action.done else (f"{ALERT} ", OWED_BOLD) if late else ("  ", "")
    text = (action.text, MUTED if action.done else PLAIN)
    return Pair([(sign, style), text], [(line_day(action.done or action.due), MUTED)])


def last_time(
    call: Call, ksbs: Sequence[KsbState], asked: Sequence[Comment], *, brief: bool
) -> list[Block]:
    """What was said last time: KSBs to work on as they stand now, notes, questions left open.

    ``brief`` gives each one line.
    """
    blocks: list[Block] = []
    if ksbs:
        line: Line = [("To work on  ", MUTED)]
        for ksb in ksbs:
            symbol, style = state_symbol(ksb.state)
            line += [(f"{ksb.code} ", BOLD), (f"{symbol} ", style), (f"{ksb.state}   ", MUTED)]
        blocks.append(line)
    if call.notes:
        blocks.append(Pair([(" ".join(call.notes.split()), PLAIN)]) if brief else call.notes)
    most = 1 if brief else 3
    for remark in asked[:most]:
        more = f" +{len(asked) - most}" if remark == asked[most - 1] and len(asked) > most else ""
        text = f"{remark.by} asked: {remark.text}"
        blocks.append(Pair([(f"{ASKED} ", OWED_BOLD), (text, PLAIN)], [(more, MUTED)]))
    return blocks


def watch(alerts: Sequence[Alert], most: int) -> list[Block]:
    """Alerts that are no action, a line each."""
    shown = [alert for alert in alerts if alert.id not in ("action-overdue", "behind-plan")]
    lines: list[Block] = [
        Pair([(f"{ALERT} ", OWED_BOLD), (alert.brief, PLAIN)], [(alert.when, MUTED)])
        for alert in shown[:most]
    ]
    return lines or [[("Nothing else to talk about.", MUTED)]]


def agreed(actions: Iterable[Action]) -> list[Block]:
    """Actions agreed in this call."""
    return [
        Pair(
            [(action.text, PLAIN), (f"  {' '.join(action.ksbs)}", MUTED)],
            [(f"{action.who} · by {line_day(action.due)}", MUTED)],
        )
        for action in actions
    ] or [[("None yet. t adds one.", MUTED)]]


def entries_of(changed: Changed) -> list[Entry]:
    """What can be talked about: reflections first, then the rest, newest first."""
    touched = [*changed.added, *(entry.after for entry in changed.changed)]
    others = [entry for entry in touched if entry not in changed.reflections and not entry.private]
    return [*changed.reflections, *others][:ENTRIES_MOST]


def entry_rows(changed: Changed, asked: Iterable[Comment]) -> list[Row]:
    """Those entries as rows under two headings."""
    questioned = {remark.entry for remark in asked}
    worth = [entry.id for entry in changed.reflections]
    rows = []
    for number, entry in enumerate(entries_of(changed)):
        if number in (0, len(worth)):
            label = "Entries worth talking about" if number < len(worth) else "Other entries"
            rows.append(Row(f"head-{number}", label, heading=True))
        rows.append(_entry_row(entry, entry.id in questioned))
    return rows


def _entry_row(entry: Entry, asked: bool) -> Row:
    mark = (VERIFIED if entry.verified else " ") + (ASKED if asked else " ")
    return Row(
        entry.id,
        entry.title,
        say_minutes(entry.minutes),
        lead=f"{mark} {line_day(entry.day):>6} ",
        lead_style=DONE if entry.verified else MUTED,
        figure_style=MUTED,
    )


def entry_detail(entry: Entry, remarks: Iterable[Comment]) -> list[Block]:
    """One entry as a shared screen may show it."""
    marks = f"✓ {entry.verified.by}, {line_day(entry.verified.day)}" if entry.verified else ""
    about = [full_day(entry.day), say_minutes(entry.minutes), " ".join(entry.ksbs)]
    blocks: list[Block] = [
        Pair([(entry.title, BOLD)], [(marks, DONE)]),
        [(" · ".join(filter(None, about)), MUTED)],
    ]
    shared = [item.title or item.kind for item in entry.evidence if not item.private]
    if shared:
        blocks.append([(f"Evidence: {', '.join(shared)}", MUTED)])
    blocks += [None, entry.learned or entry.notes or [("Nothing written yet.", MUTED)]]
    for remark in remarks:
        blocks += [None, [(f"{remark.by} asks: ", MUTED), (remark.text, PLAIN)]]
    return blocks


def gap_rows(gaps: Iterable[KsbState], picked: Sequence[str]) -> list[Row]:
    """Gaps by need, with those picked to work on next."""
    return [
        Row(
            ksb.code,
            f"{ksb.code:<4}{ksb.name}",
            "one duty" if ksb.fragile else "",
            lead=CHOSEN_BOX if ksb.code in picked else FREE_BOX,
            lead_style=DONE if ksb.code in picked else MUTED,
            tags=ksb.state,
            figure_style=OWED,
        )
        for ksb in gaps
    ]


def gap_detail(ksb: KsbState) -> list[Block]:
    """A gap in full: its statement and what is there."""
    entries = number_of(ksb.entries, "entry", "entries") if ksb.entries else "no entry yet"
    return [[(f"{ksb.code} {ksb.name}", BOLD), (f"  {entries}", MUTED)], ksb.statement]


def action_rows(actions: Iterable[Action], as_at: date, *, brief: bool = False) -> list[Row]:
    """Actions as rows, in the order given; a ``brief`` one names another's below its text."""
    return [
        Row(
            action.id,
            action.text,
            f"{action.state} {line_day(action.done)}"
            if action.done
            else f"{'' if brief else action.who + ' · '}by {line_day(action.due)}",
            notes=(action.who,) if brief and action.who != LEARNER else (),
            lead="✓" if action.done else ALERT if action.overdue(as_at) else " ",
            lead_style=DONE if action.done else OWED_BOLD,
            figure_style=MUTED,
            muted=action.state != OPEN,
        )
        for action in actions
    ]


WELLBEING: tuple[Block, ...] = (
    [("How are you getting on?", BOLD)],
    None,
    "Workload, time protected for learning, support at work and at home.",
    "What would help before the next call, and who can do it?",
    None,
    [("Notes here stay out of the summary. They are hidden when you go on.", MUTED)],
)


def sum_up(call: Underway, verified: Sequence[Entry], asked: Sequence[Comment]) -> list[Block]:
    """What will be kept of the call."""
    next_day = full_day(call.next_day) if call.next_day else "asked when the call ends"
    rows = (
        ("Tutor", call.tutor or "asked when the call ends"),
        ("To work on next", " ".join(call.ksbs) or "nothing picked"),
        ("Verified", str(len(verified))),
        ("Questions", str(len(asked))),
        ("Next call", next_day),
    )
    return [[(f"{label:<18}", MUTED), (value, PLAIN)] for label, value in rows]


START = "start"
SIGNS = {"held": "◆ ", "missed": "× ", "due": "! ", "planned": "◇ "}


def start_row(underway: Underway | None, changed: Changed | None) -> Row:
    """Start a call, or go on with the one under way; ``changed`` None is not looked up yet."""
    if underway:
        note = f"You are at: {underway.item.title.lower()}. Your notes are saved."
        return Row(START, f"Continue the call of {full_day(underway.day)}", notes=(note,))
    if changed is None:
        return Row(START, "Start a call", "private notes hidden", notes=("",), figure_style=MUTED)
    entries = number_of(len(changed.added), "entry", "entries")
    done = number_of(len(changed.done), "action", "actions")
    notes: tuple[str, ...] = (
        f"{say_minutes(changed.counted)} and {entries} since {line_day(changed.since)}",
        f"{number_of(len(changed.up), 'KSB', 'KSBs')} moved up, {done} done",
    )
    if not (changed.counted or changed.added or changed.moved or changed.done):
        notes = (f"Nothing new since {line_day(changed.since)}.",)
    return Row(START, "Start a call", "private notes hidden", notes=notes, figure_style=MUTED)


def talk_lines(changed: Changed, alerts: Sequence[Alert], most: int) -> list[Block]:
    """What is worth talking about: alerts first, then reflections, a line each."""
    lines: list[Block] = [
        Pair([(f"{ALERT} ", OWED_BOLD), (alert.brief, PLAIN)], [(alert.when, MUTED)])
        for alert in by_kind(alerts)
        if alert.id not in ("action-overdue", "review-overdue", "review-due", "draft")
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
        done = sum(action.done is not None for action in actions)
        agreed = f"{number_of(len(actions), 'action', 'actions')} agreed, {done} done"
        blocks.append([(agreed, MUTED)])
    return blocks
