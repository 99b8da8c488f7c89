"""What ``doctor`` looks at and can repair, and what a maintainer may be told of it."""

from __future__ import annotations

import json
import os
import platform
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ksbtui import __version__
from ksbtui.core.codec import encode_fields
from ksbtui.core.entry.entries import entry_from
from ksbtui.core.strict import Malformed
from ksbtui.errors import KsbtuiError
from ksbtui.journal.context import (
    ENROLMENT,
    PROGRAMME,
    RULES,
    STANDARD,
    UNREADABLE,
    Context,
    shipped_document,
)
from ksbtui.journal.record_kinds import read_record
from ksbtui.store.database import changes, rows, totals
from ksbtui.store.database.connection import check_sound, file_version, forget_damage
from ksbtui.store.database.reports import SQLITE_VERSION, counts
from ksbtui.store.database.salvaged import index_fault, make_index
from ksbtui.store.database.store import Store
from ksbtui.store.files import backups
from ksbtui.store.files.paths import backup_folder, data_folder, is_there

SET_ASIDE = "set-aside"
"""The kind under which a record that does not read is kept, so that nothing meets it."""
_DOCUMENTS = {"standard": STANDARD, "programme": PROGRAMME, "rules": RULES}


@dataclass(frozen=True, slots=True)
class Line:
    """What was checked, what was found, and whether that is as it should be."""

    what: str
    found: str
    ok: bool = True


@dataclass(frozen=True, slots=True)
class Check:
    """What ``doctor`` looked at, a line each."""

    lines: tuple[Line, ...] = ()

    @property
    def well(self) -> bool:
        return all(line.ok for line in self.lines)


def check(context: Context) -> Check:
    """Look at the file, every row, record and sum, the search index and the files beside it.

    In a file whose pages are broken nothing else is looked at.
    """
    store = context.store
    if what := check_sound(store.connection, store.path, thorough=True):
        return Check((Line("File", what[:300], False),))
    with store.guarded():
        return Check((Line("File", "sound"), *_rows(store), *_files(context)))


def _rows(store: Store) -> Iterator[Line]:
    connection = store.connection
    broken = connection.execute("PRAGMA foreign_key_check").fetchall()
    yield Line("Links between rows", f"{len(broken)} broken" if broken else "sound", not broken)
    wrong = totals.differences(connection)
    yield Line("Sums", f"{wrong} differ" if wrong else "correct", not wrong)
    fault = index_fault(connection)
    yield Line("Search index", fault or "contains every entry", not fault)
    (entries,) = connection.execute("SELECT count(*) FROM entry WHERE deleted_at = ''").fetchone()
    yield Line("Entries", str(entries))
    yield from (Line(f"Entry {id}", why, False) for id, why in _entry_faults(store))
    (records,) = connection.execute("SELECT count(*) FROM record").fetchone()
    yield Line("Records", str(records))
    for (kind, id), why in record_faults(store).items():
        yield Line(f"Record {kind} {id}", why, False)
    unread = _unread_changes(store)
    history = f"changes that cannot be read: {unread}" if unread else "reads"
    yield Line("History", history, not unread)


def _files(context: Context) -> Iterator[Line]:
    path = context.store.path
    if os.name == "posix":
        open_to_others = [name for name, _ in _loose(path)]
        modes = oct(path.stat().st_mode & 0o777)
        others = f"others can read {', '.join(open_to_others)}" if open_to_others else modes
        yield Line("File mode", others, not open_to_others)
    unsound = [item.path.name for item in backups.listed(path) if not backups.is_sound(item.path)]
    number = str(len(backups.listed(path)))
    yield Line("Backups", f"{number}; damaged: {', '.join(unsound)}" if unsound else number)
    if left := backups.unfinished(path):
        yield Line("Unfinished copies", ", ".join(item.name for item in left), False)


def _loose(journal: Path) -> Iterator[tuple[str, Path]]:
    """Files and folders of the journal's that other people of this computer may look into."""
    for path in (journal, backup_folder(journal), *(b.path for b in backups.listed(journal))):
        if path.exists() and path.stat().st_mode & 0o077:
            yield path.name, path


def _entry_faults(store: Store) -> Iterator[tuple[str, str]]:
    connection = store.connection
    try:
        rows.read(connection, "")
    except UNREADABLE:
        for (id,) in connection.execute("SELECT id FROM entry").fetchall():
            try:
                rows.by_id(connection, id)
            except UNREADABLE as problem:
                yield id, str(problem)


def record_faults(store: Store) -> dict[tuple[str, str], str]:
    """Every record that does not read, and every document an enrolment lacks, with the reason."""
    faults: dict[tuple[str, str], str] = {}
    rows = store.connection.execute(
        "SELECT kind, id, body FROM record ORDER BY kind, id"
    ).fetchall()
    keys = {(kind, id) for kind, id, _ in rows}
    for kind, id, text in rows:
        if kind == SET_ASIDE:
            continue
        try:
            body = json.loads(text)
            if not isinstance(body, dict):
                raise Malformed("", "it is not an object")
            read_record(kind, id, body)
        except (Malformed, *UNREADABLE) as problem:
            faults[kind, id] = str(problem)
            continue
        if kind == ENROLMENT:
            needed = ((document, body[name]) for name, document in _DOCUMENTS.items())
            faults.update({key: "it is missing" for key in needed if key not in keys})
    return faults


def _unread_changes(store: Store) -> int:
    unread = 0
    for kind, before, after in store.connection.execute("SELECT kind, before, after FROM change"):
        try:
            for image in (json.loads(text) for text in (before, after) if text):
                if kind == changes.ENTRY and "id" in image:
                    entry_from(image)
        except UNREADABLE:
            unread += 1
    return unread


def repair(context: Context) -> tuple[str, ...]:
    """Repair what can be, a line for each thing done: sums, search index, modes, records.

    A record that does not read is kept under another kind, out of everybody's way. Missing
    standards, programmes and rules are taken from those that are shipped.
    """
    store, done = context.store, []
    if check_sound(store.connection, store.path, thorough=True):
        forget_damage(store.path)
        with store.guarded() as connection:
            connection.execute("REINDEX")
        if check_sound(store.connection, store.path, thorough=True):
            return ()
        done.append("Rebuilt the indexes.")
    if index_fault(store.connection):
        with store.guarded() as connection:
            make_index(connection)
        done.append("Rebuilt the search index.")
    done += _repair_records(context)
    if totals.differences(store.connection):
        with store.writing("Recalculated the totals", context.clock.now()):
            totals.rebuild(store.connection)
        done.append("Recalculated the totals.")
    if os.name == "posix":
        for name, path in list(_loose(store.path)):
            path.chmod(0o700 if path.is_dir() else 0o600)
            done.append(f"Now only you can read {name}.")
    before = backups.unfinished(store.path)
    if before and len(left := backups.sweep(store.path)) < len(before):
        done.append(f"Unfinished copies removed: {len(before) - len(left)}.")
    return tuple(done)


def _repair_records(context: Context) -> Iterator[str]:
    with context.store.guarded():
        faults = record_faults(context.store)
    if not faults:
        return
    with context.writing("Set aside records that cannot be read") as batch:
        for (kind, id), why in faults.items():
            connection = context.store.connection
            row = connection.execute(
                "SELECT body FROM record WHERE kind = ? AND id = ?", (kind, id)
            ).fetchone()
            if row is not None:
                body = {"kind": kind, "id": id, "why": why, "text": row[0]}
                batch.put_record(SET_ASIDE, f"{kind}.{id}", body)
                connection.execute("DELETE FROM record WHERE kind = ? AND id = ?", (kind, id))
                yield f"The {kind} {id} was set aside ({why})."
            if kind in _DOCUMENTS.values():
                try:
                    shipped = shipped_document(kind, id)
                except KsbtuiError:
                    continue
                batch.put_record(kind, id, encode_fields(shipped))
                yield f"The {kind} {id} was replaced with the one that comes with ksbtui."
    context.touched()


_NAMED = re.compile(r"^(Entry|Record \S+) .*")
"""What was found in one entry or record may repeat words of it: only its kind is told."""


def report(context: Context) -> Iterator[tuple[str, str]]:
    """Versions, counts and checks, a name and a value each; no title, name, path or note."""
    yield "ksbtui", __version__
    yield "Python", platform.python_version()
    yield "SQLite", SQLITE_VERSION
    yield "System", f"{platform.system()} {platform.release()} {platform.machine()}"
    yield from _journal(context)
    note = data_folder() / "fault.txt"
    if is_there(note):
        lines = note.read_text(encoding="utf-8", errors="replace").splitlines()
        for number, line in enumerate(lines[:30]):
            yield ("Last fault" if number == 0 else "", _without_home(line))


def _journal(context: Context) -> Iterator[tuple[str, str]]:
    if not is_there(context.path):
        yield "Journal", "none"
        return
    yield "Size", f"{context.path.stat().st_size:,} bytes"
    try:
        yield "Format", str(file_version(context.path))
        for name, number in counts(context.store.connection):
            yield name, f"{number:,}"
        for line in check(context).lines:
            named = _NAMED.match(line.what)
            found = "cannot be read" if named else line.found.partition(":")[0]
            yield (named[1] if named else line.what), f"{found}{'' if line.ok else '  !'}"
    except Exception as problem:
        error = context.refused(problem)
        if error is None:
            raise
        kind = type(problem.__cause__ or problem if isinstance(problem, KsbtuiError) else problem)
        yield "Opening it", f"{kind.__name__}  !"
    yield "Backups", str(len(backups.listed(context.path)))


def _without_home(line: str) -> str:
    return line.replace(str(Path.home()), "~")
