"""A number can be read in more than one way, or is written in other digits than 0–9.

A comma before exactly three digits marks thousands, and the decimal mark is a point; `1.200,50` would be another amount
in another country.

Wrong:

```xladsl wrong
service desk {
  fee desk_monthly EUR 1.200,50 each calendar month
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

RULE = Rule("XL110", Severity.ERROR)
