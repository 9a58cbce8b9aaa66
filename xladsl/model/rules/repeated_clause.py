"""A clause said twice in one block.

Of two sentences on one point, each party would rely on the one that suits it.

Wrong:

```xladsl wrong
target easy_help "Ease of getting help" {
  kpi ease
  level at least 5.2
  level at least 5.5 // error: repeated-clause
  each calendar quarter
}
```

Right:

```xladsl
target easy_help "Ease of getting help" {
  kpi ease
  level at least 5.2 from 2026-01-01, 5.5 from 2026-10-01
  each calendar quarter
}
```
"""

from ...diagnostics import Rule, Severity

RULE = Rule("XL202", Severity.ERROR)
