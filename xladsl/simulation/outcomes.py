"""What a measurement may come to in one window: outcomes in order, from the lowest, and how likely each of them is.

Probabilities are floats. An outcome itself is exact, as if it had been measured.
"""

from __future__ import annotations

import math
from fractions import Fraction
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from ..evaluation.results import Measured, Spread

if TYPE_CHECKING:
    import numpy as np

REACH = 8.0
"""Standard errors on either side, beyond which nothing is looked at: less than one in 10^15 lies there."""

STEPS = 20_001
"""Into how many values the range of a mean is divided; each stands for its surroundings."""

DECIMALS = 9

LONGEST = 35
"""How many times its mean length an event lasts at most: less than one in 10^15 lasts longer."""


class Outcome(NamedTuple):
    """What was measured: a value, or how long stretches of time lasted in all, in seconds."""

    measured: Measured | None = None
    length: Fraction | None = None


class Distribution(Protocol):
    """Outcomes are numbered from 0 to `size` - 1, in the order of their values."""

    size: int

    def below(self, number: int) -> float:
        """How likely it is that the outcome is this one or a lower one."""

    def outcome(self, number: int) -> Outcome: ...


class Certain:
    """It is what it is: nothing is left to chance."""

    size = 1

    def __init__(self, outcome: Outcome) -> None:
        self.only = outcome

    def below(self, number: int) -> float:  # noqa: ARG002  # there is one
        return 1.0

    def outcome(self, number: int) -> Outcome:  # noqa: ARG002  # as above
        return self.only


class Share:
    """How many of `rows` are good, if each is with a probability: the binomial distribution, exactly."""

    def __init__(self, truth: float, rows: int, unit: str) -> None:
        self.truth, self.rows, self.unit = truth, rows, unit
        self.size = rows + 1

    @cached_property
    def sums(self) -> np.ndarray[Any, Any]:
        import numpy as np

        good = np.arange(self.size)
        if self.truth in (0, 1):
            return np.where(good >= self.rows * self.truth, 1.0, 0.0)
        ways = np.array(factorial_logarithms(self.rows))
        logarithms = ways[-1] - ways - ways[::-1] + good * math.log(self.truth)
        return summed(np.exp(logarithms + (self.rows - good) * math.log1p(-self.truth)))

    def below(self, number: int) -> float:
        return float(self.sums[number])

    def outcome(self, number: int) -> Outcome:
        good, rows = Fraction(number), Fraction(self.rows)
        spread = Spread("share", self.rows, (good,))
        return Outcome(Measured(good / rows, self.unit, good, rows, self.rows, spread))


class NetScore:
    """Promoters less detractors among `answers`, in hundredths: exactly, by repeated convolution.

    How many answers are neither decides how sure the score is; it is taken to be what it is on average where the score
    is this one.
    """

    def __init__(self, likes: float, dislikes: float, answers: int, unit: str) -> None:
        self.likes, self.dislikes, self.answers, self.unit = likes, dislikes, answers, unit
        self.size = 2 * answers + 1

    @cached_property
    def sums(self) -> np.ndarray[Any, Any]:
        import numpy as np

        each = np.array([self.dislikes, 1 - self.likes - self.dislikes, self.likes])
        return summed(np.fft.irfft(np.fft.rfft(each, self.size) ** self.answers, self.size))

    def below(self, number: int) -> float:
        return float(self.sums[number])

    def outcome(self, number: int) -> Outcome:
        net = number - self.answers
        either = self.either(net)
        promoters = max(0, min((either + net + 1) // 2, self.answers))
        spread = Spread("net score", self.answers, (Fraction(promoters), Fraction(promoters - net)))
        return Outcome(Measured(Fraction(100 * net, self.answers), self.unit, rows=self.answers, spread=spread))

    def either(self, net: int) -> int:
        """How many answers are one or the other, on average, if the difference is this one."""
        likes, dislikes, answers = self.likes, self.dislikes, self.answers
        mean, varies = likes - dislikes, likes + dislikes - (likes - dislikes) ** 2
        slope = (likes * (1 - likes) - dislikes * (1 - dislikes)) / varies if varies > 0 else 0.0
        found = round(answers * (likes + dislikes) + slope * (net - answers * mean))
        most = answers - (answers - net) % 2  # of the parity that the difference has
        return max(abs(net), min(found + (found - net) % 2, most))


class Mean:
    """The mean of `answers`, normal around the true one; whatever lies outside of the scale lies at its end."""

    def __init__(
        self, truth: Fraction, spread: float, answers: int, unit: str, ends: tuple[Fraction | None, Fraction | None]
    ) -> None:
        self.truth, self.spread, self.answers, self.unit, self.ends = truth, spread, answers, unit, ends
        self.size = STEPS

    def below(self, number: int) -> float:
        return 1.0 if number == STEPS - 1 else normal(self.place(number + 0.5))

    def place(self, number: float) -> float:
        """How many standard errors from the true mean."""
        return REACH * (2 * number / (STEPS - 1) - 1)

    def outcome(self, number: int) -> Outcome:
        error = Fraction(round(self.place(number) * self.spread / math.sqrt(self.answers), DECIMALS))
        low, high = self.ends
        mean = self.truth + error
        mean = mean if low is None else max(mean, low)
        mean = mean if high is None else min(mean, high)
        total = mean * self.answers
        squares = Fraction(self.spread) ** 2 * (self.answers - 1) + total * mean
        spread = Spread("mean", self.answers, (total, squares))
        return Outcome(Measured(mean, self.unit, total, Fraction(self.answers), self.answers, spread))


class OfOneLength:
    """How long one event lasts, to the second: exponentially spread. With a unit it is the value that is measured."""

    def __init__(self, lasting: float, unit: str | None = None) -> None:
        """`lasting` is the mean, in seconds."""
        self.lasting, self.unit = lasting, unit
        self.size = math.ceil(lasting * LONGEST) + 1

    def below(self, number: int) -> float:
        return 1.0 if number == self.size - 1 else -math.expm1(-(number + 0.5) / self.lasting)

    def outcome(self, number: int) -> Outcome:
        seconds = Fraction(number)
        return Outcome(length=seconds) if self.unit is None else Outcome(Measured(seconds, self.unit, rows=1))


class Downtime:
    """How long it is down in all, to the second: a Poisson number of outages, each exponentially long."""

    def __init__(self, outages: float, lasting: float, window: int) -> None:
        """`outages` is the mean number in the window, `lasting` their mean length, `window` its length, in seconds."""
        self.outages, self.lasting = outages, lasting
        self.size = window + 1

    @cached_property
    def numbers(self) -> np.ndarray[Any, Any]:
        """How likely each number of outages is, up to one that nobody will see."""
        return poisson(self.outages, math.ceil(self.outages + 12 * math.sqrt(self.outages) + 30))

    def below(self, number: int) -> float:
        if number == self.size - 1:
            return 1.0
        return whole_downtime(self.outages, self.lasting, number)

    def outcome(self, number: int) -> Outcome:
        return Outcome(length=Fraction(number))


@lru_cache(maxsize=100_000)  # months of one length ask the same
def whole_downtime(outages: float, lasting: float, seconds: int) -> float:
    """How likely it is that all outages together take no longer.

    A sum of n exponential lengths is within a time if a Poisson process of their rate has n arrivals in it.
    """
    import numpy as np

    most = math.ceil(outages + 12 * math.sqrt(outages) + 30)
    numbers = poisson(outages, most)
    # A second and the half after it: lengths are rounded to seconds, and nothing at all is no second.
    arrivals = poisson((seconds + 0.5) / lasting, most) if lasting else np.zeros(most + 1)
    enough = 1 - np.concatenate(([0.0], np.cumsum(arrivals)[:-1]))
    return min(1.0, float(numbers @ enough))


def poisson(mean: float, most: int) -> np.ndarray[Any, Any]:
    """The probabilities of 0 to `most`."""
    import numpy as np

    if mean == 0:
        certain: np.ndarray[Any, Any] = np.eye(1, most + 1)[0]
        return certain
    numbers = np.arange(most + 1)
    found: np.ndarray[Any, Any] = np.exp(numbers * math.log(mean) - mean - np.array(factorial_logarithms(most)))
    return found


@lru_cache(maxsize=64)
def factorial_logarithms(most: int) -> tuple[float, ...]:
    """The logarithms of the factorials of 0 to `most`."""
    return tuple(math.lgamma(number + 1) for number in range(most + 1))


def summed(probabilities: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """From the first to each; the last is 1, whatever rounding left of it."""
    sums: np.ndarray[Any, Any] = probabilities.clip(min=0).cumsum()
    found: np.ndarray[Any, Any] = sums / sums[-1]
    return found


def normal(place: float) -> float:
    return 0.5 * math.erfc(-place / math.sqrt(2))
