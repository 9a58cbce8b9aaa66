"""An import that leads out of the repository.

The other party has only what is in the repository. It cannot sign what it cannot read, and what lies outside may
change without anybody noticing.

Wrong:

```xladsl wrong
import "../../elsewhere/parties.xladsl" // error: import-escapes
```

Right:

```xladsl
import "shared/parties.xladsl"
```
"""

from ...diagnostics import Rule, Severity

RULE = Rule("XL221", Severity.ERROR)
