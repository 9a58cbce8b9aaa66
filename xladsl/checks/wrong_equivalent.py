"""A percentage and its minutes that are not the same.

"99.9% (43 minutes a month)" is two promises: in a month of 30 days 99.9% leaves 43.2 minutes. "99.7%, which is 0.03%
downtime" is wrong by a factor of ten. Whoever monitors takes the one, whoever claims takes the other.

Wrong:

```xladsl wrong
clause promise_in_words "The promise in words" {
  text "Availability of 99.9% means 0.01% of downtime." // warning: wrong-equivalent
  text "Availability of 99.9% means 43 minutes of downtime per calendar month." // warning: wrong-equivalent
  text "Availability of 99.5% means 3.6 hours of downtime per calendar month."
  text "Availability of 99.7% means 2.19 hours of downtime per calendar month." // warning: wrong-equivalent
}
```

Right:

```xladsl
clause promise_in_words "The promise in words" {
  text "Availability of 99.9% means 0.1% of downtime."
  text "Availability of 99.9% means 43.2 minutes of downtime in each calendar month of 30 days."
}
```

The figure may be rounded to the digits that are written, but not to whole units, unless the text says "about"; the
month may have 28 to 31 days, or a twelfth of a year. A level that the text quotes, and the level of the promise that
the text stands in, are worked out in the same way. Sentences about maintenance and other time that is left out are not
read.

Source: published agreements with 43.8 minutes for one month and 7.2 hours for another; a checklist of a law firm that
explains 99.7% as 0.03% of downtime, and a guide that explains 99.9% as 0.01%.

Implements: trap T20; defects D3, D4
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from ..diagnostics import Diagnostic, Label, Rule, Severity
from ..model import nodes
from ..model.prose import quotations, quoted
from ..model.quantities import Percent
from ._figures import lengths, percentages
from ._prose import readings, uses_any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.contract import Contract
    from ._figures import Figure
    from ._prose import Sentence

RULE = Rule("XL510", Severity.WARNING)

DAY = Decimal(86400)
YEAR = Decimal("365.25")
DAYS = {
    "windows.day": [Decimal(1)],
    "windows.week": [Decimal(7)],
    "windows.month": [Decimal(30), Decimal(31), Decimal(28), Decimal(29), Decimal(365) / 12, YEAR / 12],
    "windows.quarter": [Decimal(90), Decimal(91), Decimal(92), Decimal(365) / 4, YEAR / 4],
    "windows.year": [Decimal(365), Decimal(366), YEAR],
}
WHOLE = Decimal(100)
HIGH = Decimal(50)
ROUGHLY = Decimal("0.05")


class Equivalent(NamedTuple):
    """A length of downtime that a sentence says for a level, and how many days the window has if that is right."""

    sentence: Sentence
    level: Decimal
    said: Figure
    window: str
    days: set[Decimal]


def check(contract: Contract) -> Iterator[Diagnostic]:
    first_of: dict[str, Equivalent] = {}
    for sentence in about_downtime(contract):
        for each in equivalents(sentence, level_of(contract, sentence)):
            if not each.days:
                days = min(days_of_windows(sentence), default=DAYS[each.window][0])
                yield finding(sentence, each.said, each.level, spoken(left_over(each.level, days), days))
            elif days_of_windows(sentence):
                continue  # it says which month it counts
            elif not each.days & first_of.setdefault(each.window, each).days:
                yield other_month(each, first_of[each.window])
        yield from wrong_share(sentence, level_of(contract, sentence))


def about_downtime(contract: Contract) -> Iterator[Sentence]:
    for reading in readings(contract):
        if "availability.down" in reading.found and not isinstance(reading.words.block, nodes.Example):
            for sentence in reading.sentences():
                if sentence.found("availability.down") and not uses_any(sentence, "availability.apart"):
                    yield sentence


def equivalents(sentence: Sentence, level: Decimal | None) -> Iterator[Equivalent]:
    """The lengths of downtime that a sentence says for the level it speaks of."""
    for length in lengths(sentence) if level is not None else ():
        window = window_of(sentence, length) if length.amount not in WHOLE_WINDOWS else None
        if level is not None and window is not None and not is_deadline(sentence, length):
            yield Equivalent(sentence, level, length, window, days_that_fit(sentence, level, length, window))


def wrong_share(sentence: Sentence, level: Decimal | None) -> Iterator[Diagnostic]:
    """A finding where a sentence says a share of downtime that is not what its level leaves."""
    shares = list(percentages(sentence))
    downtimes = [figure for figure in shares if figure.amount < HIGH and says_down(sentence, figure)]
    if level is not None and len(downtimes) == 1 and len(shares) == 2 and level + downtimes[0].amount != WHOLE:
        yield finding(sentence, downtimes[0], level, f"{plain(WHOLE - level)}%")


def level_of(contract: Contract, sentence: Sentence) -> Decimal | None:
    """The one level of availability that a sentence speaks of: its own, one that it quotes, or that of its promise."""
    own = {figure.amount for figure in percentages(sentence) if HIGH <= figure.amount < WHOLE}
    levels = own or set(levels_meant(contract, sentence))
    return levels.pop() if len(levels) == 1 else None


def levels_meant(contract: Contract, sentence: Sentence) -> list[Decimal]:
    """The levels that a sentence quotes, or else the level of the promise it stands in."""
    found = [quoted(contract, quotation) for quotation in quotations(sentence.text)]
    if not found and isinstance(sentence.reading.words.block, nodes.Promise):
        found = [sentence.reading.words.block.level]
    steps = [step.amount for level in found if isinstance(level, nodes.Level) for step in level.steps]
    return [amount.amount for amount in [*steps, *found] if isinstance(amount, Percent) and amount.amount >= HIGH]


def says_down(sentence: Sentence, figure: Figure) -> bool:
    """Whether a percentage stands beside a word for downtime."""
    return any(-NEAR < match.start - figure.end < NEAR for match in sentence.found("availability.down"))


NEAR = 25
"""So many characters may stand between a figure and the word that says what it is a figure of."""


def window_of(sentence: Sentence, length: Figure) -> str | None:
    """The window over which a length of downtime is meant: the first after it, or else the last before it."""
    stated = [(match.start, table) for table in DAYS for match in sentence.found(table)]
    after = [each for each in stated if each[0] >= length.end]
    return min(after)[1] if after else max(stated)[1] if stated else None


def is_deadline(sentence: Sentence, length: Figure) -> bool:
    known = sentence.reading.lexicon
    before = sentence.reading.words.value[sentence.start : length.start].casefold().rstrip()
    return before.endswith(tuple(known.words("availability.deadlines")))


def days_that_fit(sentence: Sentence, level: Decimal, said: Figure, window: str) -> set[Decimal]:
    """How many days the window has if a level leaves just so much of it, to the digits that are written."""
    roughly = uses_any(sentence, "availability.about")
    fitting = set()
    for days in days_of_windows(sentence) or DAYS[window]:
        exact = left_over(level, days)
        rounded = abs(exact - said.amount) * 2 <= said.step and not is_whole(said)
        if exact == said.amount or rounded or (roughly and abs(exact - said.amount) <= exact * ROUGHLY):
            fitting.add(days)
    return fitting


WHOLE_WINDOWS = {days * DAY for days in (28, 29, 30, 31, 90, 91, 92, 365, 366)}


def days_of_windows(sentence: Sentence) -> set[Decimal]:
    """How many days the window has, where the sentence says so: `a month of 30 days`."""
    return {length.amount / DAY for length in lengths(sentence) if length.amount in WHOLE_WINDOWS}


def is_whole(said: Figure) -> bool:
    """Whether a length is a whole number of its smallest unit, above seconds: `43 minutes`, `9 hours`."""
    return said.step >= 60 and said.amount % said.step == 0


def left_over(level: Decimal, days: Decimal) -> Decimal:
    """The seconds of downtime that a level of availability leaves in so many days."""
    return (WHOLE - level) / WHOLE * days * DAY


def spoken(seconds: Decimal, days: Decimal) -> str:
    amount, unit = (seconds, "seconds") if seconds < 60 else (seconds / 60, "minutes")
    if seconds >= 3 * 3600:
        amount, unit = seconds / 3600, "hours"
    return f"{plain(round(amount, 3))} {unit} in {plain(days)} {'day' if days == 1 else 'days'}"


def plain(number: Decimal) -> str:
    return f"{number.normalize():f}"


def finding(sentence: Sentence, figure: Figure, level: Decimal, right: str) -> Diagnostic:
    said = sentence.shown(figure.start, figure.end)
    return Diagnostic(
        "wrong-equivalent",
        sentence.at(figure.start, figure.end),
        f"{plain(level)}% leaves {right}, and the text says `{said}`",
        here=f"is {right}",
        why="There would be two promises. Whoever monitors takes the one, whoever claims takes the other.",
        remedy=f"Write {right}, or leave the sentence out: the level alone decides.",
    )


def other_month(each: Equivalent, first: Equivalent) -> Diagnostic:
    said, said_first = (one.sentence.shown(one.said.start, one.said.end) for one in (each, first))
    kind = each.window.partition(".")[2]
    return Diagnostic(
        "wrong-equivalent",
        each.sentence.at(each.said.start, each.said.end),
        f"`{said}` is right for another {kind} than `{said_first}`",
        here=f"counts a {kind} of {plain(round(min(each.days), 2))} days",
        labels=(
            Label(
                first.sentence.at(first.said.start, first.said.end),
                f"counts a {kind} of {plain(round(min(first.days), 2))} days",
            ),
        ),
        why=f"The same {kind} cannot have both lengths, and each party would count with the one that suits it.",
        remedy=f"Work both out for one length, and say which: “in a {kind} of 30 days”."
        if kind == "month"
        else f"Work both out for one length of the {kind}, and say which.",
    )
