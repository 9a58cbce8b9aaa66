"""A term that ends like another one, and is not defined by it.

"Incident" is defined, and "Major Incident" is defined without a word about an "Incident". A reader takes each Major
Incident for an Incident, with all that the contract says of those.

Wrong:

```xladsl wrong
term incident "Incident" { means "a ticket that the desk has marked as a fault." }
term major_incident "Major Incident" { means "a stretch of {portal_down}." } // info: term-inside-term
clause reporting "Reporting" { text "The Provider reports every Incident, and by telephone every Major Incident." }
```

Right:

```xladsl
term incident "Incident" { means "a ticket that the desk has marked as a fault." }
term major_incident "Major Incident" { means "an Incident that stops the portal." }
clause reporting "Reporting" { text "The Provider reports every Incident, and by telephone every Major Incident." }
```

Source: the proofreading of contracts for terms that overlap.

Implements: lint term-overlap
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..diagnostics import Diagnostic, Label, Rule, Severity
from ..model import nodes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.contract import Contract

RULE = Rule("XL515", Severity.INFO)


def check(contract: Contract) -> Iterator[Diagnostic]:
    terms = {term.title.value: term for term in contract.every(nodes.Definition) if term.title is not None}
    for title, term in terms.items():
        for shorter, other in terms.items():
            if title.endswith(f" {shorter}") and not (is_defined_by(term, shorter, other) or is_a_name(other)):
                yield Diagnostic(
                    "term-inside-term",
                    term.place("name"),
                    f"`{title}` is not defined as a kind of `{shorter}`",
                    here=f"is it a `{shorter}`?",
                    labels=(Label(other.place("name"), "the term inside it"),),
                    why=f"A reader would apply to each `{title}` all that holds for a `{shorter}`.",
                    remedy=f"Define it as a `{shorter}` that …, or give it a name that does not end so.",
                )


def is_defined_by(term: nodes.Definition, shorter: str, other: nodes.Definition) -> bool:
    text = " ".join(part.value for part in term.means)
    return shorter in text or f"{{term:{other.name}}}" in text


def is_a_name(term: nodes.Definition) -> bool:
    """Whether a term names one thing, as `Agreement` does: what is called so besides is no kind of it."""
    return term.means[0].value.split()[:1] in (["this"], ["This"])
