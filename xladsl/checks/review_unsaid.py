"""An agreement of several years that nobody looks at again.

What people need changes, and so does what can be measured. Levels that were right when they were signed are too easy
or out of reach two years later, and without a review nobody has the duty to say so.

Wrong:

```xladsl wrong alone
agreement web_hosting { // warning: review-unsaid
  between provider havn and customer brod
  term 2026-01-01 to 2028-12-31
  timezone Europe/Copenhagen
}
party havn "Havn Hosting ApS" { }
party brod "Brød & Dage A/S" { }
```

Right:

```xladsl alone
agreement web_hosting {
  between provider havn and customer brod
  term 2026-01-01 to 2028-12-31
  timezone Europe/Copenhagen
}
party havn "Havn Hosting ApS" { }
party brod "Brød & Dage A/S" { }
review yearly_review "Yearly review" { recurring each calendar year first on 2027-01-31 }
```

An agreement of a year at the most that is not renewed needs none: its end is its review.

Source: the requirement of a review at least once a year.

Implements: measurability T9, R10
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..diagnostics import Diagnostic, Rule, Severity
from ..model import nodes
from ..model.deadlines import days_of_window

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.contract import Contract

RULE = Rule("XL449", Severity.WARNING)

LONGEST_YEAR = 366


def check(contract: Contract) -> Iterator[Diagnostic]:
    agreement = contract.agreement
    term = agreement.term
    lasts = (term.end - term.start).days + 1
    if agreement.renewal is None and lasts <= LONGEST_YEAR:
        return
    reviews = contract.every(nodes.Review)
    if not reviews:
        yield Diagnostic(
            "review-unsaid",
            agreement.place("name"),
            f"`{agreement.name}` lasts longer than a year, and nobody has to look at it again",
            here=f"until {term.end}" if agreement.renewal is None else "until it is ended",
            why="Levels that no longer fit would stay in force, too easy for one party or out of reach for the other.",
            remedy="Add  review yearly_review { recurring each calendar year in FORUM may change … } .",
        )
    elif all(seldom(review) for review in reviews):
        yield Diagnostic(
            "review-unsaid",
            reviews[0].recurring.span,
            f"`{reviews[0].name}` comes less than once in a year",
            here="too seldom",
            why="Levels that no longer fit would stay in force until then.",
            remedy="Write  recurring each calendar year , or more often.",
        )


def seldom(review: nodes.Review) -> bool:
    if review.recurring.each == "term":
        return True
    days = days_of_window(review.recurring.each)
    return days is not None and days.fewest > LONGEST_YEAR
