"""From rows to stretches of time, from stretches to a length, and how long the window is that it is held against.

The order is that of the language: rows become stretches; where it is asked for, only what lasts at the same time as
others is kept; what is close together is joined; what is too short is dropped; a grace period passes; what does not
count is subtracted; parts of minutes are counted as agreed. Only then is the result cut to the window. So an
interruption across midnight is judged by its whole length, and each of the two days has its part of it.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any, NamedTuple

from ...model import nodes
from ...model.measures import inherited
from ..instants import zones
from ..instants.clocks import Clock, business_time
from ..notes import note
from ..results import LeftOut
from ..rows.counting import calendar_of, zone_of
from ..rows.requests import MILLION
from .algebra import (
    END,
    ONCE,
    START,
    Stretch,
    beginning_later,
    clipped,
    events,
    joined,
    longer,
    overlaid,
    seconds,
    union,
    whole_minutes,
    within,
    without,
)
from .at_the_same_time import at_the_same_time
from .exclusions import Excluded, excluded, happened
from .grace import grace
from .recorded import all_time, given, microseconds, recorded, shared, timeless
from .slices import row_reasons, slices_of

if TYPE_CHECKING:
    from ...model.expressions import Aggregate, Length, Predicate
    from ...model.node import Node
    from ..assessment import Assessment
    from ..instants.windows import Window
    from ..scope import Scope


class Taken(NamedTuple):
    """What a block took away, what it would have taken within its budget, and if it had been announced."""

    block: str
    left_out: list[Stretch]
    beyond: list[Stretch]
    unannounced: list[Stretch]


class Made(NamedTuple):
    """Stretches of all time, what was taken from them, and from when until when somebody looked.

    `held_together` is from when until when each event lasted, where something was cut out of some of them: an
    interruption over a night that does not count is one event, and not one of each day.
    """

    profile: list[Stretch]
    taken: tuple[Taken, ...] = ()
    since: int = START
    until: int = END
    held_together: tuple[Stretch, ...] = ()

    def was_looked_at(self, window: Window) -> bool:
        return self.since < window.end and window.start <= self.until


# --------------------------------------------------------------------------------------------------------- questions


def stretches_of(assessment: Assessment, block: Node, scope: Scope) -> list[Stretch]:
    """The stretches of intervals, of a source or of what is left out, cut to the window.

    What the intervals themselves leave out is subtracted, what a promise leaves out is not. Of a block that leaves
    something out these are all the times that it took place, budget or not.
    """
    made = profile_of(assessment, block, scope)
    return seen(made, scope) if made else []


def events_in(assessment: Assessment, block: Node, scope: Scope) -> list[Stretch]:
    """Each event of the same, from its beginning to its end, however much of it counts."""
    made = profile_of(assessment, block, scope)
    found = events(seen(made, scope), made.held_together) if made else ()
    return [Stretch(event[0].start, event[-1].end) for event in found]


def length(
    assessment: Assessment, node: Length, scope: Scope, clock: Clock | None = None
) -> tuple[Fraction | None, tuple[LeftOut, ...]]:
    """How long something lasted within the window, in seconds, and what did not count of it.

    Hours that do not count for the promise, and what it leaves out, are subtracted. On a `clock` of business hours or
    days the length is told in seconds or days of that clock. None where there are no data: no source, or probes that
    had stopped before the window began.
    """
    block = node.of.found
    told = assessment.given.length(block.name, scope.window)
    if told is not None:
        return told, ()
    made = narrowed(assessment, node, scope)
    if made is None or not made.was_looked_at(scope.window):
        return None, ()
    own = {part.block for part in made.taken}
    reasons = [*(each.found for each in node.leaving_out_these), *reasons_of(assessment, scope)]
    others = [each for each in dict.fromkeys(reasons) if each.name not in own]
    counted = without(counting(assessment, scope, made.profile), paid_for(assessment, scope))
    left, parts = subtracted(assessment, counted, others, scope, made.profile)
    taken = [*(as_seen(assessment, part, scope) for part in made.taken), *parts]
    return shown(left, clock), tuple(map(in_seconds, taken))


def paid_for(assessment: Assessment, scope: Scope) -> list[Stretch]:
    """Time that was paid for with an earlier window of the promise and counts no more."""
    from ..money.spent import spent

    return spent(assessment, scope)


def window_length(assessment: Assessment, which: str, scope: Scope) -> Fraction:
    """The length of `the window`, or of `the open window`: the hours that count, less what is left out; in seconds.

    A window that the term or the service fills in part has its own length; where its missing part counts as met, it
    has the length of the whole.
    """
    told = assessment.given.length(f"the {which.removeprefix('the ')}", scope.window)
    if told is not None:
        return told
    start, end = scope.window.whole if is_filled_up(scope) else running(assessment, scope)
    if "open" not in which:
        return Fraction(end - start, MILLION)
    hours = open_hours(assessment, scope, start, end)
    return seconds(subtracted(assessment, hours, reasons_of(assessment, scope), scope)[0])


def left_out(assessment: Assessment, scope: Scope) -> list[tuple[LeftOut, list[Stretch]]]:
    """What the promise leaves out of the window, with the reasons in their order; nothing is in two of them."""
    reasons = reasons_of(assessment, scope)
    if not reasons:
        return []
    _, taken = subtracted(assessment, open_hours(assessment, scope, *running(assessment, scope)), reasons, scope)
    return [(in_seconds(part), part.left_out) for part in taken]


def running(assessment: Assessment, scope: Scope) -> tuple[int, int]:
    """From when until when the window is filled: not before the first day of the service that is promised."""
    start, end = scope.window.start, scope.window.end
    services = [each.target for each in scope.promise.for_whom] if scope.promise else []
    begun = [service.starts for service in services if isinstance(service, nodes.Service)]
    if begun and None not in begun:
        zone = zone_of(assessment, scope)
        start = max(start, min(zones.midnight(day, zone) for day in begun if day is not None))
    return min(start, end), end


# ----------------------------------------------------------------------------------------------------- making them


def narrowed(assessment: Assessment, node: Aggregate, scope: Scope) -> Made | None:
    """The stretches that an aggregate speaks of, by what follows its name."""
    block: Node = node.of.found  # type: ignore[attr-defined]  # whatever is counted is of something
    where = (node.where,) if node.where is not None else ()
    weight: Any = node.weighted_by.found if node.weighted_by else None
    made = profile_of(assessment, block, scope, where, weight)
    if made is None:
        return None
    # What is made of the same list is kept with it, so that it is made once for all windows.
    key = ("narrowed", node, id(made))
    found: tuple[Made, Made] = assessment.once(key, lambda: (made._replace(profile=long_enough(made, node)), made))
    return found[0]


def profile_of(
    assessment: Assessment,
    block: Node,
    scope: Scope,
    where: tuple[Predicate, ...] = (),
    weight: nodes.Column | None = None,
) -> Made | None:
    """The stretches of a block at all times; None where there are no data.

    `where` narrows the rows before anything is made of them, and `weight` takes the place of the block's own.
    """
    scope = timeless(assessment, scope, block)
    reasons = row_reasons(assessment, block, scope) if isinstance(block, nodes.Intervals) and block.each_slice else []
    key = ("stretches", id(block), where, weight, tuple(reasons), shared(assessment, scope))
    found: Made | None = assessment.once(key, lambda: made_of(assessment, block, scope, where, weight))
    return found


def made_of(
    assessment: Assessment, block: Node, scope: Scope, where: tuple[Predicate, ...], weight: nodes.Column | None
) -> Made | None:
    if isinstance(block, nodes.Intervals):
        return intervals(assessment, block, scope, where, weight)
    if isinstance(block, nodes.LeavesOut):
        took_place = happened(assessment, block, scope)
        return Made(union(each for part in took_place for each in part))
    assert isinstance(block, nodes.Source)
    found = recorded(assessment, block, scope, where, weight)
    if found is None:
        return None
    profile = overlaid(found.stretches) if weight else union(found.stretches)
    return Made(profile, (), found.since, found.until)


def intervals(
    assessment: Assessment,
    block: nodes.Intervals,
    scope: Scope,
    where: tuple[Predicate, ...],
    weight: nodes.Column | None,
) -> Made | None:
    told = given(assessment, block)
    if told is not None:
        return Made(union(told))
    own: Any = block.weighted_by.found if block.weighted_by else None
    made = raw(assessment, block, scope, where, weight or own)
    if made is None:
        return None
    made = at_the_same_time(assessment, block, scope, where, made)
    if made is None:
        return None
    profile = long_enough(made, block)
    if block.counted_after is not None:
        profile = beginning_later(profile, grace(assessment, block.counted_after))
    whole = profile
    if block.during is not None:
        profile = within(profile, open_in(assessment, block.during.found))
    reasons = dict.fromkeys(reference.found for reference in block.leaving_out)
    profile, taken = subtracted(assessment, profile, list(reasons), scope, profile)
    profile = whole_minutes(profile, block.partial_units)
    is_cut = block.during is not None or reasons or made.held_together
    held_together = tuple(union([*made.held_together, *whole, *profile])) if is_cut else ()
    return Made(profile, tuple(taken), made.since, made.until, held_together)


def open_in(assessment: Assessment, calendar: nodes.Calendar) -> list[Stretch]:
    """All the hours of a calendar, whatever window is asked about."""

    def work() -> list[Stretch]:
        clock = business_time(calendar, assessment.contract.agreement)
        around = all_time(assessment)
        return [Stretch(begin, until) for begin, until in clock.open(around.start, around.end)]

    found: list[Stretch] = assessment.once(("open in", id(calendar)), work)
    return found


def raw(
    assessment: Assessment,
    block: nodes.Intervals,
    scope: Scope,
    where: tuple[Predicate, ...],
    weight: nodes.Column | None,
) -> Made | None:
    """What intervals are made from, before anything is done to it."""
    if block.each_slice is not None:
        found = slices_of(assessment, block, scope, where)
        return Made(found.passing, (), found.since, found.until) if found else None
    rows: Any = block.made_from.source_rows.found
    where = (block.made_from.where, *where) if block.made_from.where is not None else where
    return profile_of(assessment, rows, scope, where, weight)


def long_enough(made: Made, narrowing: Aggregate | nodes.Intervals) -> list[Stretch]:
    """What is close together joined, and then what is too short dropped."""
    profile = made.profile
    counted = not getattr(narrowing, "gaps_left_out", False)
    if narrowing.joined_within is not None:
        profile = joined(profile, microseconds(narrowing.joined_within), counted=counted)
    for shortest, or_equal in ((narrowing.longer_than, False), (narrowing.at_least_long, True)):
        if shortest is not None:
            least, held = microseconds(shortest), made.held_together
            profile = longer(profile, least, or_equal=or_equal, gaps_counted=counted, held_together=held)
    return profile


# ------------------------------------------------------------------------------------------------- what does not count


def reasons_of(assessment: Assessment, scope: Scope) -> list[nodes.LeavesOut]:
    """What the promise leaves out, each block once."""
    if scope.promise is None:
        return []
    promised = {id(each.found) for each in scope.promise.for_whom}
    for dependency in assessment.contract.every(nodes.Dependency):
        needed = any(id(each.found) in promised for each in dependency.for_services)
        if needed and dependency.when_it_fails == "is left out":
            note(
                assessment,
                f"When `{dependency.name}` failed is recorded nowhere: nothing was left out for it. Record it as an "
                "`exclusion`.",
            )
    return list(dict.fromkeys(reference.found for reference in scope.promise.leaving_out))


def subtracted(
    assessment: Assessment,
    profile: list[Stretch],
    reasons: list[nodes.LeavesOut],
    scope: Scope,
    down: list[Stretch] | None = None,
) -> tuple[list[Stretch], list[Taken]]:
    """A profile less what some blocks leave out, each moment once, and what each of them took."""
    taken = []
    for block in reasons:
        profile, part = taking(profile, excluded(assessment, block, scope, down))
        taken.append(part)
    return profile, taken


def taking(profile: list[Stretch], reason: Excluded) -> tuple[list[Stretch], Taken]:
    part = Taken(
        reason.block.name,
        within(profile, reason.left_out),
        within(profile, reason.beyond),
        within(profile, reason.unannounced),
    )
    return without(profile, reason.left_out), part


def as_seen(assessment: Assessment, part: Taken, scope: Scope) -> Taken:
    return Taken(part.block, *(counting(assessment, scope, profile) for profile in part[1:]))


def in_seconds(part: Taken) -> LeftOut:
    return LeftOut(part.block, seconds(part.left_out), seconds(part.beyond), seconds(part.unannounced))


# ------------------------------------------------------------------------------------------------------- what counts


def seen(made: Made, scope: Scope) -> list[Stretch]:
    """Cut to the window. Probes that had stopped before it began found nothing in it."""
    return clipped(made.profile, scope.window.start, scope.window.end) if made.was_looked_at(scope.window) else []


def counting(assessment: Assessment, scope: Scope, profile: list[Stretch]) -> list[Stretch]:
    """What of a profile lies in the window, while the service runs, and in the hours of the promise."""
    start, end = running(assessment, scope)
    inside = clipped(profile, start, end)
    return within(inside, open_hours(assessment, scope, start, end)) if inside else []


def open_hours(assessment: Assessment, scope: Scope, start: int, end: int) -> list[Stretch]:
    """The hours that count between two instants: those of the promise, or else of its service, or else all."""
    calendar = calendar_of(scope)
    if start >= end:
        return []
    if calendar is None:
        return [Stretch(start, end)]
    clock = business_time(calendar, assessment.contract.agreement)
    return [Stretch(begin, until) for begin, until in clock.open(start, end)]


def is_filled_up(scope: Scope) -> bool:
    """Whether the missing part of the window counts as met."""
    return scope.promise is not None and inherited(scope.promise, "partial_periods") == "count as met elsewhere"


def shown(profile: list[Stretch], clock: Clock | None) -> Fraction:
    if clock is None:
        return seconds(profile)
    readings = sum((clock.at(each.end) - clock.at(each.start)) * each.weight for each in profile)
    return Fraction(readings, ONCE * clock.unit)
