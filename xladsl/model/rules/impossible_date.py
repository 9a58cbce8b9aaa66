"""A day or a time that does not exist.

A deadline that never comes binds nobody, and hours that no clock shows cannot be measured.

Wrong:

```xladsl wrong
quick win call_back "Call back instead of holding" {
  of northwind
  due by 2026-02-30 // error: impossible-date
}
```

Right:

```xladsl
quick win call_back "Call back instead of holding" {
  of northwind
  due by 2026-02-28
}
```
"""

from ...diagnostics import Rule, Severity

RULE = Rule("XL203", Severity.ERROR)
