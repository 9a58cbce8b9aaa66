"""One small word or sign is missing, and with it the clause reads on.

The small words carry the meaning when a clause is read aloud, so none of them is optional.

Wrong:

```xladsl wrong
credit portal_credit {
  paid by credit note within 30 days the report
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

RULE = Rule("XL102", Severity.ERROR)
