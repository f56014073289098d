"""What kind of disk a path lies on: the computer's own, a network share, or a removable stick.

A database is worked on only on the computer's own disk: shares lock badly and sticks get pulled.
Best effort: a disk that the system does not describe counts as the computer's own.
"""

from __future__ import annotations

import ctypes
import os
from collections.abc import Callable
from pathlib import Path
from typing import Literal

Place = Literal["own", "network", "stick"]

# fmt: off
_SHARES = frozenset({
    "nfs", "nfs4", "cifs", "smb", "smb2", "smb3", "smbfs", "ncpfs", "afs", "ceph", "glusterfs",
    "lustre", "gfs", "gfs2", "ocfs2", "coda", "davfs", "webdav", "afpfs", "9p", "vboxsf", "vmhgfs",
    "prl_fs", "fuse.sshfs", "fuse.gvfsd-fuse", "fuse.rclone", "fuse.davfs2", "fuse.curlftpfs",
    "fuse.glusterfs", "fuse.smbnetfs", "fuse.vmhgfs-fuse", "fuse.s3fs",
})
# fmt: on
_WINDOWS_KINDS: dict[int, Place] = {2: "stick", 4: "network"}  # DRIVE_REMOVABLE, DRIVE_REMOTE


def place_of(path: Path) -> Place:
    """Tell on what kind of disk ``path`` lies, or would lie once it is made."""
    present = path.absolute()
    while not present.exists() and present != present.parent:
        present = present.parent
    try:
        present = present.resolve()
        if os.name == "nt":
            return place_on_windows(present.anchor, _drive_type)
        mounts = Path("/proc/self/mountinfo").read_text(encoding="utf-8", errors="surrogateescape")
    except OSError:
        return "own"
    return place_in(mounts, present, Path("/sys/dev/block"))


def place_in(mountinfo: str, path: Path, block_devices: Path) -> Place:
    """Tell the kind of disk from the text of ``/proc/self/mountinfo`` and the folder of devices."""
    mounts = _mounts(mountinfo)
    found = max(
        (mount for mount in mounts if path.is_relative_to(mount[0])),
        key=lambda mount: len(mount[0].parts),
        default=None,
    )
    if found is None:
        return "own"
    point, device, kind = found
    if kind in _SHARES:
        return "network"
    root = next((mount[1] for mount in mounts if mount[0] == Path("/")), "")
    if point != Path("/") and device != root and _is_removable(block_devices / device):
        return "stick"  # a system that itself runs from a stick is at home there
    return "own"


def _mounts(mountinfo: str) -> list[tuple[Path, str, str]]:
    """Return mount point, device number and file system of each mount, later ones on top last."""
    found = []
    for line in mountinfo.splitlines():
        fields, separator, rest = line.partition(" - ")
        parts = fields.split(" ")
        if separator and len(parts) >= 5 and rest:
            found.append((Path(_unescaped(parts[4])), parts[2], rest.split(" ")[0]))
    found.reverse()  # of two mounts at one point the later one is seen; max() takes the first
    return found


def _unescaped(text: str) -> str:
    for code, char in (("\\040", " "), ("\\011", "\t"), ("\\012", "\n"), ("\\134", "\\")):
        text = text.replace(code, char)
    return text


def _is_removable(device: Path) -> bool:
    """Tell whether a block device, or the disk that it is a partition of, says it is removable."""
    try:
        real = device.resolve(strict=True)
        for folder in (real, real.parent):
            mark = folder / "removable"
            if mark.is_file():
                return mark.read_text(encoding="ascii").strip() == "1"
    except (OSError, ValueError):
        return False
    return False


def place_on_windows(anchor: str, drive_type: Callable[[str], int]) -> Place:
    """Tell the kind of disk from the root of a Windows path: a drive, or a server and its share."""
    plain = anchor.removeprefix("\\\\?\\")
    if plain.startswith(("\\\\", "UNC\\")):
        return "network"
    return _WINDOWS_KINDS.get(drive_type(plain), "own")


def _drive_type(root: str) -> int:
    kernel = getattr(ctypes, "windll").kernel32  # noqa: B009 - a name that only Windows has
    return int(kernel.GetDriveTypeW(ctypes.c_wchar_p(root)))


def may_write(path: Path) -> bool:
    """Tell whether this user may write the file or into the folder, as far as the system says."""
    effective = os.access in os.supports_effective_ids
    return os.access(path, os.W_OK, effective_ids=effective)
