"""The number of a clause, typed by hand.

Numbers are given when the contract is printed. "Clause 7.2" is right until somebody writes a new clause 5; after that
it sends the reader to another clause, or to none.

Wrong:

```xladsl wrong
clause payment "Payment" {
  text "The Provider pays each credit as clause 7.2 says." // warning: typed-clause-number
}
```

Right:

```xladsl
clause payment "Payment" {
  text "The Provider pays each credit as clause {clause:portal_up} says."
}
```

A clause of another document, "clause 12 of the Master Services Agreement", is that document's to number.

Source: references to clauses that do not exist are the error most often found in filed contracts; a published agreement
that refers to its "Section 15.10".

Implements: trap T21; lint ref-broken
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from ..diagnostics import Diagnostic, Rule, Severity
from ._figures import any_of
from ._prose import binds, readings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.contract import Contract
    from ..model.lexicon import Lexicon
    from ._prose import Sentence

RULE = Rule("XL511", Severity.WARNING)

CLAUSE_NUMBER = r"[\s.]\s*(\d+(?:\.\d+)*(?:\([a-z0-9]+\))?|[A-Z](?!\w))"


def check(contract: Contract) -> Iterator[Diagnostic]:
    for reading in readings(contract):
        if "references" in reading.found and binds(reading.words):
            for sentence in reading.sentences():
                yield from typed(sentence)


def typed(sentence: Sentence) -> Iterator[Diagnostic]:
    for match in sentence.found("references"):
        text = sentence.reading.words.value
        number = re.compile(CLAUSE_NUMBER).match(text, match.end)
        if number is None or elsewhere(sentence.reading.lexicon).match(text, number.end()):
            continue
        yield Diagnostic(
            "typed-clause-number",
            sentence.at(match.start, number.end()),
            f"`{sentence.shown(match.start, number.end())}` is numbered by hand",
            here="right until a clause is added before it",
            why="On paper the number may belong to another clause, and the reader follows that one.",
            remedy="Quote the clause by its name: `{clause:NAME}` is printed as its number, whatever it becomes.",
        )


@cache
def elsewhere(known: Lexicon) -> re.Pattern[str]:
    """What follows the number of a clause of another document."""
    this = rf"(?!\s+{any_of(known.words('references.this'))})"
    return re.compile(
        rf"(?:\s*\([^)]*\))?[\s,]+{any_of(known.words('references.of_other'))}(?!\w){this}", re.IGNORECASE
    )
