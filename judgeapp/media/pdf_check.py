"""A PDF outline: does it open without a password, is it whole, has it its fonts, text and pages.

Runs in a child process (`file_check`), which is killed after ten seconds.
Words: a font is *embedded* if its letters are in the file; else each machine draws its own, or
none. The 14 standard fonts need not be there, every viewer has them, but not for Vietnamese.

Source: ISO 32000-1, 7.5 (structure), 9.6.2.2 (standard fonts), 9.9 (embedded fonts).
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from judgeapp.domain.entries import CheckResult, Problem, in_order, too_many_pages

if TYPE_CHECKING:
    from pypdf import PageObject, PdfReader

MAX_PAGES = 200
MAX_UNPACKED = 200 << 20
_TAIL_BYTES = 4096
_MIN_LETTERS = 10
_MAX_DEPTH = 6
_STANDARD = ("helvetica", "arial", "times", "courier", "symbol", "zapfdingbats")
_EMBEDDED = ("/FontFile", "/FontFile2", "/FontFile3")


def check_pdf(path: Path) -> CheckResult:
    """Return what is found in a PDF.

    Raises:
        OSError: if the file cannot be read.
    """
    if not _has_end_mark(path):
        return _closed("truncated", "no_end")
    import pypdf.errors

    # What pypdf raises on broken files, besides its own errors.
    broken = (
        pypdf.errors.PyPdfError, ArithmeticError, AssertionError, AttributeError, LookupError,
        NotImplementedError, RecursionError, TypeError, ValueError,
    )  # fmt: skip
    try:
        reader = pypdf.PdfReader(path)
        if reader.is_encrypted and not reader.decrypt(""):
            return _closed("encrypted")
        return _look(reader, broken)
    except pypdf.errors.LimitReachedError:
        return _closed("bomb")
    except broken:
        return _closed("damaged", "unreadable")


def _closed(code: str, variant: str | None = None) -> CheckResult:
    problems = (Problem(code, variant=variant),)
    return CheckResult("outline", opens=False, container="pdf", problems=problems)


def _has_end_mark(path: Path) -> bool:
    with path.open("rb") as file:
        size = file.seek(0, 2)
        file.seek(max(0, size - _TAIL_BYTES))
        return b"%%EOF" in file.read()


class _Pages:
    """What was found on the pages so far.

    Attributes:
        fonts: that are not in the file, in the order of the pages.
        unpacked: bytes of what the pages draw.
        damaged: a page's drawing cannot be read.
        untold: a page's letters cannot be told, though a viewer may show them.
    """

    def __init__(self, broken: tuple[type[Exception], ...]) -> None:
        self._broken = broken
        self._seen: set[int] = set()
        self.fonts: dict[str, None] = {}
        self.letters = self.unpacked = 0
        self.damaged = self.untold = False

    def look(self, page: PageObject) -> None:
        """Look at one page.

        Raises:
            LimitReachedError: it unpacks to more than pypdf allows.
        """
        from pypdf.errors import LimitReachedError

        self.fonts |= dict.fromkeys(_missing_fonts(page.get("/Resources"), self._seen, 0))
        try:
            self.unpacked += _content_bytes(page)
        except LimitReachedError:
            raise
        except self._broken:
            self.damaged = True
            return
        if self.letters < _MIN_LETTERS:
            try:
                self.letters += _count_letters(page)
            except self._broken:
                self.untold = True

    def problems(self) -> list[Problem]:
        """Return what is wrong with them."""
        found = []
        if self.damaged:
            found.append(Problem("damaged", variant="unreadable"))
        elif self.letters < _MIN_LETTERS and not self.untold:
            found.append(Problem("no_text"))
        if self.fonts:
            found.append(Problem("font_not_embedded", params={"fonts": ", ".join(self.fonts)}))
        return found


def _look(reader: PdfReader, broken: tuple[type[Exception], ...]) -> CheckResult:
    count = len(reader.pages)
    if not count:
        return _closed("damaged", "unreadable")
    pages = _Pages(broken)
    for number in range(min(count, MAX_PAGES)):
        pages.look(reader.pages[number])
        if pages.unpacked > MAX_UNPACKED:
            return _closed("bomb")
    problems = pages.problems()
    if count > MAX_PAGES:
        problems.append(too_many_pages(count, MAX_PAGES))
    return CheckResult(
        "outline", opens=True, container="pdf", pages=count, problems=in_order(problems)
    )


def _content_bytes(page: PageObject) -> int:
    """Unpack what the page draws, as a viewer would, and count it."""
    contents = _resolved(page.get("/Contents"))
    streams = contents if isinstance(contents, list) else [contents]
    return sum(len(_resolved(stream).get_data()) for stream in streams if stream is not None)


def _count_letters(page: PageObject) -> int:
    return sum(char.isalnum() for char in page.extract_text())


def _missing_fonts(resources: Any, seen: set[int], depth: int) -> Iterator[str]:
    """Yield names of fonts that are not in the file, of a page and of the drawings inside it."""
    resources = _resolved(resources)
    if not isinstance(resources, dict) or depth > _MAX_DEPTH:
        return
    for font in _values(resources, "/Font", seen):
        name = _missing_font(font)
        if name:
            yield name
    for drawing in _values(resources, "/XObject", seen):
        if drawing.get("/Subtype") == "/Form":
            yield from _missing_fonts(drawing.get("/Resources"), seen, depth + 1)


def _values(resources: dict[str, Any], key: str, seen: set[int]) -> Iterator[dict[str, Any]]:
    """Yield the dictionaries under ``key`` that were not seen before."""
    holder = _resolved(resources.get(key))
    if not isinstance(holder, dict):
        return
    for reference in list(holder.values()):
        value = _resolved(reference)
        if isinstance(value, dict):
            number = getattr(reference, "idnum", None)
            if number is None or number not in seen:
                seen |= {number} if number is not None else set()
                yield value


def _resolved(value: Any) -> Any:
    return value.get_object() if hasattr(value, "get_object") else value


def _missing_font(font: dict[str, Any]) -> str | None:
    """Return the name of a font whose letters are not in the file and not everywhere, or None."""
    subtype = font.get("/Subtype")
    if subtype == "/Type3":
        return None
    name = str(font.get("/BaseFont", "?")).lstrip("/")
    holder = font
    if subtype == "/Type0":
        inner = _resolved(font.get("/DescendantFonts"))
        holder = _resolved(inner[0]) if inner else {}
    elif name.casefold().startswith(_STANDARD):
        return None
    descriptor = _resolved(holder.get("/FontDescriptor"))
    if isinstance(descriptor, dict) and any(key in descriptor for key in _EMBEDDED):
        return None
    return name.partition("+")[2] or name
