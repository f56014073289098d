"""Backup files from outside: every altered or hostile one is refused, and nothing escapes."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from judgeapp.domain.errors import JudgeError
from judgeapp.exchange import archive
from judgeapp.exchange.archive import (
    FORMAT,
    MANIFEST,
    Line,
    Manifest,
    Member,
    copy_members,
    open_archive,
    write_archive,
)
from judgeapp.system.files import sha256_of
from judgeapp.system.progress import no_progress
from tests.faults import every_fault
from tests.refused import refused

CONTENT = {"contest.db": b"database " * 300, "media/e1.mp4": bytes(range(256)) * 40, "empty": b""}


def describe(lines: tuple[Line, ...]) -> Manifest:
    return Manifest("id", "2026-11-25T08:00:00+00:00", "0.1.0", lines)


@pytest.fixture
def members(tmp_path: Path) -> list[Member]:
    folder = tmp_path / "source"
    found = []
    for name, content in CONTENT.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        found.append(Member(name, path))
    return found


@pytest.fixture
def good(tmp_path: Path, members: list[Member]) -> Path:
    write_archive(tmp_path / "good.zip", members, describe, no_progress)
    return tmp_path / "good.zip"


def extract(file: Path, folder: Path) -> None:
    folder.mkdir()
    with open_archive(file) as opened:
        opened.extract(folder, no_progress)


def files_in(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def made(
    file: Path,
    content: dict[str, bytes],
    manifest: object = None,
    change: Callable[[zipfile.ZipInfo], None] = lambda _: None,
) -> Path:
    """Write a backup by another hand: with a manifest that fits, unless another one is given."""
    import hashlib

    lines = [
        {"name": name, "size": len(data), "sha256": hashlib.sha256(data).hexdigest()}
        for name, data in content.items()
    ]
    body = {"format": FORMAT, "contest_id": "id", "made_at": "", "program": "", "files": lines}
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as opened:
        for name, data in content.items():
            info = zipfile.ZipInfo(name)
            change(info)
            opened.writestr(info, data)
        text = manifest if isinstance(manifest, bytes) else json.dumps(manifest or body).encode()
        opened.writestr(MANIFEST, text)
    return file


# --- there and back -----------------------------------------------------------------------------


def test_there_and_back(good: Path, tmp_path: Path) -> None:
    extract(good, tmp_path / "out")
    assert files_in(tmp_path / "out") == CONTENT


def test_the_manifest_says_what_is_in_it(good: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(good) as opened:
        body = json.loads(opened.read(MANIFEST))
    assert body["format"] == "judgeapp-backup/1"
    assert {line["name"]: line["sha256"] for line in body["files"]} == {
        name: sha256_of(tmp_path / "source" / name) for name in CONTENT
    }


def test_a_large_member_is_written_with_long_numbers(
    tmp_path: Path, members: list[Member], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Above 1 GiB; here the limit is lowered instead. 0x0001 is the zip64 field, APPNOTE 4.5.3."""
    monkeypatch.setattr(archive, "_LARGE", 100)
    write_archive(tmp_path / "b.zip", members, describe, no_progress)
    content = (tmp_path / "b.zip").read_bytes()
    at = content.index(b"contest.db") + len("contest.db")
    assert struct.unpack_from("<HH", content, at) == (1, 16)
    extract(tmp_path / "b.zip", tmp_path / "out")
    assert files_in(tmp_path / "out") == CONTENT


def test_files_copied_without_a_zip(tmp_path: Path, members: list[Member]) -> None:
    (tmp_path / "out").mkdir()
    lines = copy_members(members, tmp_path / "out", no_progress)
    assert files_in(tmp_path / "out") == CONTENT
    assert [line.sha256 for line in lines] == [sha256_of(item.source) for item in members]


def test_a_source_that_vanished(tmp_path: Path, members: list[Member]) -> None:
    members[1].source.unlink()
    with refused("upkeep.cannot_read"):
        write_archive(tmp_path / "b.zip", members, describe, no_progress)
    assert not (tmp_path / "b.zip").exists()


def test_a_source_that_is_a_folder(tmp_path: Path, members: list[Member]) -> None:
    with refused("upkeep.cannot_read"):
        write_archive(
            tmp_path / "b.zip", [Member("media", tmp_path / "source")], describe, no_progress
        )


def test_too_little_room_is_said_before_anything_is_written(
    tmp_path: Path, members: list[Member], monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = shutil.disk_usage(tmp_path)
    monkeypatch.setattr("shutil.disk_usage", lambda _: usage._replace(free=100))
    with refused("files.disk_full"):
        write_archive(tmp_path / "b.zip", members, describe, no_progress)
    assert {path.name for path in tmp_path.iterdir()} == {"source"}


# --- altered ------------------------------------------------------------------------------------


def test_every_cut_is_refused(good: Path, tmp_path: Path) -> None:
    content = good.read_bytes()
    for length in {0, 1, 3, *range(4, len(content), 97), len(content) - 1}:
        (tmp_path / "cut.zip").write_bytes(content[:length])
        with pytest.raises(JudgeError) as caught:
            extract(tmp_path / "cut.zip", tmp_path / f"out{length}")
        expected = "upkeep.not_a_backup" if length < 2 else "upkeep.backup_cut_off"
        assert caught.value.code == expected


@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_flipped_bit_never_changes_what_comes_out(
    good: Path, tmp_path: Path, data: st.DataObject
) -> None:
    """Refused, or (in fields that carry nothing, such as dates) all as it was."""
    content = bytearray(good.read_bytes())
    content[data.draw(st.integers(0, len(content) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    (tmp_path / "bad.zip").write_bytes(content)
    out = tmp_path / "out"
    with contextlib.suppress(JudgeError):
        extract(tmp_path / "bad.zip", out)
        assert files_in(out) == CONTENT
    shutil.rmtree(out, ignore_errors=True)


def test_content_that_was_exchanged(tmp_path: Path) -> None:
    file = made(tmp_path / "b.zip", {"contest.db": b"good"})
    content = file.read_bytes().replace(b"good", b"evil", 1)
    file.write_bytes(content)
    with refused("upkeep.backup_altered") as caught:
        extract(file, tmp_path / "out")
    assert caught.value.place == "contest.db"


def test_a_member_too_many_and_one_too_few(tmp_path: Path) -> None:
    lines = [{"name": "contest.db", "size": 1, "sha256": "0" * 64}]
    body = {"format": FORMAT, "contest_id": "", "made_at": "", "program": "", "files": lines}
    for content in ({"contest.db": b"x", "more": b"y"}, {}, {"contest.db": b"xy"}):
        with refused("upkeep.backup_altered"):
            extract(made(tmp_path / "b.zip", content, body), tmp_path / "out")
        (tmp_path / "out").rmdir()


# --- not ours -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "upkeep.not_a_backup"),
        (b"SQLite format 3\0" * 9, "upkeep.not_a_backup"),
        (b"PK\x03\x04" * 9, "upkeep.backup_cut_off"),
        (b"PK\x05\x06" + bytes(18), "upkeep.not_a_backup"),
    ],
)
def test_files_of_other_kinds(tmp_path: Path, content: bytes, code: str) -> None:
    (tmp_path / "b.zip").write_bytes(content)
    with refused(code):
        extract(tmp_path / "b.zip", tmp_path / "out")


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    for path in (tmp_path / "no.zip", tmp_path):
        with refused("upkeep.no_such_backup"), open_archive(path):
            pass


@pytest.mark.parametrize(
    ("manifest", "code"),
    [
        (b"", "upkeep.backup_altered"),
        (b"{}", "upkeep.backup_altered"),
        (b"[" * 20_000, "upkeep.backup_altered"),
        (b'{"format": "judgeapp-backup/2", "anything": 1}', "upkeep.backup_newer"),
        (b'{"format": "other/1"}', "upkeep.backup_altered"),
        (
            b'{"format":"other/1","contest_id":"","made_at":"","program":"","files":[]}',
            "upkeep.not_a_backup",
        ),
        (
            b'{"format":"judgeapp-backup/1","contest_id":"","made_at":"","program":"","files":[],'
            b'"more":1}',
            "upkeep.backup_altered",
        ),
    ],
)
def test_manifests_that_are_not_ours(tmp_path: Path, manifest: bytes, code: str) -> None:
    with refused(code):
        extract(made(tmp_path / "b.zip", {}, manifest), tmp_path / "out")


def test_a_zip_without_a_manifest(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "b.zip", "w") as opened:
        opened.writestr("contest.db", b"x")
    with refused("upkeep.not_a_backup"):
        extract(tmp_path / "b.zip", tmp_path / "out")


# --- hostile ------------------------------------------------------------------------------------

HOSTILE = [
    "../evil",
    "a/../../evil",
    "/etc/evil",
    "C:\\evil",
    "C:evil",
    "\\\\server\\share\\evil",
    "a\\..\\..\\evil",
    "a//b",
    "./a",
    "con",
    "media/nul.mp4",
    "a.",
    "a ",
    "a:b",
    "\u202efdp.exe",
    "a\nb",
    "x" * 300,
]


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_names_write_nothing(tmp_path: Path, name: str) -> None:
    room = tmp_path / "room"
    room.mkdir()
    with refused("upkeep.backup_bad_name"):
        extract(made(room / "b.zip", {"contest.db": b"x", name: b"evil"}), room / "out")
    assert {path.name for path in tmp_path.rglob("*")} == {"room", "b.zip", "out"}


@pytest.mark.parametrize("other", ["Media/E1.mp4", "média/x", "me\u0301dia/x"])
def test_names_that_some_systems_take_for_one(tmp_path: Path, other: str) -> None:
    content = {"media/e1.mp4": b"", "m\u00e9dia/x": b"", "me\u0301dia/x": b"", other: b""}
    with refused("upkeep.backup_bad_name"):
        extract(made(tmp_path / "b.zip", content), tmp_path / "out")


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_one_name_twice(tmp_path: Path) -> None:
    file = made(tmp_path / "b.zip", {"contest.db": b"x"})
    with zipfile.ZipFile(file, "a") as opened:
        opened.writestr("contest.db", b"y")
    with refused("upkeep.backup_bad_name"):
        extract(file, tmp_path / "out")


def test_a_link_comes_out_as_a_plain_file(tmp_path: Path) -> None:
    def link(info: zipfile.ZipInfo) -> None:
        info.external_attr = 0o120777 << 16

    extract(made(tmp_path / "b.zip", {"a": b"/etc/passwd"}, change=link), tmp_path / "out")
    assert not (tmp_path / "out" / "a").is_symlink()
    assert (tmp_path / "out" / "a").read_bytes() == b"/etc/passwd"


def test_members_that_unpack_to_more_are_refused(tmp_path: Path) -> None:
    def deflate(info: zipfile.ZipInfo) -> None:
        info.compress_type = zipfile.ZIP_DEFLATED

    with refused("upkeep.backup_altered"):
        extract(made(tmp_path / "b.zip", {"a": bytes(1_000_000)}, change=deflate), tmp_path / "out")


def test_a_list_that_would_fill_the_memory(tmp_path: Path) -> None:
    content = bytearray(made(tmp_path / "b.zip", {"a": b""}).read_bytes())
    struct.pack_into("<I", content, len(content) - 10, 0x7FFFFFFF)
    (tmp_path / "b.zip").write_bytes(content)
    with refused("upkeep.not_a_backup"):
        extract(tmp_path / "b.zip", tmp_path / "out")


def test_extracting_over_something_writes_nothing_over(good: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / "contest.db").write_bytes(b"mine")
    with refused("files.name_taken"), open_archive(good) as opened:
        opened.extract(out, no_progress)
    assert (out / "contest.db").read_bytes() == b"mine"


# --- every call to the system fails once --------------------------------------------------------


def test_writing_leaves_nothing_behind_whatever_fails(
    tmp_path: Path, members: list[Member], monkeypatch: pytest.MonkeyPatch
) -> None:
    for faults in every_fault(monkeypatch):
        target = tmp_path / "b.zip"
        with contextlib.suppress(JudgeError):
            write_archive(target, members, describe, no_progress)
        assert target.exists() != faults.failed
        target.unlink(missing_ok=True)
        assert {path.name for path in tmp_path.iterdir()} == {"source"}


def test_extracting_says_what_failed(
    good: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for faults in every_fault(monkeypatch):
        out = tmp_path / "out"
        os.mkdir(out)  # noqa: PTH102 - the other one is made to fail
        finished = False
        with contextlib.suppress(JudgeError), open_archive(good) as opened:
            opened.extract(out, no_progress)
            finished = True
        assert finished != faults.failed
        shutil.rmtree(out)
