"""Drawing of lots that anybody can do again: the seed is on record, and decides the order."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import TypeVar

Number = TypeVar("Number", bound=str)


def drawn_order(numbers: Iterable[Number], seed: int) -> list[Number]:
    """Return the numbers in the order of the SHA-256 of ``seed/number``."""
    return sorted(numbers, key=lambda number: hashlib.sha256(f"{seed}/{number}".encode()).digest())
