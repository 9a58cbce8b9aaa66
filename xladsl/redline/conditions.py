"""Whether a condition comes true more readily than before: wherever the older one did, the newer one does too."""

from __future__ import annotations

from typing import Any

from ..model import expressions
from ..model.promises import UPWARDS
from ..model.tiers import scale, size


def readiness(before: Any, after: Any) -> str:
    """`readier` if the newer condition holds wherever the older one did, `rarer` the other way round; else empty."""
    if before == after or type(before) is not type(after):
        return ""
    if isinstance(before, expressions.AnyCondition):
        return of_options(before.options, after.options, more="readier", fewer="rarer")
    if isinstance(before, expressions.AllConditions):
        return of_options(before.options, after.options, more="rarer", fewer="readier")
    if isinstance(before, expressions.Outcome):
        same = before.conditioned == after.conditioned and before.of_them == after.of_them
        return history(before.history, after.history) if same and before.state == after.state else ""
    if isinstance(before, expressions.LevelTest):
        return level(before, after)
    return ""


def of_options(before: list[Any], after: list[Any], more: str, fewer: str) -> str:
    gone = [one for one in before if one not in after]
    come = [one for one in after if one not in before]
    if not gone or not come:
        return more if come else fewer
    return readiness(gone[0], come[0]) if len(gone) == len(come) == 1 else ""


def level(before: expressions.LevelTest, after: expressions.LevelTest) -> str:
    one, other = size(before.amount), size(after.amount)
    same = (before.conditioned, before.relation, before.history) == (after.conditioned, after.relation, after.history)
    if not same or one is None or other is None or scale(before.amount) != scale(after.amount):
        return ""
    upwards = UPWARDS.get(before.relation)
    if upwards is None or one == other:
        return ""
    return "readier" if (other < one) == (upwards == "higher") else "rarer"


def history(before: Any, after: Any) -> str:
    """More times are reached less readily, and in a longer time more readily."""
    if type(before) is not type(after) or getattr(before, "unit", None) != getattr(after, "unit", None):
        return ""
    ways = set()
    if isinstance(before, expressions.TimesInARow | expressions.TimesOfLast) and before.times != after.times:
        ways.add("rarer" if after.times > before.times else "readier")
    if isinstance(before, expressions.TimesOfLast) and before.of != after.of:
        ways.add("readier" if after.of > before.of else "rarer")
    return ways.pop() if len(ways) == 1 else ""
