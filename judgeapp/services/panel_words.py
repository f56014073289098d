"""What is to be said of who marks whom, in words: for the window and the terminal."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from judgeapp.domain.assignment import FEW_SHARED
from judgeapp.services.panel_setup import PanelDesign, PanelSetup
from judgeapp.system.texts import Texts

Tone = Literal["ok", "warn", "stop"]
_MOST_NAMED = 12


def say_design(found: PanelSetup, one: PanelDesign, texts: Texts) -> list[tuple[Tone, str]]:
    """Return what is to be said of a panel's work, what stops it first."""
    said: list[tuple[Tone, str]] = []
    design = one.design
    wanted = found.per_entry or found.least
    if not one.judges:
        return [("stop", texts("panel.design.nobody", panel=one.panel or ""))]
    if design.too_few:
        said.append(
            ("stop", texts("panel.design.too_few", wanted=wanted, **_named(design.too_few)))
        )
    short = [number for number in design.short if number not in design.too_few]
    if short:
        said.append(("warn", texts("panel.design.short", wanted=wanted, **_named(short))))
    idle = [judge for judge, load in design.loads.items() if not load]
    if idle and found.contestants:
        said.append(("warn", texts("panel.design.idle", **_named(idle))))
    if found.per_entry is not None and design.spread > 1 and not idle:
        said.append(("warn", texts("panel.design.uneven", spread=design.spread)))
    if not found.contestants or design.shared is None:
        return said
    if not design.connected:
        count = len(design.components)
        said.append(("warn", texts("panel.design.apart", count=count)))
    elif design.shared < FEW_SHARED and not idle:
        said.append(("warn", texts("panel.design.few_shared", shared=design.shared)))
    elif not said:
        said.append(("ok", texts("panel.design.good", shared=design.shared)))
    return said


def _named(numbers: Sequence[str]) -> dict[str, object]:
    rest = "…" if len(numbers) > _MOST_NAMED else ""
    return {"count": len(numbers), "numbers": ", ".join(numbers[:_MOST_NAMED]) + rest}
