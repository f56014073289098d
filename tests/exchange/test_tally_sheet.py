"""A tally sheet's file: what is refused whole and where, odd input, stretches, writing."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from judgeapp.domain.errors import BadInput
from judgeapp.domain.grid import Mark
from judgeapp.exchange import tally_sheet
from judgeapp.exchange.tally_sheet import read_tally_sheet, write_tally_sheet
from judgeapp.services.results_sheet import tally_file
from judgeapp.system.texts import load_texts
from tests.domain.tally_sheets import MARK_KEYS, body, part, sheets, table

Change = Callable[[dict[str, Any]], object]
Marks = list[tuple[Any, ...]]


def good() -> dict[str, Any]:
    """Return a sheet with everything that a sheet can have."""
    return body(
        [*table({"01": ["5", "6"], "02": ["5", "7"]}), *table({"01": ["1"], "02": ["2"]}, "q/c")],
        [
            part(judges=["J1", "J2"], min_judges=1, over="sheet", drop_low=0, drop_high=0),
            part("q", judges=["J1"], weight="0.5"),
        ],
        round_parts="0.01",
        round_total="0.1",
        cut=1,
        cut_ties="report",
        tie_breakers=["part:p", "criterion:q/c", "judge:J1", "judges_prefer"],
        excluded=[{"judge": "J2", "contestant": "02", "part": "q", "reason": "own unit"}],
        penalties=[{"contestant": "01", "part": "p", "points": "0.5", "reason": "late"}],
        decisions=[{"order": ["01", "02"], "by": "chair", "reason": "…"}],
    )


def file_of(folder: Path, content: object) -> Path:
    file = folder / "sheet.json"
    text = content if isinstance(content, str | bytes) else json.dumps(content)
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return file


def read(file: Path) -> tuple[Any, Marks]:
    sheet, marks = read_tally_sheet(file)
    return sheet, [tuple(getattr(mark, key) for key in MARK_KEYS) for mark in marks]


def marks_by_the_standard_library(file: Path) -> Marks:
    parsed = json.loads(file.read_text(encoding="utf-8-sig"))
    return [tuple(mark.get(key) for key in MARK_KEYS) for mark in parsed["marks"]]


def put(path: str, value: object) -> Change:
    """Return a change that puts a value at a place such as ``parts.0.weight``."""

    def change(sheet: dict[str, Any]) -> None:
        *way, last = path.split(".")
        at: Any = sheet
        for key in way:
            at = at[int(key)] if isinstance(at, list) else at[key]
        at[int(last) if isinstance(at, list) else last] = value

    return change


def leave_out(path: str) -> Change:
    def change(sheet: dict[str, Any]) -> None:
        *way, last = path.split(".")
        at: Any = sheet
        for key in way:
            at = at[int(key)] if isinstance(at, list) else at[key]
        del at[last]

    return change


def add(path: str, value: object) -> Change:
    def change(sheet: dict[str, Any]) -> None:
        at: Any = sheet
        for key in path.split("."):
            at = at[int(key)] if isinstance(at, list) else at[key]
        at.append(value)

    return change


NEEDED: list[str] = [
    "format", "parts", "rules", "contestants", "judges", "marks",
    "parts.0.id", "parts.0.weight", "parts.0.aggregate", "parts.0.aggregate.method",
    "parts.0.criteria", "parts.0.criteria.0.id", "parts.0.criteria.0.max",
    "parts.0.criteria.0.step", "contestants.0.id", "judges.0.id", "excluded.0.judge",
    "excluded.0.contestant", "penalties.0.contestant", "penalties.0.part", "penalties.0.points",
    "decisions.0.order", "decisions.0.by",
]  # fmt: skip
OPTIONAL = [
    "parts.0.judges", "parts.0.min_judges", "parts.0.aggregate.over", "parts.0.aggregate.drop_low",
    "parts.0.aggregate.drop_high", "excluded", "excluded.0.part", "excluded.0.reason",
    "penalties", "penalties.0.reason", "decisions", "decisions.0.reason",
    "contestants.0.withdrawn", "rules.cut", "rules.cut_ties", "rules.tie_breakers",
    "rules.round_parts", "rules.round_total",
]  # fmt: skip
NUMBERS = [
    "parts.0.weight", "parts.0.criteria.0.max", "parts.0.criteria.0.step", "penalties.0.points",
    "rules.round_parts", "rules.round_total",
]  # fmt: skip
WHOLE = ["parts.0.min_judges", "parts.0.aggregate.drop_low", "parts.0.aggregate.drop_high",
         "rules.cut"]  # fmt: skip
TEXTS = ["parts.0.id", "parts.0.criteria.0.id", "contestants.0.id", "contestants.0.name",
         "contestants.0.unit", "judges.0.id", "judges.0.role", "excluded.0.judge",
         "excluded.0.part", "excluded.0.reason", "penalties.0.reason", "decisions.0.by",
         "decisions.0.reason", "decisions.0.order.0", "rules.tie_breakers.0",
         "parts.0.judges.0"]  # fmt: skip
LISTS = ["parts", "contestants", "judges", "marks", "excluded", "penalties", "decisions",
         "parts.0.judges", "parts.0.criteria", "decisions.0.order",
         "rules.tie_breakers"]  # fmt: skip
OBJECTS = ["rules", "parts.0", "parts.0.aggregate", "parts.0.criteria.0", "contestants.0",
           "judges.0", "excluded.0", "penalties.0", "decisions.0", "marks.0",
           "marks.3"]  # fmt: skip

BAD_DECIMALS: tuple[Any, ...] = ("1,5", "1e0", "", " 1", "+1", ".5", "1.", "x", 1, 1.5, True)
BAD_WHOLE: tuple[Any, ...] = (-1, 1.0, 1.5, "1", True, [])
BAD_TEXTS: tuple[Any, ...] = (7, ["x"], False)
BAD_LISTS: tuple[Any, ...] = ({"0": {}}, "x", 1)
BAD_OBJECTS: tuple[Any, ...] = (["x"], "x", 1)
BAD_FLAGS: tuple[Any, ...] = ("true", 1, 0, [])

REFUSED: list[tuple[str, Change, str]] = [
    *[(f"without {key}", leave_out(key), "missing_key") for key in NEEDED],
    *[(f"null {key}", put(key, None), "missing_key") for key in NEEDED],
    *[(f"{key} is {bad!r}", put(key, bad), "not_decimal")
      for key in NUMBERS for bad in BAD_DECIMALS],
    *[(f"{key} is too long", put(key, "1." + "0" * 29), "number_too_long") for key in NUMBERS],
    *[(f"{key} is {bad!r}", put(key, bad), "not_above_zero")
      for key in NUMBERS if key not in ("parts.0.weight", "penalties.0.points")
      for bad in ("0", "-1", "0.00", "-0")],
    ("weight below 0", put("parts.0.weight", "-0.5"), "below_zero"),
    *[(f"{key} is {bad!r}", put(key, bad), "not_whole")
      for key in WHOLE for bad in BAD_WHOLE],
    *[(f"{key} is too long", put(key, 10**30), "number_too_long") for key in WHOLE],
    *[(f"{key} is no text", put(key, bad), "not_text")
      for key in TEXTS for bad in BAD_TEXTS],
    *[(f"{key} is no list", put(key, bad), "not_list")
      for key in LISTS for bad in BAD_LISTS],
    *[(f"{key} is no object", put(key, bad), "not_object")
      for key in OBJECTS for bad in BAD_OBJECTS],
    *[(f"null {key}", put(key, None), "not_object") for key in OBJECTS if key[-1].isdigit()],
    *[(f"withdrawn is {bad!r}", put("contestants.0.withdrawn", bad), "not_flag")
      for bad in BAD_FLAGS],
    ("another format", put("format", "tally-sheet/2"), "format"),
    ("format is no text", put("format", 1), "format"),
    ("unknown method", put("parts.0.aggregate.method", "average"), "unknown_word"),
    ("unknown over", put("parts.0.aggregate.over", "marks"), "unknown_word"),
    ("unknown cut_ties", put("rules.cut_ties", "lots"), "unknown_word"),
    ("method of another kind", put("parts.0.aggregate.method", ["mean"]), "unknown_word"),
    ("no parts", put("parts", []), "no_parts"),
    ("no criteria", put("parts.0.criteria", []), "no_criteria"),
    ("a slash in a part's id", put("parts.0.id", "p/1"), "part_id"),
    ("a part twice", put("parts.1.id", "p"), "repeated_id"),
    ("a criterion twice", add("parts.0.criteria", {"id": "c", "max": "1", "step": "1"}),
     "repeated_id"),
    ("a contestant twice", add("contestants", {"id": "01"}), "repeated_id"),
    ("a judge twice", add("judges", {"id": "J1"}), "repeated_id"),
    ("a judge twice in a part", put("parts.0.judges", ["J1", "J2", "J1"]), "repeated_id"),
    ("an order that names somebody twice", put("decisions.0.order", ["01", "01"]), "repeated_id"),
    *[(f"{key} is unknown", put(key, "?"), "unknown_name")
      for key in ("parts.0.judges.0", "excluded.0.judge", "excluded.0.contestant",
                  "excluded.0.part", "penalties.0.contestant", "penalties.0.part",
                  "decisions.0.order.1")],
    *[(f"tie-breaker {bad}", put("rules.tie_breakers", ["part:p", bad]), "tie_breaker")
      for bad in ("part:?", "judge:?", "criterion:p/?", "criterion:?/c", "criterion:c", "lots",
                  "decision", "", "Part:p", "judges_prefer:J1", "part", "p")],
    ("rank_sum in one part only", put("parts.1.aggregate.method", "rank_sum"), "rank_sum_mixed"),
    ("a mark's number is too long", put("marks.0.points", "1" * 31), "number_too_long"),
    ("a long number below 0", put("marks.0.points", "-" + "1" * 30), "number_too_long"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("change", "code"),
    [pytest.param(change, code, id=name) for name, change, code in REFUSED],
)
def test_refused_whole(change: Change, code: str, tmp_path: Path) -> None:
    sheet = good()
    change(sheet)
    with pytest.raises(BadInput) as refusal:
        tally_file(file=file_of(tmp_path, sheet))
    assert refusal.value.code == f"results.sheet_{code}"
    assert refusal.value.file == "sheet.json"
    assert refusal.value.place
    for language in ("vi", "en"):
        assert "sheet.json" in load_texts(language).error(refusal.value)


def test_rank_sum_over_criteria_is_refused(tmp_path: Path) -> None:
    sheet = body(table({"A": ["1"]}), [part(method="rank_sum", over="criterion")])
    with pytest.raises(BadInput, match=r"results\.sheet_rank_sum_over"):
        tally_file(file=file_of(tmp_path, sheet))


@pytest.mark.parametrize("change", [leave_out, lambda path: put(path, None)])
@pytest.mark.parametrize("path", OPTIONAL)
def test_what_may_be_left_out(path: str, change: Callable[[str], Change], tmp_path: Path) -> None:
    sheet = good()
    change(path)(sheet)
    assert len(tally_file(file=file_of(tmp_path, sheet)).ranking) == 2


def test_what_is_left_out_has_its_default(tmp_path: Path) -> None:
    sheet = body(table({"A": ["1", "2"]}))
    sheet["contestants"] = [{"id": "A"}]
    sheet["parts"][0]["aggregate"] = {"method": "mean"}
    read_sheet, _ = read(file_of(tmp_path, sheet))
    (only,) = read_sheet.parts
    assert only.judges == ("J1", "J2")
    assert only.min_judges == 1
    assert (only.aggregate.over, only.aggregate.drop_low, only.aggregate.drop_high) == (
        "sheet",
        0,
        0,
    )
    assert (read_sheet.rules.cut, read_sheet.rules.cut_ties) == (None, "report")
    assert read_sheet.excluded == read_sheet.penalties == read_sheet.decisions == ()
    assert read_sheet.contestants[0].withdrawn is False


def test_other_keys_are_passed_over(tmp_path: Path) -> None:
    sheet = good()
    plain = tally_file(file=file_of(tmp_path, sheet)).ranking
    sheet["comment"] = {"deep": [{"marks": []}]}
    for place in (sheet["parts"][0], sheet["rules"], sheet["contestants"][0], sheet["marks"][0]):
        place["note"] = [1, {"judge": "J9"}, 1e400]
    text = json.dumps(sheet).replace("Infinity", "1e400")
    assert tally_file(file=file_of(tmp_path, text)).ranking == plain


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "{", "[]x", '{"format": "tally-sheet/1",}', "{'format': 1}", "\ufeff\ufeff{}",
        '{"format": NaN}', '{"format": 01}', '{"format": "\\ud800"}', '{"x": "\\udc00\\ud800"}',
        '{"format": "\x01"}', '{"format": Infinity}', "nul", '{"a": 1 "b": 2}', "// {}",
    ],
)  # fmt: skip
def test_not_json(text: str, tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=r"results\.sheet_not_json"):
        read(file_of(tmp_path, text))


@pytest.mark.parametrize(
    "content",
    [
        b'{"format": "\xff"}', b'{"ignored": "\xff"}', '{"format": "é"}'.encode("latin-1"),
        '{"format": "x"}'.encode("utf-16"), b'{"marks": [{"x": "\xed\xa0\x80"}]}',
        b'{"x": ' + b"[" * 100_000 + b"]" * 100_000 + b"}",
    ],
)  # fmt: skip
def test_not_utf8_or_too_deep(content: bytes, tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=r"results\.sheet_not_json"):
        read(file_of(tmp_path, content))


@pytest.mark.parametrize("text", ["[]", "null", '"x"', "1", "[1e400]"])
def test_no_object(text: str, tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=r"results\.sheet_not_object"):
        read(file_of(tmp_path, text))


def test_where_it_is_not_json(tmp_path: Path) -> None:
    with pytest.raises(BadInput) as refusal:
        read(file_of(tmp_path, '{\n "format": tally\n}'))
    assert refusal.value.place == "2:12"


def test_a_byte_order_mark_is_no_harm(tmp_path: Path) -> None:
    content = b"\xef\xbb\xbf" + json.dumps(good()).encode()
    file = file_of(tmp_path, content)
    assert read(file)[1] == marks_by_the_standard_library(file)


def test_letters_cut_between_two_pieces(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sheet = good()
    sheet["contestants"][0]["name"] = "Nguyễn Thị Ỷ" * 50
    monkeypatch.setattr(tally_sheet, "_PIECE_BYTES", 7)
    file = file_of(tmp_path, json.dumps(sheet, ensure_ascii=False))
    assert read(file)[0].contestants[0].name == "Nguyễn Thị Ỷ" * 50


def test_files_that_are_not_there_or_not_files(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=r"results\.no_such_sheet"):
        read(tmp_path / "nowhere.json")
    with pytest.raises(BadInput, match=r"results\.sheet_unreadable"):
        read(tmp_path)


def test_a_file_that_is_too_large(tmp_path: Path) -> None:
    file = tmp_path / "sheet.json"
    with file.open("wb") as out:
        os.truncate(out.fileno(), tally_sheet.MAX_SHEET_BYTES + 1)  # takes no room on the disk
    with pytest.raises(BadInput, match=r"results\.sheet_too_large"):
        read(file)


# --- the marks, a stretch at a time ---------------------------------------------------------------

TRAPS = ["},{", "}, {", "} ,\n{", '"},{"', "\\", '\\"', "]", "[{", "}", "Ỷ", "\u2028", "\ud7ff"]


def json_value() -> st.SearchStrategy[Any]:
    texts = st.lists(st.sampled_from(TRAPS), max_size=3).map("".join)
    plain = st.one_of(texts, st.none(), st.booleans(), st.integers(), st.sampled_from([1e400, 1.5]))
    return st.recursive(
        plain,
        lambda inner: st.one_of(
            st.lists(inner, max_size=3), st.dictionaries(texts, inner, max_size=3)
        ),
        max_leaves=6,
    )


def raw_marks() -> st.SearchStrategy[list[dict[str, Any]]]:
    keys = st.sampled_from([*MARK_KEYS, "note", "},{"])
    return st.lists(st.dictionaries(keys, json_value(), max_size=6), max_size=12)


@given(raw_marks(), st.integers(1, 60), st.sampled_from([None, 1]), st.booleans())
@example([{"points": 1e400}] * 3, 1, 1, False)
@example([], 1, 1, True)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=300)
def test_stretches_of_any_length_give_the_same_marks(
    tmp_path: Path,
    marks: list[dict[str, Any]],
    size: int,
    indent: int | None,
    ascii_only: bool,
) -> None:
    sheet = {**body([]), "marks": marks}
    text = json.dumps(sheet, indent=indent, ensure_ascii=ascii_only)
    text = text.replace("Infinity", "1e400")
    file = file_of(tmp_path, text)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tally_sheet, "STRETCH_BYTES", size)
        got = read(file)[1]
    assert got == [tuple(mark.get(key) for key in MARK_KEYS) for mark in marks]


def test_a_whole_number_beyond_the_limit_of_python_is_a_number_and_no_mark(tmp_path: Path) -> None:
    marks = [{"judge": "J1", "contestant": "A", "points": 5}, {"judge": "J2"}]
    text = json.dumps({**body([]), "marks": marks}).replace("5", "5" * 5000)
    (_, _, _, _, points), (judge, *_) = read(file_of(tmp_path, text))[1]
    assert (points, judge) == (float("inf"), "J2")


@pytest.mark.parametrize("bad", [1, "x", None, [], [{}], True])
@pytest.mark.parametrize("at", [0, 1, 5])
def test_a_mark_that_is_no_object_is_refused_with_its_number(
    at: int, bad: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    marks: list[Any] = [{"judge": "J", "note": "},{"} for _ in range(5)]
    marks.insert(at, bad)
    monkeypatch.setattr(tally_sheet, "STRETCH_BYTES", 4)
    with pytest.raises(BadInput) as refusal:
        read(file_of(tmp_path, {**body([]), "marks": marks}))
    assert refusal.value.code == "results.sheet_not_object"
    assert refusal.value.place == f"marks[{at}]"
    assert refusal.value.file == "sheet.json"


def test_what_only_the_standard_library_reads_is_still_read(tmp_path: Path) -> None:
    """A huge number at a key that nobody asks for keeps the quick decoder from the whole file."""
    text = json.dumps(good()).replace('"contestants": [{', '"contestants": [{"note": 1e999, ', 1)
    file = file_of(tmp_path, text)
    assert read(file)[1] == marks_by_the_standard_library(file)
    for bad, code in ((None, "missing_key"), ({}, "not_list"), ([1], "not_object")):
        sheet = json.loads(text, parse_float=lambda _: 0)
        sheet["marks"] = bad
        broken = json.dumps(sheet).replace('"note": 0', '"note": 1e999')
        with pytest.raises(BadInput, match=rf"results\.sheet_{code}"):
            read(file_of(tmp_path, broken))


# --- writing --------------------------------------------------------------------------------------


@given(sheets(faults=False))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50)
def test_what_is_written_is_read_again(tmp_path: Path, sheet: dict[str, Any]) -> None:
    first = file_of(tmp_path, sheet)
    before, marks = read(first)
    second = tmp_path / "written.json"
    write_tally_sheet(second, before, [Mark(*mark) for mark in marks])
    after, marks_after = read(second)
    assert after == before
    assert marks_after == marks
    assert tally_file(file=second).ranking == tally_file(file=first).ranking
    content = second.read_bytes()
    write_tally_sheet(second, after, [Mark(*mark) for mark in marks_after])
    assert second.read_bytes() == content


def test_everything_that_a_sheet_can_have_is_written(tmp_path: Path) -> None:
    sheet, marks = read(file_of(tmp_path, good()))
    out = tmp_path / "written.json"
    write_tally_sheet(out, sheet, [Mark(*mark) for mark in marks])
    assert read(out) == (sheet, marks)
    assert json.loads(out.read_text(encoding="utf-8"))["rules"]["round_parts"] == "0.01"
