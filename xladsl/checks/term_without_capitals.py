"""A defined term that is written without its capital letters.

"Major Incident" is defined, and one sentence speaks of a "major incident". Either the definition is meant, and the
sentence must say so, or something wider is, and the words must be others.

Wrong:

```xladsl wrong
term major_incident "Major Incident" { means "an incident that stops a critical service." }
clause reporting "Reporting" {
  text "The Provider reports every Major Incident, with a plan."
  text "After a major incident the Provider presents a plan." // warning: term-without-capitals
}
```

Right:

```xladsl
term major_incident "Major Incident" { means "an incident that stops a critical service." }
clause reporting "Reporting" {
  text "The Provider reports every Major Incident, with a plan."
}
```

Read are the texts that bind, each in its own language, for terms of two words and more: a single word such as "credit"
has uses of its own.

Source: the proofreading of contracts for terms that lose their capitals.

Implements: lint term-case
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ..diagnostics import Diagnostic, Label, Rule, Severity
from ..model import nodes
from ._prose import binds, prose

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.contract import Contract

RULE = Rule("XL514", Severity.WARNING)


def check(contract: Contract) -> Iterator[Diagnostic]:
    texts = prose(contract) if contract.every(nodes.Definition) else []
    terms = [words for words in texts if words.field == "title" and is_capitalised(words.value, words.block)]
    for words in texts if terms else ():
        lower = words.value.lower()
        for term in terms:
            if term.value.lower() in lower and words.language == term.language and binds(words):
                pattern = r"\s+".join(map(re.escape, term.value.lower().split()))
                found = re.search(rf"(?<!\w){pattern}(?!\w)", words.value)
                if found is not None:
                    yield Diagnostic(
                        "term-without-capitals",
                        words.at(found[0], found.start()),
                        f"`{found[0]}` is written without the capitals of the defined term",
                        here=f"`{term.value}`, or something wider?",
                        labels=(Label(term.block.place("name"), "this term is defined"),),
                        why="One party would read the definition into it, the other would not.",
                        remedy=f"Write `{term.value}` where the definition is meant, and other words where it is not.",
                    )


def is_capitalised(title: str, block: object) -> bool:
    """Whether a title is that of a term of several words, each with its capital."""
    words = title.split()
    return isinstance(block, nodes.Definition) and len(words) > 1 and all(word[0].isupper() for word in words)
