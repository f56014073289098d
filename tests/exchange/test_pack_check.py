from __future__ import annotations

import json
import os
import struct
import zipfile
from pathlib import Path
from typing import Any

import pytest

from judgeapp.exchange import limits, pack_source
from judgeapp.exchange import zip as zips
from judgeapp.exchange.pack_check import open_source
from tests.exchange.pack_kit import (
    codes,
    forge,
    forge_content,
    look,
    make_pack,
    snapshot,
    write,
    zipped,
)
from tests.refused import refused

DATA = Path(__file__).parents[1] / "data" / "exchange"


def said(path: Path) -> tuple[str, str | None]:
    found = look(path)
    return found.verdict, found.reason.code if found.reason else None


# --- the stick was pulled out, a file was lost or changed ----------------------------------------


@pytest.mark.parametrize(
    "name", sorted({"data/pack.json", "data/clips/c0001.mp4", "data/docs/d0001.pdf", "bagit.txt",
                    "bag-info.txt", "manifest-sha256.txt", "READ-ME-FIRST.txt",
                    "tagmanifest-sha256.txt", "pack.sig"})
)  # fmt: skip
@pytest.mark.parametrize("how", ["missing", "altered", "shorter", "unreadable"])
def test_each_file_that_is_not_whole_is_named(tmp_path: Path, name: str, how: str) -> None:
    folder = write(tmp_path)
    file = folder / name
    content = bytearray(file.read_bytes())
    content[3] ^= 1
    if how == "altered":
        file.write_bytes(content)
    elif how == "shorter":
        file.write_bytes(content[:-1])
    else:
        file.unlink()
        if how == "unreadable":
            file.mkdir()
    found = look(folder)
    if name == "pack.sig" and how in ("missing", "unreadable"):
        assert said(folder) == ("unfinished", "packs.unfinished")
        return
    assert said(folder) == ("damaged", "packs.damaged")
    expected = {"missing": "missing", "unreadable": "missing", "altered": "altered"}.get(
        how, "wrong_size" if name in ("data/clips/c0001.mp4", "data/docs/d0001.pdf") else "altered"
    )
    assert codes(found) == {name: expected}
    assert found.reason is not None
    assert found.reason.place == name
    assert found.pack is None


def test_a_file_that_cannot_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = write(tmp_path)
    real = pack_source.FolderSource.open

    def opened(source: pack_source.FolderSource, name: str) -> Any:
        if name == lost:
            raise OSError(5, "I/O error")
        return real(source, name)

    monkeypatch.setattr(pack_source.FolderSource, "open", opened)
    for lost in ("data/clips/c0001.mp4", "data/pack.json", "pack.sig"):
        found = look(folder)
        assert found.verdict == "damaged"
        assert codes(found)[lost] == "unreadable"


def test_without_reading_media_through_judging_can_begin_at_once(tmp_path: Path) -> None:
    folder = write(tmp_path)
    clip = folder / "data/clips/c0001.mp4"
    clip.write_bytes(b"x" * clip.stat().st_size)
    assert look(folder, media=False).verdict == "ok"
    assert look(folder).verdict == "damaged"


def test_a_clip_that_grows_while_it_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = write(tmp_path)
    source = open_source(folder)
    with (folder / "data/clips/c0001.mp4").open("ab") as file:
        file.write(b"x")
    from judgeapp.exchange.pack_check import check_pack

    assert codes(check_pack(source)) == {"data/clips/c0001.mp4": "altered"}


def test_progress_ends_at_the_end(tmp_path: Path) -> None:
    seen: list[tuple[int, int, str]] = []
    look(write(tmp_path), progress=lambda done, total, what="": seen.append((done, total, what)))
    assert seen == [(0, 0, "data/clips/c0001.mp4"), (0, 0, "data/docs/d0001.pdf"), (0, 0, "")]


def test_files_of_others_are_ignored_and_reported(tmp_path: Path) -> None:
    folder = write(tmp_path)
    (folder / "Thumbs.db").write_bytes(b"x")
    (folder / "data/._c0001.mp4").write_bytes(b"x")
    (folder / "System Volume Information").mkdir()
    found = look(folder)
    assert (found.verdict, found.ignored) == ("ok", ("Thumbs.db", "data/._c0001.mp4"))


def test_no_pack_at_all(tmp_path: Path) -> None:
    folder = tmp_path / "f"
    folder.mkdir()
    (folder / "x.txt").write_bytes(b"x")
    assert said(folder) == ("refused", "packs.not_a_pack")
    with refused("packs.not_a_pack"):
        open_source(folder / "x.txt")
    with refused("packs.no_such_pack"):
        open_source(tmp_path / "none")


# --- made by somebody who fits every hash --------------------------------------------------------


def test_links_are_refused(tmp_path: Path) -> None:
    folder = write(tmp_path)
    (folder / "data/clips/c0001.mp4").unlink()
    (folder / "data/clips/c0001.mp4").symlink_to("/etc/passwd")
    (folder / "data/more").symlink_to(tmp_path)
    found = look(folder)
    assert said(folder) == ("refused", "packs.hostile_names")
    assert codes(found) == {"data/clips/c0001.mp4": "link", "data/more": "link"}


@pytest.mark.parametrize(
    "change",
    [
        {"manifest-sha256.txt": lambda data: data + b"a" * 64 + b"  ../../outside.txt\n"},
        {"manifest-sha256.txt": lambda data: data + b"a" * 64 + b"  /etc/passwd\n"},
        {"manifest-sha256.txt": lambda data: data + b"a" * 64 + b"  data/x.exe\n"},
        {"manifest-sha256.txt": lambda data: data + b"a" * 64 + b"  bagit.txt\n"},
    ],
)
def test_names_in_the_manifest_are_ours_only(tmp_path: Path, change: dict[str, Any]) -> None:
    folder = write(tmp_path)

    def changed(small: dict[str, bytes]) -> None:
        for name, make in change.items():
            small[name] = make(small[name])

    forge(folder, changed)
    assert said(folder) == ("refused", "packs.foreign_name")


def test_names_in_the_tag_manifest_are_ours_only(tmp_path: Path) -> None:
    from judgeapp.exchange.pack_check import unsigned_marker

    folder = write(tmp_path)
    data = (folder / "tagmanifest-sha256.txt").read_bytes() + b"a" * 64 + b"  fetch.txt\n"
    (folder / "tagmanifest-sha256.txt").write_bytes(data)
    (folder / "pack.sig").write_bytes(unsigned_marker(data))
    assert said(folder) == ("refused", "packs.foreign_name")


@pytest.mark.parametrize("lost", ["bagit.txt", "manifest-sha256.txt", "READ-ME-FIRST.txt"])
def test_a_file_on_no_list_counts_as_missing(tmp_path: Path, lost: str) -> None:
    from judgeapp.exchange.pack_check import unsigned_marker

    folder = write(tmp_path)
    lines = (folder / "tagmanifest-sha256.txt").read_bytes().splitlines(keepends=True)
    data = b"".join(line for line in lines if not line.endswith(b"  " + lost.encode() + b"\n"))
    (folder / "tagmanifest-sha256.txt").write_bytes(data)
    (folder / "pack.sig").write_bytes(unsigned_marker(data))
    found = look(folder)
    assert found.verdict == "damaged"
    assert codes(found) == {lost: "missing"}


def test_pack_json_on_no_list(tmp_path: Path) -> None:
    folder = write(tmp_path)

    def changed(small: dict[str, bytes]) -> None:
        lines = small["manifest-sha256.txt"].splitlines(keepends=True)
        small["manifest-sha256.txt"] = b"".join(x for x in lines if b"pack.json" not in x)

    forge(folder, changed)
    assert codes(look(folder)) == {"data/pack.json": "missing"}


@pytest.mark.parametrize("name", ["manifest-sha256.txt", "tagmanifest-sha256.txt"])
def test_a_list_that_is_none(tmp_path: Path, name: str) -> None:
    from judgeapp.exchange.pack_check import unsigned_marker

    folder = write(tmp_path)
    if name == "manifest-sha256.txt":
        forge(folder, lambda small: small.update({name: b"no list\n"}))
    else:
        (folder / name).write_bytes(b"no list\n")
        (folder / "pack.sig").write_bytes(unsigned_marker(b"no list\n"))
    found = look(folder)
    assert (found.verdict, found.reason and found.reason.place) == ("damaged", name)


def test_another_bagit_txt(tmp_path: Path) -> None:
    folder = write(tmp_path)
    forge(folder, lambda small: small.update({"bagit.txt": b"BagIt-Version: 0.97\n"}))
    found = look(folder)
    assert (found.verdict, found.reason and found.reason.place) == ("damaged", "bagit.txt")


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"{}", "packs.damaged"),
        (b'{"format":"pack-signature/2"}', "packs.newer_program"),
        (b'{"format":"pack-signature/1","signature":"AAAA","key":"k"}', "packs.newer_program"),
        (b'{"format":"other/2"}', "packs.damaged"),
        (b"x", "packs.damaged"),
    ],
)
def test_other_signatures(tmp_path: Path, content: bytes, code: str) -> None:
    folder = write(tmp_path)
    (folder / "pack.sig").write_bytes(content)
    verdict = "refused" if code == "packs.newer_program" else "damaged"
    assert said(folder) == (verdict, code)


def bad_contents() -> dict[str, Any]:
    def put(*path: Any, value: Any) -> Any:
        def change(body: Any) -> None:
            for step in path[:-1]:
                body = body[step]
            body[path[-1]] = value

        return change

    media = ("entries", 0, "media", 0)
    return {
        "other rubric": put("rubric_hash", value="a" * 64),
        "unknown key": put("more", value=1),
        "no float": put("round", "parts", 0, "criteria", 0, "max", value=10.0),
        "other round": put("round", value={}),
        "entry twice": put("entries", 1, "id", value="01"),
        "path twice": put(*media, "path", value="data/docs/d0001.pdf"),
        "path outside": put(*media, "path", value="data/../../outside.mp4"),
        "clip among documents": put(*media, "kind", value="outline"),
        "unknown part": put(*media, "part", value="nothing"),
        "judge of another pack": put("assignment", value={"J99": {}}),
        "other part assigned": put("assignment", value={"J07": {"nothing": []}}),
        "other entry assigned": put("assignment", value={"J07": {"talk": ["99"]}}),
        "a signed one": put("contest_key", value="AAAA"),
        "no version": put("pack", "version", value=0),
        "expires some day": put("pack", "expires", value="31/12/2026"),
        "format of something": put("format", value="other/1"),
        "judges": put("judges", value=[]),
        "too large a document": put("entries", 0, "media", 1, "size", value=101 << 20),
    }


@pytest.mark.parametrize("name", bad_contents())
def test_content_that_no_contest_makes(tmp_path: Path, name: str) -> None:
    folder = write(tmp_path)
    forge_content(folder, bad_contents()[name])
    assert said(folder) == ("refused", "packs.bad_content")


def test_judges_twice(tmp_path: Path) -> None:
    folder = write(tmp_path)
    forge_content(folder, lambda body: body["judges"].append(body["judges"][0]))  # type: ignore[attr-defined, index]  # JSON
    assert said(folder) == ("refused", "packs.bad_content")


@pytest.mark.parametrize("content", [b"x", b"[" * 100_000, b"{}", b'{"format":["judge-pack/2"]}'])
def test_content_that_is_no_json(tmp_path: Path, content: bytes) -> None:
    folder = write(tmp_path)
    forge(folder, lambda small: small.update({"data/pack.json": content}))
    assert said(folder) == ("refused", "packs.bad_content")


def test_lists_that_disagree(tmp_path: Path) -> None:
    folder = write(tmp_path)
    forge_content(
        folder,
        lambda body: body["entries"][0]["media"][0].update({"sha256": "a" * 64}),  # type: ignore[index]  # JSON
    )
    assert said(folder) == ("refused", "packs.lists_disagree")


def test_packs_of_newer_programs(tmp_path: Path) -> None:
    folder = write(tmp_path, make_pack(minimum_app="999.0"))
    assert said(folder) == ("refused", "packs.newer_program")
    forge_content(folder, lambda body: body.update({"format": "judge-pack/2", "more": {}}))
    assert said(folder) == ("refused", "packs.newer_program")


def test_more_than_the_caps(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from judgeapp.exchange import pack_check

    folder = write(tmp_path)
    monkeypatch.setattr(pack_check, "PACK_JSON_BYTES", 100)
    assert codes(look(folder)) == {"data/pack.json": "unreadable"}
    monkeypatch.setattr(pack_source, "FILES_IN_A_PACK", 5)
    with refused("packs.too_many_files"):
        open_source(folder)


def test_a_file_that_grew_after_it_was_listed(tmp_path: Path) -> None:
    folder = write(tmp_path)
    source = open_source(folder)
    (folder / "bagit.txt").write_bytes(b"x" * 100)
    with pytest.raises(limits.OverTheCap):
        pack_source.read_member(source, "bagit.txt", 60)


def test_a_folder_that_cannot_be_listed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = write(tmp_path)

    def fail(path: object) -> None:
        raise PermissionError(13, "no")

    monkeypatch.setattr(os, "scandir", fail)
    with refused("packs.unreadable"):
        open_source(folder)


# --- a zip for the post --------------------------------------------------------------------------


@pytest.mark.parametrize("top", [None, "", "Gói chấm của tôi"])
@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_a_zip_is_checked_like_a_folder(tmp_path: Path, top: str | None, method: int) -> None:
    folder = write(tmp_path)
    (folder / "Thumbs.db").write_bytes(b"x")
    found = look(zipped(folder, tmp_path / "x.zip", top=top, compression=method))
    assert found.verdict == "ok"
    assert found.pack == make_pack()
    assert found.ignored == ("Thumbs.db",)


def test_what_lies_beside_the_pack_in_a_zip_is_ignored(tmp_path: Path) -> None:
    archive = zipped(write(tmp_path), tmp_path / "x.zip", top="pack")
    with zipfile.ZipFile(archive, "a") as more:
        more.writestr("__MACOSX/pack/._bagit.txt", b"x")
        more.writestr("data/pack.json", b"another")
    found = look(archive)
    assert (found.verdict, found.ignored) == (
        "ok", ("__MACOSX/pack/._bagit.txt", "data/pack.json"),
    )  # fmt: skip


def test_two_packs_in_one_zip_are_none(tmp_path: Path) -> None:
    folder = write(tmp_path)
    archive = zipped(folder, tmp_path / "x.zip", top="a")
    with zipfile.ZipFile(archive, "a") as more:
        for name, data in snapshot(folder).items():
            more.writestr(f"b/{name}", data)
    assert said(archive) == ("refused", "packs.not_a_pack")


def test_x01_is_refused_and_writes_nothing(tmp_path: Path) -> None:
    expected = json.loads((DATA / "expected.json").read_text(encoding="utf-8"))
    hostile = expected["x01_hostile_names.zip"]["hostile_names"]
    found = look(DATA / "x01_hostile_names.zip")
    assert found.verdict == expected["x01_hostile_names.zip"]["verdict"]
    assert sorted(item.file for item in found.files) == sorted(hostile)
    source = open_source(DATA / "x01_hostile_names.zip")
    assert dict(source.sizes) == {}
    with refused("packs.hostile_names"):
        from judgeapp.exchange.pack import copy_pack

        copy_pack(source, tmp_path / "target")
    source.close()
    assert list(tmp_path.iterdir()) == []
    assert not Path("/tmp/judgeapp_outside.txt").exists()


def test_x02_is_a_copy_that_is_not_complete() -> None:
    with refused("packs.zip_cut_off"):
        open_source(DATA / "x02_cut_off.zip")


def test_every_truncation_of_a_zip_is_noticed(tmp_path: Path) -> None:
    whole = zipped(write(tmp_path), tmp_path / "x.zip").read_bytes()
    cut = tmp_path / "cut.zip"
    for length in range(4, len(whole), 37):
        cut.write_bytes(whole[:length])
        with refused("packs.zip_cut_off"):
            open_source(cut)


def test_a_password(tmp_path: Path) -> None:
    archive = zipped(write(tmp_path), tmp_path / "x.zip")
    data = bytearray(archive.read_bytes())
    at = data.find(b"PK\x01\x02")
    data[at + 8] |= 1
    archive.write_bytes(data)
    with refused("packs.zip_locked"):
        open_source(archive)


def test_an_unknown_compression(tmp_path: Path) -> None:
    archive = zipped(write(tmp_path), tmp_path / "x.zip", compression=zipfile.ZIP_LZMA)
    assert look(archive).verdict == "damaged"


def test_a_member_that_is_not_what_the_list_says(tmp_path: Path) -> None:
    archive = zipped(write(tmp_path), tmp_path / "x.zip", top="p", compression=zipfile.ZIP_DEFLATED)
    data = bytearray(archive.read_bytes())
    at = data.find(b"data/clips/c0001.mp4") + 24
    data[at : at + 8] = b"\xff" * 8
    archive.write_bytes(data)
    assert codes(look(archive)) == {"data/clips/c0001.mp4": "unreadable"}


def test_too_many_files_in_a_zip(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    archive = zipped(write(tmp_path), tmp_path / "x.zip")
    monkeypatch.setattr(zips, "FILES_IN_A_PACK", 5)
    with refused("packs.too_many_files"):
        open_source(archive)


def test_the_list_of_a_zip_is_measured_before_it_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive = zipped(write(tmp_path), tmp_path / "x.zip")
    data = bytearray(archive.read_bytes())
    struct.pack_into("<L", data, len(data) - 10, 0xFFFFFFF0)
    archive.write_bytes(data)
    monkeypatch.setattr(zipfile, "ZipFile", None)  # is not reached
    with refused("packs.zip_cut_off"):
        open_source(archive)


def test_a_comment_behind_the_list(tmp_path: Path) -> None:
    archive = zipped(write(tmp_path), tmp_path / "x.zip")
    with zipfile.ZipFile(archive, "a") as more:
        more.comment = "Gửi ban giám khảo".encode()
    assert look(archive).verdict == "ok"


def large_form(archive: Path, *, size: int | None = None, mark: bytes = b"PK\x06\x07") -> None:
    """Write the list's size into the end records that zips of more than 4 GiB have."""
    data = archive.read_bytes()
    end = len(data) - 22
    count, list_size, offset = struct.unpack_from("<HLL", data, end + 10)
    record = struct.pack(
        "<4sQ2H2L4Q", b"PK\x06\x06", 44, 45, 45, 0, 0, count, count,
        list_size if size is None else size, offset,
    )  # fmt: skip
    place = struct.pack("<4sLQL", mark, 0, end, 1)
    small = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 0xFFFF, 0xFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0)
    archive.write_bytes(data[:end] + record + place + small)


def test_the_list_of_a_large_zip(tmp_path: Path) -> None:
    archive = zipped(write(tmp_path), tmp_path / "x.zip")
    large_form(archive)
    assert look(archive).verdict == "ok"


@pytest.mark.parametrize("change", [{"size": 1 << 40}, {"mark": b"PK\x06\x00"}])
def test_the_list_of_a_large_zip_is_measured_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, change: dict[str, Any]
) -> None:
    archive = zipped(write(tmp_path), tmp_path / "x.zip")
    large_form(archive, **change)
    monkeypatch.setattr(zipfile, "ZipFile", None)  # is not reached
    with refused("packs.zip_cut_off"):
        open_source(archive)


def test_what_looks_like_a_zip(tmp_path: Path) -> None:
    assert not zips.looks_like_zip(tmp_path / "none")
    (tmp_path / "x").write_bytes(b"PK\x03\x04")
    assert zips.looks_like_zip(tmp_path / "x")
