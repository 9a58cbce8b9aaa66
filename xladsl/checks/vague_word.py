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

Read are promises, obligations, exclusions and clauses that say `force binding`, in English.

Source: the requirement that binding text is free of words such as reasonable, timely and best efforts.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ..diagnostics import Diagnostic, Rule, Severity
from ..model import nodes
from ._prose import prose

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.contract import Contract
    from ..model.node import Node

RULE = Rule("XL356", Severity.WARNING)

BINDING = (nodes.Promise, nodes.Obligation, nodes.LeavesOut)
VAGUE = (
    r"(?i)\b(?:promptly|timely|in good time|as soon as (?:possible|practicable)|best efforts|best endeavours"
    r"|reasonabl[ey]|user-friendly|state of the art|where appropriate|if necessary|adequate(?:ly)?)\b"
)


def check(contract: Contract) -> Iterator[Diagnostic]:
    for words in prose(contract):
        found = re.search(VAGUE, words.value) if binds(words.block) else None
        if found is not None:
            yield Diagnostic(
                "vague-word",
                words.at(found[0]),
                f"`{found[0]}` means something else to each reader",
                here="how much, or by when?",
                why="What cannot be measured can neither be kept nor broken; a court would have to guess.",
                remedy="Say it in numbers: within how many hours, to what amount, by which test.",
            )


def binds(block: Node) -> bool:
    if isinstance(block, nodes.Promise):
        return block.bindingness == "binding"
    return isinstance(block, BINDING) or (isinstance(block, nodes.Clause) and block.force == "binding")
