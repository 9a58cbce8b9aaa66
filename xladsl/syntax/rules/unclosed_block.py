"""A block is opened with `{` and not closed with `}`.

Without its end the blocks below would belong to it. The layout shows where the brace is missing: a block's `}` stands
under the line that opens it.

Wrong:

```xladsl wrong
goal effortless_help {
  owner service_manager

goal quick_start {
  owner service_manager
}
```

Right:

```xladsl right
goal effortless_help {
  owner service_manager
}

goal quick_start {
  owner service_manager
}
```
"""

from __future__ import annotations

from xladsl.diagnostics import Rule, Severity

RULE = Rule("XL105", Severity.ERROR)
