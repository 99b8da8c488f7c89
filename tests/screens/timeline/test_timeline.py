"""The Timeline screen on a real journal, with breaks and moved modules."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from ksbtui.app import KsbtuiApp
from ksbtui.clock import Clock
from ksbtui.core.days import line_day
from ksbtui.core.entry.entries import Entry
from ksbtui.errors import Unreadable
from ksbtui.journal.journal import Journal
from ksbtui.journal.programme.enrolments import Agreed
from ksbtui.screens import ScreenInfo
from ksbtui.screens.timeline.chart import lanes
from ksbtui.screens.timeline.module import ModuleScreen, read_open_span, read_span, say_span
from ksbtui.screens.timeline.screen import TimelinePage
from ksbtui.widgets.charts.gantt import Gantt
from ksbtui.widgets.forms.dialogs import Ask
from tests.journals import enrolled
from tests.screens.kit import screen_text

SCREENS = (ScreenInfo("1", "Timeline", "ksbtui.screens.timeline.screen", "TimelinePage"),)
TODAY, END = date(2026, 9, 23), date(2027, 3, 11)


def make(journal: Journal) -> KsbtuiApp:
    return KsbtuiApp(journal, places=SCREENS)


def type_in(app: KsbtuiApp, text: str) -> None:
    assert isinstance(app.screen, Ask)
    app.screen.query_one("Input").value = text  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("12 Oct to 25 Oct", date(2026, 10, 12), date(2026, 10, 25)),
        ("2026-10-12..2026-10-25", date(2026, 10, 12), date(2026, 10, 25)),
        ("20 dec to 3 jan", date(2026, 12, 20), date(2027, 1, 3)),
        ("3 mar to 25 apr", date(2026, 3, 3), date(2026, 4, 25)),
        ("mon to today", date(2026, 9, 21), TODAY),
        ("12 September 2026 to 11 October 2026", date(2026, 9, 12), date(2026, 10, 11)),
    ],
)
def test_days_that_lie_ahead_are_read(text: str, first: date, last: date) -> None:
    assert read_span(text, TODAY, END) == (first, last)


def test_a_span_is_refused_or_open() -> None:
    with pytest.raises(Unreadable, match="not two days"):
        read_span("12 Oct", TODAY, END)
    with pytest.raises(Unreadable, match="before"):
        read_span("2026-10-12 to 2026-10-11", TODAY, END)
    assert read_open_span("12 Oct", TODAY, END) == (date(2026, 10, 12), None)
    assert say_span(date(2026, 10, 12), date(2026, 10, 25)).endswith("14 days, 2 weeks")


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (60, 16)])
async def test_today_and_the_module_now_stand_out(demo: Journal, size: tuple[int, int]) -> None:
    app = make(demo)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        text = screen_text(app)
        assert max(map(len, text.split("\n"))) <= size[0]
        assert text.count("▌") == 1
        assert "▌6 Testing" in text
        if size[0] >= 80:
            assert "Month 9 of 14  day 255 of 424" in text
            assert "11 h 45 m of 31 h 49 m   10 entries   18 days left" in text
            due = demo.progress.view.timeline.next_review
            assert due is not None
            assert f"by {line_day(due.due_month_end)}" in text
        if size[0] == 120:
            assert "54:30 / 63" in text


async def test_keys_move_zoom_and_open(demo: Journal) -> None:
    demo.entries.add(Entry("", TODAY, 60, "oops [/bold] [red] \x1b[31m" + "评估" * 60))
    app = make(demo)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("plus")
        assert "9 Aug to 7 Nov 2026" in screen_text(app)
        await pilot.press("right", "right", "right")
        assert "◂ today" in screen_text(app)
        await pilot.press("up", "up", "up", "up", "up")
        assert "▌1 Foundations" in screen_text(app)
        assert "█" in screen_text(app).split("▌1 ")[1].split("\n")[0], "panned to the module"
        await pilot.press("minus", "end")
        text = screen_text(app)
        assert "▌Milestones" in text
        assert "Gateway to completion" in text
        assert "11 Mar 2027" in text
        await pilot.press("up", "up", "up", "up", "up", "up", "enter")
        assert isinstance(app.screen, ModuleScreen)
        text = screen_text(app)
        assert "oops [/bold] [red]" in text
        assert "11 entries" in text
        assert "Module " in text.split("\n")[0]
        assert "KSBs (our suggestion)" in text


async def test_a_break_is_recorded_refused_at_the_field_and_taken_back(demo: Journal) -> None:
    app = make(demo)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await pilot.press("b")
        type_in(app, "1 Jan 2030 to 3 Jan 2030")
        await pilot.press("enter")
        await pilot.pause()
        assert "is outside your programme" in " ".join(screen_text(app).split())
        assert not demo.enrolled.enrolment.breaks
        type_in(app, "12 Oct to 25 Oct")
        await pilot.pause()
        assert "14 days, 2 weeks" in screen_text(app)
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(app.screen, TimelinePage)
        text = screen_text(app)
        assert "2 weeks" in text
        assert "Break recorded. Dates updated. u undoes it." in text
        assert demo.progress.view.plan.plan_end == date(2027, 2, 25)
        await pilot.press("b", "down", "enter")
        await pilot.pause()
        assert not demo.enrolled.enrolment.breaks
        await pilot.press("b")
        type_in(app, "21 Sep")
        await pilot.press("enter")
        await pilot.pause()
        assert "In a break" in screen_text(app)
        await pilot.press("b")
        type_in(app, "today")
        await pilot.press("enter")
        assert demo.enrolled.enrolment.breaks[0].end == TODAY


async def test_a_provider_may_move_a_module(demo: Journal) -> None:
    app = make(demo)
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("down", "m")
        type_in(app, "19 Oct to 20 Nov")
        await pilot.press("enter")
        await pilot.pause()
        module = demo.progress.view.plan.module(7)
        assert module is not None
        assert (module.starts, module.ends) == (date(2026, 10, 19), date(2026, 11, 20))
        assert "19 Oct to 20 Nov 2026" in screen_text(app)


async def test_units_count_weeks_and_the_ends_of_time_are_said(tmp_path: Path) -> None:
    agreed = Agreed("AU0002", "au0002-16-weeks", date(2026, 9, 7))
    for today, said in (
        (date(2026, 10, 20), "Week 7 of 16"),
        (date(2026, 9, 6), "Starts in 1 day"),
        (date(2027, 3, 1), "The programme is over"),
    ):
        journal = Journal(tmp_path / f"{today}.db", Clock(today))
        journal.enrolments.set_up(agreed)
        app = make(journal)
        async with app.run_test(size=(80, 24)) as pilot:
            await pilot.pause()
            text = screen_text(app)
            assert said in text
            assert "Skills test" in text
            assert "Coaching" not in text


async def test_a_mark_is_filled_by_a_record_and_not_by_a_day_that_passed(tmp_path: Path) -> None:
    journal = enrolled(tmp_path, date(2026, 11, 26), date(2026, 1, 12))
    lane = {one.key: one for one in lanes(journal.progress.view)}
    past = [mark for mark in lane["coaching"].marks if mark.day < journal.as_at]
    assert past
    assert {mark.sign for mark in past} == {"?"}
    approved = next(m for m in lane["milestones"].marks if m.label.startswith("Project approved"))
    assert (approved.sign, approved.label) == ("◇", "Project approved, not recorded")
    journal.project.add("approval", "Approved by the board", day=date(2026, 6, 1))
    lane = {one.key: one for one in lanes(journal.progress.view)}
    approved = next(m for m in lane["milestones"].marks if m.label.startswith("Project approved"))
    assert (approved.sign, approved.label) == ("◆", "Project approved")
    app = KsbtuiApp(journal)
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("5")
        await pilot.pause()
        gantt = app.screen.query_one(Gantt)
        while gantt.key != "coaching":
            await pilot.press("down")
        await pilot.pause()
        assert "0 of 14 sessions recorded" in screen_text(app)
        assert "passed without a record (?)" in screen_text(app)
