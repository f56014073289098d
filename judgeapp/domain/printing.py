"""How certificates come onto paper: on white sheets, or as text on forms printed before."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class PrintWay:
    """How certificates are printed.

    Attributes:
        ground: with frame and titles; else only the text, on a form that has them already.
        right: how far everything moves to the right, in mm; below 0 to the left.
        down: how far down, in mm; below 0 up.
    """

    ground: bool = True
    right: Decimal = Decimal(0)
    down: Decimal = Decimal(0)


WHOLE = PrintWay()
