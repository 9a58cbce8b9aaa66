"""A capitalised term that looks like a defined one and is not.

"Major Incident" is defined; "Major Incidnet" and "Severe Incident" are not. Capitals tell the reader that a
definition exists, and the reader will find the wrong one.

Wrong:

```xladsl wrong
term major_incident "Major Incident" { means "an incident that stops a critical service." }
clause reporting "Reporting" {
  text "The provider reports every Major Incident and every Severe Incident." // warning: undefined-term
}
```

Right:

```xladsl
term major_incident "Major Incident" { means "an incident that stops a critical service." }
clause reporting "Reporting" {
  text "The provider reports every Major Incident, and every other incident once a month."
}
```

Source: the requirement that every defined term resolves once; published agreements with terms that nothing defines.

Implements: measurability S8; trap T21; lint term-undefined
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ..diagnostics import Diagnostic, Label, Rule, Severity
from ..model import nodes
from ..spelling import nearest
from ._prose import prose

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.contract import Contract
    from ._prose import Words

RULE = Rule("XL352", Severity.WARNING)

WHERE_CAPITALS_COUNT = (nodes.Clause, nodes.Definition, nodes.Agreement)

WORDS = re.compile(r"[^\W\d_]+(?: [^\W\d_]+)+")


def check(contract: Contract) -> Iterator[Diagnostic]:
    terms: dict[str, dict[str, nodes.Definition]] = {}
    for words in prose(contract):
        if isinstance(words.block, nodes.Definition) and words.field == "title":
            terms.setdefault(words.language, {})[words.value] = words.block
    titles = set(titles_of(contract)) if terms else set()
    seen: set[str] = set()
    for words in prose(contract) if terms else ():
        if not isinstance(words.block, WHERE_CAPITALS_COUNT):
            continue
        for phrase in capitalised(words.value):
            if phrase not in seen and not any(title in phrase.casefold() for title in titles):
                seen.add(phrase)
                yield from taken_for_a_term(words, phrase, terms.get(words.language, {}))


def titles_of(contract: Contract) -> Iterator[str]:
    """The titles of everything that has one, in all languages."""
    for node in contract.parts(nodes.Named):
        if node.title is not None:
            yield node.title.value.casefold()
            yield from (translation.value.casefold() for translation in node.title.translations)


def capitalised(text: str) -> Iterator[str]:
    """`Major Incident`: two words and more, each with a capital and the rest in small letters."""
    for found in WORDS.findall(text):
        run: list[str] = []
        for word in [*found.split(), ""]:
            if word.istitle() and len(word) > 1:
                run.append(word)
            else:
                if len(run) > 1:
                    yield " ".join(run)
                run = []


def taken_for_a_term(words: Words, phrase: str, terms: dict[str, nodes.Definition]) -> Iterator[Diagnostic]:
    """A finding if a phrase ends like a defined term of several words, or is one of them misspelt."""
    ending = phrase.rpartition(" ")[2].removesuffix("s")
    alike = next((term for term in terms if term.endswith(f" {ending}")), None)
    meant = nearest(phrase, terms) or alike
    if meant is not None:
        yield Diagnostic(
            "undefined-term",
            words.at(phrase),
            f"`{phrase}` is written like a defined term, and nothing defines it",
            here=f"did you mean `{meant}`?",
            labels=(Label(terms[meant].place("title"), "this term is defined"),),
            why="A reader would take it for the defined term, or for a third thing.",
            remedy=f"Write `{meant}`, define the term, or write it without capitals.",
        )
