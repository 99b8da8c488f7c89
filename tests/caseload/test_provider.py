"""The provider's database: a real PostgreSQL, one login role a tutor."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from ksbtui.clock import Clock
from ksbtui.errors import Conflict, KsbtuiError, NotFound
from ksbtui.journal.caseload.pushing import rows_of
from ksbtui.journal.caseload.reading import learner_of
from ksbtui.journal.exchange.handover import HandOver
from ksbtui.store.provider.server import (
    ADDED,
    CHANGED,
    TABLES,
    UNCHANGED,
    Rows,
    actual_hours,
    connected,
    purge,
    push,
    report,
    set_up,
)
from tests.caseload.making import AS_AT, demo, made, write
from tests.caseload.postgres import Server, missing
from tests.cli.kit import Shell

pytest.importorskip("psycopg")
pytestmark = pytest.mark.skipif(bool(missing()), reason=missing() or "it is installed")
CLOCK = Clock(AS_AT)
MANY = 40
"""Learners of the comparison; the benchmark compares 200."""


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    running = Server()
    with connected(running.url()) as one:
        set_up(one)
        set_up(one)
        for name in ("ruth", "sam"):
            one.execute(f"CREATE ROLE {name} LOGIN IN ROLE ksbtui_tutor")
        one.execute("CREATE ROLE head LOGIN IN ROLE ksbtui_provider")
    yield running
    running.stop()


@pytest.fixture(autouse=True)
def _empty(server: Server) -> None:
    with connected(server.url()) as one:
        one.execute("DELETE FROM ksbtui.learner")


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> list[HandOver]:
    base = demo(tmp_path_factory.mktemp("demo"))
    return [made(base, number) for number in range(MANY)]


@pytest.fixture(scope="module")
def pushed(files: list[HandOver]) -> list[Rows]:
    return [rows_of(file, Path("made.ksb"), CLOCK) for file in files]


def everything(server: Server, role: str = "postgres") -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table that a role sees."""
    with connected(server.url(role)) as one:
        return {
            table: sorted(
                (tuple(row.values()) for row in one.execute(f"SELECT * FROM ksbtui.{table}")),
                key=str,
            )
            for table in ("learner", *TABLES)
        }


def push_all(server: Server, rows: list[Rows], role: str = "ruth") -> list[str]:
    with connected(server.url(role)) as one:
        return [push(one, row) for row in rows]


def test_the_report_is_the_local_one(
    server: Server, files: list[HandOver], pushed: list[Rows]
) -> None:
    push_all(server, pushed)
    for day in (AS_AT, AS_AT + timedelta(days=40)):
        local = [learner_of(file, Path("made.ksb"), Clock(day)) for file in files]
        with connected(server.url("ruth")) as one:
            found = report(one, day)
            hours = actual_hours(one, day)
        assert found == sorted(local, key=lambda row: (row.name, row.id))
        assert [(h.id, h.actual) for h in hours] == [(row.id, row.counted) for row in found]


def test_pushing_again_changes_nothing(
    server: Server, files: list[HandOver], pushed: list[Rows]
) -> None:
    assert set(push_all(server, pushed[:5])) == {ADDED}
    before = everything(server)
    assert set(push_all(server, pushed[:5])) == {UNCHANGED}
    older = replace(files[0], made_at="2026-11-01T00:00:00.000Z", entries=())
    assert push_all(server, [rows_of(older, Path("x"), CLOCK)]) == [UNCHANGED]
    assert everything(server) == before
    newer = replace(files[0], made_at="2026-11-26T00:00:00.000Z", entries=files[0].entries[:3])
    assert push_all(server, [rows_of(newer, Path("x"), CLOCK)]) == [CHANGED]
    now = everything(server)
    assert [row for row in now["entry"] if row[1] == "learner0000"] != []
    assert len(now["entry"]) == len(before["entry"]) - len(files[0].entries) + 3


def test_twenty_push_at_once(server: Server, pushed: list[Rows]) -> None:
    some = pushed[:8]
    push_all(server, some)
    alone = everything(server)
    with connected(server.url()) as one:
        one.execute("DELETE FROM ksbtui.learner")
    failed: list[BaseException] = []

    def run(number: int) -> None:
        try:
            push_all(server, some[number % 8 :] + some[: number % 8])
        except KsbtuiError as problem:
            failed.append(problem)

    threads = [threading.Thread(target=run, args=(number,)) for number in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    assert everything(server) == alone


def test_a_server_killed_in_the_middle(server: Server, pushed: list[Rows]) -> None:
    push_all(server, pushed)
    whole = everything(server)
    with connected(server.url()) as one:
        one.execute("DELETE FROM ksbtui.learner")
    problems: list[KsbtuiError] = []

    def run() -> None:
        try:
            push_all(server, pushed)
        except KsbtuiError as problem:
            problems.append(problem)

    pusher = threading.Thread(target=run)
    pusher.start()
    while pusher.is_alive():
        with connected(server.url()) as one:
            row = one.execute("SELECT count(*) AS n FROM ksbtui.learner").fetchone()
        if row and row["n"] >= 3:
            break
        time.sleep(0.005)
    server.kill()
    pusher.join()
    server.start()
    assert [problem.hint[:26] for problem in problems] == ["Run the same command again"]
    between = everything(server)
    assert 0 < len(between["learner"]) < len(pushed)
    for table, rows in between.items():
        assert set(rows) <= set(whole[table]), "half a file was kept"
    push_all(server, pushed)
    assert everything(server) == whole


SPYING = (
    "SET ROLE ruth",
    "SET SESSION AUTHORIZATION ruth",
    "SET row_security = off",
    "SET ksbtui.tutor = 'ruth'",
    "SELECT set_config('role', 'ruth', false)",
    "SELECT set_config('ksbtui.tutor', 'ruth', false)",
    "ALTER TABLE ksbtui.learner DISABLE ROW LEVEL SECURITY",
    "ALTER TABLE ksbtui.learner NO FORCE ROW LEVEL SECURITY",
    "DROP POLICY own ON ksbtui.learner",
    "CREATE POLICY mine ON ksbtui.learner USING (true)",
    "GRANT ksbtui_provider TO sam",
    "GRANT ruth TO sam",
    "ALTER ROLE sam SUPERUSER",
    "ALTER ROLE sam BYPASSRLS",
    "UPDATE ksbtui.learner SET tutor = 'sam'",
    "UPDATE ksbtui.entry SET tutor = 'sam'",
    "DELETE FROM ksbtui.learner",
    "DELETE FROM ksbtui.entry WHERE tutor = 'ruth'",
    "TRUNCATE ksbtui.learner CASCADE",
    "INSERT INTO ksbtui.review (tutor, learner, day) VALUES ('ruth', 'learner0000', '2026-01-01')",
    "CREATE TEMP TABLE stolen AS SELECT * FROM ksbtui.learner",
    "CREATE FUNCTION pg_temp.spy(text) RETURNS boolean LANGUAGE plpgsql COST 0.0000001 AS "
    "$$ BEGIN RAISE NOTICE '%', $1; INSERT INTO pg_temp.seen VALUES ($1); RETURN true; END $$",
)


def test_a_tutor_reads_no_row_of_another(server: Server, pushed: list[Rows]) -> None:
    import psycopg

    push_all(server, pushed[:3], "ruth")
    before = everything(server)
    assert all(rows == [] for rows in everything(server, "sam").values())
    with psycopg.connect(server.url("sam"), autocommit=True) as spy:
        spy.execute("CREATE TEMP TABLE seen (text text)")
        for statement in SPYING:
            with suppress(psycopg.Error):
                spy.execute(statement)
            for table in ("learner", *TABLES):
                try:
                    found = spy.execute(f"SELECT * FROM ksbtui.{table}").fetchall()
                except psycopg.Error:
                    found = []
                assert found == [], (statement, table)
            spy.execute("RESET row_security")
        spy.execute("SELECT * FROM ksbtui.learner WHERE pg_temp.spy(name)")
        spy.execute("SELECT * FROM ksbtui.learner WHERE name::int > 0")
        assert spy.execute("SELECT * FROM pg_temp.seen").fetchall() == []
        with spy.cursor() as cursor, cursor.copy("COPY ksbtui.entry TO STDOUT") as copied:
            assert list(copied) == []
        seen = spy.execute("SELECT * FROM pg_stats WHERE schemaname = 'ksbtui'").fetchall()
        assert seen == []
    assert everything(server) == before
    with pytest.raises(Conflict, match="belongs to another tutor"):
        push_all(server, [replace_made(pushed[0])], "sam")
    with pytest.raises(NotFound), connected(server.url("sam")) as one:
        purge(one, "learner0000")
    assert everything(server) == before


def replace_made(rows: Rows) -> Rows:
    return Rows({**rows.learner, "made_at": "2027-01-01T00:00:00.000Z"}, rows.tables)


def test_who_sees_all_and_purges(server: Server, pushed: list[Rows]) -> None:
    push_all(server, pushed[:2], "ruth")
    push_all(server, pushed[2:4], "sam")
    with connected(server.url("head")) as one:
        assert len(report(one, AS_AT)) == 4
        assert purge(one, "learner0002") == "Learner 0002"
    with pytest.raises(Conflict, match="is not allowed to do that"):
        push_all(server, [pushed[5]], "head")
    left = everything(server)
    assert len(left["learner"]) == 3
    assert all(row[1] != "learner0002" for table in TABLES for row in left[table])


def test_by_commands(
    server: Server,
    files: list[HandOver],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    shell = Shell(tmp_path / "none.db", capsys, AS_AT.isoformat())
    folder = tmp_path / "shared"
    folder.mkdir()
    for file in files[:4]:
        write(folder, file)
    (folder / "half.ksb").write_bytes((folder / "learner0000.ksb").read_bytes()[:500])
    url = server.url("ruth")
    done = shell("caseload", "push", url, str(folder), "--json").json
    assert (done["added"], len(done["skipped"])) == (4, 1)
    again = shell("caseload", "push", url, str(folder), "--json").json
    assert (again["added"], again["unchanged"]) == (0, 4)
    here = shell("caseload", str(folder), "--json").json["learners"]
    there = shell("caseload", "--from", url, "--json").json["learners"]
    for one in (*here, *there):
        one.pop("path")
    assert [one for one in here if one["state"] == "read"] == there
    both = (str(folder),), ("--from", url)
    lines = [shell("caseload", *words, "--hours").out for words in both]
    assert lines[0] == lines[1]
    with monkeypatch.context() as patch:  # hours alone do not ask for the whole report
        patch.delattr("ksbtui.store.provider.server.report")
        assert shell("caseload", "--from", url, "--hours", "--json").json["learners"]
    assert "Removed Learner 0001" in shell("caseload", "purge", url, "learner0001").out
    assert "no learner" in shell.refused("caseload", "purge", url, "learner0001")


def test_servers_that_do_not_serve(
    server: Server, pushed: list[Rows], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shell = Shell(tmp_path / "none.db", capsys, AS_AT.isoformat())
    down = f"postgresql://ruth:s3cret@/postgres?host={tmp_path}"
    said = shell.refused("caseload", "--from", down)
    assert "cannot be reached" in said
    assert "s3cret" not in said
    assert "cannot be reached" in shell.refused("caseload", "--from", server.url("nobody"))
    assert "not the address" in shell.refused("caseload", "--from", "http://example.org")
    with connected(server.url()) as one:
        one.execute("DROP DATABASE IF EXISTS bare")
        one.execute("CREATE DATABASE bare")
    assert "contains no caseload" in shell.refused(
        "caseload", "--from", server.url(database="bare")
    )
    with connected(server.url()) as one:
        one.execute("ALTER ROLE ruth SET default_transaction_read_only = on")
    try:
        with pytest.raises(Conflict, match="read-only"):
            push_all(server, pushed[:1])
    finally:
        with connected(server.url()) as one:
            one.execute("ALTER ROLE ruth RESET default_transaction_read_only")


def test_no_words_are_in_the_database(
    server: Server, files: list[HandOver], pushed: list[Rows]
) -> None:
    push_all(server, pushed)
    text = str(everything(server))
    assert "Learner 0001" in text
    for entry in files[0].entries:
        assert entry.title not in text
