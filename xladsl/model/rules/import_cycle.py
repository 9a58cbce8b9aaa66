"""Files that import each other in a circle.

Of two files that each need the other first, neither has a fixed meaning. A file that imports itself is the shortest
circle.

Wrong:

```xladsl wrong
import "example.xladsl" // error: import-cycle
```

Right:

```xladsl
import "shared/parties.xladsl"
```
"""

from ...diagnostics import Rule, Severity

RULE = Rule("XL222", Severity.ERROR)
