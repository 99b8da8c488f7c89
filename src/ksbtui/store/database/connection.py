"""One SQLite connection, opened the safe way, one door for writes, and what is known of damage.

Every write is ``BEGIN IMMEDIATE`` … ``COMMIT``: it waits its turn beside another
program instead of failing, and it is whole or absent. The rollback journal
(``DELETE`` with ``synchronous=EXTRA``) keeps one file at rest.

SQLite goes on writing into a file with broken pages as long as it does not meet them, and
each write may lose more. Once one program has met damage, it notes it in a small file beside
the journal and none writes until the file is whole again. The note names the file and its
state, so it says nothing of one that was put in its place since.
"""

from __future__ import annotations

import os
import sqlite3
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from ksbtui.core.text.text import quoted
from ksbtui.errors import Busy, Damaged, KsbtuiError, StoreProblem
from ksbtui.store.files.paths import private_file, real_path, rollback_journal

APPLICATION_ID = 0x4B534254
SCHEMA_VERSION = 4
HEADER = b"SQLite format 3\x00"
WAIT_SECONDS = 15.0

_PRAGMAS = """
PRAGMA foreign_keys=ON;
PRAGMA synchronous=EXTRA;
PRAGMA secure_delete=ON;
PRAGMA cache_size=-65536;
PRAGMA cell_size_check=ON;
"""

DAMAGE_HINT = (
    "Restore the newest backup with: ksbtui restore (it asks first). To copy what can "
    "still be read: ksbtui doctor --salvage NEW"
)


def check_file(path: Path) -> None:
    """Refuse a file that is not a journal of ours, before SQLite touches it.

    Reads the first 100 bytes only: the header, ``user_version``, ``application_id`` and how
    long the file should be.
    """
    try:
        if not stat.S_ISREG(path.stat().st_mode):  # a pipe would wait for ever
            raise StoreProblem(
                f"{path} is not a file. It was not changed.",
                "Enter the path of your journal with --journal.",
            )
        with path.open("rb") as file:
            head = file.read(100)
    except OSError as problem:
        raise StoreProblem(
            f"The journal {path} cannot be read: {problem.strerror}.",
            "Check the path and its permissions, or use another with --journal.",
        ) from problem
    if len(head) < 100 or not head.startswith(HEADER):
        raise Damaged(
            f"{path} is not a ksbtui journal, or is damaged. It was not changed.",
            "Use another file with --journal, or restore a backup with: ksbtui restore PATH",
        )
    if int.from_bytes(head[68:72]) != APPLICATION_ID:
        raise StoreProblem(
            f"{path} is a database of another program. It was not changed.",
            "Enter the path of your journal with --journal PATH.",
        )
    version = int.from_bytes(head[60:64])
    if version > SCHEMA_VERSION:
        raise StoreProblem(
            f"{path} was written by a newer ksbtui (format {version}, this one reads "
            f"{SCHEMA_VERSION}). It was not changed.",
            "Update ksbtui, then open the journal again.",
        )
    if (missing := _missing_bytes(head, path)) > 0:
        raise Damaged(
            f"The journal {path} is {missing:,} bytes too short. It was not changed.",
            DAMAGE_HINT,
        )


def _missing_bytes(head: bytes, path: Path) -> int:
    """How much of the file is not there; nothing is said of one that is being written.

    A writer's rollback journal is looked for first: without one the size is that of a commit.
    """
    counts_hold = head[24:28] == head[92:96]
    if not counts_hold or rollback_journal(path).exists():
        return 0
    page = int.from_bytes(head[16:18])
    pages = int.from_bytes(head[28:32])
    return pages * (page if page > 1 else 65536) - path.stat().st_size


def file_version(path: Path) -> int:
    """The format number in a checked journal's header."""
    with path.open("rb") as file:
        return int.from_bytes(file.read(64)[60:64])


def connect(path: Path, patience: float = WAIT_SECONDS) -> sqlite3.Connection:
    """Open the journal file for reading and writing, or for reading where that is all.

    ``patience`` is how many seconds another program's write is waited for.
    """
    real = real_path(path)
    read_only = not os.access(real, os.W_OK) or not os.access(real.parent, os.W_OK)
    mode = "ro" if read_only else "rw"
    uri = f"{real.as_uri()}?mode={mode}"
    try:
        connection = sqlite3.connect(uri, uri=True, timeout=patience, isolation_level=None)
        connection.executescript(_PRAGMAS)
    except sqlite3.Error as problem:
        raise refusal(problem, path) from problem
    return connection


@contextmanager
def transaction(connection: sqlite3.Connection, path: Path) -> Iterator[None]:
    """Write as one: all of it stays or, on any failure, none."""
    try:
        connection.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise
        connection.execute("COMMIT")
    except sqlite3.Error as problem:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise refusal(problem, path) from problem


def refusal(problem: sqlite3.Error, path: Path) -> StoreProblem:
    """Say in a learner's words why SQLite could not do it."""
    name = getattr(problem, "sqlite_errorname", "") or ""
    if "decode to UTF-8" in str(problem):
        name = "SQLITE_CORRUPT"
    for start, kind, message, hint in _REFUSALS:
        if name.startswith(start):
            names = {"path": path, "folder": path.parent}
            return kind(message.format(**names), hint.format(**names))
    return StoreProblem(
        f"The journal {path} could not be used: {problem}.",
        "Nothing was changed. Run: ksbtui doctor",
    )


def explained(problem: BaseException, path: Path) -> KsbtuiError | None:
    """What a failure means for the person; None for a fault of the program's own."""
    if isinstance(problem, KsbtuiError):
        return problem
    if isinstance(problem, sqlite3.Error):
        return refusal(problem, path)
    if isinstance(problem, OSError) and problem.filename is not None:
        return StoreProblem(
            f"{quoted(str(problem.filename))} cannot be used: {problem.strerror}.",
            "Name another place, or check its permissions and the free space.",
        )
    return None


_DAMAGED = (Damaged, "The journal {path} is damaged. It was not changed.", DAMAGE_HINT)
_BUSY = (
    Busy,
    "Another ksbtui is saving. Nothing was changed.",
    "Wait a moment and try again.",
)
_REFUSALS: tuple[tuple[str, type[StoreProblem], str, str], ...] = (
    (
        "SQLITE_FULL",
        StoreProblem,
        "The disk is full. Nothing was changed.",
        "Free some space and try again.",
    ),
    ("SQLITE_IOERR_SHORT_READ", *_DAMAGED),
    ("SQLITE_IOERR_CORRUPTFS", *_DAMAGED),
    (
        "SQLITE_IOERR_READ",
        StoreProblem,
        "The disk could not read {path}. Nothing was changed.",
        "Check the drive, copy your journal somewhere safe, then run: ksbtui doctor",
    ),
    (
        "SQLITE_IOERR",
        StoreProblem,
        "The disk could not write {path}. Nothing was changed.",
        "Check free space and the drive, then try again.",
    ),
    (
        "SQLITE_READONLY_DBMOVED",
        StoreProblem,
        "The journal {path} was moved or removed while it was open. Nothing was changed.",
        "Put it back where it was, then try again.",
    ),
    (
        "SQLITE_READONLY",
        StoreProblem,
        "The journal {path} or its folder is read-only. Nothing was changed.",
        "Allow writing in {folder}, or use another journal with --journal.",
    ),
    (
        "SQLITE_CANTOPEN",
        StoreProblem,
        "The journal {path} cannot be opened.",
        "Check the path and its permissions, or use another with --journal.",
    ),
    ("SQLITE_BUSY", *_BUSY),
    ("SQLITE_LOCKED", *_BUSY),
    (
        "SQLITE_CORRUPT_VTAB",
        StoreProblem,
        "The search index of {path} is damaged. Nothing was changed and your entries are safe.",
        "Rebuild it with: ksbtui doctor --mend",
    ),
    ("SQLITE_NOTADB", *_DAMAGED),
    ("SQLITE_CORRUPT", *_DAMAGED),
)


E = TypeVar("E", bound=KsbtuiError)


def note_path(journal: Path) -> Path:
    """Where the note of a journal lies."""
    real = real_path(journal)
    return real.with_name(f"{real.name}.damaged")


def note_damage(journal: Path, what: str) -> None:
    """Note that a journal is damaged; a folder that cannot be written keeps no note."""
    try:
        path = note_path(journal)
        path.unlink(missing_ok=True)
        private_file(path).write_text(f"{_state(journal)}\n{what}\n", encoding="utf-8")
    except OSError:
        return


def noted_if_damage(journal: Path, error: E, what: str) -> E:
    """The same error, noted beside the journal if it is one of damage."""
    if isinstance(error, Damaged):
        note_damage(journal, what)
    return error


def known_damage(journal: Path) -> str:
    """What damage is known of a journal; empty if none is."""
    try:
        state, _, what = note_path(journal).read_text(encoding="utf-8").partition("\n")
        return what.strip() if state == _state(journal) else ""
    except (OSError, ValueError):
        return ""


def forget_damage(journal: Path) -> None:
    """Take the note away: the file is whole again, or another stands in its place."""
    try:
        note_path(journal).unlink(missing_ok=True)
    except OSError:
        return


def damage_refusal(journal: Path, what: str = "") -> Damaged:
    """The refusal of a write into a damaged journal."""
    why = f" ({what.splitlines()[0][:100]})" if what else ""
    return Damaged(
        f"The journal {journal} is damaged{why}, so nothing is saved in it.", DAMAGE_HINT
    )


def check_sound(connection: sqlite3.Connection, journal: Path, thorough: bool = False) -> str:
    """Let SQLite check the file and note what it finds; empty if it is sound.

    The quick check takes 7, 25 and 240 ms at 1,000, 10,000 and 100,000 entries; the thorough
    one, which looks into the indexes as well, three times as long.
    """
    pragma = "integrity_check" if thorough else "quick_check"
    try:
        faults = [str(row[0]) for row in connection.execute(f"PRAGMA {pragma}(20)")]
    except sqlite3.Error as problem:
        error = refusal(problem, journal)
        if not isinstance(error, Damaged):
            raise error from problem
        faults = [str(problem)]
    if faults == ["ok"]:
        forget_damage(journal)
        return ""
    what = "; ".join(" ".join(line.split()) for line in faults)
    note_damage(journal, what)
    return what


def passes_quick_check(path: Path) -> bool:
    """Whether a file opens as a database that passes SQLite's own quick check."""
    try:
        connection = connect(path)
        try:
            return bool(connection.execute("PRAGMA quick_check").fetchone() == ("ok",))
        finally:
            connection.close()
    except (Damaged, sqlite3.Error):
        return False


def _state(journal: Path) -> str:
    """Which file it is and what its last write was: inode, and change counter in hex."""
    with journal.open("rb") as file:
        head = file.read(28)
        return f"{os.fstat(file.fileno()).st_ino} {head[24:28].hex()}"
