"""A name or a number is longer than 64 characters.

Nobody can check such a name or number by eye, and nobody can be held to it.

Wrong:

```xladsl wrong
goal the_people_in_our_offices_get_help_without_asking_twice_and_without_waiting {
  owner service_manager
}
```

Right:

```xladsl right
goal effortless_help "Getting help takes little effort" {
  owner service_manager
}
```
"""

from __future__ import annotations

from xladsl.diagnostics import Rule, Severity

RULE = Rule("XL116", Severity.ERROR)
