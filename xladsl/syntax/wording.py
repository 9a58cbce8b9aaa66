"""How a message speaks of what could stand at a place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .automaton import CLOSING, END, READING, SPELLING

if TYPE_CHECKING:
    from collections.abc import Iterable

LITERALS = {
    "NAME": "a name",
    "NUMBER": "a number",
    "STRING": 'a text in `"`',
    "DATE": "a date such as `2026-01-31`",
    "MONTH": "a month such as `2026-01`",
    "TIME": "a time such as `18:30`",
    "VERSION": "a version such as `1.2.0`",
    "CURRENCY": "a currency such as `EUR`",
    "COUNTRY": "a country such as `DK`",
    "REGION": "a part of a country such as `DE-BY`",
    "ZONE": "a time zone such as `Europe/Copenhagen`",
}
FEW = 6
ANYTHING_ELSE = "something else"


def spelt(kinds: Iterable[str]) -> list[str]:
    """The keywords among the terminals, as they are written, in alphabetical order."""
    return sorted(SPELLING[kind] for kind in kinds if READING.get(kind) == "NAME")


def described(kinds: Iterable[str]) -> str:
    return any_of(list(kinds))


def any_of(kinds: list[str], most: int = FEW) -> str:
    """What is expected, in few words: "`least` or `most`", "a value"."""
    wanted = set(kinds)
    if {"NAME", "NUMBER"} <= wanted:
        return "a value or a name"
    literals = [text for kind, text in LITERALS.items() if kind in wanted]
    words = [f"`{word}`" for word in spelt(wanted)]
    signs = [f"`{SPELLING[kind]}`" for kind in sorted(wanted) if kind in SPELLING and kind not in READING]
    parts = literals + words + (signs if len(literals) + len(words) + len(signs) <= most else [])
    if not parts:
        return "the end of the file" if END in wanted else "`}`" if CLOSING in wanted else ANYTHING_ELSE
    if len(parts) > most:
        return ", ".join(parts[:most]) + " …"
    return " or ".join([", ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else parts)


def shortened(text: str) -> str:
    """A text as a message quotes it: on one line, and not long."""
    line = " ".join(text.split())
    return line if len(line) <= 40 else line[:36] + "…"
