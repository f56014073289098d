"""Failures of the database in our own words: none leaves this room as the driver raised it.

What a person can act on becomes a `JudgeError`; a broken rule of the tables is a bug of the caller
and becomes `BrokenRule`, without the values, which may be names and marks.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Engine, event
from sqlalchemy.engine import ExceptionContext

from judgeapp.domain.errors import JudgeError

# primary result codes of SQLite (sqlite.org/rescode.html)
_BUSY, _LOCKED, _READONLY, _IOERR, _CORRUPT, _FULL, _CANTOPEN, _NOTADB = 5, 6, 8, 10, 11, 13, 14, 26
_READONLY_ROLLBACK = 776  # a cut-off transaction must be undone first, and the disk refuses it

_SQLITE_CODES = {
    _BUSY: "store.busy",
    _LOCKED: "store.busy",
    _READONLY: "store.read_only",
    _IOERR: "store.disk_error",
    _CORRUPT: "store.damaged",
    _FULL: "store.disk_full",
    _NOTADB: "store.damaged",
}
# SQLSTATE of PostgreSQL, by its longest known beginning (postgresql.org, appendix A)
_POSTGRESQL_CODES = {
    "53100": "store.disk_full",
    "53": "store.server_overloaded",
    "25006": "store.read_only",
    "55P03": "store.busy",
    "40": "store.busy",
    "42501": "store.server_refuses",
    "28": "store.server_refuses",
    "3D": "store.server_refuses",
    "3F": "store.server_without_contest",
    "42P01": "store.server_without_contest",
    "57": "store.no_server",
    "58": "store.disk_error",
    "08": "store.no_server",
    "XX001": "store.damaged",
    "XX002": "store.damaged",
}


class BrokenRule(RuntimeError):
    """A statement broke a rule of the tables, such as a second row under one key: a bug."""


def watch_failures(engine: Engine, file: str) -> None:
    """Make everything that fails on ``engine`` raise a `JudgeError` about ``file``, or a bug."""

    def replace(context: ExceptionContext) -> None:
        raise _translated(context, file) from None

    event.listen(engine, "handle_error", replace)


@contextmanager
def failures_named(engine: Engine, file: str, *, writes: bool = False) -> Iterator[None]:
    """Make what fails in the driver itself, past SQLAlchemy, raise a `JudgeError` about ``file``.

    Raises:
        JudgeError: ``store.disk_full``, ``store.busy``, …
    """
    try:
        yield
    except engine.dialect.loaded_dbapi.Error as error:
        code = sqlite_code(error, writes=writes)
        raise JudgeError(code or "store.disk_error", file=file) from None


def _translated(context: ExceptionContext, file: str) -> Exception:
    error = context.original_exception
    writes = context.connection is not None and bool(
        context.connection.get_execution_options().get("writes", False)
    )
    if context.dialect.name == "sqlite":
        code = sqlite_code(error, writes=writes)
    else:
        code = _postgresql_code(error, connecting=context.connection is None)
    if code == "store.read_only" and not writes and context.connection is not None:
        code = None  # a unit that only reads tried to write
    if code is not None:
        return JudgeError(code, file=file)
    error.args = (_without_values(error),)  # it stays in the chain of causes
    return BrokenRule(f"{type(error).__name__}: {error}")


def sqlite_code(error: BaseException, *, writes: bool) -> str | None:
    """Return the code of what an error of SQLite means to people; None if it is a bug."""
    number = getattr(error, "sqlite_errorcode", None)
    if not isinstance(number, int):
        return None
    if number == _READONLY_ROLLBACK:
        return "store.unfinished_read_only"
    primary = number & 0xFF
    if primary == _CANTOPEN:  # while writing it is the journal that cannot be made
        return "store.read_only" if writes else "store.disk_error"
    return _SQLITE_CODES.get(primary)


def _postgresql_code(error: BaseException, *, connecting: bool) -> str | None:
    state = getattr(error, "sqlstate", None)
    if not isinstance(state, str):
        lost = connecting or type(error).__name__ == "OperationalError"
        return "store.no_server" if lost else None
    for length in (5, 2):
        if state[:length] in _POSTGRESQL_CODES:
            return _POSTGRESQL_CODES[state[:length]]
    return None


def _without_values(error: BaseException) -> str:
    """Return the first line of a driver's message; PostgreSQL puts values on later ones."""
    return str(error).partition("\n")[0]
