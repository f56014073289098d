from __future__ import annotations

import json
import unicodedata
import zipfile
from pathlib import Path

import pytest

from judgeapp.exchange.member_names import (
    faults_of,
    is_media_name,
    is_pack_name,
    media_name,
    own_fault,
)

DATA = Path(__file__).parents[1] / "data" / "exchange"

X01 = {
    "../outside.txt": "parent_folder",
    "..\\outside.txt": "parent_folder",
    "HT2021-SK/../../outside.txt": "parent_folder",
    "/tmp/judgeapp_outside.txt": "absolute",
    "C:\\outside.txt": "drive",
    "C:outside.txt": "drive",
    "\\\\server\\share\\outside.txt": "network",
    "HT2021-SK/data/CON": "device_name",
    "HT2021-SK/data/nul.mp4": "device_name",
    "HT2021-SK/data/com1.pdf": "device_name",
    "HT2021-SK/data/c0001.mp4:zone": "stream",
    "HT2021-SK/data/ending. ": "trailing",
    "HT2021-SK/data/dot.": "trailing",
    "HT2021-SK/data/C0001.mp4": "same_but_case",
    "HT2021-SK/data/ễ.pdf": "same_but_composition",
    "HT2021-SK/data/a\u202efdp.exe": "direction_mark",
    "HT2021-SK/data/c0001.mp4": "listed_twice",
    "HT2021-SK/data/link": "link",
}


def test_each_hostile_name_of_x01_has_its_own_reason() -> None:
    expected = json.loads((DATA / "expected.json").read_text(encoding="utf-8"))
    hostile = expected["x01_hostile_names.zip"]["hostile_names"]
    with zipfile.ZipFile(DATA / "x01_hostile_names.zip") as archive:
        names = [info.orig_filename for info in archive.infolist()]
    faults = dict(zip(names, faults_of(names, {"HT2021-SK/data/link"}), strict=True))
    assert {name for name, fault in faults.items() if fault} == set(hostile)
    for name in hostile:
        assert faults[name] == X01[unicodedata.normalize("NFC", name)]


@pytest.mark.parametrize(
    ("name", "fault"),
    [
        ("data/x\ny", "control_character"),
        ("data/\x00", "control_character"),
        ("data/\udc80", "control_character"),
        ("data\\x", "backslash"),
        ("data//x", "empty_part"),
        ("./data", "empty_part"),
        ("", "empty_part"),
        ("data/con .txt", "device_name"),
        ("data/COM¹.txt", "device_name"),
        ("data /x", "trailing"),
        ("data/" + "x" * 240, "too_long"),
        ("data/a\u200bb", "direction_mark"),
        ("data/Thí sinh 01 (bản 2).mp4", None),
        ("data/...x", None),
        ("data/console.txt", None),
        ("data/.hidden", None),
    ],
)
def test_names_by_themselves(name: str, fault: str | None) -> None:
    assert own_fault(name) == fault


def test_only_our_names_are_of_a_pack() -> None:
    ours = [
        "bagit.txt", "bag-info.txt", "manifest-sha256.txt", "tagmanifest-sha256.txt", "pack.sig",
        "READ-ME-FIRST.txt", "data/pack.json", "data/clips/c0001.mp4", "data/docs/d0001.pdf",
        media_name("clips", 10_000, "webm"), media_name("docs", 7, "docx"),
    ]  # fmt: skip
    assert all(map(is_pack_name, ours))
    others = [
        "data/clips/c1.mp4", "data/clips/c0001.exe", "data/docs/d0001.mp4", "data/clips/d0001.mp4",
        "data/c0001.mp4", "data/clips/c0001.mp4\n", "x/data/pack.json", "data/docs/c0001.pdf",
        "data/clips/c٠٠٠١.mp4", "Data/pack.json", "fetch.txt", "data/clips/c0001.MP4",
    ]  # fmt: skip
    assert not any(map(is_pack_name, others))
    assert not any(map(is_media_name, [*others, "data/pack.json"]))
