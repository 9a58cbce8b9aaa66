"""A text is opened and not closed.

A text in `"` ends on its own line; one of several lines stands between three quotes and three quotes. Without the
closing quotes, clauses would become words of the text.

Wrong:

```xladsl wrong
goal effortless_help "Getting help takes little effort {
  owner service_manager
}
```

Right:

```xladsl right
goal effortless_help "Getting help takes little effort" {
  owner service_manager
}
```
"""

from __future__ import annotations

from xladsl.diagnostics import Rule, Severity

RULE = Rule("XL107", Severity.ERROR)
