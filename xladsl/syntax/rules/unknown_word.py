"""A word that the language does not know stands where a clause or a block begins, or inside one.

A clause that is misspelt is a clause that is missing: the parties would read a promise on paper that nothing measures.
Where one word is near, the finding names it.

Wrong:

```xladsl wrong
target ease_2026 {
  baselin 4.9 from 2025-10-01 to 2025-12-31
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

RULE = Rule("XL101", Severity.ERROR)
