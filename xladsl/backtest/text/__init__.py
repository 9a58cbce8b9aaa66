"""A backtest for people: a calendar of verdicts, the money month by month, and what could be disputed.

It is for two readers. Who runs the service looks for the months that went wrong and how closely; who negotiates looks
for what that costs, how much of it is firm, and what another version would have changed.

    calendar  the verdicts, month by month
    money     what is owed for them
    promises  what else came of them, and what is open
    disputes  what could be disputed, and what hangs on it
    words     how all of it is called
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from ...statements.record import amount_of
from ...statements.text import section, titled, wrapped
from ..figures import short
from .calendar import calendar
from .disputes import disputed
from .money import money, payments, payments_of_both
from .promises import followed, not_decided, not_known, verdicts_that_differ
from .words import Record, parties, priced_at, short_title, sides_of, sums

if TYPE_CHECKING:
    from collections.abc import Iterator


def render(backtest: Record) -> str:
    """The whole backtest, in lines of at most `WIDTH` columns."""
    draft, against = backtest["draft"], backtest.get("against")
    parts = [headline(backtest), summary(backtest), taken_as(backtest), calendar(backtest, draft)]
    if against is not None:
        parts += [verdicts_that_differ(backtest), payments_of_both(backtest)]
    parts += [
        money(backtest),
        payments(draft) if against is None else [],
        followed(backtest),
        disputed(draft),
        not_decided(draft),
        not_known(backtest),
        closing(backtest),
    ]
    return "\n\n".join("\n".join(line.rstrip() for line in lines) for lines in parts if lines) + "\n"


def headline(backtest: Record) -> list[str]:
    period = backtest["period"]
    days = f"{period['first_day']} to {period['last_day']}"
    draft = backtest["draft"]
    lines = wrapped(title_of(draft))
    if "against" not in backtest:
        return [*lines, *wrapped(f"What {days} would have come to under {draft['path']}")]
    other = backtest["against"]["path"]
    return [*lines, *wrapped(f"What {days} would have come to under {draft['path']}, against {other}")]


def title_of(side: Record) -> str:
    result = side["result"]
    title: str = result["titles"].get(result["agreement"], result["agreement"])
    return title


def taken_as(backtest: Record) -> list[str]:
    """What was changed so that the period could be tried."""
    sides = sides_of(backtest)
    alike = len({tuple(side["as_if"]) for side in sides}) == 1
    lines = [
        line
        for side in (sides[:1] if alike else sides)
        for words in side["as_if"]
        for line in wrapped(words if alike else f"{side['path']}: {words}")
    ]
    return section("TAKEN AS", "", lines) if lines else []


def summary(backtest: Record) -> list[str]:
    """Who would have been owed what, and how much of it is firm."""
    draft, against = backtest["draft"], backtest.get("against")
    lines = []
    for to, unit in parties(*filter(None, (draft, against))):
        name = titled(draft["result"], to)
        ours = sums(draft).get((to, unit), Fraction(0))
        words = f"{name} would have been owed {priced_at(ours, unit)}{part_of_fees(draft, ours, unit)}"
        if against is not None:
            theirs = sums(against).get((to, unit), Fraction(0))
            words += f", and {priced_at(theirs, unit)} under the other: {beyond(ours - theirs, unit)}"
        lines += wrapped(f"{words}.")
    lines = lines or ["Nobody would have been owed anything."]
    return lines + wrapped(" ".join([in_words(draft), *depending(draft)]))


def depending(side: Record) -> Iterator[str]:
    """Between what the sums lie, by what comes of disputes."""
    for each in side["reach"]:
        least, most = amount_of(each["least"]), amount_of(each["most"])
        if least != most:
            name = short_title(side, each["paid_to"])
            between = f"{priced_at(least, each['unit'])} and {priced_at(most, each['unit'])}"
            undecided = any(each["verdict"] not in ("met", "breached") for each in side["result"]["judgements"])
            apart = ", without what could not be decided" if undecided else ""
            yield f"If every dispute went one way or the other, {name} would have been owed between {between}{apart}."


def in_words(side: Record) -> str:
    judged = side["result"]["judgements"]
    decided = [each for each in judged if each["verdict"] in ("met", "breached")]
    breached = [each for each in decided if each["verdict"] == "breached"]
    if not decided:
        return "The data decide none of its promises."
    contested = len(side["disputable"])
    words = f"Of {number(len(decided), 'verdict')}, {len(breached):,} would have been a breach"
    words += f"; {contested:,} could be disputed" if contested else ""
    open_ones = [each for each in judged if each not in decided]
    return f"{words}. {number(len(open_ones), 'window')} could not be decided." if open_ones else f"{words}."


def part_of_fees(side: Record, amount: Fraction, unit: str) -> str:
    fees = amount_of(side["fees"]) if side["fees"] is not None else Fraction(0)
    if unit != side["currency"] or not fees or not amount:
        return ""
    return f", {short(amount / fees, 'percentage')} of all fees of the period"


def beyond(difference: Fraction, unit: str) -> str:
    if not difference:
        return "the same"
    return f"{priced_at(abs(difference), unit)} {'more' if difference > 0 else 'less'}"


def closing(backtest: Record) -> list[str]:
    notes = list(dict.fromkeys(note for side in sides_of(backtest) for note in side["result"]["notes"]))
    lines = [line for note in notes for line in wrapped(note)]
    return section("NOTES", "", [*lines, *wrapped(NOBODY_OWES)])


NOBODY_OWES = "Nobody owes what a backtest says: behaviour changes with what is promised."


def number(count: int, one: str) -> str:
    return f"{count:,} {one}{'s' * (count != 1)}"
