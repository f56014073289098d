from __future__ import annotations

import copy
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

from judgeapp.domain.definition import (
    definition_body,
    read_definition_body,
    read_round_body,
    round_body,
    rubric_hash,
)
from judgeapp.domain.errors import BadInput

PRESETS = yaml.safe_load(
    (Path(__file__).parents[2] / "resources" / "presets" / "rubric-presets.yaml").read_text("utf-8")
)
ROUNDS: dict[str, dict[str, Any]] = {item["id"]: item for item in PRESETS["rounds"]}


@pytest.mark.parametrize("name", ROUNDS)
def test_every_preset_is_read_and_written_back_as_equal(name: str) -> None:
    item = read_round_body(ROUNDS[name])
    assert read_round_body(round_body(item)) == item
    assert item.total == Decimal(ROUNDS[name]["total"])


def test_panels_with_weights_are_read_and_written_back() -> None:
    name = next(iter(ROUNDS))
    before = read_round_body(ROUNDS[name])
    body: dict[str, Any] = copy.deepcopy(round_body(before))
    body["aggregate"]["method"] = "mean"
    experts, youth = ({"panel": "Ban chuyên môn", "weight": "0.7"},
                      {"panel": "Ban thanh niên", "weight": "0.3"})  # fmt: skip
    body["parts"][0]["panels"] = [experts, youth]
    read = read_round_body(body)
    assert [str(share.weight) for share in read.parts[0].shares] == ["0.7", "0.3"]
    assert read.parts[0].panels == ("Ban chuyên môn", "Ban thanh niên")
    assert read_round_body(round_body(read)) == read
    assert rubric_hash(read) == rubric_hash(before)  # marks of one panel hold when another comes
    for wrong in ([experts], [experts, experts], [experts, {**youth, "weight": "0"}]):
        body["parts"][0]["panels"] = wrong
        with pytest.raises(BadInput):
            read_round_body(body)
    body["parts"][0]["panels"] = [experts, youth]
    body["aggregate"]["method"] = "rank_sum"
    with pytest.raises(BadInput):
        read_round_body(body)


def test_the_reference_round_says_what_the_preset_says() -> None:
    item = read_round_body(ROUNDS["bcv-so-khao-2-phan"])
    assert item.id == "preliminary"
    assert (item.min_judges, item.total) == (3, Decimal(100))
    assert item.cut is not None
    assert (item.cut.size, item.cut.scope, item.cut.ties) == (10, "overall", "report")
    outline, clip = item.parts
    assert (outline.max, clip.max) == (Decimal(30), Decimal(70))
    assert outline.max_pages == 12
    assert [str(c.step) for c in clip.criteria] == ["0.5"] * 4
    assert [(str(r.type), r.limit_s, r.cap) for r in clip.penalties] == [
        ("over", 600, Decimal(5)),
        ("under", 420, Decimal(5)),
    ]
    assert item.tie_breakers[1] == "criterion:presentation/content"


def test_team_round_keeps_its_own_step_and_void_rule() -> None:
    item = read_round_body(ROUNDS["doi-thi-100"])
    assert item.team
    quiz = item.parts[1]
    assert quiz.objective
    assert quiz.criteria[0].step == 3
    assert item.parts[0].penalties[0].void_over_s == 180


def _without(key: str) -> Any:
    def change(body: dict[str, Any]) -> None:
        del body["rounds"][0][key]

    return change


def _set(path: str, value: object) -> Any:
    def change(body: dict[str, Any]) -> None:
        node: Any = body
        *steps, last = [int(step) if step.isdigit() else step for step in path.split("/")]
        for step in steps:
            node = node[step]
        node[last] = value

    return change


@pytest.mark.parametrize(
    ("change", "code", "place"),
    [
        (_set("rounds/0/parts/0/criteria/0/max", 14.5), "bad_definition", "criteria[0].max"),
        (_set("rounds/0/parts/0/criteria/0/max", "14,5"), "bad_definition", "criteria[0].max"),
        (_set("rounds/0/parts/0/criteria/0/max", "13"), "bad_definition", "parts[0].max"),
        (_set("rounds/0/parts/0/criteria/0/max", "0"), "bad_definition", "criteria[0].max"),
        (_set("rounds/0/parts/0/criteria/0/max", "14.3"), "bad_definition", "criteria[0].max"),
        (_set("rounds/0/total", 99), "bad_definition", "rounds[0].total"),
        (_set("rounds/0/step", True), "bad_definition", "rounds[0].step"),
        (_set("rounds/0/aggregate/method", "best"), "bad_definition", "aggregate.method"),
        (
            _set("rounds/0/aggregate", {"method": "rank_sum", "over": "criterion"}),
            "bad_definition",
            "aggregate.over",
        ),
        (_set("rounds/0/cut/size", 0), "bad_definition", "cut.size"),
        (_set("rounds/0/cut/size", "10"), "bad_definition", "cut.size"),
        (_set("rounds/0/tie_breakers", ["part:song"]), "bad_definition", "tie_breakers[0]"),
        (_set("rounds/0/tie_breakers", "judges_prefer"), "bad_definition", "tie_breakers"),
        (_set("rounds/0/tie_breakers", [1]), "bad_definition", "tie_breakers"),
        (_set("rounds/0/parts", []), "bad_definition", "parts"),
        (_set("rounds/0/parts/0/id", "a/b"), "bad_definition", "parts[0].id"),
        (_set("rounds/0/parts/0/objective", "yes"), "bad_definition", "objective"),
        (_set("rounds/0/parts/1/id", "outline"), "repeated_id", "parts"),
        (_set("rounds/1/round", "preliminary"), "repeated_id", "rounds"),
        (_set("rounds/0/parts/0/criteria/1/id", "content"), "repeated_id", "criteria"),
        (_set("rounds/0/weigth", "2"), "unknown_key", "rounds[0].weigth"),
        (_set("rounds/0/parts/0/criteria/0/note", "x"), "unknown_key", "criteria[0].note"),
        (_set("rounds/0/parts/1/penalties/0/unit", "day"), "bad_definition", "penalties[0].unit"),
        (_set("rounds/0/round_total", "0"), "bad_definition", "round_total"),
        (_set("rounds/0/parts/0", "outline"), "bad_definition", "parts[0]"),
        (_set("rounds", {}), "bad_definition", "rounds"),
        (_without("min_judges"), "bad_definition", "rounds[0].min_judges"),
        (_without("vi"), "bad_definition", "rounds[0].vi"),
    ],
)
def test_a_wrong_rule_is_refused_with_its_place(change: Any, code: str, place: str) -> None:
    body = copy.deepcopy(
        {
            "preset": "x",
            "vi": "Hội thi",
            "rounds": [ROUNDS["bcv-so-khao-2-phan"], ROUNDS["bcv-chung-ket-3-phan"]],
        }
    )
    read_definition_body(body)
    change(body)
    with pytest.raises(BadInput) as refused:
        read_definition_body(body)
    assert refused.value.code == f"contest.{code}"
    assert (refused.value.place or "").endswith(place)


def test_all_options_survive_the_way_there_and_back() -> None:
    body = copy.deepcopy(ROUNDS["bcv-so-khao-2-phan"])
    body |= {
        "aggregate": {"method": "trimmed_mean", "drop_low": 1, "drop_high": 1, "over": "criterion"},
        "round_parts": "0.10",
        "round_total": "0.25",
        "spread_block": "3",
        "cut": {"size": 2, "scope": "group", "ties": "all"},
        "total": 170,
        "prizes": [{"id": "first", "vi": "Giải Nhất", "count": 1}],
    }
    body["parts"][1] |= {"weight": "2", "panel": "experts", "max_slides": 60}
    body["parts"][1]["penalties"][0] |= {"grace_s": 30, "void_over_s": 180}
    item = read_round_body(body)
    assert item.round_parts == "0.10"
    assert read_round_body(round_body(item)) == item


def test_rubric_hash_changes_with_what_judges_mark_and_with_nothing_else() -> None:
    body = copy.deepcopy(ROUNDS["bcv-so-khao-2-phan"])
    before = rubric_hash(read_round_body(body))
    body["min_judges"] = 5
    body["cut"]["size"] = 12
    body["parts"][0]["penalties"] = []
    assert rubric_hash(read_round_body(body)) == before
    body["parts"][0]["criteria"][0]["vi"] = "Nội dung"
    assert rubric_hash(read_round_body(body)) != before


def _with_levels(*least: object) -> dict[str, Any]:
    body = copy.deepcopy(ROUNDS["ke-chuyen-bac-ho"])
    body["parts"][0]["criteria"][2]["levels"] = [
        {"vi": f"Mức {number}", "en": f"Level {number}", "from": points}
        for number, points in enumerate(least, start=1)
    ]
    return body


def test_every_mark_fits_exactly_one_level() -> None:
    item = read_round_body(_with_levels("10", "7.5", "0"))
    assert read_round_body(round_body(item)) == item
    criterion = item.parts[0].criteria[2]
    assert [(level.least, criterion.most_of(level)) for level in criterion.levels] == [
        (Decimal(10), Decimal(12)),
        (Decimal("7.5"), Decimal("9.75")),
        (Decimal(0), Decimal("7.25")),
    ]
    fitting = {points: criterion.level_of(Decimal(points)) for points in ("12", "9.75", "7.5", "0")}
    assert {points: level and level.vi for points, level in fitting.items()} == {
        "12": "Mức 1",
        "9.75": "Mức 2",
        "7.5": "Mức 2",
        "0": "Mức 3",
    }
    bare = item.parts[0].criteria[0]
    assert (bare.levels, bare.level_of(Decimal(1))) == ((), None)


@pytest.mark.parametrize(
    ("least", "place"),
    [
        (("12.25", "0"), "levels[0].from"),
        (("10.1", "0"), "levels[0].from"),
        (("7", "7", "0"), "levels[1].from"),
        (("7", "10", "0"), "levels[1].from"),
        (("10", "7"), "levels[1].from"),
        ((7.5, "0"), "levels[0].from"),
    ],
)
def test_levels_that_overlap_or_leave_out_a_mark_are_refused(
    least: tuple[object, ...], place: str
) -> None:
    with pytest.raises(BadInput) as refused:
        read_round_body(_with_levels(*least))
    assert refused.value.code == "contest.bad_definition"
    assert refused.value.place == f"parts[0].criteria[2].{place}"


def test_the_reference_contest_describes_every_level_of_every_criterion() -> None:
    for name in ("bcv-so-khao-2-phan", "bcv-chung-ket-3-phan"):
        for part in read_round_body(ROUNDS[name]).parts:
            for criterion in part.criteria:
                assert len(criterion.levels) == 4
                assert all(level.text for level in criterion.levels)


def test_judges_see_levels_so_a_change_of_them_asks_for_new_packs() -> None:
    assert rubric_hash(read_round_body(_with_levels("10", "0"))) != rubric_hash(
        read_round_body(ROUNDS["ke-chuyen-bac-ho"])
    )


def test_definition_round_trip() -> None:
    body = {"preset": "x", "vi": "Hội thi", "rounds": [ROUNDS["ke-chuyen-bac-ho"]]}
    definition = read_definition_body(body)
    assert read_definition_body(definition_body(definition)) == definition
    only = definition.rounds[0]
    assert definition.round(only.id) is only
    assert definition.before(only.id) is None
    assert only.part(only.parts[1].id) is only.parts[1]
