"""Every place, part and dialog with the worst texts in every field, at three sizes."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from rich.cells import cell_len
from textual.binding import Binding

from ksbtui.app import KsbtuiApp
from ksbtui.cli.root import run
from ksbtui.clock import Clock
from ksbtui.journal.journal import Journal
from tests.screens.conftest import DEMO_DAY
from tests.screens.kit import SIZES

TEXTS = (
    "oops [/bold] [red] [@click=app.quit]x[/] [b",
    "🎉👩‍👩‍👧‍👦 e\u0301 a\u200bb 漢字かな交じり文 \u202eabc שלום",
    "a\x1b[31m\nred\ttab \ud800",
    "x" * 3_000,
)
"""Markup, wide and turned signs, controls and half a character, one endless word."""
WALKS = (
    *(("1", key) for key in ("enter", "a", "w", "r", "question_mark", "ctrl+p")),
    *(("2", key) for key in ("space", "e", "slash")),
    *(("3", key) for key in ("enter", "g", "p", "l", "b")),
    *(("4", key) for key in ("enter", "f", "g", "s", "space")),
    *(("5", key) for key in ("enter", "b", "m", "plus")),
    *(("6", key) for key in ("enter", "m", "o", "p", "k", "g", "v")),
    *(("7", key) for key in ("enter", "t", "p", "end")),
)
"""A place, and a key that opens what is in it."""


@pytest.fixture
def hostile(demo_file: Path, tmp_path: Path) -> Iterator[Journal]:
    """The demo with every text of ours laid into every kind of thing that takes one."""
    path = tmp_path / "hostile.db"
    shutil.copy(demo_file, path)
    head = ["--journal", str(path), "--as-at", DEMO_DAY.isoformat()]
    for number, text in enumerate(TEXTS):
        tagged = ("-k", "K1,S2,B1", "--notes", text, "--learned", f"{text} " * 13)
        for words in (
            ("log", text, "-t", "1h", "--evidence", "https://example.org/", *tagged),
            ("action", "add", text, "--who", text, "--due", "+1", "-k", "K1"),
            ("discuss", "stories", "add", text, "--situation", text, "--result", text),
            ("discuss", "answer", "K1", "1", "--notes", text, "--by", text),
            ("project", "name", text),
            ("project", "add", "problem", text, "--detail", text, "--link", text),
            ("project", "measure", text, "--before", "5", "--after", "3", "--unit", text),
            ("scan", "rate", "S2", "3", "--by", text),
            ("gateway", "verify", "B1", "--by", text),
            ("enrolment", "break", "add", f"2026-0{number + 4}-02", "--reason", text),
            ("enrolment", "break", "end", f"2026-0{number + 4}-03"),
            ("enrolment", "change", "--name", text),
        ):
            assert run([*head, *words]) == 0, words
    call = ["start --tutor", *("note" for _ in TEXTS), "end --notes"]
    for said, text in zip(call, (TEXTS[0], *TEXTS, TEXTS[1]), strict=True):
        assert run([*head, "coach", *said.split(), text]) == 0, said
    journal = Journal(path, Clock(DEMO_DAY))
    yield journal
    journal.close()


async def test_no_text_is_obeyed_or_overflows(hostile: Journal) -> None:
    app = KsbtuiApp(hostile)
    async with app.run_test() as pilot:
        for size in SIZES.values():
            await pilot.resize_terminal(*size)
            for place, key in WALKS if size == SIZES["60x16"] else WALKS[::8]:
                await pilot.press(place, key)
                await pilot.press("down", "down")
                await pilot.pause()
                assert app.is_running, (place, key)
                for strip in app.screen._compositor.render_strips():
                    assert sum(cell_len(part.text) for part in strip) <= size[0], (place, key)
                    assert not any("\x1b" in part.text for part in strip), (place, key)
                while len(app.screen_stack) > 1:
                    app.pop_screen()
                await pilot.pause()


async def test_a_place_survives_each_of_its_keys(demo: Journal) -> None:
    app = KsbtuiApp(demo)
    async with app.run_test(size=(80, 24)) as pilot:
        for place in "1234567":
            await pilot.press(place)
            for bound in tuple(app.screen.BINDINGS):
                key = (bound.key if isinstance(bound, Binding) else bound[0]).split(",")[0]
                await pilot.press(key)
                assert app.is_running, (place, key)
                while len(app.screen_stack) > 1:
                    app.pop_screen()
                await app.switch_mode(place)
