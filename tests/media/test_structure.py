"""The outer structure of files: every cut is seen, whole files are whole, kinds by content."""

from __future__ import annotations

import random
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from judgeapp.media.sniff import fitting_ending, look, sniff
from judgeapp.media.structure import structure_of

DATA = Path(__file__).parent.parent / "data"
CLIPS = DATA / "clips"


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("clips/c01_rotate_90.mp4", "mp4", "clip"),
        ("clips/c08_webm_named.mp4", "webm", "clip"),
        ("clips/c10_empty.mp4", "empty", None),
        ("outlines/o01_owner_password.pdf", "pdf", "outline"),
        ("outlines/o06_bomb.docx", "zip", "outline"),
        ("outlines/o07_rtf_named.docx", "rtf", "outline"),
        ("clips/expected.json", "text", None),
    ],
)
def test_content_decides(name: str, content: str, kind: str | None) -> None:
    found = look(DATA / name)
    assert (found.name, found.kind) == (content, kind)


@pytest.mark.parametrize(
    ("head", "name"),
    [
        (b"\0\0\0\x14ftypqt  ", "mov"),
        (b"\0\0\0\x14ftyp3gp5", "3gp"),
        (b"\0\0\0\x14ftypM4A ", "m4a"),
        (b"\0\0\0\x08wide\0\0\0\0mdat", "mov"),
        (b"\x1a\x45\xdf\xa3\x9f\x42\x82\x88matroska", "mkv"),
        (b"\x1a\x45\xdf\xa3\x9f\x42\x82\x84webm", "webm"),
        (b"RIFF\0\0\0\0AVI LIST", "avi"),
        (b"RIFF\0\0\0\0WAVEfmt ", "wav"),
        (bytes.fromhex("3026b2758e66cf11a6d900aa0062ce6c"), "wmv"),
        (b"FLV\x01\x05", "flv"),
        (b"\x00\x00\x01\xba\x44", "mpeg"),
        ((b"\x47" + bytes(187)) * 4, "mpegts"),
        ((b"\0\0\0\0\x47" + bytes(187)) * 4, "mpegts"),
        (b"OggS\0", "ogg"),
        (b"ID3\x04", "mp3"),
        (b"\xff\xfb\x90", "mp3"),
        (b"\xff\xf1\x50", "aac"),
        (b"\xef\xbb\xbf{\\rtf1", "rtf"),
        (b"junk\n%PDF-1.4", "pdf"),
        (b"\xff\xd8\xff\xe0", "jpeg"),
        (b"MZ\x90", "program"),
        (b"<!DOCTYPE html>", "html"),
        (b"\0\1\2\3", "unknown"),
        (b"\xff", "text"),
    ],
)
def test_first_bytes(head: bytes, name: str) -> None:
    assert sniff(head).name == name


@given(st.binary(max_size=300))
def test_any_bytes_are_something(head: bytes) -> None:
    found = sniff(head)
    assert found.name
    assert (found.kind == "clip") == (found.demuxer is not None)


@pytest.mark.parametrize(
    ("path", "named", "ending"),
    [
        ("clips/c01_rotate_90.mp4", "MP4", "mp4"),
        ("clips/c01_rotate_90.mp4", "mov", "mov"),
        ("clips/c08_webm_named.mp4", "mp4", "webm"),
        ("outlines/o07_rtf_named.docx", "docx", "rtf"),
        ("clips/expected.json", "mp4", "mp4"),
        ("clips/expected.json", "../x", "bin"),
        ("clips/expected.json", "", "bin"),
    ],
)
def test_our_copy_gets_an_ending_that_fits(path: str, named: str, ending: str) -> None:
    assert fitting_ending(look(DATA / path), named) == ending


# --- cut off or not ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "demuxer"),
    [
        ("c01_rotate_90.mp4", "mov"),
        ("c03_variable_rate.mp4", "mov"),
        ("c08_webm_named.mp4", "matroska"),
        ("c11_decomposed_name.mp4", "mov"),
    ],
)
def test_whole_files_are_whole_and_every_shorter_one_is_cut_off(
    name: str, demuxer: str, tmp_path: Path
) -> None:
    whole = (CLIPS / name).read_bytes()
    assert not structure_of(CLIPS / name, demuxer).cut_off
    rng = random.Random(name)
    path = tmp_path / name
    for length in [len(whole) - 1, *rng.sample(range(200, len(whole) - 1), 40)]:
        path.write_bytes(whole[:length])
        assert structure_of(path, demuxer).cut_off, length


def test_lengths_in_headers() -> None:
    assert structure_of(CLIPS / "c09_duration_lie.mp4", "mov").header_seconds == 400
    assert structure_of(CLIPS / "c03_variable_rate.mp4", "mov").header_seconds == Fraction(511, 200)
    assert structure_of(CLIPS / "c06_no_moov.mp4", "mov").header_seconds is None
    assert not structure_of(CLIPS / "c06_no_moov.mp4", "mov").indexed


def box(name: bytes, body: bytes) -> bytes:
    return (len(body) + 8).to_bytes(4, "big") + name + body


def movie_header(version: int, scale: int, length: int) -> bytes:
    times = bytes(16 if version else 8)
    size = 8 if version else 4
    body = bytes([version, 0, 0, 0]) + times + scale.to_bytes(4, "big")
    return box(b"moov", box(b"mvhd", body + length.to_bytes(size, "big") + bytes(80)))


def written(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


def test_large_boxes_and_old_and_new_headers(tmp_path: Path) -> None:
    path = tmp_path / "c.mp4"
    long_form = (1).to_bytes(4, "big") + b"mdat" + (16 + 50).to_bytes(8, "big") + bytes(50)
    for version in (0, 1):
        content = box(b"ftyp", b"isom") + movie_header(version, 600, 1500) + long_form
        found = structure_of(written(path, content), "mov")
        assert (found.cut_off, found.header_seconds) == (False, Fraction(5, 2))
        assert structure_of(written(path, content[:-1]), "mov").cut_off
    unknown = box(b"ftyp", b"isom") + movie_header(0, 600, (1 << 32) - 1)
    assert structure_of(written(path, unknown), "mov").header_seconds is None
    to_the_end = box(b"ftyp", b"isom") + movie_header(0, 600, 600) + bytes(4) + b"mdat" + b"x" * 9
    assert not structure_of(written(path, to_the_end), "mov").cut_off
    filled = box(b"ftyp", b"isom") + movie_header(0, 600, 600) + bytes(5000)
    assert not structure_of(written(path, filled), "mov").cut_off


def test_a_live_recording_without_lengths_is_not_called_cut_off(tmp_path: Path) -> None:
    head = b"\x1a\x45\xdf\xa3\x84\x42\x82\x81x" + b"\x18\x53\x80\x67\x01" + b"\xff" * 7
    cluster = b"\x1f\x43\xb6\x75\x85hello"
    path = tmp_path / "c.webm"
    assert not structure_of(written(path, head + cluster), "matroska").cut_off
    assert structure_of(written(path, head + cluster[:-1]), "matroska").cut_off


def test_avi_by_its_chunk(tmp_path: Path) -> None:
    content = b"RIFF" + (24).to_bytes(4, "little") + b"AVI " + bytes(20)
    path = tmp_path / "c.avi"
    assert not structure_of(written(path, content), "avi").cut_off
    assert structure_of(written(path, content[:-2]), "avi").cut_off
    assert not structure_of(written(path, content), "mpegts").cut_off


@given(st.sampled_from(["mov", "matroska", "avi"]), st.binary(max_size=400))
def test_any_bytes_have_a_structure(
    tmp_path_factory: pytest.TempPathFactory, demuxer: str, content: bytes
) -> None:
    path = tmp_path_factory.getbasetemp() / "any.bin"
    assert structure_of(written(path, content), demuxer).header_seconds is None or True
