"""What has happened in a window and in those before it, or cannot be told.

A condition is true, false, or None where what it speaks of was neither measured nor told. A history looks back over the
windows of the promise, never beyond the first one that counts; where it counts in longer units than the promise has
windows, a month is breached by any day in it, and met by all.
"""

from __future__ import annotations

from datetime import time
from typing import TYPE_CHECKING, Any

from ...model import expressions, nodes
from ...model.promises import sources_of
from ...model.samples import sources_of_promise
from ..instants.windows import Window
from ..money.subjects import scopes_of
from ..rows.requests import Listing
from ..rows.terms import dated
from ..scope import EVERYONE, Group, Scope
from .occasions import between
from .verdicts import first_counted, keeps

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from fractions import Fraction

    from ..assessment import Assessment
    from ..instants.windows import Windows
    from ..results import Judgement, Verdict
    from ..rows.requests import Test

SYMBOLS = {"<": "below", "<=": "at most", ">": "above", ">=": "at least"}
GOOD = ("met", "not breached")
STRETCHES = (nodes.Intervals, nodes.Outages, nodes.Probes, nodes.Tickets, nodes.LeavesOut)


def holds(
    assessment: Assessment,
    condition: Any,
    window: Window,
    group: Group = EVERYONE,
    event: tuple[str, Test] | None = None,
) -> bool | None:
    """Whether a condition is true in a window, for a group and for one row; None where it cannot be told."""
    if isinstance(condition, expressions.AnyCondition):
        return any_of(holds(assessment, option, window, group, event) for option in condition.options)
    if isinstance(condition, expressions.AllConditions):
        return all_of(holds(assessment, option, window, group, event) for option in condition.options)
    return History(assessment, condition, group, event).holds(window)


def any_of(found: Iterable[bool | None]) -> bool | None:
    """True if one is, False if all are, and otherwise unknown."""
    known = list(found)
    return True if True in known else None if None in known else False


def all_of(found: Iterable[bool | None]) -> bool | None:
    known = list(found)
    return False if False in known else None if None in known else True


def at_least(times: int, found: Iterable[bool | None]) -> bool | None:
    """Whether so many are true; unknown if it depends on those that are."""
    known = list(found)
    sure = known.count(True)
    if sure >= times:
        return True
    return None if sure + known.count(None) >= times else False


class History:
    """One test of promises or of a measurement, and over which windows it is asked."""

    def __init__(
        self, assessment: Assessment, condition: Any, group: Group, event: tuple[str, Test] | None = None
    ) -> None:
        self.assessment = assessment
        self.condition = condition
        self.group = group
        self.history = condition.history
        self.event = event if self.history is None else None
        self.about = [named.found for named in getattr(condition, "conditioned", [])]

    def holds(self, window: Window) -> bool | None:
        """By the kind of the history; without one, in the window itself."""
        history = self.history
        if isinstance(history, expressions.WithinAny):
            return self.within_any(window, history)
        windows = self.windows(getattr(history, "unit", ""))
        here = self.current(windows, window)
        if history is None or isinstance(history, expressions.SingleWindow):
            return self.so(window if history is None else here)
        if here is None:
            return False
        if isinstance(history, expressions.PreviousWindow):
            return at_least(1, self.last(windows, here, 2)[1:])
        number = history.of if isinstance(history, expressions.TimesOfLast) else history.times
        return at_least(int(history.times), self.last(windows, here, int(number)))

    def last(self, windows: Windows, here: Window, number: int) -> list[bool | None]:
        """What is so in the last windows that count, this one first."""
        first = first_counted(self.assessment)
        found: list[bool | None] = []
        window: Window | None = here
        while window is not None and len(found) < number and window.end > first:
            found.append(self.so(window))
            window = windows.before(window)
        return found

    def windows(self, unit: str) -> Windows:
        """The windows that a history counts in: those of the promise, unless its unit is longer than they are."""
        unit = unit.removesuffix("s")
        timed = [one for one in self.about if hasattr(one, "each")]
        zone = next((one.timezone for one in timed if getattr(one, "timezone", None)), self.assessment.zone)
        if unit and unit != "window" and not (timed and all(in_unit(one.each, unit) for one in timed)):
            return self.assessment.windows(f"calendar {unit}", zone)
        if timed and isinstance(timed[0], nodes.Promise):
            return self.assessment.windows_of(timed[0])
        return self.assessment.windows(timed[0].each if timed else "calendar month", zone)

    @staticmethod
    def current(windows: Windows, window: Window) -> Window | None:
        """The window that ends with this one, or the last that ended before: what is not over has no history yet."""
        found = windows.containing(window.end - 1)
        return windows.before(found) if found is not None and found.end > window.end else found

    # A single window

    def so(self, window: Window | None) -> bool | None:
        """Whether it is so in a window, for all that the condition speaks of together."""
        if window is None:
            return False
        if isinstance(self.condition, expressions.ValueTest):
            return self.value_is(window)
        found = [self.promise_is(one, window) for one in self.about]
        number = getattr(self.condition, "of_them", None)
        return all_of(found) if number is None else at_least(int(number), found)

    def value_is(self, window: Window) -> bool | None:
        from ..values.formulas import value_of

        scope = Scope(window, self.group, event=self.event)
        found = value_of(self.assessment, self.condition.value, scope).amount
        limit = value_of(self.assessment, self.condition.amount, scope).amount
        return None if found is None or limit is None else keeps(SYMBOLS[self.condition.relation], found, limit)

    def promise_is(self, one: Any, window: Window) -> bool | None:
        """Whether it is so of a promise in all of its windows that end in this one, or in any if it is bad news."""
        scopes = scopes_ending_in(self.assessment, one, window, self.group, self.event)
        if not scopes:
            return None if not isinstance(one, nodes.Promise) else False
        found = [self.is_so(one, scope) for scope in scopes]
        return all_of(found) if self.is_good(one) else any_of(found)

    def is_good(self, one: Any) -> bool:
        """Whether the condition speaks of something that all parts must have, such as a promise that is met."""
        if isinstance(self.condition, expressions.LevelTest):
            from ...model.promises import direction

            better = direction(one) if isinstance(one, nodes.Promise) else getattr(one, "better", None)
            return (better == "higher") == (self.condition.relation in ("above", "at least"))
        return self.condition.state in GOOD or (self.condition.state == "exceeded" and isinstance(one, nodes.Promise))

    def is_so(self, one: Any, scope: Scope) -> bool | None:
        if isinstance(self.condition, expressions.LevelTest):
            return self.compares(one, scope)
        return STATES.get(type(one), of_promise)(self.assessment, one, scope, self.condition.state)

    def compares(self, one: Any, scope: Scope) -> bool | None:
        from ..values.formulas import value_of

        measured = amount_in(self.assessment, one, scope)
        limit = value_of(self.assessment, self.condition.amount, scope).amount
        return None if measured is None or limit is None else keeps(self.condition.relation, measured, limit)

    # Any stretch of a length

    def within_any(self, window: Window, history: expressions.WithinAny) -> bool | None:
        """Whether it is so in some stretch of that length that ends in the window."""
        from ..instants.clocks import later

        agreement, zone = self.assessment.contract.agreement, self.assessment.zone

        def before(instant: int) -> int:
            return max(first_counted(self.assessment), later(instant, history.length, None, agreement, zone, sign=-1))

        if not isinstance(self.condition, expressions.ValueTest):
            around = stretch(before(window.end), window.end, window.name)
            return all_of(
                any_of(self.is_so(one, scope) for scope in scopes_ending_in(self.assessment, one, around, self.group))
                for one in self.about
            )
        return any_of(self.so(stretch(before(end), end, window.name)) for end in self.ends(window, history))

    def ends(self, window: Window, history: expressions.WithinAny) -> list[int]:
        """Where a stretch of that length has to end for the most to lie in it: with what is counted, just after a row,
        or where a stretch that begins with it does."""
        from ..instants.clocks import later
        from ..stretches.intervals import stretches_of
        from .occasions import dates

        agreement, zone = self.assessment.contract.agreement, self.assessment.zone
        start = later(window.start, history.length, None, agreement, zone, sign=-1)
        around = Scope(stretch(start, window.end, window.name), self.group)
        found = {window.end}
        for block in blocks_of_stretches(self.condition.value):
            for each in stretches_of(self.assessment, block, around):
                found |= {each.end, later(each.start, history.length, None, agreement, zone)}
        for source in sources_of(self.condition.value):
            for moment in dates(self.assessment, source, None, start, window.end):
                found |= {moment + 1, later(moment, history.length, None, agreement, zone)}
        return sorted(end for end in found if window.start < end <= window.end)


def stretch(start: int, end: int, name: str) -> Window:
    return Window(start, end, name, (start, end))


def blocks_of_stretches(formula: Any) -> list[Any]:
    from ...model.node import walk

    lasting = (expressions.Length, expressions.Count)
    found = [part.of.found for part in walk(formula) if isinstance(part, lasting)]
    return [block for block in found if isinstance(block, STRETCHES)]


def in_unit(each: Any, unit: str) -> bool:
    """Whether windows are of a unit, be it of the calendar, the contract or the invoice; or longer than it."""
    sizes = {"day": 1, "week": 7, "month": 30, "quarter": 91, "half year": 182, "year": 365, "term": 10_000}
    if not isinstance(each, str):
        return False
    own = each if each in sizes else each.rpartition(" ")[2]
    return own in sizes and sizes[own] >= sizes[unit]


# ---------------------------------------------------------------------------------------------- what a window came to


def scopes_ending_in(
    assessment: Assessment, one: Any, window: Window, group: Group, event: tuple[str, Test] | None = None
) -> list[Scope]:
    """The windows of something promised that end in a window, each of its groups by itself unless one is asked for."""
    if isinstance(one, nodes.Promise):
        return scopes_of(assessment, one, window, group)
    return [Scope(window, group, event=event)]


def amount_in(assessment: Assessment, one: Any, scope: Scope) -> Fraction | None:
    """The measured value of a promise or a KPI, what a payment came to, or how much of a limit was used."""
    if isinstance(one, nodes.Limit):
        return used(assessment, one, scope)
    if isinstance(one, nodes.Payment):
        return assessment.paid(one, scope.window, scope.group).amount
    if isinstance(one, nodes.Promise):
        return assessment.judged(one, scope).measured.amount
    return assessment.measured(one, scope).amount


def of_promise(assessment: Assessment, one: Any, scope: Scope, state: str) -> bool | None:
    if not isinstance(one, nodes.Promise):
        return None
    found = assessment.judged(one, scope)
    if state == "exceeded":
        return exceeds(found)
    told = state.removeprefix("not ")
    return (found.verdict == told) != state.startswith("not ")


def exceeds(found: Judgement) -> bool | None:
    """Whether a promise is kept and more than kept: a value at the level itself does not exceed it."""
    if found.measured.amount is None or found.level is None:
        return False if found.verdict != "met" else None
    strictly = {"at least": "above", "at most": "below"}.get(found.comparison, found.comparison)
    return found.verdict == "met" and keeps(strictly, found.measured.amount, found.level)


def of_limit(assessment: Assessment, one: nodes.Limit, scope: Scope, state: str) -> bool | None:
    number = used(assessment, one, scope)
    if number is None:
        return None
    if state == "inconclusive":
        return False
    return (number > one.at_most.count) != (state in GOOD)


def used(assessment: Assessment, limit: nodes.Limit, scope: Scope) -> Fraction | None:
    """How much of a limit was used: rows of the source that it is for, or of the one source of that kind which the
    promises about its services are measured from."""
    from fractions import Fraction

    from ..rows.requests import Tally
    from ..rows.terms import rows_in

    told = assessment.given.value(limit.name, scope.window)
    source = source_of(assessment, limit)
    if told is not None or source is None:
        return told
    counted = assessment.engine.tally(Tally(source.name, rows_in(assessment, source, scope)))
    return Fraction(sum(each.rows for each in counted.values()))


def source_of(assessment: Assessment, limit: nodes.Limit) -> nodes.Source | None:
    about = [named.found for named in limit.for_whom]
    found = [one for one in about if isinstance(one, nodes.Source)]
    if not found:
        kind = limit.at_most.what.split()[-1].removesuffix("s")
        behind = [
            source
            for promise in assessment.contract.every(nodes.Promise)
            if any(named.found in about for named in promise.for_whom)
            for source in sources_of_promise(assessment.contract, promise)
        ]
        found = [one for one in dict.fromkeys(behind) if type(one).__name__.lower().removesuffix("s") == kind]
    return found[0] if len(found) == 1 else None


def of_obligation(assessment: Assessment, one: nodes.Obligation, scope: Scope, state: str) -> bool | None:
    """Whether something was done by its day, or once in the window; None where nobody says and no rows prove it."""
    told = assessment.given.verdict(one.name, scope.window) or proven(assessment, one, scope.window)
    if told is None:
        return None
    return (told == state.removeprefix("not ")) != state.startswith("not ")


def proven(assessment: Assessment, obligation: nodes.Obligation, window: Window) -> Verdict | None:
    """What the rows that prove an obligation come to. Before its day it is neither met nor breached."""
    from ..instants.zones import instant

    source = obligation.proof.found if obligation.proof is not None else None
    date = dated(source) if source is not None else None
    if source is None or date is None or source.name not in assessment.engine.sources():
        return None
    start, end = window.start, window.end
    if obligation.due is not None:
        start = assessment.windows("term", assessment.zone).term.start
        end = instant(obligation.due, time.max, assessment.zone)
    done = assessment.engine.listed(Listing(source.name, (date,), between(date, start, end)))
    if done:
        return "met"
    return "breached" if end <= window.end else "inconclusive"


STATES: dict[type, Callable[[Assessment, Any, Scope, str], bool | None]] = {
    nodes.Limit: of_limit,
    nodes.Obligation: of_obligation,
}
