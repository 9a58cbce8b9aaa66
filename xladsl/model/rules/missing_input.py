"""A measure that is applied without all of its inputs.

A measure says what it needs with `takes`. What comes after `of` is its first input; the others stand between
brackets, each after its name. A formula with a gap has no result: an Apdex without its threshold, say, is no figure
at all.

Wrong:

```xladsl wrong
import std.technology

events visits { columns load as duration in milliseconds from "load_ms" }

kpi page_speed "Speed of the portal" {
  serves effortless_help
  value apdex of visits.load // error: missing-input
}
```

Right:

```xladsl right
import std.technology

events visits { columns load as duration in milliseconds from "load_ms" }

kpi page_speed "Speed of the portal" {
  serves effortless_help
  value apdex of visits.load (threshold 1.5 s)
}
```

Implements: measurability S1
"""

from ...diagnostics import Rule, Severity

RULE = Rule("XL231", Severity.ERROR)
