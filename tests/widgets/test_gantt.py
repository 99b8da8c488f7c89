"""The timeline's geometry: days to columns, windows, lanes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from ksbtui.presentation.cells import width_of
from ksbtui.widgets.charts.gantt import (
    Chart,
    Lane,
    Mark,
    State,
    Stretch,
    Tick,
    Window,
    break_cells,
    cells,
    column,
    gantt_lines,
    header_line,
    lane_canvas,
    today_line,
)
from ksbtui.widgets.text.drawing import text_of

START = date(2026, 1, 1)
WHOLE = Window(START, START + timedelta(days=99))


def day(number: int) -> date:
    return START + timedelta(days=number)


def chart(**changes: object) -> Chart:
    return replace(Chart(WHOLE, day(50)), **changes)  # type: ignore[arg-type]


def drawn(lane: Lane, of: Chart | None = None, window: Window = WHOLE, width: int = 50) -> str:
    return text_of([lane_canvas(lane, of or chart(), window, width).line(0)])[0]


def lane(first: int, last: int, state: State | None, share: float = 1.0) -> Lane:
    return Lane("1", "Module", stretch=Stretch(day(first), day(last), state, share))


def test_a_day_has_one_column_and_days_outside_lie_outside() -> None:
    assert [column(day(n), WHOLE, 50) for n in (0, 1, 2, 99, 100)] == [0, 0, 1, 49, 50]
    assert column(day(-1), WHOLE, 50) == -1
    assert column(day(3), Window(day(3), day(3)), 80) == 0


def test_neighbours_share_no_column_and_leave_none_out() -> None:
    first, second = cells(day(0), day(29), WHOLE, 50), cells(day(30), day(59), WHOLE, 50)
    assert first.stop == second.start
    assert cells(day(40), day(40), WHOLE, 10) == range(4, 5), "one day is one cell at least"
    assert cells(day(120), day(140), WHOLE, 50) == range(0)
    assert cells(day(-20), day(200), WHOLE, 50) == range(50)


def test_windows_stay_within_the_programme() -> None:
    near = WHOLE.around(day(0), 20, WHOLE)
    assert near == Window(day(0), day(19))
    assert near.moved(5, WHOLE) == Window(day(5), day(24))
    assert near.moved(-5, WHOLE) == near
    assert near.moved(999, WHOLE) == Window(day(80), day(99))
    assert WHOLE.around(day(50), 500, WHOLE) == WHOLE


def test_a_finished_module_is_solid_up_to_its_counted_share() -> None:
    assert drawn(lane(0, 19, "done", 1.2)) == "█" * 10 + " " * 15 + "│"
    assert drawn(lane(0, 19, "done", 0.5)).startswith("█████▒▒▒▒▒ ")
    assert drawn(lane(0, 19, "done", 0.0)).startswith("▒" * 10)
    assert drawn(lane(0, 3, "done", 0.89)).startswith("█▒ "), "under 90 % always shows"


def test_now_is_solid_to_today_and_what_comes_is_not() -> None:
    assert drawn(lane(40, 59, "now")).strip() == "█████│░░░░"
    assert drawn(lane(60, 79, "next")).strip().endswith("░" * 10)
    assert "━" in drawn(lane(60, 79, None))


def test_a_break_is_a_gap_in_the_lane() -> None:
    paused = chart(breaks=((day(60), day(69)),))
    assert break_cells(paused, WHOLE, 50) == set(range(30, 35))
    line = drawn(lane(52, 79, "next"), paused)
    assert line[26:40] == "░░░░╌╌╌╌╌░░░░░"
    assert break_cells(chart(breaks=((day(61), day(61)),)), WHOLE, 50) == set(), "less than a cell"


def test_words_stand_beside_marks_only_where_nothing_else_does() -> None:
    marks = (Mark(day(40), "◆", label="Project approved"), Mark(day(90), "◇", label="Gateway"))
    line = drawn(Lane("m", "Milestones", marks=marks))
    assert "Project approved ◆" in line
    assert "Gateway ◇" in line
    crowded = tuple(Mark(day(n), "◇", label="Long name of it") for n in range(0, 99, 6))
    assert "Long" not in drawn(Lane("m", "Milestones", marks=crowded))
    dated = (Mark(day(70), "◇", label="by 6 April 2026 or 30 April 2026", brief="by 6 Apr"),)
    assert drawn(Lane("r", "Reviews", marks=dated)).endswith("│by 6 Apr ◇"), "never part of a day"


def test_today_is_named_or_its_side_is() -> None:
    assert text_of([today_line(chart(), WHOLE, 50)])[0].index("today") == 23
    later = Window(day(60), day(99))
    assert text_of([today_line(chart(), later, 50)])[0] == "◂ today"
    assert text_of([today_line(chart(), Window(day(0), day(20)), 50)])[0].endswith("today ▸")


def test_the_header_keeps_names_whole_or_gives_initials() -> None:
    months = tuple(Tick(day(33 * n), name) for n, name in enumerate(("Jan", "Feb", "Mar")))
    assert text_of([header_line(chart(ticks=months), WHOLE, 50)])[0].split() == [
        "Jan",
        "Feb",
        "Mar",
    ]
    assert text_of([header_line(chart(ticks=months), WHOLE, 9)])[0].split() == ["J", "F", "M"]
    days = (Tick(day(0), "31 Aug"), Tick(day(7), "7"), Tick(day(60), "14"))
    assert text_of([header_line(chart(ticks=days), WHOLE, 50)])[0].split()[0] == "31"


@pytest.mark.parametrize("width", [24, 58, 76, 114])
@pytest.mark.parametrize("roomy", [False, True])
def test_every_line_fits_any_width(width: int, roomy: bool) -> None:
    lanes = (
        replace(lane(0, 30, "done", 0.7), title="评估 " * 40, number="1", figure="57:30 / 63"),
        Lane("2", "oops [/bold] [red]", marks=(Mark(day(50), "●", label="评估评估"),)),
    )
    lines = gantt_lines(chart(lanes=lanes), WHOLE, width, cursor="2", roomy=roomy)
    assert len(lines) == 2 + len(lanes) * (1 + roomy)
    assert all(width_of(line) <= width for line in lines)
    assert sum(text.startswith("▌") for text in text_of(lines)) == 1
