"""The sheet by which a printer is set: marks and rulers at known places, on A4 landscape.

It is printed on plain paper, held against the printed form, and measured (print.md 2.4).
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from io import BytesIO
from typing import TYPE_CHECKING

from judgeapp.formats.fonts import registered
from judgeapp.formats.pdf_page import open_pdf
from judgeapp.formats.report_pdf import BOLD, REGULAR, printable
from judgeapp.formats.typeset import POINT
from judgeapp.system.texts import Texts

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

WIDTH, HEIGHT = 297.0, 210.0
CORNERS = ((20.0, 20.0), (277.0, 20.0), (20.0, 190.0), (277.0, 190.0))
CENTRE = (148.5, 86.0)
_TEXT = (41.5, 255.5)


def calibration_pdf(right: Decimal, down: Decimal, texts: Texts) -> bytes:
    """Return the sheet, moved as certificates would be."""
    target = BytesIO()
    title = texts("awards.calibration.title")
    canvas = open_pdf(
        target, width=WIDTH, height=HEIGHT, title=title, author="judgeapp", base_font=REGULAR
    )
    canvas.translate(float(right) / POINT, -float(down) / POINT)
    canvas.setLineWidth(0.4)
    sheet = _Sheet(canvas)
    for x, y in CORNERS:
        sheet.cross(x, y, 6, (3,))
        side = "left" if x < WIDTH / 2 else "right"
        place = x + 8 if side == "left" else x - 8
        sheet.words(f"{x:.0f} ; {y:.0f} mm", place, y + 5, 7, side)
    sheet.cross(*CENTRE, 18, (5, 10, 15))
    sheet.ruler_across(48.5, 12, 200)
    for x, inward in ((14.0, 1), (283.0, -1)):
        sheet.ruler_down(x, 55, 100, inward)
    sheet.words(texts("awards.calibration.ruler"), WIDTH / 2, 21.5, 8)
    sheet.arrow(WIDTH / 2, 26, 38)
    sheet.words(texts("awards.calibration.top"), WIDTH / 2, 42, 8)
    sheet.words(title, WIDTH / 2, 52, 16, font=BOLD)
    sheet.words(texts("awards.calibration.what"), WIDTH / 2, 59, 9)
    _steps(sheet, right, down, texts)
    canvas.showPage()
    canvas.save()
    return target.getvalue()


def _steps(sheet: _Sheet, right: Decimal, down: Decimal, texts: Texts) -> None:
    for number in range(1, 5):
        words = texts(f"awards.calibration.step{number}")
        sheet.words(f"{number}  {words}", 38, 118 + 8 * (number - 1), 9, "left")
    shift = texts("awards.calibration.shift", right=right, down=down)
    sheet.words(shift, 38, 152, 9, "left", font=BOLD)
    rows = [texts(f"awards.calibration.{name}") for name in ("printer", "tray", "right", "down")]
    sheet.boxes(rows, 186, 112, (40, 38), 9)
    sheet.field(_TEXT[0], 162, _TEXT[1] - _TEXT[0], 20)
    sheet.words(texts("awards.calibration.field"), WIDTH / 2, 173, 8)
    sheet.words(texts("awards.calibration.origin"), WIDTH / 2, 203, 7)


class _Sheet:
    """Draws in mm from the top-left corner."""

    def __init__(self, canvas: Canvas) -> None:
        self._canvas = canvas

    def line(self, x1: float, y1: float, x2: float, y2: float) -> None:
        canvas = self._canvas
        canvas.line(x1 / POINT, (HEIGHT - y1) / POINT, x2 / POINT, (HEIGHT - y2) / POINT)

    def words(
        self, text: str, x: float, y: float, size: float, side: str = "centre", font: str = REGULAR
    ) -> None:
        written, name = printable(text, font)
        registered(name)
        self._canvas.setFont(name, size)
        at = x / POINT, (HEIGHT - y) / POINT
        draw = {
            "left": self._canvas.drawString,
            "right": self._canvas.drawRightString,
            "centre": self._canvas.drawCentredString,
        }[side]
        draw(*at, written)

    def cross(self, x: float, y: float, reach: float, rings: Sequence[float]) -> None:
        self.line(x - reach, y, x + reach, y)
        self.line(x, y - reach, x, y + reach)
        for radius in rings:
            self._canvas.circle(x / POINT, (HEIGHT - y) / POINT, radius / POINT)

    def ruler_across(self, x: float, y: float, length: int) -> None:
        self.line(x, y + 4, x + length, y + 4)
        for mm in range(length + 1):
            self.line(x + mm, y + 4, x + mm, y + 4 - _tick(mm))
            if mm % 10 == 0:
                self.words(str(mm), x + mm, y - 1, 6)

    def ruler_down(self, x: float, y: float, length: int, inward: int) -> None:
        self.line(x, y, x, y + length)
        for mm in range(length + 1):
            self.line(x, y + mm, x + inward * _tick(mm), y + mm)
            if mm % 10 == 0:
                self.words(str(mm), x + inward * 7, y + mm + 0.8, 6)

    def arrow(self, x: float, top: float, bottom: float) -> None:
        canvas, path = self._canvas, self._canvas.beginPath()
        points = [(x, top), (x + 4, top + 5), (x + 1.2, top + 5), (x + 1.2, bottom),
                  (x - 1.2, bottom), (x - 1.2, top + 5), (x - 4, top + 5)]  # fmt: skip
        path.moveTo(points[0][0] / POINT, (HEIGHT - points[0][1]) / POINT)
        for px, py in points[1:]:
            path.lineTo(px / POINT, (HEIGHT - py) / POINT)
        path.close()
        canvas.drawPath(path, stroke=0, fill=1)

    def boxes(
        self, rows: Sequence[str], x: float, y: float, widths: tuple[float, float], height: float
    ) -> None:
        whole = sum(widths)
        for number, words in enumerate(rows):
            top = y + number * height
            self.field(x, top, whole, height, dashed=False)
            self.line(x + widths[0], top, x + widths[0], top + height)
            self.words(words, x + 2, top + height / 2 + 1, 8, "left")

    def field(
        self, x: float, y: float, width: float, height: float, *, dashed: bool = True
    ) -> None:
        canvas = self._canvas
        if dashed:
            canvas.setDash(3, 2)
        canvas.rect(x / POINT, (HEIGHT - y - height) / POINT, width / POINT, height / POINT)
        canvas.setDash()


def _tick(mm: int) -> float:
    return 4.0 if mm % 10 == 0 else 3.0 if mm % 5 == 0 else 1.8
