"""Functions of free quantities, cut into cells on which nothing changes but by proportion.

A payment jumps (at the edge of a row, at the next started half-hour) and grows (with the shortfall, with the fee). Cut
every quantity at every value where something jumps or bends: what remains are points and open stretches. A *box* takes
one of them for each quantity, and on a box the payment is one polynomial in which no quantity is multiplied by itself.

This is why cells are complete. With all other quantities held still, such a polynomial is a straight line, so over a
box it is nowhere negative exactly if it is not negative at the box's corners; a corner at infinity is the slope that
leads there. Whatever is claimed of infinitely many values is therefore decided by finitely many numbers, all of them
fractions; nothing is sampled and nothing is rounded.
"""

from __future__ import annotations

from fractions import Fraction
from itertools import product
from math import ceil, floor, prod
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

MOST_CELLS = 6000
MOST_STEPS = 400
NOTHING = Fraction(0)


class OutsideError(Exception):
    """A formula that is not of the kind that cells decide; the message says which and why."""


class CutError(Exception):
    """A box on which something is not the same everywhere; it is to be cut where it changes."""

    def __init__(self, key: str, at: Fraction) -> None:
        super().__init__(key, at)
        self.key, self.at = key, at


class Stretch(NamedTuple):
    """One value, where both ends are the same, or all values between two; None is without end."""

    low: Fraction | None
    high: Fraction | None

    @property
    def is_point(self) -> bool:
        return self.low is not None and self.low == self.high

    def has(self, value: Fraction) -> bool:
        if self.is_point:
            return value == self.low
        return (self.low is None or self.low < value) and (self.high is None or value < self.high)


Box = dict[str, Stretch]


def between(low: Fraction | None, high: Fraction | None, *, low_closed: bool, high_closed: bool) -> list[Stretch]:
    """The stretches of an interval, from low to high: its inside, and its ends where they belong to it."""
    if low is not None and high is not None and low >= high:
        return [Stretch(low, low)] if low == high and low_closed and high_closed else []
    ends = [Stretch(low, low)] if low_closed else []
    return [*ends, Stretch(low, high), *([Stretch(high, high)] if high_closed else [])]


def cut(stretches: list[Stretch], at: Fraction) -> list[Stretch]:
    """The same values, with a stretch of its own for one of them."""
    pieces = []
    for stretch in stretches:
        if stretch.has(at) and not stretch.is_point:
            pieces += [Stretch(stretch.low, at), Stretch(at, at), Stretch(at, stretch.high)]
        else:
            pieces.append(stretch)
    return pieces


# ------------------------------------------------------------------------------------------------------- polynomials


class Polynomial:
    """A sum of products of different quantities, each product with its factor."""

    __slots__ = ("factors",)

    def __init__(self, factors: Mapping[frozenset[str], Fraction]) -> None:
        self.factors = {names: factor for names, factor in factors.items() if factor}

    def __add__(self, other: Polynomial) -> Polynomial:
        made = dict(self.factors)
        for names, factor in other.factors.items():
            made[names] = made[names] + factor if names in made else factor
        return Polynomial(made)

    def __neg__(self) -> Polynomial:
        return Polynomial({names: -factor for names, factor in self.factors.items()})

    def __sub__(self, other: Polynomial) -> Polynomial:
        return self + -other

    def __mul__(self, other: Polynomial) -> Polynomial:
        made: dict[frozenset[str], Fraction] = {}
        for (mine, factor), (theirs, second) in product(self.factors.items(), other.factors.items()):
            if mine & theirs:
                raise OutsideError(f"{next(iter(mine & theirs))} is multiplied by itself")
            names = mine | theirs
            made[names] = made[names] + factor * second if names in made else factor * second
        return Polynomial(made)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Polynomial) and self.factors == other.factors

    __hash__ = None  # type: ignore[assignment]  # it is compared and never looked up

    @property
    def names(self) -> set[str]:
        return {name for names in self.factors for name in names}

    @property
    def constant(self) -> Fraction:
        return self.factors.get(frozenset(), NOTHING)

    def slope(self, key: str) -> Polynomial:
        """By how much it grows when one quantity grows by 1, all else the same."""
        return Polynomial({names - {key}: factor for names, factor in self.factors.items() if key in names})

    def where(self, key: str, value: Fraction) -> Polynomial:
        """What is left of it when one quantity is known."""
        made: dict[frozenset[str], Fraction] = {}
        for names, factor in self.factors.items():
            if key in names:
                names, factor = names - {key}, factor * value
            made[names] = made[names] + factor if names in made else factor
        return Polynomial(made)

    def at(self, values: Mapping[str, Fraction]) -> Fraction:
        """Its value when every quantity is known."""
        left = self
        for key in self.names:
            left = left.where(key, values[key])
        return left.constant

    def reduced(self, box: Box) -> Polynomial:
        """The same without the quantities that every product has and that are above nothing: its sign is the same."""
        common = frozenset.intersection(*self.factors) if self.factors else frozenset[str]()
        positive = {key for key in common if is_positive(box[key])}
        return Polynomial({names - positive: factor for names, factor in self.factors.items()})


def constant(value: Fraction | int) -> Polynomial:
    return Polynomial({frozenset(): Fraction(value)})


def of_one(key: str) -> Polynomial:
    return Polynomial({frozenset({key}): Fraction(1)})


def is_positive(stretch: Stretch) -> bool:
    return stretch.low is not None and (stretch.low > 0 or (stretch.low == 0 and not stretch.is_point))


def never_negative(polynomial: Polynomial, box: Box) -> bool:
    """Whether a polynomial is at least 0 all over a box: so it is at its corners, and its slopes towards infinity."""
    key = next(iter(polynomial.names), None)
    if key is None:
        return polynomial.constant >= 0
    low, high = box[key]
    slope = polynomial.slope(key)
    ends = [polynomial.where(key, end) for end in (low, high) if end is not None]
    if low is None:
        ends.append(-slope)
    if high is None:
        ends.append(slope)
    if low is None and high is None:
        ends.append(polynomial.where(key, Fraction(0)))
    return all(never_negative(end, box) for end in ends)


def has_no_end(polynomial: Polynomial, box: Box, growing: set[str]) -> bool:
    """Whether it exceeds every number somewhere in a box because one of the growing quantities has no end."""
    for key in polynomial.names & growing:
        low, high = box[key]
        slope = polynomial.slope(key)
        if (high is None and not never_negative(-slope, box)) or (low is None and not never_negative(slope, box)):
            return True
    return False


# ------------------------------------------------------------------------------------------------------------- terms


class Constant(NamedTuple):
    """A number that is written in the agreement."""

    value: Fraction


class Known(NamedTuple):
    """A free quantity, by its key."""

    key: str


class Sum(NamedTuple):
    """`a + b`"""

    parts: tuple[Term, ...]


class Times(NamedTuple):
    """`a × b`"""

    parts: tuple[Term, ...]


class Least(NamedTuple):
    """`lowest of (a, b)`, and an amount under its caps"""

    parts: tuple[Term, ...]


class Greatest(NamedTuple):
    """`highest of (a, b)`, and a shortfall, which is never less than nothing"""

    parts: tuple[Term, ...]


class Units(NamedTuple):
    """How many whole units are in a term, whose unit is 1: `started` rounds up, `full` rounds down."""

    rounding: str
    of: Term


Term = Constant | Known | Sum | Times | Least | Greatest | Units


def worked_out(term: Term, box: Box) -> Polynomial:
    """A term as one polynomial on a box; raises CutError where the box is too wide for one."""
    if isinstance(term, Constant):
        return constant(term.value)
    if isinstance(term, Known):
        stretch = box[term.key]
        return constant(stretch.low) if stretch.is_point and stretch.low is not None else of_one(term.key)
    if isinstance(term, Units):
        return whole_units(term.rounding, worked_out(term.of, box), box)
    parts = [worked_out(part, box) for part in term.parts]
    made = parts[0]
    for part in parts[1:]:
        if isinstance(term, Sum):
            made = made + part
        elif isinstance(term, Times):
            made = made * part
        elif is_less(part, made, box) == isinstance(term, Least):
            made = part
    return made


def is_less(left: Polynomial, right: Polynomial, box: Box) -> bool:
    """Whether the left is at most the right all over a box, if it is not at least the right."""
    apart = right - left
    if never_negative(apart, box):
        return True
    if never_negative(-apart, box):
        return False
    reduced = apart.reduced(box)
    if len(reduced.names) != 1:
        raise OutsideError("which of two amounts is smaller depends on several quantities at once")
    key = next(iter(reduced.names))
    raise CutError(key, -reduced.constant / reduced.slope(key).constant)


def whole_units(rounding: str, polynomial: Polynomial, box: Box) -> Polynomial:
    """The number of started or full units on a box over which it is the same."""
    rounded = ceil if rounding == "started" else floor
    if not polynomial.names:
        return constant(rounded(polynomial.constant))
    key = next(iter(polynomial.names))
    low, high = box[key]
    if len(polynomial.names) != 1 or low is None or high is None:
        raise OutsideError("units are counted of several quantities at once, or of one without end")
    slope = polynomial.slope(key).constant
    least, most = sorted((polynomial.where(key, low).constant, polynomial.where(key, high).constant))
    first, last = floor(least) + 1, ceil(most) - 1
    if last - first > MOST_STEPS:
        raise OutsideError("it has too many steps to look at each of them")
    if first <= last:
        raise CutError(key, (Fraction((first + last) // 2) - polynomial.constant) / slope)
    return constant(rounded((least + most) / 2))


# -------------------------------------------------------------------------------------------------------------- grids


Answers = list[Polynomial]
Domains = dict[str, list[Stretch]]


class Grid(NamedTuple):
    """All boxes of some domains, cut fine enough, and what a function answers on each: none, one or several amounts."""

    domains: Domains
    answers: dict[tuple[int, ...], Answers]

    def box(self, place: tuple[int, ...]) -> Box:
        return {key: self.domains[key][index] for key, index in zip(self.domains, place, strict=True)}


def grid_of(function: Callable[[Box], Answers], domains: Domains) -> Grid:
    """The finest grid that a function asks for. Raises OutsideError if cells do not decide the function."""
    domains = dict(domains)
    while True:
        grid = Grid(domains, {})
        cuts = []
        for place in places(domains):
            try:
                grid.answers[place] = function(grid.box(place))
            except CutError as asked:
                cuts.append(asked)
        if not cuts:
            return grid
        for wanted in cuts:
            domains[wanted.key] = cut(domains[wanted.key], wanted.at)


def places(domains: Domains) -> Iterator[tuple[int, ...]]:
    """Where each box of some domains is: the number of its stretch in each domain."""
    if prod(len(stretches) for stretches in domains.values()) > MOST_CELLS:
        raise OutsideError("it has too many steps to look at each of them")
    return product(*(range(len(stretches)) for stretches in domains.values()))


class Fall(NamedTuple):
    """Where an amount shrinks while one quantity grows: from one box to the same or the next one."""

    key: str
    before: Box
    after: Box


def falls(grid: Grid, key: str, *, rising: bool) -> Iterator[Fall]:
    """The boxes in which an amount shrinks while a quantity grows, or while it falls.

    It never does so if it does not within any box, where the slope decides, nor from a box to its neighbour, where
    the step at the edge between them decides: every way from one value to another is made of these.
    """
    position = list(grid.domains).index(key)
    for place, answers in grid.answers.items():
        box = grid.box(place)
        if len(answers) == 1 and not box[key].is_point:
            slope = answers[0].slope(key)
            if not never_negative(slope if rising else -slope, box):
                yield Fall(key, box, box)
        further = (*place[:position], place[position] + 1, *place[position + 1 :])
        beyond = grid.answers.get(further, [])
        if len(answers) == 1 and len(beyond) == 1:
            edge = box[key].high
            assert edge is not None  # only the last stretch is without end
            step = beyond[0].where(key, edge) - answers[0].where(key, edge)
            if not never_negative(step if rising else -step, box):
                yield Fall(key, box, grid.box(further))
