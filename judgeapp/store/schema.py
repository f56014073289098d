"""Making the tables, with the triggers that keep what people did.

Rows of some tables are only ever added: UPDATE, DELETE and REPLACE (on PostgreSQL TRUNCATE too) are
refused by the database itself, so also to other programs that open it.
"""

from __future__ import annotations

from sqlalchemy import DDL, Connection, MetaData, Table, event

from judgeapp.store import tables
from judgeapp.store.engine import APPLICATION_ID

_MESSAGE = "rows of this table are only ever added"
_REFUSAL = f"""
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '{_MESSAGE}' USING ERRCODE = 'restrict_violation'; END $$
"""


def make_tables(connection: Connection) -> None:
    """Make all tables with their triggers; an SQLite file is then marked as a contest's."""
    tables.metadata.create_all(connection)
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(f"PRAGMA application_id={APPLICATION_ID}")
        set_sqlite_number(connection, tables.SCHEMA_VERSION)


def set_sqlite_number(connection: Connection, number: int) -> None:
    """Store the number of the schema in the file's head."""
    connection.exec_driver_sql(f"PRAGMA user_version={number:d}")


def _add_triggers() -> None:
    _with(tables.metadata, "before_create", _REFUSAL, "postgresql")
    for table in tables.APPEND_ONLY:
        name = table.name
        for verb in ("UPDATE", "DELETE"):
            _with(
                table,
                "after_create",
                f"CREATE TRIGGER {name}_no_{verb.lower()} BEFORE {verb} ON {name} "
                f"BEGIN SELECT RAISE(ABORT, '{_MESSAGE}'); END",
                "sqlite",
            )
        _with(
            table,
            "after_create",
            f"CREATE TRIGGER {name}_kept BEFORE UPDATE OR DELETE ON {name} "
            "FOR EACH ROW EXECUTE FUNCTION refuse_change()",
            "postgresql",
        )
        _with(
            table,
            "after_create",
            f"CREATE TRIGGER {name}_not_emptied BEFORE TRUNCATE ON {name} "
            "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()",
            "postgresql",
        )


def _with(target: MetaData | Table, moment: str, statement: str, dialect: str) -> None:
    ddl = DDL(statement)  # type: ignore[no-untyped-call]  # its constructor has no annotations
    event.listen(target, moment, ddl.execute_if(dialect=dialect))


_add_triggers()
