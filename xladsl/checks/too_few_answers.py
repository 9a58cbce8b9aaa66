"""A promise that asks for more answers than can be expected.

A window with fewer answers than the floor decides nothing. Where the floor lies above what people are expected to send,
no window decides anything, and the promise is a decoration.

Wrong:

```xladsl wrong
survey after_incident {
  asks office_staff
  sent on desk.resolved within 24 h
  at most 1 invitation per person in 30 days
  expects 360 invitations, 25% answered, each calendar month
  to everyone
  question ease 1 "very difficult" to 7 "very easy" asking "How easy was it to get your problem solved?"
  run by contoso
}
target easy_month "Ease of getting help" {
  kpi ease
  force binding
  level at least 5.2
  each calendar month
  answers at least 200 // error: too-few-answers
}
```

Right:

```xladsl
survey after_incident {
  asks office_staff
  sent on desk.resolved within 24 h
  at most 1 invitation per person in 30 days
  expects 360 invitations, 25% answered, each calendar month
  to everyone
  question ease 1 "very difficult" to 7 "very easy" asking "How easy was it to get your problem solved?"
  run by contoso
}
target easy_quarter "Ease of getting help" {
  kpi ease
  force binding
  level at least 5.2
  each calendar quarter
  answers at least 200
}
```

Expected are the invitations times the share that answers, in the window of the promise and in the smallest of its
segments: 360 × 25 % is 90 in a month and 270 in a quarter.

Source: the expected number of answers is events × share asked × (1 − share spared) × response rate.

Implements: measurability M3, M29; trap T22; defect D10
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..diagnostics import Diagnostic, Label, Rule, Severity
from ..model.promises import every_promise
from ..model.samples import basis_of, expected, floor_of
from ._sample_words import about, by_window, window_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model import nodes
    from ..model.contract import Contract
    from ..model.samples import Basis
    from ..source import Span

RULE = Rule("XL555", Severity.ERROR)


def check(contract: Contract) -> Iterator[Diagnostic]:
    for promise in every_promise(contract):
        if promise.bindingness == "binding":
            yield from floors_above(contract, promise, "too-few-answers")


def floors_above(contract: Contract, promise: nodes.Promise, rule: str) -> Iterator[Diagnostic]:
    """What to say of a floor that lies above the answers expected, by the rule for binding promises or for others."""
    basis, floor = basis_of(contract, promise), floor_of(promise)
    number = expected(promise, basis) if basis is not None and floor is not None else None
    if basis is not None and floor is not None and number is not None and number < floor:
        lower = f"lower the floor to {number:,} or fewer if the margin allows it"
        yield Diagnostic(
            rule,
            promise.place("answers"),
            f"`{promise.name}` asks for {floor:,} answers, and {about(number, promise, basis)} are expected",
            here=f"in a {window_of(promise)}",
            labels=(Label(where_expected(basis), "what is expected is said here"),),
            why="Hardly a window would ever decide anything, whatever people think of the service.",
            remedy=by_window(floor, promise, basis, lower if number else "ask more people"),
        )


def where_expected(basis: Basis) -> Span:
    source = basis.source
    return source.place("expects" if basis.asked else "expects_events")
