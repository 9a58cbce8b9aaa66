"""A clause stands in a block that has no such clause, or outside of every block.

The clause would be read and would have no effect. The finding names the blocks that have it.

Wrong:

```xladsl wrong
target ease_2026 {
  asks office_staff
}
```

Right:

```xladsl right
survey after_incident {
  asks office_staff
}
```
"""

from __future__ import annotations

from xladsl.diagnostics import Rule, Severity

RULE = Rule("XL120", Severity.ERROR)
