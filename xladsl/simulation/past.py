"""What past windows show of how things behave: one true value behind all of them, and as many rows as they had."""

from __future__ import annotations

import math
from fractions import Fraction
from typing import TYPE_CHECKING

from ..evaluation.assessment import Assessment
from ..evaluation.instants.windows import Window
from ..evaluation.instants.zones import midnight
from ..evaluation.judging.occasions import occasions
from ..evaluation.scope import EVERYONE, Scope
from ..evaluation.stretches.intervals import length, stretches_of
from ..evaluation.values.formulas import subject_of
from .behaviour import MICROSECONDS, SECONDS_OF_YEAR, Said
from .things import length_formulas, root, things_of, windows_of

if TYPE_CHECKING:
    from datetime import date

    from ..evaluation.results import Measured
    from ..evaluation.rows.requests import Engine
    from ..model.contract import Contract
    from .things import Thing

DECIMALS = 9


def learned(contract: Contract, engine: Engine, first: date, last: date) -> dict[str, Said]:
    """How things behaved in the windows that end from one day to another, by their names; of what has no rows,
    nothing."""
    from datetime import timedelta

    assessment = Assessment(contract, engine)
    start, end = (midnight(day, assessment.zone) for day in (first, last + timedelta(days=1)))
    found = {}
    for thing in things_of(assessment):
        learn = of_single_events if thing.is_single else of_lengths if thing.is_length else of_values
        said = learn(assessment, thing, start, end)
        if said is not None:
            found[thing.name] = said
    return found


def of_single_events(assessment: Assessment, thing: Thing, start: int, end: int) -> Said | None:
    """How many events a year had, and what each came to on average; of lengths only those of which something counts."""
    promise = thing.promises[0]
    scopes = occasions(assessment, promise, start, end)
    amounts = [amount for scope in scopes if (amount := assessment.measured(promise, scope).amount) is not None]
    if thing.is_length:
        amounts = [amount for amount in amounts if amount]
    if not amounts:
        return Said(events=Fraction(0)) if thing.is_length and not scopes else None
    years = Fraction(end - start, MICROSECONDS) / SECONDS_OF_YEAR
    mean = sum(amounts, Fraction(0)) / len(amounts)
    events = len(amounts) / years
    return Said(events=events, lasting=mean) if thing.is_length else Said(events=events, truth=mean)


def of_values(assessment: Assessment, thing: Thing, start: int, end: int) -> Said | None:
    """Of the windows of the first promise, all groups together."""
    if not thing.promises:
        return None
    promise = thing.promises[0]
    windows = windows_of(assessment, promise, start, end)
    measured = [assessment.measured(promise, Scope(window, EVERYONE, promise)) for window in windows]
    known = [each for each in measured if each.amount is not None]
    if not known:
        return None
    rows = [each.rows for each in known if each.rows]
    each_window = round(Fraction(sum(rows), len(rows))) if rows else None
    spread = known[0].spread
    if spread is None or not rows:
        amounts = [each.amount for each in known if each.amount is not None]
        return Said(truth=sum(amounts, Fraction(0)) / len(amounts), rows=each_window)
    return {"share": of_shares, "mean": of_means, "net score": of_net_scores}.get(spread.kind, of_others)(
        known, each_window
    )


def of_shares(measured: list[Measured], rows: int | None) -> Said:
    good, answers = figures(measured, 0), all_answers(measured)
    return Said(truth=good / answers, rows=rows)


def of_means(measured: list[Measured], rows: int | None) -> Said:
    total, squares, answers = figures(measured, 0), figures(measured, 1), all_answers(measured)
    mean = total / answers
    varies = max(squares / answers - mean * mean, Fraction(0))
    return Said(truth=mean, rows=rows, spread=Fraction(round(math.sqrt(varies), DECIMALS)))


def of_net_scores(measured: list[Measured], rows: int | None) -> Said:
    answers = all_answers(measured)
    return Said(likes=figures(measured, 0) / answers, dislikes=figures(measured, 1) / answers, rows=rows)


def of_others(measured: list[Measured], rows: int | None) -> Said:
    amounts = [each.amount for each in measured if each.amount is not None]
    return Said(truth=sum(amounts, Fraction(0)) / len(amounts), rows=rows)


def figures(measured: list[Measured], place: int) -> Fraction:
    return sum((each.spread.figures[place] for each in measured if each.spread is not None), Fraction(0))


def all_answers(measured: list[Measured]) -> int:
    return sum(each.spread.answers for each in measured if each.spread is not None)


def of_lengths(assessment: Assessment, thing: Thing, start: int, end: int) -> Said | None:
    """How many stretches there were in a year, and how much of each counted; none at all are no outages."""
    if not thing.promises:
        return None
    promise = thing.promises[0]
    formula = next(each for each in length_formulas(subject_of(root(promise))) if each.of.found is thing.block)
    windows = windows_of(assessment, promise, start, end)
    lengths = [length(assessment, formula, Scope(window, EVERYONE, promise))[0] for window in windows]
    known = [each for each in lengths if each is not None]
    if not known or len(known) < len(lengths):
        return None
    first, last = windows[0].start, windows[-1].end
    stretches = stretches_of(assessment, thing.block, Scope(Window(first, last, "", (first, last)), EVERYONE, promise))
    years = Fraction(last - first, MICROSECONDS) / SECONDS_OF_YEAR
    if not stretches:
        return Said(outages=Fraction(0), lasting=Fraction(0))
    return Said(outages=len(stretches) / years, lasting=sum(known, Fraction(0)) / len(stretches))
