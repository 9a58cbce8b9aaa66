"""A period cut into months; a longer one into quarters, and a very long one into years."""

from __future__ import annotations

from datetime import date, timedelta
from typing import NamedTuple

from ..evaluation.instants.zones import midnight
from ..model.deadlines import months_after

MOST = 12
"""Columns that fit beside the names of promises."""


class Column(NamedTuple):
    """What ends after `start` and not after `end` stands in it. `label` fits into four characters, below the year."""

    name: str
    label: str
    year: int
    start: int
    end: int


def columns(first: date, last: date, zone: str) -> list[Column]:
    """The columns of a period, both days included."""
    sizes = [size for size in SIZES if number(first, last, size) <= MOST]
    size = sizes[0] if sizes else 12
    found = []
    begins = first.replace(month=first.month - (first.month - 1) % size, day=1)
    while begins <= last:
        after = months_after(begins, size) or date.max
        start, end = max(begins, first), min(after, last + timedelta(days=1))
        name, label = named(begins, size)
        found.append(Column(name, label, begins.year, midnight(start, zone), midnight(end, zone)))
        begins = after
    return found


SIZES = (1, 3, 12)


def number(first: date, last: date, size: int) -> int:
    """How many columns of so many months a period touches."""
    return month(last) // size - month(first) // size + 1


def month(day: date) -> int:
    return day.year * 12 + day.month - 1


def named(begins: date, size: int) -> tuple[str, str]:
    if size == 1:
        return f"{begins:%Y-%m}", MONTHS[begins.month - 1]
    if size == 3:
        quarter = (begins.month + 2) // 3
        return f"{begins.year}-q{quarter}", f"q{quarter}"
    return f"{begins.year}", "year"


MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
