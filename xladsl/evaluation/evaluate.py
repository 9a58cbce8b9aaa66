"""An agreement over a period: every promise judged, every payment settled, and what else follows."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from ..model import nodes
from .assessment import Assessment
from .following import followed
from .notes import all_notes
from .options import in_force
from .results import Evaluation
from .settling import settled
from .subjects import scopes_in
from .zones import midnight

if TYPE_CHECKING:
    from ..model.contract import Contract
    from .given import Given
    from .requests import Engine
    from .results import Judgement


def evaluate(contract: Contract, engine: Engine, first: date, last: date, given: Given | None = None) -> Evaluation:
    """All that came of the windows that end from `first` to `last`, both included, each day in the zone that applies.

    Promises of any force are judged; only those that bind are paid for.
    """
    assessment = Assessment(contract, engine, given)
    start, end = (midnight(day, assessment.zone) for day in (first, last + timedelta(days=1)))
    judgements = judged_in(assessment, first, last)
    payments = settled(assessment, start, end)
    consequences = followed(assessment, judgements, start, end)
    return Evaluation(
        agreement=contract.agreement.name,
        period=(first.isoformat(), last.isoformat()),
        judgements=tuple(judgements),
        payments=tuple(payments),
        followed=tuple(consequences),
        notes=tuple(all_notes(assessment)),
        engine=(engine.name, engine.version),
    )


def judged_in(assessment: Assessment, first: date, last: date) -> list[Judgement]:
    """The verdicts on all promises that hold under the choices taken, in their order, by window and by group."""
    found = []
    for promise in assessment.contract.every(nodes.Promise):
        if in_force(assessment, promise):
            zone = promise.timezone or assessment.zone
            start, end = (midnight(day, zone) for day in (first, last + timedelta(days=1)))
            found += [assessment.judged(promise, scope) for scope in scopes_in(assessment, promise, start, end)]
    return found
