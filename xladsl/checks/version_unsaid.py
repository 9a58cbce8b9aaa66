"""An agreement ready to be signed that does not say which version it is, or of which document it is a schedule.

Service levels are changed on a web page, and copies of three years go on circulating: 30 days to claim in one, 60 in
the next. A text without a version cannot be told from the one before it.

Wrong:

```xladsl wrong
agreement digital_workplace { // warning: version-unsaid
  status final
  between provider northwind and customer contoso
  schedule to "Master Services Agreement" dated 2025-11-03
  term 2026-01-01 to 2026-12-31
  timezone Europe/Copenhagen
}
```

Right:

```xladsl
agreement digital_workplace {
  version 1.0.0
  status final
  between provider northwind and customer contoso
  schedule to "Master Services Agreement" dated 2025-11-03
  term 2026-01-01 to 2026-12-31
  timezone Europe/Copenhagen
}
```

Source: published service levels of which versions with other windows, caps and days to claim are still quoted.

Implements: trap T21
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..diagnostics import Diagnostic, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.contract import Contract

RULE = Rule("XL606", Severity.WARNING)

FOR_SIGNING = ("final", "executed")


def check(contract: Contract) -> Iterator[Diagnostic]:
    agreement = contract.agreement
    if agreement.status not in FOR_SIGNING:
        return
    if agreement.version is None:
        yield Diagnostic(
            "version-unsaid",
            agreement.place("name"),
            f"`{agreement.name}` is {agreement.status}, and does not say which version it is",
            here="which of the texts that circulate?",
            why="In a dispute each party would hold up the version that suits it.",
            remedy="Add  version 1.0.0 , and raise it with every change.",
        )
    if agreement.schedule is not None and agreement.schedule.dated is None:
        yield Diagnostic(
            "version-unsaid",
            agreement.schedule.span,
            f"`{agreement.name}` belongs to a document that has no date",
            here="which version of it?",
            why="Terms that change under the same title would change this agreement without anybody's consent.",
            remedy="Add the day of the document:  dated 2026-01-31 .",
        )
