"""What a service is given: the machine, the open contest, and who acts. No globals."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from judgeapp.system.clock import Clock, stamp
from judgeapp.system.paths import Paths
from judgeapp.system.settings import Settings

if TYPE_CHECKING:  # the window and --help are there before a store is needed
    from judgeapp.store.store import Store
    from judgeapp.store.uow import UnitOfWork

T = TypeVar("T")


class Kind(Enum):
    """Kinds of data that a service changed; screens reload the kinds they show."""

    CONTEST = "contest"
    PEOPLE = "people"
    ENTRIES = "entries"
    PANEL = "panel"
    FACTS = "facts"
    PACKS = "packs"
    SCORE_FILES = "score_files"
    MARKS = "marks"
    STAGES = "stages"
    RESULTS = "results"
    AWARDS = "awards"


@dataclass(frozen=True)
class Undo:
    """How what was just done is taken back.

    Attributes:
        what: what was done; its words are the text ``undo.<what>``, with ``params``.
        do: takes it back, as a step of its own in the log; refuses if it can't be any more.
    """

    what: str
    params: Mapping[str, object]
    do: Callable[[Context], Outcome[Any]]


@dataclass(frozen=True)
class Outcome(Generic[T]):
    """What a service that writes gives back: its answer and the kinds of data it changed.

    Attributes:
        undo: how it is taken back, where that can be done.
    """

    value: T
    changed: frozenset[Kind] = field(default_factory=frozenset)
    undo: Undo | None = None


def changed(value: T, kinds: Iterable[Kind], undo: Undo | None = None) -> Outcome[T]:
    """Return an outcome that names the kinds that changed."""
    return Outcome(value, frozenset(kinds), undo)


@dataclass(frozen=True)
class Machine:
    """This computer and its user: clock, folders, settings. What is needed without a contest."""

    clock: Clock
    paths: Paths
    settings: Settings

    def now(self) -> str:
        """Return the present time as it is stored."""
        return stamp(self.clock())


@dataclass(frozen=True)
class Context:
    """An open contest on this machine, and who acts.

    Attributes:
        folder: the contest folder (or the judge's desk); database, media and packs lie in it.
        actor: who acts, as the log shows it: a role until people have names and PINs.
    """

    machine: Machine
    folder: Path
    store: Store
    actor: str

    def read(self) -> UnitOfWork:
        """Return a unit of work that only reads."""
        return self.store.read()

    def write(self) -> UnitOfWork:
        """Return a unit of work that writes, at this moment, in the name of the actor."""
        return self.store.write(actor=self.actor, at=self.machine.now())
