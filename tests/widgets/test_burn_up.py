"""The burn-up chart's geometry: days and minutes to cells."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from ksbtui.presentation.cells import width_of
from ksbtui.widgets.charts.burn_up import (
    AXIS,
    Burn,
    Scale,
    Tick,
    braille,
    burn_lines,
    hill,
    last_day,
    whole_top,
)
from ksbtui.widgets.text.drawing import text_of

START = date(2026, 1, 1)
END = START + timedelta(days=99)
SCALE = Scale(START, END, 50, 10, 6000)


def burn(**changes: object) -> Burn:
    made = Burn(
        start=START,
        last=END + timedelta(days=20),
        today=START + timedelta(days=49),
        counted=tuple(60 * day for day in range(1, 51)),
        planned=((START, 0), (END, 6000)),
        target=6000,
        plan_end=END,
        plan_label="plan 10 Apr",
        finish=END + timedelta(days=20),
        finish_label="30 Apr",
        ahead=((START + timedelta(days=49), 3000), (END + timedelta(days=20), 6000)),
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def test_days_become_columns_and_stay_inside() -> None:
    assert [SCALE.column(START + timedelta(days=n)) for n in (0, 1, 2, 99)] == [0, 0, 1, 49]
    assert SCALE.column(START - timedelta(days=9)) == 0
    assert SCALE.column(END + timedelta(days=999)) == 49
    assert SCALE.part(START + timedelta(days=1), 2) == 1
    assert [SCALE.days_of(column) for column in (0, 1, 49)] == [1, 3, 99]


def test_minutes_become_eighths_and_any_minute_shows() -> None:
    assert [SCALE.eighths(minutes) for minutes in (0, 1, 600, 3000, 9999)] == [0, 1, 8, 40, 80]
    assert [SCALE.row(minutes) for minutes in (6000, 3000, 0)] == [0, 5, 10]


def test_the_hill_ends_today_and_never_falls() -> None:
    heights = hill(burn(), SCALE)
    assert len(heights) == SCALE.column(burn().today) + 1
    assert heights == sorted(heights)
    assert heights[-1] == SCALE.eighths(3000)
    assert hill(burn(counted=(), today=START - timedelta(days=1)), SCALE) == []


def test_a_line_touches_its_ends_without_a_gap() -> None:
    cells = braille([(START, 0), (END, 6000)], SCALE)
    assert (10, 0) in cells
    assert (1, 49) in cells, "the target's point lies below its line"
    assert {column for _, column in cells} == set(range(50))
    assert all(0 < dots < 256 for dots in cells.values())


def test_a_line_past_the_edge_is_cut_on_its_way() -> None:
    cells = braille([(START, 0), (END + timedelta(days=100), 6000)], SCALE)
    assert min(row for row, _ in cells) == 6, "half of the height at the right edge"


def test_the_target_lies_between_two_rows() -> None:
    for target in (1800, 25200, 11220):
        for rows in (5, 9, 14):
            one = burn(target=target, most=8400 if target == 1800 else None)
            top = whole_top(one, rows)
            assert top >= max(target, max(one.counted))
            assert abs(target * rows / top - round(target * rows / top)) < 0.01


def test_room_is_made_for_the_later_label() -> None:
    last = burn().last
    assert last_day(burn(), 60) > last
    assert last_day(burn(finish=None, plan_end=START), 60) == last
    assert last_day(burn(finish=last + timedelta(days=999)), 60) == last, "out of reach"
    assert last_day(burn(), 12) == last, "no room for words at all"


@pytest.mark.parametrize("width", [10, 24, 40, 76, 114])
@pytest.mark.parametrize("plain", [False, True])
def test_every_line_fits_any_width(width: int, plain: bool) -> None:
    ticks = tuple(Tick(START + timedelta(days=30 * n), f"M{n}", "12:30", "12") for n in range(4))
    for one in (burn(ticks=ticks), burn(most=9000, most_label="range", note="Say. This")):
        lines = burn_lines(one, width, 8, plain=plain)
        assert all(width_of(line) <= max(width, AXIS + 1) for line in lines)
        if plain:
            assert not any("⠀" <= sign <= "⣿" for line in text_of(lines) for sign in line)


def test_two_diamonds_with_their_words() -> None:
    first = text_of(burn_lines(burn(), 80, 8))[0]
    assert first.strip().startswith("100 ─")
    assert "plan 10 Apr ◇" in first
    assert "◆ 30 Apr" in first
    early = text_of(burn_lines(burn(finish=START + timedelta(days=70)), 80, 8))[0]
    assert early.index("◆") < early.index("◇")
    together = text_of(burn_lines(burn(finish=END), 80, 8))[0]
    assert "◇" not in together
    assert "◆" in together


def test_hours_below_are_exact_or_whole_never_cut() -> None:
    ticks = (
        Tick(START, "Jan", "18:30", "19"),
        Tick(START + timedelta(days=31), "Feb", "31:00", "31"),
        Tick(START + timedelta(days=59), "Mar", "32:15", "32"),
    )
    wide = text_of(burn_lines(burn(ticks=ticks), 114, 8))
    assert wide[-1].split() == ["18:30", "31:00", "32:15"]
    narrow = text_of(burn_lines(burn(ticks=ticks), 20, 8))
    assert narrow[-1].split() == ["h", "19", "31", "32"]


def test_the_note_stands_where_nothing_else_does() -> None:
    empty = burn(counted=(0,), today=START, finish=None, ahead=(), note="No hours. Press a.")
    assert any("No hours. Press a." in line for line in text_of(burn_lines(empty, 80, 8)))
    assert any("Press a." in line for line in text_of(burn_lines(empty, 40, 8)))
