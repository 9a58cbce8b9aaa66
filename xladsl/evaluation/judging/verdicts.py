"""The number is held against the level: met, breached, inconclusive, or no data.

A promise has one level for a window, that of its first day. Where levels hold for different rows each is judged on its
own rows, and one that is breached breaches the promise. A value without data, with too few answers, or too close to
the level to decide has the effect that the promise gives it.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any, NamedTuple

from ...model import nodes
from ...model.measures import inherited
from ...model.promises import UPWARDS
from ...model.promises import measured as measured_by
from ...model.samples import basis_of, floor_of, population_of, sources_of_promise
from ...model.units import measured_unit
from ..figures import written
from ..results import Bounds, Judgement, Measured, Verdict
from ..rows.requests import Every
from ..scope import Group, Scope
from .levels import Rung, amount_of, rungs
from .silence import effects_of_silence, of_silence
from .small_groups import is_hidden

if TYPE_CHECKING:
    from ..assessment import Assessment
    from ..instants.windows import Window

FROM_BAD_TO_GOOD: tuple[Verdict, ...] = ("breached", "inconclusive", "no data", "met")
BELOW_FLOOR = "a part is below its floor"
NOTHING_FOLLOWS = ("aspirational", "informative")


class Decided(NamedTuple):
    verdict: Verdict
    reason: str
    bounds: Bounds | None = None


def judged(assessment: Assessment, promise: nodes.Promise, scope: Scope) -> Judgement:
    """The verdict on a promise in a window, for a group; of several levels the one that comes off worst."""
    scope = scope._replace(promise=promise)
    told = assessment.given.verdict_of_group(promise.name, scope.window, scope.group.name)
    if told is not None:
        return as_told(assessment, promise, scope, told)
    if assessment.given.unspoken(promise.name, scope.window):
        return without_value(assessment, promise, scope, Decided("no data", "nothing is said of it"))
    not_judged = why_not(assessment, promise, scope)
    if not_judged:
        return without_value(assessment, promise, scope, Decided("no data", not_judged))
    over = scope._replace(window=judged_over(assessment, promise, scope))
    found = [judged_by(assessment, promise, scope, over, rung) for rung in rungs(assessment, promise, over)]
    if not found:
        return without_value(assessment, promise, scope, Decided("inconclusive", "no level holds yet"))
    return min(found, key=lambda each: FROM_BAD_TO_GOOD.index(each.verdict))


def level_of(assessment: Assessment, promise: nodes.Promise, scope: Scope) -> Fraction | None:
    """The level that holds in a window, in the unit of what is measured; None before the first one begins.

    Of several for different rows, the one that decides the verdict.
    """
    found = rungs(assessment, promise, scope)
    if len(found) > 1:
        return assessment.judged(promise, scope).level
    return found[0].level if found else None


def worst(verdicts: list[Verdict]) -> Verdict:
    """What several verdicts come to; `met` where there is none to speak against it."""
    return min(verdicts, key=FROM_BAD_TO_GOOD.index, default="met")


# -------------------------------------------------------------------------------------------------- level and verdict


def judged_by(assessment: Assessment, promise: nodes.Promise, scope: Scope, over: Scope, rung: Rung) -> Judgement:
    """The verdict by one level, on the rows for which it holds."""
    if rung.rows is not None:
        over = over._replace(group=narrowed(assessment, promise, over, rung.rows))
    measured = assessment.measured(promise, over)
    decided = decided_on(assessment, promise, over, measured, rung.level)
    return judgement(assessment, promise, scope, measured, rung.level, with_effect(assessment, promise, scope, decided))


def narrowed(assessment: Assessment, promise: nodes.Promise, scope: Scope, rows: Any) -> Group:
    """The group of the scope, and of it only the rows that a predicate lets through."""
    from ..rows.terms import test_of

    tests = dict(scope.group.tests)
    for source in sources_of_promise(assessment.contract, promise):
        if speaks_of(rows, source):
            own = test_of(assessment, rows, source, scope)
            tests[source.name] = Every((tests[source.name], own)) if source.name in tests else own
    return Group(scope.group.name, tuple(tests.items()))


def speaks_of(predicate: Any, source: nodes.Source) -> bool:
    from ...model.node import walk
    from ...model.quantities import Reference

    columns = {id(column) for column in (*source.columns, *getattr(source, "questions", ()))}
    return any(isinstance(part, Reference) and id(part.target) in columns for part in walk(predicate))


def decided_on(
    assessment: Assessment, promise: nodes.Promise, scope: Scope, measured: Measured, level: Fraction
) -> Decided:
    """The verdict before the promise says what doubt or silence leads to."""
    if measured.amount is None:
        if measured.counts_as == "breached" and isinstance(measured_by(promise), nodes.Composite):
            return Decided("breached", BELOW_FLOOR)
        if measured.counts_as in ("met", "breached"):
            return Decided(measured.counts_as, f"nothing to measure counts as {measured.counts_as}")
        return Decided("no data", "nothing was measured")
    floor = floor_of(promise)
    bounds = bounds_of(assessment, promise, measured)
    if floor is not None and measured.rows is not None and measured.rows < floor:
        return Decided("inconclusive", f"{measured.rows:,} answers, and it takes {floor:,}", bounds)
    if measured.counts_as == "breached":
        return Decided("breached", BELOW_FLOOR, bounds)
    least = amount_of(assessment, promise.minimum_level, scope) if promise.minimum_level is not None else None
    if least is not None and worse(promise, measured.amount, least):
        return Decided("breached", f"worse than the minimum of {written(least, measured.unit)}", bounds)
    if too_wide(assessment, promise, scope, bounds):
        return Decided("inconclusive", "the margin is wider than agreed", bounds)
    return DECISIONS[type(promise.breached_when)](assessment, promise, scope, measured, level, bounds)


def by_measured(
    assessment: Assessment,  # noqa: ARG001  # each decision is asked alike
    promise: nodes.Promise,
    scope: Scope,  # noqa: ARG001  # as above
    measured: Measured,
    level: Fraction,
    bounds: Bounds | None,
) -> Decided:
    assert measured.amount is not None
    kept = keeps(promise.level.comparison, measured.amount, level)
    compared = f"{written(measured.amount, measured.unit)} is {'' if kept else 'not '}{promise.level.comparison}"
    return Decided("met" if kept else "breached", f"{compared} {written(level, measured.unit)}", bounds)


def by_proof(
    assessment: Assessment,
    promise: nodes.Promise,
    scope: Scope,
    measured: Measured,
    level: Fraction,
    bounds: Bounds | None,
) -> Decided:
    """Breached or met only where the whole interval lies on one side; what counts everything is certain."""
    assert isinstance(promise.breached_when, nodes.ProvenDecision | nodes.UnprovenDecision)
    if bounds is None:
        if not is_value_given(assessment, promise, scope):
            return by_measured(assessment, promise, scope, measured, level, None)
        return Decided("inconclusive", "without the answers nobody can tell what is proven")
    low, high = keeps_end(promise, bounds.low, level, -1), keeps_end(promise, bounds.high, level, 1)
    between = f"the interval {interval(bounds, measured.unit)} at {written(bounds.confidence, 'percentage')} lies"
    against = f"{promise.level.comparison} {written(level, measured.unit)}"
    exact = promise.level.comparison != "exactly" or bounds.low == bounds.high
    if low and high and exact:
        return Decided("met", f"{between} wholly {against}", bounds)
    if isinstance(promise.breached_when, nodes.UnprovenDecision):
        return Decided("breached", f"{between} not wholly {against}", bounds)
    outside = not low and not high
    if promise.level.comparison == "exactly":
        outside = (bounds.low is not None and bounds.low > level) or (bounds.high is not None and bounds.high < level)
    if outside:
        return Decided("breached", f"{between} nowhere {against}", bounds)
    return Decided("inconclusive", f"{between} on both sides of {written(level, measured.unit)}", bounds)


def by_distance(
    assessment: Assessment,
    promise: nodes.Promise,
    scope: Scope,
    measured: Measured,
    level: Fraction,
    bounds: Bounds | None,
) -> Decided:
    """Breached only beyond a distance of the level; at the distance itself nothing is decided."""
    assert isinstance(promise.breached_when, nodes.GuardedDecision)
    assert measured.amount is not None
    decided = by_measured(assessment, promise, scope, measured, level, bounds)
    margin = amount_of(assessment, promise.breached_when.margin, scope)
    if decided.verdict == "breached" and margin is not None and abs(measured.amount - level) <= margin:
        near = f"{written(measured.amount, measured.unit)} is within {written(margin, measured.unit)}"
        return Decided("inconclusive", f"{near} of {written(level, measured.unit)}", bounds)
    return decided


DECISIONS = {
    type(None): by_measured,
    nodes.SimpleDecision: by_measured,
    nodes.ProvenDecision: by_proof,
    nodes.UnprovenDecision: by_proof,
    nodes.GuardedDecision: by_distance,
}


def keeps(comparison: str, amount: Fraction, level: Fraction) -> bool:
    if comparison == "at least":
        return amount >= level
    if comparison == "at most":
        return amount <= level
    if comparison == "above":
        return amount > level
    return amount < level if comparison == "below" else amount == level


def keeps_end(promise: nodes.Promise, end: Fraction | None, level: Fraction, side: int) -> bool:
    """Whether an end of an interval keeps the promise; an interval without an end goes on for ever."""
    if end is not None:
        return keeps(promise.level.comparison, end, level)
    return UPWARDS.get(promise.level.comparison) == ("higher" if side > 0 else "lower")


def worse(promise: nodes.Promise, amount: Fraction, than: Fraction) -> bool:
    return amount > than if UPWARDS.get(promise.level.comparison) == "lower" else amount < than


# -------------------------------------------------------------------------------------------- what doubt and silence do


def with_effect(assessment: Assessment, promise: nodes.Promise, scope: Scope, decided: Decided) -> Decided:
    """What a promise makes of doubt, and of a window without data."""
    if decided.verdict == "inconclusive":
        return effective(decided, promise.unclear)
    if decided.verdict != "no data" or promise.no_data is None:
        return decided
    effect, reason = of_silence(assessment, promise, scope)
    return effective(decided._replace(reason=f"{decided.reason}{reason}"), effect)


def effective(decided: Decided, effect: nodes.DoubtEffect | None) -> Decided:
    if isinstance(effect, nodes.CountsAs) and effect.verdict != decided.verdict:
        verdict: Any = effect.verdict
        return decided._replace(verdict=verdict, reason=f"{decided.reason}, which counts as {verdict}")
    if isinstance(effect, nodes.Extends):
        return decided._replace(reason=f"{decided.reason}: judged together with the next {effect.unit}")
    return decided


def judged_over(assessment: Assessment, promise: nodes.Promise, scope: Scope) -> Window:
    """The window, and those before it whose answers were kept to be judged with it.

    Rolling windows hold the answers of those before them anyhow, and a single event has no next one.
    """
    extends = any(isinstance(effect, nodes.Extends) for effect in (promise.unclear, *effects_of_silence(promise)))
    if not extends or not isinstance(promise.each, str) or assessment.windows_of(promise).sliding:
        return scope.window
    if is_value_given(assessment, promise, scope):
        return scope.window
    start = scope.window.start
    for earlier in earlier_windows(assessment, promise, scope.window):
        found = assessment.judged(promise, scope._replace(window=earlier, promise=None))
        kept = is_kept(assessment, promise, scope._replace(window=earlier), found)
        start = min(start, earlier.start) if kept else scope.window.start
    return scope.window._replace(start=start)


def earlier_windows(assessment: Assessment, promise: nodes.Promise, window: Window) -> list[Window]:
    """The windows that count before this one, the oldest first: each is judged before the one that may need it."""
    windows, found = assessment.windows_of(promise), []
    first = first_counted(assessment)
    earlier = windows.before(window)
    while earlier is not None and earlier.end > first:
        found.append(earlier)
        earlier = windows.before(earlier)
    return found[::-1]


def is_kept(assessment: Assessment, promise: nodes.Promise, scope: Scope, found: Judgement) -> bool:
    if found.verdict == "inconclusive":
        return isinstance(promise.unclear, nodes.Extends)
    silent = found.verdict == "no data" and promise.no_data is not None
    return silent and isinstance(of_silence(assessment, promise, scope).effect, nodes.Extends)


def first_counted(assessment: Assessment) -> int:
    """The instant after which windows count: the end of the settling period, or the first day of the term."""
    from datetime import timedelta

    from ..instants.zones import midnight

    agreement = assessment.contract.agreement
    first = agreement.settling + timedelta(days=1) if agreement.settling else agreement.term.start
    return midnight(first, assessment.zone)


def why_not(assessment: Assessment, promise: nodes.Promise, scope: Scope) -> str:
    """Why a window is not judged, if the service did not run in it, or only in part and such windows are left out."""
    from ..stretches.intervals import running

    if is_value_given(assessment, promise, scope):
        return ""
    start, end = running(assessment, scope)
    if start >= end:
        return "the service has not begun"
    partly = (start, end) != scope.window.whole and promise.each not in ("event", "ticket")
    return "a window that is cut short is left out" if partly and leaves_out_parts(promise) else ""


def leaves_out_parts(promise: nodes.Promise) -> bool:
    return bool(inherited(promise, "partial_periods") == "are left out")


# ---------------------------------------------------------------------------------------------------------- intervals


def bounds_of(assessment: Assessment, promise: nodes.Promise, measured: Measured) -> Bounds | None:
    """The interval of an estimate, at the confidence that the promise asks for, or else at 95 %.

    None for what is counted in full. The floats of the statistics are rounded to nine decimals, half to even, so that
    no two machines disagree about a verdict.
    """
    from .estimates import bounds

    if measured.spread is None:
        return None
    decision = promise.breached_when
    sure = Fraction(95, 100)
    if isinstance(decision, nodes.ProvenDecision | nodes.UnprovenDecision):
        sure = Fraction(decision.confidence.amount) / 100
    basis = basis_of(assessment.contract, promise)
    return bounds(measured.spread, sure, population_of(basis) if basis is not None and not promise.segments else None)


def too_wide(assessment: Assessment, promise: nodes.Promise, scope: Scope, bounds: Bounds | None) -> bool:
    """Whether the margin, which is half of the interval, is wider than a result may have."""
    if promise.decision_margin is None or bounds is None:
        return False
    if bounds.low is None or bounds.high is None:
        return True
    allowed = amount_of(assessment, promise.decision_margin, scope)
    return allowed is not None and (bounds.high - bounds.low) / 2 > allowed


def interval(bounds: Bounds, unit: str) -> str:
    ends = [written(end, unit) if end is not None else "unbounded" for end in (bounds.low, bounds.high)]
    return f"from {ends[0]} to {ends[1]}"


# --------------------------------------------------------------------------------------------------------- the result


def judgement(
    assessment: Assessment,
    promise: nodes.Promise,
    scope: Scope,
    measured: Measured,
    level: Fraction | None,
    decided: Decided,
) -> Judgement:
    silent = of_silence(assessment, promise, scope).effect if decided.verdict == "no data" else None
    return Judgement(
        promise=promise.name,
        window=scope.window.name,
        start=scope.window.start,
        end=scope.window.end,
        group=scope.group.name,
        verdict=decided.verdict,
        reason=decided.reason,
        measured=measured,
        comparison=promise.level.comparison,
        level=level,
        bounds=decided.bounds,
        warned=is_warned(assessment, promise, scope, measured, level),
        hidden=is_hidden(assessment, promise, scope, measured),
        leads_to=followed(promise, decided.verdict, silent),
        trace=(*measured.trace, f"{decided.verdict}: {decided.reason}"),
    )


def as_told(assessment: Assessment, promise: nodes.Promise, scope: Scope, verdict: Verdict) -> Judgement:
    """A verdict that is taken as given, with the value if that is given too."""
    known = is_value_given(assessment, promise, scope)
    measured = assessment.measured(promise, scope) if known else Measured(None, measured_unit(promise))
    level = next((rung.level for rung in rungs(assessment, promise, scope)), None)
    decided = Decided(verdict, "it is given so")
    if verdict == "no data":
        decided = with_effect(assessment, promise, scope, decided)
    return judgement(assessment, promise, scope, measured, level, decided)


def is_value_given(assessment: Assessment, promise: nodes.Promise, scope: Scope) -> bool:
    names = [getattr(one, "name", "") for one in (promise, measured_by(promise))]
    return any(assessment.given.value_of_group(name, scope.window, scope.group.name) is not None for name in names)


def without_value(assessment: Assessment, promise: nodes.Promise, scope: Scope, decided: Decided) -> Judgement:
    """A verdict without looking at any data. Nothing follows from it, whatever the promise says of missing data."""
    found = judgement(assessment, promise, scope, Measured(None, measured_unit(promise)), None, decided)
    return found._replace(leads_to=())


def followed(promise: nodes.Promise, verdict: Verdict, silent: nodes.DoubtEffect | None = None) -> tuple[str, ...]:
    """The consequences that a promise names itself for a verdict; `silent` is what it makes of a lack of data."""
    if promise.bindingness in NOTHING_FOLLOWS:
        return ()
    if verdict == "breached":
        return tuple(consequence.name for consequence in promise.breach_leads_to)
    doubt = promise.unclear if verdict == "inconclusive" else silent
    return (doubt.consequence.name,) if isinstance(doubt, nodes.LeadsTo) else ()


def is_warned(
    assessment: Assessment, promise: nodes.Promise, scope: Scope, measured: Measured, level: Fraction | None
) -> bool:
    if promise.warned is None or measured.amount is None:
        return False
    value = amount_of(assessment, promise.warned.amount, scope, level)
    return value is not None and keeps(promise.warned.comparison, measured.amount, value)
