"""Something stands in a clause, or between clauses, that nothing there can be.

What the language cannot read, it does not pass over: it would be on paper and mean nothing.

Wrong:

```xladsl wrong
target ease_2026 {
  level at least exactly 5.2 from 2026-04-01
}
```

Right:

```xladsl right
target ease_2026 {
  level at least 5.2 from 2026-04-01
}
```
"""

from __future__ import annotations

from xladsl.diagnostics import Rule, Severity

RULE = Rule("XL104", Severity.ERROR)
