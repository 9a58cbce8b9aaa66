"""A file that tells how things behave, in TOML: a table for each promise, KPI or block of intervals, by its name.

[portal_up]
outages = 14          # a year, on average
lasting = "18 min"    # on average

[critical_fixed]
true = "93%"
rows = 40             # in each window

[ease_2026]
true = 5.4
spread = 1.2          # how far single answers lie apart: their standard deviation
answers = 300

[happiness_2026]
likes = "55%"
dislikes = "20%"
answers = 800

[fees]                # what is invoiced each time, for fees that the agreement does not state
licences = "EUR 1,250.00"

[part_replaced]       # a promise on single events
events = 30           # a year, on average
lasting = "50 min"
"""

from __future__ import annotations

import re
import tomllib
from fractions import Fraction
from typing import TYPE_CHECKING, Any, NamedTuple

from ..evaluation.values.amounts import SECONDS
from ..model import units
from ..model.ranges import range_of, range_of_measured
from ..spelling import nearest
from .behaviour import Said

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ..model import nodes
    from .things import Thing

AMOUNT = re.compile(r"(?P<number>-?\d[\d,]*(?:\.\d+)?)\s*(?P<unit>.*)")
MONEY = re.compile(r"(?:[A-Z]{3}\s*)?(?P<number>\d[\d,]*(?:\.\d+)?)")
FEES = "fees"
SHARES = (units.PERCENT, units.RATIO, units.PERCENTAGE_POINTS)
FIELDS = {
    "true": "truth",
    "rows": "rows",
    "answers": "rows",
    "spread": "spread",
    "likes": "likes",
    "dislikes": "dislikes",
    "outages": "outages",
    "lasting": "lasting",
    "events": "events",
}
FOR_LENGTHS = ("true", "outages", "lasting")
FOR_VALUES = ("true", "rows", "answers", "spread", "likes", "dislikes")
FOR_LENGTHS_OF_EVENTS = ("events", "lasting")
FOR_EVENTS = ("events", "true")


class Heard(NamedTuple):
    """What a file tells, by the name of the thing and of the fee, and what is wrong with it, in sentences."""

    said: dict[str, Said]
    fees: dict[str, Fraction]
    problems: tuple[str, ...] = ()


class Wrong(Exception):  # noqa: N818  # told to the user, and never raised further
    """A sentence about something in the file."""


def heard(text: str, things: Iterable[Thing], invoiced: Iterable[nodes.Fee] = ()) -> Heard:
    """What a file tells of the things that an agreement has, and of its fees that are as invoiced."""
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as problem:
        return Heard({}, {}, (f"It is no TOML: {problem}.",))
    by_name = {name: thing for thing in things for name in thing.names}
    said: dict[str, Said] = {}
    fees: dict[str, Fraction] = {}
    problems: list[str] = []
    for name, table in tables.items():
        try:
            if name == FEES and name not in by_name:
                fees = fees_of(table, [fee.name for fee in invoiced])
                continue
            thing = thing_named(name, table, by_name)
            if thing.name in said:
                raise Wrong(f"`{name}` is about the same as another table: both are measured by `{thing.name}`.")
            said[thing.name] = Said(**dict(fields_of(name, table, thing)))
            consistent(name, said[thing.name], thing)
        except Wrong as problem:
            problems.append(str(problem))
    return Heard(said, fees, tuple(problems))


def fees_of(table: Any, known: list[str]) -> dict[str, Fraction]:
    """What is invoiced, in the currency of the agreement."""
    if not isinstance(table, dict):
        raise Wrong(f"`{FEES}` stands by itself: write a table  [{FEES}]  with the name of each fee.")
    found = {}
    for name, value in table.items():
        if name not in known:
            meant = nearest(name, known)
            hint = f" Did you mean `{meant}`?" if meant else ""
            raise Wrong(f"`{name}` is no fee whose amount is as invoiced.{hint}")
        amount = MONEY.fullmatch(str(value).strip())
        if amount is None or isinstance(value, bool):
            raise Wrong(f'`{name}` of `{FEES}` is no money: write it as "EUR 1,250.00".')
        found[name] = Fraction(amount["number"].replace(",", ""))
    return found


def thing_named(name: str, table: Any, known: dict[str, Thing]) -> Thing:
    if not isinstance(table, dict):
        raise Wrong(
            f"`{name}` stands by itself: write it under the promise that it is about, as  [{nearest_of(known)}] ."
        )
    if name not in known:
        meant = nearest(name, known)
        hint = f" Did you mean `{meant}`?" if meant else f" There are {', '.join(f'`{each}`' for each in known)}."
        raise Wrong(f"`{name}` is no promise or KPI that is drawn.{hint}")
    return known[name]


def nearest_of(known: dict[str, Thing]) -> str:
    return next(iter(known), "portal_up")


def fields_of(name: str, table: dict[str, Any], thing: Thing) -> Iterator[tuple[str, Any]]:
    allowed = allowed_for(thing)
    for key, value in table.items():
        if key not in FIELDS:
            meant = nearest(key, allowed)
            hint = f" Did you mean `{meant}`?" if meant else f" It takes {', '.join(f'`{each}`' for each in allowed)}."
            raise Wrong(f"`{key}` says nothing about `{name}`.{hint}")
        if key not in allowed:
            what = "how long something lasts" if thing.is_length else "a value of rows or answers"
            what = "judged in single events" if thing.is_single else what
            raise Wrong(f"`{key}` does not fit `{name}`, which is {what}: it takes {', '.join(map(tick, allowed))}.")
        yield FIELDS[key], READERS[key](f"`{key}` of `{name}`", value, thing)


def allowed_for(thing: Thing) -> tuple[str, ...]:
    if thing.is_single:
        return FOR_LENGTHS_OF_EVENTS if thing.is_length else FOR_EVENTS
    return FOR_LENGTHS if thing.is_length else FOR_VALUES


def tick(word: str) -> str:
    return f"`{word}`"


def consistent(name: str, said: Said, thing: Thing) -> None:
    if (said.likes is None) != (said.dislikes is None) and said.truth is None:
        raise Wrong(f"`{name}` needs `likes` and `dislikes`, or one of them and `true`.")
    if said.likes is not None and said.dislikes is not None:
        if said.truth is not None:
            raise Wrong(f"`{name}` says `true` besides `likes` and `dislikes`, which decide it: leave it out.")
        if said.likes + said.dislikes > 1:
            raise Wrong(f"`likes` and `dislikes` of `{name}` are more than 100% together.")
    if said.likes is not None and (thing.basis is None or thing.basis.kind != "net score"):
        raise Wrong(f"`likes` does not fit `{name}`, which is no net score: write `true`.")
    if said.truth is not None and said.outages is not None and said.lasting is not None:
        raise Wrong(f"`{name}` says `true` besides `outages` and `lasting`, which decide it: leave one of them out.")


# -------------------------------------------------------------------------------------------------------- what is said


def number(where: str, value: Any) -> tuple[Fraction, str]:
    """A number and its unit, as people write it."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise Wrong(f"{where} is no amount: write a number, or a number with its unit in quotes.")
    found = AMOUNT.fullmatch(str(value).strip())
    if found is None:
        raise Wrong(f'{where} is no amount: write a number, or a number with its unit in quotes, such as "93%".')
    return Fraction(found["number"].replace(",", "")), found["unit"].strip()


def share(where: str, value: Any, thing: Thing) -> Fraction:  # noqa: ARG001  # each reader is asked alike
    amount, unit = number(where, value)
    if unit != "%" or not 0 <= amount <= 100:
        raise Wrong(f'{where} is no share: write it with its sign, from "0%" to "100%".')
    return amount / 100


def count(where: str, value: Any, thing: Thing) -> int:  # noqa: ARG001  # as above
    amount, unit = number(where, value)
    if unit or amount.denominator != 1 or not 0 < amount <= MOST_ROWS:
        raise Wrong(f"{where} is no number of rows in a window: write a whole number from 1 to {MOST_ROWS:,}.")
    return int(amount)


MOST_ROWS = 1_000_000


def outages(where: str, value: Any, thing: Thing) -> Fraction:  # noqa: ARG001  # as above
    amount, unit = number(where, value)
    if unit or not 0 <= amount <= MOST_OUTAGES:
        raise Wrong(f"{where} is no number of outages in a year: write a number from 0 to {MOST_OUTAGES:,}.")
    return amount


def events(where: str, value: Any, thing: Thing) -> Fraction:  # noqa: ARG001  # as above
    amount, unit = number(where, value)
    if unit or not 0 <= amount <= MOST_OUTAGES:
        raise Wrong(f"{where} is no number of events in a year: write a number from 0 to {MOST_OUTAGES:,}.")
    return amount


MOST_OUTAGES = 100_000


def length(where: str, value: Any, thing: Thing) -> Fraction:  # noqa: ARG001  # as above
    amount, unit = number(where, value)
    seconds = SECONDS.get(unit) or SECONDS.get(f"{unit}s") if unit else None
    if seconds is None or amount < 0:
        raise Wrong(f'{where} is no length of time: write it with its unit, such as "18 min" or "2 h".')
    return amount * seconds


def truth(where: str, value: Any, thing: Thing) -> Fraction:
    """A value in its canonical unit. Of something that lasts it is the value of its first promise."""
    unit = units_of(thing)
    found = valued(where, value, unit)
    if unit in units.DURATIONS:
        return found
    lasting = thing.is_length and thing.promises
    possible = range_of(thing.promises[0]) if lasting else range_of_measured(thing.block)
    shown, sign = (found * 100, "%") if unit == units.PERCENT else (found, "")
    if (possible.low is not None and shown < possible.low) or (possible.high is not None and shown > possible.high):
        ends = [
            f"{word} {end:f}{sign}" for word, end in (("from", possible.low), ("to", possible.high)) if end is not None
        ]
        raise Wrong(f"{where} is no value that can be measured: write one {' '.join(ends)}.")
    return found


def spread(where: str, value: Any, thing: Thing) -> Fraction:
    amount = valued(where, value, units_of(thing))
    if amount < 0:
        raise Wrong(f"{where} is below zero: write how far single answers lie apart.")
    return amount


def units_of(thing: Thing) -> str:
    return units.measured_unit(thing.promises[0]) if thing.is_length and thing.promises else thing.unit


def valued(where: str, value: Any, unit: str) -> Fraction:
    if unit in SHARES:
        amount, sign = number(where, value)
        if sign != "%":
            raise Wrong(f'{where} is a share: write it with its sign, such as "99.5%".')
        return amount / 100
    if unit in units.DURATIONS:
        return length(where, value, None)  # type: ignore[arg-type]  # what it is of plays no part
    amount, said = number(where, value)
    if said and said not in (unit, unit.removesuffix("s")):
        raise Wrong(f"{where} is told in `{said}`, and its unit is {unit or 'none'}.")
    return amount


READERS: dict[str, Any] = {
    "true": truth,
    "rows": count,
    "answers": count,
    "spread": spread,
    "likes": share,
    "dislikes": share,
    "outages": outages,
    "lasting": length,
    "events": events,
}
