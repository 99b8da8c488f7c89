"""Today at the moment after, and for a learner whose journal begins months after the programme."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from textual.widgets import Input

from ksbtui.app import KsbtuiApp
from ksbtui.clock import Clock
from ksbtui.core.days import months_text
from ksbtui.journal.journal import Journal
from ksbtui.presentation.today import alerts
from ksbtui.screens.entry.form import EntryForm
from ksbtui.screens.exchange.import_log import ImportLog
from tests.journals import activity, enrolled
from tests.screens.kit import screen_text

LATE = date(2026, 11, 26)
START = date(2026, 1, 12)


async def test_a_new_draft_stands_on_today_as_soon_as_its_form_is_left(tmp_path: Path) -> None:
    journal = enrolled(tmp_path)
    journal.entries.add(activity())
    app = KsbtuiApp(journal)
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("a")
        await pilot.pause()
        app.screen.query_one("#title", Input).value = "Half a thought"
        await pilot.pause()
        await pilot.press("escape")
        await pilot.pause()
        assert "Draft: Half a thought" in screen_text(app)
        journal.drafts.drop("entry:new")
        app.screen.sync()  # type: ignore[attr-defined]
        await pilot.pause()
        assert "Half a thought" not in screen_text(app)


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_who_begins_late_is_offered_their_earlier_hours_before_any_alarm(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    journal = enrolled(tmp_path, LATE, START)
    app = KsbtuiApp(journal)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        text = screen_text(app)
        assert "You started this journal on" in text
        assert "26 November 2026" in text.replace("\u00a0", " ")
        assert "Add your earlier hours" in text
        assert "January to October" in text
        assert "! No hours" not in text
        app.screen.query_one("#steps").focus()
        await pilot.press("down", "enter", "enter")
        await pilot.pause()
        assert isinstance(app.screen, ImportLog)


async def test_the_offer_stays_after_the_first_entries_and_goes_once_months_are_filled(
    tmp_path: Path,
) -> None:
    journal = enrolled(tmp_path, LATE, START)
    journal.entries.add(activity(day=date(2026, 11, 25)))
    app = KsbtuiApp(journal)
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        text = screen_text(app)
        assert text.index("Needs you") < text.index("Add your earlier hours")
        assert "! No hours" not in text
        for month in range(1, 11):
            journal.entries.add(activity(day=date(2026, month, 20)))
        app.changed()
        await pilot.pause()
        assert "Add your earlier hours" not in screen_text(app)
        assert "behind plan" in screen_text(app)


def test_months_missed_after_the_journal_began_are_one_alarm(tmp_path: Path) -> None:
    journal = enrolled(tmp_path, date(2026, 1, 20), START)
    journal.entries.add(activity(day=date(2026, 1, 19)))
    later = Journal(journal.path, Clock(LATE))
    view = later.progress.view
    assert not view.unrecorded
    briefs = [one.brief for one in alerts(view) if one.id == "month-without-training"]
    assert briefs == ["No hours in February to October, and none yet in November"]
    months = [month for gap in view.untrained for month in gap.months]
    assert months_text(months).startswith("February to November")
    told = [one.text for one in view.alerts if one.id == "month-without-training"]
    assert told[0].startswith("No hours counted in February to October 2026.")


async def test_the_form_says_that_its_draft_is_kept(tmp_path: Path) -> None:
    app = KsbtuiApp(enrolled(tmp_path))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("a")
        await pilot.pause()
        assert isinstance(app.screen, EntryForm)
        app.screen.query_one("#title", Input).value = "Half a thought"
        await pilot.pause()
        await pilot.press("escape")
        await pilot.pause()
        assert "raft saved" in screen_text(app)


async def test_earlier_hours_come_in_as_one_figure_that_undo_takes_back(tmp_path: Path) -> None:
    journal = enrolled(tmp_path, LATE, START)
    app = KsbtuiApp(journal)
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        app.screen.query_one("#steps").focus()
        await pilot.press("down", "enter", "down", "enter")
        await pilot.pause()
        app.screen.query_one("#hours", Input).value = "nonsense"
        await pilot.press("enter")
        await pilot.pause()
        assert journal.course
        assert journal.course.opening is None
        app.screen.query_one("#hours", Input).value = "210"
        app.screen.query_one("#source", Input).value = "the college's log"
        await pilot.press("enter")
        await pilot.pause()
        assert journal.course.opening
        assert journal.course.opening.minutes == 210 * 60
        assert "Add your earlier hours" not in screen_text(app)
        assert "behind plan" in screen_text(app)
        await pilot.press("u")
        await pilot.pause()
        assert "Add your earlier hours" in screen_text(app)
