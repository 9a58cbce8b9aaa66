"""A text stands between other quotes than the straight double ones.

Word processors curl quotes as one types. The source has one kind of quotes, so that it looks the same everywhere; the
printed agreement sets the quotes of its language.

Wrong:

```xladsl wrong
goal effortless_help “Getting help takes little effort” {
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

RULE = Rule("XL108", Severity.ERROR)
