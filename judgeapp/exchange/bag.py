"""BagIt 1.0: the plain files that let any bag tool, or ``sha256sum -c``, check a pack.

Words: a *manifest* lists payload files (below ``data/``) with their SHA-256, the *tag manifest* the
files beside them. Written are only what this app needs; read is only what it writes.

Source: RFC 8493 (The BagIt File Packaging Format 1.0).
"""

from __future__ import annotations

import re
from collections.abc import Mapping

BAGIT_TXT = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
_LINE = re.compile(r"([0-9a-f]{64}) [ *](\S.*)", re.ASCII)


def manifest_bytes(hashes: Mapping[str, str]) -> bytes:
    """Return a manifest of name → SHA-256, by name, as ``sha256sum`` writes it.

    Names are ours: none holds a line break or a percent sign, which the format would escape.
    """
    return "".join(f"{hashes[name]}  {name}\n" for name in sorted(hashes)).encode()


def read_manifest(data: bytes) -> dict[str, str]:
    """Return name → SHA-256 of a manifest.

    Raises:
        ValueError: if a line is not of the form, or a name stands twice.
    """
    hashes: dict[str, str] = {}
    text = data.decode("utf-8")
    if text and not text.endswith("\n"):
        raise ValueError("cut off")
    for line in text.split("\n")[:-1]:
        match = _LINE.fullmatch(line)
        if match is None or match[2] in hashes:
            raise ValueError(line[:100])
        hashes[match[2]] = match[1]
    return hashes


def bag_info_bytes(values: Mapping[str, str], *, payload_bytes: int, payload_files: int) -> bytes:
    """Return ``bag-info.txt``; its Payload-Oxum lets a tool see at once that something lacks."""
    lines = [*values.items(), ("Payload-Oxum", f"{payload_bytes}.{payload_files}")]
    return "".join(f"{key}: {value}\n" for key, value in lines).encode()
