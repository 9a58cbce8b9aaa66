"""A character stands in the file that shows as nothing, as a plain blank, or that turns the direction of the line.

What the parties sign must be what both of them see. Such characters come along unseen when text is pasted, and they
have been used to make a text say one thing to the eye and another to the machine.

Wrong:

```xladsl wrong
goal effortless_help "Getting\N{NO-BREAK SPACE}help" {
  owner service_manager
}
```

Right:

```xladsl right
goal effortless_help "Getting help" {
  owner service_manager
}
```
"""

from __future__ import annotations

from xladsl.diagnostics import Rule, Severity

RULE = Rule("XL112", Severity.ERROR)
