"""An outline's plain text as the simple HTML that a text browser shows; all letters are escaped."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from judgeapp.domain.outlines import Block, Run

_HEADING_MORE_PX = {1: 5, 2: 2}
_INDENT_PX = 26


def outline_html(blocks: Iterable[Block], picture: str, pixels: int) -> str:
    """Return the HTML of an outline.

    Args:
        blocks: what it consists of.
        picture: the words that stand where a picture was.
        pixels: size of the letters.
    """
    pieces: list[str] = []
    rows: list[Block] = []
    for block in blocks:
        if block.kind == "row":
            rows.append(block)
            continue
        pieces += _table(rows)
        rows = []
        pieces.append(_piece(block, picture, pixels))
    whole = "".join([*pieces, *_table(rows)])
    return f'<body style="font-size: {pixels}px;">{whole}</body>'


def _piece(block: Block, picture: str, pixels: int) -> str:
    if block.kind == "picture":
        return f'<p align="center"><i>{escape(picture)}</i></p>'
    words = _words(block.runs)
    centre = ' align="center"' if block.centred else ""
    if block.kind == "heading":
        size = pixels + _HEADING_MORE_PX.get(block.level, 0)
        sign = f"{escape(block.sign)} " if block.sign else ""
        return (
            f'<p{centre} style="font-size: {size}px; font-weight: 600; margin-top: 14px; '
            f'margin-bottom: 4px;">{sign}{words}</p>'
        )
    if block.kind == "item":
        left = _INDENT_PX * (block.level + 1)
        return (
            f'<p style="margin-left: {left}px; text-indent: -20px; margin-top: 3px; '
            f'margin-bottom: 3px;">{escape(block.sign)}&nbsp; {words}</p>'
        )
    return f'<p{centre} style="margin-top: 4px; margin-bottom: 6px;">{words}</p>'


def _words(runs: Iterable[Run]) -> str:
    made = []
    for run in runs:
        text = escape(run.text).replace("\n", "<br/>").replace("\t", "&nbsp;&nbsp;&nbsp; ")
        text = f"<b>{text}</b>" if run.bold else text
        made.append(f"<i>{text}</i>" if run.italic else text)
    return "".join(made)


def _table(rows: list[Block]) -> list[str]:
    if not rows:
        return []
    lines = []
    for row in rows:
        cells = "".join(f"<td>{escape(cell).replace(chr(10), '<br/>')}</td>" for cell in row.cells)
        lines.append(f"<tr>{cells}</tr>")
    head = '<table border="1" cellspacing="0" cellpadding="6" width="100%">'
    return [head, *lines, "</table>"]
