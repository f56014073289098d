from __future__ import annotations

import os
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from judgeapp.domain.errors import JudgeError
from judgeapp.domain.ids import PanelId
from judgeapp.domain.packs import Pack, folder_name
from judgeapp.exchange.bag import read_manifest
from judgeapp.exchange.pack import copy_pack
from judgeapp.exchange.pack_check import open_source
from judgeapp.exchange.pack_json import pack_bytes, read_pack
from judgeapp.system import copying
from judgeapp.system.files import write_atomically
from tests.exchange.pack_kit import CONTENTS, look, make_pack, snapshot, write, zipped
from tests.judging_kit import one_round
from tests.refused import refused


def test_what_is_written_is_whole(tmp_path: Path) -> None:
    folder = write(tmp_path)
    found = look(folder)
    assert (found.verdict, found.reason, found.ignored) == ("ok", None, ())
    assert found.pack == make_pack()
    assert {item.file for item in found.files} == set(snapshot(folder))


def test_another_program_finds_it_valid(tmp_path: Path) -> None:
    """bagit has no wheel, and set-up never builds from source: pip install bagit to run this."""
    bagit = pytest.importorskip("bagit")
    folder = write(tmp_path)
    bag = bagit.Bag(str(folder))
    assert bag.version_info == (1, 0)
    assert bag.validate() is True
    (folder / "data/docs/d0001.pdf").write_bytes(b"another")
    with pytest.raises(bagit.BagValidationError):
        bagit.Bag(str(folder)).validate()


def test_sha256sum_finds_it_valid(tmp_path: Path) -> None:
    folder = write(tmp_path)
    for name in ("manifest-sha256.txt", "tagmanifest-sha256.txt"):
        run = subprocess.run(
            ["sha256sum", "--check", "--strict", "--quiet", name], cwd=folder, check=False
        )
        assert run.returncode == 0


def test_content_is_read_back_as_it_was() -> None:
    pack = make_pack(panel=PanelId("Chuyên gia"), expires="2026-12-31", version=3)
    assert read_pack(pack_bytes(pack), name="x") == pack


def waved(peaks: tuple[int, ...]) -> Pack:
    pack = make_pack()
    entries = tuple(
        replace(
            entry,
            media=tuple(
                replace(media, peaks=peaks if media.kind == "clip" else ()) for media in entry.media
            ),
        )
        for entry in pack.entries
    )
    return replace(pack, entries=entries)


def test_a_clip_carries_its_wave_and_a_pack_without_is_the_same() -> None:
    peaks = tuple(number % 101 for number in range(200))
    read = read_pack(pack_bytes(waved(peaks)), name="x")
    assert {media.peaks for media in read.media if media.kind == "clip"} == {peaks}
    assert {media.peaks for media in read.media if media.kind == "outline"} <= {()}
    assert read == make_pack()
    assert b'"wave"' not in pack_bytes(make_pack())


def test_a_wave_higher_than_sound_is_refused() -> None:
    with refused("packs.bad_content"):
        read_pack(pack_bytes(waved((0, 50, 101, 0))), name="x")


def test_the_names_of_people_stand_in_json_only(tmp_path: Path) -> None:
    for name, data in snapshot(write(tmp_path)).items():
        assert name.isascii()
        assert ("Lò Văn Thử".encode() in data) == (name == "data/pack.json")


@pytest.mark.parametrize(
    ("panel", "round_id", "contest", "name"),
    [
        (None, "preliminary", "3fa29b10aaaa", "3FA29B10-PRELIMINARY"),
        ("Chuyên gia Đoàn", "final", "3FA29B10aaaa", "3FA29B10-FINAL-CHUYEN-GIA-DOAN"),
        ("../..", "con", "../../..", "PACK-CON"),
        (None, "ა", "", "PACK"),
    ],
)
def test_a_folder_name_is_plain(panel: str | None, round_id: str, contest: str, name: str) -> None:
    pack = make_pack(
        panel=PanelId(panel) if panel else None, round=one_round(name=round_id), contest=contest
    )
    assert folder_name(pack) == name


def test_the_signature_is_written_last(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever write fails, there is no pack.sig, and running it again finishes it."""
    calls = 0

    def failing(real: object) -> object:
        def call(*given: object, **named: object) -> None:
            nonlocal calls
            calls += 1
            if calls == fail_at:
                raise JudgeError("files.disk_full", file="x", free="x")
            real(*given, **named)  # type: ignore[operator]  # the real function

        return call

    monkeypatch.setattr("judgeapp.exchange.pack.copy_checked", failing(copying.copy_checked))
    monkeypatch.setattr("judgeapp.exchange.pack.write_atomically", failing(write_atomically))
    whole = None
    for fail_at in range(1, 20):
        calls = 0
        out = f"out-{fail_at}"
        try:
            whole = write(tmp_path, out=out)
            break
        except JudgeError:
            (folder,) = (tmp_path / out).iterdir()
            assert not (folder / "pack.sig").exists()
            assert look(folder).verdict == "unfinished" or not snapshot(folder)
            calls = -100
            assert look(write(tmp_path, out=out)).verdict == "ok"
    assert whole is not None
    assert fail_at == 2 + 7 + 1  # two media, seven small files


def test_finished_files_are_passed_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = write(tmp_path)
    (folder / "pack.sig").unlink()
    before = {path: path.stat().st_mtime_ns for path in folder.rglob("*") if path.is_file()}
    write(tmp_path)
    assert all(path.stat().st_mtime_ns == at for path, at in before.items())
    assert look(folder).verdict == "ok"


def test_a_finished_pack_stays_finished_all_the_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = write(tmp_path)
    before = (folder / "pack.sig").stat().st_mtime_ns
    write(tmp_path)
    assert (folder / "pack.sig").stat().st_mtime_ns == before


def test_a_changed_pack_replaces_the_one_before(tmp_path: Path) -> None:
    folder = write(tmp_path)
    (folder / "ghi chú.txt").write_text("của ai đó", encoding="utf-8")
    (folder / "data/clips/c0099.mp4").write_bytes(b"old")
    (folder / "data/clips/c0098.mp4.part").write_bytes(b"old")
    assert look(folder).ignored == (
        "data/clips/c0098.mp4.part", "data/clips/c0099.mp4", "ghi chú.txt",
    )  # fmt: skip
    write(tmp_path, make_pack(version=2))
    found = look(folder)
    assert (found.verdict, found.ignored) == ("ok", ("ghi chú.txt",))
    assert found.pack is not None
    assert found.pack.version == 2


def test_an_altered_file_of_the_contest_stops_it(tmp_path: Path) -> None:
    pack = make_pack()
    changed = (
        pack.entries[0]
        .media[0]
        .__class__(**{**pack.entries[0].media[0].__dict__, "sha256": "a" * 64})
    )
    entry = pack.entries[0].__class__(**{**pack.entries[0].__dict__, "media": (changed,)})
    with refused("packs.entry_altered") as caught:
        write(tmp_path, make_pack(entries=(entry, pack.entries[1])))
    assert caught.value.place == "data/clips/c0001.mp4"
    (folder,) = (tmp_path / "out").iterdir()
    assert snapshot(folder) == {}


def test_progress_counts_what_reached_the_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(copying, "_FLUSH_EVERY", 1000)
    monkeypatch.setattr(copying, "_CHUNK", 400)
    seen: list[tuple[int, int]] = []
    flushed: list[int] = []
    real = os.fsync

    def fsync(handle: int) -> None:
        flushed.append(handle)
        real(handle)

    monkeypatch.setattr(os, "fsync", fsync)
    write(tmp_path, progress=lambda done, total, what="": seen.append((done, total)))
    assert len(flushed) > 5
    assert seen[0] == (0, 0)
    assert seen == sorted(seen)


@pytest.mark.parametrize("kind", ["folder", "zip"])
def test_copies_are_equal_and_can_be_gone_on_with(tmp_path: Path, kind: str) -> None:
    folder = write(tmp_path)
    given = folder if kind == "folder" else zipped(folder, tmp_path / "gửi.zip", top="abc")
    source = open_source(given)
    copied = copy_pack(source, tmp_path / "stick")
    assert copied == tmp_path / "stick" / folder.name
    assert snapshot(copied) == snapshot(folder)
    (copied / "data/docs/d0001.pdf").write_bytes(b"outl")
    (copied / "pack.sig").unlink()
    assert copy_pack(source, tmp_path / "stick") == copied
    assert look(copied).verdict == "ok"
    source.close()


def test_a_damaged_clip_is_named_and_not_copied(tmp_path: Path) -> None:
    folder = write(tmp_path)
    (folder / "data/clips/c0001.mp4").write_bytes(b"x" * len(CONTENTS["data/clips/c0001.mp4"]))
    source = open_source(folder)
    with refused("packs.damaged") as caught:
        copy_pack(source, tmp_path / "stick")
    assert caught.value.place == "data/clips/c0001.mp4"
    (copied,) = (tmp_path / "stick").iterdir()
    assert look(copied).verdict == "refused"  # nothing of a pack is there yet


def test_an_unfinished_pack_is_not_copied(tmp_path: Path) -> None:
    folder = write(tmp_path)
    (folder / "pack.sig").unlink()
    with refused("packs.unfinished"):
        copy_pack(open_source(folder), tmp_path / "stick")
    assert not (tmp_path / "stick").exists()


def test_a_target_that_cannot_be_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "out").write_bytes(b"a file")
    with pytest.raises(JudgeError, match=r"files\."):
        write(tmp_path)


@pytest.mark.parametrize(
    "data",
    [b"abc", b"a" * 64 + b" x\n", (b"a" * 64 + b"  data/x\n") * 2, b"\xff\n", b"a" * 64 + b"  x"],
)
def test_other_manifests_are_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match=r"."):
        read_manifest(data)


def test_an_empty_manifest() -> None:
    assert read_manifest(b"") == {}
