"""Terms that are defined by each other.

"Downtime" is the time of an "Outage", and an "Outage" is a stretch of "Downtime". Whoever looks one of them up is sent
to the other, and back.

Wrong:

```xladsl wrong
term downtime "Downtime" { means "the time that every Outage lasts." } // warning: circular-term
term outage "Outage" { means "a stretch of {term:downtime}." }
clause reporting "Reporting" { text "The Provider reports every Outage and all Downtime." }
```

Right:

```xladsl
term downtime "Downtime" { means "the time that every Outage lasts." }
term outage "Outage" { means "a stretch of {portal_down}." }
clause reporting "Reporting" { text "The Provider reports every Outage and all Downtime." }
```

A term is used where its title stands with the same capitals, or where `{term:…}` quotes it.

Source: the proofreading of contracts for terms that lead back to themselves.

Implements: lint term-circular
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ..diagnostics import Diagnostic, Label, Rule, Severity
from ..model import nodes
from ..model.prose import quotations
from ._words import listed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.contract import Contract

RULE = Rule("XL504", Severity.WARNING)


def check(contract: Contract) -> Iterator[Diagnostic]:
    terms = contract.every(nodes.Definition)
    uses = {term.name: used_by(term, terms) for term in terms}
    told: set[str] = set()
    for term in terms:
        circle = circle_from(term, uses) if term.name not in told else []
        if circle:
            told |= {each.name for each in circle}
            through = listed([f"`{title_of(each)}`" for each in circle[1:]]) if len(circle) > 1 else ""
            yield Diagnostic(
                "circular-term",
                term.place("name"),
                f"`{title_of(term)}` is defined by itself" + (f", through {through}" if through else ""),
                here="leads back to itself",
                labels=tuple(Label(each.place("name"), "on the way") for each in circle[1:]),
                why="Whoever looks the term up learns nothing, and each party will bring its own meaning.",
                remedy="Define one of them by something that is measured or listed, without the others.",
            )


def used_by(term: nodes.Definition, terms: list[nodes.Definition]) -> list[nodes.Definition]:
    """The terms that a definition uses; in a longer title, the words of a shorter one are not a use."""
    text = " ".join(" ".join(part.value for part in term.means).split())
    if title_of(term) in text:  # "this Master Agreement" in the definition of Agreement is a name
        text = re.sub(rf"\b(?:[Tt]his|[A-Z]\w*) {re.escape(title_of(term))}\b", "", text)
    quoted = {quotation.path for quotation in quotations(text) if quotation.kind == "term"}
    found = []
    for other in sorted(terms, key=lambda each: -len(title_of(each))):
        title = title_of(other)
        written = rf"(?<!\w){re.escape(title)}(?!\w)"
        if other.name in quoted or (title in text and re.search(written, text)):
            text = re.sub(written, "", text)
            found.append(other)
    return found


def title_of(term: nodes.Definition) -> str:
    return term.title.value if term.title is not None else term.name


def circle_from(start: nodes.Definition, uses: dict[str, list[nodes.Definition]]) -> list[nodes.Definition]:
    """The terms on the shortest way from one back to itself; empty if there is no such way."""
    ways: list[list[nodes.Definition]] = [[start]]
    seen: set[str] = set()
    while ways:
        way = ways.pop(0)
        for used in uses[way[-1].name]:
            if used is start:
                return way
            if used.name not in seen:
                seen.add(used.name)
                ways.append([*way, used])
    return []
