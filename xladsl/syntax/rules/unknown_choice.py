"""A word stands where only a few words can stand, and is none of them.

Each of these words has a defined consequence; a word of one's own has none.

Wrong:

```xladsl wrong
target ease_2026 {
  force loose
}
```

Right:

```xladsl right
target ease_2026 {
  force binding
}
```
"""

from __future__ import annotations

from xladsl.diagnostics import Rule, Severity

RULE = Rule("XL121", Severity.ERROR)
