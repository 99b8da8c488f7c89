"""A damaged journal is read as far as it goes, and a restore loses nothing younger unseen."""

from __future__ import annotations

import random
import sqlite3
from pathlib import Path

import pytest

from ksbtui.journal.journal import Journal
from tests.cli.kit import Shell
from tests.journals import activity, enrolled

PAGE = 4096
ENTRIES = 300
WORDS = ("process", "mapping", "workshop", "ethics", "data", "model", "review", "pilot")


Said = dict[str, tuple[str, tuple[str, ...]]]
"""Texts and codes of each entry."""


@pytest.fixture(scope="module")
def whole(
    tmp_path_factory: pytest.TempPathFactory,
) -> tuple[Path, Said]:
    """A journal of 300 entries, some long, some changed; and what each says."""
    journal, dice = enrolled(tmp_path_factory.mktemp("whole")), random.Random(5)
    for number in range(ENTRIES):
        learned = " ".join(dice.choices(WORDS, k=dice.choice([10, 80, 900])))
        made = activity(f"Entry {number}", learned=learned, ksbs=("K1", f"S{number % 9 + 1}"))
        id = journal.entries.add(made).entry.id
        if number % 5 == 0:
            journal.entries.change(id, notes="Added later")
    journal.actions.add("Draft the plan", who="me")
    said = {e.id: (e.title + e.notes + e.learned, e.ksbs) for e in journal.entries.find().entries}
    journal.close()
    return journal.path, said


def rescued(path: Path, folder: Path) -> tuple[Journal, tuple[str, ...]]:
    journal = Journal(path)
    report = journal.backup.salvage(folder / "rescued.db")
    return Journal(report.path, journal.clock), report.lost


@pytest.mark.parametrize("seed", range(12))
def test_three_smashed_pages_cost_less_than_one_entry_in_twenty(
    whole: tuple[Path, Said], tmp_path: Path, seed: int
) -> None:
    path, said = whole
    data, dice = bytearray(path.read_bytes()), random.Random(seed)
    # The first page names every table; one of them is always hit.
    pages = [0, *dice.sample(range(1, len(data) // PAGE), 2)] if seed == 0 else None
    for page in pages or dice.sample(range(len(data) // PAGE), 3):
        data[page * PAGE : (page + 1) * PAGE] = dice.randbytes(PAGE)
    (tmp_path / "damaged.db").write_bytes(data)
    before = bytes(data)
    new, _ = rescued(tmp_path / "damaged.db", tmp_path)
    found = {e.id: (e.title + e.notes + e.learned, e.ksbs) for e in new.entries.find().entries}
    same = [id for id in found if found[id] == said.get(id)]
    assert len(same) >= 0.95 * ENTRIES, (len(found), len(same))
    assert new.backup.check().well
    assert (tmp_path / "damaged.db").read_bytes() == before
    assert new.entries.add(activity()).entry.id


def test_a_clipped_half_is_read_as_far_as_it_reaches(
    whole: tuple[Path, Said], tmp_path: Path
) -> None:
    path, _ = whole
    data = path.read_bytes()
    (tmp_path / "half.db").write_bytes(data[: len(data) // 2 + 77])
    new, lost = rescued(tmp_path / "half.db", tmp_path)
    assert new.entries.find().total > 0.4 * ENTRIES
    assert lost, "what the indexes still name is listed"
    assert new.backup.check().well


def test_a_whole_journal_is_salvaged_whole(shell: Shell, tmp_path: Path) -> None:
    kept = shell("log", "Kept", "-t", "1h", "-k", "K1", "--json").json["id"]
    gone = shell("log", "Deleted", "-t", "1h", "--json").json["id"]
    undone = shell("log", "Undone", "-t", "1h", "--json").json["id"]
    shell("undo")
    purged = shell("log", "Purged", "-t", "1h", "--json").json["id"]
    shell("delete", gone)
    shell("purge", purged)
    new = tmp_path / "new.db"
    done = shell("doctor", "--salvage", str(new), "--json").json
    assert (done["entries"], done["deleted"], done["lost"]) == (1, 1, [])
    assert "already exists" in shell.refused("doctor", "--salvage", str(new))
    before = shell("status", "--json").json
    assert shell("restore", str(new)).code == 0
    assert shell("status", "--json").json == before
    assert [e["id"] for e in shell("list", "--json").json["entries"]] == [kept]
    raw = new.read_bytes()
    assert undone.encode() not in raw or b"Undone" in raw


@pytest.mark.parametrize("content", [b"", b"<html>" * 500, bytes(9000)])
def test_what_never_was_a_journal_gives_nothing(
    bare: Shell, tmp_path: Path, content: bytes
) -> None:
    bare.path.write_bytes(content)
    said = bare.refused("doctor", "--salvage", str(tmp_path / "new.db"))
    assert "can be read" in said
    assert not (tmp_path / "new.db").exists()


def smash_rows(path: Path) -> None:
    """Break the file so that SQLite refuses it, but not the rows of the entries."""
    with sqlite3.connect(path) as connection:
        (page,) = connection.execute(
            "SELECT rootpage FROM sqlite_schema WHERE name = 'change'"
        ).fetchone()
    data = bytearray(path.read_bytes())
    data[(page - 1) * PAGE : page * PAGE] = b"\xff" * PAGE
    path.write_bytes(data)


def test_a_restore_takes_younger_entries_over_from_the_damaged_file(
    shell: Shell, tmp_path: Path
) -> None:
    old = shell("log", "Old", "-t", "1h", "--json").json["id"]
    shell("backup", str(tmp_path / "copy.db"))
    shell("log", "Young", "-t", "2h", "-k", "K1")
    shell("edit", old, "--notes", "Changed since")
    smash_rows(shell.path)
    damaged = shell.path.read_bytes()
    done = shell("restore", str(tmp_path / "copy.db"))
    assert "1 newer entry, 1 changed since" in done.err
    assert "--salvage" in done.err
    assert shell("list", "--json").json["total"] == 1
    shell.path.write_bytes(damaged)
    done = shell("restore", str(tmp_path / "copy.db"), "--take-over")
    assert "Also copied: 1 newer entry, 1 changed since" in done.out
    assert shell("list", "--json").json["total"] == 2
    assert shell("show", old, "--json").json["notes"] == "Changed since"
    assert shell("hours", "--json").json["logged_minutes"] == 180
    assert shell("doctor").code == 0
    shell("undo")
    assert shell("list", "--json").json["total"] == 1


def test_a_restore_of_the_present_state_says_nothing(shell: Shell, tmp_path: Path) -> None:
    shell("log", "Old", "-t", "1h")
    shell("backup", str(tmp_path / "copy.db"))
    done = shell("restore", str(tmp_path / "copy.db"))
    assert "more than" not in done.err


def test_looking_for_younger_entries_changes_no_backup_of_an_earlier_format(
    tmp_path: Path,
) -> None:
    released = Path(__file__).resolve().parents[1] / "data" / "released" / "0.1.0" / "journal.db"
    old = tmp_path / "old" / "old.db"
    old.parent.mkdir()
    old.write_bytes(released.read_bytes())
    journal = enrolled(tmp_path)
    journal.entries.add(activity())
    assert len(journal.backup.younger(old).added) == 1
    assert old.read_bytes() == released.read_bytes()
    assert [path.name for path in old.parent.iterdir()] == ["old.db"]
