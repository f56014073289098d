"""Where a pack is read from: a folder, or a zip that somebody made of one (`exchange.zip`)."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Protocol

from judgeapp.domain.errors import BadInput
from judgeapp.exchange.limits import FILES_IN_A_PACK, OverTheCap
from judgeapp.exchange.member_names import Fault, faults_of


@dataclass(frozen=True)
class NameFault:
    """A name that is not accepted, as it stands in the folder or zip, and why."""

    name: str
    fault: Fault


class PackSource(Protocol):
    """A pack that can be looked into.

    Attributes:
        name: of the folder or zip, as the person knows it.
        folder: name of the pack's own folder.
        faults: names that make it refused as a whole; while there are any nothing is opened.
        sizes: of the files inside, by name below the pack's folder.
        outside: names beside the pack's folder; they are never opened.
    """

    name: str
    folder: str
    faults: tuple[NameFault, ...]
    sizes: Mapping[str, int]
    outside: tuple[str, ...]

    def open(self, name: str) -> BinaryIO:
        """Open a file of ``sizes``."""

    def close(self) -> None:
        """Let go of the folder or zip."""


def read_member(source: PackSource, name: str, cap: int) -> bytes:
    """Return the bytes of one file in a pack.

    Raises:
        OverTheCap: if there are more than ``cap``.
        OSError: if it cannot be read.
    """
    if source.sizes[name] > cap:
        raise OverTheCap
    with source.open(name) as file:
        data = file.read(cap + 1)
    if len(data) > cap:
        raise OverTheCap
    return data


class FolderSource:
    """A pack in a folder: on a stick, or already copied."""

    def __init__(self, path: Path) -> None:
        """Look at the names in ``path``; no link is followed.

        Raises:
            BadInput: ``packs.too_many_files``, ``packs.unreadable``.
        """
        self.name = self.folder = path.resolve().name  # "." too has one
        self.outside: tuple[str, ...] = ()
        self._path = path
        self.sizes: Mapping[str, int]
        try:
            names, links, self.sizes = _walk(path)
        except OverTheCap as error:
            raise BadInput("packs.too_many_files", file=path.name, limit=FILES_IN_A_PACK) from error
        except OSError as error:
            raise BadInput("packs.unreadable", file=path.name) from error
        faults = zip(names, faults_of(names, links), strict=True)
        self.faults = tuple(NameFault(name, fault) for name, fault in faults if fault)

    def open(self, name: str) -> BinaryIO:
        """Open a file of ``sizes``."""
        return (self._path / name).open("rb")

    def close(self) -> None:
        """Do nothing: a folder holds nothing open."""


def _walk(root: Path) -> tuple[list[str], set[str], dict[str, int]]:
    names: list[str] = []
    links: set[str] = set()
    sizes: dict[str, int] = {}
    folders = [root]
    while folders:
        folder = folders.pop()
        with os.scandir(folder) as found:
            for item in found:
                if len(names) >= FILES_IN_A_PACK:
                    raise OverTheCap
                name = Path(item.path).relative_to(root).as_posix()
                names.append(name)
                if item.is_symlink():
                    links.add(name)
                elif item.is_dir():
                    folders.append(Path(item.path))
                elif not item.is_file():
                    links.add(name)  # a pipe or device is as little a file as a link is
                else:
                    sizes[name] = item.stat().st_size
    return sorted(names), links, dict(sorted(sizes.items()))
