"""One number from several: each part is scaled to 0–100 and weighted, and a part below its floor breaches the whole."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from ...model import nodes, units
from ...model.measures import inherited
from ...model.samples import sources_behind
from ..figures import number
from ..results import Measured

if TYPE_CHECKING:
    from ..assessment import Assessment
    from ..scope import Scope

BEST = Fraction(100)


class ScaledPart(NamedTuple):
    """A part of a composite: its name and weight, what was measured, what that is on the scale from 0 to 100, and the
    scaled value that it must reach."""

    name: str
    weight: Fraction
    measured: Measured
    amount: Fraction | None
    floor: Fraction | None
    asked: bool

    @property
    def broken(self) -> bool:
        return self.amount is not None and self.floor is not None and self.amount < self.floor


def composed(assessment: Assessment, composite: nodes.Composite, scope: Scope) -> Measured:
    """The value of a composite, from 0 to 100. It rests on as many answers as the part that has fewest, and counts as
    breached if one of them is below its floor."""
    parts = scaled_parts(assessment, composite, scope)
    amount = combined(composite, parts)
    told = [line for part in parts for line in (*part.measured.trace, in_words(part))]
    return Measured(
        amount,
        units.NUMBER,
        rows=answers(parts),
        counts_as="breached" if any(part.broken for part in parts) else None,
        left_out=tuple(dict.fromkeys(reason for part in parts for reason in part.measured.left_out)),
        trace=(*told, f"{composite.name}: {number(amount) if amount is not None else 'no value'}"),
    )


def scaled_parts(assessment: Assessment, composite: nodes.Composite, scope: Scope) -> list[ScaledPart]:
    return [scaled_part(assessment, part, scope) for part in composite.parts]


def scaled_part(assessment: Assessment, part: nodes.WeightedPart, scope: Scope) -> ScaledPart:
    from .formulas import value_of

    measured = assessment.measured(part.kpi.found, scope)
    ends = ends_of(assessment, part, scope)
    amount = None
    if measured.amount is not None and ends is not None:
        worst, best = ends
        amount = min(max((measured.amount - worst) / (best - worst) * BEST, Fraction(0)), BEST)
    floor = value_of(assessment, part.at_least_part, scope).amount if part.at_least_part is not None else None
    asked = any(isinstance(source, nodes.Survey) for source in sources_behind(assessment.contract, part.kpi))
    return ScaledPart(part.kpi.name, Fraction(part.weight.amount) / 100, measured, amount, floor, asked)


def answers(parts: list[ScaledPart]) -> int | None:
    """How many answers the whole rests on: those of its smallest part. Where people are asked for some of it, what
    devices and logs report for the rest are no answers."""
    asked = [part for part in parts if part.asked] or parts
    return min((part.measured.rows for part in asked if part.measured.rows is not None), default=None)


def ends_of(assessment: Assessment, part: nodes.WeightedPart, scope: Scope) -> tuple[Fraction, Fraction] | None:
    """What becomes 0 and what becomes 100; None where neither the part nor its KPI has two different ends.

    A composite that is a part is on that scale already. Of a range, the worse end becomes 0.
    """
    from .formulas import value_of

    if part.scaled is not None:
        ends = (part.scaled.low, part.scaled.high)
    elif isinstance(part.kpi.target, nodes.Composite):
        return Fraction(0), BEST
    else:
        held = inherited(part.kpi.found, "range")
        if held is None or isinstance(held.high, str):
            return None
        ends = (held.low, held.high)
        if inherited(part.kpi.found, "better") == "lower":
            ends = (held.high, held.low)
    worst, best = (value_of(assessment, end, scope).amount for end in ends)
    return None if worst is None or best is None or worst == best else (worst, best)


def combined(composite: nodes.Composite, parts: list[ScaledPart]) -> Fraction | None:
    """The parts together. One without a value makes the whole invalid, unless the composite says otherwise."""
    if composite.missing == "counts as zero":
        valued = [(part.weight, part.amount or Fraction(0)) for part in parts]
    else:
        valued = [(part.weight, part.amount) for part in parts if part.amount is not None]
        if composite.missing != "is reweighted" and len(valued) < len(parts):
            return None
    weights = sum((weight for weight, _ in valued), Fraction(0))
    if not weights:
        return None
    if composite.combined_as in ("lowest", "highest"):
        return (min if composite.combined_as == "lowest" else max)(amount for _, amount in valued)
    return sum((weight * amount for weight, amount in valued), Fraction(0)) / weights


def in_words(part: ScaledPart) -> str:
    if part.amount is None:
        return f"{part.name} on the scale from 0 to 100: no value"
    below = f", below its floor of {number(part.floor)}" if part.broken and part.floor is not None else ""
    return f"{part.name} on the scale from 0 to 100: {number(part.amount)}{below}"
