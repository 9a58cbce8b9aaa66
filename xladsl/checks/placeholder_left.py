"""A place in the text that was to be filled in, and was not.

"Liability is limited to [TBD]" has been signed. A court then decides what was to stand there.

Wrong:

```xladsl wrong
clause liability "Liability" {
  text "Liability is limited to [TBD] a year." // error: placeholder-left
}
```

Right:

```xladsl
clause liability "Liability" {
  text "Liability is limited to the fees of one year."
}
```

Found are `TBD`, `TBC`, `TODO`, `FIXME`, `XXX`, `XX` where a figure is meant, "lorem ipsum", dots or lines to write on,
and brackets that say `insert` or nothing. What a draft may leave to be settled
is asked by `open`.

Source: published agreements with `[TBD]`, and with the note "Optional; Keep or Remove" left in the text.

Implements: trap T21; lint placeholder-left
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from ..diagnostics import Diagnostic, Rule, Severity
from ._figures import any_of
from ._prose import prose, readings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.contract import Contract
    from ..model.lexicon import Lexicon
    from ._prose import Words

RULE = Rule("XL355", Severity.ERROR)

PLACEHOLDER = (
    r"\[?\b(?:TBD|TBC|TODO|FIXME|XXX+)\b\]?"
    r"|\b(?:[A-Z]{3}|[€$£]) ?XX\b|\bXX(?=%|[/.-][XY\d]| ?(?:days?|hours?|minutes?|months?|years?|percent)\b)"
    r"|(?i:\blorem ipsum\b)|_{3,}|\.{5,}|…{2,}|\[[●•.… _]*\]"
    r"|(?i:[\[<](?:insert|enter|fill in|to be|name of|date of)\b[^\]>]*[\]>])"
)


def check(contract: Contract) -> Iterator[Diagnostic]:
    for words in prose(contract):
        found = re.search(PLACEHOLDER, words.value)
        if found is not None:
            yield left(words, found)
    for reading in readings(contract):
        if "[" in reading.words.value and not re.search(PLACEHOLDER, reading.words.value):
            found = asked_for(reading.lexicon).search(reading.words.value)
            if found is not None:
                yield left(reading.words, found)


@cache
def asked_for(known: Lexicon) -> re.Pattern[str]:
    """Brackets that ask for words in the language of the text: `[indsæt adresse]`, `[adres invullen]`."""
    return re.compile(rf"\[[^\]\n]*?(?<!\w){any_of(known.words('placeholders.words'))}(?!\w)[^\]\n]*\]", re.IGNORECASE)


def left(words: Words, found: re.Match[str]) -> Diagnostic:
    return Diagnostic(
        "placeholder-left",
        words.at(found[0], found.start()),
        f"`{found[0]}` stands where words were to be filled in",
        here="still to be filled in",
        why="Whoever signs agrees to whatever a court puts there.",
        remedy='Write what was agreed; in a draft, ask for it:  open "…" awaiting NAME .',
    )
