from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from judgeapp.domain.ids import PanelId
from judgeapp.services.context import Context
from judgeapp.services.definition import read_definition
from judgeapp.services.judging import set_panel
from judgeapp.services.people import import_contestants
from judgeapp.services.roster import OWN_UNIT, excluded_pairs, judges_of

PEOPLE = """\
Số TT;Họ và tên;Đơn vị
01;Lò Thị Én;Chi bộ Kho bạc
02;Vũ Văn Ổn;Chi bộ Thuế
"""
PANEL = """\
id;name;role;unit;conflicts
GK1;Trần Văn Thử;chair;CHI BỘ KHO BẠC;
GK2;Hà Thị Mẫu;member;Chi bộ Hải quan;02
TK1;Cầm Văn Dụ;secretary;Chi bộ Kho bạc;
"""


def test_judges_do_not_mark_their_own_unit_and_secretaries_may_count_there(
    contest: Context, tmp_path: Path
) -> None:
    people, panel = tmp_path / "people.csv", tmp_path / "panel.csv"
    people.write_text(PEOPLE, encoding="utf-8")
    panel.write_text(PANEL, encoding="utf-8")
    import_contestants(contest, file=people, accept=True)
    set_panel(contest, file=panel)
    with contest.read() as u:
        contestants = u.people.contestants()
        pairs = [
            (pair.judge, pair.contestant, pair.reason) for pair in excluded_pairs(u, contestants)
        ]
    assert pairs == [("GK1", "01", OWN_UNIT), ("GK2", "02", "declared")]


def test_parts_are_marked_by_judges_and_objective_ones_by_secretaries(
    contest: Context, tmp_path: Path
) -> None:

    panel = tmp_path / "panel.csv"
    panel.write_text(
        "id;name;role;panel\nA;Trần Văn Thử;chair;experts\nB;Hà Thị Mẫu;member;youth\n"
        "C;Cầm Văn Dụ;secretary;\n",
        encoding="utf-8",
    )
    set_panel(contest, file=panel)
    with contest.read() as u:
        part = read_definition(u).rounds[0].parts[0]
        assert [judge.id for judge in judges_of(u, part)] == ["A", "B"]
        youth = replace(part, panel=PanelId("youth"))
        assert [judge.id for judge in judges_of(u, youth)] == ["B"]
        counted = replace(part, objective=True)
        assert [judge.id for judge in judges_of(u, counted)] == ["C"]
