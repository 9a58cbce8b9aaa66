"""An input of a measure that its formula does not use.

Whoever applies the measure has to agree on an amount for it, and that amount changes nothing.

Wrong:

```xladsl wrong
measure early_share "Early share" {
  takes answer answers
  takes limit number // warning: unused-input
  value share of answer in which answer <= 3
  better when higher
}
```

Right:

```xladsl right
measure early_share "Early share" {
  takes answer answers
  takes limit number
  value share of answer in which answer <= limit
  better when higher
}
```
"""

from ...diagnostics import Rule, Severity

RULE = Rule("XL237", Severity.WARNING)
