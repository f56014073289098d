"""PDFs drawn by Qt: pages as pictures, and whole documents on a printer, at their own size.

Nothing is fitted to the page: a point of the PDF lies as far from the corner of the sheet as it
says, so that text meets forms that were printed before. What draws may run on any thread.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QSize
from PySide6.QtGui import QColor, QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtWidgets import QDialog, QWidget

from judgeapp.domain.errors import JudgeError
from judgeapp.system.progress import Progress

if TYPE_CHECKING:
    from PySide6.QtPdf import QPdfDocument
    from PySide6.QtPrintSupport import QPrinter

MOST_DPI, POINTS = 400, 72.0


def page_count(pdf: bytes) -> int:
    """Return how many pages a PDF of ours has."""
    document, _buffer = _opened(pdf)
    count = document.pageCount()
    document.close()
    return count


def page_images(pdf: bytes, dpi: float, *, most: int) -> list[QImage]:
    """Return the first pages of a PDF as pictures on white, at most so many."""
    document, _buffer = _opened(pdf)
    images = [_image(document, page, dpi) for page in range(min(document.pageCount(), most))]
    document.close()
    return images


def _image(document: QPdfDocument, page: int, dpi: float) -> QImage:
    size = document.pagePointSize(page) * (dpi / POINTS)
    drawn = document.render(page, QSize(round(size.width()), round(size.height())))
    image = QImage(drawn.size(), QImage.Format.Format_RGB32)
    image.fill(QColor("#FFFFFF"))
    painter = QPainter(image)
    painter.drawImage(0, 0, drawn)
    painter.end()
    return image


def paint(printer: QPrinter, pdf: bytes, progress: Progress) -> int:
    """Print the wanted pages at their own size; return how many sheets were sent.

    Raises:
        JudgeError: ``paper.not_printed`` if the printer does not begin.
        Cancelled: if the person stopped it between two pages.
    """
    document, _buffer = _opened(pdf)
    first = max(printer.fromPage(), 1)
    last = min(printer.toPage() or document.pageCount(), document.pageCount())
    pages = [number - 1 for number in range(first, last + 1)]
    pages *= 1 if printer.supportsMultipleCopies() else printer.copyCount()
    dpi = min(printer.resolution(), MOST_DPI)
    painter = QPainter()
    if not painter.begin(printer):
        raise JudgeError("paper.not_printed", file=printer.printerName())
    scale = printer.resolution() / dpi
    try:
        for at, page in enumerate(pages):
            progress(at, len(pages))
            if at:
                printer.newPage()
            image = _image(document, page, dpi)
            painter.save()
            painter.scale(scale, scale)
            painter.drawImage(0, 0, image)
            painter.restore()
    finally:
        painter.end()
        document.close()
    progress(len(pages), len(pages))
    return len(pages) * (printer.copyCount() if printer.supportsMultipleCopies() else 1)


def default_printer() -> str:
    """Return the name of the system's usual printer; "" if there is none."""
    from PySide6.QtPrintSupport import QPrinterInfo

    return QPrinterInfo.defaultPrinterName()


def choose_printer(
    parent: QWidget | None, title: str, sheets: tuple[int, bool, bool]
) -> QPrinter | None:
    """Return a printer that was chosen over ``parent``, set to whole A4 sheets.

    Args:
        parent: the window.
        title: of the dialog and of the job.
        sheets: how many there are, whether they lie, whether some of them may be chosen.
    """
    from PySide6.QtPrintSupport import QAbstractPrintDialog, QPrintDialog

    pages, landscape, ranges = sheets
    printer = a4_printer(landscape=landscape, pages=pages)
    printer.setDocName(title)
    dialog = QPrintDialog(printer, parent)
    dialog.setWindowTitle(title)
    some = QAbstractPrintDialog.PrintDialogOption.PrintPageRange
    dialog.setOption(some, ranges and pages > 1)
    dialog.setMinMax(1, max(pages, 1))
    return printer if dialog.exec() == QDialog.DialogCode.Accepted else None


def a4_printer(*, landscape: bool, pages: int) -> QPrinter:
    """Return the usual printer, set to whole A4 sheets without margins."""
    from PySide6.QtPrintSupport import QPrinter

    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    turned = QPageLayout.Orientation.Landscape if landscape else QPageLayout.Orientation.Portrait
    printer.setFullPage(True)
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    printer.setPageOrientation(turned)
    printer.setPageMargins(QMarginsF(0, 0, 0, 0), QPageLayout.Unit.Millimeter)
    printer.setFromTo(1, max(pages, 1))
    return printer


def _opened(pdf: bytes) -> tuple[QPdfDocument, QBuffer]:
    """Return a PDF opened from memory, and what it is read from: that must live as long."""
    from PySide6.QtPdf import QPdfDocument

    buffer = QBuffer()
    buffer.setData(QByteArray(pdf))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    document = QPdfDocument()
    document.load(buffer)
    return document, buffer
