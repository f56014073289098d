"""The calls of people: answers as promised in cli.md, exit codes, words for people."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from judgeapp.cli.main import run
from judgeapp.domain.doubts import ASKED
from judgeapp.services.context import Context
from judgeapp.services.people import list_people
from tests.arch.catalogue import texts
from tests.formats.sheet_kit import xlsx

DATA = Path(__file__).parent.parent / "data" / "sheets"
ROW_KEYS = {
    "sheet", "row", "number", "code", "name", "birth", "gender", "unit", "unit_code", "position",
    "topic", "score", "phone", "email", "note", "hidden",
}  # fmt: skip
DOUBT_KEYS = {
    "code", "sheet", "row", "other_rows", "field", "before", "after", "needs_answer", "message",
}  # fmt: skip

Answer = tuple[int, dict[str, Any], str]
Said = tuple[int, str, str]


@pytest.fixture
def call(contest: Context, capsys: pytest.CaptureFixture[str]) -> Callable[..., Answer]:
    """Run ``people NAME CONTEST …  --json``; return exit code, answer and standard error."""

    def people(name: str, *arguments: str) -> Answer:
        code = run(["people", name, str(contest.folder), *arguments, "--json"])
        said = capsys.readouterr()
        return code, json.loads(said.out), said.err

    return people


@pytest.fixture
def say(contest: Context, capsys: pytest.CaptureFixture[str]) -> Callable[..., Said]:
    """Run ``people NAME CONTEST …`` for a person; return exit code and what was said."""

    def people(name: str, *arguments: str) -> tuple[int, str, str]:
        code = run(["people", name, str(contest.folder), *arguments])
        said = capsys.readouterr()
        return code, said.out, said.err

    return people


def case(name: str) -> str:
    return str(DATA / name)


def test_import_answers_as_promised(call: Callable[..., Answer]) -> None:
    code, answer, err = call("import", case("s01_office_form.xlsx"))
    assert (code, err) == (0, "")
    assert answer["written"] == 6
    assert (answer["encoding"], answer["delimiter"]) == (None, None)
    assert answer["header_rows"] == [7, 8]
    assert answer["columns"]["birth"] == "C+D"
    (sheet,) = answer["sheets"]
    assert sheet.keys() >= {"name", "rows", "hidden", "used", "header_rows", "columns"}
    assert (sheet["name"], sheet["rows"], sheet["used"]) == ("DS thí sinh", 19, True)
    assert all(row.keys() >= ROW_KEYS for row in answer["rows"])
    assert answer["rows"][0]["id"] == "01"
    assert [row["row"] for row in answer["skipped"]] == [9, 10, 15, 18, 20, 21, 24]
    assert answer["doubts"] == []


def test_a_dry_run_writes_nothing_and_ends_well(
    call: Callable[..., Answer], contest: Context
) -> None:
    code, answer, err = call("import", case("s04_namesakes.xlsx"), "--dry-run")
    assert (code, err, answer["written"]) == (0, "", 0)
    assert all(item.keys() >= DOUBT_KEYS for item in answer["doubts"])
    assert any(item["needs_answer"] for item in answer["doubts"])
    assert list_people(contest) == ()


def test_what_waits_for_an_answer_is_refused_with_the_whole_list(
    call: Callable[..., Answer],
) -> None:
    code, answer, err = call("import", case("s04_namesakes.xlsx"))
    assert code == 1
    assert answer["error"]["code"] == "people.needs_answers"
    assert err.strip() == answer["error"]["message"]
    assert (len(answer["rows"]), answer["written"]) == (8, 0)
    code, answer, _ = call("import", case("s04_namesakes.xlsx"), "--accept")
    assert (code, answer["written"]) == (0, 6)


def test_hidden_rows_need_their_own_answer(call: Callable[..., Answer]) -> None:
    code, answer, _ = call("import", case("s06_hidden.xlsx"), "--accept")
    assert (code, answer["error"]["code"]) == (1, "people.hidden_undecided")
    code, answer, _ = call("import", case("s06_hidden.xlsx"), "--hidden", "take")
    assert (code, answer["written"]) == (0, 4)
    assert [row["hidden"] for row in answer["rows"]] == [False, True, False, True]


def test_columns_can_be_named(call: Callable[..., Answer], tmp_path: Path) -> None:
    path = case("s07_formula_without_value.xlsx")
    code, answer, _ = call("import", path, "--accept")
    assert (code, answer["error"]["code"]) == (1, "people.nothing_usable")
    code, answer, _ = call("import", path, "--map", "name=B+C", "unit=", "--map", "number=")
    assert (code, answer["written"]) == (0, 2)
    assert answer["columns"]["name"] == "B+C"
    code, answer, _ = call("import", path, "--map", "name:B")
    assert (code, answer["error"]["code"]) == (1, "people.map_without_equals")


def test_the_same_list_again_is_no_failure(call: Callable[..., Answer]) -> None:
    call("import", case("s09_old_excel.xls"))
    code, answer, _ = call("import", case("s09_old_excel.xls"))
    assert (code, answer["written"]) == (0, 0)


@pytest.mark.parametrize(
    ("name", "code"),
    [("s18_password.xlsx", "sheet.password"), ("không có.xlsx", "sheet.not_there")],
)
def test_files_that_cannot_be_read(call: Callable[..., Answer], name: str, code: str) -> None:
    rc, answer, err = call("import", case(name))
    assert (rc, answer["error"]["code"], len(err.splitlines())) == (1, code, 1)
    assert name in err


def test_units(call: Callable[..., Answer], tmp_path: Path) -> None:
    path = tmp_path / "don-vi.xlsx"
    path.write_bytes(xlsx([["STT", "Tên đơn vị", "Số đảng viên"], [1, "Đảng bộ xã A", 85]]))
    code, answer, _ = call("units", str(path), "--dry-run")
    assert (code, answer["written"]) == (0, 0)
    code, answer, _ = call("units", str(path))
    assert (code, answer["written"]) == (0, 1)
    (row,) = answer["rows"]
    assert (row["name"], row["kind"], row["members"]) == ("Đảng bộ xã A", "party_committee", 85)


def test_undo_withdraw_reinstate_substitute_list(call: Callable[..., Answer]) -> None:
    call("import", case("s09_old_excel.xls"))
    reason = ("--reason", "ốm")
    assert call("withdraw", "01", *reason)[1]["contestant"]["withdrawn"] is True
    assert call("reinstate", "01", *reason)[1]["contestant"]["withdrawn"] is False
    code, answer, _ = call("substitute", "02", "--name", "Chu Thị Thay", *reason)
    assert (code, answer["contestant"]["name"]) == (0, "Chu Thị Thay")
    _, answer, _ = call("list")
    assert [(line["id"], line["name"]) for line in answer["contestants"]] == [
        ("01", "Chu Thị Ngát"), ("02", "Chu Thị Thay"),
    ]  # fmt: skip
    assert answer["contestants"][0]["unit"] == "Đảng bộ Công ty Mỏ"
    code, answer, _ = call("undo")
    assert (code, answer["error"]["code"]) == (1, "people.undo_in_use")
    assert call("withdraw", "99", *reason)[1]["error"]["place"] == "99"


def test_undo(call: Callable[..., Answer]) -> None:
    call("import", case("s09_old_excel.xls"))
    code, answer, _ = call("undo")
    assert code == 0
    assert answer == {
        "import": 1, "what": "contestants", "file": "s09_old_excel.xls", "removed": 2,
        "restored": 0,
    }  # fmt: skip
    assert call("undo")[1]["error"]["code"] == "people.nothing_to_undo"


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("name", sorted(path.name for path in DATA.glob("*.*s*")))
def test_each_case_can_be_told_in_both_languages(
    say: Callable[..., Said], name: str, language: str
) -> None:
    if name == "expected.json":
        return
    code, out, err = say("import", case(name), "--dry-run", "--lang", language)
    assert not re.search(r"(people|sheet)\.[a-z]", out + err)
    assert "None" not in out + err
    assert bool(out) == (code == 0)
    assert bool(err) == (code == 1)


def test_what_a_person_reads(say: Callable[..., Said]) -> None:
    code, out, err = say("import", case("s04_namesakes.xlsx"))
    assert code == 1
    assert "Cần bạn quyết định (3):" in out
    assert "Dòng 5: Cùng người với dòng 6 (Lường Văn Hòa)" in out
    assert "--accept" in err
    assert "xem dòng" not in out
    code, out, _ = say("import", case("s02_birth_forms.xlsx"), "--accept")
    assert "Dòng 10: Ngày 30/2/1988 không có thật." in out
    assert "12/05/1979" in out
    assert "Đã ghi 16 thí sinh mới" in out


def test_many_doubts_of_a_kind_are_counted_not_all_listed(
    say: Callable[..., Said], tmp_path: Path
) -> None:
    rows = [["Họ và tên", "Đơn vị", "SĐT"]]
    rows += [[f"Lò Văn {chr(65 + i)}a", "CB 1", f"9123456{i:02d}"] for i in range(20)]
    path = tmp_path / "ds.xlsx"
    path.write_bytes(xlsx(rows))
    _, out, _ = say("import", str(path))
    assert out.count("mất số 0") == 12
    assert "và 8 dòng nữa" in out


def test_each_doubt_has_its_sentence() -> None:
    for language in ("vi", "en"):
        known = {key.removeprefix("people.doubt.") for key in texts(language)}
        assert known >= ASKED


def test_one_contestant_is_shown_edited_and_numbers_are_drawn(
    call: Callable[..., Answer], say: Callable[..., Said]
) -> None:
    call("import", case("s01_office_form.xlsx"))
    code, answer, _ = call("edit", "01", "--set", "birth=12/03/1980", "--reason", "Báo lại")
    assert (code, answer["contestant"]["birth"]) == (0, "1980-03-12")
    code, answer, _ = call("edit", "01", "--set", "birth", "--reason", "Báo lại")
    assert (code, answer["error"]["code"]) == (1, "people.set_without_equals")
    code, answer, _ = call("draw", "--seed", "7")
    assert (code, answer["seed"], len(answer["numbers"])) == (0, 7, 6)
    number = answer["numbers"]["01"]
    code, answer, _ = call("show", number)
    assert [item["what"] for item in answer["history"]] == ["drawn", "edited"]
    code, out, err = say("show", number)
    assert (code, err) == (0, "")
    assert "sửa thông tin" in out
    assert "bốc thăm" in out


def test_single_doubts_are_answered(call: Callable[..., Answer], tmp_path: Path) -> None:
    path = tmp_path / "ds.xlsx"
    heads = ["STT", "Họ và tên", "Ngày sinh", "Đơn vị"]
    rows = [[1, "Lò Thị Én", "31/02/1988", "Chi bộ A"], [2, "Ma Văn Thử", "1979", "Chi bộ A"],
            [3, "Lý Văn Mai", "30/02/1980", "Chi bộ A"]]  # fmt: skip
    path.write_bytes(xlsx([heads, *rows]))
    code, answer, _ = call("import", str(path), "--answer", "2:birth=28/02/1988")
    assert (code, answer["error"]["code"]) == (1, "people.needs_answers")
    for wrong, refusal in (("birth=x", "people.bad_answer"), ("3=skip", "people.no_such_doubt")):
        code, answer, _ = call("import", str(path), "--answer", wrong)
        assert (code, answer["error"]["code"]) == (1, refusal)
    code, answer, _ = call("import", str(path), "--answer", "2:birth=28/02/1988",
                           "--answer", "4=skip")  # fmt: skip
    assert (code, answer["written"]) == (0, 2)
    assert answer["rows"][0]["birth"] == "1988-02-28"
    assert [item["answer"] for item in answer["doubts"] if item["answer"]] == ["value", "skip"]
