"""Text files with delimiters (.csv, .txt) as grids: encoding, delimiter, quoting.

A row's number is that of its record, as a spreadsheet program would show it: a ``sep=`` line and
blank records count, line breaks inside quotes don't.
"""

from __future__ import annotations

import csv
import io
import itertools
import re
from collections.abc import Iterator

from judgeapp.domain.cells import Cell
from judgeapp.domain.errors import BadInput
from judgeapp.formats.formula_guard import unguard
from judgeapp.formats.sheet_in.caps import CellCount
from judgeapp.formats.sheet_in.grid import Grid
from judgeapp.formats.sheet_in.legacy import encoding_of_bytes

_BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_DELIMITERS = "\t;,|"
_SEP_LINE = re.compile(r"sep=(.)?[\r\n]*", re.IGNORECASE)
_MOST_BREAKS = 50
_SAMPLE_RECORDS = 30


def decode(content: bytes, file: str) -> tuple[str, str]:
    """Return the text without its byte order mark, and its encoding: ``utf-8`` or ``utf-16``.

    Raises:
        BadInput: ``sheet.legacy_bytes`` (with the likely encoding), ``sheet.unknown_bytes``,
            ``sheet.not_a_sheet`` for something that is no text.
    """
    for mark, codec in _BOMS:
        if content.startswith(mark):
            return _strict(content[len(mark) :], codec, file), codec[:6].rstrip("-")
    unmarked = _utf16_without_mark(content)
    if unmarked:
        return _strict(content, unmarked, file), "utf-16"
    return _strict(content, "utf-8", file), "utf-8"


def _strict(content: bytes, codec: str, file: str) -> str:
    try:
        text = content.decode(codec)
    except UnicodeDecodeError as error:
        if codec != "utf-8" or b"\0" in content:
            raise BadInput("sheet.not_a_sheet", file=file) from error
        likely = encoding_of_bytes(content)
        line = content.count(b"\n", 0, error.start) + 1
        if likely is None:
            raise BadInput("sheet.unknown_bytes", file=file, place=str(line)) from error
        raise BadInput("sheet.legacy_bytes", file=file, place=str(line), encoding=likely) from error
    if "\0" in text:
        raise BadInput("sheet.not_a_sheet", file=file)
    return text


def _utf16_without_mark(content: bytes) -> str | None:
    sample = content[:4096]
    if len(sample) < 4 or b"\0" not in sample:
        return None
    half = len(sample) // 2
    if sample[1::2].count(0) > half * 0.3 and not sample[0::2].count(0):
        return "utf-16-le"
    if sample[0::2].count(0) > half * 0.3 and not sample[1::2].count(0):
        return "utf-16-be"
    return None


def read_text_table(text: str, file: str) -> tuple[Grid, str]:
    """Return the records as a grid without a name, and the delimiter: ``,`` ``;`` or ``tab``.

    Raises:
        BadInput: ``sheet.open_quote`` with the record, ``sheet.too_large``.
    """
    head = _SEP_LINE.match(text)
    first = 1
    delimiter = ""
    if head and text[head.end() - 1 : head.end()] in ("\r", "\n"):
        delimiter = head[1] or "\t"
        text, first = text[head.end() :], 2
    if not delimiter or delimiter in '\r\n"':
        delimiter = _find_delimiter(text, file)
    cells: dict[int, dict[int, Cell]] = {}
    count = CellCount(file)
    for number, record in enumerate(_records(text, delimiter, file), start=first):
        kept = _keep(record, number, count)
        if kept:
            cells[number] = kept
            count.rows(len(cells))
    return Grid(None, cells), "tab" if delimiter == "\t" else delimiter


def _keep(record: list[str], number: int, count: CellCount) -> dict[int, Cell]:
    kept = {}
    for column, value in enumerate(record, start=1):
        cell = Cell(text=unguard(value))
        if not cell.blank:
            count.take(number, column, value)
            kept[column] = cell
    return kept


def _records(text: str, delimiter: str, file: str) -> Iterator[list[str]]:
    number = 0
    try:
        for record in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            number += 1
            if any(value.count("\n") > _MOST_BREAKS for value in record):
                raise BadInput("sheet.open_quote", file=file, place=str(number))
            yield record
    except csv.Error as error:
        raise BadInput("sheet.open_quote", file=file, place=str(number + 1)) from error


def _find_delimiter(text: str, file: str) -> str:
    """Return the delimiter that cuts the first records into the most columns of one number."""
    best, best_score = ",", (0, 0)
    for delimiter in _DELIMITERS:
        try:
            sample = list(itertools.islice(_records(text, delimiter, file), _SAMPLE_RECORDS))
        except BadInput:
            continue
        widths = [len(record) for record in sample if any(record) and len(record) > 1]
        common = max(sorted(set(widths)), key=widths.count, default=0)
        score = (widths.count(common), common)
        if score > best_score:
            best, best_score = delimiter, score
    return best
