"""A notice that cannot be given in time.

Whoever wants to end an agreement of a year with a notice of a year has to say so before it begins. It is renewed,
once at least, whatever the parties want.

Wrong:

```xladsl wrong
agreement digital_workplace {
  between provider northwind and customer contoso
  term 2026-01-01 to 2026-12-31
  renewed for 12 months unless ended by 12 months notice // error: notice-longer-than-term
  timezone Europe/Copenhagen
}
```

Right:

```xladsl
agreement digital_workplace {
  between provider northwind and customer contoso
  term 2026-01-01 to 2026-12-31
  renewed for 12 months unless ended by 3 months notice
  timezone Europe/Copenhagen
}
```

Source: the requirement that notices fit: the notice against a renewal is shorter than the term.

Implements: measurability T10
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..diagnostics import Diagnostic, Label, Rule, Severity
from ..model.deadlines import days_of
from ._words import shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.contract import Contract

RULE = Rule("XL450", Severity.ERROR)


def check(contract: Contract) -> Iterator[Diagnostic]:
    term, renewal = contract.agreement.term, contract.agreement.renewal
    lasts = (term.end - term.start).days + 1
    if renewal is None or lasts <= 0:
        return
    notice = days_of(renewal.notice)
    if notice.fewest >= lasts:
        yield Diagnostic(
            "notice-longer-than-term",
            renewal.span,
            f"a notice of {shown(renewal.notice.span)} cannot be given within a term of {lasts} days",
            here="would have to be given before the agreement begins",
            labels=(Label(term.span, "the term"),),
            why="The agreement would be renewed whatever the parties want.",
            remedy="Agree on a shorter notice, such as a quarter of the term, or on a longer term.",
        )
    elif notice.fewest > days_of(renewal.lasting).most:
        yield Diagnostic(
            "notice-longer-than-term",
            renewal.span,
            f"a notice of {shown(renewal.notice.span)} is longer than the {shown(renewal.lasting.span)} of a renewal",
            here="would have to be given before the renewal begins",
            why="Once renewed, the agreement could not be ended before it is renewed again.",
            remedy=f"Agree on a notice shorter than {shown(renewal.lasting.span)}.",
        )
