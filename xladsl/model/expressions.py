"""Formulas: what is measured from rows, which rows count, when something follows, and what it is worth.

There are four small languages, kept apart so that each can be read without brackets being guessed:
a *measurement* turns a source into one number, a *predicate* speaks of one row, a *condition* speaks of promises and
earlier windows, a *payment* is worth money, points or days. The first fields of a class are the parts of the formula
in the order they are written.
"""

from __future__ import annotations

from datetime import time
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from .node import Node, OneOrMore, Part
from .quantities import (
    Duration,
    Money,
    Percent,
    Quantity,
    Reference,
    Text,
)

if TYPE_CHECKING:
    from .nodes import (
        Calendar,
        Column,
        Fee,
        Groups,
        Judged,
        LeavesOut,
        Measurable,
        Measure,
        PointsScheme,
        Rows,
        Service,
        Stretches,
        Valued,
        Values,
    )

Amount = Quantity | Money | Duration | Reference[Any]


class Expression(Node):
    """Anything that has a value."""


class SumOf(Expression):
    """`100% - length of desk_down / length of the window`"""

    first: Formula
    addends: OneOrMore[Addend]


class Addend(Part):
    """One further part of a sum, with its sign."""

    sign: str
    operand: Formula


class ProductOf(Expression):
    """`25 × base`, `length of portal_down / length of the window`. A division by nothing needs `empty counts as`."""

    first: Formula
    factors: OneOrMore[Factor]


class Factor(Part):
    """One further part of a product: multiplied by, or divided by."""

    operator: str
    operand: Formula


class Group(Expression):
    """`(share of requests in which failed is yes, empty counts as 0%)`"""

    value: Formula
    group_empty: Amount | None


class Portion(Expression):
    """`5% of base`, `(98% - measured value) of fee support`"""

    share: Percent | Group | GivenValue
    of: Formula


class GivenValue(Expression):
    """What the surroundings give: `base`, `measured value`, `shortfall`, `excess`, `baseline`, `level`.

    The shortfall is how far the measured value is on the wrong side of the level, and never negative.
    """

    what: str


class Aggregate(Expression):
    """A number from many rows or intervals, and which of them count."""

    opens = "of"
    where: Predicate | None
    longer_than: Duration | None
    at_least_long: Duration | None
    joined_within: Duration | None
    leaving_out_these: list[Reference[LeavesOut]]
    weighted_by: Reference[Column] | None


class Count(Aggregate):
    """`count of desk where priority is "P1"`"""

    unnamed = ("of",)
    of: Reference[Rows]


class Statistic(Aggregate):
    """`mean of after_incident.ease`, `median of desk.hours`, `sum of outage.minutes`"""

    unnamed = ("kind", "of")
    kind: str
    of: Formula


class Percentile(Aggregate):
    """`percentile 95 of page.load`: the smallest value that at least 95 % of the values do not exceed (nearest
    rank)."""

    unnamed = ("rank", "of")
    rank: Decimal
    of: Formula


class NetScore(Aggregate):
    """`net score of pulse.recommend counting 9 to 10 against 0 to 6`: points from -100 to 100."""

    unnamed = ("of", "counting", "against")
    of: Reference[Values]
    counting: AnswerRange
    against: AnswerRange


class AnswerRange(Part):
    """`9 to 10`, both included."""

    low: Decimal
    high: Decimal


class Distribution(Aggregate):
    """`distribution of after_incident.ease`: how many gave each answer; for showing, never for deciding."""

    unnamed = ("of",)
    of: Reference[Values]


class Length(Aggregate):
    """`length of portal_down where cause is "network" longer than 60 s`: time, each moment counted once."""

    unnamed = ("of",)
    of: Reference[Stretches]


class Share(Expression):
    """`share of desk where priority is "P1" in which resolved - opened <= 4 business hours`

    `where` chooses the denominator, `in which` the numerator.
    """

    opens = "of"
    unnamed = ("of", "counted")
    of: Reference[Rows]
    where: Predicate | None
    counted: Predicate
    weighted_by: Reference[Column] | None


class ShareOfTime(Expression):
    """`share of each 5 min in which (…) > 5%`: the share of the window's small intervals that pass the test."""

    slice: Duration | Reference[Groups]
    measured: Formula
    relation: str
    limit: Formula
    also: list[SliceTest]


class SliceTest(Part):
    """`and count of requests >= 20`: a further test that a small interval must pass."""

    measured: Formula
    relation: str
    limit: Formula


class Over(Expression):
    """`mean over each 5 min of (…)`, `lowest over each copenhagen.site of (…)`: one number per group, then one of
    them all."""

    kind: str
    each_group: Duration | Reference[Groups]
    of: Formula


class Extreme(Expression):
    """`lowest of (a, b)`, `highest of (a, b)`; of moments `earliest of (a, b)`, `latest of (a, b)`"""

    kind: str
    of: OneOrMore[Formula]


class WindowEdge(Expression):
    """`the end of the window`, `the beginning of the window`: a moment, in a test of rows."""

    unnamed = ("which",)
    which: str


class TimeOn(Expression):
    """`17:00 on asked + 1 business day`: a time of day, on the day of a moment or so many days later; that day itself
    is not counted."""

    unnamed = ("clock", "moment")
    clock: time
    moment: Formula
    days_later: Duration | None


class WindowLength(Expression):
    """`length of the window`, or `of the open window`: the window less what lies outside service hours and what is
    left out."""

    which: str


class Application(Aggregate):
    """`apdex of page.load (threshold 1.5 s)`: a measure of the catalogue, with its inputs."""

    unnamed = ("measure", "of", "arguments")
    measure: Reference[Measure]
    of: Reference[Measurable]
    arguments: list[Argument]


class Argument(Part):
    """A named input of a measure."""

    name: str
    value: Amount | Text


class FeeAmount(Expression):
    """`fee portal_monthly of the month measured`"""

    fee: Reference[Fee]
    fee_period: str | None


class FeesOf(Expression):
    """`fees of portal of the month measured`: all fee lines of a service."""

    service: Reference[Service]
    fee_period: str | None


class AllFees(Expression):
    """`all fees of the month measured`"""

    fee_period: str | None


class PointsOf(Expression):
    """`points of response_points`"""

    scheme: Reference[PointsScheme]


class PreviousValue(Expression):
    """`previous value of line_up`: what it came to in the window before."""

    of: Reference[Valued]


Formula = Expression | Quantity | Money | Duration | Reference[Any] | Text


# ------------------------------------------------------------------------------------------------- predicates: one row


class Either(Expression):
    """`a or b`"""

    options: OneOrMore[Predicate]


class Both(Expression):
    """`a and b`"""

    options: OneOrMore[Predicate]


class Negation(Expression):
    """`not a`"""

    of: Predicate


class Comparison(Expression):
    """`resolved - opened <= 4 business hours`, `priority is "P1"`"""

    left: Formula
    relation: str
    right: Formula


class Membership(Expression):
    """`status is one of (500, 503)`"""

    value: Formula
    options: OneOrMore[Formula]


class Emptiness(Expression):
    """`resolved is empty`"""

    of: Formula


class Presence(Expression):
    """`resolved is not empty`"""

    of: Formula


class FallsIn(Expression):
    """`opened falls in office_hours`: a span that crosses midnight belongs to the day on which it begins."""

    of: Formula
    calendar: Reference[Calendar]


Predicate = Expression


# ---------------------------------------------------------------------- conditions: promises, now and in other windows


class AnyCondition(Expression):
    """`a or b`"""

    options: OneOrMore[Condition]


class AllConditions(Expression):
    """`a and b`"""

    options: OneOrMore[Condition]


class Outcome(Expression):
    """`portal_up is breached in 3 of the last 12 months`, `at least 2 of portal_up and mail_up and desk_quick are
    breached`"""

    unnamed = ("state", "history")
    of_them: Decimal | None
    conditioned: OneOrMore[Reference[Judged]]
    state: str
    history: History | None


class LevelTest(Expression):
    """`portal_up is below 95% in one month`"""

    unnamed = ("relation", "amount", "history")
    conditioned: OneOrMore[Reference[Judged]]
    relation: str
    amount: Formula
    history: History | None


class ValueTest(Expression):
    """`length of desk_down > 6 min`"""

    value: Formula
    relation: str
    amount: Formula
    history: History | None


class TimesOfLast(Part):
    """`in 3 of the last 12 months`"""

    times: Decimal
    of: Decimal
    unit: str


class TimesInARow(Part):
    """`3 months in a row`"""

    times: Decimal
    unit: str


class PreviousWindow(Part):
    """`in the previous month`"""

    unit: str


class SingleWindow(Part):
    """`in one month`"""

    unit: str


class WithinAny(Part):
    """`within any 30 days`"""

    length: Duration


Condition = Outcome | LevelTest | ValueTest | AnyCondition | AllConditions
History = TimesOfLast | TimesInARow | PreviousWindow | SingleWindow | WithinAny


# ------------------------------------------------------------------------------------ payments: what a breach is worth


class PerUnit(Expression):
    """`5% of base per started 30 min of length of portal_down beyond 30 min`"""

    amount: Formula
    per: Per


class Per(Part):
    """For which unit, of what, beyond which allowance; started units are rounded up, full ones down, exact ones not."""

    unnamed = ("rounding", "quantity")
    rounding: str
    per_step: Amount
    quantity: Formula
    per_beyond: Amount | None
