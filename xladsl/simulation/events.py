"""Promises on single events: a random number of events in each month, and something that every one of them comes to.

One event stands for all of a month, so that levels and prices are those of the month. What follows from an event is
asked of the evaluator, class by class; for each month, year and class a Poisson number of events is drawn. What they
are paid is added up, and caps over a longer time bound the sum.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

import numpy as np

from ..evaluation.judging.occasions import SINGLE
from ..evaluation.money.meetings import ADDED, others_like
from ..evaluation.money.subjects import Entry, pace, subjects
from ..evaluation.scope import EVERYONE
from ..model import nodes
from ..model.deadlines import usual_days
from ..model.node import walk
from .supposing import Amount, Drawn, Settled
from .trees import Column

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

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
    """What keeps a payment from being worked out, because single events play a part; None where nothing does."""
    if compares_with_single_events(setting, payment):
        return "not all of several payments are paid, and some of them are for single events"
    if not follows_single_events(setting.at_rest, payment):
        looks_back = payment.when is not None and looks_at_single_events(payment.when)
        return "it looks back at single events" if looks_back else None
    if payment.group_by:
        return "it is paid to groups, and follows from single events"
    if len(drawn_for(setting, payment)) != 1:
        return "it follows from several things that happen in single events"
    return None


def compares_with_single_events(setting: Setting, payment: nodes.Payment) -> bool:
    """Whether a payment is paid only if it is worth more than others of a month, say, and one of them is for events.

    How much all events of that time are worth together is known only after each of them was drawn. What is paid for one
    event may be compared.
    """
    held = [part.found for block in setting.contract.every(nodes.Combination) for part in block.combines]
    if isinstance(payment, nodes.PointsScheme) or is_beside(payment) or (payment.combines is None and payment in held):
        return False
    meeting = others_like(setting.at_rest, payment, both_ways=True)
    rules = [each.combines for each in meeting if each.combines is not None and not is_beside(each)]
    single = [each for each in meeting if follows_single_events(setting.at_rest, each)]
    if not rules or not single or len(meeting) < 2:
        return False
    of_one = {rule.period for rule in rules} == {"event"} and len(single) == len(meeting)
    return not of_one or len({frozenset(drawn_for(setting, each)) for each in single}) > 1


def is_beside(payment: nodes.Payment) -> bool:
    """Whether a payment says that it is paid whatever others are worth."""
    return payment.combines is not None and payment.combines.rule == ADDED


def binds_several_events(cap: nodes.CapRule) -> bool:
    """Whether a cap bounds the events of a month together. One of a few days is taken to bound each: the days on which
    events fall are not drawn."""
    return (usual_days(cap.each) or 0) >= MONTH


# ------------------------------------------------------------------------------------------------------- what is drawn


def happened(chunk: Chunk, name: str, window: Window) -> Iterator[Any]:
    """How many events of a month there were in each year, one class of outcomes after the other.

    The events of a Poisson number that are of one class are a Poisson number by themselves, so that a million of them
    take no more memory than one.
    """
    known = chunk.learnt.classes(Drawn(name, window, ""))
    chance = chunk.chance(name, window, "")
    expected = chunk.learnt.behaviours[name].events_in(window)
    for share in known.chances:
        yield chance.poisson(expected * max(share, 0.0), chunk.years)


def added_up(chunk: Chunk, payment: nodes.Payment, window: Window, of_one: Callable[[Supposition], Amount]) -> Any:
    """What the events of a month are paid together, in each year; `of_one` asks what a single one is paid."""
    (name,) = drawn_for(chunk.learnt.setting, payment)
    amounts = of_each_class(chunk, Drawn(name, window, ""), Settled(payment.name, window), of_one)
    total = np.zeros(chunk.years)
    for number, amount in zip(happened(chunk, name, window), amounts.tolist(), strict=True):
        total += amount * number
    return total


def of_each_class(chunk: Chunk, drawn: Drawn, itself: Settled, of_one: Callable[[Supposition], Amount]) -> Any:
    """What an event of each class is paid, all else being as it truly is, and other payments nothing.

    Points that the event itself is marked with are those of its class.
    """
    known = chunk.learnt.classes(drawn)
    classes = np.arange(len(known.sums))

    def look_up(question: Question) -> Column:
        if isinstance(question, Settled):
            scheme = chunk.learnt.setting.payments[question.payment]
            if isinstance(scheme, nodes.PointsScheme) and question.window == drawn.window:
                marked = of_each_class(chunk, drawn, question, lambda supposed: points(supposed, question))
                return Column(classes, [Amount(Fraction(each)) for each in marked.tolist()])
            return Column(0, [Amount(Fraction(0))])
        if question._replace(past=False) == drawn:
            return Column(classes, known.outcomes)
        return Column(0, [chunk.learnt.usual(question)])

    tree = chunk.learnt.tree(("of one", itself), of_one, itself.window, itself)
    amounts = tree.column(look_up, len(classes)).numbers(lambda amount: float(amount.amount))
    return np.broadcast_to(amounts, classes.shape)


def points(supposed: Supposition, question: Settled) -> Amount:
    scheme = supposed.setting.payments[question.payment]
    return Amount(supposed.paid(*Entry(scheme, question.window, EVERYONE)).amount)


def drawn_for(setting: Setting, payment: nodes.Payment) -> set[str]:
    return {name for subject in subjects(setting.at_rest, payment) for name in setting.drawn_for(subject)}
