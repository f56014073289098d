"""Reads cells by the column they stand in: name, phone, gender, points, code, number, text.

Each reader gives the value that would be stored and everything about it that a person must be
shown. A value that was repaired is always shown, with before and after; blanks, separators in
phone numbers and NFC are no repair.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction

from judgeapp.domain.cells import Cell
from judgeapp.domain.doubts import NOTHING, Finding, Reading
from judgeapp.domain.lists import FieldCells
from judgeapp.domain.names import clean
from judgeapp.domain.numbers import half_up, plain, shortest
from judgeapp.domain.points import Accepted, Empty, read_points
from judgeapp.domain.sheet_words import is_nothing, part_of_field

_FORMULA_SIGNS = "=+-@"
_STYLED = re.compile("[\U0001d400-\U0001d7ff\uff01-\uff5e]")
_OTHER_SCRIPTS = re.compile("[\u0370-\u03ff\u0400-\u052f]")
_LOST_LETTER = re.compile(r"[^\W\d]\?|\?[^\W\d]|\ufffd")
# Ông is left alone: it is a family name too.
_ADDRESS = re.compile(r"(?:đ/c|đ\.c\.?|đc|đồng chí)[ .:]+(?=\S+ \S)", re.IGNORECASE)
_EXTRA = re.compile(r"\s*[(\[][^()\[\]]*[)\]]\s*$")
_TONE_MISPLACED = re.compile("(?:qu|gi)[\u0300\u0301\u0303\u0309\u0323][aeiouy]")
_SCORE_LIMIT, _HUNDREDTH = Decimal(1000), Fraction(1, 100)
_EMAIL = re.compile(r"[^\s@,;<>]+@[^\s@,;<>]+\.[^\s@,;<>]+")


def read_field(held: FieldCells, reader: Callable[[tuple[Cell, ...]], Reading]) -> Reading:
    """Read a field's cells, unless one of them is in trouble; letters of an old font are shown."""
    if not held.cells:
        return NOTHING
    troubled = next((cell for cell in held.cells if cell.trouble), None)
    if troubled is not None:
        code = "no_value" if troubled.trouble == "no_value" else "cell_error"
        return Reading(None, (Finding(code, troubled.text or None),))
    reading = reader(held.cells)
    if held.suspect and reading.value is not None:
        found = Finding("legacy_text", reading.value, reading.value)
        return Reading(reading.value, (*reading.findings, found))
    return reading


def read_text(cell: Cell, *, signs: bool = False) -> Reading:
    """Return the text of a cell in NFC without superfluous blanks; letters mended are shown.

    Args:
        cell: what the sheet holds.
        signs: show a text that begins with = + - @, which a spreadsheet program would calculate.
    """
    if cell.number is not None or cell.date is not None:
        return Reading(cell.shown)
    before = cell.shown
    if is_nothing(before):
        return NOTHING
    value = _mend_letters(before)
    findings = []
    if value != before:
        findings.append(Finding("letters_mended", before, value))
    if signs and value[:1] in _FORMULA_SIGNS:
        findings.append(Finding("formula_sign", value, value))
    if _OTHER_SCRIPTS.search(value) and re.search("[A-Za-z]", value):
        findings.append(Finding("letters_mixed", value, value))
    if _LOST_LETTER.search(value):
        findings.append(Finding("letters_lost", value, value))
    return Reading(value, tuple(findings))


def _mend_letters(text: str) -> str:
    """Return the text with letters that only look right made right.

    The Icelandic Ð and the African Ɖ are typed for Đ; bold letters from chats are plain ones.
    """
    text = text.translate({0xD0: "Đ", 0xF0: "đ", 0x189: "Đ", 0x256: "đ"})
    if _STYLED.search(text):
        text = _STYLED.sub(lambda match: unicodedata.normalize("NFKC", match[0]), text)
    return clean(text)


def read_name(cells: tuple[Cell, ...]) -> Reading:
    """Return a person's name, from one cell or from family and given name in two.

    A name is never changed but for mended letters and a form of address before it (Đ/c); what
    looks like a slip of the pen is shown and stays.
    """
    readings = [read_text(cell, signs=index == 0) for index, cell in enumerate(cells)]
    words = " ".join(reading.value for reading in readings if reading.value)
    if not words or words.isdecimal():
        return Reading(None, (Finding("name_missing", words or None),))
    findings = [finding for reading in readings for finding in reading.findings]
    address = _ADDRESS.match(words)
    if address:
        findings.append(Finding("name_address", words, words[address.end() :]))
        words = words[address.end() :]
    findings += [Finding(code, words, words) for code in _slips(words)]
    return Reading(words, tuple(findings))


def _slips(name: str) -> list[str]:
    """Return codes of what looks like a slip in a name; nothing of it is mended."""
    words = name.split()
    slips: list[str] = []
    if name[:1] in _FORMULA_SIGNS:
        return slips  # shown as what it is already
    if _EXTRA.search(name):
        slips.append("name_extra")
    elif any(char.isdigit() for char in name):
        slips.append("name_digits")
    if len(words) == 1:
        slips.append("name_short")
    if any(_tone_is_misplaced(word) for word in words):
        slips.append("name_tone_place")
    if "Thi" in words[1:-1]:
        slips.append("name_thi")
    return slips


def _tone_is_misplaced(word: str) -> bool:
    """Tell whether a tone stands on the u of qu or the i of gi, where none can be: Qúy, Gìa."""
    return _TONE_MISPLACED.match(unicodedata.normalize("NFD", word.casefold())) is not None


def read_gender(cell: Cell) -> Reading:
    """Return ``nam`` or ``nữ``, or nothing."""
    word = cell.shown.casefold().strip(" .")
    if is_nothing(word):
        return NOTHING
    part = part_of_field(word)
    if part in ("male", "female"):
        return Reading("nam" if part == "male" else "nữ")
    if word in ("m", "trai", "ông"):
        return Reading("nam")
    if word in ("f", "gái", "bà"):
        return Reading("nữ")
    return Reading(None, (Finding("gender_unreadable", cell.shown),))


def is_tick(cell: Cell) -> bool:
    """Tell whether a cell is ticked: x, v, ✓, 1, TRUE, or its own heading once more."""
    word = cell.shown.casefold().strip(" .()")
    return word in ("x", "v", "✓", "✔", "☑", "√", "1", "true", "*", "nam", "nữ", "nu", "có")


def is_unticked(cell: Cell) -> bool:
    """Tell whether a cell says no: nothing, FALSE, 0, ☐."""
    word = cell.shown.casefold()
    return is_nothing(word) or word in ("false", "0", "☐")


def read_score(cell: Cell) -> Reading:
    """Return points as plain decimal text, read by the one parser of points."""
    if cell.date is None and cell.number is not None and 0 <= cell.number < _SCORE_LIMIT:
        rounded = shortest(half_up(Fraction(cell.number), _HUNDREDTH))
        if rounded == plain(cell.number):
            return Reading(rounded)
        return Reading(rounded, (Finding("score_rounded", cell.shown, rounded),))
    if cell.date is not None or cell.number is not None:
        return Reading(None, (Finding("score_unreadable", cell.shown),))
    typed = "" if is_nothing(cell.shown) else cell.shown.removeprefix("'")
    found = read_points(typed, maximum=_SCORE_LIMIT, step=Decimal("0.01"))
    if isinstance(found, Accepted):
        return Reading(plain(found.points))
    if isinstance(found, Empty):
        return NOTHING
    return Reading(None, (Finding("score_unreadable", typed),))


def read_code(cell: Cell) -> Reading:
    """Return a code as text: it is no number, even where it looks like one (00120, 1E5)."""
    if cell.date is not None:
        return Reading(None, (Finding("code_as_date", cell.shown),))
    if cell.number is not None:
        if "e+" in cell.format.casefold():
            return Reading(cell.shown, (Finding("code_scientific", cell.shown, cell.shown),))
        return Reading(cell.shown)
    reading = read_text(cell)
    if reading.value is not None and re.match(r"'\d", reading.value):
        return Reading(reading.value[1:], reading.findings)
    return reading


def read_number(cell: Cell) -> Reading:
    """Return a row's own number or start number as text: ``007``, never ``10.0``."""
    if cell.date is not None:
        return Reading(None, (Finding("number_as_date", cell.shown),))
    word = cell.shown.strip("'().[] ")
    return Reading(word) if word and not is_nothing(word) else NOTHING


def read_email(cell: Cell) -> Reading:
    """Return an e-mail address, or nothing where it is none."""
    word = cell.shown.removeprefix("mailto:")
    if is_nothing(word):
        return NOTHING
    if _EMAIL.fullmatch(word):
        return Reading(word)
    inside = _EMAIL.search(word)
    value = inside[0].strip(".,;") if inside else None
    return Reading(value, (Finding("email_unreadable", word, value),))
