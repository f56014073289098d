"""What keeps a round open, in words, as the page of results shows it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from judgeapp.system.texts import Texts

if TYPE_CHECKING:
    from judgeapp.domain.closing import OpenItem
    from judgeapp.services.closing import ClosingState


def open_lines(state: ClosingState, texts: Texts) -> list[str]:
    """Return what keeps a round open: whole missing sheets of a judge in one line."""
    lines: list[str] = []
    missing: dict[tuple[str, str], list[str]] = {}
    for item in state.items:
        if item.kind == "missing_sheet":
            subject = (item.judge or "", item.part or "")
            missing.setdefault(subject, []).append(item.contestant or "")
        else:
            lines.append(open_line(item, state, texts))
    for (judge, part), contestants in missing.items():
        lines.append(
            texts(
                "judging.open.missing_sheets",
                judge=judge_text(judge, state),
                part=_part(part, state, texts),
                count=len(contestants),
                contestants=", ".join(contestants),
            )
        )
    return lines


def judge_text(judge: str, state: ClosingState) -> str:
    """Return id and name of a judge."""
    name = {str(key): value for key, value in state.names.items()}.get(judge)
    return f"{judge} {name}" if name else judge


def open_line(item: OpenItem, state: ClosingState, texts: Texts) -> str:
    """Return one thing that keeps a round open, by name; without a word of the command line."""
    own = {"file", "too_few_judges"}
    prefix = "gui.results.open" if item.kind in own else "judging.open"
    return texts(
        f"{prefix}.{item.kind}",
        judge=judge_text(item.judge or "", state),
        contestant=item.contestant or "",
        part=_part(item.part or "", state, texts),
        criteria=", ".join(_criteria(item, state, texts)),
        count=len(item.criteria),
        file=item.file or "",
        verdict=texts(f"packs.verdict_name.{item.verdict}") if item.verdict else "",
        judges=item.judges,
        needed=item.needed,
        lowest="" if item.lowest is None else texts.number(item.lowest),
        highest="" if item.highest is None else texts.number(item.highest),
    )


def _part(part_id: str, state: ClosingState, texts: Texts) -> str:
    part = next((part for part in state.round.parts if part.id == part_id), None)
    if part is None:
        return part_id
    return part.en if texts.language == "en" else part.vi


def _criteria(item: OpenItem, state: ClosingState, texts: Texts) -> list[str]:
    names = {
        (part.id, criterion.id): criterion.en if texts.language == "en" else criterion.vi
        for part in state.round.parts
        for criterion in part.criteria
    }
    return [names[item.part, name] for name in item.criteria if item.part is not None]
