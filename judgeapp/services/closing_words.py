"""What keeps a round open, in words: for the window and the terminal."""

from __future__ import annotations

from judgeapp.domain.closing import OpenItem
from judgeapp.domain.round_names import RoundNames
from judgeapp.services.closing import ClosingState
from judgeapp.system.texts import Texts


def open_lines(state: ClosingState, names: RoundNames, texts: Texts) -> list[str]:
    """Return what keeps a round open: whole missing sheets of a judge in one line."""
    lines: list[str] = []
    missing: dict[tuple[str, str], list[str]] = {}
    for item in state.items:
        if item.kind == "missing_sheet":
            subject = (item.judge or "", item.part or "")
            missing.setdefault(subject, []).append(item.contestant or "")
        else:
            lines.append(open_line(item, names, texts))
    for (judge, part), contestants in missing.items():
        lines.append(
            texts(
                "judging.open.missing_sheets",
                judge=names.judge(judge),
                part=names.part(part),
                count=len(contestants),
                contestants=", ".join(contestants),
            )
        )
    return lines


def open_line(item: OpenItem, names: RoundNames, texts: Texts) -> str:
    """Return one thing that keeps a round open, by name."""
    part = item.part or ""
    return texts(
        f"judging.open.{item.kind}",
        judge=names.judge(item.judge or ""),
        contestant=item.contestant or "",
        part=names.part(part),
        criteria=", ".join(names.criterion(part, one) for one in item.criteria),
        count=len(item.criteria),
        file=item.file or "",
        verdict=texts(f"packs.verdict_name.{item.verdict}") if item.verdict else "",
        judges=item.judges,
        needed=item.needed,
        lowest="" if item.lowest is None else texts.number(item.lowest),
        highest="" if item.highest is None else texts.number(item.highest),
    )
