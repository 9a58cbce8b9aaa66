"""The word that was probably meant."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word closest to a word, if it is close enough to be a slip: a third of its letters at most."""
    allowed = max(1, len(word) // 3)
    best: tuple[int, str] | None = None
    for candidate in known:
        if candidate == word or abs(len(candidate) - len(word)) > allowed:
            continue
        apart = distance(word, candidate)
        if apart <= allowed and (best is None or (apart, candidate) < best):
            best = apart, candidate
    return best[1] if best else None


def distance(left: str, right: str) -> int:
    """Optimal string alignment: letters inserted, deleted, replaced, or two neighbours swapped."""
    before: list[int] = []
    above = list(range(len(right) + 1))
    for row, letter in enumerate(left, 1):
        here = [row]
        for column, other in enumerate(right, 1):
            cost = min(above[column] + 1, here[-1] + 1, above[column - 1] + (letter != other))
            if row > 1 and column > 1 and letter == right[column - 2] and left[row - 2] == other:
                cost = min(cost, before[column - 2] + 1)
            here.append(cost)
        before, above = above, here
    return above[-1]
