"""Two bounds in a sentence, and no word about whether they belong.

"Between 99.0% and 99.9%" may or may not hold 99.0% itself. Tables of published agreements use the word twice, "between
99.0 and 99.9" and "between 99.0 and 95.0", and pay two amounts, or none, for exactly 99.0.

Wrong:

```xladsl wrong
clause small_credit "Small credit" {
  text "The Provider gives a credit where availability is between 99.0% and 99.9%." // warning: bounds-unsaid
}
```

Right:

```xladsl
clause small_credit "Small credit" {
  text "The Provider gives a credit where availability is at least 99.0% and below 99.9%."
}
```

Read are the texts that bind, for two figures of per cent, points, money or time; times of the day are no bounds.

Source: three of 83 published agreements overlap by the word "between".

Implements: trap T2
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from ..diagnostics import Diagnostic, Rule, Severity
from ..model.lexicon import NUMBER
from ._figures import unit_pattern
from ._prose import binds, readings, uses_any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.contract import Contract
    from ..model.lexicon import Lexicon
    from ._prose import Sentence

RULE = Rule("XL505", Severity.WARNING)


def check(contract: Contract) -> Iterator[Diagnostic]:
    for reading in readings(contract):
        if "bounds" in reading.found and binds(reading.words) and re.search(r"\d", reading.words.value):
            for sentence in reading.sentences():
                if sentence.found("bounds") and not uses_any(sentence, "bounds.said"):
                    yield from in_sentence(sentence)


def in_sentence(sentence: Sentence) -> Iterator[Diagnostic]:
    for pattern in patterns(sentence.reading.lexicon):
        for found in pattern.finditer(sentence.text):
            if not (found["unit"] or found["currency"]):
                continue  # two bare numbers count things, and a bound between them is whole
            start, end = sentence.start + found.start(), sentence.start + found.end()
            yield Diagnostic(
                "bounds-unsaid",
                sentence.at(start, end),
                f"`{sentence.shown(start, end)}` does not say whether the bounds belong",
                here=f"and exactly {found['low']}, or exactly {found['high']}?",
                why="On a result that is exactly a bound, each party would read what suits it.",
                remedy=f"Write “at least {found['low']} and below {found['high']}”, or say that both are included.",
            )


@cache
def patterns(known: Lexicon) -> list[re.Pattern[str]]:
    """`between 99.0% and 99.9%`, for each way in which the language says it."""
    unit, currency = unit_pattern(known), r"(?:[A-Z]{3}\s?|[€$£])"
    low = rf"(?P<low>{currency}?{NUMBER}(?:\s?{unit})?)"
    high = rf"(?P<high>(?P<currency>{currency})?{NUMBER}(?:\s?(?P<unit>{unit}))?)"
    return [
        re.compile(rf"(?<!\w){opening}\s+{low}\s+{closing}\s+{high}(?![\w:.]*\d)", re.IGNORECASE)
        for opening, closing in known.tables["bounds"]["pairs"]
    ]
