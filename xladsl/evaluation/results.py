"""What came of an evaluation, as plain data: exact numbers, and for each the trace that leads to it.

A ratio is a `Fraction` in its canonical unit: a percentage as a share of one, a length of time in seconds, money in its
currency, everything else as it is counted.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Literal, NamedTuple

Verdict = Literal["met", "breached", "inconclusive", "no data"]


class Bounds(NamedTuple):
    """A confidence interval, in the unit of the value, and the method by which it was found."""

    low: Fraction | None
    high: Fraction | None
    confidence: Fraction
    method: str


class LeftOut(NamedTuple):
    """Time or rows that did not count: by which block, how long (in seconds), and what was beyond its budget."""

    block: str
    seconds: Fraction
    beyond_budget: Fraction = Fraction(0)
    unannounced: Fraction = Fraction(0)


class Measured(NamedTuple):
    """A value, or why there is none.

    `numerator` and `denominator` are those of a ratio; `rows` is how many rows or answers it rests on, None for a
    value that counts none. `spread` is what an interval is worked out from: see `verdicts`. `trace` says in words and
    figures how it was found, a step at a time.
    """

    amount: Fraction | None
    unit: str
    numerator: Fraction | None = None
    denominator: Fraction | None = None
    rows: int | None = None
    spread: Spread | None = None
    counts_as: Verdict | None = None
    """What an empty window counts as, where the measurement says `empty counts as met` or `breached`."""
    left_out: tuple[LeftOut, ...] = ()
    trace: tuple[str, ...] = ()


class Spread(NamedTuple):
    """What a confidence interval needs: `share` good and answers; `mean` answers, sum and sum of squares; `net score`
    promoters, detractors and answers; `percentile` the rank and each value with how often it was given."""

    kind: Literal["share", "mean", "net score", "percentile"]
    answers: int
    figures: tuple[Fraction, ...] = ()
    histogram: tuple[tuple[Fraction, int], ...] = ()


class Judgement(NamedTuple):
    """The verdict on a promise in a window, for a group. `level` is the amount that held, `comparison` its word."""

    promise: str
    window: str
    start: int
    end: int
    group: str
    verdict: Verdict
    reason: str
    measured: Measured
    comparison: str
    level: Fraction | None
    bounds: Bounds | None = None
    warned: bool = False
    hidden: bool = False
    """Too few people: the value may not be shown, and the verdict rests on it all the same."""
    leads_to: tuple[str, ...] = ()
    trace: tuple[str, ...] = ()


class Step(NamedTuple):
    """A step of a payment: what was done, in words, and the amount after it, exact."""

    what: str
    amount: Fraction


class Paid(NamedTuple):
    """What a payment comes to in a window: `amount` after every step and the one rounding, in `unit` (`EUR`, `points`,
    `service days`). `status` says whether it is due: `due`, `not due`, `claimed`, `unclaimed`, `lapsed`, `undecided`.
    """

    payment: str
    window: str
    start: int
    end: int
    group: str
    unit: str
    amount: Fraction
    base: Fraction | None = None
    steps: tuple[Step, ...] = ()
    status: str = "due"
    to: str = ""
    trace: tuple[str, ...] = ()


class Followed(NamedTuple):
    """What follows besides money: a plan, a right, a reward, with the reason and the last day to use it."""

    block: str
    kind: str
    window: str
    reason: str
    until: str | None = None


class SourceRead(NamedTuple):
    """A source as it was read: whence, with which digest, how many rows came, and what became of each of them."""

    source: str
    files: tuple[tuple[str, str], ...]
    rows: int
    counted: int
    rejected: int = 0
    replaced: int = 0
    late: int = 0
    outside: int = 0
    problems: tuple[str, ...] = ()


class Evaluation(NamedTuple):
    """All that came of an agreement's windows that end in a period."""

    agreement: str
    period: tuple[str, str]
    judgements: tuple[Judgement, ...]
    payments: tuple[Paid, ...]
    followed: tuple[Followed, ...] = ()
    sources: tuple[SourceRead, ...] = ()
    notes: tuple[str, ...] = ()
    engine: tuple[str, str] = ("", "")
    digests: tuple[tuple[str, str], ...] = ()
