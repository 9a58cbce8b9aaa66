"""A name or a word is written with capital letters, or with letters beyond a–z.

Names are typed by several hands on several keyboards, so they keep to the letters that all of them have. How a thing
is called on paper is its title, which takes any letters.

Wrong:

```xladsl wrong
goal Mühelos {
  owner service_manager
}
```

Right:

```xladsl right
goal muehelos "Mühelos" {
  owner service_manager
}
```
"""

from __future__ import annotations

from xladsl.diagnostics import Rule, Severity

RULE = Rule("XL111", Severity.ERROR)
