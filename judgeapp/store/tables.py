"""The tables of a contest's database, the same on SQLite and PostgreSQL.

Points and decimals are text, times ISO 8601 in UTC, structured values JSON text. What people did
is kept in rows that are only ever added: log, definitions, facts, mark events, received score
files, stages, decisions and sign-offs. Their current state follows from them by rules in domain.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
)

SCHEMA_VERSION = 2

metadata = MetaData()

meta = Table(
    "meta",
    metadata,
    Column("key", Text, primary_key=True),
    Column("value", Text, nullable=False),
)

log = Table(
    "log",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", Text, nullable=False),
    Column("actor", Text, nullable=False),
    Column("action", Text, nullable=False),
    Column("details", Text, nullable=False),
    Column("row_count", BigInteger),  # of all append-only tables after this line; SQLite only
)

definitions = Table(
    "definitions",
    metadata,
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("body", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("actor", Text, nullable=False),
    Column("at", Text, nullable=False),
)

units = Table(
    "units",
    metadata,
    Column("id", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("kind", Text),
    Column("sector", Text),
    Column("members", Integer),
    Column("import_id", Integer, ForeignKey("imports.id")),
)

imports = Table(
    "imports",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("what", Text, nullable=False),
    Column("file", Text, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("actor", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("undone_at", Text),
)

import_changes = Table(
    "import_changes",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("import_id", Integer, ForeignKey("imports.id"), nullable=False),
    Column("what", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("before", Text, nullable=False),
    Column("after", Text, nullable=False),
)

contestants = Table(
    "contestants",
    metadata,
    Column("id", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("birth", Text),
    Column("gender", Text),
    Column("unit_id", Text, ForeignKey("units.id")),
    Column("position", Text),
    Column("topic", Text),
    Column("phone", Text),
    Column("email", Text),
    Column("note", Text),
    Column("group_id", Text),
    Column("withdrawn", Boolean, nullable=False, default=False),
    Column("import_id", Integer, ForeignKey("imports.id")),
)

contestant_events = Table(
    "contestant_events",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("contestant_id", Text, ForeignKey("contestants.id"), nullable=False),
    Column("what", Text, nullable=False),
    Column("before", Text, nullable=False),
    Column("after", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("actor", Text, nullable=False),
    Column("at", Text, nullable=False),
)

entry_files = Table(
    "entry_files",
    metadata,
    Column("id", Text, primary_key=True),
    Column("round_id", Text, nullable=False),
    Column("part_id", Text, nullable=False),
    Column("contestant_id", Text, ForeignKey("contestants.id"), nullable=False),
    Column("kind", Text, nullable=False),
    Column("original_name", Text, nullable=False),
    Column("stored_name", Text, nullable=False),
    Column("size", BigInteger, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("attached_at", Text, nullable=False),
    Column("actor", Text, nullable=False),
    Column("reason", Text),
    Column("replaced_by", Text, ForeignKey("entry_files.id")),
    Column("check_result", Text),
    Column("checked_at", Text),
)

kept_files = Table(
    "kept_files",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("entry_file_id", Text, ForeignKey("entry_files.id"), nullable=False),
    Column("codes", Text, nullable=False),  # what had been found then; none: kept no more
    Column("reason", Text, nullable=False),
    Column("actor", Text, nullable=False),
    Column("at", Text, nullable=False),
)

judges = Table(
    "judges",
    metadata,
    Column("id", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("unit", Text),
    Column("panel", Text),
)

conflicts = Table(
    "conflicts",
    metadata,
    Column("judge_id", Text, ForeignKey("judges.id"), primary_key=True),
    Column("contestant_id", Text, ForeignKey("contestants.id"), primary_key=True),
    Column("reason", Text, nullable=False),
)

facts = Table(
    "facts",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("round_id", Text, nullable=False),
    Column("part_id", Text, nullable=False),
    Column("contestant_id", Text, ForeignKey("contestants.id"), nullable=False),
    Column("what", Text, nullable=False),
    Column("value", Text),
    Column("reason", Text, nullable=False),
    Column("actor", Text, nullable=False),
    Column("at", Text, nullable=False),
)

packs = Table(
    "packs",
    metadata,
    Column("id", Text, primary_key=True),
    Column("round_id", Text, nullable=False),
    Column("panel", Text),
    Column("version", Integer, nullable=False),
    Column("definition_version", Integer, ForeignKey("definitions.version"), nullable=False),
    Column("rubric_hash", Text, nullable=False),
    Column("folder", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("built_at", Text, nullable=False),
)

score_files = Table(
    "score_files",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("sha256", Text, nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Column("stored_name", Text, nullable=False),
    Column("verdict", Text, nullable=False),
    Column("counts", Boolean, nullable=False),
    Column("round_id", Text),
    Column("judge_id", Text),
    Column("device", Text),
    Column("number", Integer),
    Column("header", Text),
    Column("received_at", Text, nullable=False),
)

taken_back = Table(
    "taken_back",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("score_file_id", Integer, ForeignKey("score_files.id"), nullable=False),
    Column("round_id", Text, nullable=False),
    Column("judge_id", Text, nullable=False),
    Column(
        "what", Text, nullable=False
    ),  # taken_back, counted_again; arrived: only left_out is new
    Column("left_out", Text, nullable=False),  # hashes of the judge's events that count no more
    Column("reason", Text, nullable=False),
    Column("actor", Text, nullable=False),
    Column("at", Text, nullable=False),
)

mark_events = Table(
    "mark_events",
    metadata,
    Column("hash", Text, primary_key=True),
    Column("round_id", Text, nullable=False),
    Column("judge_id", Text, nullable=False),
    Column("contestant_id", Text, nullable=False),
    Column("part_id", Text, nullable=False),
    Column("criterion_id", Text, nullable=False),
    Column("points", Text),
    Column("comment", Text),
    Column("counter", BigInteger, nullable=False),
    Column("device", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("replaces", Text, nullable=False),
    Column("rubric_hash", Text, nullable=False),
    Column("score_file_id", Integer, ForeignKey("score_files.id")),
    Column("set_aside", Text),
)
Index(
    "mark_events_of",
    mark_events.c.round_id,
    mark_events.c.judge_id,
    mark_events.c.contestant_id,
    mark_events.c.part_id,
    mark_events.c.criterion_id,
)
Index("mark_events_counter", mark_events.c.counter)

exports = Table(
    "exports",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("header_hash", Text, nullable=False),
    Column("header", Text, nullable=False),
    Column("at", Text, nullable=False),
)

stages = Table(
    "stages",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("round_id", Text, nullable=False),
    Column("stage", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("actor", Text, nullable=False),
    Column("at", Text, nullable=False),
)

conclusions = Table(
    "conclusions",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("round_id", Text, nullable=False),
    Column("contestant_id", Text, ForeignKey("contestants.id")),
    Column("part_id", Text),
    Column("score_file_id", Integer, ForeignKey("score_files.id")),
    Column("counts", Boolean, nullable=False),
    Column("basis", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("actor", Text, nullable=False),
    Column("at", Text, nullable=False),
)

decisions = Table(
    "decisions",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("round_id", Text, nullable=False),
    Column("group_id", Text),
    Column("ordering", Text, nullable=False),
    Column("made_by", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("actor", Text, nullable=False),
    Column("at", Text, nullable=False),
)

sign_offs = Table(
    "sign_offs",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("what", Text, nullable=False),
    Column("round_id", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("actor", Text, nullable=False),
    Column("at", Text, nullable=False),
)

certificates = Table(
    "certificates",
    metadata,
    Column("serial", Text, primary_key=True),
    Column("round_id", Text, nullable=False),
    Column("contestant_id", Text, ForeignKey("contestants.id"), nullable=False),
    Column("prize_id", Text, nullable=False),
    Column("template", Text, nullable=False),
    Column("fields", Text, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("made_at", Text, nullable=False),
)

prints = Table(
    "prints",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("serial", Text, ForeignKey("certificates.serial"), nullable=False),
    Column("way", Text, nullable=False),  # whole, or text on a printed form
    Column("target", Text, nullable=False),  # file, or the name of a printer
    Column("sha256", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("actor", Text, nullable=False),
    Column("at", Text, nullable=False),
)

APPEND_ONLY = (
    log,
    definitions,
    import_changes,
    contestant_events,
    kept_files,
    facts,
    mark_events,
    score_files,
    taken_back,
    exports,
    stages,
    conclusions,
    decisions,
    sign_offs,
    prints,
)
