"""The tally of a sheet in a file, without any contest and without its store."""

from __future__ import annotations

from pathlib import Path

from judgeapp.domain.errors import BadInput
from judgeapp.domain.tally import Tally, tally
from judgeapp.exchange.tally_sheet import read_tally_sheet


def tally_file(*, file: Path) -> Tally:
    """Return the tally of a tally sheet.

    Raises:
        BadInput: ``results.sheet_…`` with file and place, if the sheet is refused whole.
    """
    sheet, marks = read_tally_sheet(file)
    try:
        return tally(sheet, marks)
    except BadInput as error:
        error.file = file.name
        raise
