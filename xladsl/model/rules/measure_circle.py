"""A measure that is worked out of itself.

A value that needs itself first has no result, whatever the data.

Wrong:

```xladsl wrong
measure early_share "Early share" {
  takes answer answers
  value 100% - late_share of answer // error: measure-circle
  better when higher
}

measure late_share "Late share" {
  takes answer answers
  value 100% - early_share of answer // error: measure-circle
  better when lower
}
```

Right:

```xladsl right
measure early_share "Early share" {
  takes answer answers
  value 100% - late_share of answer
  better when higher
}

measure late_share "Late share" {
  takes answer answers
  value share of answer in which answer < 4
  better when lower
}
```
"""

from ...diagnostics import Rule, Severity

RULE = Rule("XL236", Severity.ERROR)
