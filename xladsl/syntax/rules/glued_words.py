"""A number and the word behind it are written as one.

`30days` may be read as a name. A blank between a number and its unit is how agreements write it, too.

Wrong:

```xladsl wrong
credit portal_credit {
  paid by credit note within 30days of the report
}
```

Right:

```xladsl right
credit portal_credit {
  paid by credit note within 30 days of the report
}
```
"""

from __future__ import annotations

from xladsl.diagnostics import Rule, Severity

RULE = Rule("XL115", Severity.ERROR)
