"""What a review found, for people: first what nobody was meant to see, then what to decide, then what is settled."""

from __future__ import annotations

import re
from difflib import unified_diff
from itertools import groupby
from typing import TYPE_CHECKING

from ..loading import SUFFIX
from .base import comparable
from .proposing import hunks, trimmed
from .proving import edited_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ..word.reading import Comment, Returned
    from . import Change, Review
    from .base import Place
    from .proposing import Edit

AROUND = 6
"""How many words are quoted before and behind what changed."""

LONGEST = 160
AROUND_THE_TEXT = "around the text, in a head, a foot, a note or a number"
ODDITIES = {
    "hidden": "words that are there and not shown",
    "struck": "words that are crossed out by hand, and not deleted",
    "picture": "a picture or a box, which may say anything and cover anything",
    "symbol": "a sign of a font, which may look like any letter or figure",
    "formula": "a formula",
    "turned": "words that stand in another order than they are read",
    "elsewhere": "what Word fetches or works out when somebody opens the document, so that it may change",
}


def told(found: Review, returned: Returned) -> str:
    """All of it, in paragraphs."""
    return "\n\n".join("\n".join(lines) for lines in sections(found, returned) if lines)


def sections(found: Review, returned: Returned) -> Iterator[list[str]]:
    yield [
        version_said(found, returned),
        *(["It carries a macro, which nothing here runs. Ask why it is there."] * returned.macros),
    ]
    silent = [
        *(said(found, change) for change in found.silent),
        *(
            f"  {named(found, place)}: {ODDITIES[oddity.kind]}" + f": “{short(oddity.words)}”" * bool(oddity.words)
            for place, oddity in found.oddities
        ),
        *(f"  {AROUND_THE_TEXT}: “{short(words)}”" for words in found.frame),
    ]
    if silent:
        yield ["CHANGED WITHOUT TRACKING, so that nobody who looks at the marks sees it:", *silent]
    asked = [said(found, change) for change in found.open if not change.silent]
    asked += [f"  {AROUND_THE_TEXT}: “{short(words)}”" for words in found.asked]
    if asked:
        yield ["For people to decide, for no change of the text was found that makes it:", *asked]
    if found.remarks:
        yield ["Remarks:", *(remark_said(found, place, remark) for place, remark in found.remarks)]
    settled = [change for change in found.settled if not change.silent]
    if settled:
        yield ["Settled by the patch:", *(said(found, change) for change in settled)]
    if found.translated:
        yield ["The patch changes these texts in one language, and leaves what they say in others:", *found.translated]
    if found.findings:
        yield [
            "With the patch, `xladsl check` would also find:",
            *dict.fromkeys(f"  {each.severity.name.lower()}[{each.rule}] {each.title}" for each in found.findings),
        ]
    if not (silent or asked or found.remarks or settled):
        yield ["It says what was sent, and nothing was changed in it."]


def version_said(found: Review, returned: Returned) -> str:
    """Which version the document was made of. What it carries is compared, and never believed."""
    base = found.base
    ours = [base.marked.text, base.text] if base.marked else [base.text]
    texts = [content for name, content in returned.carried.items() if name.endswith(SUFFIX)]
    if not texts:
        return "It no longer says which version it was made of, and is compared with the agreement as it is now."
    if sorted(texts) != sorted(text.encode() for text in ours):
        return (
            "It was made of ANOTHER VERSION of the agreement, or the text inside of it was changed. It is compared with"
            " the agreement as it is now,\nso what differs between the two versions is told as a change too. To see"
            " theirs alone, review it against the version that was sent, such as REVISION:PATH."
        )
    digest = base.about.source_digest[:12]
    if base.marked:
        return (
            f"It is our comparison of this version of the agreement ({digest}) with the older one. Our changes stand."
        )
    return f"It was made of this version of the agreement ({digest})."


def named(found: Review, place: Place) -> str:
    return found.base.heading(place) or "the cover"


def said(found: Review, change: Change) -> str:
    """One change: where, what of, by whom, and what follows from it."""
    where = f"a new clause behind {named(found, change.place)}" if change.fresh else named(found, change.place)
    who = f"  [{'; '.join(change.who)}]" if change.who else ""
    lines = [f"  {where}{who}", *(f"    {each}" for each in differences(change.before, change.after))]
    if change.becomes and change.becomes != comparable(change.after):
        lines.append(f"    and so it says: “{change.becomes}”")
    return "\n".join(lines)


def differences(before: str, after: str) -> list[str]:
    """What differs, with some words around it."""
    if not before:
        return [f"new paragraph: “{after}”"]
    if not after:
        return [f"left out: “{before}”"]
    made = []
    for hunk in hunks(before, after):
        leading = " ".join(before[: hunk.start].split()[-AROUND:])
        trailing = " ".join(before[hunk.end :].split()[:AROUND])
        lead, trail = (f"… {leading} " if leading else ""), (f" {trailing} …" if trailing else "")
        old, new = trimmed(hunk.before, hunk.after)
        front = hunk.before[: hunk.before.find(old)] if old and new else ""
        back = hunk.before[len(front) + len(old) :] if old and new else ""
        changed = f"[-{old}-]" * bool(old) + f"{{+{new}+}}" * bool(new)
        made.append(f"{lead}{front}{changed}{back}{trail}")
    return made


def remark_said(found: Review, place: Place, remark: Comment) -> str:
    where = named(found, place)
    about = f" on “{short(remark.about)}”" if remark.about else ""
    who = ", ".join(filter(None, (remark.author or "somebody", remark.day)))
    return f"  {where}{about}  [{who}]\n    {' '.join(remark.words.split())}"


def short(words: str) -> str:
    words = " ".join(words.split())
    return words if len(words) <= LONGEST else f"{words[: LONGEST - 1].rstrip()}…"


def patch(edits: Iterable[Edit], revision: str = "") -> str:
    """The edits as a patch that `git apply` takes, file by file; `revision` is whose files they are of."""
    made: list[str] = []
    by_file = sorted(edits, key=lambda edit: (edit.span.source.name, edit.span.start))
    for name, group in groupby(by_file, key=lambda edit: edit.span.source.name):
        of_file = list(group)
        old, new = of_file[0].span.source.text, edited_text(of_file)
        path = name.removeprefix(f"{revision}:") if revision else name
        made += unified_diff(lines_of(old), lines_of(new), f"a/{path}", f"b/{path}")
    return "".join(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in made)


def lines_of(text: str) -> list[str]:
    return re.findall(r"[^\n]*\n|[^\n]+", text)
