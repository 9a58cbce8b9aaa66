"""For whom a change is better, where that can be told from the two values alone.

Each judgement is one function, found by the field that changed. It gives keys of `[redline.effects]`, and nothing where
the two values cannot be put in an order.
"""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from ..model import nodes
from ..model.exposure import months_of
from ..model.tiers import Interval, bounded, scale, size, tables
from . import money_effects
from .conditions import readiness
from .money_effects import DUE, in_words, same_currency
from .orders import Effects, longer, ordered, throughout

if TYPE_CHECKING:
    from collections.abc import Callable

    from ..model.contract import Contract


def effects(old: Contract, new: Contract, one: Any, other: Any, field: str) -> Effects:
    """What a change of a field means for the parties."""
    for kind, judged in JUDGED.get(field, ()):
        if isinstance(other, kind):
            found: Effects = judged(old, new, one, other)
            return found
    return ()


# Promises


def level(_old: Contract, _new: Contract, one: nodes.Promise, other: nodes.Promise) -> Effects:
    """Stricter if each value that met the newer level on a day met the older one too."""
    before, after = one.level, other.level
    if any(step.level_where is not None for step in (*before.steps, *after.steps)):
        return ()
    days = sorted({str(step.since or "") for step in (*before.steps, *after.steps)})
    ways = {way for day in days if (way := stricter(in_force(before, day), in_force(after, day)))}
    return throughout(ways, "differs")


def in_force(promised: nodes.Level, day: str) -> tuple[Interval, object] | None:
    """The values that meet a level on a day, and their unit; None where they cannot be told."""
    steps = [step for step in promised.steps if str(step.since or "") <= day]
    value = size(steps[-1].amount) if steps else None
    return (bounded(promised.comparison, value), scale(steps[-1].amount)) if value is not None else None


def stricter(before: tuple[Interval, object] | None, after: tuple[Interval, object] | None) -> str:
    if before is None or after is None or before[1] != after[1] or before[0] == after[0]:
        return ""
    if after[0].within(before[0]):
        return "stricter"
    return "easier" if before[0].within(after[0]) else "differs"


def sample(_old: Contract, _new: Contract, one: nodes.Promise, other: nodes.Promise) -> Effects:
    return ordered(one.answers or Decimal(0), other.answers or Decimal(0), "fewer_answers", "more_answers")


def decision(_old: Contract, _new: Contract, one: nodes.Promise, other: nodes.Promise) -> Effects:
    """A breach that has to be proven the more surely is the harder to prove."""
    before, after = one.breached_when, other.breached_when
    proven, measured = nodes.ProvenDecision, nodes.SimpleDecision
    if isinstance(before, proven) and isinstance(after, proven):
        return ordered(before.confidence.amount, after.confidence.amount, "less_sure", "surer")
    if isinstance(before, measured) and isinstance(after, proven):
        return ("surer",)
    if isinstance(before, proven) and isinstance(after, measured):
        return ("less_sure",)
    return ()


def leaving_out(_old: Contract, _new: Contract, one: nodes.Promise, other: nodes.Promise) -> Effects:
    before, after = ({named.name for named in block.leaving_out} for block in (one, other))
    if before < after:
        return ("more_left_out",)
    return ("less_left_out",) if after < before else ()


# What does not count


def left_out(_old: Contract, _new: Contract, one: nodes.LeavesOut, other: nodes.LeavesOut) -> Effects:
    before, after = one.at_most, other.at_most
    if before is None or after is None:
        return ("less_left_out",) if before is None else ("more_left_out",)
    if before.each != after.each:
        return ()
    return longer(before.length, after.length, "less_left_out", "more_left_out")


# Money


def tiers(_old: Contract, _new: Contract, one: nodes.Payment, other: nodes.Payment) -> Effects:
    """More credit if no value of the measure gives less, and some give more."""
    less, more = DUE.get(type(other), ("", ""))
    if not more:
        return ()
    before, after = list(tables(one)), list(tables(other))
    if len(before) != 1 or len(after) != 1:
        return ()
    ends = {end for tier in (*before[0], *after[0]) for end in (tier.interval.low, tier.interval.high)}
    points = sorted(end for end in ends if end is not None)
    if not points:
        return ()
    between = [(low + high) / 2 for low, high in pairwise(points)]
    ways: set[str] = set()
    for value in [points[0] - 1, *points, *between, points[-1] + 1]:
        was, now = (worth(table[0], value) for table in (before, after))
        ways.update(ordered(was, now, less, more))
    return throughout(ways, "differs")


def worth(table: list[Any], value: Decimal) -> Decimal:
    found = next((tier for tier in table if tier.interval.has(value)), None)
    return (found.worth or Decimal(0)) if found is not None else Decimal(0)


def claim(_old: Contract, _new: Contract, one: nodes.Payment, other: nodes.Payment) -> Effects:
    before, after = (isinstance(block.claimed, nodes.AutomaticClaim) for block in (one, other))
    if before == after:
        if isinstance(one.claimed, nodes.ClaimWithin) and isinstance(other.claimed, nodes.ClaimWithin):
            return longer(one.claimed.within, other.claimed.within, "shorter", "longer")
        return ()
    return ("claim_not_needed",) if after else ("claim_needed",)


def paid(_old: Contract, _new: Contract, one: nodes.Payment, other: nodes.Payment) -> Effects:
    if one.paid is None or other.paid is None or one.paid.of != other.paid.of:
        return ()
    return longer(one.paid.within, other.paid.within, "sooner", "later")


def comes_about(_old: Contract, _new: Contract, one: Any, other: Any) -> Effects:
    """A condition that is fulfilled wherever the older one was, or only in some of those cases."""
    found = readiness(one.when, other.when)
    return (found,) if found else ()


def smallest(_old: Contract, _new: Contract, one: Any, other: Any) -> Effects:
    before, after = one.smallest, other.smallest
    if before is None or after is None:
        return in_words(("less" if before is None else "more",), DUE.get(type(other)))
    if before.kind != after.kind or not same_currency(before, after):
        return ()
    return in_words(ordered(before.amount.amount, after.amount.amount, "more", "less"), DUE.get(type(other)))


# The deal


def allowed(_old: Contract, new: Contract, one: nodes.Limit, other: nodes.Limit) -> Effects:
    """How much the customer may use before the limit; a provider's own limits are judged by nobody."""
    customers = [side.party.target for side in new.agreement.between if side.capacity == "customer"]
    if one.at_most.what != other.at_most.what or other.of_party.target not in customers:
        return ()
    return ordered(one.at_most.count, other.at_most.count, "less_allowed", "more_allowed")


def budget(_old: Contract, _new: Contract, one: nodes.Reward, other: nodes.Reward) -> Effects:
    months = [months_of(each.budget.each) if each.budget is not None else None for each in (one, other)]
    if one.budget is None or other.budget is None or not months[0] or not months[1] or not same_currency(one, other):
        return ()
    before, after = (each.amount.amount / count for each, count in ((one.budget, months[0]), (other.budget, months[1])))
    return ordered(before, after, "lower_budget", "higher_budget")


def term(_old: Contract, _new: Contract, one: nodes.Agreement, other: nodes.Agreement) -> Effects:
    before, after = ((period.end - period.start).days for period in (one.term, other.term))
    return ordered(before, after, "shorter", "longer")


def renewal(_old: Contract, _new: Contract, one: nodes.Agreement, other: nodes.Agreement) -> Effects:
    if one.renewal is None or other.renewal is None:
        return ()
    notice_given = longer(one.renewal.notice, other.renewal.notice, "shorter_notice", "longer_notice")
    return longer(one.renewal.lasting, other.renewal.lasting, "shorter", "longer") + notice_given


def notice(_old: Contract, _new: Contract, one: Any, other: Any) -> Effects:
    return longer(one.notice, other.notice, "shorter", "longer")


JUDGED: dict[str, tuple[tuple[type[Any], Callable[[Contract, Contract, Any, Any], Effects]], ...]] = {
    "level": ((nodes.Promise, level),),
    "answers": ((nodes.Promise, sample),),
    "breached_when": ((nodes.Promise, decision),),
    "leaving_out": ((nodes.Promise, leaving_out),),
    "at_most": ((nodes.LeavesOut, left_out), (nodes.Limit, allowed)),
    "amounts": ((nodes.Fee, money_effects.price),),
    "each": ((nodes.Fee, money_effects.price),),
    "price": ((nodes.Choice, money_effects.price_of_choice),),
    "value": ((nodes.Parameter, money_effects.parameter),),
    "base": ((nodes.Payment, money_effects.base),),
    "cap": ((nodes.Payment, money_effects.at_stake), (nodes.Combination, money_effects.at_stake)),
    "pay": ((nodes.Payment, money_effects.formula),),
    "rows": ((nodes.Payment, tiers),),
    "repeated": ((nodes.Payment, money_effects.doubling),),
    "smallest": ((nodes.Payment, smallest),),
    "share": ((nodes.EarnBack, money_effects.share_returned),),
    "when": ((nodes.Consequence, comes_about),),
    "claimed": ((nodes.Payment, claim),),
    "paid": ((nodes.Payment, paid),),
    "budget": ((nodes.Reward, budget),),
    "term": ((nodes.Agreement, term),),
    "renewal": ((nodes.Agreement, renewal),),
    "notice": ((nodes.Right, notice), (nodes.LeavesOut, notice), (nodes.ChangeControl, notice)),
}
