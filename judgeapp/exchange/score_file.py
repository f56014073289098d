"""The score file: all marks of one judge in one round, in one small file, complete every time.

Form: one JSON object of five keys. ``header`` is base64 of the exact header bytes, ``header_hash``
their SHA-256 (the receipt is its beginning), ``signature`` the judge's signature over them, null
while a contest gives out no cards: an unsigned file is called so. ``body`` is base64 of the
deflated list of events; the header holds its hash, deflated and plain. There is one accepted
spelling, and any file that is not in it is damaged or altered.
Not checked here: whether contest, judge and rubrics are ours (`domain.collecting`).

Source: exchange.md, Score file.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import Annotated, Literal

import msgspec

from judgeapp.domain.collecting import Ancestor, Claims, ScoreHeader
from judgeapp.domain.errors import BadInput
from judgeapp.domain.ids import (
    ContestantId,
    ContestId,
    CriterionId,
    JudgeId,
    PackId,
    PartId,
    RoundId,
)
from judgeapp.domain.marks import MarkEvent, typed_mark
from judgeapp.domain.numbers import plain
from judgeapp.exchange.limits import (
    SCORE_FILE_BYTES,
    SCORE_FILE_INFLATED_BYTES,
    OverTheCap,
    inflate,
)
from judgeapp.exchange.spelling import (
    builtins_of,
    from_base64,
    json_bytes,
    read_spelled,
    sha256,
    to_base64,
)

FORMAT = "score-file/1"
ENDING = ".score"
_CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_OTHER_PROGRAMS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")

_SHORTEST = re.compile(r"0|-?(?:[1-9][0-9]*|0(?=\.))(?:\.[0-9]*[1-9])?", re.ASCII)

_Id = Annotated[str, msgspec.Meta(min_length=1, max_length=100)]
_Hash = Annotated[str, msgspec.Meta(pattern=r"\A[0-9a-f]{64}\Z")]
_Device = Annotated[str, msgspec.Meta(pattern=r"\A[0-9A-HJKMNP-TV-Z]{8}\Z")]
_Time = Annotated[str, msgspec.Meta(min_length=1, max_length=40)]
_Comment = Annotated[str, msgspec.Meta(min_length=1, max_length=4000)]
_Count = Annotated[int, msgspec.Meta(ge=0, le=2**53)]
_Number = Annotated[int, msgspec.Meta(ge=1, le=1_000_000)]


class _Message(msgspec.Struct, forbid_unknown_fields=True):
    """A JSON object with exactly these keys."""


class _File(_Message):
    format: Literal["score-file/1"]
    header: str
    header_hash: _Hash
    signature: None
    body: str


class _Ancestor(_Message):
    device: _Device
    number: _Number
    header_hash: _Hash


class _Header(_Message):
    """``key`` and ``sealing`` name the keys of a signed and sealed file; both are null for now."""

    contest: _Id
    pack: _Id
    round: _Id
    rubric_hash: _Hash
    judge: _Id
    device: _Device
    number: _Number
    previous: _Hash | None
    counter: _Count
    events: _Count
    scored: _Count
    of: _Count
    final: bool
    took_over: Annotated[list[_Ancestor], msgspec.Meta(max_length=64)]
    at: _Time
    plain_hash: _Hash
    body_hash: _Hash
    key: None
    sealing: None


class _Event(_Message):
    entry: _Id
    part: _Id
    criterion: _Id
    points: Annotated[str, msgspec.Meta(max_length=30)] | None
    comment: _Comment | None
    counter: _Count
    device: _Device
    at: _Time
    replaces: Annotated[list[_Hash], msgspec.Meta(max_length=64)]


class _Body(_Message):
    events: list[_Event]
    salt: Annotated[str, msgspec.Meta(pattern=r"\A[0-9a-f]{32}\Z")]


@dataclass(frozen=True)
class ScoreFile:
    """A score file that is whole and unaltered, as far as an unsigned one can show it.

    Attributes:
        events: in the order of (counter, device, hash).
        signed: by the judge's key.
    """

    header: ScoreHeader
    events: tuple[MarkEvent, ...]
    signed: bool


def receipt(header_hash: str) -> str:
    """Return the receipt code: the first 60 bits of the header's hash as 3 groups of 4 characters.

    >>> receipt("f" * 64)
    'ZZZZ-ZZZZ-ZZZZ'
    """
    bits = int(header_hash[:15], 16)
    text = "".join(_CROCKFORD[bits >> shift & 31] for shift in range(55, -1, -5))
    return f"{text[:4]}-{text[4:8]}-{text[8:]}"


def file_name(judge: JudgeId, device: str, number: int) -> str:
    """Return the name under which a desk writes its files; what it holds decides, not the name."""
    return f"{judge}-{device}-{number:04}{ENDING}"


def write_score_file(
    claims: Claims, events: Iterable[MarkEvent], *, salt: str
) -> tuple[bytes, ScoreHeader]:
    """Return the bytes of a score file, and its header.

    Args:
        claims: what the desk says.
        events: all events of the judge in the round, in any order.
        salt: 32 random hexadecimal digits: nobody can guess marks from a hash.

    Raises:
        BadInput: ``packs.score_too_large``, if it would be over the caps.
    """
    ordered = sorted(events, key=_place)
    body = json_bytes({"events": [_event_body(event) for event in ordered], "salt": salt})
    deflated = zlib.compress(body, 9)
    header = _Header(
        contest=claims.contest,
        pack=claims.pack,
        round=claims.round,
        rubric_hash=claims.rubric_hash,
        judge=claims.judge,
        device=claims.device,
        number=claims.number,
        previous=claims.previous,
        counter=ordered[-1].counter if ordered else 0,
        events=len(ordered),
        scored=claims.scored,
        of=claims.of,
        final=claims.final,
        took_over=[_Ancestor(a.device, a.number, a.header_hash) for a in sorted(claims.took_over)],
        at=claims.at,
        plain_hash=sha256(body),
        body_hash=sha256(deflated),
        key=None,
        sealing=None,
    )
    header_bytes = json_bytes(builtins_of(header))
    data = json_bytes(
        {
            "format": FORMAT,
            "header": to_base64(header_bytes),
            "header_hash": sha256(header_bytes),
            "signature": None,
            "body": to_base64(deflated),
        }
    ) + b"\n"  # fmt: skip
    if len(data) > SCORE_FILE_BYTES or len(body) > SCORE_FILE_INFLATED_BYTES:
        raise BadInput("packs.score_too_large", limit=SCORE_FILE_BYTES >> 20)
    return data, _header_of(header, sha256(header_bytes))


def read_score_file(data: bytes, *, name: str) -> ScoreFile:
    """Return what a score file holds, every hash checked.

    Args:
        data: the file's bytes, at most one more than the cap.
        name: as the person knows the file, for the refusal.

    Raises:
        BadInput: ``packs.score_…`` with the reason: too large, empty, cut off, saved again by
            another program, of a newer version of this app, not a score file, or altered.
    """
    _refuse_at_sight(data, name)
    try:
        return _read(data)
    except (ValueError, OverTheCap) as error:
        raise _why_damaged(data, name) from error


def _refuse_at_sight(data: bytes, name: str) -> None:
    if len(data) > SCORE_FILE_BYTES:
        raise BadInput("packs.score_too_large", file=name, limit=SCORE_FILE_BYTES >> 20)
    if not data:
        raise BadInput("packs.score_empty", file=name)
    if data.startswith(_OTHER_PROGRAMS) or b"\r" in data:
        raise BadInput("packs.score_saved_again", file=name)
    if not data.startswith(b"{"):
        raise BadInput("packs.score_not_one", file=name)
    if not data.endswith(b"}\n"):
        raise BadInput("packs.score_cut_off", file=name)


def _why_damaged(data: bytes, name: str) -> BadInput:
    """Return the refusal of a file that is not whole: newer than this app, or altered."""

    class Newer(msgspec.Struct):
        format: str = ""
        signature: object = None

    try:
        stated = msgspec.json.decode(data, type=Newer)
    except (ValueError, RecursionError):
        return BadInput("packs.score_altered", file=name)
    kind, _, version = stated.format.partition("/")
    if kind == "score-file" and (version != "1" or stated.signature is not None):
        return BadInput("packs.score_newer_program", file=name)
    return BadInput("packs.score_altered", file=name)


def _read(data: bytes) -> ScoreFile:
    file = read_spelled(data[:-1], _File)
    header_bytes = from_base64(file.header)
    _require(sha256(header_bytes) == file.header_hash)
    header = read_spelled(header_bytes, _Header)
    deflated = from_base64(file.body)
    _require(sha256(deflated) == header.body_hash)
    body_bytes = inflate(deflated, SCORE_FILE_INFLATED_BYTES)
    _require(sha256(body_bytes) == header.plain_hash)
    events = tuple(_event(header, item) for item in read_spelled(body_bytes, _Body).events)
    _require_consistent(header, events)
    return ScoreFile(_header_of(header, file.header_hash), events, signed=False)


def _require(condition: bool) -> None:
    if not condition:
        raise ValueError("the parts of the file do not agree")


def _require_consistent(header: _Header, events: tuple[MarkEvent, ...]) -> None:
    """Refuse what no desk writes: it would be a second spelling of the same statement."""
    places = [_place(event) for event in events]
    _require(all(one < two for one, two in pairwise(places)))
    _require(header.events == len(events))
    _require(header.counter == (events[-1].counter if events else 0))
    _require((header.number == 1) == (header.previous is None))
    _require(header.scored <= header.of)
    devices = [item.device for item in header.took_over]
    _require(devices == sorted(set(devices)) and header.device not in devices)


def _place(event: MarkEvent) -> tuple[int, str, str]:
    return event.counter, event.device, event.hash


def _event(header: _Header, item: _Event) -> MarkEvent:
    points = None
    if item.points is not None:
        _require(_SHORTEST.fullmatch(item.points) is not None)
        points = Decimal(item.points)
    _require(item.replaces == sorted(set(item.replaces)))
    return typed_mark(
        ContestId(header.contest),
        RoundId(header.round),
        header.rubric_hash,
        (
            JudgeId(header.judge),
            ContestantId(item.entry),
            PartId(item.part),
            CriterionId(item.criterion),
        ),
        points=points,
        comment=item.comment,
        counter=item.counter,
        device=item.device,
        at=item.at,
        replaces=item.replaces,
    )


def _event_body(event: MarkEvent) -> dict[str, object]:
    return {
        "entry": event.contestant,
        "part": event.part,
        "criterion": event.criterion,
        "points": None if event.points is None else plain(event.points),
        "comment": event.comment,
        "counter": event.counter,
        "device": event.device,
        "at": event.at,
        "replaces": list(event.replaces),
    }


def _header_of(header: _Header, digest: str) -> ScoreHeader:
    return ScoreHeader(
        contest=ContestId(header.contest),
        pack=PackId(header.pack),
        round=RoundId(header.round),
        rubric_hash=header.rubric_hash,
        judge=JudgeId(header.judge),
        device=header.device,
        number=header.number,
        previous=header.previous,
        counter=header.counter,
        events=header.events,
        scored=header.scored,
        of=header.of,
        final=header.final,
        took_over=tuple(Ancestor(a.device, a.number, a.header_hash) for a in header.took_over),
        at=header.at,
        plain_hash=header.plain_hash,
        body_hash=header.body_hash,
        hash=digest,
    )
