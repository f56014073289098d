"""Whether a clip's file is whole, and the length that its header claims, from its outer structure.

MP4 and MOV are boxes (size, name), WebM and Matroska elements (id, size), AVI one RIFF chunk: each
says how long it is, so a file that ends earlier was cut off. Reads headers only, by seeking.

Source: ISO/IEC 14496-12 (boxes, ``mvhd``), RFC 8794 (EBML), Microsoft RIFF.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import BinaryIO

_MAX_BOXES = 100_000
_SEGMENT = 0x18538067
_CONTAINER_IDS = frozenset({_SEGMENT})


@dataclass(frozen=True)
class Structure:
    """What the outer structure says.

    Attributes:
        cut_off: something in it is longer than the file.
        indexed: the index that a player needs is there (always true where there is none by design).
        header_seconds: the length that the header claims, or None where it does not say here.
    """

    cut_off: bool = False
    indexed: bool = True
    header_seconds: Fraction | None = None


WHOLE = Structure()


def structure_of(path: Path, demuxer: str | None) -> Structure:
    """Return what the outer structure of a clip says; `WHOLE` for containers that say nothing.

    Raises:
        OSError: if the file cannot be read.
    """
    with path.open("rb") as file:
        size = file.seek(0, 2)
        file.seek(0)
        if demuxer == "mov":
            return _boxes(file, size)
        if demuxer == "matroska":
            return _elements(file, size)
        if demuxer == "avi":
            return _riff(file, size)
    return WHOLE


# --- MP4, MOV ------------------------------------------------------------------------------------


def _boxes(file: BinaryIO, size: int) -> Structure:
    """Walk the boxes at the top: all whole, an index (``moov``) among them?"""
    start, cut_off, indexed = 0, False, False
    claimed: Fraction | None = None
    for _ in range(_MAX_BOXES):
        box = _box_at(file, start, size)
        if box is None:
            break
        name, body, end = box
        if not _is_name(name):  # filling after the last box, as recovery programs leave it
            break
        if end > size:
            cut_off = True
        if name == b"moov":
            indexed = True
            claimed = _movie_seconds(file, body, min(end, size))
        start = end
        if start >= size:
            break
    return Structure(cut_off or not indexed, indexed, claimed)


def _box_at(file: BinaryIO, start: int, size: int) -> tuple[bytes, int, int] | None:
    """Return name, start of the body and end of the box at ``start``, or None without a header."""
    file.seek(start)
    head = file.read(16)
    if len(head) < 8:
        return None
    length, name, body = int.from_bytes(head[:4], "big"), head[4:8], start + 8
    if length == 1 and len(head) == 16:
        length, body = int.from_bytes(head[8:], "big"), start + 16
    end = size if length == 0 else start + length
    return (name, body, end) if end >= body else None


def _is_name(name: bytes) -> bool:
    return all(0x20 <= byte < 0x7F or byte == 0xA9 for byte in name)


def _movie_seconds(file: BinaryIO, start: int, end: int) -> Fraction | None:
    """Return the length in the movie header, None if it leaves it open (fragments)."""
    for _ in range(_MAX_BOXES):
        box = _box_at(file, start, end) if start < end else None
        if box is None:
            return None
        name, body, start = box
        if name == b"mvhd":
            file.seek(body)
            return _header_length(file.read(32))
    return None


def _header_length(body: bytes) -> Fraction | None:
    try:
        if body[:1] == b"\x01":
            scale, length = struct.unpack_from(">IQ", body, 20)
            unknown = (1 << 64) - 1
        else:
            scale, length = struct.unpack_from(">II", body, 12)
            unknown = (1 << 32) - 1
    except struct.error:
        return None
    return Fraction(length, scale) if scale and length not in (0, unknown) else None


# --- WebM, Matroska ------------------------------------------------------------------------------


def _elements(file: BinaryIO, size: int) -> Structure:
    """Walk the elements at the top and in the segment; the last one must end with the file."""
    position = 0
    for _ in range(_MAX_BOXES):
        if position >= size:
            break
        file.seek(position)
        element = _element_head(file.read(12))
        if element is None:
            break
        identity, length, head = element
        if length is None:  # a live recording: the end was not known when it was written
            if identity not in _CONTAINER_IDS:
                break
            position += head
        elif position + head + length > size:
            return Structure(cut_off=True)
        else:
            position += head + length
    return WHOLE


def _element_head(data: bytes) -> tuple[int, int | None, int] | None:
    """Return id, length (None: unknown) and size of an element's head."""
    if not data or data[0] < 0x10:
        return None
    id_size = 9 - data[0].bit_length()
    rest = data[id_size:]
    if not rest or rest[0] == 0:
        return None
    size = 9 - rest[0].bit_length()
    if len(rest) < size:
        return None
    bits = int.from_bytes(rest[:size], "big") & ((1 << 7 * size) - 1)
    unknown = bits == (1 << 7 * size) - 1
    return int.from_bytes(data[:id_size], "big"), None if unknown else bits, id_size + size


# --- AVI -----------------------------------------------------------------------------------------


def _riff(file: BinaryIO, size: int) -> Structure:
    """Compare each RIFF chunk with the file (large files have several)."""
    position = 0
    for _ in range(_MAX_BOXES):
        file.seek(position)
        head = file.read(8)
        if len(head) < 8 or head[:4] != b"RIFF":
            return WHOLE
        length = int.from_bytes(head[4:], "little")
        position += 8 + length + length % 2
        if position - length % 2 > size:
            return Structure(cut_off=True)
    return WHOLE
