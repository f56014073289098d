"""The panel judge by judge, whom each never marks, and whether every entry is seen enough."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from judgeapp.cli.main import run
from judgeapp.services.context import Context, Kind
from judgeapp.services.panel import panel_overview, remove_judge, save_judge
from judgeapp.services.people import import_contestants
from tests.refused import refused
from tests.services.sheets import Sheets


@pytest.fixture
def app(contest: Context, tmp_path: Path) -> Context:
    heads = ["STT", "Họ và tên", "Ngày sinh", "Đơn vị"]
    rows = [heads, *([str(n), f"Lò Văn {x}", f"19{70 + n}", f"Chi bộ {u}"]
                    for n, x, u in ((1, "Một", "A"), (2, "Hai", "B"), (3, "Ba", "B")))]  # fmt: skip
    import_contestants(contest, file=Sheets(tmp_path).write(rows), accept=True)
    return contest


def judges(app: Context, count: int) -> None:
    for n in range(1, count + 1):
        save_judge(app, judge=f"GK{n}", name=f"Vi Thị {n}", new=True)


def test_a_judge_is_added_changed_and_taken_out(app: Context) -> None:
    outcome = save_judge(
        app, judge="GK1", name=" Vi  Thị Tư ", unit="chi bộ b", conflicts="1; 01", new=True
    )
    assert outcome.changed == {Kind.PANEL, Kind.RESULTS}
    (line,) = panel_overview(app).lines
    assert (line.judge.name, line.judge.role) == ("Vi Thị Tư", "member")
    assert (line.declared, line.own_unit, line.in_use) == (("01",), ("02", "03"), False)
    save_judge(app, judge="GK1", name="Vi Thị Tư", role="chair", panel="A")
    (line,) = panel_overview(app).lines
    assert (line.judge.role, line.judge.panel, line.declared) == ("chair", "A", ())
    remove_judge(app, judge="GK1")
    assert panel_overview(app).lines == ()


def test_others_stay_as_they_are(app: Context) -> None:
    save_judge(app, judge="GK1", name="Vi Thị Tư", conflicts="02", new=True)
    save_judge(app, judge="GK2", name="Hà Văn Năm", conflicts="03", new=True)
    save_judge(app, judge="GK2", name="Hà Văn Năm", conflicts="01")
    assert [line.declared for line in panel_overview(app).lines] == [("02",), ("01",)]


@pytest.mark.parametrize(
    ("wish", "code"),
    [
        ({"judge": "GK 9"}, "panel.bad_id"),
        ({"name": " "}, "panel.name_missing"),
        ({"role": "boss"}, "panel.unknown_role"),
        ({"judge": "gk1"}, "panel.there_already"),
        ({"conflicts": "01,99"}, "panel.unknown_contestant"),
    ],
)
def test_what_makes_no_sense_is_refused(app: Context, wish: dict[str, str], code: str) -> None:
    judges(app, 1)
    before = panel_overview(app)
    with refused(code):
        save_judge(app, **{"judge": "GK2", "name": "Hà Văn Năm", **wish}, new=True)
    assert panel_overview(app) == before
    with refused("panel.unknown_judge"):
        remove_judge(app, judge="GK9")


def test_it_is_said_where_judges_lack(app: Context) -> None:
    judges(app, 3)
    seen = panel_overview(app).seen
    assert [(item.part_id, item.seen, item.least, item.short) for item in seen] == [
        ("outline", "3", 3, ()), ("presentation", "3", 3, ()),
    ]  # fmt: skip
    save_judge(app, judge="GK3", name="Vi Thị 3", conflicts="02")
    seen = panel_overview(app).seen
    assert [(item.seen, item.short) for item in seen] == [("2–3", ("02",))] * 2


def test_the_calls(app: Context, capsys: pytest.CaptureFixture[str]) -> None:
    folder = str(app.folder)
    assert run(["panel", "put", folder, "GK1", "--name", "Vi Thị Tư", "--conflicts", "02"]) == 0
    capsys.readouterr()
    assert run(["panel", "show", folder, "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["judges"][0]["conflicts"] == ["02"]
    assert answer["seen_by"][0]["short"] == ["01", "02", "03"]
    assert run(["panel", "show", folder]) == 0
    assert "3 bài chưa đủ 3 giám khảo (01, 02, 03)" in capsys.readouterr().out
    assert run(["panel", "remove", folder, "GK1"]) == 0
    assert "GK1" in capsys.readouterr().out
