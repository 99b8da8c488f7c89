"""What the week walk says: the strip of days, one day, and how the week stands at its end."""

from __future__ import annotations

from datetime import date

from ksbtui.core.days import DAY_NAMES, full_day
from ksbtui.core.durations import clock_minutes, say_minutes
from ksbtui.core.entry.entries import Entry
from ksbtui.core.entry.week import Week, WeekDay
from ksbtui.core.text.text import number_of
from ksbtui.presentation.cells import width_of
from ksbtui.presentation.entries import badge_of, week_name
from ksbtui.presentation.parts import (
    ALERT,
    BOLD,
    CHOSEN,
    DONE,
    MUTED,
    NOT_COUNTED,
    OWED,
    PLAIN,
    VERIFIED,
    Block,
    Head,
    Line,
    Row,
)


def name_of(day: WeekDay) -> str:
    """``Wednesday``."""
    return DAY_NAMES[day.day.weekday()]


def week_said(week: Week, today: date) -> str:
    """Which week it is, and what is in it."""
    return f"{week_name(week.monday, today)} · {say_minutes(week.minutes)} logged"


def progress(week: Week, day: WeekDay | None) -> str:
    """``Wed 3 of 5``."""
    if day is None:
        return "done"
    return f"{name_of(day)[:3]} {week.days.index(day) + 1} of {len(week.days)}"


def strip(week: Week, here: WeekDay | None, width: int) -> Line:
    """Every day with its hours; the one in hand filled, a blank one with a sign.

    All of it is one line where that fits: the gaps give way, then the words for a state.
    """
    for gap, brief in (("   ", False), (" ", False), (" ", True)):
        line: Line = []
        for day in week.days:
            short = name_of(day)[:3]
            style = CHOSEN if day == here else BOLD if day.entries else MUTED
            line += [(f"\u00a0{short}\u00a0", style), ("\u00a0", PLAIN), *_state(day, brief)]
            line.append((gap, PLAIN))
        line.pop()
        if width_of(line) <= width:
            break
    return line


def _state(day: WeekDay, brief: bool) -> Line:
    if day.entries:
        time = clock_minutes(day.minutes) if brief else say_minutes(day.minutes)
        return [(time.replace(" ", "\u00a0"), PLAIN)]
    if day.future:
        return [("–" if brief else "to\u00a0come", MUTED)]
    if day.away:
        return [("away", MUTED)]
    return [(ALERT, OWED)] if brief else [(f"{ALERT}\u00a0", OWED), ("blank", MUTED)]


def day_blocks(day: WeekDay, week: Week) -> list[Block]:
    """The day in hand: its date, its hours, and what is missing."""
    total = say_minutes(day.counted_minutes) + " counted" if day.entries else ""
    blocks: list[Block] = [Head(f"{name_of(day)} {full_day(day.day)}", total)]
    if day.away and not day.entries:
        blocks.append([("In a break, or outside your programme. Nothing is missing.", MUTED)])
    elif not day.entries:
        blocks.append([("Nothing logged. Did you learn something on this day?", PLAIN)])
    return blocks


def end_blocks(week: Week) -> list[Block]:
    """How the week stands, and the one thing to do next."""
    counted, logged = say_minutes(week.counted_minutes), say_minutes(week.minutes)
    blocks: list[Block] = [
        Head("Your week", logged),
        [(f"{VERIFIED} ", DONE), (f"{counted} counted", BOLD), (f" of {logged} logged.", PLAIN)],
        [(week.hint.text, MUTED)],
        None,
        [("↵", BOLD), (" leaves.  ", MUTED), ("PgUp", BOLD), (" goes back.", MUTED)],
    ]
    return blocks


def row(entry: Entry, failed: bool) -> Row:
    """An entry of the day."""
    learned = (
        f"{number_of(entry.words, 'word')} on what you learned"
        if entry.words
        else "nothing on what you learned yet"
    )
    tags = " ".join(entry.ksbs[:6]) or "no KSB yet"
    return Row(
        entry.id,
        entry.title,
        say_minutes(entry.minutes),
        mark=NOT_COUNTED if failed else "",
        badge=badge_of(entry),
        notes=(f"{tags} · {learned}",),
        muted=failed,
    )


def next_key(day: WeekDay | None, *, typed: bool) -> Line:
    """What ↵ does now."""
    if day is None:
        return []
    if typed:
        return [("↵", BOLD), (" goes on to the time, then saves.", MUTED)]
    line: Line = [
        ("↵", BOLD),
        (" or ", MUTED),
        ("→", BOLD),
        (" on the empty line: next day.", MUTED),
    ]
    if day.entries:
        line += [("  ", PLAIN), ("shift+tab", BOLD), (" to the list.", MUTED)]
    return line
