"""A PostgreSQL server for tests, where one answers.

``JUDGEAPP_TEST_POSTGRESQL`` names a database in which schemas may be made, such as
``postgresql+psycopg://judge@127.0.0.1:5432/contests`` (its password in ``PGPASSWORD``).
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine, make_url, text

from judgeapp.store import postgresql


def server_address() -> str:
    """Return the address of the server, or skip the test."""
    address = os.environ.get("JUDGEAPP_TEST_POSTGRESQL")
    if not address:
        pytest.skip("no server: JUDGEAPP_TEST_POSTGRESQL is not set")
    return address


def plain_engine(address: str) -> Engine:
    """Return an engine on the server without anything of ours."""
    return create_engine(make_url(address).set(drivername="postgresql+psycopg"))


def drop_contest(address: str, folder: Path) -> None:
    """Remove the schema that the contest in ``folder`` has on the server."""
    schema = postgresql.read_address(folder).schema
    engine = plain_engine(address)
    with engine.begin() as connection:
        connection.execute(text(f'DROP SCHEMA IF EXISTS "{schema}" CASCADE'))
    engine.dispose()
