"""An agreement in several languages, none of which prevails.

Two texts never say quite the same. Where they differ, each party reads the one that suits it, and both are the
contract.

Wrong:

```xladsl wrong
agreement digital_workplace {
  between provider northwind and customer contoso
  term 2026-01-01 to 2026-12-31
  timezone Europe/Copenhagen
  languages en, da // warning: text-without-prevailing
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
```

Implements: lint prevailing-language-missing
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..diagnostics import Diagnostic, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.contract import Contract

RULE = Rule("XL345", Severity.WARNING)


def check(contract: Contract) -> Iterator[Diagnostic]:
    agreement = contract.agreement
    languages = agreement.languages
    if languages is None or (len(languages.language) < 2 and languages.prevailing is None):
        return
    agreed = ", ".join(languages.language)
    if languages.prevailing not in languages.language:
        yield Diagnostic(
            "text-without-prevailing",
            agreement.place("languages"),
            f"the agreement is written in {agreed}, and `{languages.prevailing}` is none of them"
            if languages.prevailing
            else f"the agreement is written in {agreed}, and neither text prevails",
            here="which text decides where they differ?",
            why="Where the texts differ, each party would rely on its own.",
            remedy=f"Write  languages {agreed}, prevailing {languages.language[0]} .",
        )
