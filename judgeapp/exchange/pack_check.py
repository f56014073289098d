"""Is this pack whole: signature, tag manifest, names, sizes, hashes, in this order.

Words: *unfinished* lacks ``pack.sig``, which is written last; *damaged* has files that are not what
the lists say; *refused* is not looked into further. What no list names is ignored and reported.
Without keys ``pack.sig`` holds an honest marker that nothing was signed, over the same hash.
Not checked here: whether the pack is the newest one and of which contest (`services.packs`).

Source: exchange.md, Check.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Literal

import msgspec

from judgeapp import __version__
from judgeapp.domain.errors import BadInput, JudgeError
from judgeapp.domain.packs import Pack
from judgeapp.exchange.bag import BAGIT_TXT, read_manifest
from judgeapp.exchange.limits import PACK_JSON_BYTES, TAG_FILE_BYTES, OverTheCap
from judgeapp.exchange.member_names import (
    PACK_JSON,
    SIGNATURE,
    TAG_FILES,
    TAG_MANIFEST,
    is_media_name,
    is_pack_name,
)
from judgeapp.exchange.pack_json import read_pack
from judgeapp.exchange.pack_source import FolderSource, PackSource, read_member
from judgeapp.exchange.spelling import json_bytes, read_json, read_spelled, sha256
from judgeapp.exchange.zip import UNREADABLE, ZipSource, looks_like_zip
from judgeapp.system.progress import Progress, no_progress

SIGNATURE_FORMAT = "pack-signature/1"
MANIFEST = "manifest-sha256.txt"
_CHUNK = 1 << 20

_REFUSALS = (
    "packs.newer_program",
    "packs.foreign_name",
    "packs.bad_content",
    "packs.lists_disagree",
)

Verdict = Literal["ok", "unfinished", "damaged", "refused"]


@dataclass(frozen=True)
class FileFinding:
    """What was found about one file of a pack.

    Attributes:
        code: ``whole``, ``missing``, ``wrong_size``, ``altered``, ``unreadable``, ``foreign``, or
            what is wrong with its name.
    """

    file: str
    code: str

    @property
    def ok(self) -> bool:
        """The file is there and whole."""
        return self.code == "whole"


@dataclass(frozen=True)
class Checked:
    """What was found about a pack; ``pack`` is None where its content could not be trusted."""

    verdict: Verdict
    files: tuple[FileFinding, ...] = ()
    ignored: tuple[str, ...] = ()
    pack: Pack | None = None
    reason: JudgeError | None = None


class _Signature(msgspec.Struct, forbid_unknown_fields=True):
    format: Literal["pack-signature/1"]
    key: None
    signature: None
    tagmanifest_sha256: Annotated[str, msgspec.Meta(pattern=r"\A[0-9a-f]{64}\Z")]


class _Stated(msgspec.Struct):
    format: str = ""
    signature: object = None


@dataclass
class _Findings:
    """What has been found so far; ``expected`` are the names that the lists give."""

    files: list[FileFinding] = field(default_factory=list)
    expected: set[str] = field(default_factory=lambda: {SIGNATURE, TAG_MANIFEST})

    def add(self, name: str, code: str) -> None:
        self.expected.add(name)
        self.files.append(FileFinding(name, code))

    def all_whole(self) -> bool:
        return all(item.ok for item in self.files)


def unsigned_marker(tag_manifest: bytes) -> bytes:
    """Return what ``pack.sig`` holds where no key signs: the hash it would be over, and null."""
    return json_bytes(
        {
            "format": SIGNATURE_FORMAT,
            "key": None,
            "signature": None,
            "tagmanifest_sha256": sha256(tag_manifest),
        }
    )


def open_source(path: Path) -> PackSource:
    """Return the pack in a folder or zip, to be looked into.

    Raises:
        BadInput: ``packs.no_such_pack``, ``packs.not_a_pack``, or as the sources raise.
    """
    if path.is_dir():
        return FolderSource(path)
    if not path.exists():
        raise BadInput("packs.no_such_pack", file=str(path))
    if looks_like_zip(path):
        return ZipSource(path)
    raise BadInput("packs.not_a_pack", file=path.name)


def check_pack(
    source: PackSource, *, media: bool = True, progress: Progress = no_progress
) -> Checked:
    """Return what the pack is and what each of its files is.

    Args:
        source: the folder or zip.
        media: read clips and outlines through too; without it only their sizes are looked at, so
            that judging can begin at once.
        progress: told of megabytes.
    """
    if source.faults:
        files = tuple(FileFinding(item.name, item.fault) for item in source.faults)
        reason = BadInput("packs.hostile_names", file=source.name, count=len(files))
        return Checked("refused", files, reason=reason)
    if SIGNATURE not in source.sizes:
        return _without_signature(source)
    findings = _Findings()
    try:
        pack = _check_lists(source, findings)
    except BadInput as error:
        verdict: Verdict = "refused" if error.code in _REFUSALS else "damaged"
        return _answer(source, findings, None, verdict, error)
    if pack is None or not findings.all_whole():
        return _damaged(source, findings)
    if _parts(pack.minimum_app) > _parts(__version__):
        reason = BadInput("packs.newer_program", file=source.name)
        return _answer(source, findings, None, "refused", reason)
    _check_media(source, pack, findings, media, progress)
    if not findings.all_whole():
        return _damaged(source, findings)
    return _answer(source, findings, pack, "ok", None)


def _parts(version: str) -> list[int]:
    return [int(part) for part in version.split(".")]


def _without_signature(source: PackSource) -> Checked:
    if any(is_pack_name(name.removesuffix(".part")) for name in source.sizes):
        return Checked("unfinished", reason=BadInput("packs.unfinished", file=source.name))
    return Checked("refused", reason=BadInput("packs.not_a_pack", file=source.name))


def _damaged(source: PackSource, findings: _Findings) -> Checked:
    bad = [item.file for item in findings.files if not item.ok]
    reason = BadInput("packs.damaged", file=source.name, place=bad[0], count=len(bad))
    return _answer(source, findings, None, "damaged", reason)


def _answer(
    source: PackSource,
    findings: _Findings,
    pack: Pack | None,
    verdict: Verdict,
    reason: JudgeError | None,
) -> Checked:
    ignored = [name for name in source.sizes if name not in findings.expected]
    return Checked(
        verdict, tuple(findings.files), (*ignored, *source.outside), pack=pack, reason=reason
    )


def _check_lists(source: PackSource, findings: _Findings) -> Pack | None:
    """Follow the lists from the signature down; return the pack if they hold together.

    Raises:
        BadInput: if a list or ``pack.json`` is not what this app writes.
    """
    stated = _signed_hash(source, findings)
    if stated is None:
        return None
    tag_manifest = _read(source, TAG_MANIFEST, TAG_FILE_BYTES, findings, stated)
    if tag_manifest is None:
        return None
    tags = _manifest(source, TAG_MANIFEST, tag_manifest)
    _refuse_foreign(source, tags, TAG_FILES)
    contents = {
        name: _read(source, name, TAG_FILE_BYTES, findings, tags.get(name)) for name in TAG_FILES
    }
    manifest_bytes = contents[MANIFEST]
    if manifest_bytes is None:
        return None
    if contents["bagit.txt"] not in (BAGIT_TXT, None):
        raise BadInput("packs.damaged", file=source.name, place="bagit.txt", count=1)
    hashes = _manifest(source, MANIFEST, manifest_bytes)
    _refuse_foreign(source, {name for name in hashes if not is_media_name(name)}, (PACK_JSON,))
    pack_json = _read(source, PACK_JSON, PACK_JSON_BYTES, findings, hashes.get(PACK_JSON))
    if pack_json is None:
        return None
    pack = read_pack(pack_json, name=source.name)
    listed = {media.path: media.sha256 for media in pack.media}
    if listed != {name: digest for name, digest in hashes.items() if name != PACK_JSON}:
        raise BadInput("packs.lists_disagree", file=source.name)
    return pack


def _refuse_foreign(source: PackSource, names: Iterable[str], allowed: Sequence[str]) -> None:
    for name in sorted(names):
        if name not in allowed:
            raise BadInput("packs.foreign_name", file=source.name, place=name[:100])


def _signed_hash(source: PackSource, findings: _Findings) -> str | None:
    """Return the hash of the tag manifest that ``pack.sig`` states, None if it is not whole.

    Raises:
        BadInput: ``packs.newer_program`` if it is signed in a way that this app does not know.
    """
    data = _bytes(source, SIGNATURE, TAG_FILE_BYTES)
    if data is None:
        findings.add(SIGNATURE, "unreadable")
        return None
    try:
        stated = read_spelled(data, _Signature)
    except ValueError as error:
        if _is_newer(data):
            raise BadInput("packs.newer_program", file=source.name) from error
        findings.add(SIGNATURE, "altered")
        return None
    findings.add(SIGNATURE, "whole")
    return stated.tagmanifest_sha256


def _is_newer(signature: bytes) -> bool:
    try:
        stated = read_json(signature, _Stated)
    except ValueError:
        return False
    kind, _, version = stated.format.partition("/")
    return kind == "pack-signature" and (version != "1" or stated.signature is not None)


def _manifest(source: PackSource, name: str, data: bytes) -> dict[str, str]:
    try:
        return read_manifest(data)
    except ValueError as error:
        raise BadInput("packs.damaged", file=source.name, place=name, count=1) from error


def _read(
    source: PackSource, name: str, cap: int, findings: _Findings, digest: str | None
) -> bytes | None:
    """Return the bytes of a small file after noting what was found, None if it is not whole.

    Without a ``digest`` the file is on no list, which is as bad as missing.
    """
    if name not in source.sizes or digest is None:
        findings.add(name, "missing")
        return None
    data = _bytes(source, name, cap)
    if data is None:
        findings.add(name, "unreadable")
        return None
    whole = sha256(data) == digest
    findings.add(name, "whole" if whole else "altered")
    return data if whole else None


def _bytes(source: PackSource, name: str, cap: int) -> bytes | None:
    try:
        return read_member(source, name, cap)
    except (OSError, OverTheCap, *UNREADABLE):
        return None


def _check_media(
    source: PackSource, pack: Pack, findings: _Findings, through: bool, progress: Progress
) -> None:
    total = sum(media.size for media in pack.media)
    done = 0
    for media in pack.media:
        progress(done >> 20, total >> 20, media.path)
        size = source.sizes.get(media.path)
        if size is None:
            findings.add(media.path, "missing")
        elif size != media.size:
            findings.add(media.path, "wrong_size")
        else:
            findings.add(media.path, _content(source, media.path, size, media.sha256, through))
        done += media.size
    progress(total >> 20, total >> 20)


def _content(source: PackSource, name: str, size: int, digest: str, through: bool) -> str:
    if not through:
        return "whole"
    found = hashlib.sha256()
    left = size + 1
    try:
        with source.open(name) as file:
            while piece := file.read(min(_CHUNK, left)):
                found.update(piece)
                left -= len(piece)
    except (OSError, *UNREADABLE):
        return "unreadable"
    return "whole" if left == 1 and found.hexdigest() == digest else "altered"
