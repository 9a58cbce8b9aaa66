"""What all parts of the page have in common: how blocks and amounts are called, and who is owed something."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ...evaluation.figures import written
from ...statements.text import with_unit
from .. import differences

if TYPE_CHECKING:
    from fractions import Fraction

Record = dict[str, Any]

MOST = 12
"""Of one kind so many are told one by one."""

INDENT = 4


def sides_of(backtest: Record) -> list[Record]:
    return [each for each in (backtest["draft"], backtest.get("against")) if each is not None]


def sums(side: Record) -> differences.Sums:
    return differences.sums_by_party(side["result"]["totals"])


def parties(*sides: Record) -> list[tuple[str, str]]:
    """Whoever is owed something on a side, and in which unit."""
    return list(dict.fromkeys(key for side in sides for key in sums(side)))


def priced_at(amount: Fraction, unit: str) -> str:
    return written(amount, with_unit(unit))


def short_title(side: Record, name: str) -> str:
    title: str = side["result"]["titles"].get(name, name)
    return title


def name_of(side: Record, judged: Record) -> str:
    title = side["result"]["titles"].get(judged["promise"], judged["promise"])
    return f"{title}, {judged['group']}" if "group" in judged else str(title)


def group(part: Record) -> str:
    return f", {part['group']}" if "group" in part else ""


def listed(windows: list[str]) -> str:
    return ", ".join(windows[:MOST]) + (f" and {len(windows) - MOST:,} more" if len(windows) > MOST else "")
