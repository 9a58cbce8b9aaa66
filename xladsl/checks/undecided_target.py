"""A target that asks for more answers than can be expected, and binds nobody.

It is measured and reported, and each report says that there were too few answers. What is binding and can never be
decided is an error, `too-few-answers`; this is the same fault where less hangs on it.

Wrong:

```xladsl wrong
target easy_week "Ease of getting help" {
  kpi ease
  force target
  level at least 5.2
  each calendar week
  answers at least 200 // warning: undecided-target
}
```

Right:

```xladsl
target easy_month "Ease of getting help" {
  kpi ease
  force target
  level at least 5.2
  each calendar month
  answers at least 200
}
```

Source: the expected number of answers is events × share asked × (1 − share spared) × response rate.

Implements: measurability M3, M29
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..diagnostics import Diagnostic, Rule, Severity
from ..model.promises import every_promise
from .too_few_answers import floors_above

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.contract import Contract

RULE = Rule("XL570", Severity.WARNING)


def check(contract: Contract) -> Iterator[Diagnostic]:
    for promise in every_promise(contract):
        if promise.bindingness != "binding":
            yield from floors_above(contract, promise, "undecided-target")
