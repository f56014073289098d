"""What the palette of Ctrl K can find."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Entry:
    """Something that can be found.

    Attributes:
        icon: of its kind.
        title: what is shown and found.
        second: what it is, shown after the title and found too.
        do: what happens when it is chosen.
    """

    icon: str
    title: str
    second: str
    do: Callable[[], None]
