"""A word in a binding text that each reader measures for himself.

"Promptly" is an hour for one party and a week for the other; "reasonable" is what a judge finds it to be. A promise
in such words cannot be measured, so it can neither be kept nor broken.

Wrong:

```xladsl wrong
obligation restore_test "Test of the backups" {
  of northwind
  recurring each calendar quarter
  describes "The provider promptly reports the result." // warning: vague-word
}
```

Right:

```xladsl
obligation restore_test "Test of the backups" {
  of northwind
  recurring each calendar quarter
  describes "The provider reports the result on the day after the test."
}
```

Read are the texts that bind: clauses, definitions, and what promises, obligations, exclusions and remedies say in
words; each in its own language, for English, Danish, Dutch, Ukrainian and Persian. "Without delay, at the latest within
24 hours" is measurable, and draws nothing; nor does a term of law such as "væsentlig misligholdelse".

Source: the requirement that binding text is free of words such as reasonable, timely and best efforts.

Implements: measurability S5
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ..diagnostics import Diagnostic, Rule, Severity
from ._prose import binds, readings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.contract import Contract
    from ..model.lexicon import Match
    from ._prose import Reading, Sentence

RULE = Rule("XL356", Severity.WARNING)

KINDS = {
    "vague.time": "by when?",
    "vague.effort": "who does what, and how is it seen?",
    "vague.quality": "by which test?",
    "vague.amount": "how much, or in which cases?",
}
MEASURED = r"\d|\{"


def check(contract: Contract) -> Iterator[Diagnostic]:
    for reading in readings(contract):
        if not KINDS.keys().isdisjoint(reading.found) and binds(reading.words):
            for sentence in reading.sentences():
                vague = first_vague(reading, sentence)
                if vague is not None:
                    yield finding(sentence, vague)


def first_vague(reading: Reading, sentence: Sentence) -> Match | None:
    """The first vague word of a sentence that is neither a term of law nor made clear by a figure."""
    harmless = sentence.found("harmless")
    measured = re.search(MEASURED, sentence.text) or any(reading.lexicon.part(token.word) for token in sentence.tokens)
    vague = [match for kind in KINDS for match in sentence.found(kind) if not (kind == "vague.time" and measured)]
    wider = [*harmless, *(match for kind in KINDS for match in sentence.found(kind))]
    vague = [match for match in vague if not any(holds(other, match) for other in wider)]
    return min(vague, key=lambda match: (match.start, -match.end), default=None)


def holds(wider: Match, match: Match) -> bool:
    """Whether a phrase holds a shorter one: "undue" in "without undue delay"."""
    longer = wider.end - wider.start > match.end - match.start
    return longer and wider.start <= match.start and match.end <= wider.end


def finding(sentence: Sentence, vague: Match) -> Diagnostic:
    instead = sentence.reading.lexicon.tables["vague"][vague.table.partition(".")[2]]["instead"]
    return Diagnostic(
        "vague-word",
        sentence.at(vague.start, vague.end),
        f"`{sentence.shown(vague.start, vague.end)}` means something else to each reader",
        here=KINDS[vague.table],
        why="What cannot be measured can neither be kept nor broken; a court would have to guess.",
        remedy=f"Say it so that it can be measured, for instance “{instead}”.",
    )
