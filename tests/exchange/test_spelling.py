from __future__ import annotations

import base64
import zlib
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from judgeapp.exchange.limits import OverTheCap, inflate, read_capped
from judgeapp.exchange.spelling import from_base64, json_bytes, read_json, read_spelled, to_base64


class Thing(msgspec.Struct, forbid_unknown_fields=True):
    a: int
    b: str


@given(st.binary(max_size=200))
def test_base64_has_one_spelling(data: bytes) -> None:
    assert to_base64(data) == base64.b64encode(data).decode()
    assert from_base64(to_base64(data)) == data


@pytest.mark.parametrize("text", ["YQ", "YR==", "YQ==\n", "Y Q==", "YQ-=", "YQ==YQ==", "é", "="])
def test_other_base64_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        from_base64(text)


def test_json_has_one_spelling() -> None:
    data = json_bytes({"b": "Đề", "a": 1})
    assert data == '{"a":1,"b":"Đề"}'.encode()
    assert read_spelled(data, Thing) == Thing(1, "Đề")


@pytest.mark.parametrize(
    "data",
    [
        b'{"a":1,"b":"x"} ',
        b'{"b":"x","a":1}',
        b'{"a":1,"a":1,"b":"x"}',
        b'{"a":1,"b":"\\u0078"}',
        b'{"a":1,"b":"x","c":1}',
        b'{"a":1}',
        b'{"a":1.0,"b":"x"}',
        b'{"a":true,"b":"x"}',
        b'{"a":1,"b":"\\ud800"}',
        b'{"a":1,"b":"\\ud800\\u0041"}',
        b'{"a":1,"b":"\xff"}',
        b'\xef\xbb\xbf{"a":1,"b":"x"}',
        b'{"a":NaN,"b":"x"}',
        b"",
        b"[" * 100_000,
    ],
)
def test_other_json_is_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match=r"."):
        read_spelled(data, Thing)


def test_json_of_others_may_be_spelled_freely_within_the_caps() -> None:
    assert read_json(b' { "b" : "\\u0078", "a" : 1 } ', Thing) == Thing(1, "x")
    deep = b'{"a":' + b"[" * 32 + b"]" * 32 + b"}"
    with pytest.raises(ValueError, match="too deep"):
        read_json(deep, Thing)
    assert read_json(b'["[[[[", "\\"]"]', list[str]) == ["[[[[", '"]']
    long = json_bytes({"a": 1, "b": "x" * 65_537})
    with pytest.raises(ValueError, match="too long"):
        read_json(long, Thing)
    assert read_json(json_bytes({"a": 1, "b": "x" * 65_536}), Thing).a == 1


def test_inflating_stops_at_the_cap() -> None:
    plain = b"\0" * 1000
    assert inflate(zlib.compress(plain), 1000) == plain
    with pytest.raises(OverTheCap):
        inflate(zlib.compress(plain + b"\0"), 1000)
    with pytest.raises(OverTheCap):
        inflate(zlib.compress(b"\0" * (64 << 20)), 1000)


@pytest.mark.parametrize("data", [b"", b"xx", zlib.compress(b"a")[:-1], zlib.compress(b"a") + b"b"])
def test_inflating_takes_one_whole_stream(data: bytes) -> None:
    with pytest.raises(ValueError, match=r"."):
        inflate(data, 1000)


def test_reading_stops_at_the_cap(tmp_path: Path) -> None:
    file = tmp_path / "x"
    file.write_bytes(b"12345")
    assert read_capped(file, 5) == b"12345"
    with pytest.raises(OverTheCap):
        read_capped(file, 4)
