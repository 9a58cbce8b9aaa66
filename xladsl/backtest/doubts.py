"""The verdicts that a party could dispute, and why.

A verdict that is worked out rightly can still be a weak ground for money: one case decides it, chance could have turned
it, or what counts was left to be understood. Each reason is said in words that the parties can hold against the data.
"""

from __future__ import annotations

from fractions import Fraction
from math import ceil, floor
from typing import TYPE_CHECKING, Any, NamedTuple

from ..evaluation.instants.windows import Window
from ..evaluation.instants.zones import SECOND, local
from ..evaluation.judging.verdicts import decided_on, keeps
from ..evaluation.results import Judgement, Measured, Spread
from ..evaluation.scope import Scope
from ..evaluation.stretches.algebra import END
from ..evaluation.stretches.recorded import recorded
from ..model import nodes
from ..model.measures import inherited
from ..model.probing import clock_seconds, probes_of
from ..model.promises import formula, sources_of
from ..model.quantities import CLOCK_SECONDS, Duration, Number, Percent, Points
from ..model.ranges import range_of
from ..model.samples import basis_of, usual_margin
from ..model.tiers import settled
from .data import known_in_part
from .figures import short
from .trial import promise_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ..evaluation.assessment import Assessment
    from ..model.samples import Basis
    from .trial import Trial

HUNDRED = 100
MINUTE = 60


KINDS = (
    *("one row", "one probe", "rounding", "method", "left out", "date", "chance", "few answers", "part of the data"),
    "still open",
)
"""What may be a reason; docs/backtest.md says when each is."""


class Doubt(NamedTuple):
    """A reason to dispute a verdict: of which kind, in words, and what would be measured if it were right; None where
    that is a range and not a value."""

    kind: str
    words: str
    value: Fraction | None = None


class Case(NamedTuple):
    """A verdict with a value, and all that is known of it."""

    trial: Trial
    promise: nodes.Promise
    judged: Judgement
    value: Fraction
    level: Fraction
    basis: Basis | None

    @property
    def other(self) -> str:
        return "breached" if self.judged.verdict == "met" else "met"

    @property
    def unit(self) -> str:
        return self.judged.measured.unit

    def said(self, amount: Fraction) -> str:
        return short(amount, self.unit, self.level)

    def verdict_of(self, measured: Measured) -> str:
        """The verdict if something else had been measured."""
        window = Window(self.judged.start, self.judged.end, self.judged.window, (self.judged.start, self.judged.end))
        scope = Scope(window, promise=self.promise)
        return decided_on(self.trial.assessment, self.promise, scope, measured, self.level).verdict


def doubts(trial: Trial, judged: Judgement) -> list[Doubt]:
    """All reasons, the most telling first; none where a verdict stands on firm ground, or was not decided at all."""
    measured = judged.measured
    if judged.verdict not in ("met", "breached") or measured.amount is None or judged.level is None or judged.hidden:
        return []
    promise = promise_of(trial, judged)
    case = Case(trial, promise, judged, measured.amount, judged.level, basis_of(trial.contract, promise))
    return [doubt for reason in REASONS for doubt in reason(case)]


# ------------------------------------------------------------------------------------------------------- by one of them


def one_row(case: Case) -> Iterator[Doubt]:
    """One row, counted otherwise, turns the verdict."""
    spread = case.judged.measured.spread
    if spread is None or spread.answers < 1 or is_single(case):
        return
    turned = ONE_ROW[spread.kind](case, spread)
    if turned is not None and case.verdict_of(turned) == case.other:
        assert turned.amount is not None
        row = rows_of(case)
        words = f"one {row} of {spread.answers:,} decides: {HOW[spread.kind]}, it would be {case.other}"
        yield Doubt("one row", f"{words} at {case.said(turned.amount)}", turned.amount)


HOW = {
    "share": "counted otherwise",
    "mean": "with one answer at the other end of the scale",
    "net score": "with one answer at the other end of the scale",
    "percentile": "with one more or one less beyond it",
}


def share_with_one_other(case: Case, spread: Spread) -> Measured | None:
    measured, rows = case.judged.measured, spread.answers
    good = spread.figures[0]
    if measured.amount != good / rows:
        return None
    found = good + towards(case)
    if not 0 <= found <= rows:
        return None
    return measured._replace(amount=found / rows, numerator=found, spread=spread._replace(figures=(found,)))


def mean_with_one_other(case: Case, spread: Spread) -> Measured | None:
    low, high = scale_of(case)
    if low is None or high is None:
        return None
    moved = case.value + towards(case) * (high - low) / spread.answers
    return case.judged.measured._replace(amount=min(max(moved, low), high))


def net_score_with_one_other(case: Case, spread: Spread) -> Measured | None:
    promoters, detractors = spread.figures[0] + towards(case), spread.figures[1] - towards(case)
    if promoters < 0 or detractors < 0:
        return None
    score = HUNDRED * (promoters - detractors) / spread.answers
    return case.judged.measured._replace(amount=score, spread=spread._replace(figures=(promoters, detractors)))


def percentile_with_one_other(case: Case, spread: Spread) -> Measured | None:
    values = sorted(spread.histogram)
    place = next((number for number, (value, _) in enumerate(values) if value == case.value), None)
    if place is None:
        return None
    rank = ceil(spread.figures[0] * spread.answers / HUNDRED) + towards(case)
    before = 0
    for value, times in values:
        before += times
        if before >= rank:
            return case.judged.measured._replace(amount=value)
    return None


ONE_ROW: dict[str, Callable[[Case, Spread], Measured | None]] = {
    "share": share_with_one_other,
    "mean": mean_with_one_other,
    "net score": net_score_with_one_other,
    "percentile": percentile_with_one_other,
}


def is_single(case: Case) -> bool:
    """Whether each ticket or event is judged by itself: that one row decides is then what was agreed."""
    return case.promise.each in SINGLE


SINGLE = ("event", "ticket")


def towards(case: Case) -> int:
    """1 if the verdict turns where the value rises, -1 if it turns where it falls."""
    upwards = case.promise.level.comparison in ("at least", "above")
    if case.promise.level.comparison == "exactly":
        return 1 if case.value < case.level else -1
    return 1 if upwards == (case.judged.verdict == "breached") else -1


def scale_of(case: Case) -> tuple[Fraction | None, Fraction | None]:
    """The ends of the scale on which people answer, in the unit of the value."""
    reach = range_of(case.promise)
    factor = Fraction(1, HUNDRED) if case.unit == "a percentage" else Fraction(1)
    return (
        Fraction(reach.low) * factor if reach.low is not None else None,
        Fraction(reach.high) * factor if reach.high is not None else None,
    )


def rows_of(case: Case) -> str:
    source = case.basis.source if case.basis is not None else None
    return next((word for kind, word in ROWS if isinstance(source, kind)), "row")


ROWS: tuple[tuple[type[nodes.Source], str], ...] = (
    (nodes.Survey, "answer"),
    (nodes.Tickets, "ticket"),
    (nodes.Probes, "probe"),
)


def one_probe(case: Case) -> Iterator[Doubt]:
    """A stretch of downtime shorter than what a probe can tell turns the verdict."""
    measured = case.judged.measured
    if measured.spread is not None or not measured.denominator or case.unit != "a percentage":
        return
    beyond = abs(case.value - case.level) * measured.denominator
    source = probes_of(case.trial.contract, case.promise)
    interval = clock_seconds(source) if source is not None else None
    sees = interval if interval is not None else Fraction(MINUTE)
    if beyond >= sees:
        return
    seconds = short(beyond, "clock time", Fraction(1))
    less = "less" if towards(case) > 0 else "more"
    what = f"one probe, which speaks for {short(sees, 'clock time')}," if interval is not None else "less than a minute"
    words = f"{what} decides: {seconds} {less} downtime, and it would be {case.other}"
    yield Doubt("one probe", words, case.level if case.other == "met" else None)


# ----------------------------------------------------------------------------------------------------------- by chance


def chance(case: Case) -> Iterator[Doubt]:
    """The interval of the estimate has the level inside, and the verdict goes by what was measured."""
    bounds = case.judged.bounds
    if bounds is None or bounds.low is None or bounds.high is None or not bounds.low <= case.level <= bounds.high:
        return
    if is_single(case):
        return
    if not isinstance(case.promise.breached_when, nodes.SimpleDecision | None):
        return
    count = case.judged.measured.rows or 0
    truth = f"at {short(bounds.confidence, 'percentage')} the truth is anywhere from {case.said(bounds.low)}"
    words = f"{count:,} {rows_of(case)}s cannot tell it from its level: {truth} to {case.said(bounds.high)}"
    yield Doubt("chance", words)


def few(case: Case) -> Iterator[Doubt]:
    """So few answers that good and bad service look alike."""
    bounds, basis = case.judged.bounds, case.basis
    if basis is None or not basis.asked or bounds is None or bounds.low is None or bounds.high is None:
        return
    usual = usual_margin(case.promise, basis)
    answers = case.judged.measured.rows
    if usual is None or not answers:
        return
    widest = Fraction(usual) * (Fraction(1, HUNDRED) if basis.kind == "share" else 1)
    margin = (bounds.high - bounds.low) / 2
    if margin > widest:
        needed = ceil(answers * (margin / widest) ** 2)
        unit = "percentage points" if basis.kind == "share" else case.unit
        words = f"{answers:,} answers leave a margin of {short(margin, unit)} on either side; it takes about"
        yield Doubt("few answers", f"{words} {needed:,} for one of {short(widest, unit)}")


# ---------------------------------------------------------------------------------------------------------- by reading


def rounding(case: Case) -> Iterator[Doubt]:
    """Rounded as the level is written, the value would be on its other side."""
    step = step_of(case)
    if step is None:
        return
    rounded = floor(case.value / step + Fraction(1, 2)) * step
    kept = keeps(case.promise.level.comparison, rounded, case.level)
    if isinstance(case.promise.breached_when, nodes.SimpleDecision | None) and kept != (case.judged.verdict == "met"):
        words = f"rounded to {short(rounded, case.unit)}, as its level is written, it would be {case.other};"
        yield Doubt("rounding", f"{words} the agreement compares before it rounds", rounded)


def step_of(case: Case) -> Fraction | None:
    """The last decimal with which the level is written, in the unit of the value."""
    for step in case.promise.level.steps:
        said: Any = settled(step.amount)
        scale = unit_of(said)
        if scale is not None and Fraction(said.amount) * scale == case.level:
            return scale * Fraction(10) ** min(int(said.amount.as_tuple().exponent), 0)
    return None


def unit_of(said: Any) -> Fraction | None:
    if isinstance(said, Percent):
        return Fraction(1, HUNDRED)
    if isinstance(said, Duration):
        return Fraction(CLOCK_SECONDS[said.unit]) if said.unit in CLOCK_SECONDS else None
    return Fraction(1) if isinstance(said, Number | Points) else None


def interpolated(case: Case) -> Iterator[Doubt]:
    """A percentile as spreadsheets work it out, between the two nearest values."""
    spread = case.judged.measured.spread
    if spread is None or spread.kind != "percentile" or not spread.histogram:
        return
    place = spread.figures[0] / HUNDRED * (spread.answers - 1)
    below, above = at(spread, floor(place)), at(spread, ceil(place))
    value = below + (place - floor(place)) * (above - below)
    if keeps(case.promise.level.comparison, value, case.level) != (case.judged.verdict == "met"):
        words = f"between the two nearest values, as spreadsheets take a percentile, it is {case.said(value)}:"
        yield Doubt("method", f"{words} {case.other}; the agreement counts to the nearest rank", value)


def at(spread: Spread, place: int) -> Fraction:
    """The value at a place in order, the smallest being at 0."""
    before = 0
    for value, times in sorted(spread.histogram):
        before += times
        if place < before:
            return value
    return max(spread.histogram)[0]


# ------------------------------------------------------------------------------------------------------------- by data


def partly_known(case: Case) -> Iterator[Doubt]:
    judged = case.judged
    window = Window(judged.start, judged.end, judged.window, (judged.start, judged.end))
    words = known_in_part(case.trial.assessment, case.promise, window) if judged.end - judged.start > 1 else ""
    if words and inherited(case.promise, "partial_periods") != "are left out":
        yield Doubt("part of the data", words)


def still_open(case: Case) -> Iterator[Doubt]:
    """Downtime of a stretch whose end nobody wrote down, without which the verdict would be the other one."""
    if case.judged.verdict != "breached":
        return
    window = Window(case.judged.start, case.judged.end, case.judged.window, (case.judged.start, case.judged.end))
    for source in dict.fromkeys(sources_of(formula(case.promise))):
        since = going_on(case.trial.assessment, source, Scope(window, promise=case.promise))
        if since is None or since >= window.end:
            continue
        value = without_time(case, Fraction(window.end - max(since, window.start), SECOND))
        if value is not None and case.verdict_of(case.judged.measured._replace(amount=value)) == case.other:
            began = f"{local(since, case.trial.assessment.zone):%Y-%m-%d %H:%M}"
            words = f"`{source.name}` has no end for what began on {began}, and it counts as going on; without it,"
            yield Doubt("still open", f"{words} it would be {case.other} at {case.said(value)}", value)


def going_on(assessment: Assessment, source: nodes.Source, scope: Scope) -> int | None:
    """Since when a stretch goes on of which a log knows no end."""
    log = isinstance(source, nodes.Outages) and source.name in assessment.engine.sources()
    found = recorded(assessment, source, scope) if log else None
    return min((each.start for each in found.stretches if each.end == END), default=None) if found else None


def without_time(case: Case, seconds: Fraction) -> Fraction | None:
    """The value with so much less downtime; None where it is no length of time and no share of one."""
    measured = case.judged.measured
    if case.unit == "clock time":
        return max(case.value - seconds, Fraction(0))
    if case.unit != "a percentage" or not measured.denominator or measured.spread is not None:
        return None
    part = min(seconds / measured.denominator, Fraction(1))
    return min(case.value + part, Fraction(1)) if towards(case) > 0 else max(case.value - part, Fraction(0))


REASONS: tuple[Callable[[Case], Iterator[Doubt]], ...] = (
    one_row,
    one_probe,
    rounding,
    interpolated,
    chance,
    few,
    partly_known,
    still_open,
)
