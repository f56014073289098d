"""Files: written whole or not at all, hashed, and named so that Windows takes the name."""

from __future__ import annotations

import contextlib
import errno
import os
import stat
import unicodedata
from collections.abc import Collection
from pathlib import Path
from typing import BinaryIO

from judgeapp.domain.errors import JudgeError

_CHUNK = 1 << 20
_FORBIDDEN = set('<>:"/\\|?*')
_DEVICES = {"con", "prn", "aux", "nul", "conin$", "conout$"} | {
    f"{device}{number}" for device in ("com", "lpt") for number in "0123456789¹²³"
}
MAX_NAME_LENGTH = 120


def open_plain(path: Path) -> BinaryIO:
    """Open an ordinary file for reading; a pipe or device, which could block or never end, is not.

    Raises:
        OSError: as opening does, and for anything that is no ordinary file.
    """
    if not stat.S_ISREG(path.stat().st_mode):
        raise OSError(errno.EINVAL, os.strerror(errno.EINVAL), str(path))
    return path.open("rb")


def flush_to_disk(path: Path) -> None:
    """Make sure that a written file, or the entries of a folder, survive a power cut."""
    if path.is_dir() and os.name == "nt":
        return  # Windows has no handle to flush for a folder
    handle = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def write_atomically(path: Path, content: bytes) -> None:
    """Put ``content`` at ``path``: after this the file is the old one or the new one, never half.

    Raises:
        JudgeError: ``files.cannot_write`` with the reason; nothing is left behind.
    """
    import tempfile  # heavy at the start of a window, which writes nothing yet

    part: Path | None = None
    try:
        handle, name = tempfile.mkstemp(prefix=".", suffix=".part", dir=path.parent)
        part = Path(name)
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        if os.name != "nt":
            part.chmod(0o644)
        part.replace(path)
        flush_to_disk(path.parent)
    except OSError as error:
        raise cannot_write(path, error) from error
    finally:
        if part is not None:
            with contextlib.suppress(OSError):
                part.unlink(missing_ok=True)


_REASONS = {
    errno.ENOSPC: "files.disk_full",
    errno.EDQUOT: "files.disk_full",
    errno.EFBIG: "files.too_large_for_disk",
    errno.EACCES: "files.no_permission",
    errno.EPERM: "files.no_permission",
    errno.EROFS: "files.no_permission",
    errno.ENOENT: "files.folder_missing",
    errno.ENOTDIR: "files.not_a_folder",
    errno.EEXIST: "files.name_taken",
    errno.EISDIR: "files.name_taken",
}
_OPEN_ELSEWHERE = (32, 33)  # Windows: sharing and lock violation, which Python calls EACCES


def cannot_write(path: Path, error: OSError) -> JudgeError:
    """Return the refusal that names the file and says in words why it cannot be written."""
    code = _REASONS.get(error.errno or 0, "files.cannot_write")
    if getattr(error, "winerror", None) in _OPEN_ELSEWHERE:
        code = "files.cannot_write"
    return JudgeError(code, file=str(path), free=safe_copy_name(path.name))


def safe_copy_name(name: str) -> str:
    """Return ``name (2).ext`` for a file whose name is taken or open elsewhere."""
    stem, dot, ending = name.rpartition(".")
    return f"{stem} (2).{ending}" if dot else f"{name} (2)"


def sha256_of(path: Path) -> str:
    """Return the SHA-256 of a file as 64 hexadecimal digits, read in pieces."""
    import hashlib  # heavy at the start of a window, which hashes nothing

    digest = hashlib.sha256()
    with open_plain(path) as file:
        while piece := file.read(_CHUNK):
            digest.update(piece)
    return digest.hexdigest()


def is_device_name(name: str) -> bool:
    """Tell whether Windows takes a file name for a device, whatever its ending: ``nul.mp4``."""
    return name.split(".")[0].strip().casefold() in _DEVICES


def safe_name(wish: str, *, ending: str = "", taken: Collection[str] = ()) -> str:
    """Return a file name made from a person's text that is legal on Windows and readable.

    Args:
        wish: any text; its diacritics are kept.
        ending: such as ``.pdf``; it counts towards the 120 characters.
        taken: names already used in that folder; compared without regard to case.

    Two equal wishes get ``name`` and ``name (2)`` in the order in which they are asked for.
    """
    kept = []
    for char in unicodedata.normalize("NFC", wish):
        if char in _FORBIDDEN:
            kept.append("-")
        elif unicodedata.category(char)[0] == "C":
            kept.append(" " if char in "\t\r\n" else "")
        else:
            kept.append(char)
    stem = " ".join("".join(kept).split()).strip(" .") or "_"
    if is_device_name(stem):
        stem = f"_{stem}"
    used = {name.casefold() for name in taken}
    count = 1
    while True:
        tail = (f" ({count})" if count > 1 else "") + ending
        name = stem[: MAX_NAME_LENGTH - len(tail)].rstrip(" .") + tail
        if name.casefold() not in used:
            return name
        count += 1
