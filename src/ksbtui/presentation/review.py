"""What the progress review says on the screen: its parts as rows, each in full beside them."""

from __future__ import annotations

from collections.abc import Sequence

from ksbtui.core.coaching.actions import OPEN, Action
from ksbtui.core.coaching.call_summary import action_end
from ksbtui.core.coaching.review import FIELDS, NO_CHANGE, Review
from ksbtui.core.coaching.review_pack import KEPT_PRIVATE, Pack, behaviour_lines, break_line
from ksbtui.core.days import full_day, line_day, long_day
from ksbtui.core.durations import say_minutes
from ksbtui.core.hours.hours import say_variance
from ksbtui.core.programme.timeline import Review as Due
from ksbtui.core.text.text import number_of
from ksbtui.presentation.parts import (
    BOLD,
    CHOSEN_BOX,
    DONE_BOLD,
    FREE_BOX,
    MUTED,
    OWED,
    PLAIN,
    Block,
    Head,
    Row,
)

FIELD, ACTION, SIGN = "field", "action", "sign"
CHANGES, NEW, BEHAVIOURS, FIGURES, HOLD = "changes", "new", "behaviours", "figures", "hold"
"""What a row's key begins with; the field, action or role follows after a colon."""


def title(pack: Pack) -> str:
    """``Progress review 3``."""
    return f"Progress review {pack.due.number}" if pack.due else "Progress review"


def state(pack: Pack) -> str:
    """Held or not yet, and by when."""
    if pack.review.held:
        unsigned = pack.review.unsigned
        signed = f"{number_of(len(unsigned), 'signature')} missing" if unsigned else "signed"
        return f"held {full_day(pack.review.day)}, {signed}"
    return f"due by {full_day(pack.due.due_month_end)}" if pack.due else "none is due"


def top_lines(pack: Pack) -> list[Block]:
    """Where the learner stands since the last review, and what is still needed to hold it."""
    changed, now = pack.changed, pack.changed.present
    lines: list[Block] = [
        [
            (f"Since {long_day(changed.since)}: ", MUTED),
            (f"{say_minutes(changed.counted)} counted, ", PLAIN),
            (f"{number_of(len(changed.added), 'entry', 'entries')}, ", PLAIN),
            (f"{number_of(len(changed.up), 'KSB')} moved up, {say_variance(now.variance)}", PLAIN),
        ]
    ]
    if pack.in_break:
        lines.append([(break_line(pack), OWED)])
    if not pack.review.held:
        needed = ", ".join(_needed(pack))
        ready = ("Everything is ready. h records it.", PLAIN)
        lines.append([(f"Still needed: {needed}.", OWED) if needed else ready])
    return lines


def _needed(pack: Pack) -> list[str]:
    """What has to be there before it is held, but for who was there, which holding asks."""
    review = pack.review
    waiting = [a for a in pack.earlier if a.state == OPEN and not review.answer(a.id)]
    return [
        *([f"an answer to {number_of(len(waiting), 'earlier action')}"] if waiting else []),
        *([] if review.plan_changes else ["whether the plan changes"]),
        *([] if pack.agreed else ["a new action"]),
    ]


def rows(pack: Pack) -> list[Row]:
    """Every part of the review under headings: figures, comments, actions, sign-off."""
    review = pack.review
    rows = [
        Row(FIGURES, "Hours, entries and KSBs", lead=CHOSEN_BOX, lead_style=DONE_BOLD),
        Row("#said", "What people say", heading=True),
    ]
    for name, label in FIELDS.items():
        if name != "plan" or review.changes_plan:
            rows.append(_part(f"{FIELD}:{name}", label, bool(review.text(name))))
    rows.append(_part(CHANGES, "Does the plan change?", bool(review.plan_changes)))
    if pack.vouched or pack.awaiting:
        verified = len(pack.vouched)
        figure = f"{verified} of {verified + len(pack.awaiting)}"
        rows.append(_part(BEHAVIOURS, "Employer verifies behaviours", not pack.awaiting, figure))
    if pack.earlier:
        rows.append(Row("#earlier", "Earlier actions", heading=True))
        rows += [_earlier(pack, action) for action in pack.earlier]
    rows.append(Row("#new", "New actions", heading=True))
    rows += [_part(f"{NEW}:{a.id}", a.text, True, f"by {line_day(a.due)}") for a in pack.agreed]
    if not pack.agreed:
        rows.append(_part(NEW, "None yet. t adds one.", False))
    rows.append(Row("#sign", "Recorded and signed", heading=True))
    present = ", ".join(review.present)
    rows.append(_part(HOLD, present or "Not recorded yet. h records it.", review.held))
    rows += [
        _part(f"{SIGN}:{s.role}", f"{s.name}, {s.role}", True, line_day(s.day))
        for s in review.signatures
    ]
    rows += [
        _part(f"{SIGN}:{role}", f"The {role} has not signed", False) for role in review.unsigned
    ]
    return rows


def _part(key: str, label: str, done: bool, figure: str = "") -> Row:
    return Row(
        key,
        label,
        figure,
        CHOSEN_BOX if done else FREE_BOX,
        lead_style=DONE_BOLD if done else MUTED,
        figure_style=MUTED,
    )


def _earlier(pack: Pack, action: Action) -> Row:
    answered = bool(pack.review.answer(action.id)) or action.state != OPEN
    when = f"by {line_day(action.due)}" if action.state == OPEN else action.state
    return _part(f"{ACTION}:{action.id}", action.text, answered, when)


def detail(pack: Pack, key: str) -> list[Block]:
    """One part in full; a private one says only that it is there."""
    kind, _, name = key.partition(":")
    if kind == FIELD:
        return _field(pack, name)
    if kind == ACTION:
        action = next(action for action in pack.earlier if action.id == name)
        answer = pack.review.answer(name) or "No answer yet. ↵ answers, k marks it as done."
        ends = f"{action.who}, {action_end(action)}"
        outcome: list[Block] = [] if action.state != OPEN else [None, Head("What happened"), answer]
        return [[(action.text, BOLD)], [(ends, MUTED)], *outcome]
    if kind == NEW and name:
        action = next(action for action in pack.agreed if action.id == name)
        return [[(action.text, BOLD)], [(f"{action.who}, {action_end(action)}", MUTED)]]
    if kind == BEHAVIOURS:
        lines: list[Block] = [Head("Verified by the employer")]
        return [
            *lines,
            *behaviour_lines(pack),
            None,
            [("v records who, when and what they saw.", MUTED)],
        ]
    if kind == CHANGES:
        return _changes(pack)
    if kind in (SIGN, HOLD):
        return [
            *_figures(pack),
            None,
            [("ksbtui records a name and a day. It is not proof.", MUTED)],
        ]
    return _figures(pack)


def _field(pack: Pack, name: str) -> list[Block]:
    text = pack.text(name, False)
    blocks: list[Block] = [Head(FIELDS[name])]
    if text == KEPT_PRIVATE:
        words = len(pack.review.text(name).split())
        return [*blocks, [(f"Private: {number_of(words, 'word')} saved.", MUTED)]]
    return [*blocks, text or [("Not written yet. ↵ writes it.", MUTED)]]


def _changes(pack: Pack) -> list[Block]:
    review, head = pack.review, Head("Does the plan change?")
    if not review.plan_changes:
        return [head, [("Does the content, end day or hours change? Press ↵ to answer.", MUTED)]]
    if review.plan_changes == (NO_CHANGE,):
        return [head, "Content, end day and hours stay the same."]
    return [head, f"Changes in: {', '.join(review.plan_changes)}. The employer signs the change."]


def _figures(pack: Pack) -> list[Block]:
    now, then = pack.changed.present, pack.changed.then
    was = f", was {say_variance(then.variance)}" if then.planned else ""
    gaps = " ".join(pack.coverage.gaps)
    return [
        Head("Hours"),
        f"{say_minutes(now.counted)} of {say_minutes(now.target)}, {say_minutes(now.verified)} "
        "verified",
        f"{say_variance(now.variance)}{was}",
        None,
        Head("KSBs", f"{pack.coverage.covered} of {pack.coverage.total}"),
        ", ".join(f"{m.code} {m.after}" for m in pack.changed.up) or "No KSBs moved up.",
        [(f"Gaps: {gaps}" if gaps else "No gaps.", MUTED)],
    ]


def coach_rows(due: Due | None, reviews: Sequence[Review]) -> list[Row]:
    """Reviews on Coach: the next one first, then those held, newest first."""
    rows = []
    begun = any(not review.held for review in reviews)
    if due is not None:
        note = f"{long_day(due.due_12_weeks)} is 12 weeks, as many providers ask"
        text = f"Review {due.number} by {long_day(due.due_month_end)}"
        rows.append(
            Row("next", text, "started" if begun else "", notes=(note,), figure_style=MUTED)
        )
    elif begun or not reviews:
        rows.append(Row("next", "None is due, but you can have one"))
    for review in reversed(reviews):
        if review.held:
            missing = len(review.unsigned)
            signed = f"{number_of(missing, 'signature')} missing" if missing else "signed"
            day = f"Took place {full_day(review.day)}"
            rows.append(Row(review.id, day, signed, figure_style=MUTED, lead="◆"))
    return rows[:3]
