"""The shape of the journal file, as sqlite-utils migrations; making a file and upgrading one.

Entries are rows because they are searched, listed and totalled; everything a learner
keeps few of (enrolments, actions, calls, stories …) is a ``record``: a kind, an id and a
JSON body whose shape belongs to a dataclass in :mod:`ksbtui.core`. Standards, programmes
and rule sets are records too, so a journal is whole by itself and a later data file never
changes past figures unasked.

A migration is never edited once released; a new one raises
:data:`ksbtui.store.database.connection.SCHEMA_VERSION`.
"""

from __future__ import annotations

import os
import re
import sqlite3
from hashlib import blake2s
from pathlib import Path

from sqlite_utils import Database, Migrations

from ksbtui.errors import Conflict, StoreProblem
from ksbtui.store.database.connection import (
    APPLICATION_ID,
    SCHEMA_VERSION,
    connect,
    forget_damage,
    refusal,
)
from ksbtui.store.files.backups import backup, listed, set_aside_leftover
from ksbtui.store.files.paths import (
    backup_folder,
    is_there,
    private_file,
    private_folder,
    real_path,
)

migrations = Migrations("ksbtui")

_TABLES = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;

CREATE TABLE entry (
    seq INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    enrolment TEXT NOT NULL,
    day TEXT NOT NULL CHECK (day IS date(day, '+0 days')),
    minutes INTEGER NOT NULL CHECK (minutes BETWEEN 1 AND 1440),
    title TEXT NOT NULL CHECK (title <> ''),
    type TEXT NOT NULL,
    module INTEGER,
    module_given INTEGER NOT NULL,
    notes TEXT NOT NULL,
    learned TEXT NOT NULL,
    paid TEXT NOT NULL CHECK (paid IN ('yes', 'paid-back', 'no')),
    new_learning INTEGER NOT NULL,
    relevant INTEGER NOT NULL,
    private INTEGER NOT NULL,
    verified_by TEXT NOT NULL,
    verified_day TEXT NOT NULL,
    submitted TEXT NOT NULL,
    source TEXT NOT NULL,
    words INTEGER NOT NULL,
    failed_rules TEXT NOT NULL,
    evidence_text TEXT NOT NULL,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    deleted_at TEXT NOT NULL
) STRICT;
CREATE INDEX entry_day ON entry (day, seq) WHERE deleted_at = '';
CREATE INDEX entry_not_submitted ON entry (enrolment) WHERE deleted_at = '' AND submitted = '';

CREATE TABLE entry_ksb (
    entry INTEGER NOT NULL REFERENCES entry (seq) ON DELETE CASCADE,
    code TEXT NOT NULL,
    PRIMARY KEY (entry, code)
) STRICT, WITHOUT ROWID;
CREATE INDEX entry_ksb_code ON entry_ksb (code, entry);

CREATE TABLE evidence (
    id TEXT PRIMARY KEY,
    entry INTEGER NOT NULL REFERENCES entry (seq) ON DELETE CASCADE,
    place INTEGER NOT NULL,
    kind TEXT NOT NULL,
    title TEXT NOT NULL,
    target TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    size INTEGER,
    note TEXT NOT NULL,
    private INTEGER NOT NULL,
    copied INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX evidence_entry ON evidence (entry, place);

CREATE TABLE day_total (
    enrolment TEXT NOT NULL,
    day TEXT NOT NULL,
    type TEXT NOT NULL,
    module INTEGER NOT NULL,
    rule TEXT NOT NULL,
    verified INTEGER NOT NULL,
    untagged INTEGER NOT NULL,
    entries INTEGER NOT NULL,
    minutes INTEGER NOT NULL,
    PRIMARY KEY (enrolment, day, type, module, rule, verified, untagged)
) STRICT, WITHOUT ROWID;

CREATE TABLE ksb_day (
    enrolment TEXT NOT NULL,
    code TEXT NOT NULL,
    day TEXT NOT NULL,
    entries INTEGER NOT NULL,
    minutes INTEGER NOT NULL,
    worded INTEGER NOT NULL,
    evidence INTEGER NOT NULL,
    evidenced INTEGER NOT NULL,
    evidenced_worded INTEGER NOT NULL,
    PRIMARY KEY (enrolment, code, day)
) STRICT, WITHOUT ROWID;

CREATE TABLE record (
    kind TEXT NOT NULL,
    id TEXT NOT NULL,
    body TEXT NOT NULL CHECK (json_valid(body)),
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    PRIMARY KEY (kind, id)
) STRICT;

CREATE TABLE draft (
    key TEXT PRIMARY KEY,
    body TEXT NOT NULL CHECK (json_valid(body)),
    updated_at TEXT NOT NULL
) STRICT;

CREATE TABLE batch (
    n INTEGER PRIMARY KEY,
    at TEXT NOT NULL,
    label TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('change', 'undo', 'redo', 'purge', 'made')),
    target INTEGER,
    undone INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX batch_open ON batch (kind, undone, n);

CREATE TABLE change (
    n INTEGER PRIMARY KEY,
    batch INTEGER NOT NULL REFERENCES batch (n),
    kind TEXT NOT NULL,
    id TEXT NOT NULL,
    before TEXT,
    after TEXT
) STRICT;
CREATE INDEX change_batch ON change (batch);
CREATE INDEX change_row ON change (kind, id);
CREATE TRIGGER change_stays BEFORE DELETE ON change
WHEN (SELECT value FROM meta WHERE key = 'purging') IS NOT '1'
BEGIN SELECT raise(ABORT, 'the change log is kept'); END;
CREATE TRIGGER change_is_final BEFORE UPDATE ON change
WHEN (SELECT value FROM meta WHERE key = 'purging') IS NOT '1'
BEGIN SELECT raise(ABORT, 'the change log is kept'); END;
"""

_BLOCK_MINUTES = "minutes >= 1 AND (minutes <= 1440 OR first_day <> '')"

_MERGING = """
CREATE TABLE merged (
    batch INTEGER PRIMARY KEY REFERENCES batch (n),
    seen TEXT NOT NULL CHECK (json_valid(seen)),
    origins TEXT NOT NULL CHECK (json_valid(origins))
) STRICT;
"""

_IN_PLAN = """
ALTER TABLE entry ADD COLUMN in_plan INTEGER NOT NULL DEFAULT 1;
CREATE INDEX entry_outside_hours ON entry (enrolment, minutes)
WHERE deleted_at = '' AND paid <> 'yes';
"""

SEARCH = """
CREATE VIRTUAL TABLE entry_fts USING fts5 (
    title, notes, learned, evidence_text,
    content="entry", content_rowid="seq", tokenize="porter unicode61 remove_diacritics 2",
    prefix="1 2"
);
CREATE TRIGGER entry_fts_insert AFTER INSERT ON entry BEGIN
    INSERT INTO entry_fts (rowid, title, notes, learned, evidence_text)
    VALUES (new.seq, new.title, new.notes, new.learned, new.evidence_text);
END;
CREATE TRIGGER entry_fts_delete AFTER DELETE ON entry BEGIN
    INSERT INTO entry_fts (entry_fts, rowid, title, notes, learned, evidence_text)
    VALUES ('delete', old.seq, old.title, old.notes, old.learned, old.evidence_text);
END;
CREATE TRIGGER entry_fts_update
AFTER UPDATE OF title, notes, learned, evidence_text ON entry BEGIN
    INSERT INTO entry_fts (entry_fts, rowid, title, notes, learned, evidence_text)
    VALUES ('delete', old.seq, old.title, old.notes, old.learned, old.evidence_text);
    INSERT INTO entry_fts (rowid, title, notes, learned, evidence_text)
    VALUES (new.seq, new.title, new.notes, new.learned, new.evidence_text);
END;
"""


@migrations()
def m001_journal(db: Database) -> None:
    """Make the first shape: entries, totals, records, drafts and the change log."""
    run(db.conn, _TABLES)
    if has_full_text_search(db.conn):
        run(db.conn, SEARCH)


@migrations()
def m002_merging(db: Database) -> None:
    """Give this copy an id, and room for what merges with other copies brought."""
    run(db.conn, _MERGING)
    # Copies of one file of the first format find the same id for what they have in common.
    first = db.conn.execute("SELECT at, id FROM batch JOIN change ON batch = batch.n LIMIT 1")
    earlier = blake2s(repr(first.fetchone()).encode(), digest_size=4).hexdigest()
    (now,) = db.conn.execute("SELECT coalesce(max(n), 0) + 1 FROM batch").fetchone()
    ids = f"0:{earlier} {now}:{new_device()}" if now > 1 else f"0:{new_device()}"
    db.conn.execute("INSERT INTO meta VALUES ('device', ?)", (ids,))


@migrations()
def m003_blocks(db: Database) -> None:
    """Let an entry stand for a span of days: its first day, and more minutes than one day has.

    A check can only be changed by making the table anew (the procedure SQLite describes);
    indexes and triggers are made again as they were.
    """
    run = db.conn.execute
    run("ALTER TABLE entry ADD COLUMN first_day TEXT NOT NULL DEFAULT ''")
    (table,) = run("SELECT sql FROM sqlite_schema WHERE name = 'entry'").fetchone()
    parts = run(
        "SELECT sql FROM sqlite_schema WHERE tbl_name = 'entry' AND type <> 'table' "
        "AND sql IS NOT NULL"
    ).fetchall()
    table = table.replace("minutes BETWEEN 1 AND 1440", _BLOCK_MINUTES)
    run(re.sub(r'CREATE TABLE "?entry"?', "CREATE TABLE entry_anew", table, count=1))
    run("INSERT INTO entry_anew SELECT * FROM entry")
    run("DROP TABLE entry")
    run("ALTER TABLE entry_anew RENAME TO entry")
    for (statement,) in parts:
        run(statement)


@migrations()
def m004_in_plan(db: Database) -> None:
    """Let an entry be outside the training plan, and find those outside paid hours at once."""
    run(db.conn, _IN_PLAN)


def new_device() -> str:
    """Draw the id of a copy of a journal."""
    return os.urandom(4).hex()


def run(connection: sqlite3.Connection, script: str) -> None:
    """Run statements one by one: ``executescript`` would commit the open transaction."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            connection.execute(statement)
            statement = ""


def has_full_text_search(connection: sqlite3.Connection) -> bool:
    """Tell whether this SQLite was built with FTS5."""
    options = [row[0] for row in connection.execute("PRAGMA compile_options")]
    return "ENABLE_FTS5" in options


def migrate(connection: sqlite3.Connection) -> None:
    """Bring the file to the present shape as one transaction, or leave it untouched.

    Foreign keys are off meanwhile and checked at the end, as SQLite advises for changes
    of shape.
    """
    connection.execute("PRAGMA foreign_keys=OFF")
    connection.execute("BEGIN IMMEDIATE")
    try:
        migrations.apply(Database(connection, execute_plugins=False))
        broken = connection.execute("PRAGMA foreign_key_check").fetchone()
        if broken is not None:
            raise sqlite3.IntegrityError(f"foreign key check failed in {broken[0]}")
        connection.execute(f"PRAGMA application_id={APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version={SCHEMA_VERSION}")
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
    finally:
        connection.execute("PRAGMA foreign_keys=ON")


def make_file(path: Path) -> None:
    """Make a new, empty journal (0600 in a 0700 folder); never over another file.

    Refused where backups say that there was one: a missing journal is not a new one.
    """
    if is_there(path):
        raise Conflict(f"{path} already exists.", "Use another file name with --journal.")
    if missing := missing_journal(path):
        raise missing
    real = real_path(path)
    try:
        private_folder(real.parent)
        set_aside_leftover(real)
        fresh = private_file(real.with_name(f".{real.name}.{os.getpid()}"))
    except OSError as problem:
        raise StoreProblem(
            f"No journal can be made in {real.parent}: {problem.strerror}.",
            "Allow writing there, or use another place with --journal PATH.",
        ) from problem
    try:
        connection = sqlite3.connect(fresh, isolation_level=None)
        migrate(connection)
        connection.close()
        fresh.replace(real)
    except (sqlite3.Error, OSError) as problem:
        fresh.unlink(missing_ok=True)
        if isinstance(problem, sqlite3.Error):
            raise refusal(problem, path) from problem
        raise StoreProblem(
            f"No journal can be made at {path}: {problem.strerror}.",
            "Check free space and permissions, or use another place with --journal PATH.",
        ) from problem
    forget_damage(path)


def missing_journal(path: Path) -> Conflict | None:
    """The refusal where a journal is gone and its backups are still there, else None."""
    backups = listed(path)
    if is_there(path) or not backups:
        return None
    day = max(item.day for item in backups)
    return Conflict(
        f"The journal {path} is missing, but it has backups, the newest from {day}.",
        f"Restore it with: ksbtui restore. To start a new one, move {backup_folder(path)} "
        "away first.",
    )


def upgrade(path: Path) -> None:
    """Bring an older format up to date, behind one verified backup."""
    connection = connect(path)
    try:
        backup(connection, path, reason=f"before-format-{SCHEMA_VERSION}")
        migrate(connection)  # does nothing where another program was quicker
    except sqlite3.Error as problem:
        raise refusal(problem, path) from problem
    finally:
        connection.close()
