"""A question that is not asked in all languages of the agreement.

Who translates a question decides what is measured. "Easy", "simple" and "effortless" draw different answers, and the
agreement was made about the words in it.

Wrong:

```xladsl wrong
agreement digital_workplace {
  between provider northwind and customer contoso
  term 2026-01-01 to 2026-12-31
  timezone Europe/Copenhagen
  languages en, da, prevailing en
}
survey after_incident {
  asks office_staff
  sent on desk.resolved within 24 h
  question ease 1 to 7 asking "How easy was it to get your problem solved?" // warning: question-without-language
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
survey after_incident {
  asks office_staff
  sent on desk.resolved within 24 h
  question ease 1 to 7
    asking en "How easy was it to get your problem solved?"
           da "Hvor nemt var det at få løst dit problem?"
}
```

Source: the requirement that a survey's exact questions stand in the agreement, in each of its languages.

Implements: measurability S10; lint lang-parity
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..diagnostics import Diagnostic, Rule, Severity
from ..model import nodes
from ._words import listed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.contract import Contract

RULE = Rule("XL342", Severity.WARNING)


def check(contract: Contract) -> Iterator[Diagnostic]:
    languages = contract.agreement.languages
    agreed = languages.language if languages else []
    for survey in contract.every(nodes.Survey) if len(agreed) > 1 else ():
        for question in survey.questions:
            asked = {question.asking.language or agreed[0], *(text.language for text in question.asking.translations)}
            missing = [language for language in agreed if language not in asked]
            if missing:
                yield Diagnostic(
                    "question-without-language",
                    question.span,
                    f"the question `{question.name}` is not written in {listed(f'`{code}`' for code in missing)}",
                    here="asked in whose words?",
                    why="Whoever translates the question later changes what is measured, after it was agreed.",
                    remedy=f'Put the translation behind the text:  {missing[0]} "…" .',
                )
