"""Groups of people that are too small for their results to be shown, so that nobody is recognised in them.

The verdict rests on them all the same; it is the number that is kept back.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...model import nodes
from ...model.promises import measured as measured_by
from ...model.samples import sources_of_promise
from ..scope import EVERYONE, Scope

if TYPE_CHECKING:
    from ..assessment import Assessment
    from ..instants.windows import Window
    from ..results import Measured


def is_hidden(assessment: Assessment, promise: nodes.Promise, scope: Scope, measured: Measured) -> bool:
    """Whether the result of a group of people may not be shown, because it is too small or would betray one that is."""
    smallest = smallest_group(assessment, promise)
    if smallest is None or scope.event is not None:
        return False
    if scope.group == EVERYONE or not promise_is_divided(promise):
        return smallest > 0 and measured.rows is not None and 0 < measured.rows < smallest
    return smallest == 0 or scope.group.name in hidden_groups(assessment, promise, scope.window, smallest)


def smallest_group(assessment: Assessment, promise: nodes.Promise) -> int | None:
    """The fewest people of whom a result may be shown; 0 where no part of them may be, None where nobody is asked."""
    surveys = [each for each in sources_of_promise(assessment.contract, promise) if isinstance(each, nodes.Survey)]
    asked = [group.target for survey in surveys for group in survey.asks]
    people = [each.of.target if isinstance(each, nodes.Segment) else each for each in asked]
    limits = [each.reported for each in people if isinstance(each, nodes.Stakeholder)]
    if not limits:
        return None
    return max((int(limit) for limit in limits if limit is not None), default=0) if all(limits) else 0


def promise_is_divided(promise: nodes.Promise) -> bool:
    return bool(promise.segments or any(getattr(one, "group_by", None) for one in (promise, measured_by(promise))))


def hidden_groups(assessment: Assessment, promise: nodes.Promise, window: Window, smallest: int) -> frozenset[str]:
    """The groups with fewer answers, and if that is a single one the next larger as well: otherwise the result of all,
    less those that are shown, would be that of the one that is not."""

    def work() -> frozenset[str]:
        answers = {
            group.name: assessment.measured(promise, Scope(window, group, promise)).rows or 0
            for group in assessment.groups(promise, window)
        }
        asked = sorted((number, name) for name, number in answers.items() if number)
        hidden = [name for number, name in asked if number < smallest]
        return frozenset(hidden + ([name for _, name in asked if name not in hidden][:1] if len(hidden) == 1 else []))

    found: frozenset[str] = assessment.once(("hidden", id(promise), window), work)
    return found
