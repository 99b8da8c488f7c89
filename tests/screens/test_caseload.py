"""The caseload on the screen: sort, filter, open, call, cohort."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.widgets import Input

from ksbtui.clock import Clock
from ksbtui.journal.caseload.reading import read_caseload
from ksbtui.screens.caseload.app import CaseloadApp, CaseloadScreen, CohortPage
from ksbtui.widgets.lists.long_rows import LongRows
from ksbtui.widgets.text.blocks import RichText
from tests.caseload.making import AS_AT, demo, made, write


@pytest.fixture
def app(tmp_path: Path) -> CaseloadApp:
    folder = tmp_path / "shared"
    folder.mkdir()
    base = demo(tmp_path)
    for number in range(3):
        write(folder, made(base, number))

    def load() -> object:
        return read_caseload([folder], Clock(AS_AT), names=["[b]Nobody[/b]"])

    return CaseloadApp(load, load())  # type: ignore[arg-type]


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (160, 45)])
async def test_sort_filter_and_cohort(app: CaseloadApp, size: tuple[int, int]) -> None:
    async with app.run_test(size=size) as pilot:
        await app.workers.wait_for_complete()
        await pilot.pause()
        screen = app.screen
        assert isinstance(screen, CaseloadScreen)
        rows = screen.query_one(LongRows)
        assert rows.count == 4
        await pilot.press("s", "s", "slash", *"0002", "enter")
        assert screen.case is not None
        assert (screen.case.name, rows.count) == ("Learner 0002", 1)
        await pilot.press("escape")
        assert screen.query_one(Input).value == ""
        assert rows.count == 4
        await pilot.press("c")
        assert isinstance(app.screen, CohortPage)
        await pilot.press("escape", "question_mark")
        (paper,) = app.screen.query(RichText)
        shown = "".join(text for line in paper.draw(80) for text, _ in line)
        assert "start a call" in shown
        assert "Log an activity" not in shown
        await pilot.press("escape", "space")
        assert screen.has_class("-full")
        await pilot.press("escape", "r")
        await app.workers.wait_for_complete()
        await pilot.press("end", "enter")
        assert app.chosen is None
        await pilot.press("home", "t")
    assert app.chosen is not None
    assert app.chosen.call
    assert app.chosen.path.endswith(".ksb")
