"""And, or, or both: a joint that each reader takes apart differently.

"The Provider repairs and/or replaces the part" does not say who chooses, nor whether both can be asked for.

Wrong:

```xladsl wrong
clause spare_parts "Spare parts" {
  text "The Provider repairs and/or replaces a part that failed." // warning: and-or
}
```

Right:

```xladsl
clause spare_parts "Spare parts" {
  text "The Provider repairs a part that failed or, as the Provider chooses, replaces it."
}
```

Read are the texts that bind, in each language for its own word: "og/eller" in Danish, "en/of" in Dutch.

Source: courts in several countries that refused to say what "and/or" means.

Implements: lint and-or
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from ..diagnostics import Diagnostic, Rule, Severity
from ._prose import binds, readings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.contract import Contract
    from ..model.lexicon import Lexicon

RULE = Rule("XL507", Severity.WARNING)


def check(contract: Contract) -> Iterator[Diagnostic]:
    for reading in readings(contract):
        if "/" not in reading.words.value or not binds(reading.words):
            continue
        found = pattern(reading.lexicon).search(reading.words.value)
        if found is not None:
            yield Diagnostic(
                "and-or",
                reading.words.at(found[0], found.start()),
                f"`{found[0]}` may mean one of the two, the other, or both",
                here="one, the other, or both?",
                why="Each party would choose, and the sentence does not say whose choice it is.",
                remedy="Write “or” where one is enough, “and” where both are owed, or “A, B or both”.",
            )


@cache
def pattern(known: Lexicon) -> re.Pattern[str]:
    joints = (r"\s*/\s*".join(joint.split("/")) for joint in known.words("and_or"))
    return re.compile(rf"(?<!\w)(?:{'|'.join(joints)})(?!\w)", re.IGNORECASE)
