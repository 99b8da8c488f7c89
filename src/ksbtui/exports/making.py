"""Making an export: build it, check it for personal data, and write it whole or not at all."""

from __future__ import annotations

import os
import shutil
import signal
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from errno import ENOENT
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ksbtui.core.exchange.personal_data import Finding, check, redact
from ksbtui.errors import Conflict, StoreProblem, Unreadable
from ksbtui.exports import WRITERS, Report, find_report
from ksbtui.exports.reports.source import Scope, Source
from ksbtui.store.files.paths import private_file, write_private

if TYPE_CHECKING:
    from ksbtui.journal.journal import Journal


Tell = Callable[[int, int], None]
"""Told how many of how many are done."""

BUILT, CHECKED, WHOLE = 15, 70, 100
"""How much of an export is done once its content is there, is checked, and is written."""

AT_ONCE = 1_000
"""Texts that are checked for personal data between two tellings."""

EXCEL_MARK = "\ufeff".encode()
"""The mark by which Excel knows UTF-8; other programs may take it for a part of the header."""

MARK = ".ksbtui-entries"
"""A list of the files ksbtui wrote into a folder: only these are ever replaced or removed."""


def save_file(path: Path, data: bytes) -> None:
    """Write a file (0600) beside its place, then move it there; an older one is replaced."""
    try:
        if not path.parent.is_dir():  # a folder that was misspelt is not made
            raise FileNotFoundError(ENOENT, os.strerror(ENOENT))
        write_private(path, data)
    except OSError as problem:
        raise _refused(path, problem) from problem


def save_new(path: Path, text: str) -> Path:
    """Write a text (0600) where no file is yet; gives the place it went to."""
    path = path.expanduser()
    if path.exists():
        raise Conflict(f"{path} already exists. Nothing was written.", "Choose another file name.")
    save_file(path, text.encode())
    return path


def save_folder(folder: Path, files: Mapping[str, str], tell: Tell) -> None:
    """Write files into a new folder (0700), an empty one, or one written so before.

    They are written beside it first. Files of an earlier export that are no longer among
    them are removed; anything else in the folder is refused or left alone.
    """
    try:
        before = _written_before(folder)
        fresh = folder.with_name(f".{folder.name}.{os.getpid()}")
        try:
            fresh.mkdir(mode=0o700)
            every = {**files, MARK: "\n".join(sorted(files)) + "\n"}
            for done, (name, text) in enumerate(every.items()):
                with private_file(fresh / name).open("w", encoding="utf-8", newline="\n") as file:
                    file.write(text)
                tell(done, len(every))
            with _not_stopped():
                _put_in_place(fresh, folder, every, before)
        finally:
            shutil.rmtree(fresh, ignore_errors=True)
    except OSError as problem:
        raise _refused(folder, problem) from problem


def _put_in_place(fresh: Path, folder: Path, names: Iterable[str], before: set[str]) -> None:
    if not folder.exists():
        fresh.replace(folder)
        return
    for name in names:
        (fresh / name).replace(folder / name)
    for name in before - set(names):
        (folder / name).unlink(missing_ok=True)


@contextmanager
def _not_stopped() -> Iterator[None]:
    """Leave Ctrl+C unheard: what takes a moment and must be whole is finished.

    Only the main thread is ever interrupted so; the others need no shield.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _written_before(folder: Path) -> set[str]:
    """The files an earlier export left; refuses a folder that holds anything else."""
    if not folder.exists():
        return set()
    if not folder.is_dir():
        raise Conflict(f"{folder} is a file, not a folder.", "Enter the path of a new folder.")
    present = {item.name for item in folder.iterdir()}
    if not present:
        return set()
    if MARK not in present:
        raise Conflict(
            f"{folder} contains other files. Nothing was written.",
            "Enter the path of a new or empty folder.",
        )
    lines = (folder / MARK).read_text(encoding="utf-8").splitlines()
    return {line for line in lines if line in present and line == os.path.basename(line)}


def _refused(path: Path, problem: OSError) -> StoreProblem:
    return StoreProblem(
        f"{path} cannot be written: {problem.strerror}.",
        "Check that the folder exists and has free space, or choose another place.",
    )


Ask = Callable[[tuple[Finding, ...]], bool]
"""Shown what was found; tells whether to redact it in the export."""


@dataclass(frozen=True, slots=True)
class Made:
    """What was written: where, how much it holds, and what the check found."""

    path: Path
    entries: int
    minutes: int
    private: int
    """Private entries in it, whole in ksbtui's JSON, else as day, type and minutes."""
    findings: tuple[Finding, ...]
    redacted: bool


def suffix_of(report: Report, path: Path) -> str:
    """The file type a path asks for, or the refusal that says which there are."""
    suffix = path.suffix.lower().removeprefix(".")
    if report.suffixes == ("",):
        return ""
    if suffix not in report.suffixes:
        offered = ", ".join(f".{known}" for known in report.suffixes)
        problem = f"ksbtui cannot write .{suffix} files" if suffix else "The path has no file type"
        raise Unreadable(f"{problem} for this report.", f"End the path with one of: {offered}.")
    return suffix


def export(
    journal: Journal,
    name: str,
    path: Path,
    scope: Scope | None = None,
    ask: Ask | None = None,
    tell: Tell | None = None,
    mark_for_excel: bool = False,
) -> Made:
    """Write a report to ``path``; ``ask`` decides on personal data (without: it stays).

    Nothing is left behind if it fails or is stopped.
    """
    report = find_report(name)
    suffix = suffix_of(report, path)
    if path.absolute() == journal.path.absolute():
        raise Conflict("That is the journal itself.", "Choose another file name.")
    if suffix and path.is_dir():
        raise Conflict(f"{path} is a folder.", "Enter the path of a file in it.")
    build = _loaded(f"reports.{report.builder}")
    names = journal.exchange.names
    source = Source(journal, scope or Scope())
    content = build(source)
    tell = tell or _quiet
    findings = _checked(source.seen, names, _part(tell, BUILT, CHECKED))
    redacted = bool(findings and ask and ask(findings))
    if redacted:
        source = Source(journal, source.scope, partial(redact, names=names))
        content = build(source)
    tell = _part(tell, CHECKED, WHOLE)
    written = writer(suffix)(content, tell)
    _save(path, written, mark_for_excel and suffix == "csv", tell)
    return _result(journal, name, path, source, findings, redacted)


def _part(tell: Tell, first: int, last: int) -> Tell:
    """Tell of a part of the work, from ``first`` to ``last`` of the whole."""
    return lambda done, total: tell(first + (last - first) * done // max(1, total), WHOLE)


def _checked(
    texts: Sequence[tuple[str, str]], names: Sequence[str], tell: Tell
) -> tuple[Finding, ...]:
    findings: list[Finding] = []
    for first in range(0, len(texts), AT_ONCE):
        tell(first, len(texts))
        findings += check(texts[first : first + AT_ONCE], names)
    return tuple(findings)


def writer(suffix: str) -> Callable[[Any, Tell], Any]:
    """What turns a report's content into the bytes of a file type, or a folder's files."""
    return _loaded(WRITERS[suffix])


def _loaded(where: str) -> Callable[..., Any]:
    module, _, name = where.rpartition(".")
    function: Callable[..., Any] = getattr(import_module(f"ksbtui.exports.{module}"), name)
    return function


def _save(path: Path, written: Any, marked: bool, tell: Tell) -> None:
    if not isinstance(written, bytes):
        save_folder(path, written, tell)
        return
    save_file(path, EXCEL_MARK + written if marked else written)


def _result(
    journal: Journal,
    name: str,
    path: Path,
    source: Source,
    findings: tuple[Finding, ...],
    redacted: bool,
) -> Made:
    whole = name.strip().lower() == "json"
    entries = source.whole if whole else source.all_entries
    private = sum(e.private and (whole or not source.scope.with_private) for e in entries)
    minutes = sum(entry.minutes for entry in entries)
    return Made(path, len(entries), minutes, private, findings, redacted)


def _quiet(done: int, total: int) -> None:
    return None
