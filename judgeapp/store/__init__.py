"""The only SQL: one SQLite file a contest, rows in, frozen dataclasses out."""
