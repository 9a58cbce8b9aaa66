"""A value of another kind stands where a name, a text or a code is wanted.

Names stand without quotes and texts with them, so that a reader sees which is which: a name must be known elsewhere, a
text is only printed.

Wrong:

```xladsl wrong
goal effortless_help {
  owner "service_manager"
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

RULE = Rule("XL122", Severity.ERROR)
