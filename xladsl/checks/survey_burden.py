"""People who are asked too often.

The sixth survey of a month is answered by those who are angry and by those who like surveys. More than one invitation
in thirty days wears out the goodwill on which every other figure rests.

Wrong:

```xladsl wrong
stakeholder lab_staff "People in the laboratory" of contoso {
  population 100
  reported in groups of at least 5
}
survey lab_pulse { // warning: survey-burden
  asks lab_staff
  sent on desk.resolved within 24 h
  expects 600 invitations, 10% answered, each calendar month
  to everyone
  question mood 1 "bad" to 5 "good" asking "How was it?"
  run by contoso
}
```

Right:

```xladsl
stakeholder lab_staff "People in the laboratory" of contoso {
  population 100
  reported in groups of at least 5
}
survey lab_pulse {
  asks lab_staff
  sent on desk.resolved within 24 h
  at most 1 invitation per person in 30 days
  expects 90 invitations, 30% answered, each calendar month
  to everyone
  question mood 1 "bad" to 5 "good" asking "How was it?"
  run by contoso
}
```

Added up are the invitations that all surveys expect to send to one group of people.

Source: at most one invitation per person in 30 days is a common limit.

Implements: measurability M24
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from ..diagnostics import Diagnostic, Label, Rule, Severity
from ..model import nodes
from ..model.samples import months_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.contract import Contract

RULE = Rule("XL584", Severity.WARNING)

THIRTY_DAYS = Fraction(30 * 12 * 10000, 3652425)
"""Thirty days, as a part of a month."""


def check(contract: Contract) -> Iterator[Diagnostic]:
    surveys = contract.every(nodes.Survey)
    for people in contract.every(nodes.Stakeholder):
        asking = [survey for survey in surveys if any(named.target is people for named in survey.asks)]
        invitations = sum((each_thirty_days(survey) for survey in asking), Fraction(0))
        if people.population and invitations > people.population:
            times = float(invitations / Fraction(people.population))
            heaviest = max(asking, key=each_thirty_days)
            yield Diagnostic(
                "survey-burden",
                heaviest.place("name"),
                f"each of `{people.name}` would be invited {times:.1f} times in 30 days",
                here=f"{round(each_thirty_days(heaviest)):,} invitations in 30 days come from here",
                labels=(Label(people.place("population"), "the people there are"),),
                why="Fewer and fewer would answer, and they would be the angry ones.",
                remedy="Add  at most 1 invitation per person in 30 days , and expect no more than that allows.",
            )


def each_thirty_days(survey: nodes.Survey) -> Fraction:
    expected = survey.expects
    months = months_of(expected.each) if expected is not None else None
    if expected is None or not months:
        return Fraction(0)
    return Fraction(expected.invitations) / len(survey.asks) / months * THIRTY_DAYS
