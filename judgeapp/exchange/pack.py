"""Writing and copying packs: file by file, each whole or not there, ``pack.sig`` last.

Run again after an interruption (the stick was pulled out, the disk full), files that are already
there are passed over. Until ``pack.sig`` is there the copy is unfinished and says so.

Source: exchange.md, Judge pack, Copy.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from judgeapp.domain.errors import BadInput, JudgeError
from judgeapp.domain.packs import Pack, folder_name
from judgeapp.exchange.bag import BAGIT_TXT, bag_info_bytes, manifest_bytes
from judgeapp.exchange.limits import PACK_JSON_BYTES, TAG_FILE_BYTES
from judgeapp.exchange.member_names import (
    PACK_JSON,
    SIGNATURE,
    TAG_FILES,
    TAG_MANIFEST,
    is_pack_name,
)
from judgeapp.exchange.pack_check import MANIFEST, check_pack, unsigned_marker
from judgeapp.exchange.pack_json import pack_bytes
from judgeapp.exchange.pack_source import PackSource, read_member
from judgeapp.exchange.spelling import sha256
from judgeapp.exchange.zip import UNREADABLE
from judgeapp.system.copying import WrongContent, copy_checked, is_there
from judgeapp.system.files import cannot_write, flush_to_disk, write_atomically
from judgeapp.system.progress import Progress, no_progress

README = "READ-ME-FIRST.txt"


@dataclass(frozen=True)
class _Large:
    """A clip or an outline that is to be in the pack."""

    name: str
    size: int
    sha256: str
    open: Callable[[], BinaryIO]


def write_pack(
    pack: Pack,
    parent: Path,
    *,
    files: Mapping[str, Path],
    readme: bytes,
    agent: str,
    progress: Progress = no_progress,
) -> Path:
    """Make the pack's folder below ``parent``, or finish it; return it.

    Args:
        pack: the content; sizes and hashes of its media are those of the contest's own files.
        parent: the folder that the pack's folder lies in.
        files: of each media path in the pack, where the contest keeps that file.
        readme: what ``READ-ME-FIRST.txt`` says.
        agent: name and version of this app.
        progress: told of megabytes that have reached the disk.

    Raises:
        JudgeError: ``packs.entry_altered`` if a contest's own file is not what was attached,
            ``files.…`` if the folder cannot be written. What is there stays.
    """
    content = pack_bytes(pack)
    hashes = {media.path: media.sha256 for media in pack.media} | {PACK_JSON: sha256(content)}
    payload = sum(media.size for media in pack.media) + len(content)
    info = {
        "Bag-Software-Agent": agent,
        "Bagging-Date": pack.built_at[:10],
        "External-Identifier": pack.id,
    }
    small = {
        PACK_JSON: content,
        "bagit.txt": BAGIT_TXT,
        "bag-info.txt": bag_info_bytes(info, payload_bytes=payload, payload_files=len(hashes)),
        MANIFEST: manifest_bytes(hashes),
        README: readme,
    }
    small[TAG_MANIFEST] = manifest_bytes({name: sha256(small[name]) for name in TAG_FILES})
    small[SIGNATURE] = unsigned_marker(small[TAG_MANIFEST])
    large = [
        _Large(media.path, media.size, media.sha256, _opener(files[media.path]))
        for media in pack.media
    ]
    return _put(parent / folder_name(pack), small, large, "packs.entry_altered", progress)


def _opener(path: Path) -> Callable[[], BinaryIO]:
    return lambda: path.open("rb")


def copy_pack(source: PackSource, parent: Path, *, progress: Progress = no_progress) -> Path:
    """Copy a pack from a folder or zip into a folder below ``parent``; return that.

    Raises:
        BadInput: why the source is not a whole pack; ``packs.damaged`` names a clip that is not.
        JudgeError: ``files.…`` if the target cannot be written.
    """
    checked = check_pack(source, media=False)
    if checked.pack is None:
        raise checked.reason or BadInput("packs.not_a_pack", file=source.name)
    caps = {PACK_JSON: PACK_JSON_BYTES}
    names = (PACK_JSON, *TAG_FILES, TAG_MANIFEST, SIGNATURE)
    small = {name: read_member(source, name, caps.get(name, TAG_FILE_BYTES)) for name in names}
    large = [
        _Large(media.path, media.size, media.sha256, _member_opener(source, media.path))
        for media in checked.pack.media
    ]
    return _put(parent / folder_name(checked.pack), small, large, "packs.damaged", progress)


def _member_opener(source: PackSource, name: str) -> Callable[[], BinaryIO]:
    return lambda: source.open(name)


def _put(
    folder: Path,
    small: Mapping[str, bytes],
    large: list[_Large],
    wrong: str,
    progress: Progress,
) -> Path:
    """Bring everything into ``folder``: media, then the lists, then the signature."""
    try:
        for name in ("data/clips", "data/docs"):
            (folder / name).mkdir(parents=True, exist_ok=True)
        if not _is_finished(folder, small):
            (folder / SIGNATURE).unlink(missing_ok=True)
            flush_to_disk(folder)
        _remove_others(folder, {item.name for item in large})
    except OSError as error:
        raise cannot_write(folder, error) from error
    _put_large(folder, large, wrong, progress)
    for name, content in small.items():
        target = folder / name
        if not is_there(target, size=len(content), sha256=sha256(content)):
            write_atomically(target, content)
    return folder


def _is_finished(folder: Path, small: Mapping[str, bytes]) -> bool:
    content = small[SIGNATURE]
    return is_there(folder / SIGNATURE, size=len(content), sha256=sha256(content))


def _remove_others(folder: Path, wanted: set[str]) -> None:
    """Remove media of an older version of this pack; nothing that we did not name is touched."""
    for place in ("data/clips", "data/docs"):
        for path in (folder / place).iterdir():
            name = f"{place}/{path.name}"
            if name not in wanted and is_pack_name(name.removesuffix(".part")):
                path.unlink()


def _put_large(folder: Path, large: list[_Large], wrong: str, progress: Progress) -> None:
    total = sum(item.size for item in large)
    done = 0
    progress(0, total >> 20)

    def flushed(count: int) -> None:
        nonlocal done
        done += count
        progress(done >> 20, total >> 20)

    for item in large:
        if is_there(folder / item.name, size=item.size, sha256=item.sha256):
            flushed(item.size)
            continue
        try:
            with item.open() as stream:
                copy_checked(
                    stream, folder / item.name, size=item.size, sha256=item.sha256, flushed=flushed
                )
        except JudgeError:
            raise
        except (OSError, WrongContent, *UNREADABLE) as error:
            raise BadInput(wrong, file=folder.name, place=item.name, count=1) from error
