"""Which fee lines the words of a base take away: `without one_time_charges`, `without support_charges`."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from . import nodes

ONE_TIME = ("one time charges", "one time fees", "one time", "once")
USAGE = ("usage charges", "usage fees", "usage")


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
