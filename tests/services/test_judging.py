from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from judgeapp.domain.errors import BadRows
from judgeapp.domain.facts import Fact
from judgeapp.domain.ids import ContestantId, JudgeId, PanelId, PartId
from judgeapp.domain.people import Conflict, Judge
from judgeapp.services.context import Context, Machine
from judgeapp.services.judging import DECLARED, find_number, set_facts, set_panel
from tests.judging_kit import ROUND, TALK, make_contest
from tests.refused import refused


@pytest.fixture
def app(machine: Machine, tmp_path: Path) -> Context:
    return make_contest(machine, tmp_path / "contest", contestants=("01", "07", "12"), judges=())


def file(tmp_path: Path, text: str, *, encoding: str = "utf-8") -> Path:
    path = tmp_path / "bảng.csv"
    path.write_bytes(text.encode(encoding))
    return path


def panel(app: Context) -> tuple[list[Judge], list[Conflict]]:
    with app.read() as u:
        return u.judging.judges(), u.judging.conflicts()


ENGLISH = (
    "id,name,role,unit,panel,conflicts\n"
    "J01,Quàng Văn Mẫu,chair,Đảng bộ Xã Thử,,\n"
    "J02,Lò Thị Ví,,,,01; 12\n"
    "S1,Vì Văn Dụ,secretary,,,\n"
)
VIETNAMESE = (
    "BAN GIÁM KHẢO HỘI THI;;;;;\n"
    "Mã;Họ và tên;Vai trò;Đơn vị;Ban;Không được chấm\n"
    "J01;Quàng Văn Mẫu;Trưởng ban;Đảng bộ Xã Thử;;\n"
    "J02;Lò Thị Ví;Thành viên;;;1 12\n"
    "S1;Vì Văn Dụ;Thư ký;;;\n"
)


@pytest.mark.parametrize(
    ("text", "encoding"),
    [(ENGLISH, "utf-8"), (VIETNAMESE, "utf-8-sig"), (VIETNAMESE.replace(";", "\t"), "utf-16")],
)
def test_a_panel_as_people_write_it(app: Context, tmp_path: Path, text: str, encoding: str) -> None:
    found = set_panel(app, file=file(tmp_path, text, encoding=encoding)).value
    assert (found.judges, found.conflicts, found.removed) == (3, 2, ())
    assert found.added == ("J01", "J02", "S1")
    judges, conflicts = panel(app)
    assert judges == [
        Judge(JudgeId("J01"), "Quàng Văn Mẫu", "chair", "Đảng bộ Xã Thử"),
        Judge(JudgeId("J02"), "Lò Thị Ví", "member"),
        Judge(JudgeId("S1"), "Vì Văn Dụ", "secretary"),
    ]
    assert conflicts == [
        Conflict(JudgeId("J02"), ContestantId(number), DECLARED) for number in ("01", "12")
    ]


def test_the_table_is_the_whole_panel(app: Context, tmp_path: Path) -> None:
    set_panel(app, file=file(tmp_path, ENGLISH))
    text = "id,name,panel\nJ02,Lò Thị Ví,Chuyên gia\nJ03,Mùa Thị Mới,Chuyên gia\n"
    found = set_panel(app, file=file(tmp_path, text)).value
    assert (found.added, found.removed) == (("J03",), ("J01", "S1"))
    judges, conflicts = panel(app)
    assert {judge.panel for judge in judges} == {PanelId("Chuyên gia")}
    assert conflicts == []


def test_a_judge_with_score_files_stays(app: Context, tmp_path: Path) -> None:
    set_panel(app, file=file(tmp_path, ENGLISH))
    with app.write() as u:
        u.packs.add_score_file(
            sha256="a", name="x", stored_name="x", verdict="new", counts=True, judge=JudgeId("J01")
        )
        u.log("test.file")
        u.commit()
    before = panel(app)
    with refused("judging.judge_has_marks") as caught:
        set_panel(app, file=file(tmp_path, "id,name\nJ02,Lò Thị Ví\n"))
    assert caught.value.place == "J01"
    assert panel(app) == before


def test_each_wrong_row_is_named_and_nothing_is_changed(app: Context, tmp_path: Path) -> None:
    set_panel(app, file=file(tmp_path, ENGLISH))
    before = panel(app)
    text = (
        "id,name,role,conflicts\n"
        "J1,A,chair,\nj1,B,,\nGiám khảo,C,,\nJ2,,,\nJ3,D,king,\nJ4,E,,99\nJ5,F,,x7\n"
    )
    with pytest.raises(BadRows) as caught:
        set_panel(app, file=file(tmp_path, text))
    assert caught.value.params["count"] == 6
    assert [(row.place, row.code) for row in caught.value.rows] == [
        ("3", "judging.judge_twice"),
        ("4", "judging.bad_judge_id"),
        ("5", "judging.judge_without_name"),
        ("6", "judging.unknown_role"),
        ("7", "judging.unknown_contestant"),
        ("8", "judging.unknown_contestant"),
    ]
    assert panel(app) == before


def test_a_contestant_named_twice_is_one_conflict(app: Context, tmp_path: Path) -> None:
    set_panel(app, file=file(tmp_path, "id,name,conflicts\nGK1,Vi Thị Tư,1 01\n"))
    assert [conflict.contestant for conflict in panel(app)[1]] == ["01"]


def test_an_empty_panel(app: Context, tmp_path: Path) -> None:
    with refused("judging.empty_panel"):
        set_panel(app, file=file(tmp_path, "id,name\n"))


def test_a_dropped_zero_means_one_contestant_or_nobody() -> None:
    numbers = [ContestantId(n) for n in ("01", "07", "7", "A1")]
    assert find_number("07", numbers) == "07"
    assert find_number("7", numbers) == "7"
    assert find_number("1", numbers) == "01"
    assert find_number("001", numbers) == "01"
    assert find_number("007", numbers) is None
    assert find_number("A1", numbers) == "A1"
    assert find_number("0", numbers) is None
    assert find_number("", numbers) is None


# --- facts


def facts(app: Context) -> list[Fact]:
    with app.read() as u:
        return u.judging.facts(ROUND)


def fact(number: str, what: str, value: str, reason: str = "") -> Fact:
    return Fact(ROUND, TALK, ContestantId(number), what, value, reason)  # type: ignore[arg-type]  # kinds


@pytest.mark.parametrize(
    "text",
    [
        "contestant,part,seconds,late days,points,reason\n"
        "01,talk,612,,,\n07,talk,,2,0.5,Nộp sai mẫu\n12,talk,605,,-1,Thưởng\n",
        "Số báo danh;Phần thi;Giây;Số ngày trễ;Điểm;Lý do\n"
        "1;Phần talk;10:12;;;\n7;TALK;;02;0,5;Nộp sai mẫu\n12;Phần  Talk;0605;;−1;Thưởng\n",
    ],
)
def test_facts_as_people_write_them(app: Context, tmp_path: Path, text: str) -> None:
    found = set_facts(app, file=file(tmp_path, text)).value
    assert (found.stored, found.unchanged) == (5, 0)
    assert facts(app) == [
        fact("01", "seconds", "612"),
        fact("07", "late_days", "2", "Nộp sai mẫu"),
        fact("07", "points", "0.5", "Nộp sai mẫu"),
        fact("12", "points", "-1", "Thưởng"),
        fact("12", "seconds", "605", "Thưởng"),
    ]
    again = set_facts(app, file=file(tmp_path, text)).value
    assert (again.stored, again.unchanged) == (0, 5)


def test_facts_are_corrected_and_taken_back(app: Context, tmp_path: Path) -> None:
    head = "contestant,part,seconds,points,reason\n"
    set_facts(app, file=file(tmp_path, head + "01,talk,612,1,Sai\n"))
    set_facts(app, file=file(tmp_path, head + "01,talk,618,,\n07,talk,-,,\n"))
    assert facts(app) == [fact("01", "points", "1", "Sai"), fact("01", "seconds", "618")]
    assert set_facts(app, file=file(tmp_path, head + "01,talk,–,-,\n")).value.stored == 2
    assert facts(app) == []
    set_facts(app, file=file(tmp_path, head + "01,talk,612,,\n"))
    assert facts(app) == [fact("01", "seconds", "612")]


def test_each_wrong_fact_is_named_and_nothing_is_stored(app: Context, tmp_path: Path) -> None:
    text = (
        "contestant,part,seconds,late days,points,reason\n"
        "01,talk,612,,,\n01,talk,613,,,\n99,talk,1,,,\n01,other,1,,,\n"
        "07,talk,10:60,,,\n07,talk,6 12,,,\n07,talk,,1.5,,\n07,talk,,,8.125,x\n07,talk,,,1,\n"
    )
    with pytest.raises(BadRows) as caught:
        set_facts(app, file=file(tmp_path, text))
    assert [(row.place, row.code.removeprefix("judging.")) for row in caught.value.rows] == [
        ("3", "fact_twice"),
        ("4", "unknown_contestant"),
        ("5", "unknown_part"),
        ("6", "bad_seconds"),
        ("7", "bad_seconds"),
        ("8", "bad_late_days"),
        ("9", "bad_points"),
        ("10", "points_without_reason"),
    ]
    assert facts(app) == []


def test_no_facts_for_a_closed_round(app: Context, tmp_path: Path) -> None:
    with app.write() as u:
        u.judging.add_stage(ROUND, "closed", reason="")
        u.log("test.closed")
        u.commit()
    text = "contestant,part,seconds\n01,talk,612\n"
    with refused("judging.round_closed"):
        set_facts(app, file=file(tmp_path, text), round_id=ROUND)
    with refused("contest.unknown_round"):
        set_facts(app, file=file(tmp_path, text), round_id="none")


def test_a_part_is_found_by_its_name_in_either_language(app: Context) -> None:
    from judgeapp.services.judging import find_part
    from tests.judging_kit import one_round, part

    item = one_round(replace(part("talk", one_round().parts[0].criteria), en="The talk"))
    for typed in ("talk", "PHẦN TALK", "the  Talk"):
        assert find_part(item, typed) == PartId("talk")
    assert find_part(item, "phan talk") is None
