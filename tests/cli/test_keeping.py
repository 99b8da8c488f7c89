"""Backup and repair from the command line."""

from __future__ import annotations

from pathlib import Path

from tests.cli.kit import Shell


def test_a_backup_is_restored_and_the_present_file_set_aside(shell: Shell, tmp_path: Path) -> None:
    shell("log", "Before", "-t", "1h")
    copy = tmp_path / "copy.db"
    assert shell("backup", str(copy)).code == 0
    shell("log", "After", "-t", "1h")
    done = shell("restore", str(copy))
    assert (done.code, shell("list", "--json").json["total"]) == (0, 1)
    assert "earlier file is now" in done.err
    assert "already exists" in shell.refused("backup", str(copy))


def test_a_file_that_is_no_journal_is_not_restored(shell: Shell, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text("<html>" * 100)
    before = shell.path.read_bytes()
    assert "not a ksbtui journal" in shell.refused("restore", str(page))
    assert shell.path.read_bytes() == before


def test_purge_cannot_be_undone(shell: Shell) -> None:
    entry = shell("log", "Mrs Quillfeather's case", "-t", "1h", "--json").json
    done = shell("purge", entry["id"])
    assert done.code == 0
    assert "Quillfeather" not in shell("history", "--json").out
    assert "Quillfeather" not in shell.path.read_bytes().decode("latin-1")
    shell("undo")
    assert shell("list", "--json").code == 1 or shell("list", "--json").json["total"] == 0


def test_doctor_recounts_and_mends(shell: Shell) -> None:
    import sqlite3

    shell("log", "Counted", "-t", "1h", "-k", "K1")
    assert shell("doctor", "--json").json["well"]
    with sqlite3.connect(shell.path) as connection:
        connection.execute("UPDATE day_total SET minutes = 99")
    assert shell("doctor").code == 1
    assert shell("doctor", "--mend").code == 0
    assert shell("hours", "--json").json["logged_minutes"] == 60


def test_where_names_every_place(shell: Shell) -> None:
    places = shell("where", "--json").json
    assert places["journal"] == str(shell.path)
    assert set(places) == {"journal", "backups", "evidence", "own_data", "settings", "shipped_data"}


def test_where_names_what_is_kept_beside_journals_once_it_is_there(shell: Shell) -> None:
    from ksbtui.store.files.sealed import own_key

    own_key()
    places = shell("where", "--json").json
    assert "feedback" not in places
    assert "own.key" in [path.name for path in Path(places["keys"]).iterdir()]
    assert "keys" in shell("where").out
