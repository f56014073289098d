"""Makes tally sheets for tests, and answers of the app to compare with others' answers."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from judgeapp.cli.results_answer import tally_answer
from judgeapp.domain.grid import Mark
from judgeapp.domain.tally import Tally, tally
from judgeapp.domain.tally_sheet import TallySheet, check_sheet
from judgeapp.exchange.tally_body import read_body
from judgeapp.system.texts import load_texts

MARK_KEYS = ("judge", "contestant", "part", "criterion", "points")
DATA = Path(__file__).parent.parent / "data"


def oracle(name: str) -> dict[str, Any]:
    """Return a worked example."""
    text = (DATA / "oracles" / f"{name}.json").read_text(encoding="utf-8")
    return dict(json.loads(text))


def part(
    part_id: str = "p",
    criteria: list[tuple[str, str, str]] | None = None,
    weight: str = "1",
    **rule: Any,
) -> dict[str, Any]:
    """Return a part; what does not belong to the part's keys belongs to its aggregate."""
    names: tuple[str, ...] = ("judges", "min_judges", "panels")
    own = {key: rule.pop(key) for key in names if key in rule}
    return {
        "id": part_id,
        "weight": weight,
        "aggregate": {"method": "mean", **rule},
        "criteria": [
            {"id": name, "max": most, "step": step}
            for name, most, step in criteria or [("c", "100", "0.01")]
        ],
        **own,
    }


def mark(judge: str, contestant: str, points: Any, where: str = "p/c") -> dict[str, Any]:
    part_id, criterion = where.split("/", 1)
    return dict(zip(MARK_KEYS, (judge, contestant, part_id, criterion, points), strict=True))


def body(
    marks: list[dict[str, Any]],
    parts: list[dict[str, Any]] | None = None,
    withdrawn: tuple[str, ...] = (),
    **more: Any,
) -> dict[str, Any]:
    """Return a sheet of everybody who occurs in the marks; what is no top key is a rule."""
    top = ("excluded", "penalties", "decisions", "contestants", "judges")
    keys = {key: more.pop(key) for key in top if key in more}
    contestants = sorted({item["contestant"] for item in marks})
    return {
        "format": "tally-sheet/1",
        "parts": parts or [part()],
        "rules": more,
        "contestants": [{"id": item, "withdrawn": item in withdrawn} for item in contestants],
        "judges": [{"id": item} for item in sorted({item["judge"] for item in marks})],
        **keys,
        "marks": marks,
    }


def table(rows: dict[str, list[str]], where: str = "p/c") -> list[dict[str, Any]]:
    """Return marks from one list of points a contestant, judge after judge."""
    return [
        mark(f"J{at}", contestant, points, where)
        for contestant, values in rows.items()
        for at, points in enumerate(values, start=1)
    ]


def sheet_of(sheet: dict[str, Any]) -> TallySheet:
    read = read_body(sheet)
    check_sheet(read)
    return read


def tallied(sheet: dict[str, Any]) -> Tally:
    marks = [Mark(*[item.get(key) for key in MARK_KEYS]) for item in sheet["marks"]]
    return tally(sheet_of(sheet), marks)


def answered(sheet: dict[str, Any]) -> dict[str, Any]:
    """Return the app's answer without the sentences."""
    return without_messages(tally_answer(tallied(sheet), load_texts("vi")))


def without_messages(answer: dict[str, Any]) -> dict[str, Any]:
    for problem in answer["problems"]:
        problem.pop("message")
    answer["problems"].sort(key=lambda item: [text or "" for text in item.values()])
    return answer


def ranks(sheet: dict[str, Any]) -> dict[str, int | None]:
    return {row["contestant"]: row["rank"] for row in answered(sheet)["ranking"]}


# --- sheets by Hypothesis -------------------------------------------------------------------------

STEPS = ("1", "0.5", "0.25", "0.10", "3", "2")
METHODS = ("mean", "sum", "median", "trimmed_mean")


@st.composite
def parts_of(draw: st.DrawFn, judges: list[str]) -> list[dict[str, Any]]:
    by_ranks = draw(st.integers(0, 4)) == 0
    parts = []
    for part_id in draw(st.sampled_from([["p"], ["p", "q"]])):
        how: dict[str, Any] = {"method": "rank_sum" if by_ranks else draw(st.sampled_from(METHODS))}
        if how["method"] == "trimmed_mean":
            how["drop_low"] = draw(st.integers(0, 2))
            how["drop_high"] = draw(st.sampled_from([None, 0, 1]))
        if not by_ranks and draw(st.booleans()):
            how["over"] = draw(st.sampled_from(["criterion", "sheet"]))
        item = {
            "id": part_id,
            "weight": draw(st.sampled_from(["1", "0.3", "0.7", "2", "0"])),
            "aggregate": how,
            "criteria": [
                {"id": name, "max": draw(st.sampled_from(["6", "3"])),
                 "step": draw(st.sampled_from(STEPS))}
                for name in draw(st.sampled_from([["a"], ["a", "b/1"]]))
            ],
        }  # fmt: skip
        if draw(st.booleans()):
            item["judges"] = draw(st.lists(st.sampled_from(judges), unique=True))
        if len(judges) > 1 and how["method"] not in ("sum", "rank_sum") and draw(st.booleans()):
            item.pop("judges", None)
            order = draw(st.permutations(judges))
            at = draw(st.integers(1, len(judges) - 1))
            item["panels"] = [
                {
                    "id": name,
                    "weight": draw(st.sampled_from(["1", "0.7", "0.3", "3"])),
                    "judges": seats,
                }
                for name, seats in (("X", order[:at]), ("Y", order[at:]))
            ]
        if draw(st.booleans()):
            item["min_judges"] = draw(st.sampled_from([None, 0, 1, 2]))
        parts.append(item)
    return parts


@st.composite
def rules_of(draw: st.DrawFn, parts: list[dict[str, Any]], judges: list[str]) -> dict[str, Any]:
    steps = ["judges_prefer", *(f"judge:{judge}" for judge in judges)]
    steps += [f"part:{item['id']}" for item in parts]
    steps += [f"criterion:{item['id']}/{c['id']}" for item in parts for c in item["criteria"]]
    return {
        "round_parts": draw(st.sampled_from([None, None, "0.5", "1", "0.10"])),
        "round_total": draw(st.sampled_from([None, None, "0.5", "2", "0.25"])),
        "cut": draw(st.sampled_from([None, 0, 1, 2, 3, 9])),
        "cut_ties": draw(st.sampled_from([None, "report", "all", "fewer"])),
        "tie_breakers": draw(st.lists(st.sampled_from(steps), max_size=3)),
    }


def points_text(most: int) -> st.SearchStrategy[Any]:
    good = st.integers(0, 2 * most).map(lambda half: str(half / 2).removesuffix(".0"))
    return st.one_of(
        good,
        good,
        good,
        st.sampled_from(["1.0", "0.30", "-1", "99", "x", "1,5", "-0", "", "1e1", "٣", " 1"]),
        st.sampled_from([None, 3, 1.5, True, [], {}]),
    )


@st.composite
def marks_of(
    draw: st.DrawFn, where: tuple[str, str, str], criterion: dict[str, Any], *, faults: bool
) -> list[dict[str, Any]]:
    """Return the marks for one criterion: one good one, or with faults none, two, or a bad one."""
    values: list[Any] = [*where, criterion["id"]]
    step, top = float(criterion["step"]), int(criterion["max"])
    luck = draw(st.integers(0, 19)) if faults else 9
    if luck == 0:
        return []
    if luck == 1:
        values[draw(st.integers(0, 3))] = draw(st.sampled_from([None, "?", 7, ["x"], False]))
    if luck < 6:
        points = draw(points_text(top))
    else:
        points = str(round(draw(st.integers(0, min(int(top / step), 4))) * step, 2))
    entry = dict(zip(MARK_KEYS, [*values, points], strict=True))
    return [entry, entry] if luck == 2 else [entry]


@st.composite
def contestants_of(draw: st.DrawFn, ids: list[str]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = [{"id": item, "name": f"Thí sinh {item}"} for item in ids]
    for item in found:
        if draw(st.integers(0, 5)) == 0:
            item["withdrawn"] = draw(st.sampled_from([True, True, None]))
    return draw(st.permutations(found))


@st.composite
def extras_of(
    draw: st.DrawFn, judges: list[str], everybody: list[str], parts: list[str]
) -> dict[str, Any]:
    """Return the keys that may be left out: exclusions, penalties and decisions."""
    pairs = st.fixed_dictionaries(
        {"judge": st.sampled_from(judges), "contestant": st.sampled_from(everybody)},
        optional={"part": st.sampled_from([None, *parts])},
    )
    lines = st.fixed_dictionaries(
        {
            "contestant": st.sampled_from(everybody),
            "part": st.sampled_from(parts),
            "points": st.sampled_from(["1", "0.5", "-1.25", "100"]),
        }
    )
    decision = st.fixed_dictionaries(
        {"order": st.lists(st.sampled_from(everybody), unique=True), "by": st.just("chair")}
    )
    kinds = {"excluded": pairs, "penalties": lines, "decisions": decision}
    return {
        key: draw(st.lists(kind, max_size=2)) for key, kind in kinds.items() if draw(st.booleans())
    }


@st.composite
def sheets(draw: st.DrawFn, *, faults: bool = True) -> dict[str, Any]:
    """Small sheets with many ties; with ``faults`` many things are wrong with the marks."""
    judges = ["J1", "J2", "J3"][: draw(st.integers(1, 3))]
    everybody = ["01", "02", "03", "04"][: draw(st.integers(1, 4))]
    parts = draw(parts_of(judges))
    marks = [
        entry
        for judge in judges
        for contestant in everybody
        for item in parts
        for criterion in item["criteria"]
        for entry in draw(marks_of((judge, contestant, item["id"]), criterion, faults=faults))
    ]
    return {
        "format": "tally-sheet/1",
        "parts": parts,
        "rules": draw(rules_of(parts, judges)),
        "contestants": draw(contestants_of(everybody)),
        "judges": [{"id": judge} for judge in judges],
        "marks": draw(st.permutations(marks)),
        **draw(extras_of(judges, everybody, [item["id"] for item in parts])),
    }
