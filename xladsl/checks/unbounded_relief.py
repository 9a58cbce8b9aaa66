"""Relief from a promise without an end or a duty to tell.

A party that need not say when it was prevented, for how long it may rely on it, and when the other may leave, can
call any failure an event outside of its control, afterwards.

Wrong:

```xladsl wrong
force majeure acts_of_god "Force majeure" { // warning: unbounded-relief
  includes "flood"
}
```

Right:

```xladsl
force majeure acts_of_god "Force majeure" {
  includes "flood"
  notified within 3 business days
  ended after 60 days
}
```

Source: relief clauses in use bind it to notice within 10 or 15 business days, to mitigation, and to a longest
duration.

Implements: measurability C13
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..diagnostics import Diagnostic, Rule, Severity
from ..model import nodes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.contract import Contract

RULE = Rule("XL339", Severity.WARNING)


def check(contract: Contract) -> Iterator[Diagnostic]:
    for relief in contract.blocks:
        missing = []
        if isinstance(relief, nodes.ForceMajeure):
            missing += ["notified within 3 business days"] if relief.notified_within is None else []
            missing += ["ended after 60 days"] if relief.at_most_long is None and relief.right_to_end is None else []
        elif isinstance(relief, nodes.Relief) and relief.notified_within is None and relief.at_most is None:
            missing = ["notified within 10 business days"]
        if missing:
            yield Diagnostic(
                "unbounded-relief",
                relief.place("name"),
                f"`{relief.name}` excuses without a limit",  # type: ignore[attr-defined]  # both kinds have a name
                here="for how long, and told by when?",
                why="Any failure could be declared to have been relief, long after it happened.",
                remedy=f"Add  {' and  '.join(missing)} , as the parties agree.",
            )
