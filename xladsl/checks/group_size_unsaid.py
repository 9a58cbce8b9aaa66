"""People are asked, and nothing says how small a group may be shown.

Answers are given freely while nobody can be told by them. A team of three with one unhappy answer has no secret.

Wrong:

```xladsl wrong
stakeholder lab_staff "People in the laboratory" of contoso { population 900 } // warning: group-size-unsaid
survey lab_pulse {
  asks lab_staff
  sent each calendar quarter
  expects 900 invitations, 40% answered, each calendar quarter
  to everyone
  question mood 1 "bad" to 5 "good" asking "How was your quarter?"
  run by contoso
}
```

Right:

```xladsl
stakeholder lab_staff "People in the laboratory" of contoso {
  population 900
  reported in groups of at least 5
}
survey lab_pulse {
  asks lab_staff
  sent each calendar quarter
  expects 900 invitations, 40% answered, each calendar quarter
  to everyone
  question mood 1 "bad" to 5 "good" asking "How was your quarter?"
  run by contoso
}
```

Source: the threshold of anonymity in use for surveys of employees is five answers.

Implements: measurability M23
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..diagnostics import Diagnostic, Label, Rule, Severity
from ..model import nodes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.contract import Contract

RULE = Rule("XL583", Severity.WARNING)


def check(contract: Contract) -> Iterator[Diagnostic]:
    spoken: list[object] = []
    for survey in contract.every(nodes.Survey):
        for named in survey.asks:
            people = named.target
            if not isinstance(people, nodes.Stakeholder) or people.reported or any(people is each for each in spoken):
                continue
            spoken.append(people)
            yield Diagnostic(
                "group-size-unsaid",
                people.place("name"),
                f"nothing says how small a group of `{people.name}` may be shown",
                here="three people, or five?",
                labels=(Label(survey.place("asks"), "they are asked here"),),
                why="Who fears to be recognised says nothing, or says what is wished for.",
                remedy="Add  reported in groups of at least 5 .",
            )
