"""A reward for one person that hangs on what people answer.

Whose pay depends on a mark asks for it: "anything below nine counts as a failure for me". The figure rises, and the
service stays as it is.

Wrong:

```xladsl wrong
reward best_agent "Agent of the month" {
  for service_manager // warning: score-begging
  when ease_2026 is met
  gives "EUR 500 with the next salary."
}
```

Right:

```xladsl
reward team_day "A day for the team" {
  for ease_2026
  when ease_2026 is met
  gives "A day out for everyone on the desk."
}
```

Source: what is rewarded is begged for; rewards for a team, and a neutral invitation, keep answers honest.

Implements: measurability R7
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..diagnostics import Diagnostic, Label, Rule, Severity
from ..model import nodes
from ..model.node import walk
from ..model.quantities import Reference
from ..model.samples import sources_of_promise

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.contract import Contract

RULE = Rule("XL596", Severity.WARNING)


def check(contract: Contract) -> Iterator[Diagnostic]:
    for reward in contract.every(nodes.Reward):
        person = next((named for named in reward.for_whom if isinstance(named.target, nodes.Role)), None)
        promises = [
            part.target
            for part in walk(reward.when)
            if isinstance(part, Reference) and isinstance(part.target, nodes.Promise)
        ]
        asked = [
            promise
            for promise in promises
            if any(isinstance(source, nodes.Survey) for source in sources_of_promise(contract, promise))
        ]
        if person is not None and asked:
            yield Diagnostic(
                "score-begging",
                person.span,
                f"`{reward.name}` rewards `{person.name}` for what people answer",
                here="one person's gain",
                labels=(Label(asked[0].place("name"), "decided by a survey"),),
                why="Marks would be asked for instead of earned, and the figure would mean nothing to either party.",
                remedy="Reward the team, or hang the reward on something that nobody can be asked for.",
            )
