"""An agreement on cloud services that is silent on a subject which the standard lists.

Who uses a service that runs elsewhere has to know beforehand how it ends, how it changes, and what happens to his data.

Wrong:

```xladsl wrong
agreement digital_workplace "Digital Workplace" { // warning: component-missing
  version 1.0.0
  between provider northwind and customer contoso
  term 2026-01-01 to 2028-12-31
  timezone Europe/Copenhagen
  currency EUR
  languages en
  rounding half up to EUR 0.01, once, on each credit
}
```

Right:

```xladsl
agreement digital_workplace "Digital Workplace" {
  version 1.0.0
  between provider northwind and customer contoso
  term 2026-01-01 to 2028-12-31
  timezone Europe/Copenhagen
  currency EUR
  languages en
  rounding half up to EUR 0.01, once, on each credit
}
change control changes "Changes" {
  changes to targets
  approved by service_manager
  on 30 days notice
}
clause data_use "Data" { in data protection text "Northwind uses the data for nothing but the service." }
clause the_end "The end" { in termination text "Northwind returns all data when the agreement ends." }
```

Source: ISO/IEC 19086-1:2016, which lists what agreements on cloud services are about, among it the termination of
service, changes to it, and the protection of personal data.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..diagnostics import Diagnostic, Rule, Severity
from ..model import nodes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.contract import Contract

RULE = Rule("XL487", Severity.WARNING, ("iso19086",))

CHAPTERS = {
    "termination": "how the service ends and what becomes of the data",
    "change": "how the service may be changed",
    "data protection": "how personal data are protected",
}


def check(contract: Contract) -> Iterator[Diagnostic]:
    said = {clause.chapter for clause in contract.every(nodes.Clause)}
    said |= {"change"} if contract.every(nodes.ChangeControl) else set()
    missing = [chapter for chapter in CHAPTERS if chapter not in said]
    if missing:
        agreement = contract.agreement
        subjects = "; nor ".join(CHAPTERS[chapter] for chapter in missing)
        clauses = " ,  ".join(f"clause NAME {{ in {chapter} … }}" for chapter in missing)
        yield Diagnostic(
            "component-missing",
            agreement.place("name"),
            f"the agreement does not say {subjects}",
            here="no clause is in a chapter about it",
            why="Who depends on a service that runs elsewhere finds out about these on the worst day.",
            remedy=f"Add what is missing:  {clauses} .",
        )
