"""A sentence that obliges a thing, and no party.

"The portal shall be fast" obliges nobody: a portal owes nothing, and when it is slow each party may say that the
sentence was meant for the other.

Wrong:

```xladsl wrong
clause records "Records" {
  text "The log must show every interruption of the portal." // warning: duty-without-party
}
```

Right:

```xladsl
clause records "Records" {
  text "The Provider keeps a log that shows every interruption of the portal."
}
```

Read are the texts that bind, for words such as shall, must, skal, moet, повинен and باید. A sentence is in order when
it names a party, a role, a group of people or a word for them. One that forbids is not asked, nor one that says what
applies or is valid, or that a notice is in writing.

Source: the advice of drafting manuals to use `shall` only for a duty of the subject of the sentence.

Implements: lint shall-misused
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..diagnostics import Diagnostic, Rule, Severity
from ._duties import duties, is_passive
from ._prose import names_someone, uses_any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.contract import Contract

RULE = Rule("XL502", Severity.WARNING)


def check(contract: Contract) -> Iterator[Diagnostic]:
    for sentence, duty in duties(contract):
        if is_passive(sentence, duty) or names_someone(contract, sentence):
            continue
        before = sentence._replace(start=0, end=sentence.start)
        if uses_any(sentence, "duties.pronouns") and names_someone(contract, before):
            continue
        yield Diagnostic(
            "duty-without-party",
            sentence.at(duty.start, duty.end),
            f"`{sentence.shown(duty.start, duty.end)}` obliges someone, and the sentence names nobody",
            here="who owes this?",
            why="A thing owes nothing. When it does not happen, each party may say that the other was meant.",
            remedy="Make a party the subject of the sentence; or write it as a fact, if nobody owes it.",
        )
