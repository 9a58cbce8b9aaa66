"""What is known of an agreement's promises before anything is measured, each by each and all together.

A promise on a sample (people are asked) has a margin; one on events (cases are counted in full) has so many of them
that may miss; one on time that is measured continuously has a budget of downtime. Whether chance alone breaks a promise
that is kept is told for a provider whose true value is `STANDARD_ERRORS_BETTER` than the level: at the level itself,
every decision by the measured value is a coin flip.

What cannot be told from the agreement is None, and `unknown` says why.
"""

from __future__ import annotations

import math
from collections import Counter
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any, NamedTuple

from . import nodes, quantities
from .deadlines import usual_days
from .feasibility import AT_LEAST, down_time
from .measures import inherited
from .probing import DAY, clock_seconds, probes_of
from .promises import direction, every_promise, formula, measured
from .samples import (
    HUNDRED,
    Basis,
    allowed_margin,
    basis_of,
    deviation,
    digits,
    expected,
    expected_of_source,
    floor_of,
    levels_of,
    months_of,
    population_of,
    smallest_part,
    sources_of_promise,
    usual_margin,
    windows_of_year,
)
from .statistics.availability import FEWEST_SAMPLES, downtime_budget, samples_in_budget
from .statistics.distributions import two_sided_normal
from .statistics.planning import (
    WindowVolume,
    answers_for_margin,
    answers_for_percentile,
    events_for_one_miss,
    planned_margin,
    shortest_window,
    standard_error,
)
from .statistics.risk import (
    Repetition,
    allowed_misses,
    false_breach_chance,
    false_breach_chance_of_counts,
    repeated,
    together,
)
from .tiers import settled, size

if TYPE_CHECKING:
    from .contract import Contract

STANDARD_ERRORS_BETTER = 1
"""How much better than its level, in standard errors of one window, a provider is taken to be."""

CONFIDENCE = Decimal("0.95")
"""The margin holds for 95 windows of 100."""

PERSPECTIVES = ("experience", "behaviour", "operation", "technology", "business")


class Outlook(NamedTuple):
    """What is known of one promise. Shares, net scores and their margins are in hundredths and points.

    `kind` is `sample`, `event`, `continuous`, `index`, or empty where the formula is of no kind that can be judged.
    `expected` are the answers or rows of a window, in the smallest segment: an upper bound if `narrowed`. `may_miss`
    is how many of them may miss. `chance` is that of a false breach in one verdict, `year` what it comes to over
    `verdicts`, which are those of a year: one for each window and segment. `windows` is the shortest window that has
    enough. `ranks` are the percentiles between which a promised one lies. `budget` is the downtime that the strictest
    level leaves in a window, and `interval` the time between probes, both in seconds. `unknown` names what is not said.

    `standing` is what all this comes to: `sound`; `coin flip` and `proves nothing` (a margin in which good and bad
    service look alike, decided by the measured value or by proof); `margin too wide` (wider than the parties accept);
    `never decided` (fewer answers are expected than the floor asks for); `every case decides` (not one may miss);
    `every probe decides`; `unknown`.
    """

    promise: nodes.Promise
    perspective: str | None
    kind: str
    basis: Basis | None
    sources: tuple[nodes.Source, ...]
    expected: int | None
    narrowed: bool
    floor: int | None
    margin: float | None
    accepted: float | None
    ranks: tuple[float | None, float | None] | None
    may_miss: int | None
    budget: Fraction | None
    interval: Fraction | None
    chance: float | None
    year: Repetition | None
    verdicts: int | None
    shortest: WindowVolume | None
    standing: str
    unknown: tuple[str, ...]

    @property
    def rule(self) -> str:
        """How a breach is decided: `measured`, `proven`, `not proven met`, `beyond`."""
        return DECISIONS.get(type(self.promise.breached_when), "measured")

    @property
    def probes(self) -> Fraction | None:
        """How many probes fit into the budget of downtime."""
        return samples_in_budget(self.budget, self.interval) if self.budget is not None and self.interval else None


DECISIONS: dict[type, str] = {
    nodes.ProvenDecision: "proven",
    nodes.UnprovenDecision: "not proven met",
    nodes.GuardedDecision: "beyond",
}


class Mix(NamedTuple):
    """How many binding promises look at the service from each perspective; `unsaid` are those that do not say."""

    counts: dict[str, int]
    unsaid: int

    @property
    def binding(self) -> int:
        return sum(self.counts.values()) + self.unsaid

    def share(self, perspective: str) -> Fraction | None:
        """The part of the binding promises, from 0 to 1; None if there are none."""
        return Fraction(self.counts[perspective], self.binding) if self.binding else None


class Moment(NamedTuple):
    """A touchpoint of a journey, and whether some KPI serves a goal that names it."""

    journey: nodes.Journey
    touchpoint: nodes.Touchpoint
    measured: bool


class Measurability(NamedTuple):
    """The report. `false_breaches` is what chance comes to in a year over the binding promises where that is known.

    None if it is known of no binding promise; `judged` says of how many.
    """

    outlooks: list[Outlook]
    mix: Mix
    moments: list[Moment]
    false_breaches: Repetition | None
    judged: int

    @property
    def moments_of_truth(self) -> list[Moment]:
        return [moment for moment in self.moments if moment.touchpoint.moment_of_truth]


def measurability(contract: Contract) -> Measurability:
    """What is known of all promises of an agreement; of an edition, only of what its readers may see."""
    outlooks = [outlook(contract, promise) for promise in every_promise(contract)]
    binding = [each for each in outlooks if each.promise.bindingness == "binding"]
    years = [each.year for each in binding if each.year is not None]
    once = together(year.at_least_once for year in years).at_least_once
    false_breaches = Repetition(once, sum(year.expected for year in years)) if years else None
    return Measurability(outlooks, mix_of(binding), moments_of(contract), false_breaches, len(years))


def mix_of(outlooks: list[Outlook]) -> Mix:
    counts = Counter(each.perspective for each in outlooks)
    return Mix({each: counts[each] for each in PERSPECTIVES}, counts[None])


def moments_of(contract: Contract) -> list[Moment]:
    """Every touchpoint. It is measured if a KPI or a composite serves a goal that names it."""
    kpis: list[Any] = [*contract.every(nodes.Kpi), *contract.every(nodes.Composite)]
    served = {id(goal.target) for kpi in kpis for goal in kpi.serves}
    goals = [goal for goal in contract.every(nodes.Goal) if id(goal) in served]
    reached = {id(touchpoint.target) for goal in goals for touchpoint in goal.touchpoint}
    return [
        Moment(journey, touchpoint, id(touchpoint) in reached)
        for journey in contract.every(nodes.Journey)
        for touchpoint in (*(each for phase in journey.phases for each in phase.touchpoints), *journey.touchpoints)
    ]


# ---------------------------------------------------------------------------------------------------- one promise


def outlook(contract: Contract, promise: nodes.Promise) -> Outlook:
    """What is known of a promise."""
    sources = tuple(sources_of_promise(contract, promise))
    shown = is_shown(contract, promise, sources)
    basis = basis_of(contract, promise) if shown else None
    kind = kind_of_measuring(contract, promise, basis, sources) if shown else ""
    number = expected(promise, basis) if basis is not None and kind != "continuous" else None
    sure = number if basis is not None and not basis.narrowed and number else None
    margin = margin_of(promise, basis, number) if basis is not None and kind == "sample" else None
    budget, interval = time_of(contract, promise) if kind == "continuous" else (None, None)
    may_miss = may_miss_of(promise, basis, sure) if basis is not None and sure and kind == "event" else None
    chance = chance_of(promise, basis, sure, kind) if basis is not None and kind in ("sample", "event") else None
    verdicts = verdicts_of(promise)
    found = Outlook(
        promise,
        inherited(promise, "perspective"),
        kind,
        basis,
        sources if shown else (),
        number,
        basis is not None and basis.narrowed,
        floor_of(promise),
        margin,
        allowed_margin(promise),
        ranks_of(basis, number) if basis is not None and number and kind == "sample" else None,
        may_miss,
        budget,
        interval,
        chance,
        repeated(chance, verdicts) if chance is not None and verdicts is not None else None,
        verdicts,
        shortest_of(promise, basis) if basis is not None and kind in ("sample", "event") else None,
        "",
        (),
    )
    unknown = tuple(unknowns(found)) if shown else ("withheld",)
    return found._replace(unknown=unknown, standing=standing_of(found, unknown))


def is_shown(contract: Contract, promise: nodes.Promise, sources: tuple[nodes.Source, ...]) -> bool:
    """Whether the edition contains what the promise rests on, so that its readers may be told of it."""
    shown = {getattr(block, "name", "") for block in contract.blocks}
    return bool(sources) and all(getattr(part, "name", "") in shown for part in (measured(promise), *sources))


def kind_of_measuring(
    contract: Contract, promise: nodes.Promise, basis: Basis | None, sources: tuple[nodes.Source, ...]
) -> str:
    if isinstance(measured(promise), nodes.Composite):
        return "index"
    if down_time(promise) is not None or probes_of(contract, promise) is not None:
        return "continuous"
    if basis is not None:
        return "sample" if basis.asked else "event"
    if formula(promise) is None or not sources:
        return ""
    if any(isinstance(source, nodes.Survey) for source in sources):
        return "sample"
    machines = all(isinstance(source, nodes.Probes | nodes.Telemetry) for source in sources)
    return "continuous" if machines else "event"


def margin_of(promise: nodes.Promise, basis: Basis, number: int | None) -> float | None:
    """How far the answers of one window leave the true value open to either side; at least so far if narrowed."""
    apart = deviation(promise, basis)
    if apart is None or not number:
        return None
    return planned_margin(apart, number, confidence=CONFIDENCE, population=population_asked(basis, number))


def population_asked(basis: Basis, number: int) -> int | None:
    people = population_of(basis)
    return people if people is not None and people >= number else None


def ranks_of(basis: Basis, number: int) -> tuple[float | None, float | None] | None:
    """The percentiles of the answers between which the true one lies; None at an end that has no bound."""
    from .statistics.intervals import percentile_ranks

    if basis.rank is None or not 0 < basis.rank < HUNDRED:
        return None
    low, high = percentile_ranks(number, Fraction(basis.rank) / HUNDRED, confidence=CONFIDENCE)
    return low and HUNDRED * low / number, high and HUNDRED * high / number


def time_of(contract: Contract, promise: nodes.Promise) -> tuple[Fraction | None, Fraction | None]:
    """The seconds of downtime that the strictest level leaves in a window, and the seconds between two probes."""
    source, days = probes_of(contract, promise), usual_days(promise.each)
    interval = clock_seconds(source) if source is not None else None
    if days is None or promise.level.comparison not in AT_LEAST or (source is None and down_time(promise) is None):
        return None, interval
    levels = [settled(step.amount) for step in promise.level.steps]
    shares = [Fraction(level.amount) / HUNDRED for level in levels if isinstance(level, quantities.Percent)]
    budgets = [downtime_budget(share, days * DAY) for share in shares if 0 <= share <= 1]
    return min(budgets, default=None), interval


def good_levels(promise: nodes.Promise) -> list[Fraction]:
    """The levels of a share as shares of what is good, from 0 to 1: `at most 5%` that fail are 0.95 that do not."""
    levels = [Fraction(level) / HUNDRED for level in levels_of(promise)]
    good = levels if direction(promise) == "higher" else [1 - level for level in levels]
    return [level for level in good if 0 <= level <= 1]


def may_miss_of(promise: nodes.Promise, basis: Basis, number: int) -> int | None:
    """How many of so many cases may miss under the strictest level."""
    levels = good_levels(promise)
    if basis.kind != "share" or not levels or not direction(promise):
        return None
    return max(0, allowed_misses(number, max(levels), level_meets=level_meets(promise)))


def level_meets(promise: nodes.Promise) -> bool:
    return promise.level.comparison in ("at least", "at most")


def verdicts_of(promise: nodes.Promise) -> int | None:
    """How many verdicts a year brings, one for each window and segment; None where windows overlap or have no length.

    The windows of months and quarters are kept apart; those that roll share their answers, and their chances do not
    multiply.
    """
    windows = windows_of_year(promise.each) if isinstance(promise.each, str) else None
    return math.floor(windows) * max(1, len(promise.segments)) if windows is not None and windows >= 1 else None


# ------------------------------------------------------------------------------------------------- what chance does


def chance_of(promise: nodes.Promise, basis: Basis, number: int | None, kind: str) -> float | None:
    """The chance, from 0 to 1, that one window is judged breached although the truth is better than the level.

    Exact for a share that is decided as it is measured; otherwise by the normal distribution.
    """
    rule = promise.breached_when
    simple = rule is None or isinstance(rule, nodes.SimpleDecision)
    if not direction(promise) or number is None:
        return None
    if basis.kind == "share" and simple:
        levels = [level for level in good_levels(promise) if 0 < level < 1]
        return max((chance_of_counts(promise, number, level) for level in levels), default=None)
    if kind != "sample":
        return None
    further = standard_errors_asked(promise, basis, number)
    return false_breach_chance(STANDARD_ERRORS_BETTER + further) if further is not None else None


def chance_of_counts(promise: nodes.Promise, number: int, level: Fraction) -> float:
    truth = truth_above(level, number)
    return false_breach_chance_of_counts(number, level, truth, level_meets=level_meets(promise))


def truth_above(level: Fraction, number: int) -> float:
    """The true share that is so much better than the level, by its own standard error: Wilson's upper bound."""
    errors = STANDARD_ERRORS_BETTER**2 / number
    promised = float(level)
    half = math.sqrt(promised * (1 - promised) * errors + errors**2 / 4)
    return min(1.0, (promised + errors / 2 + half) / (1 + errors))


def standard_errors_asked(promise: nodes.Promise, basis: Basis, number: int) -> float | None:
    """By how many standard errors the rule of decision lies beyond the level: 1.96 where proof at 95 % is asked.

    Proof is that the whole two-sided interval lies on one side of the level.
    """
    rule = promise.breached_when
    if isinstance(rule, nodes.ProvenDecision | nodes.UnprovenDecision):
        confidence = float(rule.confidence.amount) / HUNDRED
        if not 0 < confidence < 1:
            return None
        proof = two_sided_normal(confidence)
        return proof if isinstance(rule, nodes.ProvenDecision) else -proof
    if isinstance(rule, nodes.GuardedDecision):
        return band_in_errors(promise, basis, number, rule)
    return 0.0


def band_in_errors(promise: nodes.Promise, basis: Basis, number: int, rule: nodes.GuardedDecision) -> float | None:
    apart, band = deviation(promise, basis), size(rule.margin)
    if not apart or band is None:
        return None
    error = standard_error(apart, number, population=population_asked(basis, number))
    return float(band) / error if error else None


# --------------------------------------------------------------------------------------------------- what is enough


def shortest_of(promise: nodes.Promise, basis: Basis) -> WindowVolume | None:
    """The shortest window in which enough come together for the floor, the margin and the level."""
    monthly, part = expected_of_source(basis.source, "calendar month"), smallest_part(promise)
    if basis.narrowed or not monthly or part is None:
        return None
    found = shortest_window(needed(promise, basis), monthly * part)
    asked = basis.source.sent.each if isinstance(basis.source, nodes.Survey) else None
    between = months_of(asked)
    if found is None or not isinstance(asked, str) or between is None or (months_of(found.window) or 0) >= between:
        return found
    return WindowVolume(asked, math.floor(monthly * part * between))  # nobody is asked more often


def needed(promise: nodes.Promise, basis: Basis) -> int:
    """How many answers or cases a window must have."""
    wanted = [floor_of(promise) or 1]
    apart, margin = deviation(promise, basis), allowed_margin(promise) or usual_margin(promise, basis)
    if basis.asked and apart is not None and margin:
        people = population_of(basis)
        wanted.append(answers_for_margin(apart, margin, confidence=CONFIDENCE, population=people))
    if basis.rank is not None and 0 < basis.rank < HUNDRED:
        wanted.append(answers_for_percentile(Fraction(basis.rank) / HUNDRED))
    if basis.kind == "share":
        wanted += [events_for_one_miss(level) for level in good_levels(promise) if 0 < level < 1]
    return max(wanted)


def standing_of(found: Outlook, unknown: tuple[str, ...]) -> str:
    if found.kind == "sample" and found.basis is not None and found.margin is not None:
        usual = usual_margin(found.promise, found.basis)
        if usual is not None and found.margin > max(usual, found.accepted or 0):
            return "coin flip" if found.rule == "measured" else "proves nothing"
        if found.accepted is not None and found.margin > found.accepted:
            return "margin too wide"
    if found.expected is not None and found.expected < (found.floor or 0):
        return "never decided"
    if found.may_miss == 0 and found.kind == "event":
        return "every case decides"
    if found.probes is not None and found.probes < FEWEST_SAMPLES:
        return "every probe decides"
    return "unknown" if unknown else "sound"


def unknowns(found: Outlook) -> list[str]:
    """Why something of a promise cannot be told, as keys: each names what the agreement does not say."""
    if found.kind == "index":
        return ["index"]
    if found.kind == "continuous":
        return []
    basis = found.basis
    if basis is None:
        return ["formula"]
    why = []
    if smallest_part(found.promise) is None:
        why.append("segments")
    if expected_of_source(basis.source, "calendar month") is None:
        why.append("expects")
    elif expected_of_source(basis.source, found.promise.each) is None:
        why.append("window")
    if basis.narrowed and "expects" not in why:
        why.append("part")
    if basis.kind == "mean" and basis.asked and deviation(found.promise, basis) is None:
        why.append("spread")
    if not direction(found.promise):
        why.append("direction")
    return why


def margin_as_amount(found: Outlook, margin: float) -> quantities.Quantity | quantities.Duration:
    """A margin, to two digits that count, as an amount of the unit that the promise is in."""
    amount = Decimal(digits(margin).replace(",", ""))
    kind = found.basis.kind if found.basis is not None else ""
    if kind == "share":
        return quantities.PercentagePoints(amount=amount)
    if kind == "net score":
        return quantities.Points(amount=amount)
    said = settled(found.promise.level.steps[0].amount)
    if isinstance(said, quantities.Duration):
        seconds = quantities.CLOCK_SECONDS.get(said.unit, Decimal(1))
        return quantities.Duration(amount=Decimal(digits(margin / float(seconds)).replace(",", "")), unit=said.unit)
    return quantities.Number(amount=amount)
