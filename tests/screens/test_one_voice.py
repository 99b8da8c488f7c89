"""A command and its screen say a figure in the same words."""

from __future__ import annotations

import re

import pytest

from ksbtui.app import KsbtuiApp
from ksbtui.cli.root import run
from ksbtui.journal.journal import Journal
from tests.screens.kit import screen_text

SAME = {
    "status": (
        "1",
        ("[\\d hm]+behind plan", "You need [\\d hm]+a week", "Do [\\d hm]+more a week"),
    ),
    "hours": ("3", ("[\\d hm]+behind plan", "[\\d hm]+verified", "not new learning +[\\d hm]+")),
    "coverage": ("4", ("\\d+ of 64 shown +\\d+ gaps[^\\n]+",)),
}
"""For each command: its screen's key, and the sentences that both say."""


def words_of(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize("command", SAME)
async def test_a_figure_is_worded_alike(
    command: str, demo: Journal, capsys: pytest.CaptureFixture[str]
) -> None:
    key, wanted = SAME[command]
    run(["--journal", str(demo.path), "--as-at", "2026-09-23", command])
    printed = capsys.readouterr().out
    app = KsbtuiApp(demo)
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        await pilot.press(key)
        await pilot.pause()
        shown = words_of(screen_text(app).replace("\u00a0", " "))
    said = {words_of(sentence) for sentence in re.findall("|".join(wanted), printed)}
    assert said, printed
    assert not [sentence for sentence in said if sentence not in shown], shown
