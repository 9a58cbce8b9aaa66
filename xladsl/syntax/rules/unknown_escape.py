r"""A backslash in a text is followed by something that means nothing there.

After a backslash stands a quote, a backslash, `n` for a new line, or a character by its number, as in `u{2014}`.
Anything else would be printed in one output and dropped in another.

Wrong:

```xladsl wrong
goal effortless_help "Help \& comfort" {
  owner service_manager
}
```

Right:

```xladsl right
goal effortless_help "Help & comfort" {
  owner service_manager
}
```
"""

from __future__ import annotations

from xladsl.diagnostics import Rule, Severity

RULE = Rule("XL119", Severity.ERROR)
