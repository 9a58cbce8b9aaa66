"""A party that agrees with itself.

Nobody can owe himself anything. Where one party stands on both sides, one of the names is a slip, and the promises of
the other party bind nobody.

Wrong:

```xladsl wrong
agreement digital_workplace {
  between provider northwind and customer northwind // error: party-on-both-sides
  term 2026-01-01 to 2026-12-31
  timezone Europe/Copenhagen
}
```

Right:

```xladsl
agreement digital_workplace {
  between provider northwind and customer contoso
  term 2026-01-01 to 2026-12-31
  timezone Europe/Copenhagen
}
```
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..diagnostics import Diagnostic, Label, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model import nodes
    from ..model.contract import Contract

RULE = Rule("XL307", Severity.ERROR)


def check(contract: Contract) -> Iterator[Diagnostic]:
    first: dict[int, nodes.Side] = {}
    for side in contract.agreement.between:
        earlier = first.setdefault(id(side.party.found), side)
        if earlier is not side:
            yield Diagnostic(
                "party-on-both-sides",
                side.span,
                f"`{side.party.name}` stands on both sides of the agreement",
                here=f"{side.capacity} here",
                labels=(Label(earlier.span, f"and {earlier.capacity} here"),),
                why="Nobody can promise himself anything; the other party would be bound by nothing.",
                remedy="Name the other party here.",
            )
