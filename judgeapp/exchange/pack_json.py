"""``data/pack.json``: what a pack is, read strictly and cross-checked.

The keys for signing, sealing and judge cards are there and null while a contest gives out no cards.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

import msgspec

from judgeapp.domain.definition import read_round_body, round_body, rubric_hash
from judgeapp.domain.errors import BadInput
from judgeapp.domain.ids import ContestantId, ContestId, JudgeId, PackId, PanelId, PartId
from judgeapp.domain.packs import Pack, PackEntry, PackMedia
from judgeapp.domain.people import Judge
from judgeapp.exchange.limits import CLIP_BYTES, DOCUMENT_BYTES, FILES_IN_A_PACK
from judgeapp.exchange.member_names import is_media_name
from judgeapp.exchange.spelling import from_base64, json_bytes, read_json, to_base64

FORMAT = "judge-pack/1"
_HIGHEST_PEAK = 100

_Id = Annotated[str, msgspec.Meta(min_length=1, max_length=100)]
_Text = Annotated[str, msgspec.Meta(max_length=4000)]
_Hash = Annotated[str, msgspec.Meta(pattern=r"\A[0-9a-f]{64}\Z")]
_Version = Annotated[str, msgspec.Meta(pattern=r"\A[0-9]{1,4}(\.[0-9]{1,4}){0,3}\Z")]
_Date = Annotated[str, msgspec.Meta(pattern=r"\A[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")]
_Wave = Annotated[str, msgspec.Meta(min_length=4, max_length=1000)]
_Number = Annotated[int, msgspec.Meta(ge=1, le=1_000_000)]


class _Message(msgspec.Struct, forbid_unknown_fields=True):
    """A JSON object with exactly these keys."""


class _Contest(_Message):
    id: _Id
    name: _Text
    rehearsal: bool = False


class _About(_Message):
    id: _Id
    version: _Number
    built_at: Annotated[str, msgspec.Meta(max_length=40)]
    expires: _Date | None
    minimum_app: _Version


class _Media(_Message):
    part: _Id
    kind: Literal["clip", "outline"]
    path: Annotated[str, msgspec.Meta(max_length=100)]
    size: Annotated[int, msgspec.Meta(ge=0, le=CLIP_BYTES)]
    sha256: _Hash
    wave: _Wave | msgspec.UnsetType = msgspec.UNSET


class _Entry(_Message):
    id: _Id
    name: _Text
    unit: _Text | None
    topic: _Text | None
    media: Annotated[list[_Media], msgspec.Meta(max_length=100)]


class _Judge(_Message):
    id: _Id
    name: _Text
    role: Literal["chair", "member", "secretary"]
    unit: _Text | None
    panel: _Text | None
    public_key: None
    card_check: None
    salt: None


class _Pack(_Message):
    format: str
    pack: _About
    contest: _Contest
    contest_key: None
    sealing_key: None
    definition_version: _Number
    round: dict[str, Any]
    rubric_hash: _Hash
    panel: _Id | None
    entries: Annotated[list[_Entry], msgspec.Meta(max_length=FILES_IN_A_PACK)]
    judges: Annotated[list[_Judge], msgspec.Meta(max_length=1000)]
    assignment: dict[str, dict[str, list[_Id]]]
    blind: bool = False


class _Stated(msgspec.Struct):
    """The keys that tell an older app that it cannot read the rest."""

    format: str = ""


def pack_bytes(pack: Pack) -> bytes:
    """Return the bytes of ``pack.json``."""
    return json_bytes(
        {
            "format": FORMAT,
            "pack": {
                "id": pack.id,
                "version": pack.version,
                "built_at": pack.built_at,
                "expires": pack.expires,
                "minimum_app": pack.minimum_app,
            },
            "contest": _contest_body(pack),
            "contest_key": None,
            "sealing_key": None,
            "definition_version": pack.definition_version,
            "round": round_body(pack.round),
            "rubric_hash": pack.rubric_hash,
            "panel": pack.panel,
            "entries": [_entry_body(entry) for entry in pack.entries],
            "judges": [_judge_body(judge) for judge in pack.judges],
            "assignment": {
                judge: {part: list(entries) for part, entries in parts.items()}
                for judge, parts in pack.assignment.items()
            },
            **({"blind": True} if pack.blind else {}),
        }
    )


def _contest_body(pack: Pack) -> dict[str, object]:
    """Return the contest; only a rehearsal says what it is, so that others stay as they were."""
    body: dict[str, object] = {"id": pack.contest, "name": pack.contest_name}
    return body | {"rehearsal": True} if pack.rehearsal else body


def _entry_body(entry: PackEntry) -> dict[str, object]:
    return {
        "id": entry.id,
        "name": entry.name,
        "unit": entry.unit,
        "topic": entry.topic,
        "media": [_media_body(media) for media in entry.media],
    }


def _media_body(media: PackMedia) -> dict[str, object]:
    body: dict[str, object] = {
        "part": media.part,
        "kind": media.kind,
        "path": media.path,
        "size": media.size,
        "sha256": media.sha256,
    }
    if media.peaks:
        body["wave"] = to_base64(bytes(media.peaks))
    return body


def _judge_body(judge: Judge) -> dict[str, object]:
    return {
        "id": judge.id,
        "name": judge.name,
        "role": judge.role,
        "unit": judge.unit,
        "panel": judge.panel,
        "public_key": None,
        "card_check": None,
        "salt": None,
    }


def read_pack(data: bytes, *, name: str) -> Pack:
    """Return the pack that ``data`` describes, at most 8 MiB of it.

    Args:
        data: the bytes of ``pack.json``.
        name: of the pack, as the person knows it, for the refusal.

    Raises:
        BadInput: ``packs.newer_program`` if this app is too old for it, ``packs.bad_content`` with
            what is wrong otherwise.
    """
    try:
        message = read_json(data, _Pack)
        if message.format != FORMAT:
            raise ValueError("format")
        return _pack(message)
    except ValueError as error:
        if _is_newer(data):
            raise BadInput("packs.newer_program", file=name) from error
        raise BadInput("packs.bad_content", file=name, place=str(error)[:200]) from error
    except BadInput as error:
        raise BadInput("packs.bad_content", file=name, place=f"round.{error.place}") from error


def _is_newer(data: bytes) -> bool:
    try:
        kind, _, version = read_json(data, _Stated).format.partition("/")
    except ValueError:
        return False
    return kind == "judge-pack" and version != "1"


def _pack(message: _Pack) -> Pack:
    item = read_round_body(message.round)
    pack = Pack(
        id=PackId(message.pack.id),
        version=message.pack.version,
        built_at=message.pack.built_at,
        expires=message.pack.expires,
        minimum_app=message.pack.minimum_app,
        contest=ContestId(message.contest.id),
        contest_name=message.contest.name,
        rehearsal=message.contest.rehearsal,
        definition_version=message.definition_version,
        round=item,
        rubric_hash=message.rubric_hash,
        panel=PanelId(message.panel) if message.panel else None,
        entries=tuple(_entry(entry) for entry in message.entries),
        judges=tuple(_judge(judge) for judge in message.judges),
        assignment={
            JudgeId(judge): {
                PartId(part): tuple(ContestantId(entry) for entry in entries)
                for part, entries in parts.items()
            }
            for judge, parts in message.assignment.items()
        },
        blind=message.blind,
    )
    _require_consistent(pack)
    return pack


def _entry(message: _Entry) -> PackEntry:
    media = tuple(_media(item) for item in message.media)
    return PackEntry(ContestantId(message.id), message.name, message.unit, message.topic, media)


def _media(message: _Media) -> PackMedia:
    peaks: tuple[int, ...] = ()
    if message.wave is not msgspec.UNSET:
        peaks = tuple(from_base64(message.wave))
        _require(max(peaks) <= _HIGHEST_PEAK and message.kind == "clip", "wave")
    return PackMedia(
        PartId(message.part), message.kind, message.path, message.size, message.sha256, peaks
    )


def _judge(message: _Judge) -> Judge:
    panel = PanelId(message.panel) if message.panel else None
    return Judge(JudgeId(message.id), message.name, message.role, message.unit, panel)


def _require_consistent(pack: Pack) -> None:
    parts = {part.id for part in pack.round.parts}
    entries = [entry.id for entry in pack.entries]
    judges = [judge.id for judge in pack.judges]
    paths = [media.path for media in pack.media]
    _require(pack.rubric_hash == rubric_hash(pack.round), "rubric_hash")
    _require(len(set(entries)) == len(entries), "entries")
    _require(len(set(judges)) == len(judges), "judges")
    _require(len(set(paths)) == len(paths), "media")
    for media in pack.media:
        folder = "docs" if media.kind == "outline" else "clips"
        known = is_media_name(media.path) and media.path.split("/")[1] == folder
        _require(known and media.part in parts, "media")
        _require(media.kind == "clip" or media.size <= DOCUMENT_BYTES, "media")
    _require(set(pack.assignment) <= set(judges), "assignment")
    for owed in pack.assignment.values():
        _require(set(owed) <= parts, "assignment")
        _require(all(set(listed) <= set(entries) for listed in owed.values()), "assignment")


def _require(condition: bool, what: str) -> None:
    if not condition:
        raise ValueError(what)
