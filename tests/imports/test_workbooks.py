"""Files as providers and learners keep them, in exact rows, minutes and codes."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.imports.conftest import Command
from tests.imports.workbooks import BOOKS, Book

NONE: frozenset[str] = frozenset()
HEADINGS = [(book, heading) for book in BOOKS for heading in book.headings]


@pytest.mark.parametrize("book", BOOKS, ids=lambda book: book.name)
def test_a_file_comes_in_whole_once_and_goes_again(
    enrolled: Command, tmp_path: Path, book: Book
) -> None:
    path = tmp_path / book.name
    book.build(path, NONE)
    plan = enrolled("import", path, *book.options, "--dry-run", "--json")[1]
    assert (plan["added"], plan["minutes"]) == (book.entries, book.minutes)
    assert sum(table["minutes"] for table in plan["tables"]) == book.minutes
    done = enrolled("import", path, *book.options, "--json")[1]
    assert (done["added"], done["minutes"]) == (book.entries, book.minutes)
    said = {note["row"] for note in (*done["skipped"], *done["warnings"])}
    assert said >= set(book.said)
    entries = enrolled("list", "--limit", "500", "--json")[1]["entries"]
    codes = {code for entry in entries for code in entry["ksbs"]}
    assert codes == set(book.codes.split())
    titles = {entry["title"] for entry in entries}
    assert titles >= set(book.titles)
    assert enrolled("doctor")[0] == 0
    again = enrolled("import", path, *book.options, "--json")[1]
    assert (again["added"], again["changed"], again["unchanged"]) == (0, 0, book.entries)
    assert enrolled("undo")[0] == 0
    assert enrolled("list", "--json")[1]["total"] == 0


@pytest.mark.parametrize(
    ("book", "heading"), HEADINGS, ids=[f"{b.name}-{h.strip()}" for b, h in HEADINGS]
)
def test_no_heading_is_missed_without_a_word(
    enrolled: Command, tmp_path: Path, book: Book, heading: str
) -> None:
    path = tmp_path / book.name
    book.build(path, NONE)
    whole = enrolled("import", path, *book.options, "--dry-run", "--json")[1]
    book.build(path, frozenset([heading]))
    code, less, err = enrolled("import", path, *book.options, "--dry-run", "--json")
    if code:
        assert "ksbtui" not in err or "Traceback" not in err
        return
    before = {(note["row"], note["reason"]) for note in whole["warnings"]}
    now = {(note["row"], note["reason"]) for note in less["warnings"]}
    assert now - before
