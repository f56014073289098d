"""A DOCX outline: is it one, is it whole, does it unpack to more than it may, has it text.

Runs in a child process (`file_check`). Every byte that comes out of the archive is counted: what
the archive claims about itself decides nothing. XML with a document type is refused, so no entity
can grow; text is read as it streams by and no tree is built.

Source: ECMA-376 (parts and relationships); caps of exchange.md.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

from judgeapp.domain.entries import CheckResult, Problem, in_order

MAX_PARTS = 2000
MAX_UNPACKED = 200 << 20
_PIECE = 1 << 18
_MAIN_PART = "word/document.xml"
_PROPERTIES = "docProps/app.xml"
_FONT_TABLE = "word/fontTable.xml"
_MIN_LETTERS = 10
_SHORT_TEXT = 2000  # letters that surely fit on one page
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_PAGES = "{http://schemas.openxmlformats.org/officeDocument/2006/extended-properties}Pages"
_LEGACY_FONT = re.compile(r"\.Vn|VNI[- ]|VNtimes", re.IGNORECASE)
_OTHER_OFFICE = {"xl/": "xlsx", "ppt/": "pptx", "mimetype": "odt"}


_DAMAGED = Problem("damaged", variant="unreadable")
_CUT_OFF = Problem("truncated", variant="no_end")


class Bomb(Exception):
    """It unpacks to more than it may."""


def check_docx(path: Path) -> CheckResult:
    """Return what is found in a ZIP file that should be a DOCX.

    Raises:
        OSError: if the file cannot be read.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            return _look(archive)
    except Bomb:
        return _closed(Problem("bomb"))
    except zipfile.BadZipFile:
        return _closed(_DAMAGED if _has_directory(path) else _CUT_OFF)
    except (EOFError, LookupError, NotImplementedError, ValueError, zlib.error):
        return _closed(_DAMAGED)
    except RuntimeError:  # zipfile's word for a password
        return _closed(Problem("encrypted"))


def _closed(problem: Problem, container: str = "docx") -> CheckResult:
    return CheckResult("outline", opens=False, container=container, problems=(problem,))


def _has_directory(path: Path) -> bool:
    """Tell whether the list of parts at the end of the archive is there."""
    with path.open("rb") as file:
        size = file.seek(0, 2)
        file.seek(max(0, size - (1 << 16)))
        return b"PK\x05\x06" in file.read()


def _look(archive: zipfile.ZipFile) -> CheckResult:
    names = archive.namelist()
    if len(names) > MAX_PARTS:
        raise Bomb
    if any(info.flag_bits & 1 for info in archive.infolist()):
        return _closed(Problem("encrypted"))
    if _MAIN_PART not in names:
        other = _other_kind(names)
        return _closed(Problem("not_document", params={"content": other.upper()}), other)
    text, properties, fonts = _Text(), _Properties(), _FontTable()
    readers = {_MAIN_PART: text, _PROPERTIES: properties, _FONT_TABLE: fonts}
    left = MAX_UNPACKED
    for info in archive.infolist():
        reader = readers.pop(info.filename, None)
        left = _read_part(archive, info, left, reader)
    problems = []
    if text.letters < _MIN_LETTERS:
        problems.append(Problem("no_text"))
    missing = sorted(text.fonts - fonts.embedded)
    if missing:
        problems.append(Problem("font_not_embedded", params={"fonts": ", ".join(missing)}))
    return CheckResult(
        "outline",
        opens=True,
        container="docx",
        pages=_pages(text, properties.pages),
        problems=in_order(problems),
    )


def _other_kind(names: list[str]) -> str:
    for start, kind in _OTHER_OFFICE.items():
        if any(name.startswith(start) for name in names):
            return kind
    return "zip"


def _read_part(
    archive: zipfile.ZipFile, info: zipfile.ZipInfo, left: int, reader: XmlReader | None
) -> int:
    """Read a part to its end, which checks its sum; return how many bytes may still come.

    Raises:
        Bomb: if that is more than ``left``, or its XML would grow.
    """
    with archive.open(info) as part:
        while piece := part.read(_PIECE):
            left -= len(piece)
            if left < 0:
                raise Bomb
            if reader is not None:
                reader.feed(piece)
    if reader is not None:
        reader.finish()
    return left


def _pages(text: _Text, claimed: int | None) -> int | None:
    """Return the number of pages where it can be told: Word notes it, other programs need not."""
    pages = max(claimed or 0, text.page_breaks + 1)
    if pages > 1 or text.letters <= _SHORT_TEXT:
        return pages
    return None


class XmlReader:
    """Reads XML as it comes, without a tree, an entity or a document type.

    A subclass says what it wants in ``start``, ``data`` and ``end``.
    """

    def __init__(self) -> None:
        from defusedxml.ElementTree import DefusedXMLParser

        self._parser = DefusedXMLParser(target=self, forbid_dtd=True)

    def feed(self, piece: bytes) -> None:
        """Read on.

        Raises:
            Bomb: at a document type, which only a hostile file has.
            ValueError: where it is no XML.
        """
        self._careful(lambda: self._parser.feed(piece))

    def finish(self) -> None:
        """Make sure that it was whole; else raises ValueError."""
        self._careful(self._parser.close)

    def _careful(self, step: Callable[[], object]) -> None:
        from xml.etree.ElementTree import ParseError

        from defusedxml.common import DefusedXmlException

        try:
            step()
        except DefusedXmlException:
            raise Bomb from None
        except ParseError as error:
            raise ValueError("not well-formed") from error

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Take note of the begin of an element."""

    def data(self, text: str) -> None:
        """Take note of text."""

    def end(self, tag: str) -> None:
        """Take note of the end of an element."""


class _Text(XmlReader):
    """The document: letters, page breaks, and fonts of the time before Unicode."""

    def __init__(self) -> None:
        super().__init__()
        self.letters = 0
        self.fonts: set[str] = set()
        self._noted_breaks = 0
        self._typed_breaks = 0
        self._in_text = False

    @property
    def page_breaks(self) -> int:
        """Breaks as Word last laid the text out, or at least those that were typed."""
        return max(self._noted_breaks, self._typed_breaks)

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Take note of text, breaks and fonts."""
        self._in_text = tag == f"{_WORD}t"
        if tag == f"{_WORD}lastRenderedPageBreak":
            self._noted_breaks += 1
        elif tag == f"{_WORD}br" and attributes.get(f"{_WORD}type") == "page":
            self._typed_breaks += 1
        elif tag == f"{_WORD}rFonts" and len(self.fonts) < 20:
            names = (attributes.get(f"{_WORD}ascii"), attributes.get(f"{_WORD}hAnsi"))
            self.fonts |= {name for name in names if name and _LEGACY_FONT.match(name)}

    def data(self, text: str) -> None:
        """Count letters."""
        if self._in_text:
            self.letters += sum(char.isalnum() for char in text)

    def end(self, tag: str) -> None:
        """Leave the text."""
        self._in_text = False


class _Properties(XmlReader):
    """What the program that saved it claims: the number of pages."""

    def __init__(self) -> None:
        super().__init__()
        self.pages: int | None = None
        self._digits: str | None = None

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Begin to read the number."""
        if tag == _PAGES:
            self._digits = ""

    def data(self, text: str) -> None:
        """Read its digits."""
        if self._digits is not None:
            self._digits = (self._digits + text)[:6]

    def end(self, tag: str) -> None:
        """Keep the number if it is one."""
        if tag == _PAGES and self._digits is not None:
            if self._digits.isascii() and self._digits.isdigit():
                self.pages = int(self._digits)
            self._digits = None


class _FontTable(XmlReader):
    """Fonts whose letters are in the file."""

    def __init__(self) -> None:
        super().__init__()
        self.embedded: set[str] = set()
        self._name = ""

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Take note of a font, and of its letters."""
        if tag == f"{_WORD}font":
            self._name = attributes.get(f"{_WORD}name", "")
        elif tag == f"{_WORD}embedRegular" and len(self.embedded) < 1000:
            self.embedded.add(self._name)
