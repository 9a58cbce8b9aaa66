"""Functions of free quantities, as payments are: a formula or a table, under caps."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any, NamedTuple

from .cells import (
    NOTHING,
    Answers,
    Box,
    Constant,
    CutError,
    Domains,
    Greatest,
    Known,
    Stretch,
    Sum,
    Term,
    Times,
    Units,
    between,
    cut,
    grid_of,
    is_less,
    never_negative,
    worked_out,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .. import nodes
    from ..node import Node
    from ..tiers import Interval

DOUBLED = "doubled"


class Free(NamedTuple):
    """A quantity on which a payment depends.

    `worse` is 1 if more of it is worse for whoever is paid for it, -1 if less is, 0 if the agreement does not say;
    None marks what is neither good nor bad, such as a fee. `most` is the greatest value that can come up, where a
    reason outside of the formula bounds it, such as the length of a month. `made_of` are the measurements behind it.
    An `inverse` is one divided by what its words say.
    """

    words: str
    unit: str
    scale: Fraction
    domain: list[Stretch]
    worse: int | None
    whole: bool
    most: Fraction | None
    made_of: frozenset[str]
    inverse: bool = False


class Row(NamedTuple):
    """A row of a table: what its quantities must be, and what follows; `otherwise` fits where no other row does."""

    tests: list[tuple[str, str, Fraction]]
    result: Term
    otherwise: bool
    node: nodes.TierRow


class Subject(NamedTuple):
    """What a payment looks at: a promise, or a KPI or a scheme of points by itself."""

    node: Any
    measuring: Node
    better: str
    level: Any

    @property
    def comparison(self) -> str:
        """`at least` and its like; empty where nothing is promised."""
        level = getattr(self.node, "level", None)
        return level.comparison if level is not None else ""


class Schedule(NamedTuple):
    """A payment as a function, in one reading of it.

    `free` are its quantities; their domains hold the values for which something is due at all, or more where it is
    `loose`, for the reason given there. It pays `amount` or what its rows say, and no more than its `limits`. It `ends`
    where a quantity reaches a value that is worse. `doubts` are the reasons for which it may yet pay less when
    something gets worse. `divisors` may be nothing.
    """

    payment: nodes.Payment
    subjects: list[Subject]
    free: dict[str, Free]
    rows: list[Row]
    amount: Term | None
    caps: list[Term]
    lowest_of: list[Term]
    doubts: list[str]
    divisors: list[str]
    ends: list[tuple[Free, Stretch]]
    gated: bool
    loose: str
    choice: tuple[str, ...]
    money: str

    @property
    def limits(self) -> list[Term]:
        return [*self.lowest_of, *self.caps]

    @property
    def domains(self) -> Domains:
        """The values of each quantity, cut at the bounds of the rows."""
        found = {key: free.domain for key, free in self.free.items()}
        for row in self.rows:
            for key, _, bound in row.tests:
                found[key] = cut(found[key], bound)
        return found

    def fitting(self, box: Box) -> list[Row]:
        """The rows that fit all over a box; raises CutError where one fits in a part of it only."""
        proper = [row for row in self.rows if not row.otherwise and all(passes(box, *test) for test in row.tests)]
        return proper or [row for row in self.rows if row.otherwise and all(passes(box, *test) for test in row.tests)]

    def gross(self, box: Box) -> Answers:
        """What is due on a box before the caps, by every row that counts."""
        terms = [self.amount] if self.amount is not None else [row.result for row in self.fitting(box)]
        if self.payment.policy == "first row that fits":
            terms = terms[:1]
        elif self.payment.policy is not None and terms:
            terms = [Greatest(tuple(terms))]
        doubled = [Sum((Constant(Fraction(1)), Known(DOUBLED)))] if DOUBLED in self.free else []
        found: Answers = []
        for term in terms:
            made = worked_out(Times((*doubled, term)), box)
            found += [] if made in found else [made]
        return found

    def net(self, box: Box) -> Answers:
        """What is due on a box after the caps."""
        limits = [worked_out(limit, box) for limit in self.limits]
        found: Answers = []
        for amount in self.gross(box):
            made = least_of(amount, limits, box)
            found += [] if made in found else [made]
        return found


def least_of(amount: Any, limits: Answers, box: Box) -> Any:
    for limit in limits:
        amount = limit if is_less(limit, amount, box) else amount
    return amount


def passes(box: Box, key: str, comparison: str, bound: Fraction) -> bool:
    """Whether a comparison holds all over a box."""
    stretch = box[key]
    if stretch.has(bound) and not stretch.is_point:
        raise CutError(key, bound)
    value = inside(stretch)
    return {
        "at least": value >= bound,
        "above": value > bound,
        "at most": value <= bound,
        "below": value < bound,
    }.get(comparison, value == bound)


def inside(stretch: Stretch) -> Fraction:
    """Some value of a stretch."""
    low, high = stretch
    if low is None:
        return NOTHING if high is None else high - 1
    return low + 1 if high is None else (low + high) / 2


def only_where(domain: list[Stretch], comparison: str, bound: Fraction) -> list[Stretch]:
    """The values of a domain that pass a comparison."""
    pieces = cut(domain, bound)
    return [piece for piece in pieces if passes({"": piece}, "", comparison, bound)]


def keys_of(term: Term) -> set[str]:
    if isinstance(term, Known):
        return {term.key}
    if isinstance(term, Constant):
        return set()
    if isinstance(term, Units):
        return keys_of(term.of)
    return {key for part in term.parts for key in keys_of(part)}


def negative(term: Term) -> Term:
    return Times((Constant(Fraction(-1)), term))


def extremes(term: Term, domains: Domains) -> tuple[Fraction | None, Fraction | None]:
    """The least and the greatest value of a term, or None where it has no end."""
    grid = grid_of(lambda box: [worked_out(term, box)], domains)
    every = [end for place, [made] in grid.answers.items() for end in corners(made, grid.box(place))]
    numbers = [end for end in every if isinstance(end, Fraction)]
    least = None if "-" in every or not numbers else min(numbers)
    return least, None if "+" in every or not numbers else max(numbers)


def corners(polynomial: Any, box: Box) -> Iterator[Fraction | str]:
    """The values at the corners of a box; `+` and `-` for a corner at infinity."""
    key = next(iter(polynomial.names), None)
    if key is None:
        yield polynomial.constant
        return
    low, high = box[key]
    slope = polynomial.slope(key)
    for end in (low, high):
        if end is not None:
            yield from corners(polynomial.where(key, end), box)
    for towards, end in ((slope, high), (-slope, low)):
        if end is None:
            yield from ["+"] if not never_negative(-towards, box) else []
            yield from ["-"] if not never_negative(towards, box) else []


def greatest_ever(term: Term, free: dict[str, Free]) -> Fraction | None:
    """The greatest value of a term, where every quantity in it is bounded by itself or by the window."""
    domains = {}
    for key in keys_of(term):
        most = free[key].most
        domains[key] = free[key].domain if most is None else only_where(free[key].domain, "at most", most)
    return extremes(term, domains)[1]


def domain_of(interval: Interval, scale: Fraction, least: Fraction | None) -> list[Stretch]:
    low = Fraction(interval.low) * scale if interval.low is not None else least
    high = Fraction(interval.high) * scale if interval.high is not None else None
    low_closed = interval.low_closed if interval.low is not None else low is not None
    return between(low, high, low_closed=low_closed, high_closed=interval.high_closed and high is not None)
