"""What changed between two versions of the rules, in words: for the window and the terminal."""

from __future__ import annotations

from decimal import Decimal

from judgeapp.domain.rule_changes import Change, Value
from judgeapp.system.texts import Texts


def say_change(change: Change, texts: Texts) -> str:
    """Return one change as a line, such as ``Sơ khảo › Đề cương › Nội dung: tối đa 14 → 15``."""
    where = " › ".join(change.where) or texts("rules.where.contest")
    if change.what in ("added", "removed", "order"):
        return texts(f"rules.changed.{change.what}", where=where)
    what = texts(f"rules.field.{change.what}")
    if change.before is None and change.after is None:
        return texts("rules.changed.long", where=where, what=what)
    before, after = (_value(change.what, one, texts) for one in (change.before, change.after))
    return texts("rules.changed.short", where=where, what=what, before=before, after=after)


def _value(what: str, value: Value, texts: Texts) -> str:
    if value is None:
        return texts("rules.value.none")
    if what == "method":
        return texts(f"rules.method.{value}")
    return texts.number(value) if isinstance(value, Decimal) else str(value)
