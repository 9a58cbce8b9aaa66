"""For whom a change is better, where that can be told from the two values alone.

Each judgement is one function, found by the field that changed. It gives keys of `[redline.effects]`, and nothing where
the two values cannot be put in an order.
"""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from ..model import nodes, quantities
from ..model.deadlines import days_of
from ..model.exposure import fee_each_month, most_of
from ..model.tiers import Interval, bounded, scale, size, tables

if TYPE_CHECKING:
    from collections.abc import Callable

    from ..model.contract import Contract

Effects = tuple[str, ...]


def effects(old: Contract, new: Contract, one: Any, other: Any, field: str) -> Effects:
    """What a change of a field means for the parties."""
    for kind, judged in JUDGED.get(field, ()):
        if isinstance(other, kind):
            found: Effects = judged(old, new, one, other)
            return found
    return ()


def ordered(before: Any, after: Any, less: str, more: str) -> Effects:
    """The effect of a value that became less or more; none where one of them is not known."""
    if before is None or after is None or before == after:
        return ()
    return (more,) if after > before else (less,)


# Promises


def level(_old: Contract, _new: Contract, one: nodes.Promise, other: nodes.Promise) -> Effects:
    """Stricter if each value that met the newer level on a day met the older one too."""
    before, after = one.level, other.level
    if any(step.level_where is not None for step in (*before.steps, *after.steps)):
        return ()
    days = sorted({str(step.since or "") for step in (*before.steps, *after.steps)})
    ways = {way for day in days if (way := stricter(in_force(before, day), in_force(after, day)))}
    if not ways:
        return ()
    return (ways.pop(),) if len(ways) == 1 else ("differs",)


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


def longer(before: Any, after: Any, less: str, more: str) -> Effects:
    """The effect of a length of time that became shorter or longer, whatever its days and months last."""
    if not isinstance(before, quantities.Duration) or not isinstance(after, quantities.Duration):
        return ()
    if before.unit == after.unit:
        return ordered(before.amount, after.amount, less, more)
    was, now = days_of(before), days_of(after)
    if now.most < was.fewest:
        return (less,)
    return (more,) if now.fewest > was.most else ()


# Money


def price(_old: Contract, _new: Contract, one: nodes.Fee, other: nodes.Fee) -> Effects:
    return ordered(fee_each_month(one), fee_each_month(other), "cheaper", "dearer")


def at_stake(old: Contract, new: Contract, one: nodes.Payment, other: nodes.Payment) -> Effects:
    if not isinstance(one, nodes.Credit) or not isinstance(other, nodes.Credit):
        return ()
    before, after = most_of(old, one), most_of(new, other)
    if before is None and after is None:
        return ()
    if before is None or after is None:
        return ("less_at_stake",) if before is None else ("more_at_stake",)
    return ordered(before, after, "less_at_stake", "more_at_stake")


def tiers(_old: Contract, _new: Contract, one: nodes.Payment, other: nodes.Payment) -> Effects:
    """More credit if no value of the measure gives less, and some give more."""
    if not isinstance(other, nodes.Credit):
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
        ways.update(ordered(was, now, "less_credit", "more_credit"))
    if not ways:
        return ()
    return (ways.pop(),) if len(ways) == 1 else ("differs",)


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


# The deal


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
    "at_most": ((nodes.LeavesOut, left_out),),
    "amounts": ((nodes.Fee, price),),
    "each": ((nodes.Fee, price),),
    "cap": ((nodes.Credit, at_stake),),
    "rows": ((nodes.Credit, tiers),),
    "claimed": ((nodes.Payment, claim),),
    "paid": ((nodes.Payment, paid),),
    "term": ((nodes.Agreement, term),),
    "renewal": ((nodes.Agreement, renewal),),
    "notice": ((nodes.Right, notice), (nodes.LeavesOut, notice), (nodes.ChangeControl, notice)),
}
