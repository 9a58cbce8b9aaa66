"""Rewards within their budget: one that would cost more than is left does not follow."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

from ...model.deadlines import usual_days
from ..figures import money
from ..judging.conditions import History, holds
from ..notes import note
from ..scope import EVERYONE
from .earnings import leaves

if TYPE_CHECKING:
    from ...model import nodes
    from ..assessment import Assessment
    from ..instants.windows import Window, Windows


def windows_asked(assessment: Assessment, condition: Any) -> Windows:
    """The windows in which a condition is asked: the shortest of those that it speaks of, or else months."""
    kinds = [History(assessment, leaf, EVERYONE).windows("") for leaf in leaves(condition)]
    windows = min(kinds, key=lambda each: usual_days(each.each) or 0)
    return assessment.windows("calendar month", assessment.zone) if windows.sliding else windows


def affordable(assessment: Assessment, reward: nodes.Reward, windows: Windows, window: Window) -> bool:
    """Whether the budget allows a reward whose condition is true in a window, after those that it was spent on before.

    Where nobody says what the reward costs there is nothing to count, and a note says so.
    """
    if reward.budget is None:
        return True
    if reward.worth is None:
        note(assessment, f"What `{reward.name}` costs is not said: nobody can tell what is left of its budget.")
        return True
    cost, most = Fraction(reward.worth.amount), Fraction(reward.budget.amount.amount)
    around = assessment.windows(reward.budget.each, assessment.zone).containing(window.end - 1)
    until = windows.ending_in(around.start, window.end) if around is not None else [window]
    times = sum(1 for each in until if each == window or holds(assessment, reward.when, each))
    if cost * times <= most:
        return True
    left = most - cost * min(times - 1, most // cost)
    costs, rest = (money(amount, reward.worth.currency) for amount in (cost, left))
    note(assessment, f"`{reward.name}` costs {costs}, and of its budget {rest} were left in {window.name}.")
    return False
