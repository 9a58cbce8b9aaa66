"""A comment begins with `#` or `/*`, as in other languages.

There is one way to write a comment, so that a reader sees at once what is part of the agreement and what is not.

Wrong:

```xladsl wrong
goal effortless_help { # agreed in March
  owner service_manager
}
```

Right:

```xladsl right
goal effortless_help { // agreed in March
  owner service_manager
}
```
"""

from __future__ import annotations

from xladsl.diagnostics import Rule, Severity

RULE = Rule("XL117", Severity.ERROR)
