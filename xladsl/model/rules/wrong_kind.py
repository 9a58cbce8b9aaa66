"""A name that stands for the wrong kind of thing.

A target needs something that is measured, an owner is a role, a credit follows from a promise. A sentence that joins
two things which do not fit can be read in more than one way.

Wrong:

```xladsl wrong
target open_portal "Portal" {
  kpi portal // error: wrong-kind
  level at least 5.2
  each calendar quarter
}
```

Right:

```xladsl
target open_portal "Portal" {
  kpi ease
  level at least 5.2
  each calendar quarter
}
```
"""

from ...diagnostics import Rule, Severity

RULE = Rule("XL211", Severity.ERROR)
