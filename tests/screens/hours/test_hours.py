"""The Hours screen on a real journal."""

from __future__ import annotations

import re
from datetime import date, timedelta
from pathlib import Path

import pytest

from ksbtui.app import KsbtuiApp
from ksbtui.clock import Clock
from ksbtui.core.days import long_day
from ksbtui.core.durations import say_minutes
from ksbtui.core.entry.entries import Entry
from ksbtui.journal.journal import Journal
from ksbtui.journal.programme.enrolments import Agreed
from ksbtui.presentation.hours import (
    Tried,
    not_counted_rows,
    not_counted_total,
    spans_tried,
    weekly_step,
)
from ksbtui.screens import ScreenInfo
from ksbtui.screens.entry.entry_list import EntryList, listing_of
from ksbtui.screens.hours.screen import HoursPage
from ksbtui.widgets.charts.what_if import WhatIfRow
from tests.screens.kit import screen_text

SCREENS = (ScreenInfo("1", "Hours", "ksbtui.screens.hours.screen", "HoursPage"),)
HOSTILE = "oops [/bold] [red] \x1b[31m " + "评估" * 60
WEEK = timedelta(days=7)


def make(journal: Journal) -> KsbtuiApp:
    return KsbtuiApp(journal, places=SCREENS)


def page(app: KsbtuiApp) -> HoursPage:
    assert isinstance(app.screen, HoursPage)
    return app.screen


def test_steps_are_quarters_of_an_hour() -> None:
    assert weekly_step(328, 1) == 330
    assert weekly_step(328, -1) == 315
    assert weekly_step(330, 1) == 345
    assert weekly_step(15, -1) == 15
    assert weekly_step(0, 1) == 15


def test_leave_starts_tomorrow_and_a_break_follows_it() -> None:
    today = date(2026, 9, 23)
    leave, pause = spans_tried(Tried(leave=2, pause=1), today)
    assert leave == ((date(2026, 9, 24), date(2026, 10, 7)),)
    assert pause == ((date(2026, 10, 8), date(2026, 10, 14)),)
    assert spans_tried(Tried(), today) == ((), ())


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (60, 16)])
async def test_the_figures_of_the_command_stand_on_the_screen(
    demo: Journal, size: tuple[int, int]
) -> None:
    app = make(demo)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        for part in ("#body", *app.screen.query("Rows")):
            shown = app.screen.query_one(part) if isinstance(part, str) else part
            shown.scroll_home(animate=False, immediate=True)
        await pilot.pause()
        text = screen_text(app)
        assert max(map(len, text.split("\n"))) <= size[0]
        assert "254 h 30 m" in text
        assert "15 h 57 m behind plan" in text
        if size[0] >= 80:
            assert "plan 11 Feb 2027 ◇" in text
            assert "9 Mar" in text
            assert "× type does not count 12 h 15 m" in " ".join(text.split())


async def test_what_if_moves_the_finish_at_once_and_saves_nothing(demo: Journal) -> None:
    app = make(demo)
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        assert "9 March 2027" in screen_text(app)
        await pilot.press("right", "right", "right", "right")
        found = page(app).view.what_if(465)
        assert found.forecast is not None
        assert found.forecast.likely is not None
        text = screen_text(app)
        assert "7 h 45 m" in text
        assert f"{long_day(found.forecast.likely)}" in text
        assert "sooner" in text
        await pilot.press("tab", "right", "right")
        assert "2 weeks" in screen_text(app)
        before = page(app).view.plan.plan_end
        await pilot.press("b", "right")
        assert page(app).tried == Tried(465, 2, 1)
        assert "plan 18 Feb" in screen_text(app), "a break moves the plan by a week"
        assert page(app).view.plan.plan_end == before
        await pilot.press("0")
        assert "9 March 2027" in screen_text(app)
        assert demo.revision == 0


async def test_a_reason_leads_to_its_entries_and_a_write_is_seen(demo: Journal) -> None:
    wanted = listing_of(demo.progress.view, "rule:paid-hours")
    assert demo.entries.find(wanted.wanted).total == 3
    app = make(demo)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        app.screen.query_one("#not-counted").focus()
        await pilot.press("down", "enter")
        assert isinstance(app.screen, EntryList)
        text = screen_text(app)
        assert "Outside paid hours" in text
        assert "5 h not counted" in text
        assert "3 entries" in text
        await pilot.press("escape")
        demo.entries.add(Entry("", date(2026, 9, 22), 60, HOSTILE, paid="no"))
        app.changed()
        await pilot.pause()
        await pilot.press("enter")
        await pilot.pause()
        text = screen_text(app)
        assert "oops [/bold] [red]" in text
        assert "4 entries" in text


async def test_the_statement_is_shown_and_copied(demo: Journal) -> None:
    app = make(demo)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await pilot.press("p")
        await pilot.pause()
        assert "Learner: Aisha Khan" in screen_text(app)
        assert "Copied" in screen_text(app)
        assert app.clipboard.startswith("Training hours, planned and actual, to 23 September 2026")


def journal_of(path: Path, standard: str, programme: str, start: date, today: date) -> Journal:
    journal = Journal(path, Clock(today))
    journal.enrolments.set_up(Agreed(standard=standard, programme=programme, start=start))
    return journal


async def test_empty_says_what_to_press_and_when_the_forecast_starts(tmp_path: Path) -> None:
    start = date(2026, 10, 12)
    journal = journal_of(
        tmp_path / "a.db", "ST1512", "local-government-14-months", start, start + WEEK
    )
    app = make(journal)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "Nothing logged yet. Press a for your first activity." in screen_text(app)
        journal.entries.add(Entry("", start, 60, "First day", ksbs=("K1",)))
        app.changed()
        await pilot.pause()
        assert "A forecast starts on 8 November 2026." in screen_text(app)


async def test_a_unit_counts_in_weeks_in_a_band(tmp_path: Path) -> None:
    start = date(2026, 9, 7)
    journal = journal_of(tmp_path / "u.db", "AU0002", "au0002-16-weeks", start, start + 5 * WEEK)
    for number in range(5):
        journal.entries.add(Entry("", start + number * WEEK, 120, "Strategy", ksbs=("K1",)))
    app = make(journal)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        text = screen_text(app)
        assert "10 h counted of 30 to 140 h" in text
        assert "30 h is the minimum, 140 h the maximum" in text
        assert "13 14 15 16" in " ".join(text.split())


async def test_an_ended_enrolment_has_no_forecast(demo: Journal) -> None:
    demo.enrolments.finish(date(2026, 9, 20), "withdrawn")
    app = make(demo)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        text = screen_text(app)
        assert "withdrawn 20 Sep 2026" in text
        assert "◆" not in text
        assert "Ended 20 September 2026: withdrawn" in text
        await pilot.press("right")
        assert page(app).tried == Tried()


async def test_digits_change_the_number_in_focus_and_not_the_screen(demo: Journal) -> None:
    app = make(demo)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        page = app.query_one(WhatIfRow).screen
        assert isinstance(page, HoursPage)
        await pilot.press("h", "1", "2")
        await pilot.pause()
        assert page.is_active
        assert page.tried == Tried(weekly=12 * 60)
        await pilot.press("tab", "3")
        await pilot.pause()
        assert page.tried == Tried(weekly=12 * 60, leave=3)
        await pilot.press("tab", "2")
        await pilot.pause()
        assert page.tried == Tried(weekly=12 * 60, leave=3, pause=2)
        await pilot.pause(1.6)
        await pilot.press("0")
        await pilot.pause()
        assert page.tried == Tried()
        assert page.is_active


async def test_digits_lead_to_the_other_screens_until_the_what_if_is_used(demo: Journal) -> None:
    app = KsbtuiApp(demo)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        for used, reached in (("", "CoverageScreen"), ("right", "HoursPage")):
            await pilot.press("3", *used.split(), "4")
            await pilot.pause()
            assert type(app.screen).__name__ == reached


async def test_time_without_a_ksb_counts_and_stands_under_its_own_heading(demo: Journal) -> None:
    view = demo.progress.view
    rows = not_counted_rows(view)
    at = [row.title for row in rows].index("no KSB tagged yet")
    assert rows[at - 1].heading
    assert not_counted_total(view) == say_minutes(
        sum(found.minutes for found in view.hours.not_counted)
    )


async def test_a_year_and_a_break_stand_on_the_axis(demo: Journal) -> None:
    demo.enrolments.add_break(date(2026, 10, 1), date(2026, 11, 30))
    app = make(demo)
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        lines = screen_text(app).split("\n")
        at = next(n for n, line in enumerate(lines) if "2027" in line and "Feb" in line)
        assert re.search("Oct░break░+Dec", lines[at])
        assert lines[at + 1].count("–") == 2


async def test_where_the_hours_went_is_said_with_them_on_a_small_terminal(demo: Journal) -> None:
    app = make(demo)
    for size in ((60, 20), (60, 16), (80, 24)):
        async with app.run_test(size=size) as pilot:
            await pilot.pause()
            app.screen.query_one("#types-part").scroll_visible(animate=False, immediate=True)
            await pilot.pause()
            line = next(n for n in screen_text(app).split("\n") if "Project work" in n)
            assert "64 h" in line
        app = make(demo)
