"""ksbtui's own JSON: out and in again without a trace, merged by id, refused when broken."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from ksbtui.clock import Clock
from ksbtui.errors import Conflict, KsbtuiError, NotFound, Unreadable
from ksbtui.journal.demo.demo import make_demo
from ksbtui.journal.exchange.exchange import is_ksbtui_json
from ksbtui.journal.journal import Journal
from ksbtui.journal.programme.enrolments import Agreed
from tests.journals import whole_json

DAY = Clock(date(2026, 9, 23))


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("own")
    journal = make_demo(folder / "demo.db", DAY, 40)
    path = folder / "record.json"
    path.write_text(whole_json(journal), encoding="utf-8")
    journal.close()
    return path


@pytest.fixture
def fresh(tmp_path: Path) -> Journal:
    return Journal(tmp_path / "journal.db", DAY)


def text_of(journal: Journal) -> str:
    return whole_json(journal)


def changed(source: Path, target: Path, change: Callable[[Any], object]) -> Path:
    document = json.loads(source.read_text(encoding="utf-8"))
    change(document)
    target.write_text(json.dumps(document), encoding="utf-8")
    return target


def test_a_restore_gives_the_same_bytes_and_nothing_to_undo(exported: Path, fresh: Journal) -> None:
    taken = fresh.exchange.restore_json(exported)
    assert taken.restored
    assert (taken.added, taken.changed, taken.unchanged) == (40, 0, 0)
    assert text_of(fresh).encode() == exported.read_bytes()
    assert fresh.backup.check().well
    with pytest.raises(NotFound):
        fresh.undo()


def test_a_dry_run_makes_no_file(exported: Path, fresh: Journal) -> None:
    assert fresh.exchange.restore_json(exported, dry_run=True).added == 40
    assert not fresh.exists


def test_the_same_file_again_changes_nothing(exported: Path, fresh: Journal) -> None:
    fresh.exchange.restore_json(exported)
    taken = fresh.exchange.restore_json(exported)
    assert (taken.unchanged, taken.wrote) == (40, False)
    assert len(fresh.history()) == 1


def test_an_edited_file_changes_what_was_not_changed_here_and_one_undo_takes_it_back(
    exported: Path, fresh: Journal, tmp_path: Path
) -> None:
    fresh.exchange.restore_json(exported)
    ids = [entry.id for entry in fresh.exchange.live_entries()]
    fresh.entries.change(ids[0], title="Changed here, later than in the file")
    fresh.entries.delete([ids[1]])
    before = text_of(fresh)

    def edit(document: Any) -> None:
        document["entries"][2]["title"] = "Changed in the file"

    taken = fresh.exchange.restore_json(changed(exported, tmp_path / "edited.json", edit))
    assert (taken.added, taken.changed, taken.unchanged, taken.kept) == (0, 1, 38, 1)
    assert fresh.entries.get(ids[0]).title == "Changed here, later than in the file"
    with pytest.raises(NotFound):
        fresh.entries.get(ids[1])
    assert fresh.entries.get(ids[2]).title == "Changed in the file"
    assert fresh.backup.check().well
    fresh.undo()
    assert text_of(fresh) == before


def test_the_demos_mark_stays_with_the_demo(exported: Path, fresh: Journal) -> None:
    fresh.exchange.restore_json(exported)
    with fresh.writing("Mine") as batch:
        batch.put_record("setting", "demo", None)
    fresh.exchange.restore_json(exported)
    assert fresh.store.record("setting", "demo") is None


def test_two_enrolments_at_once_are_refused(exported: Path, fresh: Journal) -> None:
    fresh.enrolments.set_up(Agreed("AU0002", "au0002-16-weeks", date(2026, 8, 1)))
    before = text_of(fresh)
    with pytest.raises(Conflict):
        fresh.exchange.restore_json(exported)
    assert text_of(fresh) == before
    assert len(fresh.courses) == 1


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda d: d["entries"][3].update(minutes=0), "entries.3.minutes"),
        (lambda d: d["entries"][3].update(minutes="90"), "entries.3.minutes"),
        (lambda d: d["entries"][3].update(day="2026-02-30"), "entries.3.day"),
        (lambda d: d["entries"][3].update(id="../../etc"), "entries.3.id"),
        (lambda d: d["entries"][3].update(ksbs=["K1", "X9"]), "entries.3.ksbs"),
        (lambda d: d["entries"][3].update(mood="good"), "entries.3.mood"),
        (lambda d: d["entries"].append(d["entries"][0]), "twice"),
        (lambda d: d.update(records=[r for r in d["records"] if r["kind"] != "rules"]), "missing"),
        (lambda d: d["records"].clear(), "no enrolment"),
        (lambda d: d.update(version=99), "newer ksbtui"),
        (lambda d: d.pop("entries"), "entries"),
    ],
)
def test_a_broken_file_is_refused_by_its_place(
    exported: Path, fresh: Journal, tmp_path: Path, change: Callable[[Any], object], said: str
) -> None:
    with pytest.raises(Unreadable) as refusal:
        fresh.exchange.restore_json(changed(exported, tmp_path / "broken.json", change))
    assert said in refusal.value.message
    assert not fresh.exists


def test_a_truncated_file_is_refused(exported: Path, fresh: Journal, tmp_path: Path) -> None:
    cut = tmp_path / "cut.json"
    cut.write_bytes(exported.read_bytes()[:5000])
    with pytest.raises(Unreadable, match="cut short"):
        fresh.exchange.restore_json(cut)


def test_stopping_half_way_leaves_no_file(exported: Path, fresh: Journal) -> None:
    def stop(done: int, total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fresh.exchange.restore_json(exported, stop)
    assert list(fresh.path.parent.glob("journal*")) == []


def test_our_json_is_known_by_its_content(exported: Path, tmp_path: Path) -> None:
    assert is_ksbtui_json(exported)
    reordered = tmp_path / "sorted.txt"
    reordered.write_text(json.dumps(json.loads(exported.read_text()), sort_keys=True, indent=1))
    assert is_ksbtui_json(reordered)
    other = tmp_path / "other.json"
    other.write_text(json.dumps({"note": '"format": "ksbtui-journal"'}))
    empty = tmp_path / "empty.json"
    empty.touch()
    assert not any(map(is_ksbtui_json, (other, empty, tmp_path, tmp_path / "none")))


def test_names_are_kept_once_and_forgotten_in_any_case(fresh: Journal) -> None:
    fresh.enrolments.set_up(Agreed("AU0002", "au0002-16-weeks", date(2026, 8, 1)))
    assert fresh.exchange.keep_names(["  Ruth  Adeyemi", "ruth adeyemi", "Colin"]) == (
        "Colin",
        "Ruth Adeyemi",
    )
    assert fresh.exchange.keep_names(forget=["COLIN"]) == ("Ruth Adeyemi",)
    with pytest.raises(KsbtuiError):
        fresh.entries.get("none")
