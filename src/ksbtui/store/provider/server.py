"""A provider's PostgreSQL: connecting to the server a person names, and what is kept there.

The one module that opens a connection.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from ksbtui.core.caseload.caseload import ActualHours, Learner
from ksbtui.core.programme.standards import code_key
from ksbtui.errors import Conflict, KsbtuiError, NotFound, StoreProblem, Unreadable

if TYPE_CHECKING:
    from psycopg import Connection

    Connected = Connection[dict[str, Any]]


SCHEMES = ("postgresql://", "postgres://")
CONNECT_SECONDS = 10
_SET_UP = "Ask its administrator to run: ksbtui caseload setup URL"


def is_server(text: str) -> bool:
    """Whether a text names a PostgreSQL server."""
    return text.startswith(SCHEMES)


def script(name: str) -> str:
    """One of the SQL files beside this module."""
    return (files("ksbtui.store.provider") / name).read_text(encoding="utf-8")


@contextmanager
def connected(url: str) -> Iterator[Connected]:
    """Connect to a server; every fault of it is put into words, without the password."""
    if not is_server(url):
        raise Unreadable("That is not the address of a PostgreSQL server.", "postgresql://HOST/DB")
    try:
        import psycopg  # deferred: PostgreSQL is an extra that may not be installed
        from psycopg.rows import dict_row
    except ImportError as problem:
        raise StoreProblem(
            "PostgreSQL support is not installed.", "Install it: pip install 'ksbtui[provider]'"
        ) from problem
    try:
        connection = psycopg.connect(
            url, connect_timeout=CONNECT_SECONDS, row_factory=dict_row, autocommit=True
        )
    except psycopg.Error as problem:
        raise StoreProblem(
            f"The server cannot be reached: {_first_line(problem)}.",
            "Check the address, your role and that the server is running. Nothing was changed.",
        ) from problem
    try:
        with connection:
            yield connection
    except psycopg.Error as problem:
        raise _refused(problem) from problem


def _first_line(problem: Any) -> str:
    if problem.diag.message_primary:
        return str(problem.diag.message_primary)
    lines = str(problem).strip().splitlines() or [type(problem).__name__]
    return lines[-1].strip().rstrip(".")


def _refused(problem: Any) -> KsbtuiError:
    import psycopg

    errors = psycopg.errors
    if isinstance(problem, errors.UndefinedTable | errors.InvalidSchemaName):
        return Conflict("This database contains no caseload.", _SET_UP)
    if isinstance(problem, errors.ReadOnlySqlTransaction):
        return Conflict("The database is read-only. Nothing was changed.", "Ask its administrator.")
    if isinstance(problem, errors.InsufficientPrivilege):
        why = _first_line(problem)
        if "row-level security" in str(problem):
            why = "the learner belongs to another tutor"
        return Conflict(
            f"Your database role is not allowed to do that: {why}.",
            "Ask your provider's administrator. What you pushed before is kept.",
        )
    if isinstance(problem, psycopg.OperationalError | psycopg.InterfaceError):
        return StoreProblem(
            f"The connection was lost: {_first_line(problem)}.",
            "Run the same command again. Files already pushed are not added twice.",
        )
    return StoreProblem(f"The server refused: {_first_line(problem)}.", _SET_UP)


TABLES: Mapping[str, Mapping[str, str]] = {
    "plan_day": {"day": "date", "planned": "integer"},
    "plan_month": {"month": "date", "training_from": "date"},
    "ksb": {"code": "text"},
    "entry": {
        "id": "text",
        "day": "date",
        "minutes": "integer",
        "type": "text",
        "module": "smallint",
        "counts": "boolean",
        "words": "integer",
        "evidence": "integer",
        "verified": "date",
        "active": "boolean",
    },
    "entry_ksb": {"entry": "text", "code": "text", "worded": "boolean", "evidenced": "boolean"},
    "review": {"day": "date"},
    "coaching": {"day": "date", "held": "boolean", "next_day": "date"},
    "action": {"id": "text", "due": "date", "state": "text"},
}
"""The columns of each table beside tutor and learner, in the order they are filled."""

ADDED, CHANGED, UNCHANGED = "added", "changed", "unchanged"

_LEARNER = (
    *("id", "name", "standard", "programme", "start_day", "gateway", "target", "since"),
    *("private", "opening", "opening_day", "opening_verified"),
    *("idle_months", "review_due", "ended", "made_at"),
)


@dataclass(frozen=True, slots=True)
class Rows:
    """One learner's file as rows: the learner's own, and those of each table."""

    learner: Mapping[str, Any]
    tables: Mapping[str, Sequence[tuple[Any, ...]]]


def set_up(connection: Connected) -> None:
    """Make the schema, its roles and policies; again it changes nothing."""
    with connection.transaction():
        connection.execute(script("schema.sql"))


def known_files(connection: Connected) -> dict[str, str]:
    """When the file of each learner that the role may see was made (UTC)."""
    learners = connection.execute("SELECT id, made_at FROM ksbtui.learner")
    return {row["id"]: _instant(row["made_at"]) for row in learners}


def _instant(moment: datetime) -> str:
    text = moment.astimezone(UTC).isoformat(timespec="milliseconds")
    return text.replace("+00:00", "Z")


def push(connection: Connected, rows: Rows) -> str:
    """Load one file in one transaction, unless the database has it or a newer one."""
    names = ", ".join(_LEARNER)
    values = ", ".join(f"%({name})s" for name in _LEARNER)
    news = ", ".join(f"{name} = excluded.{name}" for name in _LEARNER if name != "id")
    id = rows.learner["id"]
    with connection.transaction():
        # ON CONFLICT settles one of the two unique keys: a twin that comes at once waits here.
        connection.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", (id,))
        stored = connection.execute(
            f"INSERT INTO ksbtui.learner ({names}) VALUES ({values}) "
            f"ON CONFLICT (id) DO UPDATE SET {news} "
            "WHERE ksbtui.learner.made_at < excluded.made_at RETURNING (xmax = 0) AS is_new",
            rows.learner,
        ).fetchone()
        if stored is None:
            return UNCHANGED
        for table, columns in TABLES.items():
            if not stored["is_new"] and table != "entry_ksb":  # which goes with its entries
                connection.execute(f"DELETE FROM ksbtui.{table} WHERE learner = %s", (id,))
            _fill(connection, table, columns, id, rows.tables[table])
    return ADDED if stored["is_new"] else CHANGED


def _fill(
    connection: Connected,
    table: str,
    columns: Mapping[str, str],
    learner: str,
    rows: Sequence[tuple[Any, ...]],
) -> None:
    if not rows:
        return
    names = ", ".join(columns)
    arrays = ", ".join(f"%s::{kind}[]" for kind in columns.values())
    connection.execute(
        f"INSERT INTO ksbtui.{table} (learner, {names}) SELECT %s, * FROM unnest({arrays})",
        (learner, *(list(column) for column in zip(*rows, strict=True))),
    )


def report(connection: Connected, as_at: date) -> list[Learner]:
    """Every learner the role may see, as at a day."""
    connection.execute("SET jit = off")  # compiling takes longer than the query
    rows = connection.execute(script("report.sql"), {"as_at": as_at})
    return [_learner(row, as_at) for row in rows]


def _learner(row: dict[str, Any], as_at: date) -> Learner:
    row["made_at"] = _instant(row["made_at"])
    row["gaps"] = tuple(sorted(row["gaps"], key=code_key))
    row["idle"] = tuple(row["idle"])
    return Learner(**row, as_at=as_at)


_HOURS = """
SELECT learner.id, learner.name, learner.standard, learner.start_day AS start,
    learner.target AS planned, (coalesce(sum(entry.minutes), 0)
        + CASE WHEN learner.opening_day <= %(as_at)s THEN learner.opening ELSE 0 END)::integer
        AS actual
FROM ksbtui.learner AS learner
LEFT JOIN ksbtui.entry AS entry ON entry.tutor = learner.tutor AND entry.learner = learner.id
    AND entry.counts AND entry.day <= %(as_at)s
GROUP BY learner.id
ORDER BY learner.name, learner.id
"""


def actual_hours(connection: Connected, as_at: date) -> list[ActualHours]:
    """Planned and actual hours by learner, for a provider's return."""
    return [ActualHours(**row) for row in connection.execute(_HOURS, {"as_at": as_at})]


def purge(connection: Connected, learner: str) -> str:
    """Remove a learner with every row of theirs; gives the name."""
    with connection.transaction():
        removed = connection.execute(
            "DELETE FROM ksbtui.learner WHERE id = %s RETURNING name", (learner,)
        ).fetchone()
    if removed is None:
        raise NotFound(
            f"The database has no learner {learner[:40]!r} that you can remove.",
            "To see the ids: ksbtui caseload --from URL --json",
        )
    return str(removed["name"])
