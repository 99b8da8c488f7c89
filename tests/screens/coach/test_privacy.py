"""During a call nothing private is on any screen reached from it, nor in what is made there."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from ksbtui.app import KsbtuiApp
from ksbtui.cli.root import run
from ksbtui.core.entry.entries import Entry, Evidence
from ksbtui.exports import REPORTS
from ksbtui.journal.journal import Journal
from tests.journal.making import WORDS, council, log
from tests.screens.kit import screen_text

SECRET = "Zanzibar"
PLACES = "1234567"
WAYS = {
    "2": ("space", "escape", "v", "escape", "o", "escape", "e", "escape", "slash", "escape"),
    "3": ("enter", "escape"),
    "4": ("enter", "escape", "right", "enter", "escape", "g"),
    "5": ("enter", "escape"),
    "6": ("o", "f", "escape", "escape", "p", "escape", "k", "escape", "g", "escape", "v", "escape"),
    "7": ("p", "escape", "r", "escape", "t", "escape", "e", "escape"),
    "1": ("w", "escape", "a", "escape", "enter", "escape", "question_mark", "escape"),
}
"""The keys that open what each place leads to, and come back."""


@pytest.fixture
def journal(tmp_path: Path) -> Journal:
    """A journal with the secret word in every private field, a plain entry beside each."""
    journal = council(tmp_path)
    artefact = Evidence("", "link", f"{SECRET} plan", "https://example.org/x", private=True)
    hidden = log(
        journal,
        f"{SECRET} meeting",
        notes=f"{SECRET} notes. {WORDS}",
        learned=f"{SECRET} learned. {WORDS}",
        evidence=(artefact,),
        private=True,
        ksbs=("K1", "K14"),
    )
    for back in range(3):
        day = journal.as_at - timedelta(days=back)
        log(journal, f"Workshop {back}", learned=WORDS, day=day, evidence=(artefact,))
    log(journal, f"{SECRET} untagged", ksbs=(), private=True)
    journal.stories.add(source=hidden.id)
    journal.stories.add("Told", result=f"{SECRET} result", private=True)
    journal.project.add("tests", "Nothing hidden", entries=(hidden.id,))
    journal.verifying.question(hidden.id, "Ruth", f"{SECRET}?")
    journal.reviews.set("wellbeing", f"{SECRET} wellbeing")
    journal.drafts.save("entry:new", {"title": f"{SECRET} draft", "private": True})
    journal.drafts.save(f"entry:{hidden.id}", {"title": f"{SECRET} edit", "private": True})
    journal.calls.start("Ruth")
    journal.calls.note(f"{SECRET} said", private=True)
    return journal


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_every_screen_during_a_call(journal: Journal, size: tuple[int, int]) -> None:
    app = KsbtuiApp(journal)
    seen: dict[str, str] = {}
    async with app.run_test(size=size) as pilot:

        async def press(*keys: str) -> None:
            for key in keys:
                await pilot.press(key)
                await pilot.pause()
                seen[f"{type(app.screen).__name__} {key} {len(seen)}"] = screen_text(app)

        await press("7", "enter", *"123456", "escape")
        for place in PLACES:
            await press("escape", place)
            assert app.current_mode == place
            await press(*WAYS[place])
            while len(app.screen_stack) > 1:
                await press("escape")
        assert all(SECRET not in note.message for note in app._notifications)
        app.clear_notifications()  # the line below the tabs has room for one thing
        for place in PLACES:
            await press("escape", place)
            assert app.current_mode == place
            assert "private things hidden" in screen_text(app), place
        for name, frame in seen.items():
            assert SECRET not in frame, f"{name}\n{frame}"
            assert "Traceback" not in frame
        assert app.clipboard == ""
        assert all(SECRET not in note.message for note in app._notifications)
        await press("escape", "2", "H")
        assert SECRET in screen_text(app)
        await press("7", "enter", "escape", "2")
        assert SECRET not in screen_text(app)
        await press("7", "enter", "x", "enter")
        assert "# Coaching call" in screen_text(app)
        assert SECRET not in screen_text(app)
        await press("escape", "2")
        assert SECRET in screen_text(app), "after the call the journal is the learner's own again"


async def test_undo_away_from_the_call_names_nothing_private(journal: Journal) -> None:
    journal.entries.add(Entry("", journal.as_at, 60, f"{SECRET} later", private=True))
    journal.entries.change(journal.entries.find().entries[0].id, private=False, title="Plain")
    app = KsbtuiApp(journal)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("2", "u", "u")
        await pilot.pause()
        assert all(SECRET not in note.message for note in app._notifications)


def test_every_report_and_command_about_a_call(
    journal: Journal, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    where = ["--journal", str(journal.path), "--as-at", journal.as_at.isoformat()]
    for command in (
        ["coach"],
        ["coach", "--json"],
        ["review"],
        ["review", "--json"],
        ["review", "--markdown"],
        ["coach", "end", "--minutes", "45"],
        ["coach", "summary"],
        ["coach", "summary", "--json"],
    ):
        assert run([*where, *command]) == 0
    printed = capsys.readouterr()
    assert SECRET not in printed.out + printed.err
    for name, report in REPORTS.items():
        if name in ("json", "entries"):
            continue  # your whole record, to import again; a folder is read below
        path = tmp_path / f"{name}.{report.suffixes[-1]}"
        assert run([*where, "export", name, str(path), "--keep-personal-data"]) == 0, name
        assert SECRET.encode() not in path.read_bytes(), name
    assert run([*where, "export", "entries", str(tmp_path / "folder"), "--keep-personal-data"]) == 0
    for path in (tmp_path / "folder").rglob("*"):
        assert path.is_dir() or SECRET not in path.read_text(), path
