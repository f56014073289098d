from __future__ import annotations

import base64
import hashlib
import json
import zlib
from dataclasses import asdict, replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from judgeapp.domain.collecting import Ancestor, Claims
from judgeapp.domain.errors import BadInput
from judgeapp.domain.ids import ContestId, JudgeId, PackId, RoundId
from judgeapp.domain.marks import MarkEvent
from judgeapp.exchange import score_file
from judgeapp.exchange.score_file import (
    file_name,
    read_score_file,
    receipt,
    write_score_file,
)
from tests.domain.test_marks import RUBRIC, key, mark
from tests.refused import refused

CLAIMS = Claims(
    contest=ContestId("c"),
    pack=PackId("p"),
    round=RoundId("r"),
    rubric_hash=RUBRIC,
    judge=JudgeId("J07"),
    device="0AB4CDEF",
    number=1,
    previous=None,
    scored=1,
    of=2,
    final=False,
    took_over=(),
    at="2026-11-25T08:00:00+00:00",
)
DEVICE, OTHER = "0AB4CDEF", "ZZZZ4567"
SALT = "0123456789abcdef" * 2


def three_marks() -> list[MarkEvent]:
    first = mark("8.5", 1, device=DEVICE, comment="Rõ ràng, có “ngoặc” và 😀")
    second = mark(None, 2, device=DEVICE, replaces=(first,))
    third = mark("10", 3, device=DEVICE, where=key("02", "c2"))
    return [first, second, third]


def written(claims: Claims = CLAIMS, events: list[MarkEvent] | None = None) -> bytes:
    chosen = three_marks() if events is None else events
    return write_score_file(claims, chosen, salt=SALT)[0]


def test_what_is_written_is_read_back() -> None:
    claims = replace(
        CLAIMS, number=3, previous="a" * 64, took_over=(Ancestor(OTHER, 2, "b" * 64),), final=True
    )
    data, header = write_score_file(claims, reversed(three_marks()), salt=SALT)
    found = read_score_file(data, name="x")
    assert found.header == header
    assert found.events == tuple(three_marks())
    assert found.signed is False
    assert (header.counter, header.events) == (3, 3)
    for name, value in asdict(claims).items():
        assert asdict(header)[name] == value


def test_a_file_without_marks() -> None:
    data, header = write_score_file(CLAIMS, [], salt=SALT)
    assert (header.counter, header.events) == (0, 0)
    assert read_score_file(data, name="x").events == ()


def test_a_stranger_can_check_it_with_the_standard_library() -> None:
    outer = json.loads(written())
    assert set(outer) == {"format", "header", "header_hash", "signature", "body"}
    assert (outer["format"], outer["signature"]) == ("score-file/1", None)
    header_bytes = base64.b64decode(outer["header"])
    assert hashlib.sha256(header_bytes).hexdigest() == outer["header_hash"]
    header = json.loads(header_bytes)
    deflated = base64.b64decode(outer["body"])
    assert hashlib.sha256(deflated).hexdigest() == header["body_hash"]
    body = zlib.decompress(deflated)
    assert hashlib.sha256(body).hexdigest() == header["plain_hash"]
    events = json.loads(body)["events"]
    assert [event["points"] for event in events] == ["8.5", None, "10"]
    assert (header["key"], header["sealing"]) == (None, None)


def test_a_receipt_is_the_first_60_bits() -> None:
    digest = read_score_file(written(), name="x").header.hash
    code = receipt(digest)
    assert len(code) == 14
    assert [code[4], code[9]] == ["-", "-"]
    number = 0
    for char in code.replace("-", ""):
        number = number * 32 + "0123456789ABCDEFGHJKMNPQRSTVWXYZ".index(char)
    assert number == int(digest, 16) >> (256 - 60)


def test_a_file_name() -> None:
    assert file_name(JudgeId("J07"), DEVICE, 3) == "J07-0AB4CDEF-0003.score"


def test_every_bit_flip_is_refused() -> None:
    data = written()
    for position in range(len(data)):
        for bit in range(8):
            flipped = bytearray(data)
            flipped[position] ^= 1 << bit
            with pytest.raises(BadInput):
                read_score_file(bytes(flipped), name="x")


def test_every_truncation_is_refused() -> None:
    data = written()
    for length in range(len(data)):
        with pytest.raises(BadInput):
            read_score_file(data[:length], name="x")


@settings(max_examples=300)
@given(st.binary(max_size=40), st.integers(0, 900), st.integers(0, 40))
def test_every_replacement_is_refused(piece: bytes, at: int, removed: int) -> None:
    data = written()
    changed = data[:at] + piece + data[at + removed :]
    if changed != data:
        with pytest.raises(BadInput):
            read_score_file(changed, name="x")


@settings(max_examples=300)
@given(st.binary(max_size=200))
def test_anything_else_is_refused(data: bytes) -> None:
    with pytest.raises(BadInput):
        read_score_file(b"{" + data + b"}\n", name="x")


# --- each has its own sentence ---------------------------------------------------------------


def test_saved_again_in_notepad() -> None:
    case = Path(__file__).parents[1] / "data" / "exchange" / "x03_J07-0003.score"
    good = written()
    again = [
        case.read_bytes(),
        b"\xef\xbb\xbf" + good,
        good.replace(b"\n", b"\r\n"),
        good.decode().encode("utf-16"),
    ]
    for data in again:
        with refused("packs.score_saved_again"):
            read_score_file(data, name="x")


def test_cut_off_empty_too_large_and_something_else() -> None:
    good = written()
    with refused("packs.score_cut_off"):
        read_score_file(good[:-1], name="x")
    with refused("packs.score_empty"):
        read_score_file(b"", name="x")
    with refused("packs.score_not_one"):
        read_score_file(b"PK\x03\x04", name="x")
    with refused("packs.score_too_large"):
        read_score_file(b"{" + b" " * (4 << 20), name="x")


@pytest.mark.parametrize(
    "change",
    [{"format": "score-file/2"}, {"format": "score-file/2", "new": [1]}, {"signature": "AAAA"}],
)
def test_of_a_newer_program(change: dict[str, Any]) -> None:
    data = json.dumps(json.loads(written()) | change).encode() + b"\n"
    with refused("packs.score_newer_program"):
        read_score_file(data, name="x")


@pytest.mark.parametrize(
    "data",
    [
        b"{}\n",
        b'{"format":"other/1"}\n',
        b'{"format":5}\n',
        b'{"x":' + b"[" * 100_000 + b"}\n",
        b'{"x":' + b"[" * 100_000 + b"]" * 100_000 + b"}\n",
    ],
)
def test_altered(data: bytes) -> None:
    with refused("packs.score_altered"):
        read_score_file(data, name="x")


# --- what no desk writes, with every hash made to fit -----------------------------------------


def forged(
    header_change: dict[str, Any] | None = None,
    event_change: dict[str, Any] | None = None,
    *,
    body_change: dict[str, Any] | None = None,
    swap: bool = False,
    deflated: bytes | None = None,
) -> bytes:
    outer = json.loads(written())
    header = json.loads(base64.b64decode(outer["header"]))
    body = json.loads(zlib.decompress(base64.b64decode(outer["body"])))
    body["events"][0] |= event_change or {}
    if swap:
        body["events"][:2] = reversed(body["events"][:2])
    body |= body_change or {}

    def spelled(value: object) -> bytes:
        return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()

    plain = spelled(body)
    packed = zlib.compress(plain, 9) if deflated is None else deflated
    header["plain_hash"] = hashlib.sha256(plain).hexdigest()
    header["body_hash"] = hashlib.sha256(packed).hexdigest()
    header |= header_change or {}
    header_bytes = spelled(header)
    outer["header"] = base64.b64encode(header_bytes).decode()
    outer["header_hash"] = hashlib.sha256(header_bytes).hexdigest()
    outer["body"] = base64.b64encode(packed).decode()
    return spelled(outer) + b"\n"


def test_the_forger_can_write_a_good_file() -> None:
    assert forged() == written()


ANCESTOR = {"device": OTHER, "number": 1, "header_hash": "a" * 64}


@pytest.mark.parametrize(
    "data",
    [
        forged({"events": 4}),
        forged({"counter": 4}),
        forged({"number": 2}),
        forged({"previous": "a" * 64}),
        forged({"number": 0}),
        forged({"number": 1_000_001}),
        forged({"number": "1"}),
        forged({"scored": 3}),
        forged({"scored": -1}),
        forged({"device": "short"}),
        forged({"device": "ILOU0000"}),
        forged({"device": "0AB4CDEF\n"}),
        forged({"rubric_hash": "A" * 64}),
        forged({"judge": ""}),
        forged({"judge": "x" * 101}),
        forged({"final": 1}),
        forged({"more": 1}),
        forged({"key": "AAAA"}),
        forged({"took_over": [ANCESTOR, ANCESTOR]}),
        forged({"took_over": [ANCESTOR | {"device": DEVICE}]}),
        forged({"plain_hash": "a" * 64}),
        forged({"body_hash": "a" * 64}),
        forged(None, {"points": "8.50"}),
        forged(None, {"points": "-0"}),
        forged(None, {"points": "8,5"}),
        forged(None, {"points": "1e1"}),
        forged(None, {"points": 8}),
        forged(None, {"points": "9" * 31}),
        forged(None, {"comment": ""}),
        forged(None, {"comment": "x" * 4001}),
        forged(None, {"counter": 2**53 + 1}),
        forged(None, {"replaces": ["b" * 64, "a" * 64]}),
        forged(None, {"replaces": ["a" * 64, "a" * 64]}),
        forged(None, {"replaces": ["a"]}),
        forged(None, {"more": 1}),
        forged(body_change={"salt": "x"}),
        forged(body_change={"more": 1}),
        forged(swap=True),
        forged(deflated=zlib.compress(b"\0" * (17 << 20))),
        forged(deflated=b"not zlib"),
    ],
)
def test_what_no_desk_writes_is_refused(data: bytes) -> None:
    with refused("packs.score_altered"):
        read_score_file(data, name="x")


def test_an_event_twice_is_refused() -> None:
    body = json.loads(zlib.decompress(base64.b64decode(json.loads(written())["body"])))
    twice = [body["events"][0], *body["events"]]
    with refused("packs.score_altered"):
        read_score_file(forged({"events": 4}, body_change={"events": twice}), name="x")


def test_a_bomb_is_not_unfolded() -> None:
    """17 MiB of zeros inflate from 17 kB; reading stops at the cap."""
    bomb = zlib.compress(b"\0" * (200 << 20), 9)
    with refused("packs.score_altered"):
        read_score_file(forged(deflated=bomb), name="x")


def test_a_desk_never_writes_more_than_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(score_file, "SCORE_FILE_BYTES", 100)
    with refused("packs.score_too_large"):
        written()


def test_ten_thousand_marks_fit() -> None:
    events = [
        mark("8.25", n, device=DEVICE, where=key(f"{n // 10:03}", f"c{n % 10}"), comment="Tốt")
        for n in range(1, 10_001)
    ]
    data = written(events=events)
    assert len(data) < 1 << 20
    found = read_score_file(data, name="x")
    assert len(found.events) == 10_000
    assert found.events[0].points == Decimal("8.25")
