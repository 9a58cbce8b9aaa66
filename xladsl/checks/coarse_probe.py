"""A probe that looks too rarely for the level that rests on it.

99.9 % of a month leave 43.2 minutes. With a probe every ten minutes four failures fit in: each outage is told to the
nearest ten minutes, which is a quarter of all that may be lost.

Wrong:

```xladsl wrong
probes portal_probe {
  every 10 min
  run by contoso
}
sla portal_up "Portal availability" {
  value 100% - length of portal_down / length of the window
  level at least 99.9% // warning: coarse-probe
  each calendar month
  no data counts as breached
  owner service_manager
}
```

Right:

```xladsl
probes portal_probe {
  every 1 min
  run by contoso
}
sla portal_up "Portal availability" {
  value 100% - length of portal_down / length of the window
  level at least 99.9%
  each calendar month
  no data counts as breached
  owner service_manager
}
```

At least ten probes are to fit into the time that may be lost.

Source: what probes can tell is the interval between them, and what may be lost is (1 − level) × window.

Implements: measurability M8
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..diagnostics import Diagnostic, Rule, Severity
from ..model.probing import probed_promises
from ..model.statistics.availability import FEWEST_SAMPLES, SENSIBLE_SAMPLES, longest_interval
from ._sample_words import in_short, window_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.contract import Contract

RULE = Rule("XL563", Severity.WARNING)


def check(contract: Contract) -> Iterator[Diagnostic]:
    for probed in probed_promises(contract):
        if FEWEST_SAMPLES <= probed.samples < SENSIBLE_SAMPLES:
            longest = in_short(longest_interval(probed.budget))
            yield Diagnostic(
                "coarse-probe",
                probed.step.span,
                f"`{probed.promise.name}` leaves {in_short(probed.budget)} of a {window_of(probed.promise)}, and"
                f" `{probed.source.name}` looks every {in_short(probed.interval)}",
                here=f"{int(probed.samples)} probes that fail use up nearly all that may be lost",
                labels=(probed.label,),
                why="Each outage would be told to the nearest probe, and a few near misses decide a credit.",
                remedy=f"Probe at least every {longest}, or promise at most {probed.highest_level}.",
            )
