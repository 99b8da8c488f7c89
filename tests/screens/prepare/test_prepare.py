"""Prepare and its parts: three keys to a scored answer, and nothing lost on the way."""

from __future__ import annotations

import signal
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from shutil import copyfile

import pytest
from textual.widgets import Input, TextArea

from ksbtui.app import KsbtuiApp
from ksbtui.clock import Clock
from ksbtui.journal.demo.demo import make_demo
from ksbtui.journal.journal import Journal
from ksbtui.journal.programme.enrolments import Agreed
from ksbtui.screens import ScreenInfo
from ksbtui.screens.prepare.practice import PracticeScreen
from ksbtui.screens.shell.plain_form import PlainForm
from ksbtui.widgets.text.drawing import text_of
from ksbtui.widgets.text.session import (
    Time,
    checks_lines,
    clock_lines,
    column_widths,
    progress_line,
)
from tests.journals import enrolled
from tests.screens.kit import screen_text
from tests.terminal import Terminal

SCREENS = (
    ScreenInfo("1", "Today", "tests.screens.sample", "SamplePage"),
    ScreenInfo("6", "Prepare", "ksbtui.screens.prepare.screen", "PreparePage"),
)
PARTS = {"o": "Stories", "v": "Evidence index", "p": "Project", "k": "Skills scan", "g": "Gateway"}
HOSTILE = "oops [/bold] [red] \u202eright 漢字 🧪"


CLOCK = Clock(date(2026, 9, 23))


@pytest.fixture(scope="module")
def demo_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("prepare") / "demo.db"
    make_demo(path, CLOCK).close()
    return path


@pytest.fixture
def demo(demo_file: Path, tmp_path: Path) -> Iterator[Journal]:
    """A copy of the demo to write in."""
    path = tmp_path / "demo.db"
    copyfile(demo_file, path)
    made = Journal(path, CLOCK)
    yield made
    made.close()


def app_on(journal: Journal) -> KsbtuiApp:
    return KsbtuiApp(journal, places=SCREENS)


async def test_three_keys_lead_to_a_scored_answer(demo: Journal) -> None:
    before = len(demo.discussing.answers())
    app = app_on(demo)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("6", "enter", "3")
        await pilot.pause()
        assert len(demo.discussing.answers()) == before + 1
        assert "question 2 of 12" in screen_text(app)
    assert demo.discussing.answers()[-1].score == 3


async def test_evidence_and_checklist_come_when_asked_for(demo: Journal) -> None:
    app = app_on(demo)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("6", "enter")
        assert "Your evidence" not in screen_text(app)
        screen = app.screen
        assert isinstance(screen, PracticeScreen)
        code = screen.asked.code
        await pilot.press("space", "c", "right", "enter")
        await pilot.pause()
        shown = screen_text(app)
        assert "Your evidence" in shown
        assert demo.discussing.evidence_for(code)[0].title[:30] in shown
        assert "[x] why you chose it" in shown
        assert "1 of 6" in shown
        await pilot.press("2")
    assert demo.discussing.answers()[-1].checked == ("why",)


async def test_a_follow_up_shows_when_asked_for_and_leaves_with_its_question(demo: Journal) -> None:
    app = app_on(demo)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("6", "enter")
        screen = app.screen
        assert isinstance(screen, PracticeScreen)
        assert screen.asked.follow_up
        assert "If asked further" not in screen_text(app)
        await pilot.press("f")
        await pilot.pause()
        assert screen.asked.follow_up[:40] in screen_text(app)
        await pilot.press("2")
        await pilot.pause()
        assert "If asked further" not in screen_text(app)


async def test_a_mock_goes_on_where_the_terminal_was_closed(demo: Journal) -> None:
    app = app_on(demo)
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("6", "m", "2", "4")
        await pilot.pause()
        screen = app.screen
        assert isinstance(screen, PracticeScreen)
        question = screen.asked
        app.leaving.keep_drafts()
    again = app_on(demo)
    async with again.run_test(size=(120, 40)) as pilot:
        await pilot.press("6")
        assert "Continue the mock discussion" in screen_text(again)
        await pilot.press("enter")
        await pilot.pause()
        screen = again.screen
        assert isinstance(screen, PracticeScreen)
        assert screen.asked == question
        assert "Mock discussion  question 3 of 10" in screen_text(again)
        await pilot.press("p")
        assert "paused" in screen_text(again)
        await pilot.press("escape")
        await pilot.pause()
        assert "question 3 of 10" in screen_text(again)


async def test_an_overrun_is_said_and_stops_nothing(demo: Journal) -> None:
    session = demo.discussing.start(mock_of=8, running=False)
    demo.discussing.keep(session.timed(replace(session.watch, spent=3640)))
    app = app_on(demo)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("6", "enter")
        await pilot.pause()
        assert "over by 0:4" in screen_text(app)
        await pilot.press("4")
        assert "question 2 of 8" in screen_text(app)


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (60, 16)])
async def test_every_part_opens_and_fits(demo: Journal, size: tuple[int, int]) -> None:
    app = app_on(demo)
    async with app.run_test(size=size) as pilot:
        await pilot.press("6")
        for key, name in PARTS.items():
            await pilot.press(key)
            await pilot.pause()
            lines = screen_text(app).split("\n")
            assert name in lines[0]
            assert max(map(len, lines)) <= size[0]
            assert lines[-1].rstrip().endswith("? help")
            await pilot.press("down", "escape")
            assert "6 Prepare" in screen_text(app).split("\n")[0]


@pytest.mark.parametrize("unit", [False, True])
async def test_parts_of_an_empty_journal_say_what_will_stand_there(
    tmp_path: Path, unit: bool
) -> None:
    journal = Journal(tmp_path / "u.db", Clock(date(2026, 6, 30)))
    if unit:
        journal.enrolments.set_up(Agreed("AU0002", "au0002-16-weeks", date(2026, 5, 4)))
    else:
        journal = enrolled(tmp_path)
    app = app_on(journal)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("6")
        assert "No answers scored yet." in screen_text(app)
        for key in PARTS:
            await pilot.press(key)
            await pilot.pause()
            await pilot.press("down", "escape")
        await pilot.press("enter", "space")
        await pilot.pause()
        assert "Answer from what you know" in screen_text(app)


async def test_a_story_is_written_in_a_form_that_keeps_a_draft(tmp_path: Path) -> None:
    journal = enrolled(tmp_path)
    app = app_on(journal)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("6", "o", "n")
        await pilot.pause()
        app.screen.query_one("#title", Input).value = HOSTILE
        app.screen.query_one("#situation", TextArea).text = "A queue."
        await pilot.pause()
        await pilot.press("escape")
        await pilot.press("n")
        await pilot.pause()
        assert app.screen.query_one("#title", Input).value == HOSTILE
        app.screen.query_one("#ksbs", Input).value = "K99"
        await pilot.press("ctrl+s")
        await pilot.pause()
        assert journal.stories.all() == ()
        app.screen.query_one("#ksbs", Input).value = "K4"
        await pilot.press("ctrl+s")
        await pilot.pause()
        assert "oops [/bold]" in screen_text(app)
    (story,) = journal.stories.all()
    assert (story.title, story.situation, story.ksbs) == (HOSTILE, "A queue.", ("K4",))
    assert journal.drafts.all() == ()


async def test_an_empty_part_is_filled_and_a_measure_reckoned(tmp_path: Path) -> None:
    journal = enrolled(tmp_path)
    app = app_on(journal)
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("6", "p", "enter")
        await pilot.pause()
        app.screen.query_one("#text", TextArea).text = "Calls wait."
        await pilot.press("ctrl+s")
        await pilot.pause()
        await pilot.press("m")
        await pilot.pause()
        for name, text in (("name", "Time"), ("before", "0"), ("after", "4")):
            app.screen.query_one(f"#{name}", Input).value = text
        await pilot.press("ctrl+s")
        await pilot.pause()
        await pilot.press("end")
        await pilot.pause()
        assert "(no percentage:" in screen_text(app)
    read = journal.project.read()
    assert [item.text for item in read.of("problem")] == ["Calls wait."]
    assert read.benefits[0].gain == -4


async def test_ratings_go_on_to_the_next_ksb_and_stay_one_scan(tmp_path: Path) -> None:
    journal = enrolled(tmp_path)
    app = app_on(journal)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("6", "k", "2", "4", "1")
        await pilot.pause()
    (scan,) = journal.scans.all()
    assert (scan.occasion, dict(scan.ratings)) == ("start", {"K1": 2, "K2": 4, "K3": 1})


async def test_a_gateway_item_is_ticked_with_a_name(tmp_path: Path) -> None:
    journal = enrolled(tmp_path)
    app = app_on(journal)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("6", "g", "space", *"Colin", "enter")
        await pilot.pause()
        assert "[x] Project approved" in screen_text(app)
        await pilot.press("down", "space")
        await pilot.pause()
    assert [one.item.id for one in journal.gateway.read().items if one.tick] == ["project-approved"]


def test_the_clock_says_how_far_one_is_even_where_marks_do_not_fit() -> None:
    shown = text_of(clock_lines(Time("3:42", "of about 5 minutes", False, 3, 12), 80))
    assert "of about 5 minutes" in shown[1]
    assert shown[1].endswith("● ● ● ◆ · · · · · · · ·")
    assert "".join(text for text, _ in progress_line(3, 12, 6)) == "4 of 12"
    assert text_of(clock_lines(Time("3:42"), 80, plain=True))[1].startswith("3:42")


def test_things_to_tick_take_as_many_columns_as_fit() -> None:
    items = [("a", "what you did"), ("b", "the effect, in numbers"), ("c", "what next")]
    assert len(column_widths([label for _, label in items], 78)) == 3
    assert len(column_widths([label for _, label in items], 20)) == 1
    shown = text_of(checks_lines(items, {"b"}, 0, 78))
    assert shown[0].startswith("▌[ ] what you did")
    assert "[x] the effect, in numbers" in shown[0]


@pytest.mark.skipif(sys.platform == "win32", reason="a terminal of its own needs a pty")
@pytest.mark.parametrize("how", [signal.SIGHUP, signal.SIGKILL])
def test_a_real_terminal_closed_in_a_mock_loses_no_answer(
    demo_file: Path, tmp_path: Path, how: signal.Signals
) -> None:
    path = tmp_path / "demo.db"
    copyfile(demo_file, path)
    command = [sys.executable, "-m", "ksbtui", "--journal", str(path), "--as-at", "2026-09-23"]
    env = {"PYTHONPATH": str(Path(__file__).parents[3] / "src")}
    with Terminal(command, env, 100, 30) as terminal:
        terminal.wait_for("6 Prepare", seconds=30)
        terminal.send("6")
        terminal.wait_for("Mock discussion")
        terminal.send("m")
        terminal.wait_for("question 1 of 10")
        terminal.send("2")
        terminal.wait_for("question 2 of 10")
        terminal.kill(how)
        terminal.wait(30)
    journal = Journal(path, CLOCK)
    session = journal.discussing.session
    assert session is not None
    assert (session.mock, session.scores) == (True, (2,))
    assert journal.discussing.answers()[-1].mock == session.id
    assert session.watch.running == (how == signal.SIGKILL)
    journal.close()


async def test_entries_are_linked_from_a_list_not_by_typed_ids(demo: Journal) -> None:
    newest = demo.entries.find(limit=2).entries
    app = KsbtuiApp(demo)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("6", "p", "n")
        await pilot.pause()
        if not isinstance(app.screen, PlainForm):
            await pilot.press("enter")
            await pilot.pause()
        for key in ("ctrl+e", "enter", "down", "enter", "escape"):
            await pilot.press(key)
            await pilot.pause()
        assert isinstance(app.screen, PlainForm)
        assert app.screen.read()["entries"].split() == [entry.id for entry in newest]
