"""Answers on another scale than the measure is made for.

The formula counts certain answers: 9 and 10 of a scale to 10, 5 to 7 of a scale to 7. On another scale the same cuts
give a figure that bears the name and means something else.

Wrong:

```xladsl wrong
import std.experience

kpi ease_of_help "Ease of getting help" {
  serves effortless_help
  value csat_t2b of after_incident.ease // error: wrong-scale "1 to 5"
}
```

Right:

```xladsl right
import std.experience

kpi ease_of_help "Ease of getting help" {
  serves effortless_help
  value ces2_mean of after_incident.ease
}
```

Implements: measurability S1
"""

from ...diagnostics import Rule, Severity

RULE = Rule("XL235", Severity.ERROR)
