"""The word that was probably meant."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

SHORTEST_WORD = 3


def nearest(word: str, candidates: Iterable[str]) -> str | None:
    """The nearest of the candidates, or None if none is within one slip for every three letters."""
    if len(word) < SHORTEST_WORD:
        return None
    limit = max(1, len(word) // 3)
    distances = [
        (distance(word, other), other[0] != word[0], other)
        for other in candidates
        if abs(len(other) - len(word)) <= limit
    ]
    best = min(distances, default=None)
    return best[2] if best is not None and best[0] <= limit else None


def distance(word: str, other: str) -> int:
    """How many letters are added, left out, changed, or swapped with a neighbour."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(word, start=1):
        earlier, before, row = before, row, [i]
        for j, wanted in enumerate(other, start=1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != wanted))
            if i > 1 and j > 1 and letter == other[j - 2] and word[i - 2] == wanted:
                cost = min(cost, earlier[j - 2] + 1)
            row.append(cost)
    return row[-1]
