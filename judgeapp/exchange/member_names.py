"""Names inside a pack: which are ours, and what is wrong with hostile ones.

No name that comes from outside is ever used as a path before it passed here. Names are judged as
every system would read them: what is harmless here may be a device or a stream on Windows.

Source: exchange.md (check), cases/exchange/x01_hostile_names.zip.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Sequence
from typing import Literal

from judgeapp.system.files import is_device_name

Fault = Literal[
    "parent_folder",
    "absolute",
    "drive",
    "network",
    "device_name",
    "stream",
    "backslash",
    "trailing",
    "empty_part",
    "direction_mark",
    "control_character",
    "too_long",
    "same_but_case",
    "same_but_composition",
    "listed_twice",
    "link",
]

PACK_JSON = "data/pack.json"
TAG_FILES = ("bagit.txt", "bag-info.txt", "manifest-sha256.txt", "READ-ME-FIRST.txt")
TAG_MANIFEST = "tagmanifest-sha256.txt"
SIGNATURE = "pack.sig"
ENDINGS = {
    "clips": (
        "mp4", "m4v", "mov", "qt", "webm", "mkv", "avi", "3gp", "3g2", "wmv", "asf", "flv", "mpg",
        "mpeg", "mts", "m2ts", "ts", "vob", "ogv",
    ),
    "docs": ("pdf", "docx", "doc", "odt", "rtf"),
}  # fmt: skip

_MEDIA = re.compile(r"data/(?:clips/c|docs/d)[0-9]{4,5}\.[a-z0-9]{2,4}", re.ASCII)
_DRIVE = re.compile(r"[A-Za-z]:", re.ASCII)
_INVISIBLE = frozenset("\u061c\u200b\u200c\u200d\u200e\u200f\u2060\ufeff") | frozenset(
    chr(code) for code in (*range(0x202A, 0x202F), *range(0x2066, 0x206A))
)
_LONGEST = 240


def is_pack_name(name: str) -> bool:
    """Tell whether ``name`` is one that this app gives to files inside a pack."""
    return name in (PACK_JSON, TAG_MANIFEST, SIGNATURE, *TAG_FILES) or is_media_name(name)


def is_media_name(name: str) -> bool:
    """Tell whether ``name`` is one that this app gives to a clip or an outline."""
    if _MEDIA.fullmatch(name) is None:
        return False
    folder, ending = name.split("/")[1], name.rpartition(".")[2]
    return ending in ENDINGS[folder]


def media_name(folder: Literal["clips", "docs"], number: int, ending: str) -> str:
    """Return the name of a clip or an outline in a pack."""
    return f"data/{folder}/{folder[0]}{number:04}.{ending}"


def faults_of(names: Sequence[str], links: Collection[str] = ()) -> list[Fault | None]:
    """Return for each name what is wrong with it, or None; the first that fits.

    Args:
        names: as they stand in the archive, folders without their last slash.
        links: those of them that are links.
    """
    composed: dict[str, set[str]] = {}
    folded: dict[str, set[str]] = {}
    for name in names:
        composed.setdefault(_composed(name), set()).add(name)
        folded.setdefault(_folded(name), set()).add(_composed(name))
    counts = Counter(names)
    found: list[Fault | None] = []
    for name in names:
        fault = own_fault(name)
        if fault is None and name in links:
            fault = "link"
        elif fault is None and counts[name] > 1:
            fault = "listed_twice"
        elif fault is None and len(composed[_composed(name)]) > 1:
            fault = "same_but_composition"
        elif fault is None and len(folded[_folded(name)]) > 1:
            fault = "same_but_case"
        found.append(fault)
    return found


def _composed(name: str) -> str:
    return unicodedata.normalize("NFC", name)


def _folded(name: str) -> str:
    return _composed(_composed(name).casefold())


def own_fault(name: str) -> Fault | None:
    """Return what is wrong with one name by itself, or None."""
    pieces = name.replace("\\", "/").split("/")
    checks: tuple[tuple[Fault, bool], ...] = (
        ("network", name.startswith(("\\\\", "//"))),
        ("absolute", name.startswith(("/", "\\"))),
        ("drive", _DRIVE.match(name) is not None),
        ("parent_folder", ".." in pieces),
        ("direction_mark", any(char in _INVISIBLE for char in name)),
        ("control_character", any(unicodedata.category(char)[0] == "C" for char in name)),
        ("stream", ":" in name),
        ("backslash", "\\" in name),
        ("empty_part", any(piece in ("", ".") for piece in pieces)),
        ("device_name", any(is_device_name(piece) for piece in pieces)),
        ("trailing", any(piece != piece.rstrip(" .") for piece in pieces)),
        ("too_long", len(name) > _LONGEST),
    )
    return next((fault for fault, is_so in checks if is_so), None)
