"""What a measure of the catalogue says once it is applied: its formula written out, and what a KPI takes over from it.

A measure is a formula with named inputs, as `apdex` is one of a `duration` and a `threshold`. Writing an application
out puts the arguments in place of the inputs, so that whoever works out or prints a value never meets a measure.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from . import nodes
from .expressions import Aggregate, Application, Both, Formula, Group, Predicate, Share, Statistic
from .node import Node, walk
from .quantities import Money, Number, Quantity, Reference


@lru_cache(maxsize=4096)  # a dozen rules ask it of each promise
def expanded(application: Application) -> Formula:
    """The formula of the measure, with its inputs replaced by what the application gives for them.

    The application's `where` narrows every aggregate over rows of the same source. What is written out has the place
    of the application, since that is the sentence it stands for. An application that names no measure, or one that
    leads back to itself, stays as it is.
    """
    measure = application.measure.target
    if not isinstance(measure, nodes.Measure) or measure.value is None:
        return application
    written: Formula = Writing(application, measure, ()).out(measure.value)
    return written


def inherited(measuring: Node, field: str) -> Any:
    """What a KPI, a composite or a promise says in a clause, or else its KPI, or else the measure that it applies.

    None where nobody says it. A measure that is a mean of answers has the range of the scale of the question.
    """
    return inherited_by(measuring, field, ())


def measure_of(measuring: Node) -> nodes.Measure | None:
    """The measure whose application is the whole value of a KPI or a promise."""
    kpi = getattr(measuring, "kpi_of", None)
    if kpi is not None and kpi.target is not None:
        return measure_of(kpi.target)
    value = getattr(measuring, "value", None)
    measure = value.measure.target if isinstance(value, Application) else None
    return measure if isinstance(measure, nodes.Measure) else None


def sample_rule(measuring: Node) -> nodes.FixedSample | nodes.PlannedSample | None:
    """How many answers the measure asks for; a promise may ask for more in its own `answers`."""
    measure = measure_of(measuring)
    return measure.answers if measure is not None else None


def arguments_of(application: Application, measure: nodes.Measure) -> dict[str, Any]:
    """What each input stands for: the first for what comes after `of`, the others for what the brackets give."""
    given: dict[str, Any] = {measure.takes[0].name: application.of} if measure.takes else {}
    for argument in application.arguments:
        given.setdefault(argument.name, argument.value)
    return given


class Writing:
    """Writes one application out."""

    def __init__(self, application: Application, measure: nodes.Measure, inside: tuple[nodes.Measure, ...]) -> None:
        self.application = application
        self.measure = measure
        self.inside = (*inside, measure)
        self.arguments = arguments_of(application, measure)

    def out(self, part: Any) -> Any:
        """A copy of a part of the measure's formula that speaks of the arguments."""
        if type(part) is list:
            return [self.out(each) for each in part]
        if not isinstance(part, Node):
            return part
        if isinstance(part, Reference) and isinstance(part.target, nodes.Input):
            return self.arguments.get(part.target.name, part)
        copy = self.copied(part)
        if isinstance(copy, Application):
            return self.inner(copy)
        if isinstance(copy, (Aggregate, Share)) and self.narrows(copy):
            copy.where = both(copy.where, self.application.where)
        return copy

    def copied(self, part: Node) -> Node:
        copy = object.__new__(type(part))
        copy.source, copy.offsets, copy.places = self.application.source, self.application.offsets, {}
        holding = type(part).holding
        for name, value in part.items():
            setattr(copy, name, self.out(value) if value and name in holding else value)
        if isinstance(part, Reference):
            copy.target = part.target  # type: ignore[attr-defined]  # a copy of a reference is one
        return copy

    def inner(self, application: Application) -> Formula:
        """A measure applied within this one, in brackets, with what that measure says of having no rows."""
        measure = application.measure.target
        if not isinstance(measure, nodes.Measure) or measure.value is None or is_one_of(measure, self.inside):
            return application
        if self.application.where is not None and source_of(application.of) == source_of(self.application.of):
            application.where = both(application.where, self.application.where)
        empty = measure.empty if isinstance(measure.empty, (Quantity, Money)) else None
        group = Group(value=Writing(application, measure, self.inside).out(measure.value), group_empty=empty)
        group.source, group.offsets = application.source, application.offsets
        return group

    def narrows(self, aggregate: Aggregate | Share) -> bool:
        """Whether an aggregate counts rows of the source that the application's `where` speaks of."""
        if self.application.where is None:
            return False
        counted: Any = aggregate.of  # type: ignore[union-attr]  # every aggregate is of something
        rows = [part for part in walk(counted) if isinstance(part, Reference)]
        return any(source_of(part) == source_of(self.application.of) for part in rows)


def is_one_of(node: Node, others: tuple[Node, ...]) -> bool:
    return any(node is other for other in others)


def both(first: Predicate | None, second: Predicate | None) -> Predicate | None:
    if first is None or second is None:
        return first or second
    joined = Both(options=[*(first.options if isinstance(first, Both) else [first]), second])
    joined.source, joined.offsets = second.source, second.offsets
    return joined


def source_of(reference: Reference[Any]) -> str:
    """The name of the block that a reference leads into: `desk` of `desk.resolved`."""
    return reference.name.partition(".")[0]


def inherited_by(measuring: Node, field: str, inside: tuple[Node, ...]) -> Any:
    own = getattr(measuring, field, None)
    if own is not None and own != []:
        return own
    if is_one_of(measuring, inside):
        return None
    kpi = getattr(measuring, "kpi_of", None)
    if kpi is not None and kpi.target is not None:
        return inherited_by(kpi.target, field, (*inside, measuring))
    value = getattr(measuring, "value", None)
    if isinstance(value, Application) and isinstance(value.measure.target, nodes.Measure):
        said = inherited_by(value.measure.target, field, (*inside, measuring))
        own = Writing(value, value.measure.target, ()).out(said) if isinstance(said, (Node, list)) else said
    return range_of_scale(value) if own is None and field == "range" else own


def range_of_scale(value: Any) -> nodes.ValueRange | None:
    """The lowest and the highest answer, where a value is the mean or the median of the answers to one question."""
    formula = expanded(value) if isinstance(value, Application) else value
    if not isinstance(formula, Statistic) or formula.kind == "sum":
        return None
    question = formula.of.target if isinstance(formula.of, Reference) else None
    if not isinstance(question, nodes.Question):
        return None
    scale = question.scale
    ends = [Number(amount=anchor.number) for anchor in (scale.lowest_answer, scale.highest_answer)]
    found = nodes.ValueRange(low=ends[0], high=ends[1])
    for made in (found, *ends):
        made.source, made.offsets = scale.source, scale.offsets
    return found
