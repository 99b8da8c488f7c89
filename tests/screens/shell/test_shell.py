"""The shell: places, keys, one door for writes, settings, drafts on leaving."""

from __future__ import annotations

import json
import os
import pty
import select
import signal
import subprocess
import sys
import time
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from ksbtui.app import KsbtuiApp
from ksbtui.settings import Settings, load_settings, save_settings, settings_path
from tests.screens import sample
from tests.screens.fake import FakeJournal
from tests.screens.kit import screen_text
from tests.screens.sample import FORMS, SCREENS, ListPage, SampleModal, SamplePage

ROOT = Path(__file__).resolve().parents[3]


def make(journal: FakeJournal | None = None, settings: Settings | None = None) -> KsbtuiApp:
    given: Any = journal or FakeJournal()
    return KsbtuiApp(given, settings, places=SCREENS, sheets=FORMS)


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (60, 16), (20, 5)])
async def test_the_frame_fits_every_size(size: tuple[int, int]) -> None:
    app = make()
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        lines = screen_text(app).split("\n")
        assert "1 Today" in lines[0]
        assert lines[-1].rstrip().endswith("? help")
        assert max(map(len, lines)) <= size[0]
        assert app.screen.has_class("-narrow") == (size[0] < 110)
        assert app.screen.has_class("-tiny") == (size[0] < 70 or size[1] < 20)


async def test_one_cursor_and_literal_text() -> None:
    app = make()
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        text = screen_text(app)
        assert text.count("▌") == 2, "one row of two lines"
        assert "oops [/bold] [red]  [31m unclosed [" in text
        assert "Wed 23 Sep 2026" in text.split("\n")[0]


async def test_number_keys_open_places_once_and_esc_goes_home() -> None:
    app = make()
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        first = app.screen
        await pilot.press("2")
        assert isinstance(app.screen, ListPage)
        await pilot.press("escape")
        assert app.screen is first
        await pilot.press("5")
        assert app.screen is first, "a place without a screen is not there"


async def test_a_write_redraws_the_page_in_view_and_the_other_when_it_is_seen() -> None:
    journal = FakeJournal()
    app = make(journal)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        page = app.screen
        assert isinstance(page, SamplePage)
        assert page.refreshed == 1
        await pilot.press("2")
        journal.write("an entry")
        app.changed()
        await pilot.pause()
        assert page.refreshed == 1, "not in view"
        await pilot.press("1")
        assert page.refreshed == 2
        await pilot.press("u")
        await pilot.pause()
        assert page.refreshed == 3
        assert "Undone: an entry" in screen_text(app)
        await pilot.press("u")
        await pilot.pause()
        assert "Nothing to undo." in screen_text(app)


async def test_another_terminal_and_midnight_are_noticed() -> None:
    journal = FakeJournal()
    app = make(journal)
    async with app.run_test(size=(120, 40)) as pilot:
        page = app.screen
        assert isinstance(page, SamplePage)
        journal.outside = True
        app._poll()
        await pilot.pause()
        assert page.refreshed == 2
        app._poll()
        journal.as_at = date(2026, 9, 24)
        app._poll()
        await pilot.pause()
        assert page.refreshed == 3
        assert "Thu 24 Sep 2026" in screen_text(app)


async def test_a_refused_action_is_told_and_the_app_lives() -> None:
    app = make()
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await pilot.press("r")
        await pilot.pause()
        assert "Nothing to undo. Changes you make can be undone." in screen_text(app)
        assert app.is_running


async def test_help_names_the_question_and_the_keys() -> None:
    app = make()
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await pilot.press("question_mark")
        await pilot.pause()
        text = screen_text(app)
        assert "Am I on course?" in text
        assert "Go through the week day by day" in text
        assert "Undo the last change" in text
        await pilot.press("escape")
        assert isinstance(app.screen, SamplePage)


async def test_a_sheet_keeps_digits_and_its_draft() -> None:
    journal = FakeJournal()
    app = make(journal)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await pilot.press("a")
        assert isinstance(app.screen, SampleModal)
        await pilot.press("2")
        assert isinstance(app.screen, SampleModal)
        assert screen_text(app).split("\n")[-1].strip().endswith("f1 help")
        await pilot.press("ctrl+q")
    assert journal.drafts["new"] == {"title": "half a sentence"}
    assert app.return_value == 0


async def test_without_a_course_nothing_is_read() -> None:
    app = make(FakeJournal(course=None))
    async with app.run_test(size=(80, 24), notifications=True):
        page = app.screen
        assert isinstance(page, SamplePage)
        assert page.refreshed == 0


async def test_palette_offers_places_and_this_screens_keys() -> None:
    app = make()
    async with app.run_test(size=(80, 24), notifications=True):
        titles = [command.title for command in app.get_system_commands(app.screen)]
        assert {"Go to Journal", "Run a timer", "Log an activity", "Plain symbols"} <= set(titles)
        assert "Go to Hours" not in titles


async def test_theme_and_symbols_are_kept() -> None:
    app = make()
    async with app.run_test(size=(120, 40)) as pilot:
        app.appearance.flip_theme()
        await pilot.pause()
        assert load_settings() == Settings("ksb-light")
        app.appearance.flip_symbols()
        await pilot.pause()
        assert load_settings() == Settings("ksb-light", ascii=True)
        assert screen_text(app).isascii()


def test_settings_survive_damage_and_unknown_themes() -> None:
    assert load_settings() == Settings()
    save_settings(Settings("nord", True))
    assert load_settings() == Settings("nord", True)
    settings_path().write_text('{"theme": 3, "ascii": true, "more": 1}')
    assert load_settings() == Settings(ascii=True)
    for broken in ("{", "[]", json.dumps("x")):
        settings_path().write_text(broken)
        assert load_settings() == Settings()
    assert make(settings=Settings("no such theme")).theme == "ksb-dark"


SCRIPT = """
from ksbtui.app import KsbtuiApp
from tests.screens import sample
from tests.screens.fake import FakeJournal
journal = FakeJournal()
app = KsbtuiApp(journal, places=sample.SCREENS, sheets=sample.FORMS)
app.run()
print("KEPT", journal.drafts, flush=True)
raise SystemExit(app.return_code)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no signals to speak of")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_keeps_the_draft_and_gives_the_terminal_back(number: signal.Signals) -> None:
    leader, follower = pty.openpty()
    env = {**os.environ, "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}", "TERM": "xterm-256color"}
    child = subprocess.Popen(
        [sys.executable, "-c", SCRIPT], stdin=follower, stdout=follower, stderr=follower, env=env
    )
    os.close(follower)
    try:
        read_until(leader, b"Today")
        os.write(leader, b"a")
        read_until(leader, b"New entry")
        child.send_signal(number)
        seen = read_until(leader, b"}}")
        assert b"KEPT {'new': {'title': 'half a sentence'}}" in seen
        assert b"\x1b[?1049l" in seen, "the normal screen is back"
        assert child.wait(10) == 128 + number
    finally:
        child.kill()
        child.wait()
        os.close(leader)


def read_until(handle: int, words: bytes, seconds: float = 20) -> bytes:
    seen, end = b"", time.monotonic() + seconds
    while words not in seen and time.monotonic() < end:
        if select.select([handle], [], [], 0.2)[0]:
            try:
                seen += os.read(handle, 65536)
            except OSError:
                break
    assert words in seen, seen[-2000:]
    return seen


def test_places_are_imported_when_first_visited() -> None:
    code = "import sys, ksbtui.app; print([m for m in sys.modules if 'screens.help' in m])"
    found = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
        capture_output=True,
        text=True,
        check=True,
    )
    assert found.stdout.strip() == "[]"
    assert sample.ALL_TABS[6].name == "Coach"


async def test_a_tiny_terminal_shows_the_answer_first_and_scrolls() -> None:
    app = make()
    async with app.run_test(size=(60, 16)) as pilot:
        await pilot.pause()
        assert "19 h 30 m behind plan" in screen_text(app)
        assert app.focused is not None
        await pilot.press("tab", "tab")
        assert "Share the test plan" in screen_text(app)
