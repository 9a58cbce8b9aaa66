"""A letter of another alphabet stands in a name and looks like a Latin one.

Two names that look the same on paper would be two different things, and a promise would hang on the wrong one.

Wrong:

```xladsl wrong
goal e\N{CYRILLIC SMALL LETTER A}se {
  owner service_manager
}
```

Right:

```xladsl right
goal ease {
  owner service_manager
}
```
"""

from __future__ import annotations

from xladsl.diagnostics import Rule, Severity

RULE = Rule("XL113", Severity.ERROR)
