"""The rows of the ranking list, made from the tallies of a round."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from judgeapp.domain.explain import distance_to_cut
from judgeapp.domain.firmness import Seat, seat_of
from judgeapp.domain.tally import Standing, Tally
from judgeapp.gui.pages.results_list import RankRow
from judgeapp.system.result_words import signed_text, totals_text
from judgeapp.system.texts import Texts

if TYPE_CHECKING:
    from judgeapp.services.results import RoundTally
    from judgeapp.services.results_round import GroupTally

_STEP = 5


def scale_of(found: RoundTally) -> tuple[int, int]:
    """Return where the bars begin and end: multiples of five around all totals."""
    totals = [
        item.total
        for group in found.groups
        for item in group.result.ranking
        if item.total is not None
    ]
    if not totals:
        return 0, _STEP
    low = int(min(totals) // _STEP) * _STEP
    high = -int(-max(totals) // _STEP) * _STEP
    return max(low - (_STEP if low == min(totals) else 0), 0), max(high, low + _STEP)


def rank_rows(found: RoundTally, texts: Texts) -> list[RankRow]:
    """Return the rows: each group under its head, with its line or band."""
    scale = scale_of(found)
    rows: list[RankRow] = []
    for group in found.groups:
        if group.group is not None:
            name = texts("results.group", group=group.group)
            rows.append(RankRow("head", name=name, told=name))
        rows += _group_rows(found, group, scale, texts)
    return rows


def _group_rows(
    found: RoundTally, group: GroupTally, scale: tuple[int, int], texts: Texts
) -> list[RankRow]:
    result = group.result
    write = totals_text(
        [item.total for item in result.ranking], result.sheet.rules.round_total, texts
    )
    rows: list[RankRow] = []
    marked = False
    for item in result.ranking:
        place = seat_of(result, item)
        if not marked and place == "tied":
            rows.append(_band(result, texts))
            marked = True
        elif not marked and place in ("out", "none") and result.cut.size is not None:
            rows.append(_line(result, texts))
            marked = True
        rows.append(_person(result, item, place, scale, write(item.total), texts))
    return rows


def _band(result: Tally, texts: Texts) -> RankRow:
    cut = result.cut
    words = texts(
        "gui.results.band",
        size=cut.size, count=len(cut.undecided), seats=(cut.size or 0) - len(cut.taken),
    )  # fmt: skip
    return RankRow("band", name=words, told=words, action=texts("gui.results.solve"))


def _line(result: Tally, texts: Texts) -> RankRow:
    words = texts("gui.results.line", size=result.cut.size)
    return RankRow("line", name=words, told=words)


def _person(
    result: Tally, item: Standing, place: Seat, scale: tuple[int, int], total: str, texts: Texts
) -> RankRow:
    person = next(one for one in result.sheet.contestants if one.id == item.contestant)
    away = distance_to_cut(result, item)
    distance = "" if away is None or result.cut.size is None else signed_text(away, texts)
    rank = "–" if item.rank is None else str(item.rank)
    name = person.name or str(person.id)
    told = ", ".join(
        filter(
            None,
            (
                texts("gui.results.told", rank=rank, name=name, total=total),
                texts("gui.results.told.distance", distance=distance) if distance else "",
                texts(f"gui.results.told.{place}") if result.cut.size is not None else "",
                person.unit or "",
            ),
        )
    )
    return RankRow(
        "person",
        contestant=item.contestant,
        rank=rank,
        name=name,
        second=person.unit or "",
        total=total,
        distance=distance,
        share=_share(item.total, scale, lower=result.sheet.lower_is_better),
        place=place,
        told=told,
    )


def _share(total: Fraction | None, scale: tuple[int, int], *, lower: bool) -> float:
    """Return how far a bar goes, for painting only."""
    if total is None:
        return 0.0
    low, high = scale
    share = (high - total if lower else total - low) / Fraction(high - low)
    return float(min(max(share, Fraction(0)), Fraction(1)))
