"""Words written from left to right inside text that is written from right to left: each stretch of them set apart.

A date, a sum or a version among Arabic letters would otherwise be turned around by the rules for mixed text, and the
typesetter would lay a foreign phrase with a link in it part by part from the wrong side.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, TypeGuard

if TYPE_CHECKING:
    from bs4 import BeautifulSoup, Tag
    from bs4.element import PageElement

RIGHT_TO_LEFT = (
    "\u0590-\u05ff\u0600-\u060b\u060d-\u061a\u061c-\u061e\u0620-\u065f\u066e-\u06ef\u06fa-\u08ff\ufb1d-\ufefc"
)
OWN_DIGITS = "\u0660-\u0669\u06f0-\u06f9"
LETTERS = "A-Za-z\u00c0-\u024f\u0370-\u052f\u1e00-\u1fff"
STOPS = "«»،؛؟"
"""What ends a foreign stretch, because it belongs to the sentence around it."""

SIGN, RELATION = r"−±+\-", "≤≥<>"
"""What belongs to the number behind it, with no space between unless it is ±: a sign with a space is that of a sum.

A relation before a number of the text's own is turned with the text.
"""

NUMBER = rf"(?:±[ \u00a0]?|[{SIGN}])?[{OWN_DIGITS}](?:[{OWN_DIGITS}\u066b\u066c.,:/-]*[{OWN_DIGITS}])?[%٪]?"
FOREIGN = (
    rf"(?:[{SIGN}{RELATION}][ \u00a0]?(?=[0-9]))?[{LETTERS}0-9]"
    rf"(?:[^{RIGHT_TO_LEFT}{OWN_DIGITS}{STOPS}\n]*[{LETTERS}0-9])?(?:(?<=[0-9])%)?"
)
STRETCH = re.compile(f"{FOREIGN}|{NUMBER}")
FROM_THE_RIGHT = re.compile(f"[{RIGHT_TO_LEFT}]")
FROM_THE_LEFT = re.compile(f"[{LETTERS}0-9{OWN_DIGITS}]")

JOINING = re.compile(r"[\s−+×÷=≤≥<>/]*")
"""What stands between two parts of one phrase, or of one formula."""

LEFT_ALONE = {"script", "style", "svg", "title", "bdi", "bdo", "head"}
INLINE = {"a", "span", "em", "i", "b", "strong", "ins", "del", "small", "sub", "sup", "abbr", "cite", "code"}


def set_apart(document: BeautifulSoup) -> None:
    """Set apart what runs the other way, in every part of a document that is written from right to left."""
    for part in document.select('[dir="rtl"]'):  # each by itself: what has a direction of its own is passed by
        within(document, part)


def within(document: BeautifulSoup, element: Tag) -> None:
    """Set apart the foreign stretches among what an element holds, and then those inside of it."""
    for piece in list(element.children):
        if is_text(piece):
            divided(document, piece)
    for stretch in foreign_stretches(element):
        if not all(is_text(piece) for piece in stretch) or str(stretch[0]).strip():
            wrapper = document.new_tag("bdi", attrs={"dir": "ltr"})
            stretch[0].insert_before(wrapper)
            for piece in stretch:
                wrapper.append(piece.extract())
    for child in list(element.children):
        if is_element(child) and child.name not in LEFT_ALONE and child.get("dir") is None:
            within(document, child)


def divided(document: BeautifulSoup, text: PageElement) -> None:
    """Divide a text, so that each foreign stretch is a text of its own."""
    words = str(text)
    cuts = [
        0,
        *(edge for found in STRETCH.finditer(words) for edge in (found.start(), closed(words, found))),
        len(words),
    ]
    parts = [words[start:end] for start, end in pairwise(cuts) if words[start:end]]
    if len(parts) > 1:
        for part in parts:
            text.insert_before(document.new_string(part))
        text.extract()


def closed(words: str, found: re.Match[str]) -> int:
    """Where a stretch ends; a bracket that it opened and did not close is closed inside of it."""
    end = found.end()
    opened = found[0].count("(") - found[0].count(")")
    return end + 1 if opened == 1 and words[end : end + 1] == ")" else end


def foreign_stretches(element: Tag) -> list[list[PageElement]]:
    """The pieces that stand together and run from left to right, with the blanks between them."""
    found: list[list[PageElement]] = []
    blanks: list[PageElement] = []
    open_ = False
    for piece in element.children:
        if runs_foreign(piece):
            if open_ and continues(found[-1][-1], piece):
                found[-1] += [*blanks, piece]
            else:
                found.append([piece])
            blanks, open_ = [], True
        elif open_ and is_text(piece) and JOINING.fullmatch(str(piece)):
            blanks.append(piece)
        else:
            blanks, open_ = [], False
    return found


def continues(before: PageElement, piece: PageElement) -> bool:
    """Whether two foreign pieces are one phrase; a number in the digits around it stands alone."""
    return not any(re.search(f"[{OWN_DIGITS}]", text_of(each)) for each in (before, piece))


def runs_foreign(piece: PageElement) -> bool:
    if is_element(piece) and (piece.name not in INLINE or piece.get("dir") is not None or stands_aside(piece)):
        return False
    words = text_of(piece)
    return FROM_THE_LEFT.search(words) is not None and FROM_THE_RIGHT.search(words) is None


def stands_aside(element: Tag) -> bool:
    """Whether an element stands at the edge of its clause, where it would change sides with what is around it."""
    return "num" in element.get_attribute_list("class")


def text_of(piece: PageElement) -> str:
    return piece.get_text() if is_element(piece) else str(piece)


def is_text(piece: PageElement) -> bool:
    from bs4.element import NavigableString

    return isinstance(piece, NavigableString)


def is_element(piece: PageElement | None) -> TypeGuard[Tag]:
    from bs4 import Tag

    return isinstance(piece, Tag)
