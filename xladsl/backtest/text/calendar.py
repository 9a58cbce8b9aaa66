"""The verdicts of a period as a calendar: a row for each promise, a column for each month."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ...reports.text import cells
from ...statements.record import amount_of
from ...statements.text import WIDTH, wrapped
from ..figures import short
from .words import Record, name_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from fractions import Fraction

CELL = 5
"""The narrowest that a month may be."""

MOST_GROUPS = 6
"""A promise that is judged for more groups than this has one row for all of them."""

MARKS = {"met": "·", "breached": "X", "inconclusive": "?", "no data": "-"}

WORST = ("breached", "inconclusive", "met", "no data")

DISPUTABLE = "~"

LEGEND = "· met   X breached   ? not decided   - not known   ~ could be disputed"


def calendar(backtest: Record, side: Record) -> list[str]:
    """A row for each promise and group, a column for each month, and beside it how many windows were met."""
    columns = backtest["columns"]
    contested = {key(each) for each in side["disputable"]}
    rows = [
        (name, several, [cell(within(several, column), contested) for column in columns], tally(several))
        for name, several in by_row(side).items()
    ]
    one = max([CELL, *(len(mark) + 1 for _, _, marks, _ in rows for mark in marks)])
    last = max([CELL, *(len(counted) + 2 for _, _, _, counted in rows)])
    width = min(WIDTH - one * len(columns) - last, max((cells(name) for name, *_ in rows), default=0) + 2)
    years = [
        str(each["year"]) if number == 0 or columns[number - 1]["year"] != each["year"] else ""
        for number, each in enumerate(columns)
    ]
    lines = ["PROMISES".ljust(width) + across(years, one)]
    lines += [" " * width + across([each["label"] for each in columns], one) + "met".rjust(last)]
    for name, several, marks, counted in rows:
        begins, *rest = wrapped(name, 0, max(width - 1, CELL))
        lines += ["", begins + " " * (width - cells(begins)) + across(marks, one) + counted.rjust(last), *rest]
        lines += wrapped(", ".join(filter(None, (several[0]["promise"], level(several), reach(several)))), 2)
    return [*lines, "", LEGEND]


def across(marks: list[str], width: int) -> str:
    return "".join(mark.rjust(width) for mark in marks)


def by_row(side: Record) -> dict[str, list[Record]]:
    """The verdicts of each promise, by the name of its row; each group has a row, unless there are many."""
    by_promise: dict[str, list[Record]] = {}
    for judged in side["result"]["judgements"]:
        by_promise.setdefault(judged["promise"], []).append(judged)
    found: dict[str, list[Record]] = {}
    for several in by_promise.values():
        groups = len({judged.get("group") for judged in several})
        for judged in several:
            title = side["result"]["titles"].get(judged["promise"], judged["promise"])
            name = f"{title}, {groups:,} groups" if groups > MOST_GROUPS else name_of(side, judged)
            found.setdefault(name, []).append(judged)
    return found


def tally(several: list[Record]) -> str:
    """How many windows were met, of those that were decided."""
    decided = [each["verdict"] for each in several if each["verdict"] in ("met", "breached")]
    return f"{decided.count('met'):,} of {len(decided):,}" if decided else ""


def key(part: Record) -> tuple[str, str, str, str]:
    return part["promise"], part["start"], part["end"], part.get("group", "")


def within(judgements: Iterable[Record], column: Record) -> list[Record]:
    """Those whose windows end in a column."""
    return [each for each in judgements if column["start"] < each["end"] <= column["end"]]


def cell(several: list[Record], contested: set[Any]) -> str:
    """The worst verdict of a month, with how often it came where it came more than once."""
    if not several:
        return ""
    verdicts = [each["verdict"] for each in several]
    worst = min(verdicts, key=WORST.index)
    count = str(verdicts.count(worst)) if len(several) > 1 and worst in ("breached", "inconclusive") else ""
    doubtful = any(key(each) in contested for each in several)
    return f"{count}{MARKS[worst]}{DISPUTABLE if doubtful else ' '}"


def level(several: list[Record]) -> str:
    """`at least 5.2, then 5.5`"""
    said = [short(amount_of(each["level"]), each["unit"]) for each in several if "level" in each]
    return f"{several[0]['comparison']} {', then '.join(dict.fromkeys(said))}" if said else ""


def reach(several: list[Record]) -> str:
    """`99.88% to 100%`: the lowest value and the highest."""
    values = [(amount_of(each["value"]), each) for each in several if "value" in each]
    if not values:
        return ""
    (low, least), (high, most) = min(values, key=lambda each: each[0]), max(values, key=lambda each: each[0])
    shown = [beside_level(value, each) for value, each in ((low, least), (high, most))]
    unit = shown[1].partition(" ")[2]
    both = dict.fromkeys([shown[0].removesuffix(unit).strip() if shown[0] != shown[1] else shown[0], shown[1]])
    return f"measured {' to '.join(both)}"


def beside_level(value: Fraction, judged: Record) -> str:
    return short(value, judged["unit"], amount_of(judged["level"]) if "level" in judged else None)
