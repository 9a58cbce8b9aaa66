"""What lasts at the same time: two feeds of one rack, most of the nodes of a cluster, a region and the one beside it.

One of two that may fail is no loss. So only the time counts in which enough of them are down, and it is taken before
anything is joined or measured: two outages that follow each other are nothing, however short the time between them.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from ...model import nodes
from ..rows.terms import column_in
from .algebra import END, Stretch, overlaid, union, within
from .recorded import bounds_of, given, spans, test_for

if TYPE_CHECKING:
    from collections.abc import Iterable
    from decimal import Decimal

    from ...model.expressions import Predicate
    from ..assessment import Assessment
    from ..rows.requests import Cell
    from ..scope import Scope
    from .intervals import Made


def at_the_same_time(
    assessment: Assessment, block: nodes.Intervals, scope: Scope, where: Iterable[Predicate], made: Made
) -> Made | None:
    """What of some stretches lies in the time that intervals ask for; None where something of it has no data.

    `where` narrows the rows further than the intervals do.
    """
    from .intervals import profile_of

    if block.at_once is not None:
        enough = enough_at_once(assessment, block, block.at_once, scope, where)
        made = made._replace(profile=within(made.profile, enough))
    for other in block.together_with:
        found = profile_of(assessment, other.found, scope)
        if found is None:
            return None
        made = shared_with(made, found)
    return made


def shared_with(made: Made, other: Made) -> Made:
    """The time that both last, known of the time in which somebody looked at both.

    What was only cut out of one of them still parts no event in two.
    """
    lasting = [each for each in other.profile if each.weight]
    held = made.held_together or other.held_together
    both = within(union(made.held_together or made.profile), union(other.held_together or lasting)) if held else []
    return made._replace(
        profile=within(made.profile, lasting),
        since=max(made.since, other.since),
        until=min(made.until, other.until),
        held_together=tuple(both),
    )


def enough_at_once(
    assessment: Assessment, block: nodes.Intervals, rule: nodes.AtOnce, scope: Scope, where: Iterable[Predicate]
) -> list[Stretch]:
    """The time in which so many different values of the column have a row. A row without a value belongs to none.

    Stretches that are given instead of rows say nothing of the column: each stands for a value of its own.
    """
    made_from = block.made_from
    source = made_from.source_rows.found
    if not isinstance(source, nodes.Source):
        return []
    told = given(assessment, source)
    if told is not None:
        return shared_by(([each] for each in told), rule.number)
    bounds = bounds_of(source)
    if bounds is None or column_in(source, rule.column.found) is None:
        return []
    own = [made_from.where] if made_from.where is not None else []
    test = test_for(assessment, source, scope, [*own, *where])
    by_value: dict[Cell, list[Stretch]] = defaultdict(list)
    for start, end, value in spans(assessment, source, bounds, (rule.column.found.name,), test):
        if start is not None and value is not None and (end is None or end >= start):
            by_value[value].append(Stretch(start, END if end is None else end))
    return shared_by(by_value.values(), rule.number)


def shared_by(profiles: Iterable[list[Stretch]], number: Decimal) -> list[Stretch]:
    """The time in which so many of several profiles or more have a stretch; each moment counts once."""
    covering = overlaid(Stretch(each.start, each.end, 1) for profile in profiles for each in union(profile))
    return union(each for each in covering if each.weight >= number)
