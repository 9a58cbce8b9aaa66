"""A binding promise on a survey that hardly anyone answers.

If four of a hundred answer and all but a few of those are happy, what do the other ninety-six think? The number of
answers does not help: ten thousand of them at 4 % leave the true figure anywhere between 3.6 % and 99.6 %.

Wrong:

```xladsl wrong
survey after_incident { // warning: few-who-answer
  asks office_staff
  sent on desk.resolved within 24 h
  at most 1 invitation per person in 30 days
  expects 5,000 invitations, 4% answered, each calendar month
  to everyone
  question ease 1 "very difficult" to 7 "very easy" asking "How easy was it to get your problem solved?"
  run by contoso
}
```

Right:

```xladsl
survey after_incident {
  asks office_staff
  sent on desk.resolved within 24 h
  at most 1 invitation per person in 30 days
  expects 5,000 invitations, 25% answered, each calendar month
  to everyone
  question ease 1 "very difficult" to 7 "very easy" asking "How easy was it to get your problem solved?"
  run by contoso
}
```

Between these ends lies the truth if those who did not answer may think anything. That they think like the others is an
assumption, and the fewer answer, the more rests on it.

Source: C. F. Manski, 1989: at the rate r a measured share s is compatible with r·s to r·s + 1 − r.

Implements: measurability M11
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from ..diagnostics import Diagnostic, Label, Rule, Severity
from ..model import nodes
from ..model.promises import every_promise
from ..model.samples import sources_of_promise
from ._sample_words import exactly

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.contract import Contract

RULE = Rule("XL566", Severity.WARNING)

LOWEST_RATE = 10
SHOWN = Decimal("0.9")


def check(contract: Contract) -> Iterator[Diagnostic]:
    from ..model.statistics.planning import nonresponse_bounds

    spoken: list[object] = []
    for promise in every_promise(contract):
        for survey in sources_of_promise(contract, promise) if promise.bindingness == "binding" else ():
            rate = survey.expects.response_rate.amount if isinstance(survey, nodes.Survey) and survey.expects else None
            if rate is None or not 0 < rate < LOWEST_RATE or any(survey is each for each in spoken):
                continue
            spoken.append(survey)
            true = nonresponse_bounds(SHOWN, Fraction(rate) / 100)
            yield Diagnostic(
                "few-who-answer",
                survey.place("name"),
                f"of 100 people whom `{survey.name}` invites, {rate.normalize():f} are expected to answer",
                here=f"90% measured may be anything from {exactly(true.low)} to {exactly(true.high)}",
                labels=(Label(promise.place("name"), "this promise is decided by them"),),
                why="The figure would tell who cares to answer more than what people think of the service.",
                remedy="Ask fewer questions, at a better moment, so that at least 10% answer; or make it a target.",
            )
