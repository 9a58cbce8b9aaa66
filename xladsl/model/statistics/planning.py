"""How many answers a promise needs before its value means something, and in which window they come together.

Before anything is measured the spread of the answers is assumed, not estimated: from the shares of a baseline, or the
worst there can be. The normal margins here are therefore no Wald intervals, whose fault is to trust the spread of the
very answers they judge; what was measured is judged by `intervals`.
"""

from __future__ import annotations

import math
from decimal import Decimal, localcontext
from fractions import Fraction
from typing import NamedTuple

from .distributions import two_sided_normal
from .numbers import Exact, Number, certainty, exact_share, not_negative, positive, require, share

USUAL_NET_SCORE_DEVIATION = math.sqrt(0.84)
"""The spread of 70 % promoters and 30 % detractors: what to plan with when nothing is known but that all take sides."""

WORST_NET_SCORE_DEVIATION = 1.0
"""The spread of half promoters and half detractors: no net score varies more."""

WORST_SHARE_DEVIATION = 0.5
"""The spread of a share of one half: no share varies more."""

DAYS_IN_YEAR = Fraction(3652425, 10000)

MONTHS_IN: dict[str, Fraction] = {
    "clock hour": 12 / DAYS_IN_YEAR / 24,
    "calendar day": 12 / DAYS_IN_YEAR,
    "calendar week": 12 / DAYS_IN_YEAR * 7,
    "half year": Fraction(6),
    **{f"{kind} month": Fraction(1) for kind in ("calendar", "billing", "contract")},
    **{f"{kind} quarter": Fraction(3) for kind in ("calendar", "fiscal", "contract")},
    **{f"{kind} year": Fraction(12) for kind in ("calendar", "fiscal", "contract")},
}
"""How many months a window has, in the language's words, on average over the Gregorian calendar."""

REPORTING_WINDOWS = ("calendar month", "calendar quarter", "half year", "calendar year")
"""The windows to choose among, from the shortest."""

ROUNDING = Fraction(1, 10**12)  # 0.7 and 0.3 as floats may come to a trace more than all


def net_score_deviation(promoters: Number, detractors: Number) -> float:
    """The standard deviation, from 0 to 1, of one answer to a question with a net score.

    A promoter counts 1, a detractor -1, any other 0; the arguments are the shares of both, together at most 1.
    (B. Rocks, 2016, Interval Estimation for the "Net Promoter Score", The American Statistician 70)
    """
    liked, disliked = share(promoters, "promoters"), share(detractors, "detractors")
    require(Fraction(promoters) + Fraction(detractors) <= 1 + ROUNDING, "promoters and detractors are at most all")
    return math.sqrt(max(0.0, liked + disliked - (liked - disliked) ** 2))


def share_deviation(assumed: Number) -> float:
    """The standard deviation, from 0 to 0.5, of one answer that is yes or no, where `assumed` is the share of yes."""
    yes = share(assumed, "the assumed share")
    return math.sqrt(yes * (1 - yes))


def standard_error(deviation: Number, answers: int, *, population: int | None = None) -> float:
    """The standard deviation of a mean, a share or a net score of so many answers, in the unit of `deviation`.

    `deviation` of one answer is at least 0, `answers` at least 1. Of a `population` that is asked in large part, less
    is left to chance. (W. G. Cochran, 1977, Sampling Techniques, chapter 2)
    """
    require(answers >= 1, "there is at least one answer")
    return (
        float(not_negative(deviation, "a deviation"))
        / math.sqrt(answers)
        * finite_population_factor(answers, population)
    )


def planned_margin(
    deviation: Number, answers: int, *, confidence: Number = 0.95, population: int | None = None
) -> float:
    """The margin to either side, in the unit of `deviation`, that so many answers will have.

    The inverse of `answers_for_margin`, with the same arguments.
    """
    error = standard_error(deviation, answers, population=population)
    return two_sided_normal(certainty(confidence, "confidence")) * error


def answers_for_margin(
    deviation: Number, margin: Number, *, confidence: Number = 0.95, population: int | None = None
) -> int:
    """The fewest answers, at least 1, whose mean, share or net score is right within `margin` to either side.

    `deviation` of one answer and `margin`, above 0, are in one unit. With a `population` it is never more than that.
    (W. G. Cochran, 1977, Sampling Techniques, chapter 4; J. Sauro and J. R. Lewis, 2016, Quantifying the User
    Experience, chapter 7)
    """
    errors = Fraction(two_sided_normal(certainty(confidence, "confidence")))
    endless = (errors * not_negative(deviation, "a deviation") / positive(margin, "a margin")) ** 2
    return of_population(endless, population)


def of_population(endless: Fraction, population: int | None) -> int:
    """How many answers, at least 1, of a `population` tell as much as so many of an endless one."""
    require(population is None or population >= 1, "a population has at least one member")
    needed = endless * population / (endless + population - 1) if population and endless else endless
    return max(1, math.ceil(needed))


def finite_population_factor(answers: int, population: int | None) -> float:
    """What a standard error is multiplied by, from 0 to 1, when `answers` are drawn from a `population` of this size.

    0 where all were asked, 1 where the population is endless (None). (W. G. Cochran, 1977, Sampling Techniques,
    chapter 2)
    """
    if population is None:
        return 1.0
    require(1 <= answers <= population, "there are at least one and at most as many answers as the population")
    return math.sqrt((population - answers) / (population - 1)) if population > 1 else 0.0


def answers_for_proof(level: Exact, *, confidence: Number = 0.95, population: int | None = None) -> int:
    """The fewest answers, all good, that prove a share of at least `level`: 73 for 95 %, 381 for 99 %.

    Proven is what the whole of Wilson's two-sided interval keeps, as in `breached when not proven met at 95%`; of n
    good answers it reaches down to n / (n + z²). `level` and `confidence` lie strictly between 0 and 1. With a
    `population` it is never more than that. (E. B. Wilson, 1927, Probable Inference, the Law of Succession, and
    Statistical Inference, JASA 22)
    """
    certainty(level, "a level")
    promised = Fraction(level)
    errors = Fraction(two_sided_normal(certainty(confidence, "confidence")))
    return of_population(errors**2 * promised / (1 - promised), population)


def trials_without_failure(level: Exact, *, confidence: Exact = Decimal("0.95")) -> int:
    """The fewest trials, all good, that bound the share of good ones from below by `level`: 59 for 95 %, 299 for 99 %.

    The exact bound, to one side only. `level` and `confidence` lie strictly between 0 and 1. (J. A. Hanley and
    A. Lippman-Hand, 1983, If Nothing Goes Wrong, Is Everything All Right?, JAMA 249)
    """
    certainty(level, "a level")
    certainty(confidence, "confidence")
    with localcontext() as context:
        context.prec = 50
        unproven, each = 1 - Fraction(confidence), Fraction(level)
        trials = as_decimal(unproven).ln() / as_decimal(each).ln()
        whole = trials.to_integral_value()
        return int(whole) if abs(trials - whole) < Decimal("1e-20") else math.ceil(trials)


def answers_for_percentile(percentile: Exact) -> int:
    """The fewest answers of which one is expected beyond a percentile: 20 for the 95th, 1,000 for the 99.9th.

    With fewer the percentile is merely the largest value. `percentile` is a share, at least 0 and below 1.
    """
    return events_for_one_miss(percentile)


def answers_for_percentile_bound(percentile: Exact, *, confidence: Exact = Decimal("0.95")) -> int:
    """The fewest answers whose largest is above a percentile with this confidence: 59 for the 95th, 299 for the 99th.

    With fewer a percentile has no upper bound, whatever was measured. Both arguments lie strictly between 0 and 1.
    (G. J. Hahn and W. Q. Meeker, 1991, Statistical Intervals, chapter 5)
    """
    return trials_without_failure(percentile, confidence=confidence)


def events_for_one_miss(level: Exact) -> int:
    """The fewest events of which one may miss and a share of at least `level` is still kept; level from 0 to below 1.

    With fewer the promise is in truth 100 %.
    """
    require(level != 1, "no number of events may miss 100 %")
    return math.ceil(1 / (1 - exact_share(level, "a level")))


def expected_answers(events: Exact, *, response_rate: Exact, asked: Exact = 1, spared: Exact = 0) -> Fraction:
    """How many answers come of so many events, at least 0: what is asked about, less who is spared, times who replies.

    All but `events` are shares. `spared` are those left alone because they were asked not long ago.
    """
    require(events >= 0, "there are no fewer than 0 events")
    reached = exact_share(asked, "asked") * (1 - exact_share(spared, "spared"))
    return Fraction(events) * reached * exact_share(response_rate, "the response rate")


class WindowVolume(NamedTuple):
    """A window, in the language's words (`calendar quarter`), and how many answers are expected in it, rounded down."""

    window: str
    answers: int


def shortest_window(needed: int, answers: Exact, *, each: str = "calendar month") -> WindowVolume | None:
    """The shortest of the `REPORTING_WINDOWS` in which the answers needed come together; None if a year has too few.

    `answers`, at least 0, are those expected `each` window, one of `MONTHS_IN`.
    """
    require(each in MONTHS_IN, f"{each} is none of {', '.join(MONTHS_IN)}")
    require(answers >= 0, "there are no fewer than 0 answers")
    monthly = Fraction(answers) / MONTHS_IN[each]
    volumes = (WindowVolume(window, math.floor(monthly * MONTHS_IN[window])) for window in REPORTING_WINDOWS)
    return next((volume for volume in volumes if volume.answers >= needed), None)


class TrueRange(NamedTuple):
    """The values that a true value can have, exactly; both ends are among them."""

    low: Fraction
    high: Fraction


def nonresponse_bounds(measured: Exact, response_rate: Exact, *, lowest: Exact = 0, highest: Exact = 1) -> TrueRange:
    """Where the true value can lie, if those who did not answer may think anything whatever.

    `measured` is a mean, share or net score on a scale from `lowest` to `highest`, and so are the bounds. No number
    of answers narrows them. (C. F. Manski, 1989, Anatomy of the Selection Problem, Journal of Human Resources 24)
    """
    value, bottom, top = Fraction(measured), Fraction(lowest), Fraction(highest)
    require(bottom <= value <= top, "what was measured lies on its scale")
    rate = exact_share(response_rate, "the response rate")
    return TrueRange(rate * value + (1 - rate) * bottom, rate * value + (1 - rate) * top)


def as_decimal(value: Fraction) -> Decimal:
    """A fraction to the precision of the context."""
    return Decimal(value.numerator) / Decimal(value.denominator)
