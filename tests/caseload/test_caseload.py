"""A tutor's caseload: rows from files, whatever else lies beside them."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from ksbtui.clock import Clock
from ksbtui.core.caseload.caseload import MISSING, SORTS, UNREADABLE, Learner, cohort, ordered
from ksbtui.errors import NotFound
from ksbtui.journal.caseload.reading import read_caseload
from ksbtui.journal.exchange.handover import HandOver
from tests.caseload.making import AS_AT, demo, made, write
from tests.cli.kit import Shell

CLOCK = Clock(AS_AT)


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> HandOver:
    return demo(tmp_path_factory.mktemp("demo"))


@pytest.fixture
def folder(tmp_path: Path, base: HandOver) -> Path:
    found = tmp_path / "shared"
    found.mkdir()
    for number in range(3):
        write(found, made(base, number))
    return found


@pytest.fixture
def shell(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Shell:
    return Shell(tmp_path / "none.db", capsys, AS_AT.isoformat())


def test_a_row_says_what_the_journal_says(
    base: HandOver, folder: Path, shell: Shell, tmp_path: Path
) -> None:
    path = str(write(tmp_path, made(base, 1)))
    (row,) = shell("caseload", path, "--json").json["learners"]
    status = shell("handover", "open", path, "status", "--json").json
    hours, coverage = status["hours"], shell("handover", "open", path, "coverage", "--json").json
    assert row["counted"] == hours["counted_minutes"]
    assert row["planned"] == hours["planned_to_date_minutes"]
    assert row["variance"] == hours["variance_minutes"]
    assert row["verified"] == hours["verified_minutes"]
    assert row["gaps"] == coverage["gaps"]
    assert row["actions_open"] == status["actions_open"]
    assert row["review_due"] == status["next_review"]["due_month_end"]
    assert row["gateway"] == status["enrolment"]["plan_end"]


def test_files_are_read_once_and_the_newest_is_taken(folder: Path, base: HandOver) -> None:
    first = read_caseload([folder], CLOCK)
    assert (first.read, first.kept) == (3, 0)
    again = read_caseload([folder], CLOCK)
    assert (again.read, again.kept) == (0, 3)
    assert again.cases == first.cases
    older = made(base, 1, "2026-11-01T09:00:00.000Z")
    write(folder, replace(older, entries=()), "older.ksb")
    found = read_caseload([folder], CLOCK)
    assert (found.read, found.older, len(found.cases)) == (1, 1, 3)
    assert found.cases == first.cases
    tomorrow = read_caseload([folder], Clock(AS_AT + timedelta(days=1)))
    assert tomorrow.read == 4


def test_what_is_kept_is_encrypted(folder: Path, tmp_path: Path) -> None:
    read_caseload([folder], CLOCK)
    kept = list((tmp_path / "home").rglob("caseload.age"))
    assert len(kept) == 1
    assert b"Learner" not in kept[0].read_bytes()
    kept[0].write_bytes(b"age-encryption.org/v1\nbroken")
    assert read_caseload([folder], CLOCK).read == 3


def test_whatever_else_lies_in_the_folder(folder: Path, base: HandOver, tmp_path: Path) -> None:
    import pyrage

    for number in range(100):
        (folder / f"note-{number}.txt").write_text("Not ours")
    whole = (folder / "learner0000.ksb").read_bytes()
    (folder / "half.ksb").write_bytes(whole[: len(whole) // 2])
    (folder / ".learner0009.ksb.tmp").write_bytes(whole[:100])
    stranger = pyrage.x25519.Identity.generate().to_public()
    (folder / "theirs.ksb").write_bytes(pyrage.encrypt(whole, [stranger]))
    (folder / "learners.txt").write_text("Learner 0001\nZadie Smith\nname\n")
    found = read_caseload([folder], CLOCK)
    states = {case.name: case.state for case in found.cases}
    assert found.other == 100
    assert states["half.ksb"] == states["theirs.ksb"] == UNREADABLE
    assert states["Zadie Smith"] == MISSING
    assert len(found.cases) == 6


def test_who_is_gone_is_still_listed(folder: Path) -> None:
    read_caseload([folder], CLOCK)
    (folder / "learner0002.ksb").unlink()
    found = read_caseload([folder], CLOCK)
    gone = [case for case in found.cases if case.state == MISSING]
    assert [case.name for case in gone] == ["Learner 0002"]
    assert "last one was from 2026-11-25" in gone[0].problem
    with pytest.raises(NotFound):
        read_caseload([folder / "nowhere"], CLOCK)


def learner(name: str, **values: object) -> Learner:
    start, gateway = date(2026, 1, 12), date(2027, 2, 11)
    shown = {"made_at": "2026-11-25T09:00:00Z", "as_at": AS_AT, **values}
    return Learner(name, name, "ST1512", "plain", start, gateway, **shown)  # type: ignore[arg-type]


def test_orders_and_filters(folder: Path) -> None:
    cases = read_caseload([folder], CLOCK, names=["Nobody"]).cases
    for by in SORTS:
        assert len(ordered(cases, by)) == 4
        assert ordered(cases, by)[-1].name == "Nobody"
    names = [case.name for case in ordered(cases, "name")]
    assert names == [*sorted(names[:-1]), "Nobody"]
    hours = [case.learner.variance for case in ordered(cases, "hours") if case.learner]
    assert hours == sorted(hours)
    assert [case.name for case in ordered(cases, words="0001 plan")] == ["Learner 0001"]


def test_alerts_and_the_cohort() -> None:
    from ksbtui.core.caseload.caseload import Case

    late = learner("Late", planned=1000, counted=800, gaps=("K1", "K2"), idle=("2026-09",))
    good = learner("Good", planned=1000, counted=1000, month=60, gaps=("K2",))
    near = replace(good, id="near", name="Near", gateway=date(2027, 1, 15))
    old = replace(good, id="old", name="Old", made_at="2026-09-01T09:00:00Z", review_due=AS_AT)
    ended = replace(late, id="ended", name="Ended", ended=AS_AT)
    assert late.alerts == (
        "no training in September 2026",
        "3 h 20 m behind plan",
        "2 gaps, gateway 11 Feb",
    )
    assert good.alerts == ("1 gap, gateway 11 Feb",)
    assert old.alerts[-1] == "file is 86 days old"
    assert ended.alerts == ()
    everybody = [Case(one.name, learner=one) for one in (late, good, near, old, ended)]
    group = cohort(everybody, AS_AT)
    assert group.untrained == ("Late",)
    assert group.lacking == (("ST1512", "K2"),)
    assert dict(group.bands)["10 to 25 % behind"] == 1
    assert dict(group.bands)["within 10 %"] == 3
    assert group.gateways[0] == ("Near", date(2027, 1, 15), 1)
    assert group.learners == 4


def test_the_same_as_files(folder: Path, shell: Shell, tmp_path: Path) -> None:
    from openpyxl import load_workbook

    for suffix in ("csv", "json", "xlsx"):
        assert shell("caseload", str(folder), "--export", str(tmp_path / f"c.{suffix}")).code == 0
    rows = list(csv.DictReader(io.StringIO((tmp_path / "c.csv").read_text())))
    document = json.loads((tmp_path / "c.json").read_text())["learners"]
    sheet = load_workbook(tmp_path / "c.xlsx").active
    assert sheet is not None
    assert [row["Learner"] for row in rows] == [one["name"] for one in document]
    assert [sheet.cell(i, 1).value for i in range(2, 5)] == [row["Learner"] for row in rows]
    assert float(rows[0]["Counted hours"]) == pytest.approx(document[0]["counted"] / 60, abs=0.01)
    assert "cannot be written" in shell.refused("caseload", str(folder), "--export", "c.pdf")
    assert "cannot be sorted" in shell.refused("caseload", str(folder), "--sort", "luck")
    assert shell("caseload").code == 2
    assert "Nobody has shown" in shell("caseload", str(folder), "--cohort").out
    assert shell("caseload", str(folder), "--cohort", "--json").json["learners"] == 3
