"""The tally a second time: slow, from the wording of cli.md alone, sharing no code with the app.

Takes a sheet as plain data that is not refused, gives the answer without messages.
"""

from __future__ import annotations

import re
from fractions import Fraction as F
from typing import Any

Sheet = dict[str, Any]


def get(thing: dict[str, Any], key: str, default: Any) -> Any:
    """Null means left out."""
    return default if thing.get(key) is None else thing[key]


def fixed(value: F, places: int) -> str:
    count = int(value * 10**places + F(1, 2))  # never negative here, so this is floor
    text = str(count).zfill(places + 1)
    return text[:-places] + "." + text[-places:] if places else text


def shortest(value: F) -> str:
    for places in range(64):
        if (value * 10**places).denominator == 1:
            whole = str(abs(int(value * 10**places))).zfill(places + 1)
            text = whole[:-places] + "." + whole[-places:] if places else whole
            return "-" + text if value < 0 else text
    raise AssertionError("no finite decimal")


def places_of(step: str | None) -> int:
    return 2 if step is None else len(step.split(".")[1]) if "." in step else 0


def rounded(value: F | None, step: str | None) -> F | None:
    if value is None or step is None:
        return value
    return int(value / F(step) + F(1, 2)) * F(step)


class Slow:
    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.parts = {part["id"]: part for part in sheet["parts"]}
        self.judges = [judge["id"] for judge in sheet["judges"]]
        self.everybody = [item["id"] for item in sheet["contestants"]]
        self.withdrawn = {i["id"] for i in sheet["contestants"] if get(i, "withdrawn", False)}
        self.competing = [item for item in self.everybody if item not in self.withdrawn]
        self.rules = sheet["rules"]
        self.problems: set[tuple[str | None, ...]] = set()
        self.points = self.good_marks()
        self.lower = sheet["parts"][0]["aggregate"]["method"] == "rank_sum"

    # --- marks

    def sits(self, judge: str, part: str) -> bool:
        panels = get(self.parts[part], "panels", [])
        if panels:
            return any(judge in panel["judges"] for panel in panels)
        return judge in get(self.parts[part], "judges", self.judges)

    def excluded(self, judge: str, contestant: str, part: str) -> bool:
        return any(
            pair["judge"] == judge
            and pair["contestant"] == contestant
            and get(pair, "part", part) == part
            for pair in get(self.sheet, "excluded", [])
        )

    def criteria(self, part: str) -> dict[str, dict[str, Any]]:
        return {criterion["id"]: criterion for criterion in self.parts[part]["criteria"]}

    def good_marks(self) -> dict[tuple[str, str, str, str], F]:
        by_place: dict[tuple[str | None, ...], list[Any]] = {}
        for mark in self.sheet["marks"]:
            place = tuple(
                mark.get(key) if isinstance(mark.get(key), str) else None
                for key in ("judge", "contestant", "part", "criterion")
            )
            by_place.setdefault(place, []).append(mark.get("points"))
        good: dict[tuple[str, str, str, str], F] = {}
        for place, values in by_place.items():
            code = self.fault(place, values)
            if code == "":
                good[place] = F(values[0])  # type: ignore[index]  # all four are known ids here
            elif code:
                self.problems.add((code, *place))
        owed = [
            (judge, contestant, part, criterion)
            for part in self.parts
            for contestant in self.competing
            for judge in self.judges
            if self.sits(judge, part) and not self.excluded(judge, contestant, part)
            for criterion in self.criteria(part)
        ]
        self.problems |= {("missing_mark", *place) for place in owed if place not in by_place}
        return good

    def fault(self, place: tuple[Any, ...], values: list[Any]) -> str | None:
        """The first that fits; "" for a good mark, None for one that is not looked at."""
        judge, contestant, part, criterion = place
        if judge not in self.judges:
            return "unknown_judge"
        if contestant in self.withdrawn:
            return None
        if contestant not in self.everybody:
            return "unknown_contestant"
        if part not in self.parts:
            return "unknown_part"
        if criterion not in self.criteria(part):
            return "unknown_criterion"
        if not self.sits(judge, part) or self.excluded(judge, contestant, part):
            return "excluded_mark"
        if len(values) > 1:
            return "duplicate_mark"
        (text,) = values
        if not isinstance(text, str) or not re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", text, re.ASCII):
            return "not_a_number"
        rule = self.criteria(part)[criterion]
        if F(text) < 0 or F(text) > F(rule["max"]):
            return "out_of_range"
        return "off_step" if F(text) % F(rule["step"]) else ""

    def sheet_of(self, judge: str, contestant: str, part: str) -> F | None:
        if contestant in self.withdrawn or not self.sits(judge, part):
            return None
        marks = [self.points.get((judge, contestant, part, c)) for c in self.criteria(part)]
        return None if None in marks else sum((m for m in marks if m is not None), F(0))

    # --- scores

    def penalty(self, contestant: str, part: str) -> F:
        return sum(
            (
                F(line["points"])
                for line in get(self.sheet, "penalties", [])
                if (line["contestant"], line["part"]) == (contestant, part)
            ),
            F(0),
        )

    def aggregate(self, values: list[F], how: dict[str, Any]) -> F | None:
        values = sorted(values)
        if how["method"] == "trimmed_mean":
            for _ in range(get(how, "drop_low", 0)):
                values = values[1:]
            for _ in range(get(how, "drop_high", 0)):
                values = values[:-1]
        if not values:
            return None
        if how["method"] == "sum":
            return sum(values, F(0))
        if how["method"] == "median":
            middle = [values[len(values) // 2], values[(len(values) - 1) // 2]]
            return sum(middle, F(0)) / 2
        return sum(values, F(0)) / len(values)

    def exact_score(self, contestant: str, part: str) -> F | None:
        sitting = [judge for judge in self.judges if self.sits(judge, part)]
        panels = get(self.parts[part], "panels", [])
        if not panels:
            score = self.score_by(sitting, contestant, part)
        else:
            score = F(0)
            for panel in panels:
                share = F(panel["weight"]) / sum(F(other["weight"]) for other in panels)
                own = self.score_by(panel["judges"], contestant, part)
                score = None if own is None or score is None else score + share * own
        if score is None or self.parts[part]["aggregate"]["method"] == "rank_sum":
            return score
        return max(F(0), score - self.penalty(contestant, part))

    def score_by(self, sitting: list[str], contestant: str, part: str) -> F | None:
        how = self.parts[part]["aggregate"]
        counting = [j for j in sitting if self.sheet_of(j, contestant, part) is not None]
        if not counting or len(counting) < get(self.parts[part], "min_judges", 1):
            return None
        if how["method"] in ("sum", "rank_sum") and counting != sitting:
            return None
        if how["method"] == "rank_sum":
            return sum((self.rank_by(judge, contestant, part) for judge in counting), F(0))
        if get(how, "over", "sheet") == "sheet":
            sheets = [self.sheet_of(judge, contestant, part) for judge in counting]
            score = self.aggregate([s for s in sheets if s is not None], how)
        else:
            score = F(0)
            for criterion in self.criteria(part):
                marks = [self.points[judge, contestant, part, criterion] for judge in counting]
                column = self.aggregate(marks, how)
                score = None if column is None or score is None else score + column
        return score

    def rank_by(self, judge: str, contestant: str, part: str) -> F:
        values = {
            other: max(F(0), sheet - self.penalty(other, part))
            for other in self.competing
            if (sheet := self.sheet_of(judge, other, part)) is not None
        }
        better = [other for other in values if values[other] > values[contestant]]
        equal = [other for other in values if values[other] == values[contestant]]
        return F(2 * len(better) + len(equal) + 1, 2)

    def score(self, contestant: str, part: str) -> F | None:
        return rounded(self.exact_score(contestant, part), self.rules.get("round_parts"))

    def exact_total(self, contestant: str) -> F | None:
        total = F(0)
        for part in self.parts:
            score = self.score(contestant, part)
            if score is None:
                return None
            total += F(self.parts[part]["weight"]) * score
        return total

    # --- ranks

    def weighted(self, judge: str, contestant: str) -> F | None:
        total = F(0)
        for part in self.parts:
            if self.sits(judge, part):
                sheet = self.sheet_of(judge, contestant, part)
                if sheet is None:
                    return None
                total += F(self.parts[part]["weight"]) * sheet
        return total

    def criterion_mean(self, contestant: str, part: str, criterion: str) -> F:
        panels = get(self.parts[part], "panels", [{"weight": 1, "judges": self.judges}])
        weights = [F(panel["weight"]) for panel in panels]
        means = [self.mean_by(p["judges"], contestant, part, criterion) for p in panels]
        return sum((w * m for w, m in zip(weights, means, strict=True)), F(0)) / sum(weights)

    def mean_by(self, judges: list[str], contestant: str, part: str, criterion: str) -> F:
        counting = [j for j in judges if self.sheet_of(j, contestant, part) is not None]
        marks = [self.points[judge, contestant, part, criterion] for judge in counting]
        return sum(marks, F(0)) / len(marks)

    def values(self, step: str, group: list[str]) -> list[F] | None:
        """What each of a group has by a tie-breaker, higher is better."""
        if step == "judges_prefer":
            return [F(self.preferred(one, group)) for one in group]
        by, name = step.split(":", 1)
        if by == "judge":
            sums = [self.weighted(name, one) for one in group]
            return None if None in sums else [value for value in sums if value is not None]
        if by == "part":
            scores = [self.score(one, name) for one in group]
            assert None not in scores
            return [(-score if self.lower else score) for score in scores if score is not None]
        part, criterion = name.split("/", 1)
        return [self.criterion_mean(one, part, criterion) for one in group]

    def preferred(self, one: str, group: list[str]) -> int:
        wins = 0
        for judge in self.judges:
            for rival in group:
                mine, theirs = self.weighted(judge, one), self.weighted(judge, rival)
                if mine is not None and theirs is not None and mine > theirs:
                    wins += 1
        return wins

    def answer(self) -> dict[str, Any]:
        exact = {one: self.exact_total(one) for one in self.competing}
        total = {one: rounded(exact[one], self.rules.get("round_total")) for one in exact}
        ranked = sorted(one for one in self.competing if total[one] is not None)
        groups = self.by_value(ranked, [total[one] or F(0) for one in ranked])
        if self.lower:
            groups.reverse()
        decided: dict[str, str | None] = dict.fromkeys(self.everybody)
        for step in get(self.rules, "tie_breakers", []):
            groups = self.apply(groups, step, lambda group, s=step: self.values(s, group), decided)
        for decision in get(self.sheet, "decisions", []):
            groups = self.apply(
                groups,
                "decision",
                lambda group, order=decision["order"]: [
                    F(-order.index(one)) if one in order else F(-len(order)) for one in group
                ],
                decided,
            )
        rank: dict[str, int] = {}
        for group in groups:
            rank.update(dict.fromkeys(group, len(rank) + 1))
        order = sorted(ranked, key=lambda one: (rank[one], one))
        order += sorted(one for one in self.everybody if one not in rank)
        return {
            "ranking": [self.row(one, rank, total.get(one), exact.get(one), decided)
                        for one in order],
            "cut": self.cut([one for one in order if one in rank], rank),
            "problems": self.all_problems(),
        }  # fmt: skip

    def by_value(self, group: list[str], values: list[F]) -> list[list[str]]:
        return [
            sorted(one for one, v in zip(group, values, strict=True) if v == value)
            for value in sorted(set(values), reverse=True)
        ]

    def apply(
        self, groups: list[list[str]], name: str, values: Any, decided: dict[str, str | None]
    ) -> list[list[str]]:
        result = []
        for group in groups:
            found = values(group) if len(group) > 1 else None
            pieces = [group] if found is None else self.by_value(group, found)
            if len(pieces) > 1:
                decided.update(dict.fromkeys(group, name))
            result += pieces
        return result

    def row(
        self,
        one: str,
        rank: dict[str, int],
        total: F | None,
        exact: F | None,
        decided: dict[str, str | None],
    ) -> dict[str, Any]:
        parts = {}
        for part in self.parts:
            value = None if one in self.withdrawn else self.exact_score(one, part)
            score = rounded(value, self.rules.get("round_parts"))
            sheets = {j: self.sheet_of(j, one, part) for j in self.judges}
            parts[part] = {
                "score": None
                if score is None
                else fixed(score, places_of(self.rules.get("round_parts"))),
                "exact": None if value is None else str(value),
                "penalty": shortest(self.penalty(one, part)),
                "sheets": {j: shortest(s) for j, s in sheets.items() if s is not None},
            }
        return {
            "contestant": one,
            "rank": rank.get(one),
            "total": None
            if total is None
            else fixed(total, places_of(self.rules.get("round_total"))),
            "exact": None if exact is None else str(exact),
            "parts": parts,
            "tied_with": sorted(
                other for other in rank if other != one and rank[other] == rank.get(one)
            ),
            "decided_by": decided[one],
        }

    def cut(self, order: list[str], rank: dict[str, int]) -> dict[str, Any]:
        size = self.rules.get("cut")
        if size is None:
            return {"size": None, "in": [], "undecided": []}
        shared = {one: list(rank.values()).count(rank[one]) for one in order}
        inside = [one for one in order if rank[one] + shared[one] - 1 <= size]
        line = [one for one in order if rank[one] <= size < rank[one] + shared[one] - 1]
        policy = get(self.rules, "cut_ties", "report")
        return {
            "size": size,
            "in": inside + (line if policy == "all" else []),
            "undecided": line if policy == "report" else [],
        }

    def all_problems(self) -> list[dict[str, Any]]:
        for part in self.parts:
            for one in self.competing:
                if self.exact_score(one, part) is None:
                    self.problems.add(("too_few_sheets", None, one, part, None))
        names = ("code", "judge", "contestant", "part", "criterion")
        ordered = sorted(self.problems, key=lambda item: [text or "" for text in item])
        return [dict(zip(names, problem, strict=True)) for problem in ordered]


def slow_answer(sheet: Sheet) -> dict[str, Any]:
    return Slow(sheet).answer()
