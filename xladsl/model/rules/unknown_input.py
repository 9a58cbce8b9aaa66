"""An input that the measure does not take.

The formula has no place for it, so the amount would look agreed on and change nothing.

Wrong:

```xladsl wrong
import std.technology

events visits { columns load as duration in milliseconds from "load_ms" }

kpi page_speed "Speed of the portal" {
  serves effortless_help
  value apdex of visits.load (treshold 1.5 s) // error: unknown-input "did you mean `threshold`"
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
"""

from ...diagnostics import Rule, Severity

RULE = Rule("XL232", Severity.ERROR)
