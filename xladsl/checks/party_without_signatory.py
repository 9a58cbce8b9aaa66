"""A party that nobody signs for, in an agreement that is ready to be signed.

The paper would have a line for one signature only. Whoever signs in the empty space may not be entitled to.

Wrong:

```xladsl wrong
agreement digital_workplace {
  status final
  between provider northwind and customer contoso
  term 2026-01-01 to 2026-12-31
  timezone Europe/Copenhagen
}
party northwind "Northwind IT Services A/S" { signatory mette_holm "Mette Holm" { } }
party contoso "Contoso Nordic A/S" { } // warning: party-without-signatory
```

Right:

```xladsl
agreement digital_workplace {
  status final
  between provider northwind and customer contoso
  term 2026-01-01 to 2026-12-31
  timezone Europe/Copenhagen
}
party northwind "Northwind IT Services A/S" { signatory mette_holm "Mette Holm" { } }
party contoso "Contoso Nordic A/S" { signatory jens_lund "Jens Lund" { } }
```

Implements: lint party-without-signatory
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..diagnostics import Diagnostic, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.contract import Contract

RULE = Rule("XL346", Severity.WARNING)


def check(contract: Contract) -> Iterator[Diagnostic]:
    agreement = contract.agreement
    for side in agreement.between if agreement.status in ("final", "executed") else ():
        party = side.party.found
        if not party.signatories and not party.represented_by:
            yield Diagnostic(
                "party-without-signatory",
                party.place("name"),
                f"nobody signs for `{party.name}`, and the agreement is {agreement.status}",
                here="no `signatory` is named",
                why="Without a signature of this party the agreement binds nobody.",
                remedy='Add  signatory NAME "…" { position "…" } .',
            )
