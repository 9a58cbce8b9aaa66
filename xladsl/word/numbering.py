"""Live numbers: those of sections and clauses, and those of items, counted by Word as paper counts them.

Word is made to count only where it comes to what paper says. A number that it would count differently is written out.
"""

from __future__ import annotations

import re
import unicodedata
from copy import deepcopy
from typing import Any

from .markup import w

COUNTED = re.compile(r"\d+|[A-Za-z]+")
"""A part of a number that may count; a word before it is taken as it stands."""

LEVELS = 2
FIRST = {"1": "decimal", "A": "upperLetter", "a": "lowerLetter", "I": "upperRoman", "i": "lowerRoman"}
"""How the first number of a list looks, and in which format Word counts on from there."""

ROMAN = ((100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))


class Counter:
    """One list with its levels: how its numbers look, and where the count stands before and after the changes."""

    def __init__(self, number: int, indents: tuple[tuple[int, int], ...], language: Any = None) -> None:
        self.number = number
        self.indents = indents
        """For each level how far its text stands from the margin, and its number before the text."""
        self.language = language
        """How the runs of a right-to-left language begin; without it Word never shows the digits of that language."""
        self.looks: dict[int, tuple[str, str]] = {}
        self.counts = {"old": [0] * LEVELS, "new": [0] * LEVELS}

    def counts_as(self, level: int, numbers: dict[str, str]) -> bool:
        """Count one more at a level; `numbers` is what paper says of it in the old version, the new one, or both.

        False, and nothing counted, where Word would say another number.
        """
        after = {version: advanced(self.counts[version], level) for version in numbers}
        look = self.looks.get(level) or look_of(next(iter(numbers.values())), level)
        if look is None or any(each not in self.looks for each in range(level)):
            return False
        formats = [*(self.looks[each][0] for each in range(level)), look[0]]
        if any(shown(look[1], formats, after[version]) != in_digits(printed) for version, printed in numbers.items()):
            return False
        self.looks[level] = look
        self.counts |= after
        return True

    def definition(self, headings: tuple[str, ...]) -> Any:
        levels = [
            w(
                "lvl",
                w("start", val=1),
                w("numFmt", val=form),
                w("pStyle", val=headings[level]) if headings else None,
                w("lvlText", val=pattern),
                w("lvlJc", val="left"),
                w("pPr", w("ind", left=indent, hanging=hanging)),
                deepcopy(self.language),
                ilvl=level,
            )
            for level, (form, pattern) in sorted(self.looks.items())
            for indent, hanging in [self.indents[level]]
        ]
        return w("abstractNum", w("multiLevelType", val="multilevel"), *levels, abstractNumId=self.number)


def advanced(counts: list[int], level: int) -> list[int]:
    return [*counts[:level], counts[level] + 1, *[0] * (LEVELS - level - 1)]


def look_of(printed: str, level: int) -> tuple[str, str] | None:
    """The format of the last part of a number, and the pattern of the whole: `Schedule %1`, `%1.%2`, `(%1)`."""
    printed = in_digits(printed)
    found = list(COUNTED.finditer(printed))
    if len(found) < level + 1 or found[-1][0] not in FIRST:
        return None
    pattern, after = "", 0
    for position, token in enumerate(found[-level - 1 :], 1):
        pattern += printed[after : token.start()] + f"%{position}"
        after = token.end()
    return FIRST[found[-1][0]], pattern + printed[after:]


def shown(pattern: str, formats: list[str], counts: list[int]) -> str:
    """What Word makes of a pattern."""
    for level, form in enumerate(formats, 1):
        pattern = pattern.replace(f"%{level}", formatted(counts[level - 1], form))
    return pattern


def formatted(count: int, form: str) -> str:
    if form == "decimal":
        return str(count)
    if form.endswith("Roman"):
        sign = ""
        for worth, letters in ROMAN:
            sign += letters * (count // worth)
            count %= worth
    else:
        sign = chr(ord("A") + (count - 1) % 26) * ((count - 1) // 26 + 1)  # after Z comes AA, and then BB
    return sign if form.startswith("upper") else sign.lower()


def in_digits(printed: str) -> str:
    """The same number in the digits that Word counts in; it shows those of the language of the paragraph."""
    return "".join(str(unicodedata.digit(sign)) if sign.isdigit() else sign for sign in printed)
