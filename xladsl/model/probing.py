"""What probes can see of a promise of availability: how many of them fit into the time that may be lost."""

from __future__ import annotations

from decimal import ROUND_DOWN, Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from ..diagnostics import Label
from . import expressions, nodes
from .deadlines import usual_days
from .feasibility import down_time, written_out
from .node import Node, walk
from .promises import every_promise, formula
from .quantities import CLOCK_SECONDS, Percent
from .samples import sources_behind
from .statistics.availability import SENSIBLE_SAMPLES, downtime_budget, samples_in_budget
from .tiers import settled

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .contract import Contract

DAY = 86400


class Probed(NamedTuple):
    """A level of availability, the probes that judge it, and the time that it lets be lost; in seconds, exactly."""

    promise: nodes.Promise
    step: nodes.LevelStep
    source: nodes.Probes
    window: Fraction
    budget: Fraction
    interval: Fraction

    @property
    def samples(self) -> Fraction:
        return samples_in_budget(self.budget, self.interval)

    @property
    def label(self) -> Label:
        return Label(self.source.place("every"), "how often it looks")

    @property
    def highest_level(self) -> str:
        """The highest level, in hundredths, for which these probes are enough."""
        highest = 100 * (1 - SENSIBLE_SAMPLES * self.interval / self.window)
        digits = Decimal(highest.numerator) / Decimal(highest.denominator)
        return f"{digits.quantize(Decimal('0.01'), ROUND_DOWN).normalize():f}%" if highest > 0 else "a count of outages"


def probed_promises(contract: Contract) -> Iterator[Probed]:
    """Every level of availability that probes judge and that leaves some time to be lost, in the usual window."""
    for promise in every_promise(contract) if contract.every(nodes.Probes) else ():
        source = probes_of(contract, promise)
        days = usual_days(promise.each)
        interval = clock_seconds(source) if source is not None else None
        if source is None or days is None or not interval or promise.level.comparison not in ("at least", "above"):
            continue
        for step in promise.level.steps:
            level = settled(step.amount)
            if isinstance(level, Percent) and 0 < level.amount < 100:
                budget = downtime_budget(Fraction(level.amount) / 100, days * DAY)
                yield Probed(promise, step, source, days * DAY, budget, interval)


def probes_of(contract: Contract, promise: nodes.Promise) -> nodes.Probes | None:
    """The probes by which a promise of availability is judged, as downtime or as the share that succeeds."""
    value = written_out(formula(promise))
    counted: Node | None = down_time(promise)
    if counted is None and isinstance(value, expressions.Share):
        counted = value
    if counted is None or any(isinstance(part, expressions.Over) for part in walk(counted)):
        return None
    found = [source for source in sources_behind(contract, counted) if isinstance(source, nodes.Probes)]
    return found[0] if len(found) == 1 else None


def clock_seconds(source: nodes.Probes) -> Fraction | None:
    every = source.every.interval
    return Fraction(every.amount) * Fraction(CLOCK_SECONDS[every.unit]) if every.unit in CLOCK_SECONDS else None
