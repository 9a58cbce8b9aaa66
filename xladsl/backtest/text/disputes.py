"""The verdicts that could be disputed: what hangs on each, and why it is open."""

from __future__ import annotations

from collections import Counter

from ...statements.record import amount_of
from ...statements.text import priced, section, titled, wrapped
from .words import INDENT, Record, group, name_of, parties, priced_at, short_title

MOST_DISPUTES = 40

FEW = 2

HANGING = {
    "unknown_amounts": "would come up",
    "would_follow": "would also follow",
    "would_fall_away": "would fall away",
}


def disputed(side: Record) -> list[str]:
    """The verdicts that could be disputed, with what hangs on each and why; those on which nothing does, counted."""
    weighty = [each for each in side["disputable"] if hangs_on(each)]
    lines: list[str] = []
    for each in weighty[:MOST_DISPUTES]:
        words = f"{name_of(side, each)} ({each['promise']}), {each['window']}: {each['verdict']}"
        lines += ["", *priced(words, stake(side, each))]
        lines += [line for reason in each["reasons"] for line in wrapped(reason["words"], INDENT)]
        lines += consequences(side, each)
    more = len(weighty) - MOST_DISPUTES
    lines += ["", *wrapped(f"and {more:,} more, with less at stake")] if more > 0 else []
    lines += idle(side, [each for each in side["disputable"] if not hangs_on(each)])
    beside = "and how much more (+) or less (−) would be owed by the other verdict"
    return section("COULD BE DISPUTED", beside, lines) if lines else []


def hangs_on(dispute: Record) -> bool:
    """Whether anything follows from a verdict, or nobody has worked that out."""
    return bool(dispute.get("at_stake", True) or HANGING.keys() & dispute.keys())


def idle(side: Record, several: list[Record]) -> list[str]:
    """`People who felt understood, Berlin office (understood_2026), in 4 windows: one row 4, chance 4`"""
    by_name: dict[str, list[Record]] = {}
    for each in several:
        title = side["result"]["titles"].get(each["promise"], each["promise"])
        by_name.setdefault(f"{title} ({each['promise']})", []).append(each)
    lines = ["", "Nothing hangs on these, besides trust:"] if by_name else []
    for name, found in by_name.items():
        kinds = Counter(reason["kind"] for each in found for reason in each["reasons"])
        why = ", ".join(f"{kind} {count:,}" for kind, count in kinds.most_common())
        windows = [f"{each['window']}{group(each)}" for each in found]
        where = " and ".join(windows) if len(windows) <= FEW else f"{len(windows):,} verdicts"
        lines += wrapped(f"{name}: {where} ({why})", INDENT)
    return lines


def stake(side: Record, dispute: Record) -> str:
    if "at_stake" not in dispute:
        return "not worked out"
    amounts = [
        f"{'+' if amount_of(each['amount']) > 0 else '−'} {priced_at(abs(amount_of(each['amount'])), each['unit'])}"
        + (f" to {short_title(side, each['paid_to'])}" if len(parties(side)) > 1 else "")
        for each in dispute["at_stake"]
    ]
    amounts += ["an amount that is not known"] if "unknown_amounts" in dispute else []
    return ", ".join(amounts) or "no money"


def consequences(side: Record, dispute: Record) -> list[str]:
    said = [
        f"{words}: {', '.join(titled(side['result'], name) for name in dispute[field])}"
        for field, words in HANGING.items()
        if field in dispute
    ]
    return [line for words in said for line in wrapped(words, INDENT)]
