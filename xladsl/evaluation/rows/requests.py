"""What is asked of rows. Whoever holds the rows answers with whole numbers, and all the rest is worked out from them.

A cell is an integer or a text. What is measured is kept in millionths: a number in millionths, a time in microseconds
since 1970-01-01 UTC, a length of time in microseconds, a percentage in millionths of a percent, money in millionths of
its currency; yes is 1 and no is 0. More decimals are rounded half away from zero when a row is read. A day is the
instant at which it begins. An empty cell is None.

A term is worked out for one row and gives a cell; a test is true or false of one row, never anything between. Two of
them are equal only if they are of one kind: any of several tests is not all of them, although both are tuples.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

    from ..instants.clocks import Clock

MILLION = 1_000_000

Cell = int | str | None
Kind = TypeVar("Kind")


def equal_by_kind(kind: type[Kind]) -> type[Kind]:
    """Makes a tuple equal only to tuples of its own class, so that results may be remembered by what was asked."""

    as_tuples: Callable[[object, object], bool] = vars(tuple)["__eq__"]

    def is_equal(one: object, other: object) -> bool:
        return type(one) is type(other) and as_tuples(one, other)

    def differs(one: object, other: object) -> bool:
        return not is_equal(one, other)

    for name, compared in (("__eq__", is_equal), ("__ne__", differs)):
        setattr(kind, name, compared)
    return kind


# ------------------------------------------------------------------------------------------------------------- terms


@equal_by_kind
class ColumnCell(NamedTuple):
    """What a column of the source holds. Columns have the names that the agreement gives them."""

    name: str


@equal_by_kind
class Constant(NamedTuple):
    value: int | str


@equal_by_kind
class Sum(NamedTuple):
    """The first terms added, the others subtracted; empty if any part of it is empty."""

    added: tuple[Term, ...]
    subtracted: tuple[Term, ...] = ()


@equal_by_kind
class Product(NamedTuple):
    """Empty if any factor is empty. Whoever asks knows by how much the product of two millionths is too large."""

    factors: tuple[Term, ...]


@equal_by_kind
class First(NamedTuple):
    """The smallest of those that are not empty; empty if all are."""

    terms: tuple[Term, ...]


@equal_by_kind
class Last(NamedTuple):
    """The largest of those that are not empty; empty if all are."""

    terms: tuple[Term, ...]


@equal_by_kind
class Reading(NamedTuple):
    """What a clock shows at an instant, as `Clock.at` has it: business time becomes a difference of two readings."""

    clock: Clock
    instant: Term


@equal_by_kind
class SliceStart(NamedTuple):
    """The beginning of the small interval that an instant lies in: counted from the midnight before it, on the clock's
    days."""

    clock: Clock
    length: int
    instant: Term


@equal_by_kind
class Passes(NamedTuple):
    """1 in a row that passes a test, and 0 in others: its sum is how many pass, beside how many there are."""

    test: Test


Term = ColumnCell | Constant | Sum | Product | First | Last | Reading | SliceStart | Passes


# ------------------------------------------------------------------------------------------------------------- tests


@equal_by_kind
class Compared(NamedTuple):
    """`relation` is one of < <= > >= = !=. False, whatever the relation, if either side is empty. Both sides are
    integers of one scale, or both are texts, and texts are only ever = or !=."""

    left: Term
    relation: str
    right: Term


@equal_by_kind
class Empty(NamedTuple):
    term: Term


@equal_by_kind
class Running(NamedTuple):
    """Whether a clock runs at an instant: whether that is within business hours. False for an empty cell."""

    clock: Clock
    instant: Term


@equal_by_kind
class Every(NamedTuple):
    """True if all are; true if there are none."""

    tests: tuple[Test, ...]


@equal_by_kind
class Some(NamedTuple):
    """True if one is; false if there are none."""

    tests: tuple[Test, ...]


@equal_by_kind
class Not(NamedTuple):
    test: Test


Test = Compared | Empty | Running | Every | Some | Not
ALWAYS = Every(())


# ---------------------------------------------------------------------------------------------------------- requests


class Tally(NamedTuple):
    """How many rows of a source there are in each group, and what their terms add up to.

    `weight` is a term by which each row counts (once for a million millionths); rows without a weight count nothing.
    """

    source: str
    test: Test = ALWAYS
    by: tuple[Term, ...] = ()
    sums: tuple[Term, ...] = ()
    weight: Term | None = None


class Counted(NamedTuple):
    """`rows` as they are; `weight` in millionths where rows have one, else the rows again; for each term the weight of
    the rows in which it is not empty, and the sum of term times weight over these."""

    rows: int
    weight: int
    sums: tuple[tuple[int, int], ...] = ()


class Listing(NamedTuple):
    """Some cells of each row that passes; asked only where rows themselves are stretches of time, or are judged one by
    one. Sorted by these cells, empty ones first, numbers before texts."""

    source: str
    terms: tuple[Term, ...]
    test: Test = ALWAYS


class Sampled(NamedTuple):
    """The rounds of a probe, put together into runs.

    Rows of the same slice of `interval` microseconds (counted from midnight of the clock's days) are one round. It
    begins at the first of them, and fails if at least `failing` of its rows are not `ok`; an empty `ok` is no row.
    """

    source: str
    instant: Term
    ok: Term
    clock: Clock
    interval: int
    failing: int
    test: Test = ALWAYS


class Run(NamedTuple):
    """Rounds in a row that all failed or all succeeded: the first, the last, and how many."""

    first: int
    last: int
    rounds: int
    failed: bool


class Turns(NamedTuple):
    """When a probe turned from good to bad and back: the first of each run of rounds, and whether these failed. `until`
    is when the last round of all began; without any round it means nothing."""

    firsts: list[tuple[int, bool]]
    until: int


class Engine(Protocol):
    """Whoever holds the rows of all sources. The same rows in any order give the same answers."""

    name: str
    version: str

    def sources(self) -> frozenset[str]:
        """The sources that have data, be it without a row. To ask of another one is an error of the caller."""

    def tally(self, request: Tally) -> dict[tuple[Cell, ...], Counted]:
        """One entry for each group that has a row; with no `by` and no row, an empty dictionary."""

    def listed(self, request: Listing) -> list[tuple[Cell, ...]]: ...

    def sampled(self, request: Sampled) -> list[Run]: ...

    def turns(self, request: Sampled) -> Turns:
        """The same, for whoever need not know how many rounds there were."""
