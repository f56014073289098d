"""What the rows of every feature share: the connection of the unit, who acts and when."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import Connection


class Rows:
    """Reads and writes of one feature inside one unit of work."""

    def __init__(self, connection: Connection, actor: str, at: str) -> None:
        self._connection = connection
        self._actor = actor
        self._at = at


def to_json(value: object) -> str:
    """Write a structured value as the store keeps it."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


def from_json(text: str) -> Any:
    """Read a structured value back."""
    return json.loads(text)
