"""A question that money or a duty hangs on, whose scale does not say what its ends mean.

On a scale from 1 to 7 one person takes 1 for the best and another for the worst. Without words at both ends the figure
is a mixture of the two, and a translation of the question may turn it round.

Wrong:

```xladsl wrong
survey after_incident {
  asks office_staff
  sent on desk.resolved within 24 h
  at most 1 invitation per person in 30 days
  expects 1,200 invitations, 25% answered, each calendar month
  to everyone
  question ease 1 to 7 asking "How easy was it to get your problem solved?" // warning: question-without-anchors
  run by contoso
}
```

Right:

```xladsl
survey after_incident {
  asks office_staff
  sent on desk.resolved within 24 h
  at most 1 invitation per person in 30 days
  expects 1,200 invitations, 25% answered, each calendar month
  to everyone
  question ease 1 "very difficult" to 7 "very easy" asking "How easy was it to get your problem solved?"
  run by contoso
}
```

The language itself asks every survey for its question, its scale, what it is sent on and how soon; that the question
is there in every language of the agreement is `question-without-language`.

Source: the requirement that a survey states its exact question, its anchors, its languages, its trigger and its delay.

Implements: measurability S10
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..diagnostics import Diagnostic, Label, Rule, Severity
from ..model.promises import every_promise
from ..model.samples import basis_of, question_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.contract import Contract

RULE = Rule("XL551", Severity.WARNING)


def check(contract: Contract) -> Iterator[Diagnostic]:
    spoken: list[object] = []
    for promise in every_promise(contract):
        basis = basis_of(contract, promise)
        question = question_of(basis) if basis is not None else None
        if question is None or promise.bindingness != "binding" or any(question is each for each in spoken):
            continue
        spoken.append(question)
        ends = [end for end in (question.scale.lowest_answer, question.scale.highest_answer) if end.words is None]
        if ends:
            yield Diagnostic(
                "question-without-anchors",
                ends[0].span,
                f"`{question.name}` does not say what {numbers([str(end.number) for end in ends])} on its scale",
                here="the best, or the worst?",
                labels=(Label(promise.place("name"), "this promise rests on the answers"),),
                why="People who read the scale the other way round would lower the figure by being content.",
                remedy='Write the words that people see:  1 "very difficult" to 7 "very easy" .',
            )


def numbers(ends: list[str]) -> str:
    return f"{ends[0]} means" if len(ends) == 1 else f"{ends[0]} and {ends[1]} mean"
