"""A `}` closes nothing: every block above it is closed already.

Either it is one too many, or a block above ends too early and its last clauses stand outside.

Wrong:

```xladsl wrong
goal effortless_help {
  owner service_manager
}
}
```

Right:

```xladsl right
goal effortless_help {
  owner service_manager
}
```
"""

from __future__ import annotations

from xladsl.diagnostics import Rule, Severity

RULE = Rule("XL106", Severity.ERROR)
