"""Promises on single events: a random number of events in each month, and something that every one of them comes to.

One event stands for all of a month, so that levels and prices are those of the month. What follows from an event is
asked of the evaluator, class by class; a Poisson number of events is drawn for each month and year, and an outcome for
each event. What they are paid is added up, and caps over a longer time bound the sum.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

import numpy as np

from ..evaluation.judging.occasions import SINGLE
from ..evaluation.money.subjects import pace, subjects
from ..model import nodes
from ..model.deadlines import usual_days
from ..model.node import walk
from .supposing import Amount, Drawn, Settled
from .trees import Column

if TYPE_CHECKING:
    from collections.abc import Callable

    from ..evaluation.assessment import Assessment
    from ..evaluation.instants.windows import Window
    from .chunks import Chunk
    from .supposing import Question, Setting, Supposition


MONTH = 28


def follows_single_events(assessment: Assessment, payment: nodes.Payment) -> bool:
    leader = pace(assessment, payment)
    return isinstance(leader, nodes.Promise) and leader.each in SINGLE


def looks_at_single_events(condition: Any) -> bool:
    """Whether a condition speaks of promises on single events, so that it would have to know each of them."""
    targets = (getattr(part, "target", None) for part in walk(condition))
    return any(isinstance(target, nodes.Promise) and target.each in SINGLE for target in targets)


def why_not_followed(setting: Setting, payment: nodes.Payment) -> str | None:
    """What keeps a payment for single events from being worked out; None where nothing does."""
    if payment.group_by:
        return "it is paid to groups, and follows from single events"
    if len(drawn_for(setting, payment)) != 1:
        return "it follows from several things that happen in single events"
    return None


def binds_several_events(cap: nodes.CapRule) -> bool:
    """Whether a cap bounds the events of a month together. One of a few days is taken to bound each: the days on which
    events fall are not drawn."""
    return (usual_days(cap.each) or 0) >= MONTH


# ------------------------------------------------------------------------------------------------------- what is drawn


def happened(chunk: Chunk, name: str, window: Window) -> tuple[Any, Any]:
    """All events of a month: in which year each of them was, and to which class its outcome belongs."""
    key = ("happened", name, window)
    if key not in chunk.results:
        known = chunk.learnt.classes(Drawn(name, window, ""))
        chance = chunk.chance(name, window, "")
        numbers = chance.poisson(chunk.learnt.behaviours[name].events_in(window), chunk.years)
        years = np.repeat(np.arange(chunk.years), numbers)
        outcomes = np.searchsorted(known.sums[:-1], chance.random(len(years)), side="right")
        chunk.results[key] = years, outcomes
    found: tuple[Any, Any] = chunk.results[key]
    return found


def added_up(chunk: Chunk, payment: nodes.Payment, window: Window, of_one: Callable[[Supposition], Amount]) -> Any:
    """What the events of a month are paid together, in each year; `of_one` asks what a single one is paid."""
    (name,) = drawn_for(chunk.learnt.setting, payment)
    years, outcomes = happened(chunk, name, window)
    amounts = of_each_class(chunk, Drawn(name, window, ""), Settled(payment.name, window), of_one)
    return np.bincount(years, weights=amounts[outcomes], minlength=chunk.years)


def of_each_class(chunk: Chunk, drawn: Drawn, itself: Settled, of_one: Callable[[Supposition], Amount]) -> Any:
    """What an event of each class is paid, all else being as it truly is, and other payments nothing."""
    known = chunk.learnt.classes(drawn)
    classes = np.arange(len(known.sums))

    def look_up(question: Question) -> Column:
        if isinstance(question, Settled):
            return Column(0, [Amount(Fraction(0))])
        if question._replace(past=False) == drawn:
            return Column(classes, known.outcomes)
        return Column(0, [chunk.learnt.usual(question)])

    tree = chunk.learnt.tree(("of one", itself), of_one, itself.window, itself)
    amounts = tree.column(look_up, len(classes)).numbers(lambda amount: float(amount.amount))
    return np.broadcast_to(amounts, classes.shape)


def drawn_for(setting: Setting, payment: nodes.Payment) -> set[str]:
    return {name for subject in subjects(setting.at_rest, payment) for name in setting.drawn_for(subject)}
