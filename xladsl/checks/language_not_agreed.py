"""A translation into a language that is not one of the agreement's.

It is printed nowhere, reviewed by nobody, and still part of the text that was signed. Only the questions of a survey
may be asked in further languages: those of the people who answer.

Wrong:

```xladsl wrong
need one_contact "One contact is enough" of office_staff {
  voice "I do not want to ask twice."
    da "Jeg vil ikke spørge to gange." // warning: language-not-agreed
}
```

Right:

```xladsl
agreement digital_workplace {
  between provider northwind and customer contoso
  term 2026-01-01 to 2026-12-31
  timezone Europe/Copenhagen
  languages en, da, prevailing en
}
need one_contact "One contact is enough" of office_staff {
  voice "I do not want to ask twice."
    da "Jeg vil ikke spørge to gange."
}
```
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..diagnostics import Diagnostic, Label, Rule, Severity
from ..model import nodes
from ..model.node import walk
from ..model.quantities import Phrase, Text
from ..translations.texts import passages

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.contract import Contract
    from ..model.quantities import Translation

RULE = Rule("XL349", Severity.WARNING)


def check(contract: Contract) -> Iterator[Diagnostic]:
    agreement = contract.agreement
    agreed = agreement.languages.language if agreement.languages else []
    told: set[str] = set()
    for translation in translations(contract) if agreed else ():
        language = translation.language
        if language not in agreed and language not in told:
            told.add(language)
            yield Diagnostic(
                "language-not-agreed",
                translation.span,
                f"`{language}` is not a language of the agreement",
                here="printed nowhere",
                labels=(Label(agreement.place("languages"), "the languages are agreed here"),),
                why="A text that nobody prints and nobody reviews would still have been signed.",
                remedy=f"Add `{language}` to the languages of the agreement, or take the text out.",
            )


def translations(contract: Contract) -> Iterator[Translation]:
    """All translations but those of questions and their scales, which speak the languages of the people asked."""
    questions = [question for survey in contract.every(nodes.Survey) for question in survey.questions]
    asked = {id(part) for question in questions for part in walk(question)}
    for text in contract.parts(Text):
        if id(text) not in asked:
            yield from text.translations
    for passage in passages(contract.blocks):
        if isinstance(passage.text, Phrase):
            yield from passage.text.translations
