"""Parts of a zipped spreadsheet, read under limits, and XML without a document type.

An XML part is read by events, so a sheet that claims a million rows costs no memory. A document
type (the door for entity bombs) is refused; what is unpacked is counted while it is read, whatever
the archive's directory says.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from typing import Protocol
from xml.parsers import expat

from judgeapp.domain.errors import BadInput
from judgeapp.formats.sheet_in.caps import MAX_PARTS, MAX_UNPACKED_BYTES

_PIECE = 1 << 16
_ENCRYPTED = 0x1


class Parts:
    """The members of a zip archive, each read at most once."""

    def __init__(self, content: bytes, file: str) -> None:
        """Open the archive.

        Raises:
            BadInput: ``sheet.damaged``, ``sheet.bomb`` (too many parts), ``sheet.password``.
        """
        self.file = file
        self._left = MAX_UNPACKED_BYTES
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(content))
        except (zipfile.BadZipFile, ValueError, OSError) as error:
            raise BadInput("sheet.damaged", file=file) from error
        infos = self._archive.infolist()
        if len(infos) > MAX_PARTS:
            raise BadInput("sheet.bomb", file=file)
        self._infos = {info.filename.lstrip("/").casefold(): info for info in infos}

    def has(self, name: str) -> bool:
        """Tell whether there is such a part (the case of its name does not matter)."""
        return name.casefold() in self._infos

    def pieces(self, name: str) -> Iterator[bytes]:
        """Yield a part's unpacked bytes.

        Raises:
            BadInput: ``sheet.damaged``, ``sheet.bomb``, ``sheet.password``.
        """
        info = self._infos.get(name.casefold())
        if info is None:
            raise BadInput("sheet.damaged", file=self.file, place=name)
        if info.flag_bits & _ENCRYPTED:
            raise BadInput("sheet.password", file=self.file)
        try:
            with self._archive.open(info) as part:
                while piece := part.read(_PIECE):
                    self._left -= len(piece)
                    if self._left < 0:
                        raise BadInput("sheet.bomb", file=self.file, place=name)
                    yield piece
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError,
                RuntimeError) as error:  # fmt: skip
            raise BadInput("sheet.damaged", file=self.file, place=name) from error

    def read(self, name: str) -> bytes:
        """Return a whole part; raises as `pieces` does."""
        return b"".join(self.pieces(name))


class Listener(Protocol):
    """Is told what stands in an XML part; names come without their namespace."""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Take note of an element that begins; attribute names come without their namespace."""

    def end(self, name: str) -> None:
        """Take note of an element that ends."""

    def data(self, text: str) -> None:
        """Take note of text; one text may come in several pieces."""


class _Refused(Exception):
    pass


def parse(pieces: Iterator[bytes], listener: Listener, *, file: str, part: str = "") -> None:
    """Tell ``listener`` what stands in an XML part.

    Raises:
        BadInput: ``sheet.damaged`` if it is no XML, ``sheet.bomb`` if it has a document type.
    """
    local: dict[str, str] = {}

    def bare(name: str) -> str:
        known = local.get(name)
        if known is None:
            known = local[name] = name.rpartition(":")[2]
        return known

    def start(name: str, attributes: dict[str, str]) -> None:
        if ":" in "".join(attributes):
            attributes = {bare(key): value for key, value in attributes.items()}
        listener.start(bare(name), attributes)

    def end(name: str) -> None:
        listener.end(bare(name))

    def refuse(*_: object) -> None:
        raise _Refused

    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = listener.data
    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    try:
        for piece in pieces:
            parser.Parse(piece, False)
        parser.Parse(b"", True)
    except _Refused:
        raise BadInput("sheet.bomb", file=file, place=part or None) from None
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise BadInput("sheet.damaged", file=file, place=part or None) from error
