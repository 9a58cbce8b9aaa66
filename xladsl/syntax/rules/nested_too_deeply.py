"""More than 64 braces and parentheses stand inside one another, or a clause goes on without end.

No reader can follow so many levels. A part that needs them deserves a name of its own.

Wrong:

```xladsl wrong
kpi cost {
  value (((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((
    1
  )))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))
}
```

Right:

```xladsl right
kpi cost {
  value 1
}
```
"""

from __future__ import annotations

from xladsl.diagnostics import Rule, Severity

RULE = Rule("XL118", Severity.ERROR)
