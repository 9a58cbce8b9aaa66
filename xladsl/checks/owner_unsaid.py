"""A promise for which nobody answers, in an agreement that names roles.

What nobody answers for is watched by nobody until it is broken.

Wrong:

```xladsl wrong
sla portal_up "Portal availability" { // warning: owner-unsaid
  value 100% - length of portal_down / length of the window
  level at least 99.9%
  each calendar month
}
```

Right:

```xladsl
sla portal_up "Portal availability" {
  value 100% - length of portal_down / length of the window
  level at least 99.9%
  each calendar month
  owner service_manager
}
```

Source: the requirement of exactly one accountable role for each target, report and action.

Implements: measurability S9
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..diagnostics import Diagnostic, Rule, Severity
from ..model import nodes
from ..model.promises import every_promise

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.contract import Contract

RULE = Rule("XL341", Severity.WARNING)


def check(contract: Contract) -> Iterator[Diagnostic]:
    roles = contract.every(nodes.Role)
    accountable = {id(named.found) for role in roles for named in role.accountable}
    for promise in every_promise(contract) if roles else ():
        if promise.owner is None and promise.bindingness == "binding" and id(promise) not in accountable:
            yield Diagnostic(
                "owner-unsaid",
                promise.place("name"),
                f"no role is accountable for `{promise.name}`",
                here="who answers for it?",
                why="A promise that nobody answers for is looked at when it is broken.",
                remedy=f"Add  owner {roles[0].name}  or another role.",
            )
