"""An imported file that cannot be read.

Part of the agreement is missing, so nothing can be said about the whole.

Wrong:

```xladsl wrong
import "shared/partys.xladsl" // error: missing-import
```

Right:

```xladsl
import "shared/parties.xladsl"
```

A part of the catalogue is imported by its name, such as `import std.experience`.

Implements: trap T21
"""

from ...diagnostics import Rule, Severity

RULE = Rule("XL220", Severity.ERROR)
