"""What is earned back: a part of what was paid, returned when things went well for long enough afterwards.

The count begins with the first window of the condition that begins after the payment's own has ended, without a break:
of a credit of January that returns after three good months, February, March and April decide. If one of them is bad
the chance of this credit is gone, and the next credit has a count of its own. A single window that is longer than the
payment's own, such as the year of its month, decides on all that was paid in it.

What is `offset against later credits` is not paid. It is a balance from the window in which it is earned, and is taken
off the next credits of the same kind, in later windows and the oldest first.

What lapses, after some time or with the end of a longer window, is neither earned back nor set off any more. The time
is counted from the end of the window that was paid for.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any, NamedTuple

from ...model import expressions, nodes
from ...model.deadlines import usual_days
from ...model.quantities import Percent
from ..figures import written
from ..instants.clocks import later
from ..judging.conditions import History, holds
from ..options import in_force
from ..results import Paid, Step
from ..scope import EVERYONE
from .caps import rounded
from .due import UNDECIDED
from .meetings import entries_in
from .payments import DUE, NOT_DUE
from .stages import party, settled_for
from .subjects import each_of, pace
from .worth import NOTHING, label, unit_of

if TYPE_CHECKING:
    from ..assessment import Assessment
    from ..instants.windows import Window, Windows
    from .subjects import Entry

SHARES = {"half": Fraction(1, 2), "in full": Fraction(1)}


class Chance(NamedTuple):
    """What can be earned back, by a block or by the clause of a payment."""

    name: str
    payments: tuple[nodes.Payment, ...]
    share: Fraction
    when: Any
    offset: bool = False
    block: nodes.EarnBack | None = None


class Part(NamedTuple):
    """A part of a balance, and the instant after which it is gone; None where it stays."""

    amount: Fraction
    lapses: int | None


class Earned(NamedTuple):
    """What was earned back at the end of a window, by the payments that it is a part of; None where that cannot be
    told."""

    window: Window
    amount: Fraction | None
    words: str
    parts: tuple[Part, ...] = ()


def earned_in(assessment: Assessment, block: nodes.Payment | nodes.EarnBack, start: int, end: int) -> list[Paid]:
    """What a block, or a payment by its own clause, returns in a period: what is earned, and what of it is set off."""
    chance = chance_of(assessment, block)
    if chance is None or not chance.payments:
        return []
    found = [result(assessment, chance, earned) for earned in earned_windows(assessment, chance, start, end)]
    return found + (used(assessment, chance, start, end) if chance.offset else [])


def chance_of(assessment: Assessment, block: nodes.Payment | nodes.EarnBack) -> Chance | None:
    if isinstance(block, nodes.EarnBack):
        never = [reference.found for reference in block.never_for]
        returned = [reference.found for reference in block.returns]
        payments = tuple(each for each in returned if each not in never and in_force(assessment, each))
        return Chance(block.name, payments, share_of(block.share), block.when, block.offset, block)
    rule = block.earned_back
    return None if rule is None else Chance(f"{block.name} earned back", (block,), share_of(rule.share), rule.when)


def share_of(share: Percent | str) -> Fraction:
    return SHARES[share] if isinstance(share, str) else Fraction(share.amount) / 100


# --------------------------------------------------------------------------------------------------------- the counting


def earned_windows(assessment: Assessment, chance: Chance, start: int, end: int) -> list[Earned]:
    """The windows that end in a period and in which something is earned back."""
    windows, number = counted_in(assessment, chance.when)
    by_itself = decides_on_itself(assessment, chance, windows)
    found = []
    for window in windows.ending_in(start, end):
        span = (window.start, window.end) if by_itself else span_before(windows, window, number)
        earned = earned_at(assessment, chance, window, *span) if span is not None else None
        found += [earned] if earned is not None else []
    return found


def span_before(windows: Windows, window: Window, number: int) -> tuple[int, int] | None:
    """From when until when payments end whose count of so many windows a window completes."""
    first = windows.before(window, number - 1) if number > 1 else window
    if first is None:
        return None
    before = windows.before(first)
    return (before.start if before is not None else 0), first.start


def decides_on_itself(assessment: Assessment, chance: Chance, windows: Windows) -> bool:
    """Whether one window is asked about that is longer than those that were paid for."""
    if any(leaf.history is not None for leaf in leaves(chance.when)):
        return False
    paces = [pace(assessment, payment) for payment in chance.payments]
    own = [usual_days(each_of(each)) or 0 for each in paces if each is not None]
    return (usual_days(windows.each) or 0) > max(own, default=0)


def earned_at(assessment: Assessment, chance: Chance, window: Window, since: int, until: int) -> Earned | None:
    """What is returned at the end of a window of the payments whose count it completes."""
    entries = [each for each in entries_in(assessment, list(chance.payments), since, until) if each.window.end <= until]
    lapses = {entry: lapse_of(assessment, chance, entry) for entry in entries}
    alive = [entry for entry, over in lapses.items() if over is None or window.end <= over]
    paid = [settled_for(assessment, entry) for entry in alive]
    total = sum((each.amount for each in paid), NOTHING)
    if not total:
        return None
    names = ", ".join(dict.fromkeys(f"`{each.payment}` of {each.window}" for each in paid if each.amount))
    true = holds(assessment, chance.when, window)
    if true is None:
        return Earned(window, None, f"whether {names} comes back is not known")
    amount = rounded(total * chance.share, assessment.contract.agreement.rounding)
    parts = [Part(each.amount * amount / total, lapses[entry]) for each, entry in zip(paid, alive, strict=True)]
    return Earned(window, amount, names, tuple(parts)) if true else None


def lapse_of(assessment: Assessment, chance: Chance, entry: Entry) -> int | None:
    """The instant after which what was paid in a window is neither earned back nor set off; None where it stays."""
    block = chance.block
    if block is None:
        return None
    ends = []
    if block.lapses_after is not None:
        ends.append(later(entry.window.end, block.lapses_after, None, assessment.contract.agreement, assessment.zone))
    if block.lapses_with is not None:
        around = assessment.windows(block.lapses_with, assessment.zone).containing(entry.window.end - 1)
        ends += [around.whole[1]] if around is not None else []
    return min(ends, default=None)


def counted_in(assessment: Assessment, condition: Any) -> tuple[Windows, int]:
    """The windows in which a condition counts, the longest where it names several, and how many it takes."""
    found = [counted_by(assessment, leaf) for leaf in leaves(condition)]
    return max(found, key=lambda each: (usual_days(each[0].each) or 0, each[1]))


def counted_by(assessment: Assessment, leaf: Any) -> tuple[Windows, int]:
    history = leaf.history
    windows = History(assessment, leaf, EVERYONE).windows(getattr(history, "unit", ""))
    if isinstance(history, expressions.TimesOfLast):
        return windows, int(history.of)
    return windows, int(history.times) if isinstance(history, expressions.TimesInARow) else 1


def leaves(condition: Any) -> list[Any]:
    """The single tests of a condition."""
    if isinstance(condition, expressions.AnyCondition | expressions.AllConditions):
        return [leaf for option in condition.options for leaf in leaves(option)]
    return [condition]


# ---------------------------------------------------------------------------------------------------------- the balance


def used(assessment: Assessment, chance: Chance, start: int, end: int) -> list[Paid]:
    """What of a balance is taken off credits in a period, a window at a time."""
    unit = unit_of(assessment, chance.payments[0])
    # A balance of any age may be left, so the account is kept from the beginning.
    earned = [each for each in earned_windows(assessment, chance, 0, end) if each.amount]
    found = []
    balance: list[Part] = []
    spent = 0
    for entry in entries_in(assessment, list(chance.payments), earned[0].window.end if earned else end, end):
        while spent < len(earned) and earned[spent].window.end < entry.window.end:
            balance += earned[spent].parts
            spent += 1
        balance = [part for part in balance if part.lapses is None or entry.window.end <= part.lapses]
        paid = settled_for(assessment, entry)
        taken, balance = taken_off(balance, paid.amount)
        if taken and entry.window.end > start:
            left = sum((part.amount for part in balance), NOTHING)
            words = f"set off against `{paid.payment}`; a balance of {written(left, unit)} is left"
            found.append(returned(assessment, chance, entry.window, taken, DUE, words))
    return found


def taken_off(balance: list[Part], amount: Fraction) -> tuple[Fraction, list[Part]]:
    """What a balance gives towards an amount, the part that lapses first before the others, and what is left of it."""
    left: list[Part] = []
    wanted = amount
    for part in sorted(balance, key=lambda each: (each.lapses is None, each.lapses or 0)):
        taken = min(part.amount, wanted)
        wanted -= taken
        left += [part._replace(amount=part.amount - taken)] if part.amount > taken else []
    return amount - wanted, left


# ----------------------------------------------------------------------------------------------------------- the result


def result(assessment: Assessment, chance: Chance, earned: Earned) -> Paid:
    if earned.amount is None:
        return returned(assessment, chance, earned.window, NOTHING, UNDECIDED, earned.words)
    share = written(chance.share, "a percentage")
    words = f"{share} of {earned.words}"
    if chance.offset:
        words += ", kept as a balance against later credits"
    return returned(assessment, chance, earned.window, earned.amount, NOT_DUE if chance.offset else DUE, words)


def returned(assessment: Assessment, chance: Chance, window: Window, amount: Fraction, status: str, words: str) -> Paid:
    back_to = "customer" if all(isinstance(payment, nodes.Bonus) for payment in chance.payments) else "provider"
    return Paid(
        payment=chance.name,
        window=window.name,
        start=window.start,
        end=window.end,
        group="",
        unit=label(unit_of(assessment, chance.payments[0])),
        amount=amount,
        steps=(Step(words, amount),),
        status=status,
        to=party(assessment, back_to),
    )
