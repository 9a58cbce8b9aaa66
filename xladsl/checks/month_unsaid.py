"""A figure for each month in a sentence that does not say which kind of month.

A calendar month has 28 to 31 days, a billing month begins on the day of the contract, and "a month" may be any thirty
days. Twenty-two minutes of downtime break the promise in one of them and keep it in another.

Wrong:

```xladsl wrong
clause on_site "Visits" {
  text "The Provider visits the office at least 2 times a month." // warning: month-unsaid
}
```

Right:

```xladsl
clause on_site "Visits" {
  text "The Provider visits the office at least 2 times in each calendar month."
}
```

Read are the sentences that bind and hold a figure, for months, quarters and years. Sums of money are left alone: the
fee says its own period.

Source: twelve of 83 published agreements mix calendar months, billing months and thirty days.

Implements: trap T8; measurability T2
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ..diagnostics import Diagnostic, Rule, Severity
from ._prose import binds, readings, uses_any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.contract import Contract
    from ._prose import Sentence

RULE = Rule("XL508", Severity.WARNING)

WINDOWS = {"windows.month": "month", "windows.quarter": "quarter", "windows.year": "year"}
FIGURE = re.compile(r"(?<![\w{.,-])\d")
MONEY = re.compile(r"[€$£]|\b[A-Z]{3}\s?\d|\d\s?[A-Z]{3}\b|(?i:\b(?:euro|kroner|kr|грн|ریال|یورو)\b)")


def check(contract: Contract) -> Iterator[Diagnostic]:
    for reading in readings(contract):
        if not WINDOWS.keys().isdisjoint(reading.found) and binds(reading.words):
            for sentence in reading.sentences():
                if is_measured(sentence) and not uses_any(sentence, "windows.said"):
                    yield from unsaid(sentence)


def is_measured(sentence: Sentence) -> bool:
    return FIGURE.search(sentence.text) is not None and MONEY.search(sentence.text) is None


def unsaid(sentence: Sentence) -> Iterator[Diagnostic]:
    for table, window in WINDOWS.items():
        for match in sentence.found(table)[:1]:
            yield Diagnostic(
                "month-unsaid",
                sentence.at(match.start, match.end),
                f"`{sentence.shown(match.start, match.end)}` does not say which kind of {window}",
                here=f"a calendar {window}, one of the contract, or any stretch as long?",
                why=f"What is counted in one kind of {window} is another number in the next.",
                remedy=f"Write “calendar {window}”, “contract {window}” or the number of days.",
            )
