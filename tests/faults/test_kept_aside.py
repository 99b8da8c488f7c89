"""A draft typed while the journal is damaged is kept beside it, and comes back."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from textual.widgets import Input

from ksbtui.app import KsbtuiApp
from ksbtui.cli.root import run
from ksbtui.errors import Damaged
from ksbtui.journal.journal import Journal
from ksbtui.store.database.connection import forget_damage, note_damage
from ksbtui.store.database.drafts import drafts_path
from tests.cli.kit import Shell
from tests.faults.test_damage import filled, shown, smash
from tests.journals import empty, enrolled

TYPED = {"title": "Typed too late", "time": "1h"}


def damaged(folder: Path) -> tuple[Journal, Path]:
    """A journal known to be damaged, with a sound copy of it."""
    journal = enrolled(folder)
    journal.drafts.save("entry:new", {"title": "Typed in time"})
    copy = journal.backup.backup(folder / "copy.db")
    note_damage(journal.path, "page 7 is broken")
    return journal, copy


def test_a_draft_is_kept_beside_a_damaged_journal_and_comes_back(tmp_path: Path) -> None:
    journal, copy = damaged(tmp_path)
    before = journal.path.read_bytes()
    journal.drafts.save("entry:new", TYPED)
    path = journal.drafts.aside
    assert path == drafts_path(journal.path) == tmp_path / "journal.db.drafts.json"
    if os.name == "posix":
        assert path.stat().st_mode & 0o777 == 0o600
    again = Journal(journal.path, journal.clock)
    assert again.drafts.get("entry:new") == TYPED
    assert [draft.body for draft in again.drafts.all()] == [TYPED]
    again.close()
    assert journal.path.read_bytes() == before, "nothing was written into it"
    journal.backup.restore(copy)
    kept = {draft.key: draft.body for draft in journal.drafts.all()}
    assert kept.pop("entry:new") == TYPED
    assert list(kept.values()) == [{"title": "Typed in time"}], "of two texts both stay"
    assert all(key.startswith("entry:new:") for key in kept)
    assert not path.exists()
    assert journal.store.drafts()["entry:new"][0] == TYPED


def test_drafts_beside_it_can_be_dropped_and_changed(tmp_path: Path) -> None:
    journal, _ = damaged(tmp_path)
    journal.drafts.save("entry:new:2", TYPED)
    journal.drafts.save("entry:new:2", {"title": "Typed on"})
    assert journal.drafts.get("entry:new:2") == {"title": "Typed on"}
    journal.drafts.drop("entry:new:2")
    assert journal.drafts.get("entry:new:2") is None
    assert not drafts_path(journal.path).exists()
    with pytest.raises(Damaged):
        journal.drafts.drop("entry:new")


def test_two_windows_on_a_damaged_journal_keep_both_texts(tmp_path: Path) -> None:
    journal, _ = damaged(tmp_path)
    mine, theirs = (Journal(journal.path, journal.clock).drafts for _ in range(2))
    last = mine.save_over("entry:new", {"title": "a"}, None)
    assert last == {"title": "a"}
    assert theirs.save_over("entry:new", {"title": "theirs"}, None) is None
    forget_damage(journal.path)
    assert mine.save_over("entry:new", {"title": "ab"}, last) == {"title": "ab"}
    assert mine.aside is None
    assert {draft.body["title"] for draft in theirs.all()} == {"ab", "Typed in time"}


def test_a_file_that_holds_something_else_is_not_lost(tmp_path: Path) -> None:
    journal, _ = damaged(tmp_path)
    path = drafts_path(journal.path)
    path.write_text("[1]")
    assert journal.drafts.get("entry:new") == {"title": "Typed in time"}
    journal.drafts.save("entry:new", TYPED)
    assert journal.drafts.get("entry:new") == TYPED
    assert path.with_name(f"{path.name}.unreadable").read_text() == "[1]"


def test_where_and_purge_and_salvage_know_the_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    journal = filled(tmp_path, 1)
    id = journal.entries.find().entries[0].id
    note_damage(journal.path, "page 7 is broken")
    journal.drafts.save(f"entry:{id}", {"title": "Changed too late"})
    path = drafts_path(journal.path)
    journal.drafts.save("entry:new", {"notes": "process " * 9})
    shell = Shell(journal.path, capsys, "2026-06-30")
    assert shell("where", "--json").json["drafts"] == str(path)
    assert shell("doctor", "--salvage", str(tmp_path / "new.db")).code == 0
    made = Journal(tmp_path / "new.db", journal.clock)
    assert {draft.key for draft in made.drafts.all()} == {"entry:new", f"entry:{id}"}
    made.close()
    forget_damage(journal.path)
    left = journal.backup.purge(id)
    assert path in left.files, "another draft holds its words"
    assert list(json.loads(path.read_text())) == ["entry:new"]
    assert [draft.key for draft in journal.drafts.all()] == ["entry:new"]
    assert "drafts" not in shell("where", "--json").json
    journal.close()


@pytest.mark.parametrize("opened", ["week walk", "set-up"])
async def test_other_forms_name_the_file_too(tmp_path: Path, opened: str) -> None:
    journal = enrolled(tmp_path) if opened == "week walk" else empty(tmp_path)
    app = KsbtuiApp(journal)
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.press("w" if opened == "week walk" else "down")
        journal.create()
        note_damage(journal.path, "page 7 is broken")
        await pilot.press(*("Late" if opened == "week walk" else ("enter", "enter", *"12/1/26")))
        await pilot.pause(0.8)
        assert drafts_path(journal.path).name in shown(app)
    assert journal.drafts.all()


async def test_what_is_typed_on_under_damage_is_named_and_offered_again(tmp_path: Path) -> None:
    journal = filled(tmp_path)
    copy = journal.backup.backup(tmp_path / "copy.db")
    app = KsbtuiApp(journal)
    async with app.run_test(size=(100, 30), notifications=True) as pilot:
        await pilot.press("a")
        await pilot.pause()
        for table in ("draft", "entry", "record"):
            smash(journal.path, table)
        note_damage(journal.path, "page 7 is broken")
        await pilot.press(*"Late")
        await pilot.pause(0.8)
        assert drafts_path(journal.path).name in shown(app)
        assert "ksbtui restore" in shown(app)
        await pilot.press(*"ly", "escape")
        await pilot.pause()
        assert app.is_running
    assert run(["--journal", str(journal.path), "restore", str(copy), "--yes"]) == 0
    again = KsbtuiApp(Journal(journal.path, journal.clock))
    async with again.run_test(size=(100, 30)) as pilot:
        await pilot.press("a")
        await pilot.pause()
        await pilot.press("down", "enter")
        await pilot.pause()
        assert again.screen.query_one("#title", Input).value == "Lately"
    assert not drafts_path(journal.path).exists()
