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


def test_definition_round_trip() -> None:
    body = {"preset": "x", "vi": "Hội thi", "rounds": [ROUNDS["ke-chuyen-bac-ho"]]}
    definition = read_definition_body(body)
    assert read_definition_body(definition_body(definition)) == definition
    only = definition.rounds[0]
    assert definition.round(only.id) is only
    assert definition.before(only.id) is None
    assert only.part(only.parts[1].id) is only.parts[1]
