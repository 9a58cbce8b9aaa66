"""A translation with other figures than the text.

The text says 30 days and its translation 20. Where one language prevails, the readers of the other were misled; where
none does, both are agreed.

Wrong:

```xladsl wrong
agreement digital_workplace {
  between provider northwind and customer contoso
  term 2026-01-01 to 2026-12-31
  timezone Europe/Copenhagen
  languages en, da, prevailing en
}
clause refund "Refund" {
  text "The Provider refunds the fee within 30 days."
    da "Leverandøren tilbagebetaler vederlaget inden for 20 dage." // warning: translation-differs
}
```

Right:

```xladsl
agreement digital_workplace {
  between provider northwind and customer contoso
  term 2026-01-01 to 2026-12-31
  timezone Europe/Copenhagen
  languages en, da, prevailing en
}
clause refund "Refund" {
  text "The Provider refunds the fee within 30 days."
    da "Leverandøren tilbagebetaler vederlaget inden for tredive dage."
}
```

Compared are the figures in digits, as each language writes them, with the figures of the other text in digits or in
words; and what the two texts quote of the model.

Source: the requirement that a contract in two languages holds the same amounts and dates in both.

Implements: lint lang-parity
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ..diagnostics import Diagnostic, Label, Rule, Severity
from ..model.lexicon import NUMBER
from ..model.prose import QUOTATION, quotations
from ._prose import readings
from ._words import listed

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

    from ..model.contract import Contract
    from ._prose import Reading

RULE = Rule("XL512", Severity.WARNING)

OF_THE_CLOCK = re.compile(r"\d[\d:.]*\s?(?:[ap]\.?m\b|o’clock|o'clock)|\b(?:kl|klokken)\b", re.IGNORECASE)
DIGIT = re.compile(r"\d")
ANY_NUMBER = re.compile(rf"(?<![^\W_]){NUMBER}")
NUMBER_NOT_ORDINAL = re.compile(rf"(?<![^\W_]){NUMBER}(?!-?[^\W\d_]{{1,3}}(?!\w))")
NOT_A_FIGURE = re.compile(r"(?<=\d{4}-)\d\d(?=-\d\d)|(?<=\d[./])\d{1,2}(?=[./-]\d{4})|\b24\s?[/x×]\s?7\b")
"""The month of a date, which may be a word in the other text, and "24/7"."""


def check(contract: Contract) -> Iterator[Diagnostic]:
    drafted: Reading | None = None
    for reading in readings(contract):
        if drafted is None or reading.words.text is not drafted.words.text:
            drafted = reading
        else:
            yield from compared(drafted, reading)


def compared(drafted: Reading, translated: Reading) -> Iterator[Diagnostic]:
    here, there = quotes(drafted), quotes(translated)
    lost, added = ({f"{{{path}}}" for path in here - there}, {f"{{{path}}}" for path in there - here})
    unmatched = missing(drafted, translated), missing(translated, drafted)
    if any(unmatched) and not says_time_of_day(drafted, translated):
        lost |= {f"{number:f}" for number in unmatched[0]}
        added |= {f"{number:f}" for number in unmatched[1]}
    if lost or added:
        only = [only_in(drafted, lost), only_in(translated, added)]
        yield Diagnostic(
            "translation-differs",
            translated.words.place,
            f"the two texts do not hold the same figures: {listed(filter(None, only))}",
            here=f"the text in `{translated.words.language}`",
            labels=(Label(drafted.words.place, f"the text in `{drafted.words.language}`"),),
            why="Each party would rely on the text that suits it, and one of them was misled.",
            remedy="Write the same figures in both, or quote the clause that holds them in both.",
        )


def says_time_of_day(*readings: Reading) -> bool:
    """Whether a text says a time of the day: half past six in the evening is 6 in one language and 18 in another."""
    return any(OF_THE_CLOCK.search(reading.words.value) for reading in readings)


def only_in(reading: Reading, figures: set[str]) -> str:
    said = (f"`{figure}`" for figure in sorted(figures))
    return f"{listed(said)} only in `{reading.words.language}`" if figures else ""


def quotes(reading: Reading) -> set[str]:
    return {quotation.path for quotation in quotations(reading.words.value)} if "{" in reading.words.value else set()


def missing(said: Reading, other: Reading) -> set[Decimal]:
    """The figures that one text holds in digits, and the other neither in digits nor in words.

    An ordinal in digits, `1st`, is not asked for: the other text may say "first".
    """
    asked = figures(said, NUMBER_NOT_ORDINAL)
    if not asked or asked <= figures(other, ANY_NUMBER):
        return set()
    return asked - figures(other, ANY_NUMBER) - spelt_figures(other)


def figures(reading: Reading, kind: re.Pattern[str]) -> set[Decimal]:
    text = reading.words.value
    if not DIGIT.search(text):
        return set()
    text = NOT_A_FIGURE.sub("", QUOTATION.sub("", text))
    return {reading.lexicon.number(found[0]).normalize() for found in kind.finditer(text)}


def spelt_figures(reading: Reading) -> set[Decimal]:
    """The figures of a text that are written in words, whole and part by part."""
    found: set[Decimal] = set()
    run: list[str] = []
    for word in [*(token.word for token in reading.tokens), ""]:
        part = reading.lexicon.part(word)
        if part is not None:
            found.add(part.normalize())
            run.append(word)
        elif word not in reading.lexicon.tables["counting"]["joints"]:
            whole = reading.lexicon.spelt(run)
            found |= {whole.normalize()} if whole is not None else set()
            run = []
    return found
