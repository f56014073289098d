"""Strict reading of plain data (what JSON or YAML hold), each refusal with its place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from judgeapp.domain.errors import BadInput
from judgeapp.domain.numbers import is_plain_decimal

MAX_TEXT_LENGTH = 65_536


class Node:
    """A mapping in plain data while it is read; `done` refuses what was not asked for."""

    def __init__(self, value: object, place: str) -> None:
        self._place = place
        if not isinstance(value, Mapping):
            raise BadInput("contest.bad_definition", place=place or "/", expected="{…}")
        self._value = value
        self._read: set[object] = set()

    def at(self, key: str) -> str:
        """Return the place of ``key`` in words such as ``rounds[0].parts``."""
        return f"{self._place}.{key}" if self._place else key

    def bad(self, key: str, expected: str) -> BadInput:
        """Return the refusal of what stands at ``key``."""
        return BadInput("contest.bad_definition", place=self.at(key), expected=expected)

    def has(self, key: str) -> bool:
        """Tell whether ``key`` is there and not null."""
        self._read.add(key)
        return self._value.get(key) is not None

    def done(self) -> None:
        """Refuse keys that nobody asked for: a misspelled rule must not be passed over."""
        for key in self._value:
            if key not in self._read:
                raise BadInput("contest.unknown_key", place=self.at(str(key)))

    def _get(self, key: str) -> object:
        self._read.add(key)
        return self._value.get(key)

    def text(self, key: str, *, default: str | None = None) -> str:
        """Return a text, not empty unless there is a default."""
        value = self._get(key)
        if value is None and default is not None:
            return default
        if not isinstance(value, str) or not value.strip() or len(value) > MAX_TEXT_LENGTH:
            raise self.bad(key, '"…"')
        return value

    def name(self, key: str) -> str:
        """Return an id: a text without a slash, blank or control character."""
        value = self.text(key)
        if "/" in value or not value.isprintable() or " " in value:
            raise self.bad(key, "id")
        return value

    def texts(self, key: str) -> list[str]:
        """Return a list of texts, empty if there is none."""
        value = self._get(key)
        if value is None:
            return []
        if not isinstance(value, Sequence) or isinstance(value, str):
            raise self.bad(key, "[…]")
        if not all(isinstance(item, str) and item for item in value):
            raise self.bad(key, '["…"]')
        return [str(item) for item in value]

    def one_of(self, key: str, choices: Sequence[str], *, default: str | None = None) -> str:
        """Return one of ``choices``."""
        value = self._get(key)
        if value is None and default is not None:
            return default
        if not isinstance(value, str) or value not in choices:
            raise self.bad(key, " | ".join(choices))
        return value

    def decimal(self, key: str, *, above_zero: bool = False) -> Decimal:
        """Return an exact number from plain decimal text or a whole number; never from a float."""
        value = self._get(key)
        if isinstance(value, int) and not isinstance(value, bool):
            value = str(value)
        if not isinstance(value, str) or not is_plain_decimal(value):
            raise self.bad(key, '"0.5"')
        number = Decimal(value)
        if number < 0 or (above_zero and not number):
            raise self.bad(key, "> 0" if above_zero else "≥ 0")
        return number

    def whole(self, key: str, *, least: int = 0) -> int:
        """Return a whole number, ``least`` or more."""
        value = self._get(key)
        if not isinstance(value, int) or isinstance(value, bool) or value < least:
            raise self.bad(key, f"{least}, {least + 1}, …")
        return value

    def whole_or_none(self, key: str) -> int | None:
        """Return a whole number from 0, or None if there is none."""
        return self.whole(key) if self.has(key) else None

    def flag(self, key: str) -> bool:
        """Return true or false, false if it isn't there."""
        value = self._get(key)
        if value is None:
            return False
        if not isinstance(value, bool):
            raise self.bad(key, "true | false")
        return value

    def child(self, key: str) -> Node:
        """Return the mapping at ``key``."""
        return Node(self._get(key), self.at(key))

    def items(self, key: str, *, least: int = 0) -> list[Node]:
        """Return the mappings in the list at ``key``; no list counts as an empty one."""
        value = self._get(key)
        if value is None:
            value = []
        if not isinstance(value, Sequence) or isinstance(value, str) or len(value) < least:
            raise self.bad(key, "[{…}]")
        return [Node(item, f"{self.at(key)}[{index}]") for index, item in enumerate(value)]
