"""Two things with one name.

A clause that cites the name could be held against either of them.

Wrong:

```xladsl wrong
party northwind "Northwind IT Services A/S" { }
party northwind "Northwind Holding A/S" { } // error: repeated-name
```

Right:

```xladsl
party northwind "Northwind IT Services A/S" { }
party northwind_holding "Northwind Holding A/S" { }
```
"""

from ...diagnostics import Rule, Severity

RULE = Rule("XL213", Severity.ERROR)
