"""While an answer is told: story parts ticked, the quiet clock, and the system's voice."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest

from ksbtui.app import KsbtuiApp
from ksbtui.errors import NotFound
from ksbtui.journal.assessment.discussion import Given
from ksbtui.journal.journal import Journal
from ksbtui.store.files import programs
from tests.journals import enrolled
from tests.screens.kit import screen_text


def practising(folder: Path) -> tuple[KsbtuiApp, Journal]:
    journal = enrolled(folder)
    return KsbtuiApp(journal), journal


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_parts_are_ticked_and_kept_with_the_answer(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    app, journal = practising(tmp_path)
    async with app.run_test(size=size) as pilot:
        await pilot.press("6", "enter")
        await pilot.pause()
        await pilot.press("s")
        await pilot.pause()
        assert "Covered so far" in screen_text(app)
        await pilot.press("enter", "right", "enter")
        await pilot.pause()
        assert "2 of 4" in screen_text(app)
        await pilot.press("3")
        await pilot.pause()
    (answer,) = journal.discussing.answers()
    assert answer.checked == ("situation", "task")


async def test_the_quiet_clock_says_the_aim(tmp_path: Path) -> None:
    app, _ = practising(tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("6", "enter", "q")
        await pilot.pause()
        text = screen_text(app)
        assert "Aim to speak for 3 minutes." in text
        assert "of about 5 minutes" not in text
        await pilot.press("q")
        await pilot.pause()
        assert "of about 5 minutes" in screen_text(app)


async def test_no_voice_is_said_and_it_stays_off(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(programs, "voice_command", lambda: [])
    app, _ = practising(tmp_path)
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("6", "enter", "v")
        await pilot.pause()
        assert "no voice" in screen_text(app)


def test_the_voice_reads_its_stdin_and_stops(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard = tmp_path / "heard"
    code = f"import sys; open({str(heard)!r}, 'w').write(sys.stdin.read())"
    monkeypatch.setattr(programs, "voice_command", lambda: [sys.executable, "-c", code])
    speaker = programs.Voice()
    speaker.say("Why did you choose it?")
    assert speaker._speaking is not None
    speaker._speaking.wait(20)
    assert heard.read_text() == "Why did you choose it?"
    speaker.stop()


def test_which_voice_there_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(shutil, "which", lambda name: name if name == "espeak" else None)
    assert programs.voice_command() == ["espeak", "--stdin"]
    monkeypatch.setattr(shutil, "which", lambda _: None)
    assert programs.voice_command() == []
    with pytest.raises(NotFound):
        programs.Voice().say("x")


async def test_prepare_says_what_will_be_held(tmp_path: Path) -> None:
    app, journal = practising(tmp_path)
    journal.discussing.answer(journal.discussing.deck("K14")[0], Given(3))
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("6")
        await pilot.pause()
        made = journal.rehearsing.plan()
        assert f"you will still remember {made.held_then} of 58" in screen_text(app)
