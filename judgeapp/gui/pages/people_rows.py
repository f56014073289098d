"""The rows of a file before they are imported, as a table with pills for what is doubtful."""

from __future__ import annotations

from judgeapp.gui.pages import people_words
from judgeapp.gui.pages.people_review import Review, ReviewRow
from judgeapp.gui.widgets.pill import PillLook
from judgeapp.gui.widgets.table import Column, Table
from judgeapp.system.texts import Texts


def make_rows_table(texts: Texts, review: Review, *, narrow: bool) -> Table:
    """Return a table for the rows of a review, still empty.

    Args:
        texts: the language in use.
        review: what is looked at.
        narrow: room is short: row, name and state only.
    """
    units = review.what == "units"
    fields = ["kind", "members"] if units else ["birth", "unit"]
    columns = [
        Column(texts("people.head.row"), lambda row: str(row.row), kind="number"),
        Column(
            texts("people.head.unit" if units else "people.head.name"),
            lambda row: row.values.get("name") or texts("gui.people.nameless"),
            kind="name",
            stretch=True,
        ),
        *([] if narrow else [_field_column(field, texts) for field in fields]),
        Column(
            texts("people.head.state"),
            lambda row: _state(row, texts),
            kind="pill",
            pill=lambda row: _pill(row, texts),
        ),
    ]
    return Table(
        columns,
        empty_text=texts("gui.people.no_rows"),
        accessible_name=texts("gui.people.rows_of", file=review.file.name),
    )


def _field_column(field: str, texts: Texts) -> Column:
    def words(row: ReviewRow) -> str:
        value = row.values.get(field)
        if row.doubt is not None and _asks_about(row, field):
            return row.doubt.before or "–"
        if field == "kind" and value:
            return texts(f"people.kind.{value}")
        return people_words.shown_value(field, value)

    def tone(row: ReviewRow) -> str | None:
        return "stop" if _asks_about(row, field) and row.values.get(field) is None else None

    return Column(texts(f"people.head.{field}"), words, tone=tone)


def _asks_about(row: ReviewRow, field: str) -> bool:
    """Tell whether the row's doubt is about that cell: it then shows what the file says."""
    doubt = row.doubt
    return doubt is not None and doubt.field == field and doubt.row == row.row


def _state(row: ReviewRow, texts: Texts) -> str:
    look = _pill(row, texts)
    if look is not None:
        return look.text
    if row.left_out:
        return texts("gui.people.state.left_out")
    if row.fate:
        return texts(f"gui.people.fate.{row.fate}")
    return texts("gui.people.state.answered" if row.answered else "gui.people.state.ready")


def _pill(row: ReviewRow, texts: Texts) -> PillLook | None:
    if row.doubt is None or row.left_out:
        return None
    icon, words, tone = people_words.state_words(row.doubt, row.row, texts)
    return PillLook(icon, words, "stop" if tone == "stop" else "warn")
