"""A duty that is promised by its name alone.

What is promised in figures can be held against the figures. What is promised as a quality can only be held against the
sentence that describes it, and without one each party knows what was meant.

Wrong:

```xladsl wrong
obligation exit_plan "Plan for the end" { // warning: quality-undescribed
  of northwind
  due by 2026-06-30
}
```

Right:

```xladsl
obligation exit_plan "Plan for the end" {
  of northwind
  due by 2026-06-30
  describes "Which data are returned in which form, by whom, and within how many days of the end."
}
```

Source: ISO/IEC 19086-1:2016: an objective of a cloud service is stated in figures or as a quality, and a quality is
described so that one can tell whether it is there.

Implements: measurability S1, T11
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..diagnostics import Diagnostic, Rule, Severity
from ..model import nodes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.contract import Contract

RULE = Rule("XL484", Severity.WARNING, ("iso19086",))


def check(contract: Contract) -> Iterator[Diagnostic]:
    for obligation in contract.every(nodes.Obligation):
        if not obligation.describes:
            yield Diagnostic(
                "quality-undescribed",
                obligation.place("name"),
                f"no sentence says what `{obligation.name}` consists in",
                here="a name, and no figure to hold it against",
                why="One party will do what the name says to it, and the other will have meant something else.",
                remedy='Describe what is there when the duty is done:  describes "…" .',
            )
