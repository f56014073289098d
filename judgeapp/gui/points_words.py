"""Why typed points are not taken, in a sentence."""

from __future__ import annotations

from judgeapp.domain.contest import Criterion
from judgeapp.domain.points import Refused
from judgeapp.system.texts import Texts


def refused_words(texts: Texts, refused: Refused, criterion: Criterion) -> str:
    """Return why the text is no mark of the criterion, and what would be one."""
    key = refused.reason
    return texts(
        "gui.desk.refused.off_step_end"
        if key == "off_step" and refused.upper is None
        else f"gui.desk.refused.{key}",
        typed=refused.typed,
        step=criterion.step,
        most=criterion.max,
        lower=refused.lower,
        upper=refused.upper,
    )
