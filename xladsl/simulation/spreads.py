"""How the amounts of many years are spread, with no more kept than how often each amount came up."""

from __future__ import annotations

import math
from typing import Any, NamedTuple

import numpy as np

FINE = 10_000
"""Amounts are told apart to a hundredth of a cent."""

PARTS = 8


class Spread(NamedTuple):
    """Of the amounts of a year: the mean and its standard error, the median, what 95 of 100 years do not exceed, the
    most that came up, in how many years there was any, and what part of the mean chance alone brought about.

    `by_chance` is None where nothing is paid, or nothing is left to chance.
    """

    mean: float
    error: float
    median: float
    p95: float
    most: float
    any: float
    by_chance: float | None = None


class Tally:
    """Amounts of years, a chunk at a time."""

    def __init__(self) -> None:
        self.parts: list[tuple[Any, Any]] = []
        self.paid = 0.0
        self.by_luck = 0.0
        self.has_luck = False

    def add(self, amounts: Any, years: int) -> None:
        """The amounts of so many years, or the one that is the same in all of them."""
        fine = np.rint(np.asarray(amounts) * FINE).astype(np.int64)
        if fine.ndim == 0:
            self.parts.append((fine.reshape(1), np.array([years])))
        else:
            self.parts.append(np.unique(fine, return_counts=True))
        if len(self.parts) > PARTS:
            self.parts = [merged(self.parts)]

    def add_luck(self, paid: Any, deserved: Any, years: int) -> None:
        """What was paid in a window, and what would have been if chance had no part in it."""
        self.paid += float(np.mean(paid)) * years
        self.by_luck += float(np.mean(np.maximum(paid - deserved, 0.0))) * years
        self.has_luck = True

    def spread(self) -> Spread:
        values, counts = merged(self.parts)
        years = int(counts.sum())
        mean = float(values @ counts) / years
        varies = float(((values - mean) ** 2) @ counts) / max(years - 1, 1)
        reached = counts.cumsum()
        median, p95 = (float(values[np.searchsorted(reached, part * years)]) for part in (0.5, 0.95))
        return Spread(
            mean / FINE,
            math.sqrt(varies / years) / FINE,
            median / FINE,
            p95 / FINE,
            float(values[-1]) / FINE,
            float(counts[values != 0].sum()) / years,
            self.by_luck / self.paid if self.has_luck and self.paid else None,
        )


def merged(parts: list[tuple[Any, Any]]) -> tuple[Any, Any]:
    values, places = np.unique(np.concatenate([values for values, _ in parts]), return_inverse=True)
    counts = np.zeros(len(values), np.int64)
    np.add.at(counts, places, np.concatenate([counts for _, counts in parts]))
    return values, counts
