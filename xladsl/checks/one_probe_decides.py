"""A level so high that a single failed probe breaks it.

99.99 % of a month of 30 days leave 4.32 minutes. A probe every five minutes that fails once says five minutes: the
promise is broken by one lost packet, or saved by an outage between two probes.

Wrong:

```xladsl wrong
probes portal_probe {
  every 5 min
  run by contoso
}
sla portal_up "Portal availability" {
  value 100% - length of portal_down / length of the window
  level at least 99.99% // error: one-probe-decides
  each calendar month
  no data counts as breached
  owner service_manager
}
```

Right:

```xladsl
probes portal_probe {
  every 20 s
  run by contoso
}
sla portal_up "Portal availability" {
  value 100% - length of portal_down / length of the window
  level at least 99.99%
  each calendar month
  no data counts as breached
  owner service_manager
}
```

Fewer than two probes in the time that may be lost are an error; fewer than ten are `coarse-probe`.

Source: what probes can tell is the interval between them, and what may be lost is (1 − level) × window.

Implements: measurability M8
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..diagnostics import Diagnostic, Rule, Severity
from ..model.probing import probed_promises
from ..model.statistics.availability import FEWEST_SAMPLES, longest_interval
from ._sample_words import in_short, window_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.contract import Contract

RULE = Rule("XL562", Severity.ERROR)


def check(contract: Contract) -> Iterator[Diagnostic]:
    for probed in probed_promises(contract):
        if probed.samples < FEWEST_SAMPLES:
            longest = in_short(longest_interval(probed.budget))
            yield Diagnostic(
                "one-probe-decides",
                probed.step.span,
                f"`{probed.promise.name}` leaves {in_short(probed.budget)} of a {window_of(probed.promise)}, and"
                f" `{probed.source.name}` looks every {in_short(probed.interval)}",
                here=f"{'one probe that fails breaks' if probed.samples < 1 else 'two that fail break'} the promise",
                labels=(probed.label,),
                why="A lost packet would cost a credit, and an outage between two probes would cost nothing.",
                remedy=f"Probe at least every {longest}, or promise at most {probed.highest_level}.",
            )
