"""The amount of a fee on a day, and which fee lines the words of a base take away: `without one_time_charges`."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from . import nodes

ONE_TIME = ("one time charges", "one time fees", "one time", "once")
USAGE = ("usage charges", "usage fees", "usage")


def amount_on(line: nodes.Fee, day: date) -> Fraction:
    """The amount that holds on a day; nothing before the first one."""
    steps = [step for step in line.amounts if step.since is None or step.since <= day]
    latest = max(steps, key=lambda step: (step.since is not None, step.since), default=None)
    return Fraction(latest.amount.amount) if latest is not None else Fraction(0)


def taken_away(fees: Iterable[nodes.Fee], words: str) -> list[nodes.Fee]:
    """The fees that the words name, by their name or their title; where none is named, those of the kind that the words
    stand for: fees that are due once, or that depend on what is used."""
    said = plain(words)
    lines = list(fees)
    named = [fee for fee in lines if said in (plain(fee.name), plain(fee.title.value) if fee.title else "")]
    if named or not names_a_kind(words):
        return named
    return [fee for fee in lines if (fee.once if said in ONE_TIME else fee.unit_price is not None)]


def names_a_kind(words: str) -> bool:
    """Whether the words stand for all fees of a kind, of which there may be none."""
    return plain(words) in (*ONE_TIME, *USAGE)


def plain(words: str) -> str:
    return " ".join(words.replace("_", " ").replace("-", " ").lower().split())
