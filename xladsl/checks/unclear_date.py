"""A date that is one day to one reader and another day to the next.

"03/04/2026" is the third of April in Copenhagen and the fourth of March in New York. Both are in the contract's
language.

Wrong:

```xladsl wrong
clause hand_over "Hand-over" {
  text "The Provider hands over the directory of computers by 03/04/2026." // warning: unclear-date
}
```

Right:

```xladsl
clause hand_over "Hand-over" {
  text "The Provider hands over the directory of computers by 3 April 2026."
}
```

Found are dates in English whose first two numbers could each be the month, and in any language dates with slashes and
a year of two digits. In Danish, Dutch and Ukrainian the day comes first by custom.

Source: ISO 8601; contracts read on both sides of the Atlantic.

Implements: trap T23
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ..diagnostics import Diagnostic, Rule, Severity
from ._prose import readings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.contract import Contract

RULE = Rule("XL506", Severity.WARNING)

NUMERIC = re.compile(r"(?<![\w./-])(\d{1,2})([/.-])(\d{1,2})\2(\d{4}|\d{2})(?![\w/-]|\.\d)")


def check(contract: Contract) -> Iterator[Diagnostic]:
    for reading in readings(contract):
        for found in NUMERIC.finditer(reading.words.value):
            first, second, year = int(found[1]), int(found[3]), found[4]
            order_unclear = reading.lexicon.tables["dates"] == "unclear" and len(year) == 4
            if not (1 <= first <= 12 and 1 <= second <= 12):
                continue
            if (order_unclear and first != second) or (len(year) == 2 and found[2] == "/"):
                yield Diagnostic(
                    "unclear-date",
                    reading.words.at(found[0], found.start()),
                    f"`{found[0]}` is more than one day",
                    here="which of the numbers is the month?",
                    why="A deadline that is two days is met on one of them and missed on the other.",
                    remedy="Write the month in words and the year with four digits, or the date as 2026-04-03.",
                )
