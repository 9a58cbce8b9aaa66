"""Stretches of time and their algebra: joined, cut, subtracted, counted in whole minutes.

A *profile* is a list of stretches in the order of time that do not overlap; together they say how often each moment
counts. `union` and `overlaid` make one out of any stretches, everything else takes a profile and gives one. A *run* is
a part of a profile without a gap, whatever the weights in it: a weight says how often a moment counts, never whether it
does. All is linear once it is sorted, and all is whole numbers.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from fractions import Fraction
from heapq import heappop, heappush
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

from ..rows.requests import MILLION

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

MINUTE = 60 * MILLION
ONCE = 100 * MILLION
"""The weight of a moment that counts once: so fine that a percentage of six decimals is a whole number of it."""

END = 10**10 * MINUTE
START = -END
"""Before and after every moment an agreement speaks of; a stretch that has not ended lasts until `END`."""


begins_at = attrgetter("start")
ends_at = attrgetter("end")


class Stretch(NamedTuple):
    """From `start` up to `end`, which no longer belongs to it; in microseconds since 1970-01-01 UTC.

    `weight` is how often each of its moments counts; `ONCE` is the weight of a moment that counts once.
    """

    start: int
    end: int
    weight: int = ONCE


def union(stretches: Iterable[Stretch]) -> list[Stretch]:
    """Each moment once, however many stretches cover it. Stretches that touch are one."""
    found: list[Stretch] = []
    began = reached = START
    for start, end, _ in sorted(stretches):
        if start > reached:
            if began < reached:
                found.append(Stretch(began, reached))
            began = reached = start
        if end > reached:
            reached = end
    if began < reached:
        found.append(Stretch(began, reached))
    return found


def overlaid(stretches: Iterable[Stretch]) -> list[Stretch]:
    """Each moment as often as all stretches that cover it together say."""
    found: list[Stretch] = []
    ending: list[tuple[int, int]] = []
    weight = reached = 0
    for start, end, own in sorted(stretches):
        if start >= end:
            continue
        while ending and ending[0][0] <= start:
            stop, gone = heappop(ending)
            append(found, Stretch(reached, stop, weight))
            reached, weight = stop, weight - gone
        if ending:
            append(found, Stretch(reached, start, weight))
        reached, weight = start, weight + own
        heappush(ending, (end, own))
    while ending:
        stop, gone = heappop(ending)
        append(found, Stretch(reached, stop, weight))
        reached, weight = stop, weight - gone
    return found


def clipped(profile: list[Stretch], start: int, end: int) -> list[Stretch]:
    """What of it lies from `start` up to `end`."""
    if start >= end:
        return []
    first = bisect_right(profile, start, key=ends_at)
    last = bisect_left(profile, end, key=begins_at)
    cut = [Stretch(max(each.start, start), min(each.end, end), each.weight) for each in profile[first : first + 1]]
    if last - first > 1:
        cut += profile[first + 1 : last]
        cut[-1] = cut[-1]._replace(end=min(cut[-1].end, end))
    return cut if first < last else []


def within(profile: list[Stretch], others: list[Stretch]) -> list[Stretch]:
    """What of a profile lies inside of another, with the weights of the first."""
    found: list[Stretch] = []
    position = bisect_right(others, profile[0].start, key=ends_at) if profile else 0
    for start, end, weight in profile:
        while position < len(others) and others[position].end <= start:
            position += 1
        reached = position
        while reached < len(others) and others[reached].start < end:
            other = others[reached]
            append(found, Stretch(max(start, other.start), min(end, other.end), weight))
            reached += 1
    return found


def without(profile: list[Stretch], others: list[Stretch]) -> list[Stretch]:
    """What of a profile lies outside of another."""
    if not profile:
        return []
    start, end = profile[0].start, profile[-1].end
    return within(profile, gaps(clipped(others, start, end), start, end))


def gaps(profile: list[Stretch], start: int = START, end: int = END) -> list[Stretch]:
    """The time from `start` up to `end` in which nothing counts."""
    found: list[Stretch] = []
    for each in profile:
        append(found, Stretch(start, min(each.start, end)))
        start = max(start, each.end)
    append(found, Stretch(start, end))
    return found


def joined(profile: list[Stretch], gap: int, *, counted: bool = True) -> list[Stretch]:
    """Stretches that are at most `gap` microseconds apart become one, the gap included.

    The time between counts as often as the moment before it: an interruption that comes back so soon was not over.
    Where it is not `counted` it has no weight: what it joins is one run all the same.
    """
    found: list[Stretch] = []
    for each in profile:
        if found and 0 < each.start - found[-1].end <= gap:
            append(found, Stretch(found[-1].end, each.start, found[-1].weight if counted else 0))
        append(found, each)
    return found


def longer(
    profile: list[Stretch],
    length: int,
    *,
    or_equal: bool,
    gaps_counted: bool = True,
    held_together: Sequence[Stretch] = (),
) -> list[Stretch]:
    """The events that are longer than `length` microseconds, or as long where `or_equal`.

    Where the gaps of what was joined are not counted, only what has a weight makes an event long.
    """
    found: list[Stretch] = []
    for event in events(profile, held_together):
        lasted = sum(each.end - each.start for each in event if each.weight or gaps_counted)
        if lasted > length or (or_equal and lasted == length):
            found += event
    return found


def beginning_later(profile: list[Stretch], later: Callable[[int], int]) -> list[Stretch]:
    """Each run from the moment on that `later` makes of its beginning; a run that is over by then is gone."""
    return [each for run in runs(profile) for each in clipped(run, later(run[0].start), END)]


def whole_minutes(profile: list[Stretch], rule: str | None) -> list[Stretch]:
    """Counts by the minute of the clock: a minute begins when a clock that shows no seconds moves on.

    `count in full`: each minute that is touched counts as a whole. A minute of which only a part is covered counts as
    often as its heaviest moment. `are dropped`: only minutes that are covered from end to end count. `count exactly`,
    which is also what None means: nothing changes. All zones in use today are whole minutes away from UTC, so that the
    minutes of UTC are those of every zone.
    """
    if rule == "count in full":
        return touched_minutes(profile)
    if rule == "are dropped":
        return covered_minutes(profile)
    return profile


def total(profile: Iterable[Stretch]) -> Fraction:
    """How long it lasts, in microseconds, each moment as often as it counts."""
    return Fraction(sum((each.end - each.start) * each.weight for each in profile), ONCE)


def seconds(profile: Iterable[Stretch]) -> Fraction:
    """How long it lasts, in seconds, each moment as often as it counts."""
    return total(profile) / MILLION


def runs(profile: list[Stretch]) -> Iterator[list[Stretch]]:
    """The parts of a profile between its gaps."""
    run: list[Stretch] = []
    for each in profile:
        if run and run[-1].end < each.start:
            yield run
            run = []
        run.append(each)
    if run:
        yield run


def events(profile: list[Stretch], held_together: Sequence[Stretch]) -> Iterator[list[Stretch]]:
    """The parts of a profile that are one event: a run, or all runs that lie in one of the stretches that hold them
    together, because what parts them was only cut out of it."""
    event: list[Stretch] = []
    until = START
    for run in runs(profile):
        if event and run[0].start >= until:
            yield event
            event = []
        if not event:
            holding = bisect_right(held_together, run[0].start, key=begins_at) - 1
            until = max(held_together[holding].end if holding >= 0 else START, run[-1].end)
        event += run
    if event:
        yield event


def append(profile: list[Stretch], each: Stretch) -> None:
    """Adds a stretch at the end of a profile, to the last one if nothing parts the two. An empty one adds nothing."""
    start, end, weight = each
    if start >= end:
        return
    if profile:
        last = profile[-1]
        if last.end == start and last.weight == weight:
            profile[-1] = Stretch(last.start, end, weight)
            return
    profile.append(each)


def covered_minutes(profile: list[Stretch]) -> list[Stretch]:
    found: list[Stretch] = []
    for run in runs(profile):
        found += clipped(run, -(-run[0].start // MINUTE) * MINUTE, run[-1].end // MINUTE * MINUTE)
    return found


def touched_minutes(profile: list[Stretch]) -> list[Stretch]:
    covered = covered_minutes(profile)
    heaviest: dict[int, int] = {}
    for each in without(profile, union(covered)):
        for minute in range(each.start // MINUTE, -(-each.end // MINUTE)):
            heaviest[minute] = max(heaviest.get(minute, 0), each.weight)
    partial = [Stretch(minute * MINUTE, (minute + 1) * MINUTE, weight) for minute, weight in heaviest.items()]
    found: list[Stretch] = []
    for each in sorted([*covered, *partial]):
        append(found, each)
    return found
