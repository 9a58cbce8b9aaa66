"""An amount in words and in digits that are not the same.

"Within ten (12) days" has two deadlines. In most laws the words win, and the party that counted on the digits finds
out in court.

Wrong:

```xladsl wrong
clause plan "Plan" {
  text "The Provider presents the plan within ten (12) days." // error: words-and-digits-differ
}
```

Right:

```xladsl
clause plan "Plan" {
  text "The Provider presents the plan within twelve (12) days."
}
```

Better still is to write the number once.

Source: amounts whose words and digits differ are among the ten drafting errors most often found in filed contracts.

Implements: lint words-digits-mismatch
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ..diagnostics import Diagnostic, Rule, Severity
from ..model.lexicon import NUMBER, NUMBER_BEGINS, tokenized
from ._figures import unit_pattern
from ._prose import readings

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

    from ..model.contract import Contract
    from ..model.lexicon import Lexicon
    from ._prose import Reading

RULE = Rule("XL501", Severity.ERROR)

DIGITS_IN_BRACKETS = re.compile(rf"\(\s*({NUMBER})\s*[%٪]?\s*\)")
WORDS_IN_BRACKETS = re.compile(rf"{NUMBER_BEGINS}({NUMBER})\s*[%٪]?\s*\(\s*([^\W\d][^()\d]*?)\s*\)")


def check(contract: Contract) -> Iterator[Diagnostic]:
    for reading in readings(contract):
        text = reading.words.value
        if "(" not in text:
            continue
        for found in DIGITS_IN_BRACKETS.finditer(text):
            spelt = number_before(reading, found.start())
            if spelt is not None:
                yield from compared(reading, spelt, found[1], (spelt.start, found.end()))
        for found in WORDS_IN_BRACKETS.finditer(text):
            value = number_within(reading.lexicon, found[2])
            if value is not None:
                yield from compared(reading, Spelt(value, found[2], found.start()), found[1], found.span())


class Spelt:
    """A number written in words, and where it begins."""

    def __init__(self, value: Decimal, words: str, start: int) -> None:
        self.value = value
        self.words = words
        self.start = start


def number_before(reading: Reading, end: int) -> Spelt | None:
    """The number in words that ends where a bracket opens."""
    joints = reading.lexicon.tables["counting"]["joints"]
    words: list[str] = []
    start = end
    for token in reversed([token for token in reading.tokens if token.end <= end]):
        if not re.fullmatch(r"[\s\u200c-]*", reading.words.value[token.end : start]):
            break
        if reading.lexicon.part(token.word) is None and (token.word not in joints or not words):
            break
        words.insert(0, token.word)
        start = token.start
    value = reading.lexicon.spelt(words)
    return None if value is None else Spelt(value, reading.words.value[start:end].strip(), start)


def number_within(known: Lexicon, words: str) -> Decimal | None:
    """The number that stands between brackets, alone or with its unit after it."""
    spelt = [token.word for token in tokenized(re.sub(rf"\s*{unit_pattern(known)}$", "", words, flags=re.IGNORECASE))]
    return known.spelt(spelt)


def compared(reading: Reading, spelt: Spelt, digits: str, place: tuple[int, int]) -> Iterator[Diagnostic]:
    if spelt.value != reading.lexicon.number(digits):
        yield Diagnostic(
            "words-and-digits-differ",
            reading.words.at(reading.words.value[slice(*place)], place[0]),
            f"the words say `{spelt.words}`, and the digits say `{digits}`",
            here=f"{spelt.value:f} or {digits}?",
            why="Each party would count with the one that suits it, and in most laws the words win over the digits.",
            remedy="Write the number once, or quote the clause that holds it.",
        )
