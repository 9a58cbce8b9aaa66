"""The verdicts of a trial that could be disputed, with what hangs on each: the dearest first."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from ..model import nodes
from ..model.quantities import Reference
from .doubts import Doubt, doubts
from .readings import estimated, place_of, turned_by_readings
from .stakes import Stake, owed, owed_if, stake, turned_over

if TYPE_CHECKING:
    from ..evaluation.results import Judgement
    from ..model.contract import Contract
    from .as_if import Document
    from .trial import Trial

LEAST_WEIGHED = 12
MOST_SETTLED = 50_000
"""What hangs on a verdict is worked out by settling the whole period anew. That is done for the first disputes, and for
as many more as this allows: verdicts, times how often they are settled."""


class Dispute(NamedTuple):
    """`stake` is None where it was not worked out, because there are too many of them."""

    judged: Judgement
    doubts: tuple[Doubt, ...]
    stake: Stake | None

    @property
    def worth(self) -> Fraction:
        """For putting in order only: currencies are added up as if they were one."""
        return max((abs(amount) for amount in self.stake.amounts.values()), default=Fraction(0)) if self.stake else NONE


NONE = Fraction(0)


def disputes(trial: Trial, document: Document) -> list[Dispute]:
    """All verdicts with a reason to dispute them; `document` is the specification that was tried."""
    turned = turned_by_readings(trial, document)
    estimates = estimated(trial, document)
    bearing = followed_from(trial.contract)
    weighing = max(LEAST_WEIGHED, MOST_SETTLED // max(len(trial.evaluation.judgements), 1))
    found: list[Dispute] = []
    for judged in trial.evaluation.judgements:
        place = place_of(judged)
        others = [] if judged.hidden else turned.get(place, [])
        known = with_estimate(judged, estimates[place]) if place in estimates else judged
        reasons = (*doubts(trial, known), *(each.doubt for each in others))
        if reasons:
            weighed: Stake | None = Stake({})
            if judged.promise in bearing:
                weighing -= 1
                weighed = stake(trial, judged, supposed_value(reasons)) if weighing >= 0 else None
            found.append(Dispute(judged, reasons, weighed))
    return sorted(found, key=lambda each: (-each.worth, not consequential(each), each.judged.verdict == "met"))


def followed_from(contract: Contract) -> set[str]:
    """The promises from which anything follows, as they or some payment, right or plan say."""
    blocks = contract.every(nodes.Consequence)
    named = {part.target for block in blocks for part in contract.within(block) if isinstance(part, Reference)}
    return {
        promise.name
        for promise in contract.every(nodes.Promise)
        if promise in named or promise.breach_leads_to or nodes.LeadsTo in kinds_of_effects(promise)
    }


def kinds_of_effects(promise: nodes.Promise) -> set[type]:
    """What doubt and silence do."""
    return {type(promise.unclear), type(promise.no_data.effect) if promise.no_data is not None else type(None)}


def with_estimate(judged: Judgement, estimate: Judgement) -> Judgement:
    measured = judged.measured._replace(spread=estimate.measured.spread)
    return judged._replace(measured=measured, bounds=estimate.bounds)


def supposed_value(reasons: tuple[Doubt, ...]) -> Fraction | None:
    """What would have been measured, by the first reason that says it."""
    return next((doubt.value for doubt in reasons if doubt.value is not None), None)


class Reach(NamedTuple):
    """The least and the most that a party would be owed."""

    least: Fraction
    most: Fraction


def reach(trial: Trial, found: list[Dispute]) -> dict[tuple[str, str], Reach]:
    """Between what the sums lie, by party and unit, if every breach that can be disputed were none, or if everything
    that was just met were breached."""
    cases = [owed(trial.contract, trial.evaluation.payments)]
    for verdict in ("breached", "met"):
        turned = [
            turned_over(trial, each.judged, supposed_value(each.doubts))
            for each in found
            if each.judged.verdict == verdict
        ]
        cases += [owed_if(trial, turned)] if turned else []
    keys = dict.fromkeys(key for case in cases for key in case)
    return {
        key: Reach(*(choice(case.get(key, NONE) for case in cases) for choice in (min, max))) for key in sorted(keys)
    }


def consequential(dispute: Dispute) -> bool:
    return dispute.stake is not None and any(dispute.stake[1:])
