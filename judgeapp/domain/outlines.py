"""What is read of an outline that is shown as plain text: paragraphs, lists and tables.

Layout, pictures and fonts are not part of it; a picture leaves a note where it stood.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

BlockKind = Literal["heading", "text", "item", "row", "picture"]


@dataclass(frozen=True)
class Run:
    """Letters in one manner."""

    text: str
    bold: bool = False
    italic: bool = False


@dataclass(frozen=True)
class Block:
    """One paragraph, or one row of a table.

    Attributes:
        level: of a heading from 1, of a list item from 0.
        sign: what stands before a list item, such as ``2.1.`` or ``•``.
        centred: the paragraph stands in the middle.
        cells: of a row: the text of each cell.
    """

    kind: BlockKind
    runs: tuple[Run, ...] = ()
    level: int = 0
    sign: str = ""
    centred: bool = False
    cells: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """All letters of it."""
        return "".join(run.text for run in self.runs) or "\t".join(self.cells)


@dataclass(frozen=True)
class OutlineReading:
    """An outline as plain text.

    Attributes:
        cut: there is more than is shown.
    """

    blocks: tuple[Block, ...]
    cut: bool = False
