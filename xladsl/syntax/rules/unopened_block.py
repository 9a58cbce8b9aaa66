"""A block's name is not followed by `{`, while its `}` is there.

Without the brace the clauses below belong to nothing.

Wrong:

```xladsl wrong
goal effortless_help
  owner service_manager
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

RULE = Rule("XL123", Severity.ERROR)
