"""A duty in the passive voice that nobody has.

"The report must be sent within five days" says everything but by whom.

Wrong:

```xladsl wrong
clause planned_work "Planned work" {
  text "The Customer must be told of planned work five days before it." // warning: duty-without-actor
}
```

Right:

```xladsl
clause planned_work "Planned work" {
  text "The Provider tells the Customer of planned work five days before it."
}
```

Read are the texts that bind. "Must be paid by the Customer" names who acts, and is in order; so is a sentence that
forbids, and a state such as "shall be deemed".

Source: the advice of drafting manuals that each duty names the one who has it.

Implements: lint shall-misused
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..diagnostics import Diagnostic, Rule, Severity
from ._duties import duties, is_passive, names_actor

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.contract import Contract

RULE = Rule("XL503", Severity.WARNING)


def check(contract: Contract) -> Iterator[Diagnostic]:
    for sentence, duty in duties(contract):
        if is_passive(sentence, duty) and not names_actor(sentence):
            yield Diagnostic(
                "duty-without-actor",
                sentence.at(duty.start, duty.end),
                f"`{sentence.shown(duty.start, duty.end)}` obliges someone, and the sentence does not say whom",
                here="by whom?",
                why="A duty that nobody has been given is a duty that nobody breaches.",
                remedy="Name who does it: “the Provider tells the Customer”, not “the Customer must be told”.",
            )
