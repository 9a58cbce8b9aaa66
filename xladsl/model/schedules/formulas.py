"""Formulas of an agreement, read as terms over free quantities.

Everything is in plain fractions: 99.9 % is 999/1000, half an hour on the clock is 1,800.
"""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from functools import cached_property
from math import ceil, floor
from typing import TYPE_CHECKING, Any

from .. import expressions, nodes, quantities, units
from ..deadlines import usual_days
from ..measures import expanded, inherited
from ..node import walk
from ..ranges import range_of_formula, range_of_measured
from ..tiers import bounds_of
from .cells import (
    MOST_STEPS,
    NOTHING,
    Box,
    Constant,
    Greatest,
    Known,
    Least,
    OutsideError,
    Sum,
    Term,
    Times,
    Units,
    between,
    falls,
    grid_of,
    worked_out,
)
from .functions import Free, Subject, domain_of, extremes, greatest_ever, keys_of, negative

if TYPE_CHECKING:
    from collections.abc import Callable

    from ..contract import Contract
    from ..tiers import Interval

MEASURED = "measured value"
LONGEST_WINDOWS = {"clock hour": 1, "day": 25, "week": 169, "month": 745, "quarter": 2209, "year": 8785}
"""In hours on the clock, with the hour that a day in autumn may be longer."""


class Formulas:
    """Reads the formulas of one payment, for given promises with their levels, on one day.

    `free` are the quantities that were met, `divisors` those that something is divided by although they may be nothing,
    `clocks` the ways in which time is counted.
    """

    def __init__(self, contract: Contract, payment: nodes.Payment, chosen: list[Subject], day: date) -> None:
        self.contract = contract
        self.payment = payment
        self.subjects = chosen
        self.day = day
        self.free: dict[str, Free] = {}
        self.divisors: list[str] = []
        self.clocks: set[str] = set()
        self.given = units.given_in(payment)

    def known(self, key: str, free: Free) -> str:
        self.free.setdefault(key, free)
        return key

    def term(self, formula: Any) -> Term:
        """A formula of the agreement as a term."""
        read = READERS.get(type(formula))
        if read is None:
            raise OutsideError(f"{type(formula).__name__} is more than sums, products and steps")
        return read(self, formula)

    def number(self, amount: Any) -> Fraction:
        """An amount that depends on nothing but the day."""
        if isinstance(amount, nodes.LevelSum):
            left, right = self.number(amount.left), self.number(amount.right)
            return left + right if amount.sign == "+" else left - right
        term = self.given_value("baseline") if amount == "baseline" else self.term(amount)
        made = worked_out(term, self.box_of(term)) if not keys_of(term) else None
        if made is None:
            raise OutsideError("one of its bounds is itself measured")
        return made.constant

    def box_of(self, term: Term) -> Box:
        return {key: self.free[key].domain[0] for key in keys_of(term)}

    def plain(self, amount: Any) -> Term:
        return Constant(Fraction(amount.amount))

    def hundredths(self, amount: Any) -> Term:
        return Constant(Fraction(amount.amount) / 100)

    def time(self, duration: quantities.Duration) -> Term:
        return Constant(Fraction(duration.amount) * self.scale(duration))

    def scale(self, like: Any) -> Fraction:
        """What one of a unit is, in the unit that this reading counts in: seconds, or a unit of the calendar."""
        like = settled_on(like, self.day)
        if isinstance(like, quantities.Percent | quantities.PercentagePoints):
            return Fraction(1, 100)
        if not isinstance(like, quantities.Duration):
            return Fraction(1)
        clock, factor = clock_of(like.unit)
        self.clocks.add(clock)
        return factor

    def reference(self, reference: Any) -> Term:
        target = reference.target
        for position, subject in enumerate(self.subjects):
            if target is subject.node or target is subject.measuring:
                return Known(self.subject(position))
        if isinstance(target, nodes.Parameter):
            return self.term(settled_on(reference, self.day))
        if isinstance(target, nodes.PointsScheme):
            return self.points(target)
        if isinstance(target, nodes.Kpi):
            better = inherited(target, "better")
            return self.measurement(f"`{target.name}`", target.value, range_of_measured(target), better)
        raise OutsideError(f"`{reference.name}` is not a number that is known for a window")

    def points(self, scheme: nodes.PointsScheme) -> Term:
        """The points that a scheme gave: in each of its windows its worst row at the most, doubled if it doubles."""
        given = [self.number(settled_on(row.cells[-1], self.day)) for row in scheme.rows]
        times = windows_within(scheme, self.subjects)
        bounded = bool(given) and times is not None
        most = max(given, default=NOTHING) * (2 if scheme.repeated is not None else 1) * (times or 1)
        domain = between(NOTHING, most if bounded else None, low_closed=True, high_closed=bounded)
        key = f"points of {scheme.name}"
        worse = 1 if given else 0
        free = Free(f"`{scheme.name}`", units.POINTS, Fraction(1), domain, worse, True, None, frozenset({key}))
        return Known(self.known(key, free))

    def measurement(self, words: str, formula: Any, interval: Interval, better: str | None = None) -> Term:
        """A measurement that a payment names by itself."""
        unit = units.unit_of(formula)
        scale = Fraction(1, 100) if unit == units.PERCENT else Fraction(1)
        worse = {"higher": -1, "lower": 1}.get(better or "", 0)
        whole = isinstance(formula, expressions.Count)
        domain = domain_of(interval, scale, NOTHING if unit in units.DURATIONS else None)
        made_of = frozenset({repr(formula)})
        return Known(self.known(words, Free(words, unit, scale, domain, worse, whole, None, made_of)))

    def aggregate(self, formula: Any) -> Term:
        return self.measurement(words_for(formula), formula, range_of_formula(formula))

    def length(self, formula: expressions.Length) -> Term:
        """A length of time, which lies within the window."""
        words = words_for(formula)
        made = self.aggregate(formula)
        hours = longest_window(self.subjects)
        if hours is not None:
            self.free[words] = self.free[words]._replace(most=Fraction(hours * 3600))
        return made

    def fee(self, key: str, words: str) -> Term:
        domain = between(NOTHING, None, low_closed=False, high_closed=False)
        return Known(self.known(key, Free(words, units.MONEY, Fraction(1), domain, None, False, None, frozenset())))

    def fees(self, formula: Any) -> Term:
        return self.fee(repr(formula), f"`{' '.join(formula.span.text.split())}`")

    def window(self, formula: expressions.WindowLength) -> Term:
        domain = between(NOTHING, None, low_closed=False, high_closed=False)
        words = f"the length of the {formula.which}"
        self.clocks.add("clock time")
        free = Free(words, "h", Fraction(3600), domain, None, False, None, frozenset())
        return Known(self.known(words, free))

    def sum_of(self, formula: expressions.SumOf) -> Term:
        parts = [self.term(formula.first)]
        for addend in formula.addends:
            part = self.term(addend.operand)
            parts.append(part if addend.sign == "+" else negative(part))
        return Sum(tuple(parts))

    def product_of(self, formula: expressions.ProductOf) -> Term:
        """A product, in which a length over the length of the window is one part between nothing and everything."""
        above = [formula.first, *(factor.operand for factor in formula.factors if factor.operator != "/")]
        below = [factor.operand for factor in formula.factors if factor.operator == "/"]
        parts: list[Term] = []
        for window in [part for part in below if isinstance(part, expressions.WindowLength)]:
            lengths = [part for part in above if isinstance(part, expressions.Length) and part.weighted_by is None]
            if lengths:
                above = [part for part in above if part is not lengths[0]]
                below = [part for part in below if part is not window]
                parts.append(self.part_of_window(lengths[0]))
        return Times((*parts, *(self.term(part) for part in above), *(self.below(part) for part in below)))

    def part_of_window(self, length: expressions.Length) -> Term:
        of = words_for(length)
        domain = between(NOTHING, Fraction(1), low_closed=True, high_closed=True)
        made_of = frozenset({repr(length)})
        free = Free(f"the {of}", "part of the window", Fraction(1, 100), domain, 0, False, None, made_of)
        return Known(self.known(f"{of} / window", free))

    def below(self, formula: Any) -> Term:
        """One divided by a formula: by a number, or by a quantity that may be nothing."""
        term = self.term(formula)
        if not keys_of(term):
            number = self.number(formula)
            if number == 0:
                raise OutsideError("it divides by nothing")
            return Constant(1 / number)
        if not isinstance(term, Known):
            raise OutsideError("it divides by a sum of quantities")
        free = self.free[term.key]
        domain = between(NOTHING, None, low_closed=False, high_closed=False)
        if any(stretch.has(NOTHING) for stretch in free.domain):
            self.divisors.append(free.words)
        worse = None if free.worse is None else -free.worse
        inverse = free._replace(domain=domain, worse=worse, whole=False, most=None, inverse=True)
        return Known(self.known(f"1 / {term.key}", inverse))

    def group(self, formula: expressions.Group) -> Term:
        before = len(self.divisors)
        term = self.term(formula.value)
        if formula.group_empty is not None:
            del self.divisors[before:]
        return term

    def portion(self, formula: expressions.Portion) -> Term:
        return Times((self.term(formula.share), self.term(formula.of)))

    def extreme(self, formula: expressions.Extreme) -> Term:
        options = tuple(self.term(option) for option in formula.of)
        return Least(options) if formula.kind in ("lowest", "earliest") else Greatest(options)

    def surroundings(self, formula: expressions.GivenValue) -> Term:
        return self.given_value(formula.what)

    def given_value(self, what: str) -> Term:
        if what == "base":
            return self.base()
        if len(self.subjects) != 1:
            raise OutsideError(f"it speaks of `{what}`, and has not one promise")
        subject = self.subjects[0]
        if what == "baseline":
            if getattr(subject.node, "baseline", None) is None:
                raise OutsideError("its baseline is not known yet")
            return self.term(subject.node.baseline.amount)
        if what == MEASURED:
            return Known(self.subject(0))
        level = Constant(self.number(subject.level))
        if what == "level":
            return level
        value = Known(self.subject(0))
        upwards = (subject.better == "higher") == (what == "excess")
        apart = Sum((value, negative(level))) if upwards else Sum((level, negative(value)))
        return Greatest((Constant(NOTHING), apart))

    def per_unit(self, formula: expressions.PerUnit) -> Term:
        return Times((self.term(formula.amount), self.units(formula.per)))

    def units(self, per: expressions.Per) -> Term:
        """How many units there are: exactly, step by step, or, of what has no end, as a whole number of its own."""
        counted = self.term(per.quantity)
        if per.per_beyond is not None:
            counted = Greatest((Constant(NOTHING), Sum((counted, Constant(-self.number(per.per_beyond))))))
        step = self.number(per.per_step)
        if step <= 0:
            raise OutsideError("its step is nothing")
        number = Times((Constant(1 / step), counted))
        if per.rounding == "exact":
            return number
        domains = {key: self.free[key].domain for key in keys_of(counted)}
        least, most = extremes(number, domains)
        if MEASURED in domains and len(domains) == 1 and self.times_measured() > 1 and few(least, most):
            return Units(per.rounding, number)
        return self.whole_number(per, number, least, most)

    def times_measured(self) -> int:
        """How often the payment speaks of the measured value: if but once, units of it are a quantity of their own."""
        given = (part for part in walk(self.payment) if isinstance(part, expressions.GivenValue))
        return sum(part.what in (MEASURED, "shortfall", "excess") for part in given)

    def whole_number(self, per: expressions.Per, number: Term, least: Fraction | None, most: Fraction | None) -> Term:
        """A number of units as a quantity of its own, instead of what it counts."""
        keys = keys_of(number)
        worse = self.worse_together(number, keys)
        if least is None or least < 0:
            raise OutsideError("it counts units of something that may be less than nothing")
        counted = " ".join(per.span.text.split())
        words = f"the number of `{per.rounding}{counted.partition(per.rounding)[2]}`"
        reach = greatest_ever(number, self.free)
        made_of = frozenset(name for key in keys for name in self.free[key].made_of)
        domain = between(
            rounded(per.rounding, least),
            rounded(per.rounding, most) if most is not None else None,
            low_closed=True,
            high_closed=most is not None,
        )
        ever = rounded(per.rounding, reach) if reach is not None else None
        free = Free(words, "units", Fraction(1), domain, worse, True, ever, made_of)
        return Known(self.known(words, free))

    def worse_together(self, term: Term, keys: set[str]) -> int | None:
        """Whether more of a term is worse, from what it is made of; it must not be better and worse at once."""
        domains = {key: self.free[key].domain for key in keys}
        grid = grid_of(lambda box: [worked_out(term, box)], domains)
        told: set[int | None] = set()
        for key in keys:
            worse = self.worse(self.free[key])
            if any(falls(grid, key, rising=True)):
                if any(falls(grid, key, rising=False)):
                    raise OutsideError("it counts units of what both grows and shrinks")
                worse = -worse if worse is not None else None
            told.add(worse)
        if len(told - {0}) > 1:
            raise OutsideError("it counts good and bad together")
        return told.pop() if len(told) == 1 else 0

    def base(self) -> Term:
        if self.payment.base is not None:
            return self.term(self.payment.base.amount)
        return self.fee("base", "the base")

    def subject(self, position: int) -> str:
        """The measured value of a promise, or of a KPI."""
        subject = self.subjects[position]
        key = MEASURED if position == 0 else f"{MEASURED} of {subject.node.name}"
        unit = units.unit_of(getattr(subject.measuring, "value", None))
        columns = max((len(row.cells) - 1 for row in self.payment.rows), default=0)
        bounds = bounds_of(self.payment, position if columns == len(self.subjects) else None)
        like = settled_on(next((bound.amount for bound in bounds), subject.level), self.day)
        in_hundredths = unit == units.PERCENT or isinstance(like, quantities.Percent)
        scale = Fraction(1, 100) if in_hundredths else self.scale(like)
        on_clock = isinstance(like, quantities.Duration) and like.unit in quantities.CLOCK_SECONDS
        least = NOTHING if unit in units.DURATIONS else None
        domain = domain_of(range_of_measured(subject.measuring), Fraction(1) if on_clock else scale, least)
        worse = {"higher": -1, "lower": 1}.get(subject.better, 0)
        free = Free(f"`{subject.node.name}`", unit, scale, domain, worse, False, None, frozenset({key}))
        return self.known(key, free)

    def worse(self, free: Free) -> int | None:
        """Whether more of a quantity is worse, where that follows from what the promises measure."""
        if free.worse != 0:
            return free.worse
        told = {self.directions.get(key, 0) for key in free.made_of}
        return told.pop() if len(told) == 1 else 0

    @cached_property
    def directions(self) -> dict[str, int]:
        """For each measurement behind the promises, whether more of it makes them worse."""
        found: dict[str, int] = {}
        for subject in self.subjects:
            value = getattr(subject.measuring, "value", None)
            if value is not None and subject.better:
                found.update(directions_in(self.contract, self.payment, value, subject.better))
        return found

    def on_one_clock(self) -> None:
        """See that all lengths of time are counted alike, and how they are shown."""
        if len(self.clocks) > 1:
            raise OutsideError(f"it counts time in {' and in '.join(sorted(self.clocks))}")
        clock = next(iter(self.clocks), "clock time")
        for key, free in self.free.items():
            if free.unit in units.DURATIONS:
                unit, scale = ("min", Fraction(60)) if clock == "clock time" else (clock, Fraction(1))
                most = free.most if clock == "clock time" else None
                self.free[key] = free._replace(unit=unit, scale=scale, most=most)


READERS: dict[type, Callable[[Formulas, Any], Term]] = {
    quantities.Number: Formulas.plain,
    quantities.Points: Formulas.plain,
    quantities.ServiceDays: Formulas.plain,
    quantities.Money: Formulas.plain,
    quantities.Percent: Formulas.hundredths,
    quantities.PercentagePoints: Formulas.hundredths,
    quantities.Duration: Formulas.time,
    quantities.Reference: Formulas.reference,
    expressions.SumOf: Formulas.sum_of,
    expressions.ProductOf: Formulas.product_of,
    expressions.Group: Formulas.group,
    expressions.Portion: Formulas.portion,
    expressions.Extreme: Formulas.extreme,
    expressions.GivenValue: Formulas.surroundings,
    expressions.PerUnit: Formulas.per_unit,
    expressions.Length: Formulas.length,
    expressions.Count: Formulas.aggregate,
    expressions.Statistic: Formulas.aggregate,
    expressions.Percentile: Formulas.aggregate,
    expressions.NetScore: Formulas.aggregate,
    expressions.Share: Formulas.aggregate,
    expressions.ShareOfTime: Formulas.aggregate,
    expressions.WindowLength: Formulas.window,
    expressions.FeeAmount: Formulas.fees,
    expressions.FeesOf: Formulas.fees,
    expressions.AllFees: Formulas.fees,
    expressions.PointsOf: lambda formulas, formula: formulas.reference(formula.scheme),
}


def directions_in(contract: Contract, payment: nodes.Payment, value: Any, better: str) -> dict[str, int]:
    """For each measurement in the formula of a value: 1 if more of it is worse, -1 if it is better."""
    value = expanded(value) if isinstance(value, expressions.Application) else value
    formulas = Formulas(contract, payment, [], date.min)
    found: dict[str, int] = {}
    try:
        term = formulas.term(value)
        grid = grid_of(lambda box: [worked_out(term, box)], {key: free.domain for key, free in formulas.free.items()})
    except OutsideError:
        return {}
    for key, free in formulas.free.items():
        rises, sinks = not any(falls(grid, key, rising=True)), not any(falls(grid, key, rising=False))
        if rises != sinks:
            found.update(dict.fromkeys(free.made_of, -1 if rises == (better == "higher") else 1))
    return found


def settled_on(amount: Any, day: date) -> Any:
    """What a name stands for on a day, if it is a parameter; anything else is itself."""
    reference = amount.parameter if isinstance(amount, nodes.NamedAmount) else amount
    target = getattr(reference, "target", None)
    if not isinstance(target, nodes.Parameter):
        return amount
    begun = [step for step in target.value if (step.since or date.min) <= day]
    return (begun or target.value[:1])[-1].amount


def clock_of(unit: str) -> tuple[str, Fraction]:
    """On which clock a unit of time runs, and how much of that clock's own unit it is."""
    if unit in quantities.CLOCK_SECONDS:
        return "clock time", Fraction(quantities.CLOCK_SECONDS[unit])
    if unit.startswith("business") and not unit.endswith(("day", "days")):
        return "business time", Fraction(3600 if "hour" in unit else 60)
    return unit if unit.endswith("s") else f"{unit}s", Fraction(1)


def windows_within(scheme: nodes.PointsScheme, chosen: list[Subject]) -> int | None:
    """How many windows of a scheme of points end in one of what a payment looks at, at most; None for any number."""
    own = [getattr(named.target, "each", None) for named in scheme.for_whom]
    theirs = [getattr(subject.node, "each", None) for subject in chosen]
    if "event" in own or "ticket" in own:
        return None
    shortest = min((days for each in own if (days := usual_days(each))), default=None)
    longest = max((days for each in theirs if (days := usual_days(each))), default=None)
    return 1 if shortest is None or longest is None or longest <= shortest else ceil(longest / shortest)


def longest_window(chosen: list[Subject]) -> int | None:
    """The most hours that the window of a promise can have; None where it is as long as an event."""
    windows = [getattr(subject.node, "each", None) for subject in chosen]
    if not windows or not all(isinstance(window, str) for window in windows):
        return None
    hours = [LONGEST_WINDOWS.get(str(window).removeprefix("calendar ")) for window in windows]
    return max((hour for hour in hours if hour is not None), default=None) if None not in hours else None


def words_for(node: Any) -> str:
    """A part of the agreement in its own words."""
    if isinstance(node, expressions.Length | expressions.Count) and node.where is None:
        return f"{'length' if isinstance(node, expressions.Length) else 'count'} of `{node.of.name}`"
    return f"`{' '.join(node.span.text.split())}`" if node.source is not None else "a measurement"


def few(least: Fraction | None, most: Fraction | None) -> bool:
    """Whether steps can be looked at one by one."""
    return least is not None and most is not None and most - least < MOST_STEPS


def rounded(rounding: str, number: Fraction) -> Fraction:
    return Fraction(ceil(number) if rounding == "started" else floor(number))
