"""How each thing that is measured behaves: as told, else as past data show, else as the agreement supposes.

Where nobody says how good the service is, it is exactly as good as promised: on average neither better nor worse than
its level. What is supposed is written down, for whoever reads the numbers.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, fields, replace
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal

from ..evaluation.figures import written
from ..evaluation.judging.occasions import SINGLE
from ..evaluation.judging.verdicts import keeps, level_of
from ..evaluation.results import Measured
from ..evaluation.scope import EVERYONE, Group, Scope
from ..evaluation.values.formulas import subject_of
from ..model import nodes, samples
from ..model.ranges import range_of_measured
from ..model.units import DURATIONS, measured_unit
from .outcomes import Certain, Distribution, Downtime, Mean, NetScore, OfOneLength, Outcome, Share
from .things import is_measured_against, leading_length, root

if TYPE_CHECKING:
    from ..evaluation.instants.windows import Window
    from .supposing import Setting
    from .things import Thing

Origin = Literal["told", "past", "supposed"]

SECONDS_OF_YEAR = Fraction(31_556_952)
USUAL_OUTAGES = USUAL_EVENTS = Fraction(12)
MICROSECONDS = 1_000_000
HUNDRED = 100


@dataclass(frozen=True)
class Said:
    """What somebody says of a thing; None where nothing is said.

    `truth` is the value that a census of endless length would find, in its canonical unit; `rows` how many rows or
    answers a window has; `spread` how far single answers lie apart; `likes` and `dislikes` are shares of the answers
    to a net score; `outages` is a mean number for a year, `lasting` their mean length in seconds; `events` is the mean
    number in a year of single events, tickets or stretches of time, of which each is judged by itself.
    """

    truth: Fraction | None = None
    rows: int | None = None
    spread: Fraction | None = None
    likes: Fraction | None = None
    dislikes: Fraction | None = None
    outages: Fraction | None = None
    lasting: Fraction | None = None
    events: Fraction | None = None

    def or_else(self, other: Said) -> Said:
        """This, and where it is silent the other. A truth that is told in one way is not mixed with one in another."""
        own = {each.name: getattr(self, each.name) for each in fields(self)}
        if self.truth is not None or self.likes is not None:
            other = replace(other, truth=None, likes=None, dislikes=None)
        if self.truth is not None:
            other = replace(other, outages=None, lasting=None)
        return Said(**{name: getattr(other, name) if value is None else value for name, value in own.items()})


NOTHING_SAID = Said()


class Behaviour:
    """How one thing behaves, in any window."""

    def __init__(self, setting: Setting, thing: Thing, said: Said, origin: Origin = "supposed") -> None:
        self.setting = setting
        self.thing = thing
        self.said = said
        self.origin = origin
        self.promise = thing.promises[0] if thing.promises else None
        self.rows = said.rows if said.rows is not None else expected_rows(thing)
        self.spread = said.spread if said.spread is not None else usual_spread(thing)
        self.kind = self.kind_of()

    def kind_of(self) -> str:
        """`downtime`, `share`, `net score`, `mean`, `events`, or `certain` for what does not vary."""
        if self.thing.is_single:
            return "events"
        if self.thing.is_length:
            return "certain" if self.is_whole else "downtime"
        kind = self.thing.basis.kind if self.thing.basis is not None else ""
        if not self.rows:
            return "certain"
        if kind in ("share", "net score"):
            return kind
        return "mean" if self.spread is not None and (kind == "mean" or self.said.spread is not None) else "certain"

    @property
    def is_leading(self) -> bool:
        """Whether the length decides how its promise fares, if nothing is said of it."""
        return self.promise is not None and leading_length(subject_of(root(self.promise))) is self.thing.block

    @property
    def is_whole(self) -> bool:
        """Whether it is a length that others are held against, and nothing is said of it."""
        subject = subject_of(root(self.promise)) if self.promise is not None else None
        return self.said == NOTHING_SAID and is_measured_against(subject, self.thing.block)

    @property
    def is_sample(self) -> bool:
        """Whether a value may differ from the true one by chance."""
        return self.kind in ("share", "net score", "mean")

    # ------------------------------------------------------------------------------------------------- in a window

    def distribution(self, window: Window, group: str) -> Distribution:
        if window in self.setting.months:
            return self.of_one_event(window, group)
        if self.thing.is_length:
            return self.downtime(window)
        truth = self.truth(window, group)
        unit = self.thing.unit
        if truth is None or not self.is_sample:
            return Certain(Outcome(Measured(truth, unit)))
        assert self.rows is not None
        if self.kind == "share":
            return Share(float(min(max(truth, Fraction(0)), Fraction(1))), self.rows, unit)
        if self.kind == "net score":
            likes, dislikes = self.sides(truth)
            return NetScore(float(likes), float(dislikes), self.rows, unit)
        assert self.spread is not None
        return Mean(truth, float(self.spread), self.rows, unit, self.ends())

    def true_outcome(self, window: Window, group: str) -> Outcome:
        """What would be measured if chance had no part in it."""
        if window in self.setting.months and self.thing.is_length:
            return Outcome(length=self.usual_length(window, group))
        if self.thing.is_length:
            outages, lasting = self.outages_in(window)
            return Outcome(length=Fraction(round(outages * lasting)))
        return Outcome(Measured(self.truth(window, group), self.thing.unit))

    def truth(self, window: Window, group: str = "") -> Fraction | None:
        """The true value: what is said, or the level that holds in the window."""
        if self.said.likes is not None and self.said.dislikes is not None:
            return (self.said.likes - self.said.dislikes) * HUNDRED
        if self.said.truth is not None:
            return self.said.truth
        if self.promise is None:
            return Fraction(self.rows) if self.rows is not None else None
        return self.level(self.promise, window, group)

    def level(self, promise: nodes.Promise, window: Window, group: str = "") -> Fraction | None:
        scope = Scope(window, Group(group), promise)
        return level_of(self.setting.at_rest, promise, scope)

    def sides(self, truth: Fraction) -> tuple[Fraction, Fraction]:
        """The shares of those who like it and those who do not."""
        if self.said.likes is not None and self.said.dislikes is not None:
            return self.said.likes, self.said.dislikes
        score = min(max(truth / HUNDRED, Fraction(-1)), Fraction(1))
        if self.said.likes is not None:
            return self.said.likes, min(max(self.said.likes - score, Fraction(0)), 1 - self.said.likes)
        either = min(Fraction(1), Fraction(str(samples.USUAL_NET_SCORE_VARIANCE)) + score * score)
        return (either + score) / 2, (either - score) / 2

    def ends(self) -> tuple[Fraction | None, Fraction | None]:
        found = range_of_measured(self.thing.block)
        low, high = (None if end is None else Fraction(end) for end in (found.low, found.high))
        return low, high

    # ------------------------------------------------------------------------------------------------ single events

    def events_in(self, window: Window) -> float:
        """How many events there are, on average, in the month that one of them stands for."""
        return float(self.events_in_year * self.setting.months[window] / MICROSECONDS / SECONDS_OF_YEAR)

    @property
    def events_in_year(self) -> Fraction:
        told = self.said.events if self.said.events is not None else self.said.outages
        if told is not None:
            return told
        return self.expected_events if self.expected_events is not None else USUAL_EVENTS

    @cached_property
    def expected_events(self) -> Fraction | None:
        """How many rows the agreement expects in a year; of stretches of time it does not say how many there are."""
        return (
            None if self.thing.basis is None else samples.expected_of_source(self.thing.basis.source, "calendar year")
        )

    def of_one_event(self, window: Window, group: str) -> Distribution:
        """What is measured in a single event: how long it takes, exponentially spread, or whether it is counted."""
        unit, truth = self.thing.unit, self.truth(window, group)
        if self.thing.is_length:
            lasting = self.usual_length(window, group)
            return OfOneLength(float(lasting)) if lasting else Certain(Outcome(length=lasting))
        if truth is None:
            return Certain(Outcome(Measured(None, unit)))
        if unit in DURATIONS:
            return OfOneLength(float(truth), unit) if truth > 0 else Certain(Outcome(Measured(truth, unit)))
        if 0 <= truth <= 1:
            return Share(float(truth), 1, unit)
        return Certain(Outcome(Measured(truth, unit)))

    def usual_length(self, window: Window, group: str) -> Fraction:
        """How long one event lasts on average, in seconds: what is said, or the longest that the promise allows."""
        if self.said.lasting is not None:
            return self.said.lasting
        single = next((each for each in self.thing.promises if each.each in SINGLE), None)
        if single is None or measured_unit(single) not in DURATIONS:
            return Fraction(0)
        return self.level(single, window, group) or Fraction(0)

    # ---------------------------------------------------------------------------------------------------- downtime

    def downtime(self, window: Window) -> Distribution:
        outages, lasting = self.outages_in(window)
        if not outages or not lasting or self.is_whole:
            return Certain(Outcome(length=outages * lasting))
        return Downtime(float(outages), float(lasting), int(length_of(window)))

    def outages_in(self, window: Window) -> tuple[Fraction, Fraction]:
        """How many outages a window has on average, and how long each lasts on average, in seconds."""
        if self.is_whole:
            return Fraction(1), length_of(window)
        part = length_of(window) / SECONDS_OF_YEAR
        outages, lasting = self.said.outages, self.said.lasting
        if outages is not None and lasting is not None:
            return outages * part, lasting
        allowed = self.allowed(window)
        if lasting is not None:
            return allowed / lasting if lasting else Fraction(0), lasting
        number = (USUAL_OUTAGES if outages is None else outages) * part
        return number, allowed / number if number else Fraction(0)

    def allowed(self, window: Window) -> Fraction:
        """The downtime at which a promise comes to its true value, which is the level if nothing is said: the most that
        keeps it."""
        if self.promise is None or not self.is_leading:
            return Fraction(0)
        truth = self.said.truth if self.said.truth is not None else self.level(self.promise, window)
        if truth is None:
            return Fraction(0)
        least, most = 0, int(length_of(window))
        while least < most:
            middle = (least + most + 1) // 2
            least, most = (middle, most) if self.is_kept(middle, truth, window) else (least, middle - 1)
        return Fraction(least)

    def is_kept(self, seconds: int, truth: Fraction, window: Window) -> bool:
        from .supposing import Supposition

        assert self.promise is not None
        outcome = Outcome(length=Fraction(seconds))
        name = self.thing.name
        supposed = Supposition(self.setting, lambda each: outcome if each.name == name else self.setting.usual(each))
        value = supposed.measured(self.promise, Scope(window, EVERYONE, self.promise)).amount
        return value is not None and keeps(self.promise.level.comparison, value, truth)

    # ----------------------------------------------------------------------------------------------------- in words

    def assumptions(self, window: Window) -> list[str]:
        """What is supposed without anybody saying so, in sentences."""
        name = f"`{self.thing.name}`"
        if self.thing.is_single:
            return self.assumptions_of_events(name, window)
        if self.thing.is_length:
            return self.assumptions_of_downtime(name, window)
        found = []
        truth = self.truth(window)
        if truth is None:
            return [f"{name} has no value: nothing says what it comes to."]
        if self.said.truth is None and self.said.likes is None:
            if self.promise is None:
                found.append(f"{name} is {written(truth, self.thing.unit)} in each window, all the rows expected.")
            else:
                found.append(f"{name} is truly as promised: {written(truth, self.thing.unit)} in {window.name}.")
        if not self.is_sample:
            return [*found, *([f"{name} does not vary: {self.why_certain()}."] if self.promise is not None else [])]
        if self.said.rows is None:
            narrowed = self.thing.basis is not None and self.thing.basis.narrowed
            bound = ", all that are expected; how many of them it looks at is not said" if narrowed else ""
            found.append(f"{name} rests on {self.rows:,} rows in each window{bound}.")
        if self.kind == "mean" and self.said.spread is None:
            found.append(f"Single answers of {name} lie {self.digits(self.spread)} apart, as its `spread` says.")
        if self.kind == "net score" and self.said.likes is None:
            likes, dislikes = self.sides(truth)
            found.append(
                f"{name} is {float(likes):.1%} likes and {float(dislikes):.1%} dislikes, the most that varies."
            )
        return found

    def assumptions_of_downtime(self, name: str, window: Window) -> list[str]:
        if self.said.outages is not None and self.said.lasting is not None:
            return []
        if self.is_whole:
            return [f"{name} is the whole window."]
        outages, lasting = self.outages_in(window)
        if not lasting:
            return [f"{name} lasts no time: nothing says how long."]
        each_year = float(outages * SECONDS_OF_YEAR / length_of(window))
        outcome = "what is told" if self.said.truth is not None else "exactly what is promised"
        many = f"{each_year:,.3g} outages a year of {float(lasting) / 60:,.3g} min on average"
        return [f"{name} is {many}, so that the average comes to {outcome}."]

    def assumptions_of_events(self, name: str, window: Window) -> list[str]:
        found = []
        if self.said.events is None:
            why = "that are expected" if self.expected_events is not None else "for want of anything said"
            narrowed = self.thing.basis is not None and self.thing.basis.narrowed and self.expected_events is not None
            bound = "; how many of them it looks at is not said" if narrowed else ""
            found.append(f"{name} is judged {float(self.events_in_year):,.4g} times a year, {why}{bound}.")
        if self.thing.is_length and self.said.lasting is None:
            lasting = float(self.usual_length(window, "")) / 60
            found.append(
                f"Each event of {name} lasts {lasting:,.3g} min on average, exactly what is promised."
                if lasting
                else f"No event of {name} lasts any time: nothing says how long."
            )
        elif not self.thing.is_length and self.said.truth is None:
            truth = self.truth(window)
            found.append(
                f"{name} has no value: nothing says what it comes to."
                if truth is None
                else f"{name} is on average what is promised: {self.digits(truth)} in {window.name[:7]}."
            )
        return found

    def told_in_words(self) -> str:
        """What somebody says of it, in a line."""
        said, unit = self.said, self.thing.unit
        if self.thing.is_length and self.promise is not None:
            unit = measured_unit(self.promise)
        parts = [
            None if said.truth is None else f"truly {written(said.truth, unit)}",
            None if said.likes is None else f"{float(said.likes):.1%} likes",
            None if said.dislikes is None else f"{float(said.dislikes):.1%} dislikes",
            None if said.rows is None else f"{said.rows:,} rows in each window",
            None if said.spread is None else f"single answers {written(said.spread, unit)} apart",
            None if said.outages is None else f"{float(said.outages):,.3g} outages a year",
            None if said.events is None else f"{float(said.events):,.4g} events a year",
            None if said.lasting is None else f"{float(said.lasting) / 60:,.3g} min each on average",
        ]
        return f"`{self.thing.name}`: {', '.join(part for part in parts if part is not None)}."

    def why_certain(self) -> str:
        if not self.rows:
            return "how many rows it rests on is not known, and `rows` would say it"
        return "how far single values lie apart is not known, and `spread` would say it"

    def digits(self, amount: Fraction | None) -> str:
        return written(amount or Fraction(0), self.thing.unit)


def length_of(window: Window) -> Fraction:
    return Fraction(window.end - window.start, MICROSECONDS)


def expected_rows(thing: Thing) -> int | None:
    """How many rows the agreement expects in a window."""
    if thing.basis is None or not thing.promises:
        return expected_count(thing)
    found = samples.expected(thing.promises[0], thing.basis)
    return found or None


def expected_count(thing: Thing) -> int | None:
    """How many rows a month has of what is counted for a fee."""
    from ..model import expressions

    value: Any = getattr(thing.block, "value", None)
    source = getattr(getattr(value, "of", None), "target", None)
    if thing.promises or not isinstance(value, expressions.Count) or not isinstance(source, nodes.Source):
        return None
    found = samples.expected_of_source(source, "calendar month")
    return None if found is None else math.floor(found)


def usual_spread(thing: Thing) -> Fraction | None:
    if not thing.promises or thing.is_length:
        return None
    found = samples.spread_of(thing.promises[0])
    return None if found is None else Fraction(str(found))
