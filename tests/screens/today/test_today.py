"""Today: the figures are those of ``status``, and what it offers opens."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from ksbtui.app import KsbtuiApp
from ksbtui.clock import Clock
from ksbtui.core.durations import say_minutes
from ksbtui.core.hours.hours import say_variance
from ksbtui.journal.demo.demo import make_demo
from ksbtui.journal.journal import Journal
from tests.journals import activity, enrolled
from tests.screens.kit import screen_text

DAY = date(2026, 9, 23)


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Journal]:
    journal = make_demo(tmp_path_factory.mktemp("demo") / "demo.db", Clock(DAY))
    yield journal
    journal.close()


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_the_figures_are_those_of_status(demo: Journal, size: tuple[int, int]) -> None:
    hours = demo.progress.view.hours
    app = KsbtuiApp(demo)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        shown = screen_text(app)
    assert say_variance(hours.variance_minutes) in shown
    assert f"of {say_minutes(hours.target_minutes)}" in shown
    assert say_minutes(hours.planned_to_date_minutes) in shown
    coverage = demo.progress.view.coverage
    assert f"{coverage.covered} of {coverage.total}" in shown
    assert shown.count("▌") == 2, "one cursor, on the first step"


async def test_before_the_first_entry_it_says_how_to_begin(tmp_path: Path) -> None:
    app = KsbtuiApp(enrolled(tmp_path))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "Press a for your first activity" in screen_text(app)
        await pilot.press("enter")
        assert "New entry" in screen_text(app)


async def test_upkeep_backs_up_in_the_background(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ksbtui.screens.shell.app_parts.AFTER_SECONDS", 0.01)
    journal = enrolled(tmp_path)
    journal.entries.add(activity())
    app = KsbtuiApp(journal, upkeep=True)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause(0.1)
        await app.workers.wait_for_complete()
    assert [one.reason for one in journal.backup.backups()] == ["daily"]


async def test_the_demo_says_so_at_both_widths(demo: Journal) -> None:
    for size in ((80, 24), (120, 40)):
        app = KsbtuiApp(demo)
        async with app.run_test(size=size) as pilot:
            await pilot.pause()
            assert "demo" in screen_text(app).split("\n")[0]
