"""Two values in order: which effect it has that one became less or more."""

from __future__ import annotations

from typing import Any

from ..model import quantities
from ..model.deadlines import days_of

Effects = tuple[str, ...]
"""Keys of `[redline.effects]`."""


def ordered(before: Any, after: Any, less: str, more: str) -> Effects:
    """The effect of a value that became less or more; none where one of them is not known."""
    if before is None or after is None or before == after:
        return ()
    return (more,) if after > before else (less,)


def longer(before: Any, after: Any, less: str, more: str) -> Effects:
    """The effect of a length of time that became shorter or longer, whatever its days and months last."""
    if not isinstance(before, quantities.Duration) or not isinstance(after, quantities.Duration):
        return ()
    if before.unit == after.unit:
        return ordered(before.amount, after.amount, less, more)
    was, now = days_of(before), days_of(after)
    if now.most < was.fewest:
        return (less,)
    return (more,) if now.fewest > was.most else ()


def throughout(ways: set[str], mixed: str = "") -> Effects:
    """The one effect that a change has wherever it has any; `mixed` where it has several."""
    if len(ways) > 1:
        return (mixed,) if mixed else ()
    return tuple(ways)
