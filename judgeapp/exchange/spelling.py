"""The one spelling of JSON and base64 that is written and accepted.

What is signed and hashed is bytes; so that nobody can make two files that mean the same, a file is
read strictly and then must be equal, byte for byte, to what we would have written.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from typing import Any, TypeVar

import msgspec

from judgeapp.exchange.limits import JSON_DEPTH, STRING_BYTES

T = TypeVar("T")

_TOKENS = re.compile(rb'"(?:[^"\\]|\\.)*"|[\[\]{}]', re.DOTALL)


def json_bytes(value: object) -> bytes:
    """Return JSON in UTF-8: keys sorted, no blanks, letters as they are."""
    return json.dumps(
        value, ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":")
    ).encode()


def read_spelled(data: bytes, kind: type[T]) -> T:
    """Return the object that ``data`` spells, which must be its one spelling.

    Raises:
        ValueError: if it is no JSON, lacks a key, has another, holds a value that does not fit, or
            is spelled in any other way (order, blanks, escapes, repeated keys).
    """
    value = msgspec.json.decode(data, type=kind)
    if json_bytes(msgspec.to_builtins(value)) != data:
        raise ValueError("spelled in another way")
    return value


def read_json(data: bytes, kind: type[T]) -> T:
    """Return the object that ``data`` holds, in any spelling of JSON within the caps.

    Raises:
        ValueError: as `read_spelled`, but for the spelling; too deep, or a text too long.
    """
    depth = 0
    for match in _TOKENS.finditer(data):
        token = match[0]
        if token[:1] == b'"':
            if len(token) > STRING_BYTES + 2:
                raise ValueError("text too long")
        else:
            depth += 1 if token in b"[{" else -1
            if depth > JSON_DEPTH:
                raise ValueError("too deep")
    return msgspec.json.decode(data, type=kind)


def to_base64(data: bytes) -> str:
    """Return standard base64 with padding."""
    return base64.b64encode(data).decode("ascii")


def from_base64(text: str) -> bytes:
    """Return the bytes, if ``text`` is exactly what `to_base64` writes for them.

    Raises:
        ValueError: if it is anything else.
    """
    data = base64.b64decode(text.encode("ascii"), validate=True)
    if to_base64(data) != text:
        raise ValueError("base64 spelled in another way")
    return data


def sha256(data: bytes) -> str:
    """Return the SHA-256 as 64 hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()


def builtins_of(value: Any) -> dict[str, Any]:
    """Return a message as plain dictionaries and lists."""
    plain: dict[str, Any] = msgspec.to_builtins(value)
    return plain
