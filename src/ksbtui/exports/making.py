"""Making an export: build it, check it for personal data, write it in its place."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ksbtui.core.exchange.personal_data import Finding, check, redact
from ksbtui.errors import Conflict, Unreadable
from ksbtui.exports import WRITERS, Report, find_report
from ksbtui.exports.reports.source import Scope, Source
from ksbtui.exports.saving import Tell, save_file, save_folder

if TYPE_CHECKING:
    from ksbtui.journal.journal import Journal

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
        said = f".{suffix} files are not made" if suffix else "The path has no file type"
        raise Unreadable(f"{said} for this report.", f"End the path with one of: {offered}.")
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
        raise Conflict("That is the journal itself.", "Name another file.")
    if suffix and path.is_dir():
        raise Conflict(f"{path} is a folder.", "Name a file in it.")
    builder = import_module(f"ksbtui.exports.reports.{report.builder}")
    names = journal.exchange.names
    source = Source(journal, scope or Scope())
    content = builder.build(source)
    findings = check(source.seen, names)
    redacted = bool(findings and ask and ask(findings))
    if redacted:
        source = Source(journal, source.scope, partial(redact, names=names))
        content = builder.build(source)
    written = import_module(WRITERS[suffix]).write(content, tell or _quiet)
    _save(path, written, mark_for_excel and suffix == "csv", tell or _quiet)
    return _made(journal, name, path, source, findings, redacted)


def _save(path: Path, written: Any, marked: bool, tell: Tell) -> None:
    if not isinstance(written, bytes):
        save_folder(path, written, tell)
        return
    from ksbtui.exports.formats.as_csv import EXCEL_MARK

    save_file(path, EXCEL_MARK + written if marked else written)


def _made(
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
