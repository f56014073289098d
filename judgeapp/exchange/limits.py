"""Caps on everything that comes from outside, applied before anything is parsed.

Source: exchange.md, Caps.
"""

from __future__ import annotations

import zlib
from pathlib import Path

from judgeapp.system.files import open_plain

MIB = 1 << 20

SCORE_FILE_BYTES = 4 * MIB
SCORE_FILE_INFLATED_BYTES = 16 * MIB
PACK_JSON_BYTES = 8 * MIB
TAG_FILE_BYTES = 2 * MIB
"""A manifest of 10,000 files is 1 MiB."""
FILES_IN_A_PACK = 10_000
DOCUMENT_BYTES = 100 * MIB
CLIP_BYTES = 64 << 30
JSON_DEPTH = 32
STRING_BYTES = 64 << 10
ZIP_LIST_BYTES = 4 * MIB
"""The list at the end of a zip: 10,000 names of 400 bytes each."""


class OverTheCap(Exception):
    """There is more than the cap allows; nothing was parsed."""


def read_capped(path: Path, cap: int) -> bytes:
    """Return the file's bytes, reading at most one byte more than ``cap``.

    Raises:
        OverTheCap: if it holds more than ``cap`` bytes.
        OSError: if it cannot be read, or is no ordinary file.
    """
    with open_plain(path) as file:
        data = file.read(cap + 1)
    if len(data) > cap:
        raise OverTheCap
    return data


def inflate(data: bytes, cap: int) -> bytes:
    """Return what was deflated to exactly ``data``, never making more than ``cap`` bytes of it.

    Raises:
        OverTheCap: if it would be more.
        ValueError: if ``data`` is no whole zlib stream, or something stands behind it.
    """
    stream = zlib.decompressobj()
    try:
        plain = stream.decompress(data, cap + 1)
    except zlib.error as error:
        raise ValueError(str(error)) from error
    if len(plain) > cap:
        raise OverTheCap
    if not stream.eof or stream.unused_data:
        raise ValueError("not one whole zlib stream")
    return plain
