"""The text of a DOCX outline: paragraphs, numbered lists as Word numbers them, tables.

Streamed like the check (`docx_check`): no tree, no entity, no more than the caps; what the archive
claims about itself decides nothing.

Source: ECMA-376 part 1, 17.3 (paragraphs), 17.4 (tables), 17.7 (styles), 17.9 (numbering).
"""

from __future__ import annotations

import re
import zipfile
import zlib
from dataclasses import dataclass, field
from pathlib import Path

from judgeapp.domain.errors import BadInput
from judgeapp.domain.outlines import Block, OutlineReading, Run
from judgeapp.media.docx_check import MAX_PARTS, Bomb, XmlReader

MAX_PART_BYTES = 64 << 20
MAX_LETTERS = 400_000
MAX_BLOCKS = 8_000
_PIECE = 1 << 18
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_VAL = f"{_W}val"
_HEADING = re.compile(r"heading (\d)")
_OFF = frozenset({"0", "false", "none", "off"})
_BULLET = "•"


def read_docx_text(path: Path) -> OutlineReading:
    """Return the text of a DOCX file.

    Raises:
        BadInput: ``entries.outline_unreadable`` if it is none, is damaged, or unpacks to more than
            it may.
        OSError: if the file cannot be read.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            if len(archive.namelist()) > MAX_PARTS:
                raise Bomb
            styles, numbering = _Styles(), _Numbering()
            _stream(archive, "word/styles.xml", styles, needed=False)
            _stream(archive, "word/numbering.xml", numbering, needed=False)
            body = _Body(styles, numbering)
            _stream(archive, "word/document.xml", body, needed=True)
    except (
        Bomb, EOFError, KeyError, LookupError, NotImplementedError, RuntimeError, ValueError,
        zipfile.BadZipFile, zlib.error,
    ) as error:  # fmt: skip
        raise BadInput("entries.outline_unreadable", file=path.name) from error
    return OutlineReading(tuple(body.blocks), body.cut)


def _stream(archive: zipfile.ZipFile, name: str, reader: XmlReader, *, needed: bool) -> None:
    if not needed and name not in archive.namelist():
        return
    left = MAX_PART_BYTES
    with archive.open(name) as part:
        while piece := part.read(_PIECE):
            left -= len(piece)
            if left < 0:
                raise Bomb
            reader.feed(piece)
    reader.finish()


class _Styles(XmlReader):
    """Which style ids are headings, and of which level: ids are translated, names are not."""

    def __init__(self) -> None:
        super().__init__()
        self.levels: dict[str, int] = {}
        self._style = ""

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Take note of a style and its name."""
        if tag == f"{_W}style":
            self._style = attributes.get(f"{_W}styleId", "")
        elif tag == f"{_W}name":
            name = attributes.get(_VAL, "").lower()
            match = _HEADING.fullmatch(name)
            if name == "title" or match:
                self.levels[self._style] = int(match[1]) if match else 1


@dataclass
class _Level:
    """How one level of a list is numbered."""

    format: str = "decimal"
    text: str = "%1."
    start: int = 1


class _Numbering(XmlReader):
    """The lists of a document: number id → level → how it is numbered."""

    def __init__(self) -> None:
        super().__init__()
        self._abstract: dict[str, dict[int, _Level]] = {}
        self._lists: dict[str, str] = {}
        self._at = self._list = ""
        self._level: _Level | None = None

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Take note of lists and levels."""
        value = attributes.get(_VAL, "")
        if tag == f"{_W}abstractNum":
            self._at = attributes.get(f"{_W}abstractNumId", "")
            self._abstract[self._at] = {}
        elif tag == f"{_W}lvl" and self._at in self._abstract:
            self._level = _Level()
            self._abstract[self._at][_number(attributes.get(f"{_W}ilvl", ""))] = self._level
        elif tag == f"{_W}num":
            self._list = attributes.get(f"{_W}numId", "")
        elif tag == f"{_W}abstractNumId":
            self._lists[self._list] = value
        elif self._level is not None:
            self._note(tag, value)

    def _note(self, tag: str, value: str) -> None:
        assert self._level is not None
        if tag == f"{_W}numFmt":
            self._level.format = value
        elif tag == f"{_W}lvlText":
            self._level.text = value[:40]
        elif tag == f"{_W}start":
            self._level.start = _number(value)

    def end(self, tag: str) -> None:
        """Leave a level."""
        if tag == f"{_W}lvl":
            self._level = None

    def level(self, list_id: str, level: int) -> _Level:
        """Return how a level is numbered."""
        return self._abstract.get(self._lists.get(list_id, ""), {}).get(level, _Level("bullet"))


@dataclass
class _Counter:
    """Counts the items of all lists."""

    numbering: _Numbering
    counts: dict[str, list[int]] = field(default_factory=dict)

    def next(self, list_id: str, level: int) -> str:
        """Return what stands before the next item of a list."""
        counts = self.counts.setdefault(list_id, [])
        while len(counts) <= level:
            counts.append(self.numbering.level(list_id, len(counts)).start - 1)
        counts[level] += 1
        del counts[level + 1 :]
        how = self.numbering.level(list_id, level)
        if how.format in ("bullet", "none"):
            return _BULLET if how.format == "bullet" else ""

        def put(match: re.Match[str]) -> str:
            index = int(match[1]) - 1
            if index >= len(counts):
                return ""
            return _written(max(counts[index], 1), self.numbering.level(list_id, index).format)

        return re.sub(r"%([1-9])", put, how.text)


def _written(number: int, how: str) -> str:
    if how in ("lowerLetter", "upperLetter"):
        letter = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return letter.upper() if how == "upperLetter" else letter
    if how in ("lowerRoman", "upperRoman"):
        roman = _roman(min(number, 3999))
        return roman if how == "upperRoman" else roman.lower()
    return str(number)


def _roman(number: int) -> str:
    written = ""
    for value, letters in (
        (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"),
        (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
    ):  # fmt: skip
        written += letters * (number // value)
        number %= value
    return written


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 5 else 0


@dataclass
class _Paragraph:
    """A paragraph that is being read."""

    runs: list[Run] = field(default_factory=list)
    style: str = ""
    list_id: str = ""
    level: int = 0
    outline_level: int | None = None
    centred: bool = False


class _Body(XmlReader):
    """The document itself."""

    def __init__(self, styles: _Styles, numbering: _Numbering) -> None:
        super().__init__()
        self.blocks: list[Block] = []
        self.cut = False
        self._styles, self._counter = styles, _Counter(numbering)
        self._letters = 0
        self._stack: list[_Paragraph] = []  # a text box is a paragraph inside a paragraph
        self._cells: list[list[str]] = []
        self._tables = 0
        self._bold = self._italic = self._in_text = self._in_run = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Take note of paragraphs, runs, cells."""
        name = tag.removeprefix(_W)
        if name == "p":
            self._stack.append(_Paragraph())
        elif name == "tbl":
            self._tables += 1
        elif name in ("tr", "tc"):
            self._start_of_table(name)
        elif name == "r":
            self._bold, self._italic, self._in_run = False, False, True
        elif name in ("t", "tab", "br", "drawing", "pict"):
            self._start_of_text(name)
        elif self._stack:
            self._note(name, attributes.get(_VAL))

    def _start_of_table(self, name: str) -> None:
        if self._tables == 1:
            if name == "tr":
                self._cells = []
            else:
                self._cells.append([])

    def _start_of_text(self, name: str) -> None:
        if name == "t":
            self._in_text = True
        elif name in ("tab", "br"):
            if self._in_run:
                self._put("\t" if name == "tab" else "\n")
        elif not self._tables:
            self._add(Block("picture"))

    def _note(self, name: str, value: str | None) -> None:
        paragraph = self._stack[-1]
        if name == "pStyle":
            paragraph.style = value or ""
        elif name == "numId":
            paragraph.list_id = value or ""
        elif name == "ilvl":
            paragraph.level = min(8, _number(value or ""))
        elif name == "outlineLvl":
            paragraph.outline_level = _number(value or "")
        elif name == "jc":
            paragraph.centred = value == "center"
        elif name == "b" and self._in_run:
            self._bold = value not in _OFF
        elif name == "i" and self._in_run:
            self._italic = value not in _OFF

    def data(self, text: str) -> None:
        """Take text."""
        if self._in_text:
            self._put(text)

    def _put(self, text: str) -> None:
        if not self._stack or self._letters >= MAX_LETTERS:
            self.cut = self.cut or bool(self._stack)
            return
        self._letters += len(text)
        self._stack[-1].runs.append(Run(text, self._bold, self._italic))

    def end(self, tag: str) -> None:
        """Close what is over."""
        name = tag.removeprefix(_W)
        if name == "t":
            self._in_text = False
        elif name == "r":
            self._in_run = False
        elif name == "p" and self._stack:
            self._close(self._stack.pop())
        elif name == "tr" and self._tables == 1:
            self._add(Block("row", cells=tuple("\n".join(cell) for cell in self._cells)))
        elif name == "tbl":
            self._tables -= 1

    def _close(self, paragraph: _Paragraph) -> None:
        text = "".join(run.text for run in paragraph.runs)
        if self._tables:
            if self._cells and text.strip():
                self._cells[-1].append(text)
            return
        if not text.strip():
            return
        runs = tuple(paragraph.runs)
        heading = self._styles.levels.get(paragraph.style)
        if heading is None and paragraph.outline_level is not None:
            heading = paragraph.outline_level + 1
        sign = ""
        if paragraph.list_id not in ("", "0"):
            sign = self._counter.next(paragraph.list_id, paragraph.level)
        if heading is not None and heading <= 9:
            self._add(Block("heading", runs, heading, sign, paragraph.centred))
        elif sign:
            self._add(Block("item", runs, paragraph.level, sign))
        else:
            self._add(Block("text", runs, centred=paragraph.centred))

    def _add(self, block: Block) -> None:
        if len(self.blocks) < MAX_BLOCKS:
            self.blocks.append(block)
        else:
            self.cut = True
