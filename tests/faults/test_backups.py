"""Backups are made by whatever saves, are whole, and the newest is known without a clock."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from ksbtui.clock import Clock
from ksbtui.errors import Conflict, KsbtuiError
from ksbtui.journal.journal import Journal
from ksbtui.store.files import backups
from tests.cli.kit import Shell
from tests.journals import activity, enrolled
from tests.store.test_survival import writer


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in (folder / "journal-backups").iterdir())


def test_commands_alone_keep_a_backup_a_day(shell: Shell, tmp_path: Path) -> None:
    assert not (tmp_path / "journal-backups").exists(), "nothing was logged yet"
    for _ in range(3):
        shell("log", "Work", "-t", "1h")
    assert names(tmp_path) == ["2026-06-30-daily.db"]
    shell.as_at = "2026-07-01"
    shell("status")
    assert len(names(tmp_path)) == 1, "nothing was saved that day"
    shell("undo")
    assert names(tmp_path) == ["2026-06-30-daily.db", "2026-07-01-daily.db"]


def test_a_backup_that_fails_fails_no_command(
    shell: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "journal-backups").write_text("in the way")
    done = shell("log", "Work", "-t", "1h", "--json")
    assert (done.code, done.json["title"]) == (0, "Work")
    assert "What you did is saved" in done.err


def test_several_backups_of_a_day_all_stay(shell: Shell, tmp_path: Path) -> None:
    for title in ("One", "Two", "Three"):
        shell("log", title, "-t", "1h")
        shell("backup")
    assert names(tmp_path) == [
        *("2026-06-30-daily.db", "2026-06-30-made.2.db"),
        *("2026-06-30-made.3.db", "2026-06-30-made.db"),
    ]
    shell("restore")
    assert shell("list", "--json").json["total"] == 3


def test_a_clock_set_forward_makes_no_copy_the_newest(tmp_path: Path) -> None:
    journal = enrolled(tmp_path)
    journal.entries.add(activity("Before"))
    far = Journal(journal.path, Clock(date(2030, 1, 1)))
    old = far.backup.backup()
    os.utime(old, (2e9, 2e9))
    journal.entries.add(activity("After"))
    new = journal.backup.backup()
    newest = journal.backup.newest_sound()
    assert newest is not None
    assert newest.path == new


def test_a_record_that_was_left_for_an_earlier_one_is_older(tmp_path: Path) -> None:
    journal = enrolled(tmp_path)
    journal.entries.add(activity("Kept"))
    first = journal.backup.backup()
    for number in range(5):
        journal.entries.add(activity(f"Left {number}"))
    journal.backup.backup()
    journal.backup.restore(first)
    journal.entries.add(activity("Since"))
    last = journal.backup.backup()
    newest = journal.backup.newest_sound()
    assert newest is not None
    assert newest.path == last


def test_copies_are_whole_while_another_program_writes(tmp_path: Path) -> None:
    journal = enrolled(tmp_path)
    other = writer(journal.path, "other", 400)
    try:
        for number in range(12):
            copy = journal.backup.backup(tmp_path / f"copy-{number}.db")
            assert backups.is_sound(copy)
    finally:
        other.kill()
        other.wait(10)
        assert other.stdout is not None
        other.stdout.close()


def test_what_a_killed_copy_leaves_is_removed(tmp_path: Path) -> None:
    journal = enrolled(tmp_path)
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    folder = journal.backup.backup().parent
    left = folder / f".2026-06-30-daily.db.{gone.pid}"
    beside = tmp_path / f".journal.db.{gone.pid}"
    mine = folder / f".2026-06-30-made.db.{os.getpid()}"
    for path in (left, beside, mine):
        path.touch()
    assert not journal.backup.check().well
    journal.backup.backup()
    assert (left.exists(), beside.exists(), mine.exists()) == (False, False, True)


def test_a_journal_that_is_gone_is_brought_back_not_begun_again(bare: Shell) -> None:
    words = ("setup", "--standard", "ST1512", "--programme", "local-government-14-months")
    bare(*words, "--start", "2026-01-12")
    bare("log", "Work", "-t", "1h")
    bare.path.unlink()
    for command in (["status"], [*words, "--start", "2026-01-12"], ["log", "x", "-t", "1h"]):
        said = bare.refused(*command)
        assert "it has backups" in said
        assert "ksbtui restore" in said
    assert bare("restore").code == 0
    assert bare("list", "--json").json["total"] == 1


@pytest.mark.parametrize("step", ["link", "replace", "unlink"])
def test_a_restore_killed_at_any_step_leaves_a_journal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    journal = enrolled(tmp_path)
    journal.entries.add(activity("Before"))
    copy = journal.backup.backup()
    journal.entries.add(activity("After"))
    journal.close()

    def killed(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    if step == "link":
        monkeypatch.setattr("os.link", killed)
    elif step == "replace":
        real = Path.replace
        monkeypatch.setattr(
            Path, "replace", lambda a, b: killed() if b == journal.path else real(a, b)
        )
    else:
        monkeypatch.setattr("ksbtui.store.files.backups.forget_damage", killed)
    with pytest.raises(KeyboardInterrupt):
        journal.backup.restore(copy)
    monkeypatch.undo()
    found = {entry.title for entry in Journal(journal.path, journal.clock).entries.find().entries}
    assert found in ({"Before"}, {"Before", "After"})


def hot_journal(path: Path) -> bytes:
    """What SQLite leaves beside a file when its program is killed in the middle of a write."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA cache_size=1")
    connection.execute("BEGIN IMMEDIATE")
    connection.execute("UPDATE record SET updated_at = 'half'")
    connection.execute("UPDATE entry SET notes = randomblob(0) || 'half', title = 'half'")
    left = path.with_name(f"{path.name}-journal").read_bytes()
    connection.execute("ROLLBACK")
    connection.close()
    return left


def test_a_leftover_of_a_removed_journal_is_not_rolled_into_the_next(tmp_path: Path) -> None:
    journal = enrolled(tmp_path)
    for number in range(40):
        journal.entries.add(activity(f"Old {number}", notes="x" * 2000))
    copy = journal.backup.backup()
    journal.entries.add(activity("New"))
    journal.close()
    left = journal.path.with_name("journal.db-journal")
    stale = hot_journal(journal.path)
    journal.path.unlink()
    left.write_bytes(stale)
    journal.backup.restore(copy)
    assert not left.exists()
    assert journal.backup.check().lines[0].found == "sound"
    assert journal.entries.find().total == 40
    journal.close()
    journal.path.unlink()
    left.write_bytes(stale)
    for path in (tmp_path / "journal-backups").iterdir():
        path.unlink()
    fresh = enrolled(tmp_path)
    assert fresh.backup.check().well
    assert fresh.entries.find().total == 0


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    real = tmp_path / "elsewhere"
    real.mkdir()
    journal = enrolled(real)
    journal.entries.add(activity())
    journal.close()
    link = tmp_path / "journal.db"
    link.symlink_to(journal.path)
    linked = Journal(link, journal.clock)
    copy = linked.backup.backup()
    linked.entries.add(activity("Later"))
    linked.backup.restore(copy)
    assert link.is_symlink()
    assert linked.entries.find().total == 1
    assert Journal(journal.path, journal.clock).entries.find().total == 1


def test_a_restore_where_no_second_name_can_be_given(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object) -> None:
        raise OSError(1, "Operation not permitted")

    journal = enrolled(tmp_path)
    copy = journal.backup.backup()
    journal.entries.add(activity("After"))
    monkeypatch.setattr("os.link", refused)
    aside = journal.backup.restore(copy)
    assert aside is not None
    assert Journal(aside, journal.clock).entries.find().total == 1
    assert journal.entries.find().total == 0


def test_a_full_disk_leaves_everything_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    journal = enrolled(tmp_path)
    copy = journal.backup.backup()
    journal.entries.add(activity("After"))
    journal.close()
    before = journal.path.read_bytes()
    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(KsbtuiError, match="No space left"):
        journal.backup.restore(copy)
    monkeypatch.undo()
    assert journal.path.read_bytes() == before
    assert sorted(path.name for path in tmp_path.iterdir() if path.name.startswith(".")) == []
    with pytest.raises(Conflict):
        journal.backup.backup(copy)
