"""What a file is by its first bytes, whatever its name says. Nothing is decoded here.

Words: a *family* is a set of endings that are fine for one content: an MP4 named ``.mov`` plays
everywhere, a WebM named ``.mp4`` does not.
Not checked: whether the rest of the file is what its beginning promises.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

HEAD_BYTES = 8192
_TS_PACKET, _M2TS_PACKET = 188, 192
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")
_ASF = bytes.fromhex("3026b2758e66cf11a6d900aa0062ce6c")
_EBML = b"\x1a\x45\xdf\xa3"

_MP4_FAMILY = ("mp4", "m4v", "mov", "qt", "3gp", "3g2", "m4a")


@dataclass(frozen=True)
class Content:
    """What a file is by its content.

    Attributes:
        name: such as ``mp4``, ``webm``, ``pdf``, ``zip``, ``text``.
        kind: clip or outline, or None for what is neither.
        endings: endings that fit, the usual one first; empty where nothing is known.
        demuxer: the one reader of FFmpeg that may open it, or None.
    """

    name: str
    kind: Literal["clip", "outline"] | None = None
    endings: tuple[str, ...] = ()
    demuxer: str | None = None

    @property
    def label(self) -> str:
        """The name as people know it, in any language."""
        known = {"ole": "Office 97-2003", "webm": "WebM", "mkv": "Matroska", "text": "TXT"}
        return known.get(self.name, self.name.upper())


EMPTY = Content("empty")
UNKNOWN = Content("unknown")
PDF = Content("pdf", "outline", ("pdf",))
ZIP = Content("zip", "outline", ("docx", "docm", "dotx"))
RTF = Content("rtf", "outline", ("rtf",))
OLD_WORD = Content("ole", "outline", ("doc", "dot"))


def look(path: Path) -> Content:
    """Return what the file is by its content.

    Raises:
        OSError: if it cannot be read.
    """
    with path.open("rb") as file:
        return sniff(file.read(HEAD_BYTES))


def has_encrypted_package(path: Path) -> bool:
    """Tell whether an OLE file is an Office document under a password.

    Such a file holds a stream of that name; the name is searched for, nothing is interpreted.

    Raises:
        OSError: if it cannot be read.
    """
    tail = b""
    with path.open("rb") as file:
        while piece := file.read(1 << 20):
            if _ENCRYPTED_STREAM in tail + piece:
                return True
            tail = piece[-len(_ENCRYPTED_STREAM) :]
    return False


def sniff(head: bytes) -> Content:
    """Return what a file that begins with ``head`` (up to 8 KiB) is."""
    if not head:
        return EMPTY
    return _document(head) or _clip(head) or _other(head)


def _document(head: bytes) -> Content | None:
    if b"%PDF-" in head[:1024]:
        return PDF
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return ZIP
    if head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{\\rtf"):
        return RTF
    return OLD_WORD if head.startswith(_OLE) else None


def _clip(head: bytes) -> Content | None:
    if head[4:8] in (b"ftyp", b"moov", b"mdat", b"wide", b"skip", b"free", b"pnot"):
        return _mp4(head)
    if head.startswith(_EBML):
        name = "webm" if re.search(rb"\x42\x82.{1,2}?webm", head[:128], re.DOTALL) else "mkv"
        return Content(name, "clip", (name,), "matroska")
    if head.startswith(b"RIFF"):
        return _riff(head)
    if head.startswith(_ASF):
        return Content("wmv", "clip", ("wmv", "asf"), "asf")
    if head.startswith(b"FLV\x01"):
        return Content("flv", "clip", ("flv",), "flv")
    if head.startswith(b"OggS"):
        return Content("ogg", "clip", ("ogv", "ogg"), "ogg")
    if head.startswith((b"\x00\x00\x01\xba", b"\x00\x00\x01\xb3")):
        return Content("mpeg", "clip", ("mpg", "mpeg", "vob"), "mpeg")
    return _transport_stream(head) or _sound(head)


def _mp4(head: bytes) -> Content:
    brand = head[8:12] if head[4:8] == b"ftyp" else b"qt  "
    if brand == b"qt  ":
        name = "mov"
    elif brand[:3] in (b"3gp", b"3g2"):
        name = "3gp"
    else:
        name = "m4a" if brand.startswith(b"M4A") else "mp4"
    usual = "mp4" if name == "m4a" else name
    others = tuple(ending for ending in _MP4_FAMILY if ending != usual)
    return Content(name, "clip", (usual, *others), "mov")


def _riff(head: bytes) -> Content | None:
    if head[8:12] == b"AVI ":
        return Content("avi", "clip", ("avi",), "avi")
    return Content("wav", "clip", ("wav",), "wav") if head[8:12] == b"WAVE" else None


def _transport_stream(head: bytes) -> Content | None:
    for size, start in ((_TS_PACKET, 0), (_M2TS_PACKET, 4)):
        marks = head[start : size * 8 : size]
        if len(marks) >= 3 and set(marks) == {0x47}:
            return Content("mpegts", "clip", ("ts", "mts", "m2ts"), "mpegts")
    return None


def _sound(head: bytes) -> Content | None:
    if head.startswith(b"ID3") or (head[0] == 0xFF and head[1:2] in (b"\xfb", b"\xf3", b"\xf2")):
        return Content("mp3", "clip", ("mp3",), "mp3")
    if head[0] == 0xFF and head[1:2] in (b"\xf1", b"\xf9"):
        return Content("aac", "clip", ("aac",), "aac")
    return None


def _other(head: bytes) -> Content:
    for magic, name in (
        (b"\x89PNG", "png"),
        (b"\xff\xd8\xff", "jpeg"),
        (b"GIF8", "gif"),
        (b"MZ", "program"),
        (b"\x7fELF", "program"),
        (b"Rar!", "rar"),
        (b"7z\xbc\xaf", "7z"),
    ):
        if head.startswith(magic):
            return Content(name)
    text = head.lstrip(b"\xef\xbb\xbf \t\r\n")[:64].lower()
    if text.startswith((b"<!doctype html", b"<html")):
        return Content("html")
    return UNKNOWN if b"\0" in head else Content("text")


def fitting_ending(content: Content, named: str) -> str:
    """Return the ending that our copy gets: the named one if it fits the content, else the usual.

    Args:
        content: what the file is.
        named: the ending it came with, without the dot.
    """
    folded = named.casefold()
    if not content.endings:
        return folded if re.fullmatch(r"[a-z0-9]{1,5}", folded) else "bin"
    return folded if folded in content.endings else content.endings[0]
