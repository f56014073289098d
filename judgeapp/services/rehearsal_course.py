"""How far a rehearsal is: its steps one after the other, and one progress for all of them."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Literal

from judgeapp.system.progress import Progress

Until = Literal["begin", "packs", "end"]

# Each step: about how many tenths of a second it takes, and what it is called while it goes on.
_TO_BEGIN = {"inputs": (88, "inputs"), "contest": (2, "inputs")}
_TO_PACKS = {
    "units": (1, "register"), "people": (2, "register"), "attached": (2, "register"),
    "checked": (177, "checks"), "panel": (1, "register"), "facts": (1, "register"),
    "packs": (35, "packs"),
}  # fmt: skip
_TO_END = {
    "marks": (11, "marks"), "collected": (5, "marks"), "closed": (2, "results"),
    "tie": (1, "results"), "decided": (2, "results"), "finalists": (1, "results"),
    "final_packs": (3, "packs"), "final_marks": (6, "marks"), "final_collected": (2, "marks"),
    "final_closed": (1, "results"), "prizes": (1, "results"), "certificates": (11, "papers"),
    "exported": (5, "papers"),
}  # fmt: skip
_STEPS: Mapping[Until, Mapping[str, tuple[int, str]]] = {
    "begin": _TO_BEGIN,
    "packs": _TO_BEGIN | _TO_PACKS,
    "end": _TO_BEGIN | _TO_PACKS | _TO_END,
}
WHOLE = 100


@dataclass(frozen=True)
class Note:
    """Something worth telling that belongs to a step, such as a clip that is too long."""

    name: str
    params: Mapping[str, object]


@dataclass(frozen=True)
class ToldStep:
    """A step that is over: its name, how long it took, and what is to be told of it."""

    name: str
    seconds: float
    params: Mapping[str, object]
    notes: tuple[Note, ...]


@dataclass
class Telling:
    """What a step puts together while it goes on."""

    params: dict[str, object] = field(default_factory=dict)
    notes: list[Note] = field(default_factory=list)

    def note(self, name: str, /, **params: object) -> None:
        """Add something worth telling."""
        self.notes.append(Note(name, params))


class Course:
    """The steps of one rehearsal as they go by.

    Its progress is told in hundredths of the whole, with what is going on: ``inputs``,
    ``register``, ``checks``, ``packs``, ``marks``, ``results`` or ``papers``.
    """

    def __init__(self, until: Until, told: Callable[[ToldStep], None], progress: Progress) -> None:
        self._steps = _STEPS[until]
        self._whole = sum(weight for weight, _ in self._steps.values())
        self._told, self._progress = told, progress
        self._before = 0
        self._weight, self._now = 0, ""

    @contextmanager
    def step(self, name: str) -> Iterator[Telling]:
        """Time a step and tell it when it is over."""
        self._weight, self._now = self._steps[name]
        self.progress(0, 1)
        telling = Telling()
        begun = time.perf_counter()
        yield telling
        seconds = time.perf_counter() - begun
        self._before += self._weight
        self._weight = 0
        self._told(ToldStep(name, seconds, telling.params, tuple(telling.notes)))

    def progress(self, done: int, total: int, what: str = "") -> None:
        """Take note that ``done`` of ``total`` of the present step are over.

        Raises:
            Cancelled: if the person asked to stop.
        """
        here = self._weight * done / total if total else 0
        self._progress(int(WHOLE * (self._before + here) / self._whole), WHOLE, self._now)
