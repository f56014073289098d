"""A zip that somebody made of a pack for the post: looked into under the same rules as a folder.

The list at the end of the file is measured before it is read; every name in it is judged as it
stands there; nothing is unpacked by the library, and each file is read only up to its stated size.

Source: exchange.md (a zip of a pack), cases/exchange/x01 and x02, pitfalls.md D13.
"""

from __future__ import annotations

import os
import stat
import struct
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import BinaryIO, cast

from judgeapp.domain.errors import BadInput
from judgeapp.exchange.limits import FILES_IN_A_PACK, ZIP_LIST_BYTES
from judgeapp.exchange.member_names import faults_of
from judgeapp.exchange.pack_source import NameFault
from judgeapp.system.files import open_plain

_END = struct.Struct("<4s4H2LH")
_END_MARK = b"PK\x05\x06"
_IN_THE_LARGE_FORM = 0xFFFFFFFF
_LARGE_PLACE = struct.Struct("<4sLQL")
_LARGE_END = struct.Struct("<4sQ2H2L4Q")
_LONGEST_COMMENT = 1 << 16
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
UNREADABLE = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError)
"""What the library raises on a member that is not what the list says."""


def looks_like_zip(path: Path) -> bool:
    """Tell whether a file begins as zips do."""
    try:
        with open_plain(path) as file:
            return file.read(4) in (b"PK\x03\x04", b"PK\x05\x06")
    except OSError:
        return False


class ZipSource:
    """A pack in a zip."""

    def __init__(self, path: Path) -> None:
        """Read the list of ``path``.

        Raises:
            BadInput: ``packs.zip_cut_off`` if the list at its end is not there,
                ``packs.too_many_files``, ``packs.zip_locked`` if it has a password.
        """
        self.name = path.name
        try:
            _measure_list(path)
            self._zip = zipfile.ZipFile(path)
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
            raise BadInput("packs.zip_cut_off", file=path.name) from error
        infos = self._zip.infolist()
        if len(infos) > FILES_IN_A_PACK or any(info.flag_bits & 1 for info in infos):
            self.close()
            if len(infos) > FILES_IN_A_PACK:
                raise BadInput("packs.too_many_files", file=path.name, limit=FILES_IN_A_PACK)
            raise BadInput("packs.zip_locked", file=path.name)
        names = [info.orig_filename.removesuffix("/") for info in infos]
        links = {name for name, info in zip(names, infos, strict=True) if _is_link(info)}
        faults = zip(names, faults_of(names, links), strict=True)
        self.faults = tuple(NameFault(name, fault) for name, fault in faults if fault)
        self._infos: dict[str, zipfile.ZipInfo] = {}
        self.folder = ""
        self.outside: tuple[str, ...] = ()
        if not self.faults:
            self.folder = _pack_folder(names)
            self._take(infos)
        self.sizes: Mapping[str, int] = {
            name: info.file_size for name, info in sorted(self._infos.items())
        }

    def _take(self, infos: Sequence[zipfile.ZipInfo]) -> None:
        prefix = f"{self.folder}/" if self.folder else ""
        files = [info for info in infos if not info.is_dir()]
        for info in files:
            if info.orig_filename.startswith(prefix):
                self._infos[info.orig_filename.removeprefix(prefix)] = info
        self.outside = tuple(
            info.orig_filename for info in files if not info.orig_filename.startswith(prefix)
        )

    def open(self, name: str) -> BinaryIO:
        """Open a file of ``sizes``; reading more than its stated size is left to the reader."""
        info = self._infos[name]
        if info.compress_type not in _METHODS:
            raise zipfile.BadZipFile(name)
        return cast("BinaryIO", self._zip.open(info))

    def close(self) -> None:
        """Let go of the file."""
        self._zip.close()


def _is_link(info: zipfile.ZipInfo) -> bool:
    return stat.S_ISLNK(info.external_attr >> 16)


def _pack_folder(names: Sequence[str]) -> str:
    """Return the one folder that holds the pack, or nothing if the pack lies at the top."""
    if "bagit.txt" in names:
        return ""
    tops = {name.partition("/")[0] for name in names if name.endswith("/bagit.txt")}
    tops = {top for top in tops if f"{top}/bagit.txt" in names}
    return tops.pop() if len(tops) == 1 else ""


def _measure_list(path: Path) -> None:
    """Refuse a list at the end of a zip that is too long, or not there.

    Raises:
        ValueError: if so. The library would read it whole, however long it is.
    """
    with open_plain(path) as file:
        size = file.seek(0, os.SEEK_END)
        start = max(size - _END.size - _LONGEST_COMMENT, 0)
        file.seek(start)
        tail = file.read(_END.size + _LONGEST_COMMENT)
        plain = tail[-_END.size :]
        if plain.startswith(_END_MARK) and plain.endswith(b"\0\0"):
            at = len(tail) - _END.size
        else:
            at = tail.rfind(_END_MARK)
        if at < 0 or len(tail) - at < _END.size:
            raise ValueError("no list")
        list_size = _END.unpack_from(tail, at)[5]
        if list_size == _IN_THE_LARGE_FORM:
            list_size = _large_list_size(file, start + at)
    if list_size > ZIP_LIST_BYTES:
        raise ValueError("list too long")


def _large_list_size(file: BinaryIO, end: int) -> int:
    """Return the size of the list of a zip64, whose own end record lies before ``end``."""
    file.seek(max(end - _LARGE_PLACE.size, 0))
    mark, _, offset, _ = _LARGE_PLACE.unpack(file.read(_LARGE_PLACE.size).ljust(_LARGE_PLACE.size))
    file.seek(min(offset, end))
    record = file.read(_LARGE_END.size).ljust(_LARGE_END.size)
    if mark != b"PK\x06\x07" or not record.startswith(b"PK\x06\x06"):
        raise ValueError("no list")
    return int(_LARGE_END.unpack(record)[8])
