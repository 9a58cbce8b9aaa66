"""A binding promise on so few answers that its figure says little.

Ninety per cent of twenty answers may come from a true share of seventy or of ninety-seven. With a wide margin, good
and bad service look alike, and which of the two is found depends on who happens to answer.

Wrong:

```xladsl wrong
survey after_incident {
  asks office_staff
  sent on desk.resolved within 24 h
  at most 1 invitation per person in 30 days
  expects 400 invitations, 4% answered, each calendar month
  to everyone
  question ease 1 "very difficult" to 7 "very easy" asking "How easy was it to get your problem solved?"
  run by contoso
}
kpi content "People who found it easy" {
  serves effortless_help
  value share of after_incident.ease in which ease >= 5
  empty counts as no data
  better when higher
}
target content_people "People who found it easy" {
  kpi content
  force binding
  level at least 80% // warning: answers-say-little
  each calendar month
}
```

Right:

```xladsl
survey after_incident {
  asks office_staff
  sent on desk.resolved within 24 h
  at most 1 invitation per person in 30 days
  expects 400 invitations, 25% answered, each calendar month
  to everyone
  question ease 1 "very difficult" to 7 "very easy" asking "How easy was it to get your problem solved?"
  run by contoso
}
kpi content "People who found it easy" {
  serves effortless_help
  value share of after_incident.ease in which ease >= 5
  empty counts as no data
  better when higher
}
target content_people "People who found it easy" {
  kpi content
  force binding
  level at least 80%
  each calendar month
}
```

It speaks where the parties have not agreed on a margin of their own, and the one that follows is wider than ± 10 points
of a share or a net score, or than a twentieth of the range of a mean. Parties who can live with more write so:
`margin at most 15 percentage points`.

Source: Wilson's interval for 18 good answers of 20 reaches from 69.9 % to 97.2 %, for 450 of 500 from 87.1 % to 92.3 %.

Implements: measurability M3, M4, M4b, M5, M6, M29, M30
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..diagnostics import Diagnostic, Label, Rule, Severity
from ..model.promises import every_promise
from ..model.samples import allowed_margin, basis_of, deviation, expected, in_words, population_of, usual_margin
from ._sample_words import about, by_window, window_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.contract import Contract

RULE = Rule("XL557", Severity.WARNING)


def check(contract: Contract) -> Iterator[Diagnostic]:
    from ..model.statistics.planning import answers_for_margin, planned_margin

    for promise in every_promise(contract):
        basis = basis_of(contract, promise) if promise.bindingness == "binding" else None
        if basis is None or not basis.asked or allowed_margin(promise) is not None:
            continue
        apart, number, usual = deviation(promise, basis), expected(promise, basis), usual_margin(promise, basis)
        if apart is None or number is None or usual is None:
            continue
        people = population_of(basis)
        people = people if people is not None and people >= number else None
        margin = planned_margin(apart, number, population=people) if number else float("inf")
        if margin > usual:
            needed = answers_for_margin(apart, usual, population=people)
            said = f"± {in_words(promise, margin, basis)}" if number else "no answer at all"
            yield Diagnostic(
                "answers-say-little",
                promise.level.span,
                f"{about(number, promise, basis)} in a {window_of(promise)} leave `{promise.name}` a margin of {said}",
                here=f"± {in_words(promise, usual, basis)} need {needed:,}",
                labels=(Label(basis.source.place("expects"), "what is expected is said here"),),
                why="Whether it is met would depend on who happens to answer more than on the service.",
                remedy=by_window(needed, promise, basis, "ask more people, or agree on a  margin  to live with"),
            )
