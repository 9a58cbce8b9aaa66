"""The schedule on measurability: what is known of each promise before anything is measured, as paper tells it.

What it says is worked out in the model, where it is explained; here it becomes words and drawings.
"""

from __future__ import annotations

from decimal import Decimal
from functools import cached_property, partial
from typing import TYPE_CHECKING, NamedTuple

from markupsafe import Markup

from ..model.measurability import CONFIDENCE, PERSPECTIVES, margin_as_amount, measurability
from ..model.samples import deviation, digits, level_value
from .formula import TEXT, row_noun
from .outline import word
from .plain_words import clock_time

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.measurability import Moment, Outlook
    from .sentences import Writer

HUNDRED = 100
WIDTH, LABELS, ROW = 400, 150, 40
"""The size of a drawing in tenths of a millimetre: all of it, the part with the labels, and the height of a row."""

ALMOST_CERTAIN, HARDLY_EVER = 0.995, 0.0005


class Bar(NamedTuple):
    """A level with the margin around it, in tenths of a millimetre; a baseline is drawn hollow."""

    label: str
    middle: int
    start: float
    level: float
    end: float
    baseline: bool

    @property
    def width(self) -> float:
        return round(self.end - self.start, 1)


class Plot(NamedTuple):
    """The levels of a promise below each other on one scale, and the same in words for who cannot see it."""

    title: str
    height: int
    bars: list[Bar]


class Assessed(NamedTuple):
    """A line of the table."""

    promise: Markup
    rests_on: Markup
    margin: Markup
    plot: Plot | None
    verdict: str
    year: str


class Known(NamedTuple):
    """A level or a baseline before it is drawn: where it lies, and its margin."""

    label: str
    level: float
    margin: float
    said: str
    baseline: bool = False


class MeasurabilitySchedule:
    """What the templates of the schedule ask for."""

    def __init__(self, paper: Writer) -> None:
        self.paper = paper
        self.words = paper.words["measurability"]
        self.report = measurability(paper.contract)

    @property
    def drawn(self) -> bool:
        """Whether some line has a drawing."""
        return any(line.plot for line in self.promises)

    @cached_property
    def promises(self) -> list[Assessed]:
        return [
            Assessed(
                self.paper.link(found.promise),
                self.rests_on(found),
                self.margin(found),
                self.plot(found),
                self.chance(found.chance),
                self.chance(found.year.at_least_once if found.year else None),
            )
            for found in self.report.outlooks
        ]

    def rests_on(self, found: Outlook) -> Markup:
        patterns, window = self.words["rests_on"], partial(self.paper.say, found.promise.each, "each", TEXT)
        if found.budget is not None:
            seconds = Decimal(found.budget.numerator) / Decimal(found.budget.denominator)
            return self.paper.phrase(patterns["downtime"], time=clock_time(self.paper, seconds), window=window)
        if found.expected is not None and found.basis is not None:
            number = Decimal(found.expected)
            count = partial(self.paper.language.counted, number, f"rows_of_{word(found.basis.source)}")
            return self.paper.phrase(patterns["at_most" if found.narrowed else "counted"], count=count, window=window)
        if found.basis is not None:
            rows = row_noun(self.paper, found.basis.source, Decimal(2))
            return self.paper.phrase(patterns["uncounted"], rows=rows, window=window)
        return self.paper.phrase(patterns[found.kind or "unsaid"], window=window)

    def margin(self, found: Outlook) -> Markup:
        patterns = self.words["margins"]
        if found.margin is not None:
            pattern = patterns["at_least" if found.narrowed else "margin"]
            return self.paper.phrase(pattern, margin=self.amount(found, found.margin))
        if found.ranks is not None:
            low, high = (self.paper.language.number(Decimal(f"{end:.1f}")) if end else None for end in found.ranks)
            return self.paper.phrase(
                patterns["between" if low and high else "unbounded"], low=low or "", high=high or ""
            )
        if found.may_miss is not None:
            pattern = patterns["may_miss" if found.may_miss else "none_may_miss"]
            return self.paper.phrase(pattern, count=self.paper.language.number(Decimal(found.may_miss)))
        known = found.kind in ("event", "continuous") and not found.narrowed
        return Markup(self.words["in_full"] if known else self.words["not_known"])  # noqa: S704  # our own words

    def amount(self, found: Outlook, size: float) -> Markup:
        return self.paper.say(margin_as_amount(found, size))

    def chance(self, chance: float | None) -> str:
        """A chance to the digit that people read: `16%`, `0.4%`."""
        if chance is None:
            return str(self.words["not_known"])
        bound = self.words["more_than"] if chance >= ALMOST_CERTAIN else ""
        bound = self.words["less_than"] if chance < HARDLY_EVER else bound
        hundredths = min(max(chance * HUNDRED, 0.1), 99.0)
        said = self.paper.language.percent(Decimal(f"{hundredths:.{0 if hundredths >= 10 else 1}f}"))
        return bound.format(chance=said) if bound else said

    # What is drawn

    def plot(self, found: Outlook) -> Plot | None:
        """A drawing, where there are several levels, or one and its baseline, to be told apart."""
        rows = list(self.levels(found))
        low = min((row.level - row.margin for row in rows), default=0.0)
        high = max((row.level + row.margin for row in rows), default=0.0)
        if len(rows) <= 1 or low >= high:
            return None

        def place(value: float) -> float:
            return round(LABELS + (WIDTH - LABELS - 10) * (value - low) / (high - low), 1)

        bars = [
            Bar(
                row.label,
                ROW * position + ROW // 2,
                place(row.level - row.margin),
                place(row.level),
                place(row.level + row.margin),
                row.baseline,
            )
            for position, row in enumerate(rows)
        ]
        return Plot("; ".join(row.said for row in rows), ROW * len(rows), bars)

    def levels(self, found: Outlook) -> Iterator[Known]:
        from ..model.statistics.planning import planned_margin
        from ..model.tiers import size

        promise = found.promise
        if found.margin is None or found.basis is None:
            return
        before, apart = promise.baseline, deviation(promise, found.basis)
        if before is not None and before.sample and before.sample >= 1 and apart is not None:
            margin, level = planned_margin(apart, int(before.sample), confidence=CONFIDENCE), size(before.amount)
            if level is not None:
                label = self.paper.say(before.amount).striptags()
                said = self.words["drawn_baseline"].format(level=label, margin=self.amount(found, margin))
                yield Known(label, float(level), margin, said, baseline=True)
        for step in promise.level.steps:
            level = level_value(promise, step.amount)
            if level is not None:
                label = self.paper.say(step.amount).striptags()
                said = self.words["drawn"].format(level=label, margin=self.amount(found, found.margin))
                yield Known(label, float(level), found.margin, said)

    # What there is to know besides

    def remarks(self) -> list[Markup]:
        """What is weak or not known, with the promises of which it is true."""
        said: dict[str, list[Markup]] = {}
        for found in self.report.outlooks:
            for remark in self.remarks_on(found):
                said.setdefault(remark, []).append(self.paper.link(found.promise))
        return [
            self.paper.phrase(self.words["remark"], promises=self.paper.joined(promises), remark=remark)
            for remark, promises in said.items()
        ]

    def remarks_on(self, found: Outlook) -> Iterator[str]:
        standing = self.words["standings"].get(found.standing)
        if standing:
            yield standing.format(
                expected=self.paper.language.number(Decimal(found.expected or 0)),
                floor=self.paper.language.number(Decimal(found.floor or 0)),
                accepted=self.amount(found, found.accepted) if found.accepted is not None else "",
            )
        yield from (self.words["unknowns"][reason] for reason in found.unknown)

    def summary(self) -> Iterator[Markup]:
        """The agreement as a whole: how much of it is experience, what is measured of journeys, what chance does."""
        number, mix, words = self.paper.language.number, self.report.mix, self.words
        share = mix.share("experience")
        if share is not None:
            yield self.paper.phrase(
                words["mixed"],
                experience=number(Decimal(mix.counts["experience"])),
                binding=number(Decimal(mix.binding)),
                share=self.paper.language.percent(Decimal(f"{float(share) * HUNDRED:.0f}")),
            )
        if self.report.moments:
            yield self.paper.phrase(
                words["covered"],
                touchpoints=self.covered(self.report.moments),
                moments=self.covered(self.report.moments_of_truth),
            )
            gaps = [self.paper.title(each.touchpoint) for each in self.report.moments if not each.measured]
            if gaps:
                yield self.paper.phrase(words["uncovered"], touchpoints=self.paper.joined(gaps))
        if self.report.false_breaches is not None:
            once, count = self.report.false_breaches
            yield self.paper.phrase(
                words["together"],
                promises=number(Decimal(self.report.judged)),
                count=number(Decimal(digits(count).replace(",", ""))),
                once=self.chance(once),
            )

    def covered(self, moments: list[Moment]) -> Markup:
        measured = sum(moment.measured for moment in moments)
        number = self.paper.language.number
        return self.paper.phrase(
            self.words["of_all"], measured=number(Decimal(measured)), all=number(Decimal(len(moments)))
        )

    def perspectives(self) -> list[tuple[str, str]]:
        """How many binding promises look from each perspective, for a table."""
        counts = {**{each: self.report.mix.counts[each] for each in PERSPECTIVES}, "unsaid": self.report.mix.unsaid}
        return [
            (str(self.words["perspectives"][each]), self.paper.language.number(Decimal(count)))
            for each, count in counts.items()
            if count or each != "unsaid"
        ]
