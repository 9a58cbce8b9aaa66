"""What a promise needs in order to be kept: of suppliers, of the clock, and of the time that does not count.

All of it is exact arithmetic: a share of time is a fraction, and 99.95 % times 99.95 % is 99.900025 %.
"""

from __future__ import annotations

from datetime import time
from decimal import ROUND_DOWN, Decimal
from fractions import Fraction
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

from . import expressions, nodes, quantities
from .deadlines import days_of, usual_days
from .measures import expanded
from .node import walk
from .promises import every_promise, formula
from .samples import sources_of_promise
from .tiers import scale, settled, size

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..source import Span
    from .contract import Contract

HUNDRED = Fraction(100)
DAY_SECONDS = 86400
WEEK_SECONDS = 7 * DAY_SECONDS
AT_LEAST = ("at least", "above")


# -------------------------------------------------------------------------------------------- what is measured on


def surveys_below(contract: Contract, promise: nodes.Promise) -> list[nodes.Survey]:
    return [source for source in sources_of_promise(contract, promise) if isinstance(source, nodes.Survey)]


# ------------------------------------------------------------------------------------------------- shares of time


def written_out(value: Any) -> Any:
    """A formula without the brackets around it and without measures of the catalogue."""
    while isinstance(value, expressions.Group | expressions.Application):
        inner = value.value if isinstance(value, expressions.Group) else expanded(value)
        if inner is value:
            break
        value = inner
    return value


@lru_cache(maxsize=4096)  # a dozen rules ask it of each promise
def down_time(promise: nodes.Promise) -> expressions.Length | None:
    """The downtime of a promise of availability by time: the length in `100% - length of … / length of the window`."""
    value = written_out(formula(promise))
    if not isinstance(value, expressions.SumOf) or len(value.addends) != 1 or value.addends[0].sign != "-":
        return None
    whole, part = written_out(value.first), written_out(value.addends[0].operand)
    if not isinstance(whole, quantities.Percent) or whole.amount != HUNDRED:
        return None
    if not isinstance(part, expressions.ProductOf) or len(part.factors) != 1 or part.factors[0].operator != "/":
        return None
    length, window = written_out(part.first), written_out(part.factors[0].operand)
    return length if isinstance(length, expressions.Length) and isinstance(window, expressions.WindowLength) else None


def promised_shares(promise: nodes.Promise) -> list[tuple[nodes.LevelStep, Fraction]]:
    """The shares of time that a promise of availability names, step by step; nothing for any other promise."""
    if down_time(promise) is None or promise.level.comparison not in AT_LEAST:
        return []
    shares = [(step, share_of(step.amount)) for step in promise.level.steps]
    return [(step, share) for step, share in shares if share is not None]


def share_of(amount: Any) -> Fraction | None:
    """A percentage as a share of one; None for any other amount, and for one that no share can have."""
    known = settled(amount)
    share = Fraction(known.amount) / 100 if isinstance(known, quantities.Percent) else None
    return share if share is not None and 0 <= share <= 1 else None


class Link(NamedTuple):
    """A supplier in the chain below a promise, and the share of the promise's window that its own promise leaves."""

    dependency: nodes.Dependency
    share: Fraction
    longer: bool
    """Whether the supplier is judged over a longer window, and may be down for all of it in one of ours."""


def chain(contract: Contract, promise: nodes.Promise) -> list[Link]:
    """The suppliers whose failure also fails the promise: those of its services that are not left out."""
    links = []
    for dependency in dependencies_of(contract, promise):
        level = dependency.level
        promised = share_of(level.amount) if level is not None else None
        if level is None or promised is None or level.comparison not in AT_LEAST:
            continue
        if dependency.when_it_fails != "is left out":
            share, longer = share_in_window(promised, level.each, promise.each)
            links.append(Link(dependency, share, longer))
    return links


def dependencies_of(contract: Contract, promise: nodes.Promise) -> list[nodes.Dependency]:
    services = {id(service) for service in services_of(promise)}
    return [
        dependency
        for dependency in contract.every(nodes.Dependency)
        if services & {id(named.found) for named in dependency.for_services}
    ]


def services_of(promise: nodes.Promise) -> list[nodes.Service]:
    return [named.found for named in promise.for_whom if isinstance(named.found, nodes.Service)]


def share_in_window(share: Fraction, theirs: Any, ours: Any) -> tuple[Fraction, bool]:
    """What a share of a supplier's window leaves of one of ours: all its downtime may fall into a single one."""
    their_days, our_days = usual_days(theirs), usual_days(ours)
    if their_days is None or our_days is None or their_days <= our_days:
        return share, False
    return max(1 - (1 - share) * their_days / our_days, Fraction(0)), True


# --------------------------------------------------------------------------------------- time that does not count


class LeftOut(NamedTuple):
    """A block that a promise leaves out, and the most seconds of a window that it can take; None without a bound."""

    block: nodes.LeavesOut
    seconds: Fraction | None


def left_out(promise: nodes.Promise) -> list[LeftOut]:
    """What a promise leaves out of its window, itself or through the stretches that it measures; each once."""
    blocks = [named.found for named in promise.leaving_out]
    length = down_time(promise)
    stretches = length.of.target if length is not None else None
    if isinstance(stretches, nodes.Intervals):
        blocks += [named.found for named in stretches.leaving_out]
    if length is not None:
        blocks += [named.found for named in length.leaving_out_these]
    days = usual_days(promise.each)
    unique = {id(block): block for block in blocks}
    return [LeftOut(block, most_seconds(block, days) if days is not None else None) for block in unique.values()]


def most_seconds(block: nodes.LeavesOut, days: Fraction) -> Fraction | None:
    """The most that a block can take of a window of so many days: its budget, or else its maintenance windows."""
    first = block.at_most if isinstance(block.at_most, nodes.TimeBudget) else None
    budgets = [each for each in (first, first.also if first is not None else None) if each is not None]
    weekly = weekly_seconds(block) if isinstance(block, nodes.Maintenance) and block.windows else None
    by_windows = weekly * days / 7 if weekly is not None else None
    granted = [budget_seconds(each, days) for each in budgets]
    bounds = [bound for bound in (*granted, by_windows) if bound is not None]
    return min(bounds) if bounds else None


def budget_seconds(budget: nodes.TimeBudget, days: Fraction) -> Fraction | None:
    """A budget as seconds of a window of so many days; what is granted for a longer time may all be used in one."""
    length = days_of(budget.length).most * DAY_SECONDS
    each = usual_days(budget.each)
    if each is None:
        return None
    return length * max(days / each, Fraction(1))


def weekly_seconds(maintenance: nodes.Maintenance) -> Fraction:
    seconds = Fraction(0)
    for window in maintenance.windows:
        seconds += days_in(window.weekdays) * span_seconds(window.span_of_day)
    return min(seconds, Fraction(WEEK_SECONDS))


WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def days_in(weekdays: nodes.Weekdays) -> int:
    if weekdays.last is None:
        return 1
    return (WEEKDAYS.index(weekdays.last) - WEEKDAYS.index(weekdays.first)) % 7 + 1


# --------------------------------------------------------------------------------------------- time limits on rows


class TimeLimit(NamedTuple):
    """`share of desk where … in which resolved - opened <= 4 h`, as a promise makes it."""

    promise: nodes.Promise
    source: Any
    where: Any
    start: Any
    end: Any
    limit: quantities.Duration

    @property
    def ends(self) -> str:
        """`response` or `resolution`, by the name of the moment at the end; empty where the name does not tell."""
        words = f"{getattr(self.end, 'name', '')} {getattr(self.end, 'header', '')}".lower()
        if any(part in words for part in RESPONSE):
            return "response"
        return "resolution" if any(part in words for part in RESOLUTION) else ""


RESPONSE = ("answer", "respon", "reply", "acknowledg", "picked")
RESOLUTION = ("resol", "solv", "clos", "fix", "restor", "repair", "deliver", "settled")


def time_limits(contract: Contract, promise: nodes.Promise) -> list[TimeLimit]:
    """The limits within which a share of rows has to be done."""
    return every_time_limit(contract).get(promise, [])


@lru_cache(maxsize=1)  # several rules ask it of each promise of one agreement
def every_time_limit(contract: Contract) -> dict[nodes.Promise, list[TimeLimit]]:
    return {promise: limits for promise in every_promise(contract) if (limits := list(limits_in(promise)))}


def limits_in(promise: nodes.Promise) -> Iterator[TimeLimit]:
    value = formula(promise)
    whole = written_out(value)
    for share in walk(whole) if whole is not None else ():
        if not isinstance(share, expressions.Share):
            continue
        for test in walk(share.counted):
            if isinstance(test, expressions.Comparison) and test.relation in ("<=", "<", "is at most", "is below"):
                limit = settled(test.right)
                ends = difference(written_out(test.left))
                if ends is not None and isinstance(limit, quantities.Duration):
                    yield TimeLimit(promise, share.of.target, share.where, ends[0], ends[1], limit)


def limits_by_start(contract: Contract) -> list[list[TimeLimit]]:
    """The time limits of all promises, those together that run from the same moment of the rows of one source."""
    found: dict[tuple[int, int], list[TimeLimit]] = {}
    for limits in every_time_limit(contract).values():
        for limit in limits:
            found.setdefault((id(limit.source), id(limit.start)), []).append(limit)
    return list(found.values())


def difference(value: Any) -> tuple[Any, Any] | None:
    """The two moments of `resolved - opened`, the earlier first."""
    if not isinstance(value, expressions.SumOf) or len(value.addends) != 1 or value.addends[0].sign != "-":
        return None
    end, start = getattr(value.first, "target", None), getattr(value.addends[0].operand, "target", None)
    return (start, end) if isinstance(start, nodes.Column) and isinstance(end, nodes.Column) else None


def limit_place(limit: TimeLimit) -> Span:
    """Where a limit is said: in the promise itself, or else where the promise or its KPI says its value."""
    inside = limit.promise.span
    place = limit.limit.span
    if place.source is inside.source and inside.start <= place.start < inside.end:
        return place
    return limit.promise.place("value" if getattr(limit.promise, "value", None) is not None else "kpi_of")


def longer(one: quantities.Duration, other: quantities.Duration) -> bool:
    """Whether a duration is certainly longer than another: on the same clock, or in the same unit."""
    here, there = size(one), size(other)
    return scale(one) == scale(other) and here is not None and there is not None and here > there


def on_the_clock(duration: quantities.Duration) -> bool:
    """Whether a duration runs day and night."""
    return not duration.unit.startswith(("business", "working"))


def hours_of(promise: nodes.Promise) -> nodes.Calendar | None:
    """The calendar of the hours that count: the promise's own, or else that of its services; None for all hours."""
    if promise.all_hours:
        return None
    if promise.during is not None:
        return promise.during.found
    services = services_of(promise)
    calendars = [service.during.found for service in services if service.during is not None and not service.all_hours]
    return calendars[0] if calendars and len(calendars) == len(services) else None


def shortest_day(calendar: nodes.Calendar) -> Fraction:
    """The seconds of opening on the shortest day on which a calendar is open."""
    by_day: dict[int, Fraction] = {}
    for opening in calendar.opening:
        first = WEEKDAYS.index(opening.weekdays.first)
        for offset in range(days_in(opening.weekdays)):
            day = (first + offset) % 7
            by_day[day] = by_day.get(day, Fraction(0)) + sum(map(span_seconds, opening.spans), Fraction(0))
    return min(by_day.values(), default=Fraction(0))


def due_when_closed(calendar: nodes.Calendar, limit: Fraction) -> Fraction:
    """The share of a week's opening hours after which a limit, in seconds of the clock, ends while it is closed."""
    spans = week_of(calendar)
    opened = sum((length for _, length in spans), Fraction(0))
    late = Fraction(0)
    for (start, length), (following, _) in pairwise([*spans, *(spans and [(spans[0][0] + WEEK_SECONDS, Fraction(0))])]):
        closed = max(following - start - length, Fraction(0))
        late += max(min(limit, length) - max(limit - closed, Fraction(0)), Fraction(0))
    return late / opened if opened else Fraction(0)


def week_of(calendar: nodes.Calendar) -> list[tuple[Fraction, Fraction]]:
    """The stretches of opening of a week without holidays: seconds from Monday's midnight, and length."""
    return sorted(
        (day * DAY_SECONDS + seconds_of(span.start), span_seconds(span))
        for opening in calendar.opening
        for day in days_from(opening.weekdays)
        for span in opening.spans
    )


def days_from(weekdays: nodes.Weekdays) -> list[int]:
    first = WEEKDAYS.index(weekdays.first)
    return [(first + offset) % 7 for offset in range(days_in(weekdays))]


def span_seconds(span: nodes.ClockSpan) -> Fraction:
    length = seconds_of(span.end) - seconds_of(span.start)
    return length if length > 0 else length + DAY_SECONDS


def seconds_of(moment: time) -> Fraction:
    """How far into its day a time is; `time.max` is 24:00, the end of the day."""
    if moment == time.max:
        return Fraction(DAY_SECONDS)
    return Fraction(moment.hour * 3600 + moment.minute * 60 + moment.second)


# ----------------------------------------------------------------------------------------------------- in words


def percent(share: Fraction, digits: int = 3) -> str:
    """A share as a percentage, never more than it is: `99.345%`, `99.9%`."""
    hundredths = Decimal((share * 100).numerator) / Decimal((share * 100).denominator)
    shown = hundredths.quantize(Decimal(1).scaleb(-digits), rounding=ROUND_DOWN)
    return f"{shown.normalize():f}%"


def clock(seconds: Fraction) -> str:
    """A length of time as people say it: `43 min 12 s`, `4 h`, `21.6 s`."""
    if seconds < 60:
        shown = Decimal(seconds.numerator) / Decimal(seconds.denominator)
        return f"{shown.quantize(Decimal('0.1')).normalize():f} s"
    rest = int(seconds)
    parts = [(rest // 3600, "h"), (rest % 3600 // 60, "min"), (rest % 60, "s")]
    return " ".join(f"{amount:,} {unit}" for amount, unit in parts if amount)
