"""A clock as a small table that any database can join: for each page what is shown, and how fast it runs.

A page lasts 2^36 microseconds, which is about 19 hours, and pages are numbered since 1970 in UTC: the number of an
instant's page is what is left without its last 36 bits. On a page the clock goes through a few pieces, in each of which
it runs evenly: before the office opens, while it is open, after it has closed. Nothing about calendars or zones is left
for the database to know.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from functools import lru_cache
from hashlib import sha256
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from ..instants.clocks import Clock

BITS = 36
PAGE = 1 << BITS
"""Microseconds. Longer pages have more pieces to choose from, shorter ones make a larger table. Numbers from a small
range, one for each row, are what a database joins fastest."""

NAMES = {"readings": ("start", "shown", "rate"), "days": ("start",)}
"""What is told of a piece, when it begins first of all: of what a clock shows, or of the days that it counts from."""

Piece = tuple[int, ...]


class Pages(NamedTuple):
    """Each row is a page: its number and then, for each of at most `pieces`, what is told of it under `names`. A
    page with fewer pieces than others has empty cells at its end. Tables of one `name` are alike."""

    name: str
    names: tuple[str, ...]
    pieces: int
    rows: tuple[tuple[int | None, ...], ...]
    first: int
    end: int
    """From which instant to which there are pages."""

    @property
    def columns(self) -> tuple[str, ...]:
        return ("page", *(f"{name}_{number}" for number in range(1, self.pieces + 1) for name in self.names))


@lru_cache(maxsize=64)
def pieces(clock: Clock, kind: str) -> tuple[Piece, ...]:
    """The pieces of a clock in order of time. The first also holds for what is before it."""
    if kind == "days":
        return tuple((day,) for day in clock.days)
    return tuple(zip(clock.starts, clock.shown, clock.rates, strict=True))


def within(pieces: tuple[Piece, ...], first: int, last: int) -> tuple[Piece, ...]:
    """The pieces in which the instants from `first` to `last` lie."""
    before = max(bisect_right(pieces, first, key=start) - 1, 0)
    return pieces[before : max(bisect_right(pieces, last, key=start), before + 1)]


@lru_cache(maxsize=256)
def pages(clock: Clock, kind: str, first: int, last: int) -> Pages:
    """The pages from the one with the instant `first` to the one with `last`."""
    known = pieces(clock, kind)
    starts = [start(piece) for piece in known]
    rows: list[list[int | None]] = []
    for page in range(first - first % PAGE, last + 1, PAGE):
        before = max(bisect_right(starts, page) - 1, 0)
        shown = known[before : max(bisect_left(starts, page + PAGE), before + 1)]
        rows.append([page >> BITS, *(figure for piece in shown for figure in piece)])
    longest = max(len(row) for row in rows)
    filled = tuple((*row, *[None] * (longest - len(row))) for row in rows)
    name = f"_pages_{sha256(repr((kind, filled)).encode()).hexdigest()[:16]}"
    begins = first - first % PAGE
    return Pages(name, NAMES[kind], (longest - 1) // len(NAMES[kind]), filled, begins, begins + len(rows) * PAGE)


def start(piece: Piece) -> int:
    return piece[0]
