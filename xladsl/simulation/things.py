"""What is drawn in an agreement: each value once, however many promises rest on it."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from ..evaluation.judging.occasions import SINGLE, occasions
from ..evaluation.options import in_force
from ..evaluation.values.formulas import subject_of
from ..model import expressions, nodes
from ..model.measures import expanded
from ..model.node import walk
from ..model.samples import basis_of_formula
from ..model.units import measured_unit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..evaluation.assessment import Assessment
    from ..evaluation.instants.windows import Window
    from ..model.contract import Contract
    from ..model.node import Node
    from ..model.samples import Basis

MOST_WINDOWS = 400
"""A year has no more windows than this of a promise that is drawn: days are, hours are not."""


@dataclass
class Thing:
    """A KPI, a composite, the value of a promise, or how long stretches of time last, and the promises on it."""

    block: Any
    promises: list[nodes.Promise] = field(default_factory=list)
    basis: Basis | None = None

    @property
    def name(self) -> str:
        name: str = self.block.name
        return name

    @property
    def is_length(self) -> bool:
        """Whether the length of stretches is drawn; the values of its promises follow from it."""
        return not isinstance(self.block, nodes.Measuring | nodes.Composite | nodes.Promise)

    @property
    def is_single(self) -> bool:
        """Whether it is looked at in single events only."""
        return bool(self.promises) and all(promise.each in SINGLE for promise in self.promises)

    @property
    def unit(self) -> str:
        return measured_unit(self.block)

    @property
    def names(self) -> list[str]:
        """The names by which people may speak of it."""
        return list(dict.fromkeys([self.name, *(promise.name for promise in self.promises)]))


def things_of(assessment: Assessment) -> list[Thing]:
    """All that is drawn, in the order of the promises; then what is counted for a fee or for an amount."""
    contract = assessment.contract
    found: dict[str, Thing] = {}
    for promise in contract.every(nodes.Promise):
        if not in_force(assessment, promise) or not is_drawn(assessment, promise):
            continue
        subject = subject_of(root(promise))
        for block in lengths_in(subject) or [subject]:
            thing = found.setdefault(block.name, Thing(block, basis=basis(contract, block)))
            thing.promises.append(promise)
    for kpi in spoken_of(contract):
        blocks = lengths_in(kpi)
        for block in blocks or [kpi]:
            found.setdefault(block.name, Thing(block, basis=basis(contract, block)))
    return list(found.values())


def root(block: Any) -> Any:
    """The promise that an internal target is stricter than, or what it is itself."""
    return root(block.stricter_than.found) if isinstance(block, nodes.InternalTarget) else block


def is_drawn(assessment: Assessment, promise: nodes.Promise) -> bool:
    """Whether the windows of a promise are single events, or those of a calendar, and not too many."""
    if promise.each in SINGLE:
        return True
    windows = assessment.windows_of(promise)
    if windows.sliding or windows.rolls:
        return False
    first = windows.first_whole()
    return first is not None and (first.end - first.start) * MOST_WINDOWS >= YEAR


YEAR = 365 * 86_400 * 1_000_000


def basis(contract: Contract, block: Node) -> Basis | None:
    value = getattr(block, "value", None)
    return None if value is None else basis_of_formula(contract, value)


def spoken_of(contract: Contract) -> Iterator[nodes.Kpi]:
    """The KPIs that fees and payments speak of themselves."""
    for kind in (nodes.Service, nodes.Payment, nodes.Right):
        for block in contract.every(kind):
            for part in walk(block):
                if isinstance(getattr(part, "target", None), nodes.Kpi):
                    yield part.target  # type: ignore[attr-defined]  # it has just been looked at


def lengths_in(subject: Any) -> list[Any]:
    """The blocks whose stretches of time a value is made of."""
    return list(dict.fromkeys(part.of.found for part in length_formulas(subject)))


def is_measured_against(subject: Any, block: Any) -> bool:
    """Whether a length stands below the line: it is the time in which something should have been up, say."""
    value = getattr(subject, "value", None)
    value = expanded(value) if isinstance(value, expressions.Application) else value
    divisions = [each for each in walk(value) if isinstance(each, expressions.ProductOf)] if value is not None else []
    below = [factor.operand for each in divisions for factor in each.factors if factor.operator == "/"]
    return any(
        isinstance(part, expressions.Length) and part.of.found is block for operand in below for part in walk(operand)
    )


def leading_length(subject: Any) -> Any:
    """Of several lengths that a value is made of, the one from which its usual course is worked out."""
    return next((block for block in lengths_in(subject) if not is_measured_against(subject, block)), None)


def length_formulas(subject: Any) -> list[expressions.Length]:
    value = getattr(subject, "value", None)
    value = expanded(value) if isinstance(value, expressions.Application) else value
    if value is None or isinstance(subject, nodes.Payment):
        return []
    return [part for part in walk(value) if isinstance(part, expressions.Length)]


def invoiced(contract: Contract) -> list[nodes.Fee]:
    """The fees whose amount the agreement does not say."""
    fees = [fee for service in contract.every(nodes.Service) for fee in service.fees]
    return [fee for fee in fees if fee.as_invoiced or not fee.amounts]


def windows_of(assessment: Assessment, promise: nodes.Promise, start: int, end: int) -> list[Window]:
    """The windows of a promise that end in a period, as far as they are drawn."""
    if promise.each in SINGLE:
        return list(dict.fromkeys(scope.window for scope in occasions(assessment, promise, start, end)))
    return assessment.windows_of(promise).ending_in(start, end) if is_drawn(assessment, promise) else []


def typical_events(assessment: Assessment, promise: nodes.Promise, start: int, end: int) -> dict[Window, int]:
    """An event in the middle of each month of the term, and the microseconds of the month that it stands for.

    Where a period from `start` to `end` begins or ends within a month, each part of the month has an event of its own.
    """
    windows = assessment.windows_of(promise)
    months = assessment.windows("calendar month", promise.timezone or assessment.zone)
    edges = {windows.term.start, windows.term.end, start, end}
    edges |= {month.end for month in months.ending_in(windows.term.start, windows.term.end)}
    within = sorted(edge for edge in edges if windows.term.start <= edge <= windows.term.end)
    found = {}
    for first, last in pairwise(within):
        window = windows.event((first + last) // 2)
        if window is not None:
            found[window] = last - first
    return found
