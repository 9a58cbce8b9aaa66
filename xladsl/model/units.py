"""The unit of every formula: what kind of thing it counts, so that no percentage is ever compared with money.

A unit is written as people say it ("a percentage", "money in EUR"), because its name goes into the finding that two
units were mixed. Where the unit cannot be told, as for a column that does not say what it holds, it is `UNKNOWN`,
and nothing is held against it.
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from . import expressions, nodes, quantities

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from .node import Node

UNKNOWN = ""
NUMBER = "a plain number"
RATIO = "a ratio"
PERCENT = "a percentage"
PERCENTAGE_POINTS = "percentage points"
POINTS = "points"
MONEY = "money"
CLOCK = "clock time"
BUSINESS = "business time"
CALENDAR = "calendar time"
ELAPSED = "the time between two moments"
SERVICE_DAYS = "service days"
MOMENT = "a moment"
DATE = "a date"
TEXT = "words"
TRUTH = "yes or no"
DISTRIBUTION = "a distribution"

DURATIONS = (CLOCK, BUSINESS, CALENDAR, ELAPSED)
SCALARS = (NUMBER, RATIO, PERCENT, PERCENTAGE_POINTS)
UNCOUNTABLE = (MOMENT, DATE, TEXT, TRUTH, DISTRIBUTION)

# Each pair may be compared and added; the first of the two is what they make together.
ALIKE = (
    (RATIO, NUMBER),
    (PERCENT, RATIO),
    (MOMENT, DATE),
    (CLOCK, ELAPSED),
    (BUSINESS, ELAPSED),
    (CALENDAR, ELAPSED),
    (CLOCK, CALENDAR),
)


class Given(NamedTuple):
    """What the surroundings say: the unit of `base`, `measured value` or a measure's input, and where we came from."""

    units: Mapping[str, str] = {}
    inside: tuple[int, ...] = ()


NOTHING_GIVEN = Given()


def together(left: str, right: str) -> str | None:
    """The unit of two amounts that are compared or added, or None if they do not mix."""
    if left == right or not left or not right:
        return left or right
    for stronger, weaker in ALIKE:
        if {left, right} == {stronger, weaker}:
            return stronger
    if left.startswith(MONEY) and right.startswith(MONEY) and MONEY in (left, right):
        return max(left, right, key=len)
    return None


def added(left: str, sign: str, right: str) -> str | None:
    """The unit of a sum or a difference, or None if the two do not mix."""
    if {left, right} == {PERCENT, PERCENTAGE_POINTS}:
        return PERCENT
    if left in (MOMENT, DATE) and right in (MOMENT, DATE):
        return ELAPSED if sign == "-" else None
    if left in (MOMENT, DATE) and right in DURATIONS:
        return left
    if sign == "-" and UNKNOWN in (left, right) and {left, right} & {MOMENT, DATE}:
        return UNKNOWN  # the time between two moments, or another moment
    return together(left, right)


def difference_of(unit: str) -> str:
    """The unit in which two values of a unit are apart: two percentages are percentage points apart."""
    return {PERCENT: PERCENTAGE_POINTS, MOMENT: ELAPSED, DATE: CALENDAR}.get(unit, unit)


def unit_of(formula: Any, given: Given = NOTHING_GIVEN) -> str:
    """The unit of a formula; `UNKNOWN` where it, or what it refers to, does not say."""
    if isinstance(formula, str):
        return TRUTH if formula in ("yes", "no") else given.units.get(formula, UNKNOWN)
    if isinstance(formula, date):
        return DATE
    kind = type(formula)
    if kind in ALWAYS:
        return ALWAYS[kind]
    if kind in ALONE:
        return ALONE[kind](formula)
    return SURROUNDED[kind](formula, given) if kind in SURROUNDED else UNKNOWN


@lru_cache(maxsize=4096)  # several rules ask it of each promise
def measured_unit(promise: Node) -> str:
    """The unit of what a promise, a KPI or a scheme of points measures."""
    if isinstance(promise, nodes.InternalTarget):
        return measured_unit(promise.stricter_than.found)
    if isinstance(promise, nodes.Promise):
        kpi = promise.kpi_of  # type: ignore[attr-defined]  # both kinds of promise have one
        return unit_of(kpi) if kpi is not None else unit_of(getattr(promise, "value", None))
    if isinstance(promise, nodes.Measuring):
        return unit_of(promise.value)
    return POINTS if isinstance(promise, nodes.PointsScheme) else UNKNOWN


def unit_held_against(promise: Node) -> str:
    """The unit in which a measured value meets its level: a ratio whose level is a percentage is one too."""
    unit = measured_unit(promise)
    level = promise.level.steps[0].amount if isinstance(promise, nodes.Promise) and promise.level is not None else None
    return PERCENT if unit == RATIO and unit_of(level) == PERCENT else unit


def given_in(payment: nodes.Payment) -> Given:
    """What `base`, `measured value` and their like are, inside a payment."""
    found = {unit_held_against(promise.found) for promise in payment.for_whom}
    measured = found.pop() if len(found) == 1 else UNKNOWN
    apart = difference_of(measured)
    base = unit_of(payment.base.amount) if payment.base else UNKNOWN
    return Given(
        {
            "base": base,
            "measured value": measured,
            "level": measured,
            "baseline": measured,
            "shortfall": apart,
            "excess": apart,
        }
    )


def paid_unit(consequence: nodes.Payment | nodes.Combination | nodes.EarnBack) -> str:
    """The unit of what a payment comes to: a percentage of a base is money, as the base is."""
    if isinstance(consequence, nodes.Payment):
        return POINTS if isinstance(consequence, nodes.PointsScheme) else unit_of_payment(consequence)
    parts = consequence.combines if isinstance(consequence, nodes.Combination) else consequence.returns
    found = {paid_unit(part.target) for part in parts if part.target is not None}
    return found.pop() if len(found) == 1 else UNKNOWN


def unit_of_payment(payment: nodes.Payment) -> str:
    given = given_in(payment)
    results: list[Any] = [row.cells[-1] for row in payment.rows] or [payment.pay]
    found = {unit_of(result, given) for result in results if result is not None and not isinstance(result, str)}
    unit = found.pop() if len(found) == 1 else UNKNOWN
    return given.units["base"] or MONEY if unit == PERCENT else unit


def of_duration(duration: quantities.Duration) -> str:
    if duration.unit.startswith(("business", "working")):
        return BUSINESS
    return CLOCK if duration.unit in quantities.CLOCK_SECONDS else CALENDAR


def of_reference(reference: quantities.Reference[Any], given: Given) -> str:
    target = reference.target
    if target is None or id(target) in given.inside:
        return UNKNOWN
    within = Given({}, (*given.inside, id(target)))
    if isinstance(target, nodes.Column):
        return COLUMNS.get(target.column_type or "", UNKNOWN)
    if isinstance(target, nodes.Input):
        return given.units.get(f"takes {target.name}") or INPUTS.get(target.kind, UNKNOWN)
    if isinstance(target, nodes.Parameter):
        return unit_of(target.value[0].amount, within)
    if isinstance(target, nodes.Measuring):
        return unit_of(target.value, within)
    if isinstance(target, nodes.Promise):
        return measured_unit(target)
    if isinstance(target, nodes.PointsScheme):
        return POINTS
    return NUMBER if isinstance(target, nodes.Question) else UNKNOWN


def of_sum(formula: expressions.SumOf, given: Given) -> str:
    unit: str | None = unit_of(formula.first, given)
    for addend in formula.addends:
        unit = added(unit or UNKNOWN, addend.sign, unit_of(addend.operand, given))
    return unit or UNKNOWN


def of_product(formula: expressions.ProductOf, given: Given) -> str:
    factors = [("*", unit_of(formula.first, given))]
    factors += [(factor.operator, unit_of(factor.operand, given)) for factor in formula.factors]
    return multiplied(factors)


def multiplied(factors: list[tuple[str, str]]) -> str:
    """The unit of a product: units above and below the line cancel, and plain numbers change nothing."""
    if any(not unit or unit in UNCOUNTABLE for _, unit in factors):
        return UNKNOWN
    powers: dict[str, int] = {}
    names: dict[str, str] = {}
    for operator, unit in factors:
        if unit not in SCALARS:
            family = "time" if unit in DURATIONS else MONEY if unit.startswith(MONEY) else unit
            powers[family] = powers.get(family, 0) + (-1 if operator == "/" else 1)
            names.setdefault(family, unit)
    left = {family: power for family, power in powers.items() if power}
    if not left:
        if any(operator == "/" for operator, _ in factors):
            return RATIO
        return PERCENT if any(unit in (PERCENT, PERCENTAGE_POINTS) for _, unit in factors) else NUMBER
    if left.get(MONEY) == 1 and set(left) <= {MONEY, POINTS}:
        return names[MONEY]
    if list(left.values()) == [1]:
        return names[next(iter(left))]
    if min(left.values()) < 0:
        return UNKNOWN
    return " times ".join(sorted((names[family] for family in left), key=lambda unit: unit.startswith(MONEY)))


def of_portion(portion: expressions.Portion, given: Given) -> str:
    """A part of something is what the whole is: one per cent of a thousand calls are ten of them."""
    share, whole = unit_of(portion.share, given), unit_of(portion.of, given)
    return NUMBER if whole == NUMBER else multiplied([("*", share), ("*", whole)])


def of_statistic(formula: Any, given: Given) -> str:
    return UNKNOWN if formula.weighted_by is not None else unit_of(formula.of, given)


def of_length(formula: expressions.Length) -> str:
    """Stretches have a beginning and an end, so their length can be told on the clock or on a business calendar."""
    weighted = formula.weighted_by or getattr(formula.of.target, "weighted_by", None)
    return UNKNOWN if weighted is not None else ELAPSED


def of_application(formula: expressions.Application, given: Given) -> str:
    """A measure's unit is that of its own formula, with its inputs standing for what they are given."""
    measure = formula.measure.target
    if not isinstance(measure, nodes.Measure) or id(measure) in given.inside:
        return UNKNOWN
    units = {f"takes {argument.name}": unit_of(argument.value, given) for argument in formula.arguments}
    units[f"takes {measure.takes[0].name}"] = unit_of(formula.of, given)
    return unit_of(measure.value, Given(units, (*given.inside, id(measure))))


def of_fee(formula: expressions.FeeAmount) -> str:
    return money_of(formula.fee.target.amounts if formula.fee.target else [])


def money_of(amounts: Iterable[nodes.DatedMoney]) -> str:
    currencies = {step.amount.currency for step in amounts}
    return f"{MONEY} in {currencies.pop()}" if len(currencies) == 1 else MONEY


def of_alternatives(formula: expressions.Extreme, given: Given) -> str:
    unit: str | None = UNKNOWN
    for option in formula.of:
        unit = together(unit or UNKNOWN, unit_of(option, given))
    return unit or UNKNOWN


ALWAYS: dict[type, str] = {
    quantities.Number: NUMBER,
    quantities.Percent: PERCENT,
    quantities.PercentagePoints: PERCENTAGE_POINTS,
    quantities.Points: POINTS,
    quantities.ServiceDays: SERVICE_DAYS,
    quantities.Text: TEXT,
    nodes.PointInTime: MOMENT,
    expressions.WindowEdge: MOMENT,
    expressions.TimeOn: MOMENT,
    expressions.Count: NUMBER,
    expressions.NetScore: POINTS,
    expressions.Distribution: DISTRIBUTION,
    expressions.Share: PERCENT,
    expressions.ShareOfTime: PERCENT,
    expressions.WindowLength: CLOCK,
    expressions.FeesOf: MONEY,
    expressions.AllFees: MONEY,
    expressions.PointsOf: POINTS,
}

ALONE: dict[type, Callable[[Any], str]] = {
    quantities.Money: lambda money: f"{MONEY} in {money.currency}",
    quantities.Duration: of_duration,
    expressions.Length: of_length,
    expressions.FeeAmount: of_fee,
}

SURROUNDED: dict[type, Callable[[Any, Given], str]] = {
    quantities.Reference: of_reference,
    expressions.SumOf: of_sum,
    expressions.ProductOf: of_product,
    expressions.Group: lambda group, given: unit_of(group.value, given),
    expressions.Portion: of_portion,
    expressions.GivenValue: lambda value, given: given.units.get(value.what, UNKNOWN),
    expressions.Statistic: of_statistic,
    expressions.Percentile: of_statistic,
    expressions.Over: lambda over, given: unit_of(over.of, given),
    expressions.PreviousValue: lambda previous, given: of_reference(previous.of, given),
    expressions.Extreme: of_alternatives,
    expressions.Application: of_application,
    expressions.PerUnit: lambda per_unit, given: unit_of(per_unit.amount, given),
}

COLUMNS = {
    "time": MOMENT,
    "date": DATE,
    "number": NUMBER,
    "text": TEXT,
    "yes or no": TRUTH,
    "money": MONEY,
    "duration in seconds": CLOCK,
    "duration in milliseconds": CLOCK,
    "duration in minutes": CLOCK,
    "duration in hours": CLOCK,
    "percent": PERCENT,
}

INPUTS = {
    "answers": NUMBER,
    "number": NUMBER,
    "money": MONEY,
    "percent": PERCENT,
    "time": MOMENT,
    "text": TEXT,
    "yes or no": TRUTH,
}
"""What an input of a measure is when nothing was put in for it; a column or a duration may be of several kinds."""
