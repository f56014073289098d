"""A contest's store on a PostgreSQL server, for several secretaries who work at once.

The contest folder then holds ``store.json`` with the server's address and the name of the schema
in which the contest's tables lie; never a password: libpq finds that in ``PGPASSWORD`` or in the
user's ``.pgpass``. Writing units wait for one another at an advisory lock, so that they follow one
after the other as on SQLite; reading ones see one state. The schema's number stands in its comment.
"""

from __future__ import annotations

import json
import re
import secrets
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.exc import ArgumentError

from judgeapp.domain.errors import BadInput, JudgeError
from judgeapp.store import tables
from judgeapp.store.failures import watch_failures
from judgeapp.store.schema import make_tables
from judgeapp.system.files import write_atomically

ADDRESS_NAME = "store.json"
_FORMAT = "judgeapp-store/1"
_MAX_ADDRESS_BYTES = 16_384
_SCHEMA = re.compile(r"judgeapp_[0-9a-f]{16}", re.ASCII)
_COMMENT = re.compile(r"judgeapp contest, schema ([0-9]{1,6})", re.ASCII)
_ALLOWED_OPTIONS = frozenset({"sslmode", "sslrootcert", "host", "port"})
_WAIT = "10s"
_WRITES = (
    "SET TRANSACTION ISOLATION LEVEL READ COMMITTED, READ WRITE;"
    f"SET LOCAL lock_timeout = '{_WAIT}';"
    "SET LOCAL synchronous_commit = on;"
    "SELECT pg_advisory_xact_lock(hashtextextended(current_schema(), 0))"
)
_READS = "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY"


@dataclass(frozen=True)
class Address:
    """Where a contest's tables are: the server with its database, and the schema in it."""

    url: URL
    schema: str

    @property
    def shown(self) -> str:
        """The address as people may see it: without a password."""
        return self.url._replace(password=None).render_as_string()

    def set_number(self, connection: Connection, number: int) -> None:
        """Store the number of the schema in its comment."""
        connection.exec_driver_sql(
            f"COMMENT ON SCHEMA \"{self.schema}\" IS 'judgeapp contest, schema {number:d}'"
        )


def new_address(address: str) -> Address:
    """Return the place of a new contest on the server that ``address`` names.

    Raises:
        BadInput: ``store.bad_address``.
    """
    return Address(_read_url(address), f"judgeapp_{secrets.token_hex(8)}")


def write_address(folder: Path, address: Address) -> None:
    """Put the address into the contest folder, without the password.

    Raises:
        JudgeError: ``files.…`` with the reason.
    """
    body = {"format": _FORMAT, "address": address.shown, "schema": address.schema}
    write_atomically(folder / ADDRESS_NAME, json.dumps(body, indent=1).encode())


def read_address(folder: Path) -> Address:
    """Return the address that a contest folder holds.

    Raises:
        BadInput: ``store.bad_address_file`` or ``store.bad_address``.
    """
    file = folder / ADDRESS_NAME
    try:
        with file.open("rb") as opened:
            content = opened.read(_MAX_ADDRESS_BYTES + 1)
        body = json.loads(content) if len(content) <= _MAX_ADDRESS_BYTES else None
    except (OSError, ValueError, RecursionError) as error:
        raise BadInput("store.bad_address_file", file=str(file)) from error
    if not isinstance(body, dict) or body.get("format") != _FORMAT:
        raise BadInput("store.bad_address_file", file=str(file))
    address, schema = body.get("address"), body.get("schema")
    if not isinstance(address, str) or not isinstance(schema, str) or not _SCHEMA.fullmatch(schema):
        raise BadInput("store.bad_address_file", file=str(file))
    return Address(_read_url(address), schema)


def _read_url(address: str) -> URL:
    try:
        url = make_url(address)
    except (ArgumentError, ValueError) as error:
        raise BadInput("store.bad_address") from error
    known = url.drivername in ("postgresql", "postgresql+psycopg")
    if not known or not url.database or not _ALLOWED_OPTIONS.issuperset(url.query):
        raise BadInput("store.bad_address")
    return url.set(drivername="postgresql+psycopg")


def postgresql_engine(address: Address) -> Engine:
    """Return an engine on the contest's schema; nothing is opened before its first use.

    Raises:
        JudgeError: ``store.no_driver`` if the extra ``postgresql`` is not installed.
    """
    try:
        engine = create_engine(
            address.url,
            pool_pre_ping=True,
            hide_parameters=True,
            connect_args={
                "options": f"-csearch_path={address.schema}",
                "application_name": "judgeapp",
                "connect_timeout": 10,
            },
        )
    except ImportError as error:
        raise JudgeError("store.no_driver") from error
    watch_failures(engine, address.shown)
    event.listen(engine, "begin", _begin)
    return engine


def _begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql(
        _WRITES if writes else _READS, execution_options={"no_parameters": True}
    )


def make_schema(engine: Engine, address: Address) -> None:
    """Make the contest's schema with all tables, in one transaction."""
    with engine.connect().execution_options(writes=True) as connection, connection.begin():
        connection.exec_driver_sql(f'CREATE SCHEMA "{address.schema}"')
        make_tables(connection)
        address.set_number(connection, tables.SCHEMA_VERSION)


def read_number(connection: Connection, address: Address) -> int:
    """Return the number of the contest's schema.

    Raises:
        JudgeError: ``store.server_without_contest`` if the server has no such contest.
    """
    query = text("SELECT obj_description(to_regnamespace(:name)::oid, 'pg_namespace')")
    comment = connection.execute(query, {"name": address.schema}).scalar()
    found = _COMMENT.fullmatch(str(comment))
    if found is None:
        raise JudgeError("store.server_without_contest", file=address.shown)
    return int(found[1])
