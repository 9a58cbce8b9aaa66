"""A sign stands in the text that the language does not use.

Clauses end where the next one begins, so there is no `;`. A currency is written by its code, since `$` is the sign of
some twenty currencies.

Wrong:

```xladsl wrong
service desk {
  fee desk_monthly €1,200.50 each calendar month
}
```

Right:

```xladsl right
service desk {
  fee desk_monthly EUR 1,200.50 each calendar month
}
```
"""

from __future__ import annotations

from xladsl.diagnostics import Rule, Severity

RULE = Rule("XL114", Severity.ERROR)
