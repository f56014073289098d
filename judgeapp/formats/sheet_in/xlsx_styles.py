"""Styles of an Excel workbook: which cells show dates, and in which font their letters are.

A broken or missing style sheet costs the dates and fonts, never the data.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from decimal import Decimal

from judgeapp.domain.errors import BadInput
from judgeapp.formats.sheet_in.legacy import legacy_font
from judgeapp.formats.sheet_in.xml_parts import Parts, parse

_DATE_IDS = {*range(14, 18), 22, *range(27, 32), 36, *range(50, 55), 57, 58}
_PLAIN_PART = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.')
_LAST_SERIAL = 2_958_465  # 31 December 9999
_EPOCH_1900, _EPOCH_1904 = dt.date(1899, 12, 30), dt.date(1904, 1, 1)


@dataclass(frozen=True)
class Style:
    """How a cell is shown."""

    number_format: str = ""
    is_date: bool = False
    legacy: str | None = None


PLAIN_STYLE = Style()


def is_date_format(code: str) -> bool:
    """Tell whether a number format shows a day, month or year."""
    bare = _PLAIN_PART.sub("", code.split(";")[0]).casefold()
    if bare in ("general", "standard", "@"):
        return False
    return bool(re.search("[dy]", bare)) or ("m" in bare and not re.search("[hs0#?]", bare))


def day_of_serial(serial: Decimal, *, since_1904: bool) -> dt.date | None:
    """Return the day that a serial number shows, or None where no day is shown.

    Excel counts a 29 February 1900 that never was, so the days before it are one off.
    """
    if not 0 < serial <= _LAST_SERIAL:
        return _EPOCH_1904 if since_1904 and serial == 0 else None
    days = int(serial)
    try:
        if since_1904:
            return _EPOCH_1904 + dt.timedelta(days)
        if days == 60:
            return dt.date(1900, 2, 28)
        return _EPOCH_1900 + dt.timedelta(days + 1 if days < 60 else days)
    except OverflowError:
        return None


class _StyleListener:
    def __init__(self) -> None:
        self.formats: dict[int, str] = {}
        self.fonts: list[str] = []
        self.styles: list[tuple[int, int]] = []
        self._inside = ""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name in ("fonts", "cellXfs", "cellStyleXfs", "dxfs", "numFmts"):
            self._inside = name
        elif name == "numFmt" and self._inside == "numFmts":
            self.formats[int(attributes.get("numFmtId", -1))] = attributes.get("formatCode", "")
        elif name == "font" and self._inside == "fonts":
            self.fonts.append("")
        elif name == "name" and self._inside == "fonts" and self.fonts:
            self.fonts[-1] = attributes.get("val", "")
        elif name == "xf" and self._inside == "cellXfs":
            self.styles.append(
                (int(attributes.get("numFmtId", 0)), int(attributes.get("fontId", 0)))
            )

    def end(self, name: str) -> None:
        if name == self._inside:
            self._inside = ""

    def data(self, text: str) -> None:
        """Texts in a style sheet mean nothing here."""


def read_styles(parts: Parts, part: str) -> list[Style]:
    """Return the workbook's cell styles by their index; as far as they can be read."""
    listener = _StyleListener()
    if parts.has(part):
        try:
            parse(parts.pieces(part), listener, file=parts.file, part=part)
        except BadInput as error:
            if error.code != "sheet.damaged":
                raise
    return [_style(listener, format_id, font_id) for format_id, font_id in listener.styles]


def _style(listener: _StyleListener, format_id: int, font_id: int) -> Style:
    code = listener.formats.get(format_id, "")
    font = listener.fonts[font_id] if 0 <= font_id < len(listener.fonts) else ""
    is_date = is_date_format(code) if code else format_id in _DATE_IDS
    return Style(code, is_date, legacy_font(font))
