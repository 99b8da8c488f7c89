"""A provider's PostgreSQL: connecting to the server a person names, and what is kept there.

The one module that opens a connection.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from ksbtui.errors import Conflict, KsbtuiError, StoreProblem, Unreadable

if TYPE_CHECKING:
    from psycopg import Connection

    Connected = Connection[dict[str, Any]]

SCHEMES = ("postgresql://", "postgres://")
CONNECT_SECONDS = 10
_SET_UP = "Its administrator sets it up with: ksbtui caseload setup URL"


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
        import psycopg
        from psycopg.rows import dict_row
    except ImportError as problem:
        raise StoreProblem(
            "PostgreSQL is an extra that is not installed.", "pip install 'ksbtui[provider]'"
        ) from problem
    try:
        connection = psycopg.connect(
            url, connect_timeout=CONNECT_SECONDS, row_factory=dict_row, autocommit=True
        )
    except psycopg.Error as problem:
        raise StoreProblem(
            f"The server cannot be reached: {_first_line(problem)}.",
            "Check the address, your role and whether the server runs; nothing was changed.",
        ) from problem
    try:
        with connection:
            yield connection
    except psycopg.Error as problem:
        raise _refused(problem) from problem


def _first_line(problem: Any) -> str:
    """What the server says, in one line."""
    if problem.diag.message_primary:
        return str(problem.diag.message_primary)
    lines = str(problem).strip().splitlines() or [type(problem).__name__]
    return lines[-1].strip().rstrip(".")


def _refused(problem: Any) -> KsbtuiError:
    import psycopg

    errors = psycopg.errors
    if isinstance(problem, errors.UndefinedTable | errors.InvalidSchemaName):
        return Conflict("This database holds no caseload.", _SET_UP)
    if isinstance(problem, errors.ReadOnlySqlTransaction):
        return Conflict("The database is read-only; nothing was changed.", "Ask who runs it.")
    if isinstance(problem, errors.InsufficientPrivilege):
        said = _first_line(problem)
        if "row-level security" in str(problem):
            said = "the learner belongs to another tutor"
        return Conflict(
            f"Your role may not do that: {said}.",
            "Ask your provider's administrator; what was pushed before stays.",
        )
    if isinstance(problem, psycopg.OperationalError | psycopg.InterfaceError):
        return StoreProblem(
            f"The connection was lost: {_first_line(problem)}.",
            "Run the same command again: what is there already changes nothing.",
        )
    return StoreProblem(f"The server refused: {_first_line(problem)}.", _SET_UP)
