"""A block without a clause it needs.

What a block does not say, nobody has agreed on. A target without a level, a deadline without its day, a survey
without a question: each would be argued about when it first matters.

Wrong:

```xladsl wrong
target easy_help "Ease of getting help" { // error: missing-clause
  kpi ease
  each calendar quarter
}
```

Right:

```xladsl
target easy_help "Ease of getting help" {
  kpi ease
  level at least 5.2
  each calendar quarter
}
```

Implements: measurability S1, T2
"""

from ...diagnostics import Rule, Severity

RULE = Rule("XL201", Severity.ERROR)
