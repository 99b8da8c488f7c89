"""Artefacts: hashed where they lie, copied when asked, checked later."""

from __future__ import annotations

import hashlib
import os
import stat
from pathlib import Path

import pytest

from ksbtui.core.entry.entries import Evidence
from ksbtui.errors import KsbtuiError
from ksbtui.journal.journal import Journal
from ksbtui.store.files import evidence_files
from tests.journal.conftest import entry


@pytest.fixture
def logged(journal: Journal) -> str:
    return journal.entries.add(entry()).entry.id


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "work" / "report [red].txt"
    path.parent.mkdir()
    path.write_bytes(b"saved 9 hours")
    return path


def attached(journal: Journal, id: str) -> Evidence:
    return journal.entries.get(id).evidence[-1]


def test_a_typed_path_is_completed_by_what_is_in_its_folder(tmp_path: Path) -> None:
    from ksbtui.store.files.evidence_files import completions

    for name in ("Map.txt", "map two.txt", ".hidden", "other [red].txt", "bad\x1bname"):
        (tmp_path / name).write_text("x")
    (tmp_path / "mapped").mkdir()
    found = [path.removeprefix(f"{tmp_path}/") for path in completions(f"{tmp_path}/map")]
    assert found == ["map two.txt", "Map.txt", "mapped/"]
    assert completions(f"{tmp_path}/.h") == [f"{tmp_path}/.hidden"]
    assert f"{tmp_path}/.hidden" not in completions(f"{tmp_path}/")
    assert not any("bad" in path for path in completions(f"{tmp_path}/"))
    for typed in (f"{tmp_path}/no/such", "~nobody-here/x", "\0", f"{tmp_path}/Map.txt/"):
        assert completions(typed) == [], typed


def test_a_file_is_hashed_and_stays(journal: Journal, logged: str, report: Path) -> None:
    journal.evidence.add(logged, str(report), kind="Impact", note="May", private=True)
    item = attached(journal, logged)
    assert (item.kind, item.title, item.target) == ("impact report", report.name, str(report))
    assert (item.sha256, item.size) == (hashlib.sha256(b"saved 9 hours").hexdigest(), 13)
    assert (item.note, item.private, item.copied) == ("May", True, False)


def test_a_copy_is_private_and_outlives_the_file(
    journal: Journal, logged: str, report: Path
) -> None:
    journal.evidence.add(logged, str(report), copy=True)
    report.unlink()
    item = attached(journal, logged)
    kept = Path(item.target)
    assert kept.name == f"{item.sha256}.txt"
    assert (item.title, item.copied, kept.read_bytes()) == (report.name, True, b"saved 9 hours")
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert stat.S_IMODE(kept.parent.stat().st_mode) == 0o700
    assert [item.state for item in journal.evidence.check()] == ["present"]


def test_links_are_kept_as_given_and_never_followed(journal: Journal, logged: str) -> None:
    journal.evidence.add(logged, "https://example.org/a[b]?c=d")
    assert attached(journal, logged).target == "https://example.org/a[b]?c=d"
    assert [item.state for item in journal.evidence.check()] == ["link"]


@pytest.mark.parametrize(
    "target", ["", ".", "/dev/null", "gone.txt", "a\0b", "https://a b", "\ud800.txt", "~nobody9/x"]
)
def test_what_is_no_file_is_refused(journal: Journal, logged: str, target: str) -> None:
    with pytest.raises(KsbtuiError) as refusal:
        journal.evidence.add(logged, target)
    assert refusal.value.hint
    assert not journal.entries.get(logged).evidence


def test_pipes_and_unknown_kinds_are_refused(
    journal: Journal, logged: str, report: Path, tmp_path: Path
) -> None:
    os.mkfifo(tmp_path / "pipe")
    for target, kind in ((tmp_path / "pipe", ""), (report, "poem")):
        with pytest.raises(KsbtuiError):
            journal.evidence.add(logged, str(target), kind=kind)


@pytest.mark.skipif(getattr(os, "geteuid", int)() == 0, reason="nothing is unreadable for root")
def test_an_unreadable_file_is_refused(journal: Journal, logged: str, report: Path) -> None:
    report.chmod(0)
    with pytest.raises(KsbtuiError, match="cannot be read"):
        journal.evidence.add(logged, str(report))


def test_a_file_that_grows_while_it_is_read_is_noticed(
    journal: Journal, logged: str, report: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(evidence_files.os, "fstat", _stat_before_growth(report))  # type: ignore[attr-defined]
    for copy in (False, True):
        with pytest.raises(KsbtuiError, match="changed while ksbtui read it"):
            journal.evidence.add(logged, str(report), copy=copy)
    folder = journal.path.parent / "journal-evidence"
    assert not list(folder.iterdir())


def _stat_before_growth(path: Path) -> object:
    """A ``fstat`` after which the file grows by a byte."""
    real = os.fstat

    def fstat(number: int) -> os.stat_result:
        found = real(number)
        with path.open("ab") as file:
            file.write(b"!")
        return found

    return fstat


def test_missing_moved_and_changed(journal: Journal, logged: str, report: Path) -> None:
    journal.evidence.add(logged, str(report))
    (report.parent / "archive").mkdir()
    moved = report.rename(report.parent / "archive" / "renamed.txt")
    (found,) = journal.evidence.check()
    assert (found.state, found.moved_to, found.well) == ("moved", str(moved), False)
    journal.evidence.point(found.attachment.item.id, str(moved))
    assert journal.evidence.check()[0].well
    moved.write_bytes(b"saved 8 hours")
    assert journal.evidence.check()[0].state == "changed"
    moved.unlink()
    assert journal.evidence.check()[0].state == "missing"


def test_change_remove_and_undo(journal: Journal, logged: str, report: Path) -> None:
    journal.evidence.add(logged, str(report))
    id = attached(journal, logged).id
    journal.evidence.change(id[:4], title="Saving", kind="risk", private=True)
    item = attached(journal, logged)
    assert (item.title, item.kind, item.private) == ("Saving", "risk assessment", True)
    journal.evidence.remove(id)
    assert not journal.entries.get(logged).evidence
    journal.undo()
    assert attached(journal, logged) == item


def test_only_files_that_are_there_and_web_pages_are_opened(
    journal: Journal, logged: str, report: Path
) -> None:
    journal.evidence.add(logged, str(report))
    id = attached(journal, logged).id
    assert journal.evidence.viewer(id)[1:] == (str(report),)
    report.unlink()
    with pytest.raises(KsbtuiError, match="no longer there"):
        journal.evidence.viewer(id)
    journal.evidence.add(logged, "javascript://alert")
    with pytest.raises(KsbtuiError, match="web page"):
        journal.evidence.viewer(attached(journal, logged).id)
