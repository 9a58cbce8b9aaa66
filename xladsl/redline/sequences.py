"""What two sequences have in common, in nearly linear time for what people change in a long document."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Sequence

SMALL = 60_000
"""How many comparisons a stretch may cost that no unique word divides."""

LARGEST = 1_000_000
"""How many pairs are weighed against one another to find which belong together."""


def matches(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[tuple[int, int]]:
    """Positions of equal members, rising on both sides.

    Long sequences are divided where a member that stands once on either side is the same; what lies between is short.
    """
    found: list[tuple[int, int]] = []
    stack = [(0, len(old), 0, len(new))]
    while stack:
        start, end, first, last = stack.pop()
        while start < end and first < last and old[start] == new[first]:
            found.append((start, first))
            start, first = start + 1, first + 1
        while start < end and first < last and old[end - 1] == new[last - 1]:
            end, last = end - 1, last - 1
            found.append((end, last))
        if start == end or first == last:
            continue
        if (end - start) * (last - first) <= SMALL:
            matcher = SequenceMatcher(None, old[start:end], new[first:last], autojunk=False)
            for one, other, size in matcher.get_matching_blocks():
                found += [(start + one + step, first + other + step) for step in range(size)]
            continue
        fixed = unique_in_both(old, new, (start, end, first, last))
        before, above = start, first
        for one, other in [*fixed, (end, last)] if fixed else ():
            if one < end:
                found.append((one, other))
            stack.append((before, one, above, other))
            before, above = one + 1, other + 1
    return sorted(set(found))


def unique_in_both(
    old: Sequence[Hashable], new: Sequence[Hashable], within: tuple[int, int, int, int]
) -> list[tuple[int, int]]:
    """Members that stand once on either side, in the longest order that both sides share."""
    start, end, first, last = within
    times, again = Counter(old[start:end]), Counter(new[first:last])
    where = {new[position]: position for position in range(first, last) if again[new[position]] == 1}
    pairs = [
        (position, where[old[position]])
        for position in range(start, end)
        if times[old[position]] == 1 and old[position] in where
    ]
    return rising(pairs)


def rising(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest part of pairs, given in the order of their first members, whose second members rise too."""
    ends: list[int] = []
    last: list[int] = []
    before: list[int | None] = []
    for position, (_, second) in enumerate(pairs):
        length = bisect_left(ends, second)
        before.append(last[length - 1] if length else None)
        if length == len(ends):
            ends.append(second)
            last.append(position)
        else:
            ends[length], last[length] = second, position
    chosen: list[tuple[int, int]] = []
    position_: int | None = last[-1] if last else None
    while position_ is not None:
        chosen.append(pairs[position_])
        position_ = before[position_]
    return chosen[::-1]


def most_alike(old: int, new: int, likeness: Callable[[int, int], float], nearest: int) -> list[tuple[int, int]]:
    """Which of `old` and `new` members, counted from 0, belong together in their order so that they are most alike.

    A likeness of 0 means that two never belong together. Where there are more than `nearest` on both sides, only
    members at about the same position are compared; of very many, only those at the same one.
    """
    if old * new > LARGEST:
        return [(position, position) for position in range(min(old, new)) if likeness(position, position)]
    reach = max(nearest, abs(old - new) + 8)
    best = [[0.0] * (new + 1) for _ in range(old + 1)]
    alike: dict[tuple[int, int], float] = {}
    for one in range(old - 1, -1, -1):
        row, below = best[one], best[one + 1]
        for other in range(new - 1, -1, -1):
            here = 0.0
            if abs(one - other) <= reach and (here := likeness(one, other)):
                alike[one, other] = here
            together = here + below[other + 1] if here else 0.0
            row[other] = max(together, below[other], row[other + 1])
    chosen: list[tuple[int, int]] = []
    one = other = 0
    while one < old and other < new:
        here = alike.get((one, other), 0.0)
        if here and best[one][other] == here + best[one + 1][other + 1]:
            chosen.append((one, other))
            one, other = one + 1, other + 1
        elif best[one][other] == best[one + 1][other]:
            one += 1
        else:
            other += 1
    return chosen
