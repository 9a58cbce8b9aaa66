"""Values that break a claim, chosen so that people can follow them: 98 %, not 97.9999 %.

A claim that fails on a box fails at a corner, and so near that corner too. The values tried are the round ones first:
whole numbers at the ends and in the middle of each stretch, then numbers with one more decimal.
"""

from __future__ import annotations

from fractions import Fraction
from itertools import product
from math import ceil, floor
from typing import TYPE_CHECKING, NamedTuple

from .. import units
from .cells import Box, CutError, OutsideError, Stretch

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from .cells import Fall, Polynomial
    from .functions import Free, Schedule

MOST_DECIMALS = 6
FAR = Fraction(100)
MARKS = {
    "h": " h",
    "min": " min",
    "business time": " s",
    "days": " days",
    "part of the window": "% of the window",
    units.POINTS: " points",
}


class Case(NamedTuple):
    """One set of values, what is paid for it, and both in words."""

    values: Mapping[str, Fraction]
    pays: Fraction | None
    when: str
    paid: str


def values_in(box: Box, schedule: Schedule, fixed: frozenset[str] = frozenset()) -> Iterator[dict[str, Fraction]]:
    """Values in a box, the most readable first; quantities that are fixed are left out."""
    wanted = {key: stretch for key, stretch in box.items() if key not in fixed}
    seen = set()
    for decimals in range(MOST_DECIMALS + 1):
        choices = [readable(stretch, schedule.free[key], decimals) for key, stretch in wanted.items()]
        for chosen in product(*choices):
            if chosen not in seen:
                seen.add(chosen)
                yield dict(zip(wanted, chosen, strict=True))


def readable(stretch: Stretch, free: Free, decimals: int) -> list[Fraction]:
    """A few values of a stretch with so many decimals: at its ends, and in the middle."""
    if stretch.is_point and stretch.low is not None:
        return [stretch.low]
    if free.inverse:
        usual = (720, 1000) if free.unit == "h" else (100, 1000, 1)
        return [value for number in usual if stretch.has(value := 1 / (number * free.scale))]
    step = free.scale / (1 if free.whole else 10**decimals)
    low, high = stretch
    tried = []
    if high is not None:
        tried += [(ceil(high / step) - back) * step for back in (1, 2)]
    if low is not None:
        tried += [(floor(low / step) + further) * step for further in (1, 2)]
    if low is not None and high is not None:
        tried.append(floor((low + high) / 2 / step) * step)
    else:
        start = (low if low is not None else high) or Fraction(0)
        tried.append(start + FAR * 10**decimals * free.scale * (1 if low is not None else -1))
    return list(dict.fromkeys(value for value in tried if stretch.has(value)))


def first_in(box: Box, schedule: Schedule) -> Case | None:
    """The most readable case in a box."""
    return next((case(schedule, values) for values in values_in(box, schedule)), None)


def of_fall(schedule: Schedule, fall: Fall, *, rising: bool) -> tuple[Case, Case] | None:
    """Two cases, all alike but for one quantity, of which the second should pay at least as much and does not."""
    beside = frozenset({fall.key})
    befores = [values[fall.key] for values in values_in({fall.key: fall.before[fall.key]}, schedule)]
    afters = [values[fall.key] for values in values_in({fall.key: fall.after[fall.key]}, schedule)]
    scale = schedule.free[fall.key].scale
    pairs = [(mine, further) for mine in befores for further in afters if mine < further]
    pairs.sort(reverse=not rising)  # of pairs that are as easy to read, the mildest
    pairs.sort(key=lambda pair: (decimals(pair[0] / scale, pair[1] / scale), pair[1] - pair[0]))
    for tries, rest in enumerate(values_in(fall.before, schedule, beside)):
        for low, high in pairs:
            mild, bad = (low, high) if rising else (high, low)
            milder, worse = case(schedule, {**rest, fall.key: mild}), case(schedule, {**rest, fall.key: bad})
            if milder.pays is not None and worse.pays is not None and worse.pays < milder.pays:
                return milder, worse
        if tries > 60:
            return None
    return None


def decimals_in(schedule: Schedule, found: Case) -> int:
    """How many decimals a reader of a case has to follow."""
    return decimals(*(value / schedule.free[key].scale for key, value in found.values.items()))


def decimals(*numbers: Fraction) -> int:
    return sum(len(shown_number(number).partition(".")[2]) for number in numbers)


def case(schedule: Schedule, values: Mapping[str, Fraction]) -> Case:
    """What is paid at given values, in numbers and in words: as a part of the fee, where it is one whatever the fee."""
    answers = schedule.net({key: Stretch(value, value) for key, value in values.items()})
    pays = answers[0].constant if len(answers) == 1 else None
    for_any_fee = amounts_in_words(schedule, values, schedule.net)
    if for_any_fee:
        return Case(values, pays, in_words(schedule, values), for_any_fee[0])
    paid = "nothing that the rows say" if pays is None else shown_amount(pays, schedule.money)
    return Case(values, pays, in_words(schedule, values, with_fees=pays is not None), paid)


def amounts_in_words(
    schedule: Schedule, values: Mapping[str, Fraction], function: Callable[[Box], list[Polynomial]]
) -> list[str]:
    """What a function answers at given values, whatever the fees are; nothing, if it depends on the fees."""
    box = {
        key: schedule.free[key].domain[-1] if is_fee(schedule.free[key]) else Stretch(value, value)
        for key, value in values.items()
    }
    try:
        return [polynomial_in_words(schedule, answer) for answer in function(box)]
    except (CutError, OutsideError):
        return []


def is_fee(free: Free) -> bool:
    return free.unit == units.MONEY


def in_words(schedule: Schedule, values: Mapping[str, Fraction], *, with_fees: bool = False) -> str:
    """`portal_up` is 98.5% and length of `portal_down` is 40 min"""
    said = [
        f"{schedule.free[key].words} is {shown(value, schedule.free[key])}"
        for key, value in values.items()
        if with_fees or not is_fee(schedule.free[key])
    ]
    said += [f'the row is for "{word}"' for word in schedule.choice]
    return " and ".join(said) or "nothing is measured"


def polynomial_in_words(schedule: Schedule, polynomial: Polynomial) -> str:
    """A part of a fee, an amount, or the sum of such."""
    said = []
    for names, factor in polynomial.factors.items():
        if not names:
            said.append(shown_amount(factor, schedule.money))
        else:
            of = " and ".join(schedule.free[name].words for name in sorted(names))
            said.append(f"{shown_number(factor * 100)}% of {of}")
    return " and ".join(said) or "nothing"


def shown_amount(value: Fraction, unit: str) -> str:
    if unit.startswith(f"{units.MONEY} in "):
        return f"{unit[-3:]} {float(value):,.2f}"
    words = {units.POINTS: "points", units.SERVICE_DAYS: "service days"}.get(unit, "")
    return f"{shown_number(value)} {words}".strip()


def shown(value: Fraction, free: Free) -> str:
    """A value with its unit, as the language writes it."""
    number = shown_number((1 / value if free.inverse else value) / free.scale)
    return number + MARKS.get(free.unit, "%" if free.scale == Fraction(1, 100) else "")


def shown_number(value: Fraction) -> str:
    """A fraction in decimals, cut where it has no end."""
    if value.denominator == 1:
        return f"{value.numerator:,}"
    return f"{float(value):,.6f}".rstrip("0").rstrip(".")
