"""Set-up: from nothing to a journal by what the screen says, with nothing typed lost."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from textual.widgets import Input

from ksbtui.app import KsbtuiApp
from ksbtui.core.programme.standards import Standard
from ksbtui.journal.journal import Journal
from ksbtui.journal.programme.enrolments import Agreed
from ksbtui.journal.programme.setup_answers import END, HOURS, START, Answers, Reading, read_answers
from ksbtui.presentation.parts import Choice
from ksbtui.screens import ScreenInfo
from ksbtui.screens.setup.answers import RoutesScreen, read_file
from ksbtui.screens.setup.screen import SetupScreen
from ksbtui.widgets.lists.choices import Choices, choice_lines
from ksbtui.widgets.text.drawing import text_of
from tests.screens.kit import fake_clock, screen_text

TODAY = date(2026, 9, 23)
FORMS = (ScreenInfo("setup", "Set up", "ksbtui.screens.setup.screen", "SetupScreen"),)
SCREENS = (ScreenInfo("1", "Today", "tests.screens.blank", "Blank"),)
LOCAL = "local-government-14-months"


def make(path: Path) -> KsbtuiApp:
    return KsbtuiApp(Journal(path, fake_clock()), places=SCREENS, sheets=FORMS)


def kept(path: Path) -> Journal:
    return Journal(path, fake_clock())


@pytest.fixture
def journal(tmp_path: Path) -> Journal:
    return Journal(tmp_path / "j.db", fake_clock())


def read(journal: Journal, standard: str = "ST1512", **answers: str) -> Reading:
    found: Standard = journal.enrolments.standard(standard)
    given = Answers(standard=found.id, **{"programme": LOCAL, **answers})
    return read_answers(given, found, journal.enrolments, TODAY)


def test_each_field_is_read_or_refused_at_its_place(journal: Journal) -> None:
    whole = read(journal, start="12/1/2026", hours="430", end="2027-04-01")
    assert whole.made is not None
    assert whole.made.course.enrolment.target_minutes == 430 * 60
    assert whole.said == {START: "Mon 12 January 2026", END: "1 April 2027", HOURS: "430 h"}
    assert set(read(journal, start="soon").refused) == {START}
    assert set(read(journal, end="2020-01-01").refused) == {END}
    early = read(journal, start="2025-06-01").refused[HOURS]
    assert "older rules" in early.message
    assert "--" not in early.hint, "the way out is a field here, not an option"
    assert read(journal, start="2025-06-01", hours="400").made
    assert set(read(journal, hours="200").refused) == {HOURS}
    assert not journal.exists, "reading answers writes nothing"


def test_a_choice_is_cut_not_wrapped_and_explains_itself_when_chosen() -> None:
    choice = Choice("a", "oops [/bold] [red] " + "x" * 90, "facts", "the text")
    held = text_of(choice_lines(choice, 40, chosen=True, cursor=True))
    assert held[0].startswith("▌ (•) oops [/bold] [red]")
    assert [line[0] for line in held] == ["▌"] * 3
    assert max(map(len, held)) <= 40
    assert len(choice_lines(choice, 40, chosen=False, cursor=False)) == 2


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (60, 16)])
async def test_enter_four_times_makes_a_journal(tmp_path: Path, size: tuple[int, int]) -> None:
    path = tmp_path / "deep" / "j.db"
    app = make(path)
    async with app.run_test(size=size, notifications=True) as pilot:
        await pilot.pause()
        assert "What are you studying?" in screen_text(app)
        assert "(•) Artificial intelligence (AI)" in screen_text(app)
        await pilot.press("enter", "enter")
        await pilot.pause(0.2)
        said = " ".join(screen_text(app).split())
        assert "Ends 22 November 2027, 420 h, about 7 h 28 m a week." in said
        await pilot.press("enter", "enter")
        await pilot.pause()
        course = kept(path).enrolled
        assert (course.standard.ref, course.programme.id) == ("ST1512", LOCAL)
        assert course.enrolment.start == TODAY
        assert not isinstance(app.screen, SetupScreen)
        assert "Press a for your first activity." in screen_text(app)
        assert kept(path).drafts.all() == ()


async def test_going_back_and_leaving_lose_nothing(tmp_path: Path) -> None:
    path = tmp_path / "j.db"
    app = make(path)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await pilot.press("escape")
        await pilot.pause()
        assert isinstance(app.screen, SetupScreen), "there is nothing behind the first question"
        await pilot.press("down", "enter", "enter", *"1", "enter")
        await pilot.pause()
        assert '"1" is not a day.' in screen_text(app)
        await pilot.press("home", "delete", *"mon", "enter", *"Sam", "escape", "escape", "escape")
        assert app.screen.query_one(Choices).key == "AU0002-1.0"
        await pilot.press("ctrl+q")
    again = make(path)
    async with again.run_test(size=(80, 24), notifications=True) as pilot:
        await pilot.pause()
        await pilot.press("enter", "enter", "enter")
        await pilot.pause()
        assert "AU0002 v1.0" in screen_text(again)
        assert "Mon 21" in screen_text(again) or "21 September 2026" in screen_text(again)
        await pilot.press("enter")
        await pilot.pause()
        assert kept(path).enrolled.enrolment.name == "Sam"


async def test_an_older_start_opens_the_agreed_hours(tmp_path: Path) -> None:
    app = make(tmp_path / "j.db")
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("enter", "enter", *"1", "slash", *"6", "slash", *"2025", "enter")
        await pilot.pause()
        assert "older rules" in screen_text(app)
        await pilot.press(*"400", "enter")
        await pilot.pause()
        assert "Have you recorded any hours before today?" in screen_text(app)
        await pilot.press("enter")
        await pilot.pause()
        assert "What is your name?" in screen_text(app)


async def test_a_standard_from_a_file_is_offered_whatever_its_title(tmp_path: Path) -> None:
    page = tmp_path / "own.txt"
    page.write_text(
        "oops [/bold] [red]\nReference: ST9999\nVersion: 1.0\n"
        "K1\tHow to [/] brackets.\nS1\tUse them.\n"
    )
    standard = read_file(str(page))
    app = make(tmp_path / "j.db")
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        setup = app.screen
        assert isinstance(setup, SetupScreen)
        setup._imported(standard)
        await pilot.pause()
        choices = setup.query_one(Choices)
        assert choices.key == standard.id
        await pilot.press("enter", "enter")
        await pilot.pause()
        assert "does not say how many training hours" in screen_text(app)
        await pilot.press("enter", *"300", "enter", "enter")
        await pilot.pause()
        assert kept(tmp_path / "j.db").enrolled.standard.id == standard.id


async def test_the_routes_lead_to_a_standard(tmp_path: Path) -> None:
    app = make(tmp_path / "j.db")
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await pilot.press("down", "w")
        await pilot.pause()
        assert isinstance(app.screen, RoutesScreen)
        await pilot.press("enter")
        await pilot.pause()
        assert app.screen.query_one(Choices).key == "ST1512", "the first day decides the version"


async def test_a_set_up_taken_back_is_asked_for_again(tmp_path: Path) -> None:
    set_up = kept(tmp_path / "j.db")
    set_up.enrolments.set_up(Agreed("ST1512", LOCAL, TODAY))
    set_up.close()
    app = make(tmp_path / "j.db")
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("u")
        await pilot.pause()
        assert isinstance(app.screen, SetupScreen)


async def test_a_start_in_the_past_asks_for_hours_recorded_elsewhere(tmp_path: Path) -> None:
    app = make(tmp_path / "j.db")
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await pilot.press("enter", "enter")
        await pilot.press(*"1/6/2026")
        await pilot.press("enter")
        await pilot.pause()
        assert "Have you recorded any hours before today?" in screen_text(app)
        assert "4 of 5" in screen_text(app)
        await pilot.press(*"900h")
        await pilot.press("enter")
        assert "more than your target of 420 h" in screen_text(app)
        app.screen.query_one("#before Input", Input).value = "90h"
        await pilot.press("enter")
        assert "where these hours are recorded" in " ".join(screen_text(app).split())
        app.screen.query_one("#before_source Input", Input).value = "OneFile"
        await pilot.press("enter")
        await pilot.pause()
        assert "What is your name?" in screen_text(app)
        await pilot.press("enter")
        await pilot.pause()
    opening = kept(tmp_path / "j.db").enrolled.opening
    assert opening is not None
    assert (opening.minutes, opening.day, opening.source) == (5_400, date(2026, 9, 22), "OneFile")


async def test_hours_from_before_may_be_left_out(tmp_path: Path) -> None:
    app = make(tmp_path / "j.db")
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await pilot.press("enter", "enter")
        await pilot.press(*"1/6/2026")
        await pilot.press("enter", "enter", "enter")
        await pilot.pause()
    assert kept(tmp_path / "j.db").enrolled.opening is None
