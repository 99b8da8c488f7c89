"""Forgetting one entry for good, and looking for what still holds it.

The only thing that rewrites the change log. Beside the journal, its backups, files set aside,
unfinished copies and copied evidence may hold the learner's words.
"""

from __future__ import annotations

import json
import mmap
import os
import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from ksbtui.core.entry.entries import TWICE, Entry, entry_image
from ksbtui.core.exchange.feedback import FEEDBACK, SIGNED, VERIFIED
from ksbtui.store.database import changes, rows, totals
from ksbtui.store.files.paths import attachment_folder, backup_folder, real_path

_ABOUT = ("comment", "question")
"""Kinds of record that are about one entry, which they name."""
_SOURCE, _TIMER = "import-source", "timer"
_TELLING = 12
"""Bytes from which a text is looked for elsewhere; shorter ones are found anywhere."""
_BLANK = "A purged entry"


def texts_of(connection: sqlite3.Connection, entry: Entry) -> frozenset[str]:
    """Every text that an entry holds or has held, its evidence's included."""
    images = [entry_image(entry)]
    for pair in connection.execute(
        "SELECT before, after FROM change WHERE kind = ? AND id = ?", (changes.ENTRY, entry.id)
    ):
        images += [json.loads(text) for text in pair if text]
    return frozenset(text for image in images for text in _texts(image))


def _texts(image: dict[str, Any]) -> Iterator[str]:
    for name in ("title", "notes", "learned"):
        yield image.get(name) or ""
    for item in image.get("evidence") or ():
        yield from (item.get(name) or "" for name in ("title", "target", "note"))


def probes(texts: Iterable[str]) -> tuple[str, ...]:
    """The longest piece of each text that JSON leaves as it is, at most 40 signs of it."""
    pieces = set()
    for text in texts:
        plain = "".join(sign if sign >= " " and sign not in '"\\' else "\n" for sign in text)
        longest = max(plain.split("\n"), key=len)[:40]
        if len(longest.encode()) >= _TELLING:
            pieces.add(longest)
    return tuple(sorted(pieces))


def forget(connection: sqlite3.Connection, entry: Entry, texts: frozenset[str]) -> None:
    """Take an entry out of the rows, sums, records, change log, drafts and search index.

    Runs inside an open write. The labels of the batches that named it are blanked.
    """
    rows.remove(connection, entry.id)
    totals.replace(connection, entry, None)
    connection.execute("INSERT OR REPLACE INTO meta VALUES ('purging', '1')")
    named = (changes.ENTRY, entry.id)
    second = (TWICE, f"{changes.ENTRY}.{entry.id}.")
    connection.execute("DELETE FROM record WHERE kind = ? AND instr(id, ?) = 1", second)
    connection.execute("DELETE FROM change WHERE kind = ? AND instr(id, ?) = 1", second)
    connection.execute(
        "UPDATE batch SET label = ? WHERE n IN "
        "(SELECT batch FROM change WHERE kind = ? AND id = ?)",
        (_BLANK, *named),
    )
    for probe in probes(texts):
        connection.execute("UPDATE batch SET label = ? WHERE instr(label, ?)", (_BLANK, probe[:30]))
    connection.execute("DELETE FROM change WHERE kind = ? AND id = ?", named)
    _forget_comments(connection, entry.id)
    _forget_timers(connection, texts)
    _forget_rows(connection, entry.id)
    connection.execute("DELETE FROM meta WHERE key = 'purging'")
    key = f"entry:{entry.id}"
    connection.execute("DELETE FROM draft WHERE key = ? OR instr(key, ?) = 1", (key, f"{key}:"))
    if connection.execute("SELECT 1 FROM sqlite_schema WHERE name = 'entry_fts'").fetchone():
        # A deleted word stays in the index until its part is merged with others.
        connection.execute("INSERT INTO entry_fts (entry_fts) VALUES ('rebuild')")


def _forget_comments(connection: sqlite3.Connection, entry: str) -> None:
    about = "kind IN (?, ?) AND {} ->> '$.entry' = ?"
    ids = [
        id
        for (id,) in connection.execute(
            f"SELECT id FROM record WHERE {about.format('body')} UNION "
            f"SELECT id FROM change WHERE {about.format('coalesce(after, before)')}",
            (*_ABOUT, entry) * 2,
        )
    ]
    for id in ids:
        connection.execute("DELETE FROM record WHERE kind IN (?, ?) AND id = ?", (*_ABOUT, id))
        connection.execute(
            "UPDATE batch SET label = ? WHERE n IN "
            "(SELECT batch FROM change WHERE kind IN (?, ?) AND id = ?)",
            (_BLANK, *_ABOUT, id),
        )
        connection.execute("DELETE FROM change WHERE kind IN (?, ?) AND id = ?", (*_ABOUT, id))
    _forget_feedback(connection, entry, ids)


def _forget_feedback(connection: sqlite3.Connection, entry: str, comments: list[str]) -> None:
    """Take away signatures of the entry, and what is remembered of feedback about it."""
    lines = (f"{VERIFIED}.{entry}", *(f"{kind}.{id}" for kind in _ABOUT for id in comments))
    gone = [(FEEDBACK, id) for id in lines]
    for table in ("record", "change"):
        connection.executemany(f"DELETE FROM {table} WHERE kind = ? AND id = ?", gone)
        signed = f"DELETE FROM {table} WHERE kind = ? AND instr(id, ?) = 1"
        connection.execute(signed, (SIGNED, f"{entry}-"))


def _forget_timers(connection: sqlite3.Connection, texts: frozenset[str]) -> None:
    log = connection.execute("SELECT n, before, after FROM change WHERE kind = ?", (_TIMER,))
    for n, *images in log.fetchall():
        if any((json.loads(text).get("title") or "?") in texts for text in images if text):
            connection.execute("DELETE FROM change WHERE n = ?", (n,))


def _forget_rows(connection: sqlite3.Connection, entry: str) -> None:
    query = "SELECT id, body FROM record WHERE kind = ? AND instr(body, ?)"
    for id, body in connection.execute(query, (_SOURCE, entry)).fetchall():
        connection.execute(
            "UPDATE record SET body = ? WHERE kind = ? AND id = ?",
            (_without(body, entry), _SOURCE, id),
        )
    log = (
        "SELECT n, before, after FROM change WHERE kind = ? "
        "AND (instr(before, ?) OR instr(after, ?))"
    )
    for n, before, after in connection.execute(log, (_SOURCE, entry, entry)).fetchall():
        connection.execute(
            "UPDATE change SET before = ?, after = ? WHERE n = ?",
            (_without(before, entry), _without(after, entry), n),
        )


def _without(body: str | None, entry: str) -> str | None:
    if body is None:
        return None
    image = {name: value for name, value in json.loads(body).items() if name != entry}
    for name in ("order", "gone"):
        if name in image:
            image[name] = [id for id in image[name] if id != entry]
    return json.dumps(image, ensure_ascii=False)


def mentions(connection: sqlite3.Connection, probe: str) -> list[str]:
    """Name what in the journal still holds a text: entries and records, by kind and id."""
    texts = "title || char(10) || notes || char(10) || learned || char(10) || evidence_text"
    entries = f"SELECT 'entry', id FROM entry WHERE instr({texts}, ?)"
    others = (
        "SELECT kind, id FROM record WHERE instr(body, ?) "
        "UNION SELECT 'draft', key FROM draft WHERE instr(body, ?) "
        "UNION SELECT 'the history of ' || kind, id FROM change "
        "WHERE instr(before, ?) OR instr(after, ?)"
    )
    holding = connection.execute(entries, (probe,)).fetchall()
    holding += connection.execute(others, (probe,) * 4).fetchall()
    return [f"{kind} {id}" for kind, id in holding]


def own_files(journal: Path) -> Iterator[Path]:
    """Backups, files set aside by a restore, unfinished copies and copied evidence, by name."""
    real = real_path(journal)
    if real.parent.is_dir():
        for path in sorted(real.parent.iterdir()):
            begins = path.name.lstrip(".").startswith(real.name)
            if begins and path != real and not path.name.endswith(".damaged") and path.is_file():
                yield path
    for folder in (backup_folder(journal), attachment_folder(journal)):
        for where, _, names in sorted(os.walk(folder)):
            yield from (Path(where) / name for name in sorted(names))


def holding(journal: Path, entry: str, texts: Iterable[str]) -> list[Path]:
    """Files of the journal's that still hold an entry (by its id) or one of its texts."""
    wanted = [text.encode() for text in texts]
    return [path for path in own_files(journal) if _knows(path, entry) or _holds(path, wanted)]


def _knows(path: Path, entry: str) -> bool:
    """Whether a file is a journal with that entry in its rows or its history."""
    try:
        connection = sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True)
        try:
            rows = connection.execute(
                "SELECT 1 FROM entry WHERE id = ? UNION ALL "
                "SELECT 1 FROM change WHERE kind = 'entry' AND id = ?",
                (entry, entry),
            )
            return rows.fetchone() is not None
        finally:
            connection.close()
    except (sqlite3.Error, ValueError):
        return False


def _holds(path: Path, texts: Iterable[bytes]) -> bool:
    """Whether the bytes of a file hold one of the texts; one that cannot be read may."""
    try:
        with path.open("rb") as file:
            if not os.fstat(file.fileno()).st_size:
                return False
            with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
                return any(data.find(text) >= 0 for text in texts)
    except (OSError, ValueError):
        return True
