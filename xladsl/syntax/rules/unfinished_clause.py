"""A clause breaks off before it says everything that it has to say.

A promise without its number cannot be kept or broken. The finding stands where the clause breaks off, which is mostly
the end of a line, and not at the clause below it.

Wrong:

```xladsl wrong
target ease_2026 {
  level at least
  owner service_manager
}
```

Right:

```xladsl right
target ease_2026 {
  level at least 5.2
  owner service_manager
}
```
"""

from __future__ import annotations

from xladsl.diagnostics import Rule, Severity

RULE = Rule("XL103", Severity.ERROR)
