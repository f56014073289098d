"""Reads and writes a tally sheet, the JSON file of a round's sums (``tally-sheet/1``).

A sheet may hold millions of marks. Everything but the marks is read as plain data and checked key
by key; the marks stay text until they are wanted and are then decoded a stretch at a time, so that
memory holds the file and one stretch. A stretch ends where an object of the list ends: a place that
looks like it but lies inside a text leaves the stretch unfinished, which is not JSON, and the
stretch is made longer. What the quick decoder does not take (a number too large for it, say) is
read by the standard library's, which decides.

Not checked here: whether ids and rules fit each other (`judgeapp.domain.tally_sheet.check_sheet`)
and whether marks are good (`judgeapp.domain.grid`).
"""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import Any, NoReturn

import msgspec

from judgeapp.domain.errors import BadInput
from judgeapp.domain.grid import Mark, RawMark
from judgeapp.domain.tally_sheet import TallySheet, check_sheet
from judgeapp.exchange.tally_body import read_body, write_body
from judgeapp.system.files import open_plain, write_atomically

MAX_SHEET_BYTES = 1 << 30
STRETCH_BYTES = 1 << 18
_PIECE_BYTES = 1 << 20
_MOST_DIGITS = 4000  # Python reads no longer whole number; a sheet can mean none of over 30
_BETWEEN = re.compile(rb"\}\s*,\s*\{")
_SURROGATE = re.compile(rb"\\u[dD][89a-fA-F]")
_NOT_TAKEN = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)
_MARK_KEYS = ("judge", "contestant", "part", "criterion", "points")


class _Top(msgspec.Struct):
    """The keys of a sheet; others are passed over."""

    format: Any = None
    parts: Any = None
    rules: Any = None
    contestants: Any = None
    judges: Any = None
    excluded: Any = None
    penalties: Any = None
    decisions: Any = None
    marks: msgspec.Raw = msgspec.Raw(b"null")


class _Row(msgspec.Struct, gc=False):
    """One mark as it stands in the file; a key that is missing is None, as null is."""

    judge: Any = None
    contestant: Any = None
    part: Any = None
    criterion: Any = None
    points: Any = None


def read_tally_sheet(file: Path) -> tuple[TallySheet, Iterator[RawMark]]:
    """Return a checked sheet and its marks, which are decoded while they are gone through.

    Raises:
        BadInput: ``results.sheet_…`` with the place; going through the marks can raise it too.
    """
    try:
        sheet, stretches = _read(file)
    except BadInput as error:
        error.file = file.name
        raise
    return sheet, chain.from_iterable(_naming(stretches, file.name))


def _naming(stretches: Iterator[Sequence[RawMark]], name: str) -> Iterator[Sequence[RawMark]]:
    try:
        yield from stretches
    except BadInput as error:
        error.file = name
        raise


def _read(file: Path) -> tuple[TallySheet, Iterator[Sequence[RawMark]]]:
    data = _bytes_of(file)
    stretches: Iterator[Sequence[RawMark]]
    try:
        _require_utf8(data)
        top = msgspec.json.decode(data, type=_Top)
    except _NOT_TAKEN:
        body = _parsed(bytes(data))
        if not isinstance(body, dict):
            raise BadInput("results.sheet_not_object", place="/") from None
        stretches = iter([_listed(body.get("marks"))])
    else:
        body = {key: getattr(top, key) for key in _Top.__struct_fields__ if key != "marks"}
        stretches = _stretches(memoryview(top.marks))
    sheet = read_body(body)
    check_sheet(sheet)
    return sheet, stretches


def _bytes_of(file: Path) -> memoryview:
    """Return the file's bytes, without a byte order mark."""
    try:
        if file.stat().st_size > MAX_SHEET_BYTES:
            raise BadInput("results.sheet_too_large", limit=MAX_SHEET_BYTES >> 20)
        with open_plain(file) as opened:
            data = opened.read()
    except FileNotFoundError as error:
        raise BadInput("results.no_such_sheet") from error
    except OSError as error:
        raise BadInput("results.sheet_unreadable") from error
    return memoryview(data)[len(codecs.BOM_UTF8) if data.startswith(codecs.BOM_UTF8) else 0 :]


def _require_utf8(data: memoryview) -> None:
    """Check the encoding of all of it: the decoder does not look into what it passes over."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    for start in range(0, len(data), _PIECE_BYTES):
        decoder.decode(data[start : start + _PIECE_BYTES])
    decoder.decode(b"", final=True)


def _parsed(data: bytes) -> Any:
    """Read with the standard library, which says what is wrong, or that nothing is."""
    try:
        value = json.loads(data.decode("utf-8"), parse_constant=_no_constant, parse_int=_whole)
        if _SURROGATE.search(data):  # half of a pair is no text
            json.dumps(value, ensure_ascii=False).encode("utf-8")
    except json.JSONDecodeError as error:
        place = f"{error.lineno}:{error.colno}"
        raise BadInput("results.sheet_not_json", place=place) from error
    except (ValueError, RecursionError) as error:
        raise BadInput("results.sheet_not_json", place="?") from error
    return value


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON")


def _whole(digits: str) -> int | float:
    return int(digits) if len(digits) <= _MOST_DIGITS else float("inf")


def _listed(marks: object, first: int = 0) -> list[RawMark]:
    """Return marks that were read by the standard library; ``first`` is the number of the first."""
    if marks is None:
        raise BadInput("results.sheet_missing_key", place="marks")
    if not isinstance(marks, list):
        raise BadInput("results.sheet_not_list", place="marks")
    for index, mark in enumerate(marks, start=first):
        if not isinstance(mark, dict):
            raise BadInput("results.sheet_not_object", place=f"marks[{index}]")
    return [Mark(*[mark.get(key) for key in _MARK_KEYS]) for mark in marks]


def _stretches(raw: memoryview) -> Iterator[Sequence[RawMark]]:
    """Go through the text of the list of marks a stretch at a time."""
    if raw[0] != ord("["):
        _listed(None if bytes(raw[:4]) == b"null" else "")
    decoder = msgspec.json.Decoder(list[_Row])
    start, stop, size, count = 1, len(raw) - 1, STRETCH_BYTES, 0
    while start < stop:
        between = _BETWEEN.search(raw, min(start + size, stop), stop)
        end = between.start() + 1 if between else stop
        stretch = b"".join((b"[", raw[start:end], b"]"))
        rows: Sequence[RawMark]
        try:
            rows = decoder.decode(stretch)
        except _NOT_TAKEN:
            try:
                rows = _listed(_parsed(stretch), count)
            except BadInput:
                if between is None:
                    raise
                size *= 2
                continue
        yield rows
        count += len(rows)
        start, size = between.end() - 1 if between else stop, STRETCH_BYTES


def write_tally_sheet(file: Path, sheet: TallySheet, marks: Iterable[RawMark]) -> None:
    """Write a sheet and its marks; equal sheets give equal bytes.

    Raises:
        JudgeError: why the file cannot be written; nothing is left behind then.
    """
    body = write_body(sheet)
    body["marks"] = [{key: getattr(mark, key) for key in _MARK_KEYS} for mark in marks]
    text = json.dumps(body, ensure_ascii=False, indent=1) + "\n"
    write_atomically(file, text.encode("utf-8"))
