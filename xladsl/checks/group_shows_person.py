"""A promise held for a group so small that its figure shows what single people said.

Where figures are shown for groups of five and more, three people of one team stay hidden; but if all others are shown,
their answers follow by subtraction from the total.

Wrong:

```xladsl wrong
stakeholder lab_staff "People in the laboratory" of contoso {
  population 9
  reported in groups of at least 5
}
segment team_a "Team A" of lab_staff { proportion 34% }
segment team_b "Team B" of lab_staff { proportion 66% }
survey lab_pulse {
  asks lab_staff
  sent each calendar quarter
  expects 9 invitations, 100% answered, each calendar quarter
  to everyone
  question mood 1 "bad" to 5 "good" asking "How was your quarter?"
  run by contoso
}
kpi mood "Mood" {
  serves effortless_help
  value share of lab_pulse.mood in which mood >= 4
  empty counts as no data
  better when higher
}
target mood_of_teams "Mood of each team" {
  kpi mood
  in each team_a, team_b // error: group-shows-person
  level at least 80%
  each calendar quarter
}
```

Right:

```xladsl
stakeholder lab_staff "People in the laboratory" of contoso {
  population 9
  reported in groups of at least 5
}
survey lab_pulse {
  asks lab_staff
  sent each calendar quarter
  expects 9 invitations, 100% answered, each calendar quarter
  to everyone
  question mood 1 "bad" to 5 "good" asking "How was your quarter?"
  run by contoso
}
kpi mood "Mood" {
  serves effortless_help
  value share of lab_pulse.mood in which mood >= 4
  empty counts as no data
  better when higher
}
target mood_of_all "Mood of the laboratory" {
  kpi mood
  level at least 80%
  each calendar quarter
}
```

Source: a segment is shown from k answers on, usually five, and the hidden ones together must be k as well; otherwise
the next smallest is hidden too, or only the total is shown.

Implements: measurability M23
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from ..diagnostics import Diagnostic, Label, Rule, Severity
from ..model import nodes
from ..model.promises import every_promise
from ..model.samples import basis_of, expected_of_source, parts_of
from ._sample_words import window_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.contract import Contract

RULE = Rule("XL582", Severity.ERROR)


def check(contract: Contract) -> Iterator[Diagnostic]:
    for promise in every_promise(contract):
        basis = basis_of(contract, promise) if promise.segments else None
        if basis is None or not isinstance(basis.source, nodes.Survey):
            continue
        groups = [each.found for each in basis.source.asks if getattr(each.target, "reported", None)]
        smallest = max((int(getattr(group, "reported", 0)) for group in groups), default=0)
        whole = expected_of_source(basis.source, promise.each)
        parts = parts_of([each.target for each in promise.segments])
        if not smallest or whole is None or parts is None:
            continue
        counts = [math.floor(whole * part) for part in parts]
        hidden = [count for count in counts if count < smallest]
        if hidden:
            name = promise.segments[counts.index(min(counts))].name
            revealed = sum(hidden) < smallest and len(counts) > len(hidden)
            yield Diagnostic(
                "group-shows-person",
                promise.place("segments"),
                f"`{name}` would have about {min(counts)} answers in a {window_of(promise)}, and groups are shown from"
                f" {smallest} on",
                here="it follows from the total by subtraction" if revealed else "hidden in every window",
                labels=(Label(groups[0].place("reported"), "the smallest group that may be shown"),),
                why="People could be told by their answers, and would stop giving any.",
                remedy=f"Promise it for all together, join `{name}` with another group, or use a longer window.",
            )
