"""The journal file as one object: open it, read records, write in batches, keep drafts."""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Self

from ksbtui.core.codec import ForbidExtra
from ksbtui.core.entry.entries import Entry, Image, difference, entry_image, patched
from ksbtui.core.frozen import dataclass
from ksbtui.errors import Damaged, StoreProblem
from ksbtui.store.database import changes, rows, totals
from ksbtui.store.database.connection import (
    SCHEMA_VERSION,
    WAIT_SECONDS,
    check_file,
    connect,
    damage_refusal,
    file_version,
    known_damage,
    note_damage,
    noted_if_damage,
    refusal,
    transaction,
)


@dataclass(frozen=True, slots=True)
class Record(ForbidExtra):
    """A record as it stands in the file: its body and when it was made and last changed."""

    kind: str
    id: str
    created_at: str
    updated_at: str
    body: Image


_RECORD = "SELECT body FROM record WHERE kind = ? AND id = ?"

Check = Callable[[str, Image | None, Image | None], None]
"""Told the kind of a thing, and what it was and becomes; raises where that is not allowed."""


class Batch:
    """The open write: each row it puts is logged, and totalled, in the same transaction."""

    def __init__(
        self,
        connection: sqlite3.Connection,
        n: int,
        at: str,
        known: dict[tuple[str, str], Image] | None = None,
        check: Check | None = None,
    ) -> None:
        self._check = check
        self._connection = connection
        self.n = n
        self.at = at
        self.label = ""
        """Set where what to call the batch is known only once the rows have been read."""
        self.kinds: set[str] = set()
        """Kinds of record that were put."""
        self.logged = False
        """Whether anything was changed so far that undo could take back."""
        self._known = {} if known is None else known

    def of(self, kind: str, target: int) -> None:
        changes.aim(self._connection, self.n, kind, target)

    def put_entry(self, before: Entry | None, after: Entry | None, *, sums: bool = True) -> None:
        """Make, change or (``after`` None) take away an entry, with its sums.

        Who writes thousands leaves the sums out and calls `add_up` at the end.
        """
        if after is None:
            assert before is not None, "a batch changes something"
            rows.remove(self._connection, before.id)
        elif before is None:
            rows.insert(self._connection, after)
        else:
            rows.update(self._connection, after)
        if sums:
            totals.replace(self._connection, before, after)
        entry = after or before
        assert entry is not None
        images = (entry_image(each) if each else None for each in (before, after))
        self._log(changes.ENTRY, entry.id, *images)

    def add_up(self) -> None:
        totals.rebuild(self._connection)

    def put_record(
        self, kind: str, id: str, body: Image | None, created_at: str = "", updated_at: str = ""
    ) -> None:
        """Make, change or (``body`` None) take away a record; instants it brings are kept.

        Where another program changed the record since it was read here, only the fields that
        ``body`` changes are written: the other program's stay.
        """
        self.kinds.add(kind)
        before = read_record(self._connection, kind, id)
        base = self._known.get((kind, id))
        if body is not None and before is not None and base is not None and before != base:
            body = patched(before, *difference(base, body))
        if body is None:
            self._known.pop((kind, id), None)
            self._connection.execute("DELETE FROM record WHERE kind = ? AND id = ?", (kind, id))
        else:
            text = json.dumps(body, ensure_ascii=False)
            self._connection.execute(
                "INSERT INTO record (kind, id, body, created_at, updated_at) "
                "VALUES (?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET "
                "body = excluded.body, updated_at = excluded.updated_at",
                (kind, id, text, created_at or self.at, updated_at or self.at),
            )
        self._log(kind, id, before, body)

    def rederive(self, derive: Callable[[Entry], Entry]) -> None:
        """Derive every live entry afresh and add the sums up again.

        For a change of enrolment, break or rules: what a person said stays, so nothing is
        logged.
        """
        for entry in rows.read(self._connection, "WHERE deleted_at = ''"):
            after = derive(entry)
            if after != entry:
                rows.update(self._connection, after)
        totals.rebuild(self._connection)

    def _log(self, kind: str, id: str, before: Image | None, after: Image | None) -> None:
        if before != after:
            if self._check:
                self._check(kind, before, after)
            self.logged = True
            changed = changes.Change(kind, id, *difference(before, after))
            changes.add(self._connection, self.n, changed)


class Store:
    """An open journal file. One connection, one thread; close it when done."""

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self.connection = connection
        self.path = path
        self.fault_of: Callable[[str, str, Image], str] = lambda kind, id, body: ""
        """Says what is wrong with the body of a record; empty if nothing is."""
        self.set_aside: dict[tuple[str, str], str] = {}
        """Records that do not read, each with the reason: they are kept, and left out."""
        self._known: dict[tuple[str, str], Image] = {}
        """Records as they were last read here: what a write of theirs starts from."""
        self.check: Check | None = None
        """Refuses changes, where the journal is not this person's to change."""
        self.saved: Callable[[], None] | None = None
        """Told after each write and each draft."""
        self._seen_version = self._data_version()
        self._inode = self._file_now()

    @classmethod
    def open(cls, path: Path, patience: float = WAIT_SECONDS) -> Self:
        """Open a journal that exists; an older format is backed up, then migrated.

        ``patience`` is how many seconds another program's write is waited for.
        """
        check_file(path)
        if file_version(path) < SCHEMA_VERSION:
            # deferred: log needs neither the schema, the merge nor drafts
            from ksbtui.store.database.schema import upgrade

            upgrade(path)
        return cls(connect(path, patience), path)

    @classmethod
    def create(cls, path: Path) -> Self:
        """Make a new, empty journal (0600 in a 0700 folder); never over another file."""
        from ksbtui.store.database.schema import make_file  # loads the schema

        make_file(path)
        return cls.open(path)

    @classmethod
    def in_memory(cls, path: Path) -> Self:
        """Make an empty journal that is never on the disk; ``path`` is what to call it."""
        connection = sqlite3.connect(":memory:", isolation_level=None)
        connection.deserialize(_empty())
        connection.execute("PRAGMA temp_store=MEMORY")
        connection.execute("PRAGMA foreign_keys=ON")
        store = cls(connection, path)
        store._inode = 0
        return store

    def close(self) -> None:
        self.connection.close()

    @contextmanager
    def guarded(self) -> Iterator[sqlite3.Connection]:
        try:
            yield self.connection
        except sqlite3.Error as problem:
            raise self.refused(problem) from problem

    def refused(self, problem: sqlite3.Error) -> StoreProblem:
        """Put SQLite's complaint into a learner's words; damage is noted beside the file."""
        return noted_if_damage(self.path, refusal(problem, self.path), str(problem))

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        """Write as one; refused once the file is known to be damaged."""
        if what := known_damage(self.path):
            raise damage_refusal(self.path, what)
        try:
            with transaction(self.connection, self.path):
                yield
        except Damaged as error:
            note_damage(self.path, str(error.__cause__ or error))
            raise

    @contextmanager
    def writing(self, label: str, at: str, kind: str = changes.CHANGE) -> Iterator[Batch]:
        """Write one batch: all of it is kept, with its log, or nothing is.

        Read what the write starts from inside: before that another program may change it.
        """
        with self._transaction():
            n = changes.begin(self.connection, at, label, kind)
            batch = Batch(self.connection, n, at, self._known, self.check)
            try:
                yield batch
            except BaseException:
                self._known.clear()
                raise
            if batch.label:
                changes.rename(self.connection, n, batch.label)
            if kind == changes.CHANGE and not batch.logged:
                changes.drop(self.connection, n)
        self._tell()

    def _tell(self) -> None:
        if self.saved:
            self.saved()

    def rename_device(self, restored: int = 0) -> None:
        """Give this copy an id of its own, under which its changes reach other copies.

        ``restored`` counts the restores that led to it: backups of a record that was left
        for an earlier one are older than all that come after.
        """
        from ksbtui.store.database import origins  # loads the merge, which no save needs

        with self._transaction():
            origins.rename_device(self.connection, os.urandom(4).hex())
            if restored:
                query = "INSERT OR REPLACE INTO meta VALUES ('restored', ?)"
                self.connection.execute(query, (str(restored),))

    def compact(self) -> None:
        """Write the file afresh, so that nothing removed lingers in a free page."""
        with self.guarded() as connection:
            connection.execute("VACUUM")

    def changed_elsewhere(self) -> bool:
        """Tell whether another connection has written since this was last asked."""
        version = self._data_version()
        changed, self._seen_version = version != self._seen_version, version
        return changed

    def _data_version(self) -> int:
        with self.guarded() as connection:
            return int(connection.execute("PRAGMA data_version").fetchone()[0])

    def was_replaced(self) -> bool:
        """Whether another file has taken the name of this one, as a restore does."""
        return bool(self._inode) and self._file_now() not in (self._inode, 0)

    def _file_now(self) -> int:
        try:
            return self.path.stat().st_ino
        except OSError:
            return 0

    def is_free(self) -> bool:
        """Whether the file can be read at this moment; waits for nobody."""
        (patience,) = self.connection.execute("PRAGMA busy_timeout").fetchone()
        try:
            self.connection.executescript("PRAGMA busy_timeout=0; SELECT 1 FROM meta LIMIT 1")
        except sqlite3.OperationalError:
            return False
        finally:
            self.connection.execute(f"PRAGMA busy_timeout={int(patience)}")
        return True

    def record(self, kind: str, id: str) -> Image | None:
        with self.guarded() as connection:
            row = connection.execute(_RECORD, (kind, id)).fetchone()
        return self._read(kind, id, row[0]) if row else None

    def records(self, kind: str) -> dict[str, Image]:
        """Read all records of a kind by id, in the order they were made."""
        with self.guarded() as connection:
            query = "SELECT id, body FROM record WHERE kind = ? ORDER BY created_at, rowid"
            texts = connection.execute(query, (kind,))
            read = [(id, self._read(kind, id, text)) for id, text in texts]
        return {id: body for id, body in read if body is not None}

    def _read(self, kind: str, id: str, text: str) -> Image | None:
        """Read a record's body; one that does not read is set aside with its reason."""
        try:
            body = json.loads(text)
            known = self._known.get((kind, id), ...) == body  # as it was read without a fault
            problem = "" if known else self.fault_of(kind, id, body)
        except ValueError as error:
            problem = str(error)
        if problem:
            self.set_aside[kind, id] = problem
            return None
        self.set_aside.pop((kind, id), None)
        self._known[kind, id] = body
        return self._known[kind, id]

    def whole_records(self) -> list[Record]:
        """Read every record of every kind with its instants, by kind, oldest first."""
        with self.guarded() as connection:
            records = connection.execute(
                "SELECT kind, id, created_at, updated_at, body FROM record "
                "ORDER BY kind, created_at, rowid"
            )
            return [
                Record(kind, id, created_at, updated_at, json.loads(body))
                for kind, id, created_at, updated_at, body in records
            ]

    def save_draft(
        self, key: str, body: Image, at: str, over: Sequence[Image | None] | None = None
    ) -> Image | None:
        """Keep half-written text, which is no change; ``over`` as :func:`save` has it."""
        from ksbtui.store.database.drafts import save  # logging keeps no draft

        with self._transaction():
            saved = save(self.connection, key, body, at, over)
        self._tell()
        return saved

    def drop_draft(self, key: str, only: Image | None = None) -> None:
        """Forget the draft of a key; with ``only`` if it still is that one."""
        from ksbtui.store.database.drafts import drop  # logging keeps no draft

        with self._transaction():
            drop(self.connection, key, only)
        self._tell()

    def drafts(self) -> dict[str, tuple[Image, str]]:
        """Read every draft by key: its body and when it was kept, newest first."""
        from ksbtui.store.database.drafts import every  # logging keeps no draft

        with self.guarded() as connection:
            return every(connection)


@cache
def _empty() -> bytes:
    """An empty journal, made once: a caseload opens hundreds."""
    from ksbtui.store.database.schema import migrate

    connection = sqlite3.connect(":memory:", isolation_level=None)
    try:
        migrate(connection)
        return connection.serialize()
    finally:
        connection.close()


def read_record(connection: sqlite3.Connection, kind: str, id: str) -> Image | None:
    """Read the body of one record on a connection, or None."""
    row = connection.execute(_RECORD, (kind, id)).fetchone()
    return json.loads(row[0]) if row else None
