"""The journal file: only ours is opened, it is private, and it is never harmed."""

from __future__ import annotations

import os
import sqlite3
import stat
from pathlib import Path

import pytest

from ksbtui.errors import Conflict, KsbtuiError, StoreProblem
from ksbtui.journal.journal import Journal
from ksbtui.store.database.connection import APPLICATION_ID, SCHEMA_VERSION
from ksbtui.store.database.schema import migrate
from ksbtui.store.database.store import Store
from ksbtui.store.files import backups
from tests.journals import activity, enrolled


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.mark.parametrize("mask", [0o000, 0o022, 0o077, 0o777])
def test_files_are_for_this_person_alone(tmp_path: Path, mask: int) -> None:
    before = os.umask(mask)
    try:
        store = Store.create(tmp_path / "new" / "journal.db")
    finally:
        os.umask(before)
    copy = backups.backup(store.connection, store.path, reason="test", day="2026-06-30")
    store.close()
    assert mode(store.path) == 0o600
    assert mode(store.path.parent) == 0o700
    assert mode(copy) == 0o600
    assert mode(copy.parent) == 0o700


def foreign(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE entry (x)")


def newer(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute(f"PRAGMA application_id={APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version={SCHEMA_VERSION + 1}")
        connection.execute("CREATE TABLE entry (x)")


def web_page(path: Path) -> None:
    path.write_text("<html>" + "x" * 200)


def clipped(path: Path) -> None:
    enrolled(path.parent).close()
    path.write_bytes(path.read_bytes()[:-1000])


def nothing(path: Path) -> None:
    path.write_bytes(b"")


@pytest.mark.parametrize("make", [foreign, newer, web_page, clipped, nothing])
def test_a_file_that_is_not_ours_is_named_and_left_as_it_was(tmp_path: Path, make: object) -> None:
    path = tmp_path / "journal.db"
    make(path)  # type: ignore[operator]
    before = path.read_bytes()
    journal = Journal(path)
    with pytest.raises(StoreProblem) as refused:
        _ = journal.course
    assert str(path) in refused.value.message
    assert refused.value.hint
    assert path.read_bytes() == before


def test_a_new_journal_is_never_made_over_a_file(tmp_path: Path) -> None:
    path = tmp_path / "journal.db"
    path.write_text("mine")
    with pytest.raises(Conflict):
        Store.create(path)
    assert path.read_text() == "mine"


@pytest.mark.skipif(getattr(os, "geteuid", int)() == 0, reason="the superuser may write anywhere")
def test_a_read_only_folder_is_read_and_not_written(tmp_path: Path) -> None:
    journal = enrolled(tmp_path)
    journal.close()
    tmp_path.chmod(0o500)
    try:
        assert journal.course is not None
        with pytest.raises(StoreProblem, match="read-only"):
            journal.entries.add(activity())
        with pytest.raises(StoreProblem, match="cannot be made"):
            journal.backup.backup()
    finally:
        tmp_path.chmod(0o700)


def test_a_failed_write_leaves_nothing(tmp_path: Path) -> None:
    journal = enrolled(tmp_path)

    def fail_half_way() -> None:
        with journal.writing("half") as batch:
            batch.put_record("setting", "x", {"a": 1})
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail_half_way()
    assert journal.store.record("setting", "x") is None
    assert "half" not in [done.label for done in journal.history()]


def test_migrating_twice_changes_nothing(tmp_path: Path) -> None:
    store = Store.create(tmp_path / "journal.db")
    shape = store.connection.execute("SELECT sql FROM sqlite_master ORDER BY name").fetchall()
    migrate(store.connection)
    again = store.connection.execute("SELECT sql FROM sqlite_master ORDER BY name").fetchall()
    assert shape == again


def test_the_change_log_cannot_be_rewritten(tmp_path: Path) -> None:
    journal = enrolled(tmp_path)
    for sql in ("DELETE FROM change", "UPDATE change SET before = NULL"):
        with pytest.raises(sqlite3.IntegrityError, match="kept"):
            journal.store.connection.execute(sql)


def test_purging_leaves_no_trace_of_the_text(tmp_path: Path) -> None:
    journal = enrolled(tmp_path)
    secret = "Mrs Quillfeather of Larkspur Row"
    entry = journal.entries.add(activity(secret, notes=secret)).entry
    journal.entries.change(entry.id, learned=f"Never name {secret}")
    copy = journal.backup.backup()
    assert journal.backup.purge(entry.id).files == (copy,)
    journal.close()
    assert b"Quillfeather" not in journal.path.read_bytes()
    with pytest.raises(KsbtuiError):
        journal.entries.get(entry.id)
    assert journal.backup.check().well


def test_restoring_sets_the_present_file_aside(tmp_path: Path) -> None:
    journal = enrolled(tmp_path)
    journal.entries.add(activity("Before"))
    copy = journal.backup.backup()
    journal.entries.add(activity("After"))
    aside = journal.backup.restore(copy)
    assert [entry.title for entry in journal.entries.find().entries] == ["Before"]
    assert aside is not None
    assert Journal(aside, journal.clock).entries.find().total == 2


def test_the_journal_is_not_restored_from_itself(tmp_path: Path) -> None:
    journal = enrolled(tmp_path)
    with pytest.raises(Conflict, match="is the journal itself"):
        journal.backup.restore(journal.path)
    assert journal.course is not None


def test_a_journal_that_is_gone_is_not_called_read_only(tmp_path: Path) -> None:
    journal = enrolled(tmp_path)
    journal.path.unlink()
    with pytest.raises(StoreProblem, match="moved or removed") as refused:
        journal.entries.add(activity())
    assert "{" not in refused.value.hint


def test_a_damaged_copy_is_refused(tmp_path: Path) -> None:
    journal = enrolled(tmp_path)
    copy = journal.backup.backup(tmp_path / "copy.db")
    copy.write_bytes(copy.read_bytes()[:-5000])
    with pytest.raises(Conflict, match="not a ksbtui journal"):
        journal.backup.restore(copy)
    assert journal.course is not None


def test_daily_backups_are_kept_seven_days_and_eight_weeks(tmp_path: Path) -> None:
    from datetime import date, timedelta

    journal = enrolled(tmp_path)
    for number in range(120):
        day = (date(2026, 1, 1) + timedelta(days=number)).isoformat()
        backups.backup(journal.store.connection, journal.path, reason="daily", day=day)
    kept_for_a_reason = backups.backup(
        journal.store.connection, journal.path, reason="before-format-2", day="2026-01-01"
    )
    backups.prune(journal.path)
    left = [item for item in backups.backups(journal.path) if item.reason == "daily"]
    assert [item.day for item in left[:7]] == [f"2026-04-{n}" for n in range(30, 23, -1)]
    assert len(left) == 7 + 8 - 2
    assert kept_for_a_reason.exists()
