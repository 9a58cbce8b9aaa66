"""A name that stands for nothing.

A clause that points at nothing promises nothing. Nobody notices until it is needed, because the sentence reads well.

Wrong:

```xladsl wrong
sla portal_open "Portal availability" {
  for portl // error: unknown-name
  value 100% - length of portal_down / length of the window
  level at least 99.9%
  each calendar month
}
```

Right:

```xladsl
sla portal_open "Portal availability" {
  for portal
  value 100% - length of portal_down / length of the window
  level at least 99.9%
  each calendar month
}
```

Source: published agreements that refer to sections, terms and tables which are not there.

Implements: measurability R9; trap T21
"""

from ...diagnostics import Rule, Severity

RULE = Rule("XL210", Severity.ERROR)
