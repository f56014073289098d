"""What kind of disk a path lies on, from the system's own lists."""

from __future__ import annotations

from pathlib import Path

import pytest

from judgeapp.system.places import may_write, place_in, place_of, place_on_windows

# as in proc(5): id, parent, device, root, mount point, options, optional fields - type, source, …
MOUNTS = r"""
22 1 259:2 / / rw,relatime shared:1 - ext4 /dev/nvme0n1p2 rw
23 22 0:21 / /proc rw - proc proc rw
30 22 8:17 / /media/lan/USB\040M\303\240U rw,nosuid shared:5 - vfat /dev/sdb1 rw
31 22 8:33 / /media/lan/disk rw - ext4 /dev/sdc1 rw
40 22 0:55 / /mnt/chung rw - cifs //may-chu/chung rw
41 22 0:56 / /mnt/nfs rw - nfs4 server:/x rw
42 41 259:2 /home /mnt/nfs/own rw master:3 propagate_from:2 - ext4 /dev/nvme0n1p2 rw
43 22 0:57 / /home/lan/xa rw - fuse.sshfs lan@may:/ rw
44 22 0:58 / /srv rw - nfs4 server:/srv rw
45 22 259:3 / /srv rw - ext4 /dev/nvme0n1p3 rw
46 22 0:60 / /tmp rw - tmpfs tmpfs rw
""".replace(r"\303\240", "à")  # the kernel writes letters as they are


@pytest.fixture
def devices(tmp_path: Path) -> Path:
    """Block devices as in /sys/dev/block: sdb1 on a removable disk, the others not."""
    for number, disk, part, removable in (
        ("8:17", "sdb", "sdb1", "1"),
        ("8:33", "sdc", "sdc1", "0"),
        ("259:2", "nvme0n1", "nvme0n1p2", "0"),
    ):
        real = tmp_path / "devices" / disk / part
        real.mkdir(parents=True)
        (real.parent / "removable").write_text(f"{removable}\n")
        links = tmp_path / "block"
        links.mkdir(exist_ok=True)
        (links / number).symlink_to(real)
    return tmp_path / "block"


@pytest.mark.parametrize(
    ("path", "place"),
    [
        ("/home/lan/Hội thi", "own"),
        ("/media/lan/USB MàU/Hội thi", "stick"),
        ("/media/lan/USB MàU", "stick"),
        ("/media/lan/disk/Hội thi", "own"),
        ("/media/lan", "own"),
        ("/mnt/chung/Hội thi", "network"),
        ("/mnt/nfs/a/b", "network"),
        ("/mnt/nfs/own/b", "own"),
        ("/mnt/nfsx", "own"),
        ("/home/lan/xa/c", "network"),
        ("/srv/c", "own"),
        ("/tmp/c", "own"),
    ],
)
def test_disks_of_linux(path: str, place: str, devices: Path) -> None:
    assert place_in(MOUNTS, Path(path), devices) == place


def test_a_system_that_runs_from_a_stick_is_at_home_there(devices: Path) -> None:
    mounts = """
1 0 8:17 / / rw - ext4 /dev/sdb1 rw
2 1 8:17 /home /home rw - ext4 /dev/sdb1 rw
"""
    for path in ("/srv/c", "/home/lan/c"):
        assert place_in(mounts, Path(path), devices) == "own"


@pytest.mark.parametrize("mounts", ["", "nonsense", "1 2 3 - x", "1 0 8:17 / /a rw -"])
def test_lists_that_say_nothing(mounts: str, devices: Path) -> None:
    assert place_in(mounts, Path("/a/b"), devices) == "own"


def test_a_device_that_says_nothing(tmp_path: Path) -> None:
    assert place_in(MOUNTS, Path("/media/lan/USB MàU"), tmp_path / "nothing") == "own"
    (tmp_path / "8:17").mkdir()
    assert place_in(MOUNTS, Path("/media/lan/USB MàU"), tmp_path) == "own"


@pytest.mark.parametrize(
    ("anchor", "kind", "place"),
    [
        ("C:\\", 3, "own"),
        ("E:\\", 2, "stick"),
        ("Z:\\", 4, "network"),
        ("D:\\", 5, "own"),
        ("\\\\may-chu\\chung\\", 1, "network"),
        ("\\\\?\\C:\\", 3, "own"),
        ("\\\\?\\UNC\\may-chu\\chung\\", 1, "network"),
    ],
)
def test_drives_of_windows(anchor: str, kind: int, place: str) -> None:
    """Kinds as GetDriveTypeW numbers them: 2 removable, 3 fixed, 4 remote, 5 CD-ROM."""
    asked: list[str] = []

    def drive_type(root: str) -> int:
        asked.append(root)
        return kind

    assert place_on_windows(anchor, drive_type) == place
    assert all(len(root) == 3 for root in asked)


def test_this_machine(tmp_path: Path) -> None:
    assert place_of(tmp_path / "not" / "yet" / "there") == "own"


def test_a_system_without_such_a_list(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> str:
        raise FileNotFoundError

    monkeypatch.setattr(Path, "read_text", fail)
    assert place_of(tmp_path) == "own"


def test_a_link_is_followed_to_where_it_leads(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "share").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "share")
    mounts = f"1 0 8:1 / / rw - ext4 x rw\n2 1 0:5 / {tmp_path}/share rw - cifs //a/b rw\n"
    monkeypatch.setattr(Path, "read_text", lambda *_, **__: mounts)
    assert place_of(tmp_path / "link" / "new") == "network"
    assert place_of(tmp_path) == "own"


def test_rights(tmp_path: Path) -> None:
    assert may_write(tmp_path)
    assert not may_write(tmp_path / "no")
