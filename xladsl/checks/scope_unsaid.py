"""A binding promise that does not say for which service or for whom it holds.

Where several services are delivered, "95 % of the cases in time" is kept for all of them taken together while one of
them fails every day; and nobody knows whose fee a credit reduces.

Wrong:

```xladsl wrong
sla answered "Cases answered" { // warning: scope-unsaid
  value share of desk in which resolved - opened <= 4 business hours
  empty counts as met
  force binding
  level at least 95%
  each calendar month
}
service telephony "Telephones" { by northwind }
```

Right:

```xladsl
sla answered "Cases answered" {
  for portal, telephony
  value share of desk in which resolved - opened <= 4 business hours
  empty counts as met
  force binding
  level at least 95%
  each calendar month
}
service telephony "Telephones" { by northwind }
```

A promise whose KPI serves a goal, or asks people, has its scope from there. All services are named one by one.

Source: the requirement that a promise says its service, its users, its sites and its priorities, and never `the
organisation`.

Implements: measurability S2
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..diagnostics import Diagnostic, Label, Rule, Severity
from ..model import nodes
from ..model.promises import every_promise, measured
from ..model.samples import sources_of_promise

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.contract import Contract

RULE = Rule("XL550", Severity.WARNING)


def check(contract: Contract) -> Iterator[Diagnostic]:
    services = contract.every(nodes.Service)
    names = ", ".join(service.name for service in services)
    for promise in every_promise(contract) if len(services) > 1 else ():
        if promise.bindingness == "binding" and not has_scope(contract, promise):
            yield Diagnostic(
                "scope-unsaid",
                promise.place("name"),
                f"`{promise.name}` does not say for which service or for whom it holds",
                here="for all of them together?",
                labels=(Label(services[1].place("name"), "this service is one of several"),),
                why="A good figure of one service would hide a bad one of another.",
                remedy=f"Add  for {services[0].name} , or name them all:  for {names} .",
            )


def has_scope(contract: Contract, promise: nodes.Promise) -> bool:
    said = promise.for_whom or promise.segments or getattr(measured(promise), "serves", [])
    return bool(said) or any(isinstance(each, nodes.Survey) for each in sources_of_promise(contract, promise))
