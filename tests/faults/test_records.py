"""What does not read is named and set aside; the rest goes on, and doctor repairs what it can."""

from __future__ import annotations

import json
import sqlite3
import time
from pathlib import Path

import pytest

from ksbtui.errors import Unreadable
from ksbtui.journal.exchange.own_json import read_whole
from ksbtui.journal.journal import Journal
from tests.cli.kit import Shell
from tests.journals import activity, empty, enrolled

COMMANDS = ("status", "coach", "action list", "timeline", "next", "coverage", "hours", "list")


def spoil(path: Path, sql: str, *values: object) -> None:
    connection = sqlite3.connect(path)
    with connection:
        connection.execute(sql, values)
    connection.close()


BAD = [
    ("action", {"nonsense": 1}),
    ("call", {"id": "x", "day": "never"}),
    ("review", []),
    ("answer", {"ksbs": 5}),
    ("question", {"entry": 1}),
    ("employer-verified", {"ksbs": ["B1"]}),
    ("story", {"title": 9}),
    ("scan", {"ratings": "high"}),
    ("project-item", {"x": None}),
    ("timer", {"started_at": 3}),
    ("revisit", {"entry": 1}),
    ("signed", {"entry": []}),
    ("opening", {"minutes": "many"}),
    ("comment", {"text": None}),
]


@pytest.mark.parametrize(("kind", "body"), BAD, ids=[kind for kind, _ in BAD])
def test_a_record_that_does_not_read_stops_nothing(shell: Shell, kind: str, body: object) -> None:
    shell("log", "Work", "-t", "1h", "-k", "K1,B1")
    before = shell("status", "--json").json
    spoil(shell.path, "INSERT INTO record VALUES (?, 'bad', ?, 'at', 'at')", kind, json.dumps(body))
    for command in (*COMMANDS, "review", "discuss", "scan", "gateway", "project", "timer"):
        done = shell(*command.split())
        assert "Traceback" not in done.err, command
        assert done.code == 0 or command == "timer", (command, done)
    assert shell("status", "--json").json["hours"] == before["hours"]
    found = shell("doctor")
    assert found.code == 1
    assert f"Record {kind} bad" in found.out
    mended = shell("doctor", "--mend")
    assert mended.code == 0, mended
    assert "set aside" in mended.err
    with sqlite3.connect(shell.path) as connection:
        (kept,) = connection.execute("SELECT body FROM record WHERE kind = 'set-aside'").fetchone()
    assert json.loads(json.loads(kept)["text"]) == body
    assert not shell("status").err


def test_a_record_that_was_left_out_is_named(shell: Shell) -> None:
    spoil(shell.path, "INSERT INTO record VALUES ('action', 'bad', '{\"nonsense\": 1}', 'a', 'a')")
    done = shell("status")
    assert "The action bad cannot be read" in done.err
    assert "ksbtui doctor" in done.err


@pytest.mark.parametrize("kind", ["standard", "programme", "rules"])
@pytest.mark.parametrize("body", [None, '{"id": 1}'])
def test_a_missing_document_is_taken_from_the_shipped_ones(
    shell: Shell, kind: str, body: str | None
) -> None:
    shell("log", "Work", "-t", "1h", "-k", "K1")
    before = shell("status", "--json").json
    if body is None:
        spoil(shell.path, "DELETE FROM record WHERE kind = ?", kind)
    else:
        spoil(shell.path, "UPDATE record SET body = ? WHERE kind = ?", body, kind)
    now = shell("status", "--json")
    assert now.json["hours"] == before["hours"]
    assert f"The {kind} " in now.err
    assert shell("doctor").code == 1
    mended = shell("doctor", "--mend")
    assert mended.code == 0, mended
    assert not shell("status").err
    assert shell("status", "--json").json == before


def test_an_enrolment_that_does_not_read_is_not_begun_again(shell: Shell) -> None:
    shell("log", "Work", "-t", "1h")
    spoil(shell.path, "UPDATE record SET body = '{}' WHERE kind = 'enrolment'")
    assert "cannot be read" in shell.refused("status")
    assert shell("list").code in (0, 1)


@pytest.mark.parametrize(
    "sql",
    [
        "DELETE FROM entry_fts_data",
        "DROP TABLE entry_fts",
        "DROP TRIGGER entry_fts_update",
        "DELETE FROM entry_fts_docsize WHERE id = 1",
        "INSERT INTO entry_fts (entry_fts) VALUES ('delete-all')",
    ],
)
def test_a_search_index_that_lost_words_is_made_again(shell: Shell, sql: str) -> None:
    for title in ("Prompt workshop", "Reading"):
        shell("log", title, "-t", "1h")
    spoil(shell.path, sql)
    found = shell("doctor")
    assert found.code == 1, found
    assert "Search index" in found.out
    assert shell("doctor", "--mend").code == 0
    assert shell("list", "--search", "workshop", "--json").json["total"] == 1
    assert shell("log", "Another workshop", "-t", "1h").code == 0
    assert shell("list", "--search", "workshop", "--json").json["total"] == 2
    assert shell("doctor").code == 0


def test_an_entry_whose_days_do_not_read_is_named(shell: Shell) -> None:
    id = shell("log", "Work", "-t", "1h", "--json").json["id"]
    spoil(shell.path, "UPDATE entry SET verified_by = 'A', verified_day = 'soon'")
    assert f"Entry {id}" in shell("doctor").out


def document(folder: Path) -> dict[str, object]:
    journal = enrolled(folder)
    journal.entries.add(activity())
    from ksbtui.exports.making import export

    export(journal, "json", folder / "own.json")
    journal.close()
    loaded: dict[str, object] = json.loads((folder / "own.json").read_text())
    return loaded


def test_millions_of_wrong_records_are_refused_in_bounded_time(tmp_path: Path) -> None:
    path = tmp_path / "many.json"
    record = '{"kind":"action"}'
    head = '{"format": "ksbtui-journal", "version": 2, "records": ['
    path.write_text(head + ",".join([record] * 1_000_000) + '], "entries": []}')
    begun = time.process_time()
    with pytest.raises(Unreadable, match=r"records\.0"):
        read_whole(path)
    assert time.process_time() - begun < 10


@pytest.mark.parametrize(("kind", "body"), BAD, ids=[kind for kind, _ in BAD])
def test_a_bad_record_is_refused_with_its_place(tmp_path: Path, kind: str, body: object) -> None:
    whole = document(tmp_path)
    records = whole["records"]
    assert isinstance(records, list)
    instant = "2026-06-30T00:00:00Z"
    records.append(
        {"kind": kind, "id": "bad", "created_at": instant, "updated_at": instant, "body": body}
    )
    whole.pop("merging", None)
    (tmp_path / "bad.json").write_text(json.dumps(whole))
    fresh = empty(tmp_path / "new")
    with pytest.raises(Unreadable, match=rf"records\.{len(records) - 1}"):
        fresh.exchange.restore_json(tmp_path / "bad.json")
    assert not fresh.exists


@pytest.mark.parametrize("start", ["0001-01-01", "9999-12-31", "0000-01-01", "1899-12-31"])
def test_a_start_far_from_today_is_refused(bare: Shell, start: str) -> None:
    words = ("--standard", "ST1512", "--programme", "local-government-14-months")
    done = bare("setup", *words, "--start", start)
    assert "Traceback" not in done.err
    if done.code == 0:
        assert bare("status").code == 0
    else:
        assert not Journal(bare.path).exists


@pytest.mark.parametrize("way", ["new", "merge", "hand-over"])
@pytest.mark.parametrize("kind", ["enrolment", "standard", "programme", "rules"])
@pytest.mark.parametrize("spoilt", ["unknown", "missing", "wrong"])
def test_a_bad_document_comes_in_nowhere(
    shell: Shell, tmp_path: Path, kind: str, spoilt: str, way: str
) -> None:
    shell("log", "Work", "-t", "1h")
    path = tmp_path / "bad.json"
    if way == "hand-over":
        assert not shell("handover", "share", str(path), "--plain", "--keep-personal-data").code
    else:
        assert not shell("export", "json", str(path)).code
    whole = json.loads(path.read_text())
    at = next(n for n, record in enumerate(whole["records"]) if record["kind"] == kind)
    body = whole["records"][at]["body"]
    if spoilt == "unknown":
        body["nonsense"] = 1
    elif spoilt == "missing":
        body.pop({"enrolment": "start"}.get(kind, "title" if "title" in body else "id"))
    else:
        body["id" if way == "new" else next(key for key in body if key != "id")] = {"x": []}
    path.write_text(json.dumps(whole))
    before = shell.path.read_bytes()
    fresh = ["--journal", str(tmp_path / "fresh.db")]
    command = {"new": [*fresh, "import"], "merge": ["import"], "hand-over": ["handover", "open"]}
    last = ["status"] if way == "hand-over" else []
    said = shell.refused(*command[way], str(path), *last)
    assert f"records.{at}.body" in said, said
    assert shell.path.read_bytes() == before
    assert not (tmp_path / "fresh.db").exists()
