"""How the rules about measuring tell numbers of answers, chances and lengths of time."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from ..model.samples import expected_of_source, smallest_part

if TYPE_CHECKING:
    from fractions import Fraction

    from ..model import nodes
    from ..model.samples import Basis

ALMOST_CERTAIN = 0.995


def in_hundredths(chance: float) -> str:
    """A chance as people say it: 26%, 2.3%; never 0% of what may happen, nor 100% of what may not."""
    if chance >= ALMOST_CERTAIN:
        return "more than 99%" if chance < 1 else "100%"
    places = 0 if chance >= 0.1 else 1
    return f"{max(chance, 0.001) * 100:.{places}f}%"


def exactly(value: Fraction) -> str:
    """A share in hundredths with the digits that it has, up to four: 99.35%."""
    return f"{round(float(value * 100), 4):g}%"


def window_of(promise: nodes.Promise) -> str:
    """The promise's window in the user's words: `calendar month`."""
    return " ".join(promise.place("each").text.split()).removeprefix("each ")


def rows_of(basis: Basis) -> str:
    return "answers" if basis.asked else "rows"


def about(number: int, promise: nodes.Promise, basis: Basis) -> str:
    """How many are expected, and how sure that is: `about 90 answers`, `at most 90 rows`."""
    smallest = " in the smallest segment" if promise.segments else ""
    rows = rows_of(basis) if number != 1 else rows_of(basis).removesuffix("s")
    return f"{'at most' if basis.narrowed else 'about'} {number:,} {rows}{smallest}"


def by_window(needed: int, promise: nodes.Promise, basis: Basis, otherwise: str) -> str:
    """A remedy: the shortest window in which the rows needed come together, or else what to do instead.

    Only the latter where it cannot be told how many rows a longer window has.
    """
    from ..model.statistics.planning import shortest_window

    part = smallest_part(promise)
    monthly = expected_of_source(basis.source, "calendar month")
    if monthly is None or part is None or basis.narrowed:
        return f"{otherwise[0].upper()}{otherwise[1:]}."
    found = shortest_window(needed, monthly * part)
    if found is None:
        return f"Not even a calendar year brings {needed:,} {rows_of(basis)}: {otherwise}."
    return (
        f"The shortest window with enough {rows_of(basis)} is a {found.window} with about {found.answers:,};"
        f" or {otherwise}."
    )


def in_short(seconds: Fraction) -> str:
    """A length of time in a unit in which it is short: 25 s, 4.32 min, 7.2 h; rounded down, so that it is enough."""
    for unit, size in (("h", 3600), ("min", 60)):
        if seconds >= 2 * size:
            return f"{math.floor(seconds / size * 100) / 100:g} {unit}"
    return f"{math.floor(seconds * 10) / 10:g} s" if seconds < 10 else f"{math.floor(seconds)} s"
