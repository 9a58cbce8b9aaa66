"""One term with two definitions.

Wherever the term is used, either definition may be meant.

Wrong:

```xladsl wrong
term business_day "Business Day" { means "a day on which banks in Copenhagen are open." }
term working_day "Business day" { means "a day from Monday to Friday." } // error: doubled-term
clause reporting "Reporting" { text "The provider reports within one Business Day." }
```

Right:

```xladsl
term business_day "Business Day" { means "a day on which banks in Copenhagen are open." }
clause reporting "Reporting" { text "The provider reports within one Business Day." }
```

Source: the requirement that every defined term resolves exactly once.

Implements: measurability S8; lint term-duplicate
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..diagnostics import Diagnostic, Label, Rule, Severity
from ..model import nodes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.contract import Contract

RULE = Rule("XL354", Severity.ERROR)


def check(contract: Contract) -> Iterator[Diagnostic]:
    defined: dict[str, nodes.Definition] = {}
    for term in contract.every(nodes.Definition):
        if term.title is None:
            continue
        first = defined.setdefault(" ".join(term.title.value.casefold().split()), term)
        if first is not term:
            yield Diagnostic(
                "doubled-term",
                term.place("title") if "title" in term.places else term.place("name"),
                f"`{term.title.value}` is defined twice",
                here="a second definition",
                labels=(Label(first.place("name"), "the first definition"),),
                why="Wherever the term is used, each party would read the definition that suits it.",
                remedy="Keep one of the two, or give the other term another title.",
            )
