"""What `people import` and `people units` answer with ``--json``: the shape promised in cli.md."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from judgeapp.system.doubt_words import message_of

if TYPE_CHECKING:
    from judgeapp.domain.doubts import Doubt
    from judgeapp.services.people_preview import ImportPreview, ListFile
    from judgeapp.services.units import UnitsPreview
    from judgeapp.system.texts import Texts


def people_answer(preview: ImportPreview, texts: Texts, *, written: int) -> dict[str, object]:
    """Return the answer of `people import`."""
    numbers = preview.numbers
    rows = [{**vars(row), "id": numbers.get((row.sheet, row.row))} for row in preview.rows]
    return {
        **_source(preview.source),
        "rows": rows,
        "doubts": _doubts(preview.doubts, texts),
        "skipped": _skipped(preview.source),
        "written": written,
    }


def units_answer(preview: UnitsPreview, texts: Texts, *, written: int) -> dict[str, object]:
    """Return the answer of `people units`."""
    return {
        **_source(preview.source),
        "rows": [vars(row) for row in preview.rows],
        "doubts": _doubts(preview.doubts, texts),
        "skipped": _skipped(preview.source),
        "written": written,
    }


def _source(source: ListFile) -> dict[str, object]:
    sheets = [
        {
            "name": sheet.name,
            "rows": sheet.rows,
            "hidden": sheet.hidden,
            "used": sheet.table is not None,
            "header_rows": list(sheet.table.header.rows) if sheet.table else [],
            "columns": sheet.table.header.letters if sheet.table else {},
        }
        for sheet in source.sheets
    ]
    first = next(sheet for sheet in sheets if sheet["used"])
    return {
        "encoding": source.encoding,
        "delimiter": source.delimiter,
        "header_rows": first["header_rows"],
        "columns": first["columns"],
        "sheets": sheets,
    }


def _skipped(source: ListFile) -> list[dict[str, object]]:
    return [vars(row) for row in source.skipped]


def _doubts(doubts: Iterable[Doubt], texts: Texts) -> list[dict[str, object]]:
    return [
        {
            **vars(item),
            "other_rows": list(item.other_rows),
            "message": message_of(item, texts),
        }
        for item in doubts
    ]
