"""What hangs on verdicts: what would have been paid, and what would have followed, if they were the other ones."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any, NamedTuple

from ..evaluation.assessment import Assessment
from ..evaluation.judging.verdicts import followed as consequences
from ..evaluation.money.due import UNDECIDED
from ..evaluation.money.following import followed
from ..evaluation.money.settling import settled
from ..model import nodes
from ..statements.record import amount_of, totals
from .readings import place_of
from .trial import promise_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ..evaluation.results import Judgement, Measured, Paid
    from ..evaluation.scope import Scope
    from ..model.contract import Contract
    from ..model.node import Node
    from .trial import Trial

HAIR = Fraction(1, 10**6)
"""How far beyond a level a value is taken to be that is just on its other side."""

KEPT = ("windows", "scopes", "occasions", "groups", "subjects", "days", "known")

Amounts = dict[tuple[str, str], Fraction]
"""What each party is owed, in each currency."""


class Stake(NamedTuple):
    """By how much each party would be owed more, or less, and which consequences would come up or fall away. `unknown`
    are payments that would come up and whose amounts nobody can tell."""

    amounts: Amounts
    unknown: tuple[str, ...] = ()
    follows: tuple[str, ...] = ()
    falls_away: tuple[str, ...] = ()


class Other(Assessment):
    """An assessment in which some verdicts are other ones, and everything that is paid follows from these."""

    def __init__(self, of: Assessment, turned: Iterable[Judgement]) -> None:
        super().__init__(of.contract, of.engine, of.given)
        self.of = of
        self.turned = {place_of(each): each for each in turned}
        self.found = {key: found for key, found in of.found.items() if isinstance(key, tuple) and key[0] in KEPT}

    def judged(self, promise: nodes.Promise, scope: Scope) -> Judgement:
        found = self.of.judged(promise, scope)
        return self.turned.get(place_of(found), found)

    def measured(self, block: Node, scope: Scope) -> Measured:
        if isinstance(block, nodes.PointsScheme):
            return super().measured(block, scope)
        return self.of.measured(block, scope)


def stake(trial: Trial, judged: Judgement, value: Fraction | None) -> Stake:
    """What hangs on a verdict, if the other one came of a value; of one just beyond the level if that is None."""
    turned = turned_over(trial, judged, value)
    assessment = Other(trial.assessment, [turned])
    before, after = trial.evaluation.payments, settled(assessment, trial.start, trial.end)
    more = less(owed(trial.contract, after), owed(trial.contract, before))
    unknown = sorted(unknown_in(after) - unknown_in(before))
    judgements = [turned if place_of(each) == place_of(turned) else each for each in trial.evaluation.judgements]
    then = {each.block for each in followed(assessment, judgements, trial.start, trial.end)}
    now = {each.block for each in trial.evaluation.followed}
    return Stake(more, tuple(unknown), tuple(sorted(then - now)), tuple(sorted(now - then)))


def owed_if(trial: Trial, turned: Iterable[Judgement]) -> Amounts:
    """What each party would be owed if all these verdicts were as they are here."""
    return owed(trial.contract, settled(Other(trial.assessment, turned), trial.start, trial.end))


def turned_over(trial: Trial, judged: Judgement, value: Fraction | None) -> Judgement:
    """The other verdict, with the value from which it comes."""
    verdict: Any = "breached" if judged.verdict == "met" else "met"
    promise = promise_of(trial, judged)
    amount = just_beyond(judged) if value is None else value
    return judged._replace(
        verdict=verdict,
        reason="it is supposed",
        measured=judged.measured._replace(amount=amount),
        leads_to=consequences(promise, verdict),
    )


def just_beyond(judged: Judgement) -> Fraction:
    """The value nearest to the level at which the verdict is the other one."""
    assert judged.level is not None
    to_met = judged.verdict == "breached"
    if judged.comparison in ("at least", "at most", "exactly"):
        side = 1 if judged.comparison == "at most" else -1
        return judged.level if to_met else judged.level + side * HAIR
    side = 1 if judged.comparison == "above" else -1
    return judged.level + side * HAIR if to_met else judged.level


def owed(contract: Contract, payments: Iterable[Paid]) -> Amounts:
    """What each party is owed in all."""
    return {(each["paid_to"], each["unit"]): amount_of(each["amount"]) for each in totals(contract, payments)}


def unknown_in(payments: Iterable[Paid]) -> set[str]:
    return {each.payment for each in payments if each.status == UNDECIDED}


def less(after: Amounts, before: Amounts) -> Amounts:
    found = {key: after.get(key, Fraction(0)) - before.get(key, Fraction(0)) for key in {**before, **after}}
    return {key: amount for key, amount in sorted(found.items()) if amount}
