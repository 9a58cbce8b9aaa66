"""Which windows the data speak of. A backtest names what it cannot know, where an evaluation counts it as breached.

An agreement may say that a window without data is a breach. That is meant for a supplier who does not measure, and not
for a draft that is tried on the data that happen to be there.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from ..evaluation.instants.clocks import every_hour
from ..evaluation.instants.zones import DAY, day_of
from ..evaluation.rows.requests import SliceStart, Tally
from ..evaluation.rows.terms import dated
from ..model import nodes
from ..model.samples import sources_of_promise

if TYPE_CHECKING:
    from ..evaluation.assessment import Assessment
    from ..evaluation.given import Given
    from ..evaluation.instants.windows import Window

LEAST_PART = 10
"""A window of which the data do not reach the first or the last tenth is known in part only."""


class Days(NamedTuple):
    """The first and the last day on which a source has a row."""

    first: date
    last: date


class KnownData:
    """What is given, and besides that nothing is told of a promise in a window of which there are no data."""

    def __init__(self, assessment: Assessment) -> None:
        self.assessment = assessment
        self.given = assessment.given

    @property
    def as_given(self) -> Given:
        return cast("Given", self)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.given, name)

    def unspoken(self, name: str, window: Window) -> bool:
        if self.given.unspoken(name, window):
            return True
        # The previous value of a KPI or of points is asked for as well; what they are measured from is found alike.
        promise: Any = self.assessment.contract.names.blocks[name][0]
        return self.given.value(name, window) is None and bool(missing(self.assessment, promise, window))


def missing(assessment: Assessment, promise: nodes.Promise, window: Window) -> str:
    """Why nothing is known of a promise in a window; empty where something is."""
    for source in sources_of_promise(assessment.contract, promise):
        if source.name not in assessment.engine.sources():
            return f"there are no data of `{source.name}`"
        days = days_of(assessment, source)
        if days is None:
            if dated(source) is not None and not isinstance(source, nodes.Outages):
                return f"`{source.name}` has no row with a date"
            continue
        first, last = day_of(window.start, assessment.zone), day_of(window.end - 1, assessment.zone)
        if last < days.first or days.last < first:
            return f"the data of `{source.name}` are of {days.first} to {days.last}"
    return ""


def known_in_part(assessment: Assessment, promise: nodes.Promise, window: Window) -> str:
    """What is missing of a window that the data cover in part; empty where they cover it."""
    least = max((window.end - window.start) // DAY // LEAST_PART, 1)
    for source in sources_of_promise(assessment.contract, promise):
        days = days_of(assessment, source) if source.name in assessment.engine.sources() else None
        if days is None:
            continue
        first, last = day_of(window.start, assessment.zone), day_of(window.end - 1, assessment.zone)
        if days.first - first > timedelta(days=least):
            return f"the window begins on {first}, and the data of `{source.name}` on {days.first}"
        if last - days.last > timedelta(days=least):
            return f"the window ends on {last}, and the data of `{source.name}` on {days.last}"
    return ""


def days_of(assessment: Assessment, source: nodes.Source) -> Days | None:
    """None for a log of interruptions, which tells of every day by its silence, and for rows without dates."""

    def work() -> Days | None:
        at = dated(source)
        if at is None or isinstance(source, nodes.Outages):
            return None
        zone = source.timezone or assessment.zone
        days = SliceStart(every_hour(zone, assessment.contract.agreement), DAY, at)
        found = assessment.engine.tally(Tally(source.name, by=(days,)))
        starts = [start for (start,) in found if isinstance(start, int)]
        return Days(day_of(min(starts), zone), day_of(max(starts), zone)) if starts else None

    days: Days | None = assessment.once(("days", source.name), work)
    return days
