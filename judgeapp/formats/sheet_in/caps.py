"""How much of a spreadsheet from outside is read: more is refused before it is unfolded.

A contest's longest list has tens of thousands of rows (a quiz); these limits lie well above it.
"""

from __future__ import annotations

from judgeapp.domain.errors import BadInput

MAX_FILE_BYTES = 64 << 20
MAX_UNPACKED_BYTES = 200 << 20
MAX_PARTS = 2_000
MAX_CELLS = 4_000_000
MAX_ROWS = 200_000
MAX_COLUMNS = 512
MAX_TEXT = 32_767
MAX_MERGES = 10_000
MAX_SHEETS = 200


class CellCount:
    """Counts what is kept of one file and refuses what is beyond the limits."""

    def __init__(self, file: str) -> None:
        self.file = file
        self._cells = 0

    def take(self, row: int, column: int, text: str = "", *, copies: int = 1) -> None:
        """Count a cell that is about to be kept.

        Raises:
            BadInput: ``sheet.too_large`` or ``sheet.cell_too_long``, with the row.
        """
        self._cells += copies
        if self._cells > MAX_CELLS or column > MAX_COLUMNS:
            raise BadInput("sheet.too_large", file=self.file, rows=MAX_ROWS, columns=MAX_COLUMNS)
        if len(text) > MAX_TEXT:
            raise BadInput("sheet.cell_too_long", file=self.file, place=str(row), limit=MAX_TEXT)

    def rows(self, count: int) -> None:
        """Take note that a sheet has ``count`` rows that hold something.

        Raises:
            BadInput: ``sheet.too_large`` if they are too many.
        """
        if count > MAX_ROWS:
            raise BadInput("sheet.too_large", file=self.file, rows=MAX_ROWS, columns=MAX_COLUMNS)
