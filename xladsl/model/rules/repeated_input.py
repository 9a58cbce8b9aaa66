"""An input that is given twice.

The formula has one place for it, and each party would put there the amount that suits it. The first input is the one
after `of`, and is not named again between the brackets.

Wrong:

```xladsl wrong
import std.technology

events visits { columns load as duration in milliseconds from "load_ms" }

kpi page_speed "Speed of the portal" {
  serves effortless_help
  value apdex of visits.load (threshold 1.5 s, threshold 2 s) // error: repeated-input
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

RULE = Rule("XL233", Severity.ERROR)
