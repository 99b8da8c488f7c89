"""After a purge no file of ours holds a word of it, or the file is named."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

from ksbtui.clock import Clock
from ksbtui.journal.journal import Journal
from tests.cli.kit import Shell
from tests.journals import activity, enrolled

SECRET = "Mrs Quillfeather of Larkspur Row"


def left_in(folder: Path, word: bytes = b"uillfeather") -> list[str]:
    """Files that hold a word of it, in any case or stemmed form."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    return sorted(p.name for p in files if word in p.read_bytes() or word in p.read_bytes().lower())


def test_no_byte_stays_in_the_journal(shell: Shell, tmp_path: Path) -> None:
    csv = tmp_path / "log.csv"
    csv.write_text(f"Date,Activity,Hours\n2026-06-01,{SECRET},2\n2026-06-02,Team meeting,1\n")
    assert shell("import", str(csv)).code == 0
    csv.unlink()
    shell("timer", "start", SECRET)
    shell("timer", "cancel")
    id = shell("list", "--search", "Quillfeather", "--json").json["entries"][0]["id"]
    shell("edit", id, "--learned", f"What {SECRET} taught me", "--notes", "In her words")
    shell("edit", id, "--title", "A visit")
    shell("undo")
    shell("delete", id)
    shell("undo")
    for path in (tmp_path / "journal-backups").iterdir():
        path.unlink()
    shell.as_at = "2026-06-29"
    done = shell("purge", id)
    assert done.code == 0
    assert "These files" not in done.err, done.err
    for path in (tmp_path / "journal-backups").iterdir():
        path.unlink()
    assert left_in(tmp_path) == []
    assert left_in(tmp_path, b"larkspur") == []
    assert shell("doctor").code == 0
    csv.write_text("Date,Activity,Hours\n2026-06-01,Another,2\n2026-06-02,Team meeting,1\n")
    assert shell("import", str(csv)).code == 0, "what imports remember still reads"


def test_every_file_that_still_holds_it_is_named(tmp_path: Path) -> None:
    journal = enrolled(tmp_path)
    id = journal.entries.add(activity(SECRET, notes="y" * 3000)).entry.id
    earlier = Journal(journal.path, Clock(date(2020, 1, 1))).backup.backup()
    copy = journal.backup.backup()
    aside = journal.backup.restore(copy)
    unfinished = tmp_path / f".journal.db.{os.getpid()}"
    unfinished.write_bytes(journal.path.read_bytes()[: 1 << 20])
    other = tmp_path / "journal-backups" / "by-hand.db"
    other.write_bytes(copy.read_bytes()[:-3000])
    left = journal.backup.purge(id)
    journal.close()
    assert set(left.files) == {earlier, copy, aside, unfinished, other}
    assert left.things == ()
    assert set(left_in(tmp_path)) == {path.name for path in left.files}


def test_words_that_stand_elsewhere_in_the_journal_are_named_there(tmp_path: Path) -> None:
    journal = enrolled(tmp_path)
    id = journal.entries.add(activity("A visit", notes=f"With {SECRET}.")).entry.id
    twin = journal.entries.add(activity("Another", learned=f"With {SECRET}.")).entry.id
    journal.drafts.save("entry:new", {"notes": f"With {SECRET}."})
    journal.drafts.save(f"entry:{id}:77-1", {"notes": "hers"})
    left = journal.backup.purge(id)
    assert set(left.things) == {
        *(f"entry {twin}", "draft entry:new"),
        f"the history of entry {twin}",
    }
    assert [draft.key for draft in journal.drafts.all()] == ["entry:new"]


def test_what_others_said_of_it_goes_too(tmp_path: Path) -> None:
    journal = enrolled(tmp_path)
    id = journal.entries.add(activity("A visit")).entry.id
    journal.verifying.verify([id], "Tutor", comment=f"About {SECRET}")
    journal.verifying.question(id, "Tutor", f"Who is {SECRET}?")
    journal.verifying.answer(id, f"{SECRET} is a resident")
    journal.backup.purge(id)
    journal.close()
    assert left_in(tmp_path) == []
    assert journal.verifying.questions(all=True) == ()
