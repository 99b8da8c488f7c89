"""What rehearsing says: the figure for the day, what is due, and minutes a day."""

from __future__ import annotations

from collections.abc import Iterator

from ksbtui.core.assessment.rehearsal import LAST_MINUTES, Minutes, Rehearsal
from ksbtui.core.days import long_day
from ksbtui.core.text.text import number_of

SHOWN = 12
"""Codes named in one line."""


def held_text(made: Rehearsal) -> str:
    """How many KSBs will be held on the day: ``… you will still hold 41 of 58``."""
    if len(made.new) == made.total:
        return "Nothing practised yet."
    return f"By {long_day(made.by)} you will still hold {made.held_then} of {made.total}."


def due_text(made: Rehearsal) -> str:
    """What wants practice today."""
    codes = [memory.code for memory in made.due]
    if not codes:
        return "Nothing practised is due today."
    more = f" and {len(codes) - SHOWN} more" if len(codes) > SHOWN else ""
    return f"Due today: {' '.join(codes[:SHOWN])}{more}"


def new_text(made: Rehearsal) -> str:
    """What was never practised; empty where all was."""
    codes = [memory.code for memory in made.new]
    if not codes:
        return ""
    more = f" and {len(codes) - SHOWN} more" if len(codes) > SHOWN else ""
    return f"Never practised: {' '.join(codes[:SHOWN])}{more}"


def minutes_text(minutes: Minutes) -> str:
    """How long to practise a day."""
    if not minutes.early_days and not minutes.last_days:
        return "No day is left to practise on."
    if not minutes.early and not minutes.last:
        return "Nothing more has to be practised."
    text = f"{number_of(minutes.early, 'minute')} a day keeps it all"
    if not minutes.early_days:
        text = f"{number_of(minutes.last, 'minute')} a day"
        if minutes.left_over:
            return (
                f"{text} is enough for the last weeks; {number_of(minutes.left_over, 'minute')}"
                " of practice find no room. Begin with what is weakest."
            )
        return f"{text} keeps it all."
    if minutes.last and minutes.last < minutes.early:
        return f"{text}, and {minutes.last} in the last three weeks."
    return f"{text}."


def plan_lines(made: Rehearsal) -> Iterator[str]:
    """The whole plan as plain lines."""
    yield held_text(made)
    yield f"Today you hold {made.held_now}."
    yield due_text(made)
    if new := new_text(made):
        yield new
    yield minutes_text(made.minutes)
    mocks = "Mock discussions count." if made.with_mocks else "Mock discussions do not count."
    yield (
        f"{mocks} An answer takes about {number_of(made.answer_minutes, 'minute')}; in the last "
        f"three weeks no day asks for more than {LAST_MINUTES}."
    )
