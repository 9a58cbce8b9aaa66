"""One agreement over a period, judged and settled as it would be if its parties had signed it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from ..evaluation.assessment import Assessment
from ..evaluation.evaluate import SinceData, judged_in
from ..evaluation.instants.windows import Window
from ..evaluation.instants.zones import midnight
from ..evaluation.money.fees import fee
from ..evaluation.money.following import followed
from ..evaluation.money.settling import settled
from ..evaluation.notes import all_notes
from ..evaluation.options import in_force
from ..evaluation.results import Evaluation
from ..model import nodes
from ..model.expressions import AllFees
from .data import KnownData, missing

if TYPE_CHECKING:
    from fractions import Fraction

    from ..evaluation.given import Given
    from ..evaluation.results import Judgement, Paid
    from ..evaluation.rows.requests import Engine
    from ..model.contract import Contract


class Trial(NamedTuple):
    """What came of an agreement, and the assessment that it came of. `fees` are those of the whole period, in the
    currency of the agreement; None where nobody knows them."""

    assessment: Assessment
    evaluation: Evaluation
    start: int
    end: int
    fees: Fraction | None

    @property
    def contract(self) -> Contract:
        return self.assessment.contract


class Unknown(NamedTuple):
    """A promise of which nothing can be said in some windows, and why. Windows in a row are told by their ends."""

    promise: str
    windows: tuple[str, ...]
    reason: str


def tried(contract: Contract, engine: Engine, first: date, last: date, given: Given | None = None) -> Trial:
    """All that would have come of the windows that end from `first` to `last`, both included."""
    assessment = Assessment(contract, engine, given)
    start, end = (midnight(day, assessment.zone) for day in (first, last + timedelta(days=1)))
    assessment.given = KnownData(assessment).as_given
    assessment.given = SinceData(assessment, start).as_given
    judgements = judged_in(assessment, first, last)
    payments = settled(assessment, start, end)
    consequences = followed(assessment, judgements, start, end)
    evaluation = Evaluation(
        agreement=contract.agreement.name,
        period=(first.isoformat(), last.isoformat()),
        judgements=tuple(judgements),
        payments=tuple(payments),
        followed=tuple(consequences),
        notes=tuple(all_notes(assessment)),
        engine=(engine.name, engine.version),
    )
    fees = fee(assessment, AllFees(fee_period=None), Window(start, end, "", (start, end)))
    return Trial(assessment, evaluation, start, end, fees)


def unknown(trial: Trial) -> list[Unknown]:
    """The promises of which the data say nothing, window by window."""
    found: dict[tuple[str, str], list[str]] = {}
    known: tuple[str, str] | None = None
    for judged in trial.evaluation.judgements:
        before, known = known, None
        if judged.verdict == "no data":
            window = Window(judged.start, judged.end, judged.window, (judged.start, judged.end))
            known = judged.promise, missing(trial.assessment, promise_of(trial, judged), window) or judged.reason
            add(found.setdefault(known, []), judged.window, goes_on=before == known)
    return [Unknown(name, tuple(windows), reason) for (name, reason), windows in found.items()] + never_judged(trial)


def never_judged(trial: Trial) -> list[Unknown]:
    """The promises on single events, of which there would have to be data to know that there was any."""
    judged = {each.promise for each in trial.evaluation.judgements}
    period = TO.join(trial.evaluation.period)
    whole = Window(trial.start, trial.end, period, (trial.start, trial.end))
    return [
        Unknown(promise.name, (period,), reason)
        for promise in trial.contract.every(nodes.Promise)
        if promise.name not in judged and in_force(trial.assessment, promise)
        for reason in [missing(trial.assessment, promise, whole)]
        if reason
    ]


def add(windows: list[str], window: str, *, goes_on: bool) -> None:
    """Add a window to those in a row: `2025-01 to 2025-03`."""
    ends = window.rpartition(TO)[2]
    if windows and ends == windows[-1].rpartition(TO)[2]:
        return
    if windows and goes_on:
        windows[-1] = f"{windows[-1].partition(TO)[0]}{TO}{ends}"
    else:
        windows.append(window)


TO = " to "


def promise_of(trial: Trial, judged: Judgement) -> nodes.Promise:
    return next(each for each in trial.contract.every(nodes.Promise) if each.name == judged.promise)


def undecided(trial: Trial) -> list[Paid]:
    """The payments of which nobody can tell what they come to."""
    return [paid for paid in trial.evaluation.payments if paid.status == "undecided"]
