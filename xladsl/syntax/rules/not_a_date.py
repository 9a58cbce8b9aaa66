"""A date is not written year-month-day.

`01-02-2026` is the first of February in one country and the second of January in another. The compiler shows both
readings and does not choose between them.

Wrong:

```xladsl wrong
target ease_2026 {
  baseline 4.9 from 01-10-2025 to 2025-12-31
}
```

Right:

```xladsl right
target ease_2026 {
  baseline 4.9 from 2025-10-01 to 2025-12-31
}
```
"""

from __future__ import annotations

from xladsl.diagnostics import Rule, Severity

RULE = Rule("XL109", Severity.ERROR)
