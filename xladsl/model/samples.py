"""What stands behind a promise before any data: who is asked or what is counted, how often, and how far chance reaches.

Shares, net scores and what differs from them are told in hundredths and points, as the language writes them, means in
the unit of the scale. Whatever the agreement does not say is None, and nothing is guessed in its place; where a `where`
chooses rows in an unknown part, what is expected of all rows is an upper bound, and `narrowed` says so.
"""

from __future__ import annotations

import math
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple
from weakref import WeakKeyDictionary

from . import expressions, nodes, quantities
from .measures import expanded, inherited, sample_rule
from .node import Node, walk
from .promises import formula, measured
from .quantities import Reference
from .ranges import range_of
from .tiers import settled, size

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .contract import Contract

HUNDRED = 100
MONTHS_OF = {
    "day": Fraction(12 * 10000, 3652425),
    "week": Fraction(12 * 70000, 3652425),
    "month": Fraction(1),
    "quarter": Fraction(3),
    "year": Fraction(12),
}
USUAL_NET_SCORE_VARIANCE = 0.84
"""That of 70 % promoters and 30 % detractors; a net score further from 0 can vary less, and never more than this."""

USUAL_MARGINS = {"share": 10.0, "net score": 10.0}
"""A margin that says little: with one wider than this, good and bad service look alike."""

USUAL_PART_OF_SCALE = 0.05
"""The same for a mean, as a part of its range: a third of a point from 1 to 7."""


# ---------------------------------------------------------------------------------------------- what a value rests on


class Basis(NamedTuple):
    """The rows that a promised value is worked out from, and how: a share, a net score, a mean or a percentile.

    `rank` is that of a percentile; 50 for a median.
    """

    kind: str
    source: nodes.Source
    formula: Any
    narrowed: bool
    rank: Decimal | None = None

    @property
    def asked(self) -> bool:
        """Whether people are asked, so that the value is a sample; any other rows are counted in full."""
        return isinstance(self.source, nodes.Survey)


def basis_of(contract: Contract, promise: nodes.Promise) -> Basis | None:
    """What a promised value is worked out from; None where it is no share, net score, mean or percentile of rows."""
    known = bases(contract)
    if id(promise) not in known:
        known[id(promise)] = basis_of_formula(contract, formula(promise))
    return known[id(promise)]


@lru_cache(maxsize=1)  # two dozen rules ask it of each promise of one agreement
def bases(_contract: Contract) -> dict[int, Basis | None]:
    """The bases that are known so far, by their promises."""
    return {}


def basis_of_formula(contract: Contract, value: Any) -> Basis | None:
    found, narrowed = aggregate_of(value)
    source = source_behind(contract, getattr(found, "of", None))
    if found is None or source is None:
        return None
    narrowed = narrowed or found.where is not None
    if isinstance(found, expressions.Share):
        return Basis("share", source, found, narrowed)
    if isinstance(found, expressions.NetScore):
        return Basis("net score", source, found, narrowed)
    if isinstance(found, expressions.Percentile):
        return Basis("percentile", source, found, narrowed, found.rank)
    if found.kind == "median":
        return Basis("percentile", source, found, narrowed, Decimal(50))
    return Basis("mean", source, found, narrowed) if found.kind == "mean" else None


def aggregate_of(value: Any) -> tuple[Any, bool]:
    """The aggregate over rows that a formula is in truth, and whether it is taken of a part of the rows only."""
    if isinstance(value, AGGREGATES):
        return value, False
    if isinstance(value, expressions.Application):
        inner = expanded(value)
        return (None, False) if inner is value else aggregate_of(inner)
    if isinstance(value, expressions.Group):
        return aggregate_of(value.value)
    if isinstance(value, expressions.SumOf) and is_rest_of_all(value):
        found, narrowed = aggregate_of(value.addends[0].operand)
        return (found, narrowed) if isinstance(found, expressions.Share) else (None, False)
    if isinstance(value, expressions.Over) and isinstance(value.each_group, Reference):
        return aggregate_of(value.of)[0], True
    return None, False


AGGREGATES = (expressions.Share, expressions.NetScore, expressions.Statistic, expressions.Percentile)


def is_rest_of_all(value: expressions.SumOf) -> bool:
    whole = value.first
    return (
        isinstance(whole, quantities.Percent)
        and whole.amount == HUNDRED
        and len(value.addends) == 1
        and value.addends[0].sign == "-"
    )


def source_behind(contract: Contract, value: Any) -> nodes.Source | None:
    """The one source that a formula or a name draws on; None if there are several or none."""
    found = {id(source): source for source in sources_behind(contract, value)}
    return next(iter(found.values())) if len(found) == 1 else None


def sources_behind(contract: Contract, value: Any) -> Iterator[nodes.Source]:
    """The sources that a formula draws on, through columns, questions, intervals and other KPIs."""
    waiting: list[Any] = [value]
    seen: set[int] = set()
    while waiting:
        part = waiting.pop()
        for node in walk(part) if isinstance(part, Node) else ():
            target = getattr(node, "target", None)
            if target is None or id(target) in seen:
                continue
            seen.add(id(target))
            if isinstance(target, nodes.Source):
                yield target
            elif isinstance(target, nodes.Column | nodes.Question):
                yield from owner_of(contract, target)
            elif isinstance(target, nodes.Kpi | nodes.Intervals):
                waiting.append(target.value if isinstance(target, nodes.Kpi) else target.made_from)
            elif isinstance(target, nodes.Composite):
                waiting += [each.kpi for each in target.parts]


def sources_of_promise(contract: Contract, promise: nodes.Promise) -> list[nodes.Source]:
    """The sources that decide a promise, each once."""
    kpi = measured(promise)
    parts = [part.kpi for part in kpi.parts] if isinstance(kpi, nodes.Composite) else [formula(promise)]
    found = {id(source): source for part in parts for source in sources_behind(contract, part)}
    return list(found.values())


def owner_of(contract: Contract, part: Node) -> Iterator[nodes.Source]:
    """The source whose column or question this is."""
    if contract not in OWNERS:
        OWNERS[contract] = {
            id(each): source
            for source in contract.every(nodes.Source)
            for each in (*source.columns, *(source.questions if isinstance(source, nodes.Survey) else ()))
        }
    source = OWNERS[contract].get(id(part))
    if source is not None:
        yield source


OWNERS: WeakKeyDictionary[Contract, dict[int, nodes.Source]] = WeakKeyDictionary()


PERSPECTIVES: tuple[tuple[type[nodes.Source], str], ...] = (
    (nodes.Survey, "experience"),
    (nodes.Probes, "technology"),
    (nodes.Telemetry, "technology"),
    (nodes.Billing, "business"),
)


def perspectives_of(contract: Contract, measuring: Node) -> set[str]:
    """From which sides a KPI, an index or a promise looks: as it says, or else as its parts or its sources do."""
    said = inherited(measuring, "perspective")
    if isinstance(measuring, nodes.Composite):
        found = {kind for part in measuring.parts for kind in perspectives_of(contract, part.kpi.found)}
        return found | ({said} if said else set())
    if said:
        return {said}
    sources = sources_behind(contract, getattr(measuring, "value", None))
    return {next((word for kind, word in PERSPECTIVES if isinstance(each, kind)), "operation") for each in sources}


def question_of(basis: Basis) -> nodes.Question | None:
    """The question whose answers are counted: named itself, or by a column of its name."""
    named = getattr(basis.formula.of, "target", None)
    if isinstance(named, nodes.Question) or not isinstance(basis.source, nodes.Survey):
        return named if isinstance(named, nodes.Question) else None
    return next((each for each in basis.source.questions if each.name == getattr(named, "name", None)), None)


def is_about_speed(value: Any) -> bool:
    """Whether a formula holds the time between two moments against a limit."""
    written = expanded(value) if isinstance(value, expressions.Application) else value
    return any(
        isinstance(part, expressions.Comparison) and isinstance(part.right, quantities.Duration)
        for part in walk(written)
    )


def same_answers(one: Basis, other: Basis) -> bool:
    """Whether two values are of the same answers or the same column, however these are counted."""
    return one.source is other.source and last_name(one) == last_name(other)


def last_name(basis: Basis) -> str:
    return str(getattr(basis.formula.of, "name", "")).rpartition(".")[2]


# --------------------------------------------------------------------------------------------------- how many there are


def months_of(window: nodes.Window | None) -> Fraction | None:
    """How many months a window has on average; None for a window without a length, such as an event."""
    if isinstance(window, nodes.RollingWindow | nodes.TrailingWindow):
        length = window.length
        unit = MONTHS_OF.get(length.unit.removesuffix("s"))
        return Fraction(length.amount) * unit if unit is not None else None
    if not isinstance(window, str):
        return None
    return Fraction(6) if window == "half year" else MONTHS_OF.get(window.split()[-1]) if of_calendar(window) else None


def of_calendar(window: str) -> bool:
    return window.startswith(("calendar", "fiscal", "billing", "contract"))


def windows_of_year(window: nodes.Window | None) -> Fraction | None:
    """How many such windows a year has."""
    months = months_of(window)
    return 12 / months if months else None


def expected_of_source(source: nodes.Source, window: nodes.Window | None) -> Fraction | None:
    """How many rows or answers the agreement expects of a source in a window."""
    months = months_of(window)
    if months is None:
        return None
    if isinstance(source, nodes.Survey):
        expected = source.expects
        if expected is None or not (each := months_of(expected.each)):
            return None
        return Fraction(expected.invitations) * Fraction(expected.response_rate.amount) / HUNDRED * months / each
    rows = getattr(source, "expects_events", None)
    if rows is None or not (each := months_of(rows.each)):
        return None
    return Fraction(rows.rows) * months / each


def expected(promise: nodes.Promise, basis: Basis) -> int | None:
    """How many answers or rows come together in a window of a promise, in the smallest of its segments.

    An upper bound if the basis is narrowed. None where the source does not say what it expects, or a segment how
    large it is.
    """
    whole = expected_of_source(basis.source, promise.each)
    part = smallest_part(promise)
    return math.floor(whole * part) if whole is not None and part is not None else None


def smallest_part(promise: nodes.Promise) -> Fraction | None:
    """The part of all that the smallest segment has, for which a promise holds separately; 1 if it has none."""
    if not promise.segments:
        return Fraction(1)
    parts = parts_of([named.target for named in promise.segments])
    return min(parts) if parts is not None else None


def parts_of(segments: list[Any]) -> list[Fraction] | None:
    """What part of all each segment is: said as a proportion, or by the users of sites that are compared."""
    if all(isinstance(segment, nodes.Segment) and segment.proportion is not None for segment in segments):
        return [Fraction(segment.proportion.amount) / HUNDRED for segment in segments]
    counts = [getattr(segment, "users", None) or getattr(segment, "population", None) for segment in segments]
    known = [Fraction(count) for count in counts if count]
    return [count / sum(known) for count in known] if known and len(known) == len(counts) else None


def floor_of(promise: nodes.Promise) -> int | None:
    """The fewest answers with which a promise is decided: its own, or that of its measure."""
    if promise.answers is not None:
        return int(promise.answers)
    rule = sample_rule(promise)
    return int(rule.count) if isinstance(rule, nodes.FixedSample) else None


def population_of(basis: Basis) -> int | None:
    """How many people there are to ask, where everyone is asked in each window; None where they are ever others."""
    survey = basis.source
    if not isinstance(survey, nodes.Survey) or survey.sent.each is None:
        return None
    counts = [getattr(group.target, "population", None) for group in survey.asks]
    return sum(int(count) for count in counts if count) if all(counts) else None


# --------------------------------------------------------------------------------------------------- how far it may err


def levels_of(promise: nodes.Promise) -> list[Decimal]:
    """The levels that a promise names, step by step, worked out where they are said from the baseline."""
    values = [level_value(promise, step.amount) for step in promise.level.steps]
    return [value for value in values if value is not None]


def leans_on_baseline(promise: nodes.Promise) -> bool:
    """Whether a level is said from the baseline: `at least baseline + 5 points`."""
    levels = [step.amount for step in promise.level.steps]
    return any("baseline" in (part.left, part.right) for part in levels if isinstance(part, nodes.LevelSum))


def level_value(promise: nodes.Promise, amount: Any) -> Decimal | None:
    if isinstance(amount, nodes.LevelSum):
        left, right = level_value(promise, amount.left), level_value(promise, amount.right)
        if left is None or right is None:
            return None
        return left + right if amount.sign == "+" else left - right
    if amount == "baseline":
        return size(promise.baseline.amount) if promise.baseline else None
    return size(amount)


def deviation(promise: nodes.Promise, basis: Basis) -> float | None:
    """How far single answers lie apart, if the true value is at the level that leaves most to chance."""
    found = [deviation_at(promise, basis, level) for level in levels_of(promise)]
    known = [each for each in found if each is not None]
    return max(known) if known else None


def deviation_at(promise: nodes.Promise, basis: Basis, value: Decimal) -> float | None:
    """How far single answers lie apart, if this is the true value.

    That of a share follows from the value, that of a net score is the largest that the value allows and planning
    uses, that of a mean is the `spread` of its KPI.
    """
    if basis.kind == "mean":
        return spread_of(promise)
    part = float(value) / HUNDRED
    if basis.kind == "share":
        return HUNDRED * math.sqrt(max(0.0, part * (1 - part)))
    if basis.kind == "net score":
        return HUNDRED * math.sqrt(min(USUAL_NET_SCORE_VARIANCE, max(0.0, 1 - part * part)))
    return None


def spread_of(promise: nodes.Promise) -> float | None:
    """How far single answers lie apart, as the KPI's `spread` says, in the unit of the measured value."""
    said = size(inherited(promise, "confidence"))
    return float(said) if said is not None and said > 0 else None


def allowed_margin(promise: nodes.Promise) -> float | None:
    """The margin that the parties accept, where they say so: `margin at most 5 points`."""
    said = size(promise.decision_margin)
    return float(said) if said is not None else None


def usual_margin(promise: nodes.Promise, basis: Basis) -> float | None:
    """The widest margin with which a value still says something, where the parties have agreed on none."""
    if basis.kind in USUAL_MARGINS:
        return USUAL_MARGINS[basis.kind]
    reach = range_of(promise)
    if basis.kind != "mean" or reach.low is None or reach.high is None:
        return None
    return float(reach.high - reach.low) * USUAL_PART_OF_SCALE


def in_words(promise: nodes.Promise, amount: float, basis: Basis) -> str:
    """A margin or a difference, to two digits that count, in the unit of the promise."""
    unit = {"share": " percentage points", "net score": " points"}.get(basis.kind, "")
    if not unit:
        said = settled(promise.level.steps[0].amount)
        if isinstance(said, quantities.Duration):
            amount /= float(quantities.CLOCK_SECONDS.get(said.unit, Decimal(1)))
            unit = f" {said.unit}"
    return f"{digits(amount)}{unit}"


def digits(amount: float) -> str:
    """A number to two digits that count, without an exponent: 0.17, 3.4, 14, 1,300."""
    if amount == 0:
        return "0"
    places = max(0, 1 - math.floor(math.log10(abs(amount))))
    return f"{round(amount, places if amount < HUNDRED else -1):,.{places}f}"
