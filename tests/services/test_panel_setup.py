"""How a round is judged: panels with weights, shared entries, codes, own orders, in packs too."""

from __future__ import annotations

import json
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from judgeapp.cli.main import run
from judgeapp.domain.ids import ContestantId, JudgeId, PanelId, RoundId
from judgeapp.domain.people import Judge
from judgeapp.services.collecting import collect_file
from judgeapp.services.context import Context, Machine
from judgeapp.services.desk_view import desk_view
from judgeapp.services.marking import TypedMark, enter_marks
from judgeapp.services.pack_list import list_packs
from judgeapp.services.packs import build_packs
from judgeapp.services.panel_setup import (
    panel_setup,
    set_part_panels,
    set_viewing,
    share_entries,
)
from judgeapp.services.results import explain_total, tally_round
from judgeapp.services.score_files import export_score_file
from tests.judging_kit import C1, TALK, attach, build_pack, desk, make_contest, one_round
from tests.refused import refused

NUMBERS = [f"{n:02}" for n in range(1, 9)]


@pytest.fixture
def app(machine: Machine, tmp_path: Path) -> Context:
    return make_contest(
        machine, tmp_path / "contest", contestants=NUMBERS, judges=("J1", "J2", "J3", "J4"),
        conflicts=[("J1", "03")],
    )  # fmt: skip


def two_panels(app: Context) -> None:
    with app.write() as u:
        u.judging.set_panel(
            [
                Judge(JudgeId("J1"), "Một", "chair", None, PanelId("Ban A")),
                Judge(JudgeId("J2"), "Hai", "member", None, PanelId("Ban A")),
                Judge(JudgeId("J3"), "Ba", "member", None, PanelId("Ban B")),
            ],
            [],
        )
        u.log("test.panels")
        u.commit()


def mark_all(
    machine: Machine, app: Context, pack: Path, judge: str, points: str, out: Path
) -> None:
    place = desk(machine, pack, judge, folder=out / f"desk-{judge}")
    marks = [TypedMark(key[1], key[2], C1, points, None) for key in place.pack.owed_by(place.judge)]
    enter_marks(place, marks=marks)
    file = export_score_file(place, target=out / f"{judge}.score").value.file
    place.store.close()
    assert collect_file(app, file=file).value.counts


# --- panels with weights


def test_two_panels_mark_a_part_by_weight(machine: Machine, app: Context, tmp_path: Path) -> None:
    two_panels(app)
    set_part_panels(app, part="talk", panels={"Ban A": "70", "Ban B": "30"})
    built = build_packs(app, out=tmp_path / "packs").value
    assert [pack.panel for pack in built] == ["Ban A", "Ban B"]
    assert [pack.judges for pack in built] == [("J1", "J2"), ("J3",)]
    for judge, points, pack in (("J1", "8", 0), ("J2", "9", 0), ("J3", "5", 1)):
        mark_all(machine, app, built[pack].folder, judge, points, tmp_path)
    (group,) = tally_round(app).groups
    assert {row.total for row in group.result.ranking} == {Fraction("7.45")}
    tree = explain_total(app, contestant="01").explanation.total
    assert tree.terms[0].label == "part_by_panels"


def test_a_part_goes_back_to_one_panel_or_to_everybody(app: Context) -> None:
    two_panels(app)
    first = set_part_panels(app, part="talk", panels={"Ban A": "1", "Ban B": "2"}).value
    part = panel_setup(app).held.parts[0]
    assert [(one.panel, one.weight) for one in part.shares] == [
        ("Ban A", Decimal(1)), ("Ban B", Decimal(2)),
    ]  # fmt: skip
    again = set_part_panels(app, part="talk", panels={"Ban A": "1", "Ban B": "2"})
    assert (again.value, again.changed) == (first, frozenset())
    set_part_panels(app, part="talk", panels={"Ban B": "1"})
    assert [one.panel for one in panel_setup(app).panels] == ["Ban B"]
    set_part_panels(app, part="talk", panels={})
    assert [one.panel for one in panel_setup(app).panels] == [None]


@pytest.mark.parametrize(
    ("part", "panels", "code"),
    [
        ("sing", {}, "judging.no_such_part"),
        ("talk", {"Ban C": "1"}, "panel.no_such_panel"),
        ("talk", {"Ban A": "0", "Ban B": "1"}, "rules.bad_amount_above_zero"),
        ("talk", {"Ban A": "x", "Ban B": "1"}, "rules.bad_amount_above_zero"),
    ],
)
def test_what_makes_no_sense_is_refused(
    app: Context, part: str, panels: dict[str, str], code: str
) -> None:
    two_panels(app)
    with refused(code):
        set_part_panels(app, part=part, panels=panels)


# --- shared out


def test_entries_are_shared_out_evenly(machine: Machine, app: Context, tmp_path: Path) -> None:
    looked = share_entries(app, per_entry=2, seed=7, look=True).value
    assert panel_setup(app).per_entry is None
    done = share_entries(app, per_entry=2, seed=7).value
    assert done == looked
    (panel,) = panel_setup(app).panels
    assert panel.given == done.panels[0].given
    assert sorted(panel.design.loads.values()) == [4, 4, 4, 4]
    assert "J1" not in panel.given[ContestantId("03")]
    pack = build_pack(app, tmp_path / "packs")
    one = desk(machine, pack, "J2")
    owed = {key[1] for key in one.pack.owed_by(one.judge)}
    assert owed == {number for number, sitting in panel.given.items() if "J2" in sitting}


def test_who_was_not_given_an_entry_owes_nothing(
    machine: Machine, app: Context, tmp_path: Path
) -> None:
    share_entries(app, per_entry=2, seed=7)
    pack = build_pack(app, tmp_path / "packs")
    for judge in ("J1", "J2", "J3", "J4"):
        mark_all(machine, app, pack, judge, "8", tmp_path)
    (group,) = tally_round(app).groups
    assert group.result.problems == ()
    assert {row.total for row in group.result.ranking} == {8}
    with refused("panel.marks_came"):
        share_entries(app, per_entry=None)


def test_all_judges_again(app: Context) -> None:
    share_entries(app, per_entry=2, seed=7)
    assert share_entries(app, per_entry=None).value.panels[0].design.loads[JudgeId("J2")] == 8
    assert panel_setup(app).per_entry is None


def test_what_can_not_be_shared_out_is_refused(machine: Machine, tmp_path: Path) -> None:
    app = make_contest(
        machine, tmp_path / "c", judges=("J1", "J2", "J3"),
        conflicts=[("J1", "01"), ("J2", "01")],
    )  # fmt: skip
    with refused("panel.per_entry"):
        share_entries(app, per_entry=4)
    with refused("panel.per_entry"):
        share_entries(app, per_entry=0)
    with refused("panel.bad_seed"):
        share_entries(app, per_entry=1, seed=-1)
    with refused("panel.too_few_eligible"):
        share_entries(app, per_entry=2)
    assert share_entries(app, per_entry=2, look=True).value.panels[0].design.too_few == ("01",)


# --- codes and orders


def test_judges_see_codes_and_the_contest_knows_whose_they_are(
    machine: Machine, app: Context, tmp_path: Path
) -> None:
    attach(app, "01", "a.mp4", b"clip of one")
    set_viewing(app, blind=True)
    codes = panel_setup(app).codes
    pack = build_pack(app, tmp_path / "packs")
    text = (pack / "data" / "pack.json").read_text("utf-8")
    assert "Thí sinh" not in text
    assert "Đảng bộ" not in text
    one = desk(machine, pack, "J2", folder=tmp_path / "desk")
    assert one.pack.blind
    assert {entry.id for entry in one.pack.entries} == set(codes.values())
    enter_marks(one, marks=[TypedMark(codes[ContestantId("01")], TALK, C1, "7.5", None)])
    file = export_score_file(one, target=tmp_path / "x.score").value.file
    found = collect_file(app, file=file).value
    assert (found.counts, dict(found.put_aside)) == (True, {})
    with app.read() as u:
        (event,) = u.judging.mark_events(app_round(app))
    assert (event.contestant, event.points) == ("01", Decimal("7.5"))
    with refused("panel.marks_came"):
        set_viewing(app, blind=False)


def app_round(app: Context) -> RoundId:
    return panel_setup(app).held.id


def test_codes_stay_the_same_for_ever(app: Context, tmp_path: Path) -> None:
    set_viewing(app, blind=True)
    codes = dict(panel_setup(app).codes)
    assert len(set(codes.values())) == len(NUMBERS)
    assert not set(codes.values()) & set(NUMBERS)
    set_viewing(app, blind=False)
    build_packs(app, out=tmp_path / "a")
    set_viewing(app, blind=True)
    assert panel_setup(app).codes == codes
    assert [pack.state for pack in list_packs(app).packs] == ["changed"]
    (second,) = build_packs(app, out=tmp_path / "b").value
    assert second.version == 2
    assert build_packs(app, out=tmp_path / "b").value[0].version == 2


def test_marks_of_a_pack_with_names_still_count_after_it_became_blind(
    machine: Machine, app: Context, tmp_path: Path
) -> None:
    old = build_pack(app, tmp_path / "old")
    one = desk(machine, old, "J2", folder=tmp_path / "desk")
    enter_marks(one, marks=[TypedMark(ContestantId("02"), TALK, C1, "6", None)])
    set_viewing(app, blind=True)
    build_pack(app, tmp_path / "new")
    file = export_score_file(one, target=tmp_path / "x.score").value.file
    assert dict(collect_file(app, file=file).value.put_aside) == {}


def test_each_judge_sees_an_own_order(machine: Machine, app: Context, tmp_path: Path) -> None:
    usual = build_pack(app, tmp_path / "usual")
    one = desk(machine, usual, "J2", folder=tmp_path / "desk")
    assert [entry.contestant for entry in desk_view(one).entries] == NUMBERS
    viewing = set_viewing(app, own_order=True, seed=5).value
    assert viewing.seed == 5
    pack = build_pack(app, tmp_path / "own")
    orders = []
    for judge in ("J2", "J3", "J4"):
        place = desk(machine, pack, judge, folder=tmp_path / judge)
        orders.append(tuple(entry.contestant for entry in desk_view(place).entries))
        assert sorted(orders[-1]) == NUMBERS
        assert desk_view(place).barred == ()
    assert len(set(orders)) == 3
    assert set_viewing(app, own_order=True).changed == frozenset()


def test_a_panel_gets_files_of_its_own_parts_only(machine: Machine, tmp_path: Path) -> None:
    from tests.judging_kit import criterion, part

    app = make_contest(
        machine, tmp_path / "c",
        one_round(part("talk", [criterion("c1")]), part("outline", [criterion("c1")])),
    )  # fmt: skip
    two_panels(app)
    attach(app, "01", "a.mp4", b"clip of one")
    set_part_panels(app, part="talk", panels={"Ban A": "1"})
    set_part_panels(app, part="outline", panels={"Ban B": "1"})
    built = build_packs(app, out=tmp_path / "packs").value
    assert [(pack.panel, pack.files) for pack in built] == [("Ban A", 1), ("Ban B", 0)]


# --- the command line


def test_the_calls(app: Context, capsys: pytest.CaptureFixture[str]) -> None:
    folder = str(app.folder)
    app.store.close()
    assert run(["panel", "share", folder, "--per-entry", "2", "--seed", "3", "--look"]) == 0
    said = capsys.readouterr().out
    assert "mỗi bài 2 giám khảo" in said
    assert "J1 Giám khảo J1: 4 bài" in said
    assert run(["panel", "viewing", folder, "--blind", "yes", "--order", "own", "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert (answer["blind"], answer["own_order"], answer["per_entry"]) == (True, True, None)
    assert set(answer["codes"]) == set(NUMBERS)
    assert run(["panel", "part", folder, "talk", "--by", "X=1"]) == 1
    assert "Chưa có giám khảo nào thuộc ban “X”" in capsys.readouterr().err
    assert run(["panel", "setup", folder]) == 0
    assert "Giám khảo thấy mã" in capsys.readouterr().out


def test_the_log_calls_rounds_and_judges_by_their_names(
    app: Context, capsys: pytest.CaptureFixture[str]
) -> None:
    share_entries(app, per_entry=2, seed=7)
    folder = str(app.folder)
    app.store.close()
    assert run(["upkeep", "log", folder]) == 0
    assert "Chia bài của vòng “Vòng round-1”: mỗi bài 2 giám khảo" in capsys.readouterr().out
