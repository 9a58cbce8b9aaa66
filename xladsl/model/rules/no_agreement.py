"""A file without an agreement, or with two.

Promises bind only the parties of an agreement. Without one nobody promises anything; with two, a promise would not
know to which of them it belongs.

Wrong:

```xladsl wrong alone
party northwind "Northwind IT Services A/S" { } // error: no-agreement
```

Right:

```xladsl alone
agreement digital_workplace {
  between provider northwind and customer contoso
  term 2026-01-01 to 2026-12-31
}
party northwind "Northwind IT Services A/S" { }
party contoso "Contoso Nordic A/S" { }
```
"""

from ...diagnostics import Rule, Severity

RULE = Rule("XL223", Severity.ERROR)
