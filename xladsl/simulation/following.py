"""What follows in many years at once: conditions and their history, combinations, and what is earned back.

The evaluator works out single windows; what it does over several of them, to sums and to counts, is done here for all
years side by side, by the same rules.
"""

from __future__ import annotations

from fractions import Fraction
from functools import reduce
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from ..evaluation.judging.conditions import History
from ..evaluation.judging.verdicts import first_counted
from ..evaluation.money import earnings
from ..evaluation.money.caps import reach
from ..evaluation.money.combinations import combination_windows, members
from ..evaluation.money.meetings import entries_in
from ..evaluation.money.stages import amount_of_cap
from ..evaluation.scope import EVERYONE, Scope
from ..evaluation.stretches.algebra import END
from ..model import expressions, nodes
from .capped import amounts, in_steps, worth
from .supposing import Amount

if TYPE_CHECKING:
    from ..evaluation.instants.windows import Window
    from ..evaluation.money.earnings import Chance
    from .chunks import Chunk
    from .supposing import Supposition

Numbers = np.ndarray[Any, np.dtype[np.float64]]

TRUE, FALSE, OPEN = 1, 0, -1
"""What a condition is in a year; open is what cannot be told."""

ADDED, LARGEST = "add up", "only the largest"


# --------------------------------------------------------------------------------------------------------- conditions


def truth(chunk: Chunk, condition: Any, window: Window) -> Any:
    """Whether a condition is true in a window, in each year."""
    if isinstance(condition, expressions.AnyCondition):
        return at_least(1, [truth(chunk, option, window) for option in condition.options])
    if isinstance(condition, expressions.AllConditions):
        return all_of([truth(chunk, option, window) for option in condition.options])
    history = condition.history
    if isinstance(history, expressions.WithinAny):
        return asked(chunk, condition, window, whole=True)
    if history is None:
        return asked(chunk, condition, window)
    about = History(chunk.learnt.setting.at_rest, condition, EVERYONE)
    windows = about.windows(getattr(history, "unit", ""))
    here = about.current(windows, window)
    if here is None:
        return np.int8(FALSE)
    if isinstance(history, expressions.SingleWindow):
        return asked(chunk, condition, here)
    number = 2 if isinstance(history, expressions.PreviousWindow) else getattr(history, "of", history.times)
    first = first_counted(chunk.learnt.setting.at_rest)
    last: list[Any] = []
    each: Window | None = here
    while each is not None and len(last) < number and each.end > first:
        last.append(asked(chunk, condition, each))
        each = windows.before(each)
    if isinstance(history, expressions.PreviousWindow):
        return at_least(1, last[1:])
    return at_least(int(history.times), last)


def asked(chunk: Chunk, condition: Any, window: Window, *, whole: bool = False) -> Any:
    """Whether a single test is true in a window; the `whole` of it with its history, or the window alone."""

    def ask(supposed: Supposition) -> int:
        history = History(supposed, condition, EVERYONE)
        found = history.holds(window) if whole else history.so(window)
        return OPEN if found is None else int(found)

    return chunk.asked(("so", id(condition), whole), ask, window).numbers(int).astype(np.int8)


def all_of(found: list[Any]) -> Any:
    """False if one is, true if all are, and otherwise open."""
    false = sum((each == FALSE for each in found), np.int8(0))
    openly = sum((each == OPEN for each in found), np.int8(0))
    return np.where(false > 0, FALSE, np.where(openly > 0, OPEN, TRUE)).astype(np.int8)


def at_least(times: int, found: list[Any]) -> Any:
    """Whether so many are true; open if it depends on those that are."""
    sure = sum(((each == TRUE).astype(np.int8) for each in found), np.int8(0))
    openly = sum(((each == OPEN).astype(np.int8) for each in found), np.int8(0))
    return np.where(sure >= times, TRUE, np.where(sure + openly >= times, OPEN, FALSE)).astype(np.int8)


# ------------------------------------------------------------------------------------------------------- combinations


def combined(chunk: Chunk, combination: nodes.Combination, window: Window) -> Any:
    """What a combination comes to in one of its windows: the rule, its caps in order, the smallest amount."""
    key = ("combined", combination.name, window)
    known: dict[Any, Any] = chunk.results
    if key not in known:
        total, owed = by_rule(chunk, combination, window)
        total = under_caps(chunk, combination, window, total)
        smallest = combination.smallest
        if smallest is not None:
            limit = float(smallest.amount.amount)
            enough = total > limit if smallest.kind == "only above" else total >= limit
            total = np.where(enough, total, 0.0)
        known[key] = total
        known["owed", *key] = owed
    return known[key]


def balance(chunk: Chunk, combination: nodes.Combination, window: Window) -> Any:
    """What a combination of credits and bonuses comes to for the customer: less than nothing where the provider gets
    it."""
    total = combined(chunk, combination, window)
    owed = chunk.results["owed", "combined", combination.name, window]
    return np.where(owed, total, -total)


def by_rule(chunk: Chunk, combination: nodes.Combination, window: Window) -> tuple[Any, Any]:
    """Credits less bonuses where they are added, or the one that is preferred; and whether a credit is in it."""
    rest = chunk.learnt.setting.at_rest
    sums: dict[str, Any] = {}
    bonuses: dict[str, bool] = {}
    for entry in entries_in(rest, members(rest, combination), window.start, window.end):
        name = entry.payment.name
        sums[name] = sums.get(name, 0.0) + amounts(chunk, entry.payment, entry.window)
        bonuses[name] = isinstance(entry.payment, nodes.Bonus)
    owed = [each for name, each in sums.items() if not bonuses[name]]
    earned = [each for name, each in sums.items() if bonuses[name]]
    if combination.rule != ADDED:
        credit, bonus = (reduce(np.maximum, each, np.float64(0)) for each in (owed, earned))
        first = credit >= bonus if combination.rule == LARGEST else credit > 0
        return np.where(first, credit, bonus), first
    credit, bonus = (sum(each, np.float64(0)) for each in (owed, earned))
    return np.where(credit > 0, credit - bonus, bonus), credit > 0


def under_caps(chunk: Chunk, combination: nodes.Combination, window: Window, total: Any) -> Any:
    rest = chunk.learnt.setting.at_rest
    rule = rest.contract.agreement.rounding
    for cap in combination.cap:

        def ask(supposed: Supposition, cap: nodes.CapRule = cap) -> Amount:
            most = amount_of_cap(supposed, cap.amount, Scope(window), None)
            return Amount(Fraction(0), undecided=True) if most is None else Amount(most)

        most = chunk.asked(("cap", combination.name, id(cap)), ask, window).numbers(worth)
        number, since = reach(rest, cap.each, window, rest.zone)
        if since is None:
            room = most * number
        else:
            earlier = [
                each for each in combination_windows(rest, combination, since, window.end) if each.end < window.end
            ]
            paid = sum((combined(chunk, combination, each) for each in earlier), np.float64(0))
            room = np.maximum(most - paid, 0.0)
        total = np.where(total > room, in_steps(room, rule), total)
    return total


# ------------------------------------------------------------------------------------------------------- earned back


def earned_back(chunk: Chunk, chance: Chance, start: int, end: int) -> Any:
    """What comes back in a period: as money, or where it is kept as a balance what is taken off owed of the
    period."""
    if chance.offset:
        return taken_off(chunk, chance, start, end)
    found = [part.amount for _, parts in earned_windows(chunk, chance, start, end) for part in parts]
    return sum(found, np.float64(0))


class Part(NamedTuple):
    """A part of what is earned, in each drawing, and the instant after which it is gone; `END` where it stays."""

    amount: Any
    lapses: int


def earned_windows(chunk: Chunk, chance: Chance, start: int, end: int) -> list[tuple[Window, list[Part]]]:
    """The windows that end in a period, and what is earned in each: see `evaluation.earnings`."""
    rest = chunk.learnt.setting.at_rest
    windows, number = earnings.counted_in(rest, chance.when)
    found = []
    for window in windows.ending_in(start, end):
        first = windows.before(window, number - 1) if number > 1 else window
        if first is None:
            continue
        before = windows.before(first)
        entries = entries_in(rest, list(chance.payments), before.start if before is not None else 0, first.start)
        lapses = {each: earnings.lapse_of(rest, chance, each) or END for each in entries}
        alive = [each for each in entries if each.window.end <= first.start and window.end <= lapses[each]]
        parts = [Part(amounts(chunk, each.payment, each.window), lapses[each]) for each in alive]
        total = sum((part.amount for part in parts), np.float64(0))
        if not np.any(total):
            continue
        share = in_steps(total * float(chance.share), rest.contract.agreement.rounding)
        share = np.where(truth(chunk, chance.when, window) == TRUE, share, 0.0) / np.where(total, total, 1.0)
        found.append((window, [part._replace(amount=part.amount * share) for part in parts]))
    return found


def taken_off(chunk: Chunk, chance: Chance, start: int, end: int) -> Any:
    """What of a balance is taken off owed in a period; the account is kept from the first window that counts."""
    rest = chunk.learnt.setting.at_rest
    earned = earned_windows(chunk, chance, first_counted(rest), end)
    if not earned:
        return np.float64(0)
    balance: list[Part] = []
    taken_in_all: Any = np.float64(0)
    spent = 0
    for entry in entries_in(rest, list(chance.payments), earned[0][0].end, end):
        while spent < len(earned) and earned[spent][0].end < entry.window.end:
            balance += earned[spent][1]
            spent += 1
        wanted = amounts(chunk, entry.payment, entry.window)
        alive = sorted((part for part in balance if entry.window.end <= part.lapses), key=lambda part: part.lapses)
        balance = []
        for part in alive:
            taken = np.minimum(part.amount, wanted)
            wanted = wanted - taken
            balance.append(part._replace(amount=part.amount - taken))
            if entry.window.end > start:
                taken_in_all = taken_in_all + taken
    return taken_in_all
