"""The level that a value is held against in a window: its steps, its rows, its baseline, and a step inside a window."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from typing import TYPE_CHECKING, Any, NamedTuple

from ...model import nodes
from ..instants.zones import day_of
from ..values.amounts import amount_at

if TYPE_CHECKING:
    from ..assessment import Assessment
    from ..scope import Scope

ONE_DAY = timedelta(days=1)


class Rung(NamedTuple):
    """One of the levels of a promise, and the rows for which it holds; None for all."""

    level: Fraction
    rows: Any = None


def rungs(assessment: Assessment, promise: nodes.Promise, scope: Scope) -> list[Rung]:
    """The levels that hold for a window, one for each choice of rows: those of its first day, unless the promise says
    that a step which begins inside of it counts."""
    ladders: dict[str, list[nodes.LevelStep]] = {}
    for step in sorted(promise.level.steps, key=lambda each: (each.since is not None, each.since)):
        ladders.setdefault(repr(step.level_where), []).append(step)
    zone = promise.timezone or assessment.zone
    first, last = day_of(scope.window.start, zone), day_of(scope.window.end - 1, zone)
    held = HELD[promise.level_change]
    found = [(held(assessment, steps, scope, (first, last)), steps[0].level_where) for steps in ladders.values()]
    return [Rung(level, rows) for level, rows in found if level is not None]


def at_beginning(
    assessment: Assessment, steps: list[nodes.LevelStep], scope: Scope, days: tuple[date, date]
) -> Fraction | None:
    """The last step that has begun by the first day."""
    return on_day(assessment, steps, scope, days[0])


def at_end(
    assessment: Assessment, steps: list[nodes.LevelStep], scope: Scope, days: tuple[date, date]
) -> Fraction | None:
    return on_day(assessment, steps, scope, days[1])


def by_days(
    assessment: Assessment, steps: list[nodes.LevelStep], scope: Scope, days: tuple[date, date]
) -> Fraction | None:
    """The mean of the levels that hold, each as many times as it holds days; days before the first do not count.

    A level that is a parameter changes with its amounts: a plan that is changed on the eleventh.
    """
    first, last = days
    begins = [step.since for step in steps] + [since for step in steps for since in changes(step.amount)]
    starts = sorted({first, *(day for day in begins if day is not None and first < day <= last)})
    weighed = []
    for start, following in zip(starts, [*starts[1:], last + ONE_DAY], strict=True):
        level = on_day(assessment, steps, scope, start, amount_alone=True)
        weighed += [(level, (following - start).days)] if level is not None else []
    number = sum(times for _, times in weighed)
    return sum((level * times for level, times in weighed), Fraction(0)) / number if number else None


HELD = {
    None: at_beginning,
    "wait for the next window": at_beginning,
    "hold for the whole window": at_end,
    "count by days": by_days,
}


def changes(amount: Any) -> list[date | None]:
    """The days on which a parameter comes to another amount, as where the customer takes another plan."""
    parameter = getattr(amount, "target", None)
    return [step.since for step in parameter.value] if isinstance(parameter, nodes.Parameter) else []


def on_day(
    assessment: Assessment, steps: list[nodes.LevelStep], scope: Scope, day: date, *, amount_alone: bool = False
) -> Fraction | None:
    """The last step that has begun by a day; None before the first. With `amount_alone` a parameter has the amount of
    that day, whatever governs it."""
    begun = [step for step in steps if step.since is None or step.since <= day]
    if not begun:
        return None
    amount: Any = begun[-1].amount
    if amount_alone and changes(amount) and assessment.given.value(amount.target.name, scope.window) is None:
        amount = amount_at(amount.target, day)
    return None if amount is None else amount_of(assessment, amount, scope)


def amount_of(assessment: Assessment, amount: Any, scope: Scope, level: Fraction | None = None) -> Fraction | None:
    """An amount that a promise names: said outright, or from its baseline or its level."""
    from ..values.formulas import value_of

    if amount == "the level":
        return level
    if amount == "baseline":
        assert scope.promise is not None
        return amount_of(assessment, scope.promise.baseline.amount, scope) if scope.promise.baseline else None
    if isinstance(amount, nodes.LevelSum):
        left = amount_of(assessment, amount.left, scope, level)
        right = amount_of(assessment, amount.right, scope, level)
        if left is None or right is None:
            return None
        return left + right if amount.sign == "+" else left - right
    return value_of(assessment, amount, scope).amount
