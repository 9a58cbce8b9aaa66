"""A defined term that no sentence uses.

The reader of a contract assumes that every definition matters. One that is never used was meant for a clause that is
missing, or that uses other words.

Wrong:

```xladsl wrong
term major_incident "Major Incident" { // warning: unused-term
  means "an incident that stops a critical service."
}
clause reporting "Reporting" { text "The provider reports every serious incident within a day." }
```

Right:

```xladsl
term major_incident "Major Incident" {
  means "an incident that stops a critical service."
}
clause reporting "Reporting" { text "The provider reports every {term:major_incident} within a day." }
```

A term with the name of a column explains the column, and is used with it.

Source: the requirement that every defined term is used.

Implements: measurability S8; lint term-unused
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..diagnostics import Diagnostic, Rule, Severity
from ..model import nodes
from ._prose import prose

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.contract import Contract

RULE = Rule("XL353", Severity.WARNING)


def check(contract: Contract) -> Iterator[Diagnostic]:
    terms = contract.every(nodes.Definition)
    texts = [(words.block, words.value.casefold()) for words in prose(contract)] if terms else []
    for term in terms:
        written = (term.title.value if term.title else term.name.replace("_", " ")).casefold()
        used = any(written in text or f"{{term:{term.name}}}" in text for block, text in texts if block is not term)
        if not used and term.name not in contract.names.parts:
            yield Diagnostic(
                "unused-term",
                term.place("name"),
                f"no sentence uses the term `{term.title.value if term.title else term.name}`",
                here="defined, and never used",
                why="A reader would look for the clause in which it matters.",
                remedy=f"Use it, or quote it as `{{term:{term.name}}}`; or delete the definition.",
            )
