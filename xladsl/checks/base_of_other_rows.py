"""A credit for a single event whose base adds up rows of another source.

An event is judged by itself, in its own moment. Rows of an invoice lie in other moments, so that none of them is added
up, and the credit is a part of nothing.

Wrong:

```xladsl wrong
tickets bills {
  columns billed as time from "billed", price as money from "price"
  dated by billed
  run by northwind
}
sla each_solved "Each ticket" {
  value mean of (desk.resolved - desk.opened)
  better when lower
  level at most 8 h
  each ticket
  no data counts as met
  owner service_manager
}
credit late_credit {
  for each_solved
  base highest of (sum of bills.price, EUR 0.00) // warning: base-of-other-rows
  nature price reduction
  | above 8 h | 10% |
  claim not needed
}
```

Right:

```xladsl
sla each_solved "Each ticket" {
  value mean of (desk.resolved - desk.opened)
  better when lower
  level at most 8 h
  each ticket
  no data counts as met
  owner service_manager
}
credit late_credit {
  for each_solved
  base fee portal_monthly of the month measured
  nature price reduction
  | above 8 h | 10% |
  claim not needed
}
```

Source: prices for each circuit that stand on the invoice, and credits for each of its faults.

Implements: trap T14
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..diagnostics import Diagnostic, Label, Rule, Severity
from ..model import nodes
from ..model.promises import paid_for
from ..model.samples import sources_behind, sources_of_promise

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.contract import Contract

RULE = Rule("XL643", Severity.WARNING)

SINGLE = ("event", "ticket")


def check(contract: Contract) -> Iterator[Diagnostic]:
    for payment in contract.every(nodes.Payment):
        if payment.base is None:
            continue
        added_up = list(sources_behind(contract, payment.base.amount))
        for promise in paid_for(contract, payment):
            own = sources_of_promise(contract, promise)
            others = [source for source in added_up if source not in own]
            if promise.each in SINGLE and others:
                place = own[0].name if own else promise.name
                yield Diagnostic(
                    "base-of-other-rows",
                    payment.base.amount.span,
                    f"`{payment.name}` is paid for each {promise.each} by itself, and its base adds up rows of"
                    f" `{others[0].name}`, of which none lies in the moment of the {promise.each}",
                    here="comes to nothing",
                    labels=(Label(promise.span, f"judged for each {promise.each} alone"),),
                    why="The customer would be paid a part of nothing, however long each of them lasts.",
                    remedy=f"Write the price in a column of `{place}` and take that, or take  fee … of the month"
                    " measured ; or promise it  each calendar month  for each of what is billed.",
                )
