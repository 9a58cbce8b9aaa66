"""An availability that the suppliers below it do not allow.

Where every supplier is needed, their promises multiply. A line of 99.9 % and a cloud of 99.9 % leave 99.8 % even if
both keep their word and nothing else ever fails.

Wrong:

```xladsl wrong
sla portal_open "Portal availability" {
  for portal
  value 100% - length of portal_down / length of the window
  level at least 99.95% // warning: chain-below-promise
  each calendar month
  owner service_manager
}
dependency leased_lines "Leased lines" {
  supplied by "Nordlink ApS"
  for portal
  promises at least 99.9% each calendar month
  failure is borne by the provider
}
```

Right:

```xladsl
sla portal_open "Portal availability" {
  for portal
  value 100% - length of portal_down / length of the window
  level at least 99.9%
  each calendar month
  owner service_manager
}
dependency leased_lines "Leased lines" {
  supplied by "Nordlink ApS"
  for portal
  promises at least 99.95% each calendar month
  failure is borne by the provider
}
```

A supplier whose `failure is left out` is no part of the chain. One who is judged by the year may be down for all of
its yearly allowance in a single month.

Source: the availability of parts that are all needed is the product of their availabilities: 99.95 % × 99.9 % × 99.9
% is 99.75 %.

Implements: measurability A1
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..diagnostics import Diagnostic, Label, Rule, Severity
from ..model.feasibility import chain, percent, promised_shares
from ..model.promises import every_promise
from ..model.statistics.availability import chain_availability
from ._words import listed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.contract import Contract
    from ..model.feasibility import Link

RULE = Rule("XL430", Severity.WARNING)


def check(contract: Contract) -> Iterator[Diagnostic]:
    for promise in every_promise(contract):
        steps = promised_shares(promise)
        links = chain(contract, promise) if steps else []
        highest = chain_availability(link.share for link in links)
        for step, share in steps:
            if links and share > highest:
                names = listed(f"`{link.dependency.name}`" for link in links)
                yield Diagnostic(
                    "chain-below-promise",
                    step.span,
                    f"`{promise.name}` promises {percent(share)}, and {names} {leave(links)} {percent(highest, 6)}",
                    here=f"at most {percent(highest)} can be kept if each just keeps its word",
                    labels=tuple(Label(link.dependency.place("level"), share_of(link)) for link in links),
                    why="The provider would breach its promise while all of its suppliers keep theirs.",
                    remedy=f"Promise at most {percent(highest)}, agree on more with the suppliers, or leave their"
                    " failures out; if they stand in for one another, say so in a waiver.",
                )


def leave(links: list[Link]) -> str:
    return "leaves" if len(links) == 1 else "together leave"


def share_of(link: Link) -> str:
    if not link.longer:
        return f"leaves {percent(link.share, 6)}"
    return f"leaves {percent(link.share, 6)} of a window in which all of its allowance is used"
