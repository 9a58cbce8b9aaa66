"""What a formula is worked out about: a window, a group of rows, and the hours that count."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from .rows.requests import ALWAYS, Test

if TYPE_CHECKING:
    from ..model import nodes
    from .instants.windows import Window


class Group(NamedTuple):
    """One of the parts that are judged each by itself: a value of a column, a site, a segment, a service.

    `tests` says, for each source, which of its rows belong to the group; a source that is not named is not divided.
    """

    name: str
    tests: tuple[tuple[str, Test], ...] = ()

    def test(self, source: str) -> Test:
        return next((test for named, test in self.tests if named == source), ALWAYS)


EVERYONE = Group("")


class Scope(NamedTuple):
    """`promise` gives the calendar, what is left out and the zone; None where a KPI is worked out by itself.

    `event` restricts one source to one row, where every event is judged by itself: the source and the test that only
    this row passes.
    """

    window: Window
    group: Group = EVERYONE
    promise: nodes.Promise | None = None
    event: tuple[str, Test] | None = None
