"""A small pack with a clip and an outline, for the tests of packs."""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

from judgeapp.domain.definition import rubric_hash
from judgeapp.domain.ids import ContestantId, ContestId, JudgeId, PackId, PanelId
from judgeapp.domain.packs import Pack, PackEntry, PackMedia
from judgeapp.domain.people import Judge
from judgeapp.exchange.bag import manifest_bytes
from judgeapp.exchange.member_names import TAG_FILES
from judgeapp.exchange.pack import write_pack
from judgeapp.exchange.pack_check import Checked, check_pack, open_source, unsigned_marker
from judgeapp.system.progress import Progress, no_progress
from tests.judging_kit import TALK, one_round

CLIP, OUTLINE = b"clip " * 1000, b"outline"
CONTENTS = {"data/clips/c0001.mp4": CLIP, "data/docs/d0001.pdf": OUTLINE}


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def make_pack(**change: object) -> Pack:
    media = tuple(
        PackMedia(TALK, "clip" if "clips" in path else "outline", path, len(data), sha256(data))
        for path, data in CONTENTS.items()
    )
    values: dict[str, object] = {
        "id": PackId("p1"),
        "version": 1,
        "built_at": "2026-11-25T08:00:00+00:00",
        "expires": None,
        "minimum_app": "0.1.0",
        "contest": ContestId("0123456789abcdef"),
        "contest_name": "Hội thi thử",
        "definition_version": 1,
        "round": one_round(),
        "rubric_hash": rubric_hash(one_round()),
        "panel": None,
        "entries": (
            PackEntry(ContestantId("01"), "Lò Văn Thử", "Đảng bộ Xã Thử", "Chuyên đề", media),
            PackEntry(ContestantId("02"), "Vì Thị Mẫu", None, None, ()),
        ),
        "judges": (Judge(JudgeId("J07"), "Giám khảo Bảy", "chair", "Đơn vị", PanelId("A")),),
        "assignment": {JudgeId("J07"): {TALK: (ContestantId("01"), ContestantId("02"))}},
        **change,
    }
    return Pack(**values)  # type: ignore[arg-type]  # by name


def media_files(folder: Path) -> dict[str, Path]:
    files = {}
    for path, data in CONTENTS.items():
        files[path] = folder / path.rpartition("/")[2]
        files[path].write_bytes(data)
    return files


def write(
    tmp_path: Path,
    pack: Pack | None = None,
    *,
    out: str = "out",
    progress: Progress = no_progress,
) -> Path:
    source = tmp_path / "media"
    source.mkdir(exist_ok=True)
    return write_pack(
        pack or make_pack(),
        tmp_path / out,
        files=media_files(source),
        readme=b"read me",
        agent="judgeapp test",
        progress=progress,
    )


def look(path: Path, *, media: bool = True, progress: Progress = no_progress) -> Checked:
    source = open_source(path)
    try:
        return check_pack(source, media=media, progress=progress)
    finally:
        source.close()


def codes(checked: Checked) -> dict[str, str]:
    return {item.file: item.code for item in checked.files if not item.ok}


def forge(folder: Path, change: Callable[[dict[str, bytes]], None]) -> None:
    """Change small files of a pack and make every list and the marker fit again."""
    names = ("data/pack.json", *TAG_FILES)
    small = {name: (folder / name).read_bytes() for name in names}
    before = dict(small)
    change(small)
    if small["data/pack.json"] != before["data/pack.json"]:
        text = small["manifest-sha256.txt"].decode()
        old, new = sha256(before["data/pack.json"]), sha256(small["data/pack.json"])
        small["manifest-sha256.txt"] = text.replace(old, new).encode()
    hashes = {name: sha256(data) for name, data in small.items() if name in TAG_FILES}
    tag_manifest = manifest_bytes(hashes)
    for name, data in small.items():
        (folder / name).write_bytes(data)
    (folder / "tagmanifest-sha256.txt").write_bytes(tag_manifest)
    (folder / "pack.sig").write_bytes(unsigned_marker(tag_manifest))


def forge_content(folder: Path, change: Callable[[dict[str, object]], None]) -> None:
    """Change ``pack.json`` and make everything else fit."""

    def changed(small: dict[str, bytes]) -> None:
        body = json.loads(small["data/pack.json"])
        change(body)
        small["data/pack.json"] = json.dumps(body, ensure_ascii=False).encode()

    forge(folder, changed)


def zipped(folder: Path, target: Path, *, top: str | None = None, **options: int) -> Path:
    with zipfile.ZipFile(target, "w", **options) as archive:  # type: ignore[call-overload]  # flags
        for path in sorted(folder.rglob("*")):
            name = path.relative_to(folder).as_posix()
            archive.write(path, f"{folder.name if top is None else top}/{name}".lstrip("/"))
    return target


def snapshot(folder: Path) -> Mapping[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
