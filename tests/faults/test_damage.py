"""Damage is named, never made worse, and never ends the app."""

from __future__ import annotations

import os
import random
import sqlite3
import threading
from pathlib import Path

import pytest

from ksbtui.app import KsbtuiApp
from ksbtui.cli.root import run
from ksbtui.errors import Busy, Damaged, KsbtuiError
from ksbtui.journal.journal import Journal
from ksbtui.store.database.connection import note_damage
from tests.cli.kit import Shell
from tests.journals import activity, enrolled

PAGE = 4096


def filled(folder: Path, entries: int = 60) -> Journal:
    journal = enrolled(folder)
    for number in range(entries):
        journal.entries.add(activity(f"Entry {number}", notes="process " * 60, ksbs=("K1", "S2")))
    return journal


def smash(path: Path, table: str) -> None:
    """Put noise over every page of a table but its first, as a failing drive does."""
    dice = random.Random(3)
    with sqlite3.connect(path) as connection:
        found = connection.execute(
            "SELECT pageno FROM dbstat WHERE name = ? AND pagetype = 'leaf'", (table,)
        ).fetchall()
    data = bytearray(path.read_bytes())
    for (page,) in found:
        data[(page - 1) * PAGE : page * PAGE] = dice.randbytes(PAGE)
    path.write_bytes(data)


def shown(app: KsbtuiApp) -> str:
    return " ".join(str(note.message) for note in app._notifications)


def test_once_damage_is_met_nothing_is_written(tmp_path: Path) -> None:
    journal = filled(tmp_path)
    journal.close()
    smash(journal.path, "entry")
    journal = Journal(journal.path, journal.clock)
    with pytest.raises(Damaged):
        journal.entries.find()
    before = journal.path.read_bytes()
    store = journal.store
    for write in (lambda: journal.entries.add(activity()), lambda: store.save_draft("x", {}, "")):
        with pytest.raises(Damaged, match="nothing is saved") as refused:
            write()
        assert "ksbtui restore" in refused.value.hint
        assert "--salvage" in refused.value.hint
    journal.drafts.save("x", {})
    other = Journal(journal.path, journal.clock)
    with pytest.raises(Damaged):
        other.entries.add(activity())
    assert journal.path.read_bytes() == before


def test_a_sound_file_put_in_its_place_is_written_again(tmp_path: Path) -> None:
    journal = filled(tmp_path, 3)
    copy = journal.backup.backup(tmp_path / "copy.db")
    note_damage(journal.path, "page 7 is broken")
    with pytest.raises(Damaged):
        journal.entries.add(activity())
    journal.close()
    journal.path.unlink()
    copy.rename(journal.path)
    journal.entries.add(activity())
    note_damage(journal.path, "page 7 is broken")
    assert journal.backup.check().well, "which looks again"
    journal.entries.add(activity())
    assert journal.entries.find().total == 5


def test_every_command_says_what_is_wrong_with_a_damaged_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    journal = filled(tmp_path)
    journal.close()
    smash(journal.path, "record")
    shell = Shell(journal.path, capsys, "2026-06-30")
    for words in (["status"], ["list"], ["log", "More", "-t", "1h"], ["coverage"], ["undo"]):
        assert "damaged" in shell.refused(*words), words
    done = shell("doctor")
    assert done.code == 1
    assert "damaged" in done.err


def test_the_first_save_of_a_day_finds_damage_it_did_not_meet(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    journal = filled(tmp_path)
    journal.close()
    smash(journal.path, "change_row")
    shell = Shell(journal.path, capsys, "2026-06-30")
    first = shell("log", "More", "-t", "1h")
    assert "damaged" in first.err, first
    assert "damaged" in shell.refused("log", "Again", "-t", "1h")
    assert not list(tmp_path.glob("journal-backups/*")), "a damaged copy is no backup"


@pytest.mark.parametrize("how", ["smashed", "clipped"])
async def test_damage_under_a_running_app_is_told_and_the_screens_stay(
    tmp_path: Path, how: str
) -> None:
    journal = filled(tmp_path)
    app = KsbtuiApp(journal)
    async with app.run_test(size=(100, 30), notifications=True) as pilot:
        await pilot.pause()
        if how == "clipped":
            os.truncate(journal.path, 5 * PAGE + 100)
        else:
            smash(journal.path, "entry")
        journal.store.connection.execute("PRAGMA shrink_memory")
        for key in "234567":
            await pilot.press(key)
        await pilot.press("2", "/", "x")
        await pilot.press("escape", "u")
        assert "damaged" in shown(app)
        assert app.is_running
        assert app.return_code is None
    with pytest.raises(Damaged):
        journal.entries.add(activity())


async def test_a_file_locked_by_another_program_freezes_nothing(tmp_path: Path) -> None:
    journal = filled(tmp_path, 5)
    journal.close()
    journal.context.patience = 0.05
    app = KsbtuiApp(journal)
    async with app.run_test(size=(100, 30), notifications=True) as pilot:
        await pilot.pause()
        other = sqlite3.connect(journal.path, isolation_level=None)
        other.execute("BEGIN EXCLUSIVE")
        await pilot.press("u")
        assert "Another ksbtui is saving" in shown(app)
        await pilot.press("2")
        assert app.is_running
        with pytest.raises(Busy):
            journal.entries.add(activity())
        other.execute("ROLLBACK")
        other.close()
        app._poll()
        await pilot.pause()
        assert not app.messages.busy
        await pilot.press("u")
    assert journal.entries.find().total == 4


def test_the_app_follows_a_restore_made_beside_it(tmp_path: Path) -> None:
    journal = filled(tmp_path, 3)
    copy = journal.backup.backup()
    journal.entries.add(activity("Later"))
    other = Journal(journal.path, journal.clock)
    other.backup.restore(copy)
    other.close()
    assert journal.poll()
    assert journal.entries.find().total == 3


def pipe(path: Path) -> None:
    os.mkfifo(path)


@pytest.mark.skipif(os.name != "posix", reason="pipes have names there")
@pytest.mark.parametrize("make", [Path.mkdir, pipe, lambda path: path.symlink_to(path)])
def test_what_is_no_file_is_refused_at_once(
    tmp_path: Path, make: object, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "journal.db"
    make(path)  # type: ignore[operator]
    shell = Shell(path, capsys, "2026-06-30")
    for words in (["status"], ["log", "x"], ["setup", "--standard", "ST1512"], ["demo"]):
        done: list[object] = []
        thread = threading.Thread(target=lambda w=words, d=done: d.append(shell.refused(*w)))
        if words[0] == "setup":
            words += ["--programme", "local-government-14-months", "--start", "2026-01-12"]
        thread.start()
        thread.join(20)
        assert done, words


def test_a_home_nobody_has_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for words in (
        ["--journal", "~nobody-here/x", "status"],
        ["--journal", str(tmp_path / "j.db"), "demo", "~nobody-here/x.db"],
        ["--journal", str(tmp_path / "j.db"), "restore", "~nobody-here/x.db"],
    ):
        assert run(words) == 1, words
        assert "no home folder" in capsys.readouterr().err


def test_a_folder_that_lets_nobody_look_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def closed(path: Path, *_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied", str(path))

    journal = Journal(tmp_path / "journal.db")
    monkeypatch.setattr(Path, "stat", closed)
    with pytest.raises(KsbtuiError, match="Permission denied") as refused:
        _ = journal.course
    monkeypatch.undo()
    assert str(journal.path) in refused.value.message
