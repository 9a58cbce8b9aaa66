"""A name that several measures of the catalogue go by.

`ces`, `csat`, `availability`, `mttr` and their like mean different formulas to different people: one customer effort
score rises as things get better, another falls. Parties who write only the name have not agreed on a figure. The
finding lists what the name could mean.

Wrong:

```xladsl wrong
import std.experience

kpi ease_of_help "Ease of getting help" {
  serves effortless_help
  value ces of after_incident.ease // error: ambiguous-measure
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

Implements: measurability S3; defects D7, D8, D13
"""

from ...diagnostics import Rule, Severity

RULE = Rule("XL230", Severity.ERROR)
