"""Finding entries: filters and the search line as SQL and full-text search, newest first.

Words are looked up in ``entry_fts`` first. A few hits are then sorted by day; many are met by
walking the days from the newest, so that a page of a common word never sorts the journal.
Measured by ``benchmarks/search.py``. Without FTS5 every word is looked for with LIKE.

Weeks come from the day sums, so that a list of any length never reads the entries it does not
show.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import islice

from ksbtui.core.entry.entries import Entry, Filter
from ksbtui.core.text.query import Query, Word, parse_query
from ksbtui.store.database import rows

FEW = 800
"""Hits up to which they are sorted; beyond, the days are walked."""

LOOKED_THROUGH = 10_000
"""Newest entries that a keystroke looks through for a sign the index does not hold."""


Condition = tuple[str, tuple[object, ...]]

_TEXTS = ("title", "notes", "learned", "evidence_text")


def find(
    connection: sqlite3.Connection,
    wanted: Filter,
    as_at: date,
    limit: int,
    offset: int,
    count: bool = True,
    public: bool = False,
) -> tuple[tuple[Entry, ...], int, bool]:
    """Read a page of matching live entries; the rest is as :func:`find_rows` says."""
    seqs, total, exact = find_rows(connection, wanted, as_at, limit, offset, count, public)
    return entries_of(connection, seqs), total, exact


def find_rows(
    connection: sqlite3.Connection,
    wanted: Filter,
    as_at: date,
    limit: int,
    offset: int = 0,
    count: bool = True,
    public: bool = False,
) -> tuple[list[int], int, bool]:
    """Find the row numbers of matching live entries, newest first, and count all that match.

    ``limit`` below 0 finds all. Without ``count`` the number is at least what was seen so
    far; the third says whether it is exact. ``public`` leaves private entries out.
    """
    query = parse_query(wanted.search, as_at)
    indexed = _has_index(connection)
    conditions = list(_conditions(wanted, query, as_at))
    conditions += [_without(left, as_at, indexed) for left in query.without]
    conditions += [("entry.private = 0", ())] if public else []
    unindexed = [word for word in query.words if word.literal or not indexed]
    conditions += [_holds(word.raw) for word in unindexed]
    if unindexed and not count:
        conditions.append(_newest(LOOKED_THROUGH))
    where = " AND ".join(["entry.deleted_at = ''", *(sql for sql, _ in conditions)])
    values = [value for _, parameters in conditions for value in parameters]
    match = match_expression(query.words) if indexed else ""
    if match:
        return _by_words(connection, match, (where, values), limit, offset, count)
    page = f"SELECT seq FROM entry WHERE {where} {_NEWEST} LIMIT ? OFFSET ?"
    seqs = [seq for (seq,) in connection.execute(page, [*values, limit, offset])]
    if not count and (unindexed or len(seqs) == limit):
        return seqs, offset + len(seqs), False
    (total,) = connection.execute(f"SELECT count(*) FROM entry WHERE {where}", values).fetchone()
    return seqs, int(total), True


def _by_words(
    connection: sqlite3.Connection,
    match: str,
    where: tuple[str, list[object]],
    limit: int,
    offset: int,
    count: bool,
) -> tuple[list[int], int, bool]:
    condition, values = where
    hits = {seq for (seq,) in connection.execute(_MATCHING, (match,))}
    stop = None if limit < 0 else offset + limit
    if len(hits) <= FEW:
        among = "seq IN (SELECT value FROM json_each(?))"
        query = f"SELECT seq FROM entry WHERE {among} AND {condition} {_NEWEST}"
        few = connection.execute(query, [json.dumps(list(hits)), *values])
        seqs = [seq for (seq,) in few]
        return seqs[offset:stop], len(seqs), True
    walked = connection.execute(f"SELECT seq FROM entry WHERE {condition} {_NEWEST}", values)
    met = (seq for (seq,) in walked if seq in hits)
    seqs = list(islice(met, stop))
    exact = count or len(seqs) != stop
    total = len(seqs) + (sum(1 for _ in met) if count else 0)
    return seqs[offset:], total, exact


_NEWEST = "ORDER BY entry.day DESC, entry.seq DESC"
_MATCHING = "SELECT rowid FROM entry_fts WHERE entry_fts MATCH ?"


def entries_of(connection: sqlite3.Connection, seqs: list[int]) -> tuple[Entry, ...]:
    """Read entries by row number, newest first; one that is gone is left out."""
    tail = f"WHERE entry.seq IN (SELECT value FROM json_each(?)) {_NEWEST}"
    return tuple(rows.read(connection, tail, (json.dumps(seqs),)))


def _has_index(connection: sqlite3.Connection) -> bool:
    index = connection.execute("SELECT 1 FROM sqlite_schema WHERE name = 'entry_fts'")
    return index.fetchone() is not None


def match_expression(words: Iterable[Word]) -> str:
    """The words of a query for FTS5, every token quoted; empty where none is indexed.

    The index holds stems, which the word being typed may already be longer than ("governa"
    is no beginning of "govern"): the words it may become are looked up beside it.
    """
    return " AND ".join(_term(word) for word in words if word.tokens)


def _term(word: Word) -> str:
    phrase = f'"{" ".join(word.tokens)}"'
    if not word.prefix:
        return phrase
    *before, last = word.tokens
    whole = [f'"{" ".join([*before, longer])}"' for longer in _finished(last)]
    if last.endswith("y") and len(last) >= _LONG:  # stemming makes it i: "prototy" "prototi"
        whole.append(f'"{" ".join([*before, last[:-1]])}"*')
    return f"({' OR '.join([phrase + '*', *whole])})"


_LONG = 6
_ENDINGS = """
ability able ably ality ally ance ances ancy ant ants ate ated ates ating ation ational ations
ative ator ators ed ement ements ence ences ency ent ently ents er ers es ful fulness ibility ible
ic ical ically icity ied ier ies ily ing ings ion ional ions isation isations ise ised ises ising
ism ist ists ity ive ively iveness ivity ization izations ize ized izing ly ment ments ness ous
ously s tional y al als ied iness
""".split()  # noqa: SIM905
_WHOLE_ENDINGS = ("ing", "ed", "er", "s")


def _finished(typed: str) -> list[str]:
    """Words that ``typed`` may be growing into: "governa" into "governance" and others."""
    if len(typed) < 3 or not typed.isascii():
        return []
    words = [typed + ending for ending in _WHOLE_ENDINGS]
    for cut in range(len(typed) - 1, max(2, len(typed) - 9) - 1, -1):
        begun = typed[cut:]
        words += [typed[:cut] + e for e in _ENDINGS if e.startswith(begun)]
    return list(dict.fromkeys(words))


def _conditions(wanted: Filter, query: Query, as_at: date) -> Iterator[Condition]:
    """What is asked for beside words, from the filter's fields and the line's facets."""
    for code in filter(None, (wanted.ksb, *query.ksbs)):
        yield "entry.seq IN (SELECT entry FROM entry_ksb WHERE code = ?)", (code,)
    for kinds in filter(None, ((wanted.type,) if wanted.type else (), query.types)):
        yield f"entry.type IN ({', '.join('?' * len(kinds))})", kinds
    for sql, value in (
        ("entry.enrolment = ?", wanted.enrolment or None),
        ("entry.module = ?", wanted.module),
        ("entry.module = ?", query.module),
        ("entry.day >= ?", wanted.since),
        ("entry.day >= ?", query.since),
        ("entry.day <= ?", wanted.until),
        ("entry.day <= ?", query.until),
    ):
        if value is not None:
            yield sql, (value.isoformat() if isinstance(value, date) else value,)
    for rule in filter(None, (wanted.rule, query.rule)):
        yield from _under(rule, as_at)
    for part in query.has:
        yield f"({_PRESENT[part]})", ()
    for part in (*query.lacks, *(("ksbs",) if wanted.untagged else ())):
        yield f"NOT ({_PRESENT[part]})", ()
    yield from _marks(query, as_at)


def _without(left: Query, as_at: date, indexed: bool) -> Condition:
    parts = list(_conditions(Filter(), left, as_at))
    for word in left.words:
        if word.literal or not indexed:
            parts.append(_holds(word.raw))
        if word.tokens and indexed:
            parts.append((f"entry.seq IN ({_MATCHING})", (_term(word),)))
    sql = " AND ".join(sql for sql, _ in parts)
    return f"NOT ({sql})", tuple(value for _, parameters in parts for value in parameters)


def vocabulary(connection: sqlite3.Connection) -> frozenset[str]:
    """Every word stem of the index; empty where there is none."""
    if not _has_index(connection):
        return frozenset()
    connection.execute(
        "CREATE VIRTUAL TABLE IF NOT EXISTS temp.entry_words "
        "USING fts5vocab('main', 'entry_fts', 'row')"
    )
    return frozenset(term for (term,) in connection.execute("SELECT term FROM temp.entry_words"))


_PRESENT = {
    "evidence": "EXISTS (SELECT 1 FROM evidence WHERE evidence.entry = entry.seq)",
    "learned": "entry.learned <> ''",
    "notes": "entry.notes <> ''",
    "ksbs": "EXISTS (SELECT 1 FROM entry_ksb WHERE entry_ksb.entry = entry.seq)",
    "module": "entry.module IS NOT NULL",
}


def _marks(query: Query, as_at: date) -> Iterator[Condition]:
    marks = (
        (query.counted, "(entry.failed_rules = '' AND entry.day <= ?)", (as_at.isoformat(),)),
        (query.submitted, "entry.submitted <> ''", ()),
        (query.verified, "entry.verified_day <> ''", ()),
        (query.private, "entry.private = 1", ()),
    )
    for answer, sql, values in marks:
        if answer is not None:
            yield sql if answer else f"NOT {sql}", values


def _newest(number: int) -> Condition:
    """Entries of the days that hold the newest so many."""
    live = "SELECT day FROM entry WHERE deleted_at = '' ORDER BY day DESC, seq DESC"
    return f"entry.day >= coalesce(({live} LIMIT 1 OFFSET ?), '')", (number,)


def _holds(raw: str) -> Condition:
    """Entries that hold a piece of text as typed, in any of their texts."""
    like = f"%{raw.replace('!', '!!').replace('%', '!%').replace('_', '!_')}%"
    either = " OR ".join(f"entry.{text} LIKE ? ESCAPE '!'" for text in _TEXTS)
    return f"({either})", (like,) * len(_TEXTS)


def _under(rule: str, as_at: date) -> Iterator[Condition]:
    """Entries that stand under a rule: it is the first they fail, the date considered."""
    first = "(entry.failed_rules || ' ') LIKE ?"
    before_clock = ("inside-programme", "not-in-break")
    if rule == "not-future":
        earlier = tuple(f"{id} %" for id in before_clock)
        yield f"entry.day > ? AND NOT ({first} OR {first})", (as_at.isoformat(), *earlier)
    else:
        yield first, (f"{rule} %",)
        if rule not in before_clock:
            yield "entry.day <= ?", (as_at.isoformat(),)


_WEEKS = """
SELECT date(day, 'weekday 0', '-6 days') AS monday, sum(entries), sum(minutes),
       sum(CASE WHEN rule = '' AND day <= ? THEN minutes ELSE 0 END)
FROM day_total GROUP BY monday HAVING sum(entries) > 0 ORDER BY monday DESC
"""
_AHEAD = """
SELECT count(*) FROM entry JOIN (SELECT day AS at, seq AS n FROM entry WHERE id = ?)
WHERE deleted_at = '' AND (day > at OR (day = at AND seq > n))
"""


_PUBLIC_WEEKS = """
SELECT date(day, 'weekday 0', '-6 days') AS monday, count(*), sum(minutes),
       sum(CASE WHEN failed_rules = '' AND day <= ? THEN minutes ELSE 0 END)
FROM entry WHERE deleted_at = '' AND private = 0 GROUP BY monday ORDER BY monday DESC
"""


def weeks(
    connection: sqlite3.Connection, as_at: date, *, public: bool = False
) -> list[tuple[date, int, int, int]]:
    """Read (Monday, entries, logged minutes, counted minutes), newest week first.

    ``public`` leaves private entries out, which the day sums do not know.
    """
    rows = connection.execute(_PUBLIC_WEEKS if public else _WEEKS, (as_at.isoformat(),))
    return [(date.fromisoformat(monday), *sums) for monday, *sums in rows]


def position_of(connection: sqlite3.Connection, id: str, *, public: bool = False) -> int | None:
    """Count the live entries that stand before one, newest first; None if it is gone."""
    shown = " AND private = 0" if public else ""
    live = f"SELECT 1 FROM entry WHERE id = ? AND deleted_at = ''{shown}"
    if connection.execute(live, (id,)).fetchone() is None:
        return None
    (ahead,) = connection.execute(_AHEAD + shown, (id,)).fetchone()
    return int(ahead)
