"""A measurement becomes one exact number.

A formula is prepared once: every aggregate asks the engine for what it needs, for all slices and groups together where
it stands inside of some. What comes of it is looked up by a key, and all arithmetic is on fractions.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

from ...model import expressions, nodes, quantities, units
from ...model.measures import expanded, inherited
from ..figures import written
from ..money.caps import whole
from ..results import Measured, Verdict
from ..rows.counting import told_unit, zone_of
from . import amounts
from .asking import Unmeasured, promised_counting
from .found import At, Found, constant, quotient, scaled, total
from .parts import Parts

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ...model.node import Node
    from ..assessment import Assessment
    from ..scope import Scope
    from .divisions import Key


def measured(assessment: Assessment, block: Node, scope: Scope) -> Measured:
    """The value of a KPI, a composite or a promise in a window, rounded where the parties have agreed how."""
    found = unrounded(assessment, block, scope)
    rule = inherited(block, "rounded") if isinstance(block, nodes.Measuring | nodes.Promise) else None
    if rule is None or found.amount is None:
        return found
    step = value_of(assessment, rule.to, scope).amount
    if not step:
        return found
    amount = whole(found.amount / step, rule.mode) * step
    return found._replace(amount=amount, trace=(*found.trace, f"rounded {rule.mode}: {written(amount, found.unit)}"))


def unrounded(assessment: Assessment, block: Node, scope: Scope) -> Measured:
    """The value as it is; what is given for it goes before what is measured."""
    if isinstance(block, nodes.InternalTarget):
        return assessment.measured(block.stricter_than.found, scope)
    if isinstance(block, nodes.PointsScheme):
        return Measured(assessment.paid(block, scope.window, scope.group).amount, units.POINTS)
    subject = subject_of(block)
    unit = told_unit(units.measured_unit(block), promised_counting(assessment, scope))
    for name in dict.fromkeys((name_of(block), name_of(subject))):
        given = assessment.given.value_of_group(name, scope.window, scope.group.name)
        if given is not None:
            return Measured(given, unit, trace=(f"{name} is given as {written(given, unit)}",))
    if isinstance(subject, nodes.Composite):
        from .composites import composed

        return composed(assessment, subject, scope)
    return of_formula(assessment, block, subject.value, scope, unit)


def value_of(
    assessment: Assessment, formula: Any, scope: Scope, given: Mapping[str, Fraction] | None = None
) -> Measured:
    """The value of a formula; `given` are the words of payments: `base`, `measured value`, `shortfall`, `excess`,
    `level`, `baseline`."""
    working = Working(assessment, scope, given or {})
    unit = told_unit(units.unit_of(formula), working.counting)
    try:
        found = working.at(formula)(())
    except Unmeasured as missing:
        return Measured(None, unit, trace=(str(missing),))
    return result(found, unit, working.told)


def shown(assessment: Assessment, block: Node, scope: Scope) -> Measured | None:
    """What is reported beside the value of a KPI or a promise; None where nothing is."""
    formula = inherited(block, "shown_with")
    return None if formula is None else value_of(assessment, formula, scope)


def name_of(block: Any) -> str:
    name: str = block.name
    return name


def subject_of(block: Any) -> Any:
    """What a promise measures: a KPI, a composite, or the promise itself where it brings its own value."""
    kpi = getattr(block, "kpi_of", None)
    return subject_of(kpi.found) if kpi is not None else block


def of_formula(assessment: Assessment, block: Any, formula: Any, scope: Scope, unit: str) -> Measured:
    """The value of the formula of a KPI or a promise. A measure that is all of it says what empty counts as."""
    if formula is None:
        return Measured(None, unit, trace=(f"{subject_of(block).name} does not say how its value is worked out",))
    working = Working(assessment, scope, block=block)
    if isinstance(formula, expressions.Application):
        formula = expanded(formula)
    try:
        found = working.at(formula)(())
    except Unmeasured as missing:
        return Measured(None, unit, trace=(str(missing),))
    told = result(found, unit, [*working.told, f"{block.name}: {figure(found.amount, unit)}"])
    return told if told.amount is not None else emptied(assessment, block, scope, told)


def emptied(assessment: Assessment, block: Node, scope: Scope, found: Measured) -> Measured:
    """What a value counts as that divides by nothing or averages nothing."""
    empty = inherited(block, "empty")
    if empty is None:
        return found
    if isinstance(empty, str):
        verdict: Verdict = empty  # type: ignore[assignment]  # the grammar knows no other words
        return found._replace(counts_as=verdict, trace=(*found.trace, f"empty counts as {empty}"))
    amount = value_of(assessment, empty, scope).amount
    return found._replace(amount=amount, trace=(*found.trace, f"empty counts as {figure(amount, found.unit)}"))


def result(found: Found, unit: str, told: list[str]) -> Measured:
    return Measured(
        found.amount,
        unit,
        found.above,
        found.below,
        found.rows,
        found.spread,
        left_out=found.left_out,
        trace=tuple(told),
    )


def figure(amount: Fraction | None, unit: str) -> str:
    return "no value" if amount is None else written(amount, unit)


class Working(Parts):
    """Works out formulas in a scope. `told` says how, a step at a time."""

    def at(self, formula: Any) -> At:
        """What a formula comes to, for each key of the divisions that it stands in."""
        work = WORK.get(type(formula))
        if work is None:  # in a specification that somebody edited; in a source the units would not fit
            raise Unmeasured(f"{type(formula).__name__.lower()} is nothing that has a value")
        found: At = work(self, formula)
        return found

    # ---------------------------------------------------------------------------------------------------- arithmetic

    def sum(self, formula: expressions.SumOf) -> At:
        operands = [formula.first, *(addend.operand for addend in formula.addends)]
        signs = [1, *(1 if addend.sign == "+" else -1 for addend in formula.addends)]
        if self.is_rowwise(formula):
            return self.of_rows(formula)
        working = self.beside(operands)
        parts = [working.at(operand) for operand in operands]
        return lambda key: total(signs, [part(key) for part in parts])

    def product(self, formula: expressions.ProductOf) -> At:
        operands = [formula.first, *(factor.operand for factor in formula.factors)]
        if self.is_rowwise(formula):
            return self.of_rows(formula)
        operators = [factor.operator for factor in formula.factors]
        working = self.beside(operands)
        parts = [working.at(operand) for operand in operands]
        return lambda key: quotient(operators, [part(key) for part in parts])

    def group(self, group: expressions.Group) -> At:
        value = self.at(group.value)
        return value if group.group_empty is None else self.or_else(value, self.at(group.group_empty))

    def portion(self, portion: expressions.Portion) -> At:
        share, whole = self.at(portion.share), self.at(portion.of)
        return lambda key: scaled(whole(key), share(key).amount)

    def extreme(self, extreme: expressions.Extreme) -> At:
        if self.is_rowwise(extreme):
            return self.of_rows(extreme)
        working = self.beside(extreme.of)
        options = [working.at(option) for option in extreme.of]
        choose = min if extreme.kind in ("lowest", "earliest") else max

        def chosen(key: Key) -> Found:
            found = [option(key) for option in options]
            amounts_found = [each.amount for each in found if each.amount is not None]
            counted = [each.rows for each in found if each.rows is not None]
            left_out = tuple(dict.fromkeys(reason for each in found for reason in each.left_out))
            amount = choose(amounts_found) if len(amounts_found) == len(found) else None
            return Found(amount, rows=min(counted, default=None), left_out=left_out)

        return chosen

    def or_else(self, value: At, empty: At) -> At:
        """A value, or what it counts as where it divides by nothing or averages nothing."""

        def filled(key: Key) -> Found:
            found = value(key)
            return found if found.amount is not None else found._replace(amount=empty(key).amount, spread=None)

        return filled

    # ----------------------------------------------------------------------------------------------- names and words

    def amount(self, quantity: Any) -> At:
        if isinstance(quantity, quantities.Duration):
            zone = zone_of(self.assessment, self.scope)
            return constant(amounts.length_of(quantity, self.assessment, self.scope.window, zone))
        return constant(amounts.amount_of(quantity))

    def reference(self, reference: quantities.Reference[Any]) -> At:
        target = reference.found
        if isinstance(target, nodes.Parameter):
            return self.parameter(target)
        if isinstance(target, (nodes.Column, nodes.Question)):
            return self.of_rows(reference)
        if isinstance(target, nodes.Payment):
            return constant(self.assessment.paid(target, self.scope.window, self.scope.group).amount)
        if isinstance(target, nodes.Kpi):
            return self.kpi(target)
        return self.by_scope(lambda scope: self.of_block(target, scope))

    def kpi(self, kpi: nodes.Kpi) -> At:
        """A KPI by its name: what is given for it, or its formula, dated as it says itself."""
        given = self.assessment.given.value(kpi.name, self.scope.window)
        if given is not None:
            self.tell(f"{kpi.name} is given")
            return constant(given)
        named = self.like()
        named.block, named.keys = kpi, self.keys
        empty = inherited(kpi, "empty")
        formula = expanded(kpi.value) if isinstance(kpi.value, expressions.Application) else kpi.value
        value: At = named.at(formula)
        return value if empty is None or isinstance(empty, str) else self.or_else(value, self.at(empty))

    def of_block(self, block: Node, scope: Scope) -> Found:
        found = self.assessment.measured(block, scope)
        self.tell(*found.trace)
        return Found(found.amount, found.numerator, found.denominator, found.rows, found.spread, found.left_out)

    def parameter(self, parameter: nodes.Parameter) -> At:
        given = self.assessment.given.value(parameter.name, self.scope.window)
        if given is not None:
            return constant(given)
        day = amounts.governing_day(parameter, self.assessment, self.scope.window)
        held = amounts.amount_at(parameter, day)
        if held is None:
            self.tell(f"{parameter.name} has no amount on {day.isoformat()}")
            return constant(None)
        return self.at(held)

    def application(self, application: expressions.Application) -> At:
        """A measure inside of a formula brings along what it says of having no rows."""
        formula = expanded(application)
        if isinstance(formula, expressions.Application):
            return constant(None)
        measure = application.measure.found
        value = self.at(formula)
        empty = measure.empty
        return value if empty is None or isinstance(empty, str) else self.or_else(value, self.at(empty))

    def given_value(self, value: expressions.GivenValue) -> At:
        if value.what in self.given:
            return constant(self.given[value.what])
        promise = self.scope.promise
        if value.what == "level" and promise is not None:
            from ..judging.verdicts import level_of

            return constant(level_of(self.assessment, promise, self.scope))
        if value.what == "baseline" and promise is not None and promise.baseline is not None:
            return self.at(promise.baseline.amount)
        return constant(None)

    def fees(self, fees: Any) -> At:
        from ..money.fees import fee

        return constant(fee(self.assessment, fees, self.scope.window))

    def points(self, points: expressions.PointsOf) -> At:
        return constant(self.assessment.paid(points.scheme.found, self.scope.window, self.scope.group).amount)

    def previous_value(self, previous: expressions.PreviousValue) -> At:
        return self.by_scope(lambda scope: self.in_window_before(previous.of.found, scope))

    def in_window_before(self, block: Any, scope: Scope) -> Found:
        """What something came to in the window before; nothing where there is none that counts, or nothing is said."""
        from ..judging.verdicts import first_counted
        from ..money.subjects import pace

        promise = block if isinstance(block, nodes.Promise) else scope.promise or pace(self.assessment, block)
        before = self.assessment.windows_of(promise).before(scope.window) if promise is not None else None
        if before is None or before.end <= first_counted(self.assessment):
            return Found(None)
        if self.assessment.given.unspoken(name_of(block), before):
            return Found(None)
        return self.of_block(block, scope._replace(window=before, promise=promise))


WORK: dict[type, Any] = {
    expressions.SumOf: Working.sum,
    expressions.ProductOf: Working.product,
    expressions.Group: Working.group,
    expressions.Portion: Working.portion,
    expressions.Extreme: Working.extreme,
    expressions.GivenValue: Working.given_value,
    expressions.Application: Working.application,
    expressions.FeeAmount: Working.fees,
    expressions.FeesOf: Working.fees,
    expressions.AllFees: Working.fees,
    expressions.PointsOf: Working.points,
    expressions.PreviousValue: Working.previous_value,
    expressions.Count: Working.count,
    expressions.Statistic: Working.statistic,
    expressions.Percentile: Working.percentile,
    expressions.NetScore: Working.net_score,
    expressions.Distribution: Working.distribution,
    expressions.Share: Working.share,
    expressions.ShareOfTime: Working.share_of_time,
    expressions.Over: Working.over,
    expressions.Length: Working.length,
    expressions.WindowLength: Working.window_length,
    quantities.Reference: Working.reference,
    **dict.fromkeys(
        (
            quantities.Number,
            quantities.Percent,
            quantities.PercentagePoints,
            quantities.Points,
            quantities.ServiceDays,
            quantities.Money,
            quantities.Duration,
        ),
        Working.amount,
    ),
}
