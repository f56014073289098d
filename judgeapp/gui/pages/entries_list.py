"""The entries as a list: number, name, length, files and the worst finding."""

from __future__ import annotations

from judgeapp.gui.pages.entries_cards import Card, finding
from judgeapp.gui.widgets.rows import Column
from judgeapp.system.texts import Texts


def list_columns(texts: Texts) -> list[Column]:
    """Return what the list shows of a contestant."""
    return [
        Column(texts("entries.head.contestant"), lambda card: str(card.id), "number"),
        Column(texts("gui.entries.head.contestant"), lambda c: f"{c.name}\n{c.unit}", "name",
               stretch=True, sort=lambda card: card.name),
        Column(texts("entries.head.length"), lambda card: card.length or "–", "number",
               sort=lambda card: card.length.rjust(9)),
        Column(texts("gui.entries.head.files"), _files_of, "small", stretch=True),
        Column(texts("entries.head.verdict"), lambda card: finding(texts, card).text, "pill",
               pill=lambda card: finding(texts, card)),
    ]  # fmt: skip


def _files_of(card: Card) -> str:
    return ", ".join(file.original_name for file in card.files) or "–"
