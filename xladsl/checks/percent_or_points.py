"""A change of a percentage by so many per cent.

Availability of 99.0% that "rises by 0.5%" is 99.5% to one reader, who adds percentage points, and 99.495% to the other,
who takes half a per cent of it. With a share of 40% that "rises by 10%" it is 50% or 44%.

Wrong:

```xladsl wrong
clause better "Every year a little better" {
  text "From 2027 the level of availability rises by 0.05% at each review." // warning: percent-or-points
}
```

Right:

```xladsl
clause better "Every year a little better" {
  text "From 2027 the level of availability rises by 0.05 percentage points at each review."
}
```

Found is a figure in per cent after a word of change, in a sentence that binds and speaks of availability, a share, a
rate, a level or satisfaction. A fee that rises by 3% is clear.

Source: eight of 83 published agreements leave open whether per cent or percentage points are meant.

Implements: trap T11
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ..diagnostics import Diagnostic, Rule, Severity
from ._figures import percentages
from ._prose import binds, readings, uses_any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.contract import Contract
    from ._figures import Figure
    from ._prose import Sentence

RULE = Rule("XL509", Severity.WARNING)


def check(contract: Contract) -> Iterator[Diagnostic]:
    for reading in readings(contract):
        if "changes" not in reading.found or not binds(reading.words):
            continue
        for sentence in reading.sentences():
            if sentence.found("changes") and uses_any(sentence, "changes.shares"):
                for figure in percentages(sentence):
                    if is_a_change(sentence, figure):
                        yield unclear(sentence, figure)


def is_a_change(sentence: Sentence, figure: Figure) -> bool:
    """Whether a percentage says by how much something changes, and not to what."""
    by = sentence.reading.lexicon.words("changes.by")
    before = sentence.reading.words.value[sentence.start : figure.start]
    return not by or re.search(rf"(?<!\w)(?:{'|'.join(by)})\s+$", before, re.IGNORECASE) is not None


def unclear(sentence: Sentence, figure: Figure) -> Diagnostic:
    written = sentence.shown(figure.start, figure.end)
    return Diagnostic(
        "percent-or-points",
        sentence.at(figure.start, figure.end),
        f"`{written}` of change in a percentage may be per cent of it, or percentage points",
        here="per cent of what?",
        why=f"From 50%, one party would count to {50 + figure.amount:f}%, the other to"
        f" {(50 + figure.amount / 2).normalize():f}%.",
        remedy=f"Write “{figure.amount:f} percentage points”, or say what it is a share of.",
    )
