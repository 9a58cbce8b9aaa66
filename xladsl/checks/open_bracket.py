"""A bracket that opens and does not close, or the other way round.

What an exception in brackets covers ends with the bracket. Where that is missing, the exception may cover the rest of
the sentence, or of the contract.

Wrong:

```xladsl wrong
clause hours "Hours" {
  text "The desk answers on Business Days (except in the last week of the year from 08:00." // warning: open-bracket
}
```

Right:

```xladsl
clause hours "Hours" {
  text "The desk answers on Business Days (except in the last week of the year) from 08:00."
}
```

Source: the proofreading of contracts for brackets that do not match.

Implements: lint brackets-unbalanced
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ..diagnostics import Diagnostic, Rule, Severity
from ._prose import prose

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.contract import Contract

RULE = Rule("XL513", Severity.WARNING)

OF_A_LIST = re.compile(r"(?:^|(?<=[\s;,:]))\w{1,4}\)", re.MULTILINE)
"""`a)` and `iv)` before the items of a list open nothing."""


def check(contract: Contract) -> Iterator[Diagnostic]:
    for words in prose(contract):
        lonely = lonely_bracket(words.value) if "(" in words.value or ")" in words.value else None
        if lonely is not None:
            bracket, start = words.value[lonely], lonely
            yield Diagnostic(
                "open-bracket",
                words.at(bracket, start),
                f"a `{bracket}` has no other half",
                here="opens, and nothing closes it" if bracket == "(" else "closes, and nothing opened it",
                why="How far an exception in brackets reaches would be for each reader to say.",
                remedy="Add the other half, or take this one out.",
            )


def lonely_bracket(text: str) -> int | None:
    """The offset of the first bracket without its other half."""
    of_lists = {found.end() - 1 for found in OF_A_LIST.finditer(text)}
    opened: list[int] = []
    for offset, character in enumerate(text):
        if character == "(":
            opened.append(offset)
        elif character == ")" and opened:
            opened.pop()
        elif character == ")" and offset not in of_lists:
            return offset
    return opened[0] if opened else None
