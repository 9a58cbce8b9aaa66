"""The words of one paragraph of the contract: what stands in it, how it looks, and what was changed of it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from bs4.element import NavigableString, PreformattedString, Tag

from .drawings import can_be_drawn
from .numbering import in_digits

if TYPE_CHECKING:
    from collections.abc import Iterator

INSERTED, DELETED = "ins", "del"
BLANKS = re.compile(r"[ \t\n\r\f]+")
WITHOUT_WORDS = ("style", "script")
CHARACTER_STYLES = {"mark": "Clause Mark", "force": "Clause Force", "translation": "Clause Translation"}
BOLD = ("b", "strong")
ITALIC = ("i", "em")
INLINE = frozenset(
    ["a", "abbr", "bdi", "bdo", "br", "code", "del", "ins", "q", "small", "span", "sub", "sup", "time"]
).union(BOLD, ITALIC)
"""What stands among words."""


class Look(NamedTuple):
    """How words look, beyond what the style of their paragraph says, and in which language they are."""

    bold: bool = False
    italic: bool = False
    style: str = ""
    language: str = ""
    right_to_left: bool = False


class Words(NamedTuple):
    """Words that look alike and were changed alike.

    `change` is `ins`, `del` or nothing; `link` is the place that they lead to; `numbers` is said of words that are the
    number of that place, and follow it when it moves. A line break is the word `\\n`. A `drawing` has no words here.
    """

    words: str
    look: Look
    change: str = ""
    link: str = ""
    numbers: bool = False
    place: str = ""
    drawing: Tag | None = None


class Targets:
    """What can be cited: for each place on paper, the numbered heading it stands under, and the numbers of that."""

    def __init__(self, page: Tag | None) -> None:
        self.headed: dict[str, str] = {}
        self.numbers: dict[str, set[str]] = {}
        for element in page.find_all(id=True) if page is not None else ():
            place = str(element["id"])
            clause = element.find_parent(class_="clause")
            self.headed[place] = str(clause["id"]) if clause is not None and clause.get("id") else place
            headings = (
                [element] if element.name == "h2" else element.find_all("h3") if "clause" in classes(element) else []
            )
            for heading in headings:  # two of them where two languages stand side by side
                if (number := heading.find("span", class_="num")) is not None:
                    said = {words_without(number, each) for each in (INSERTED, DELETED)} - {""}
                    self.numbers.setdefault(place, set()).update(said)

    def is_number(self, place: str, words: str) -> bool:
        return words.strip() in self.numbers.get(self.headed.get(place, ""), ())


def words_without(element: Tag, change: str) -> str:
    """The words of an element in one version: without what was deleted, or without what was inserted."""
    words = [str(each) for each in element.find_all(string=True) if each.find_parent(change) is None]
    return BLANKS.sub(" ", "".join(words)).strip()


def words_of(element: Tag, look: Look, targets: Targets, change: str = "", *, numbered: bool = False) -> list[Words]:
    """What stands in an element, with blanks as a browser shows them; the number before it only if `numbered`."""
    return without_blanks(list(flattened(element, look, targets, change, "", numbered=numbered)))


def flattened(element: Tag, look: Look, targets: Targets, change: str, link: str, *, numbered: bool) -> Iterator[Words]:
    for child in element.children:
        if isinstance(child, NavigableString):
            if not isinstance(child, PreformattedString):
                yield from linked(str(child), look, targets, change, link, inside="number" in classes(element))
        elif isinstance(child, Tag) and child.name not in WITHOUT_WORDS:
            if "num" in classes(child):
                if numbered:
                    yield from number_and_tab(child, look, change, link)
                continue
            if child.name == "svg":
                yield from [Words("", look, change, drawing=child)] * can_be_drawn(child)
                continue
            if child.get("id"):
                yield Words("", look, change, place=str(child["id"]))
            if child.name == "br":
                yield Words("\n", look, change, link)
            within = child.name if child.name in (INSERTED, DELETED) else change
            to = led_to(child) or link
            yield from flattened(child, looked(child, look), targets, within, to, numbered=numbered)


def number_and_tab(number: Tag, look: Look, change: str, link: str = "") -> Iterator[Words]:
    """A number that is written out before its words; it comes and goes with them."""
    parts = number.find_all((INSERTED, DELETED)) or [number]
    for part in parts:
        yield Words(in_digits(part.get_text().strip()), look, part.name if part is not number else change, link)
    yield Words("\t", look, parts[0].name if len(parts) == 1 and parts[0] is not number else change, link)


def linked(words: str, look: Look, targets: Targets, change: str, link: str, *, inside: bool) -> Iterator[Words]:
    """Words of which a part may be the number of the place that they lead to."""
    if not link:
        yield Words(words, look, change)
        return
    for piece in re.split(r"([^()\s]+)", words) if inside else [words]:
        yield Words(piece, look, change, link, targets.is_number(link, piece))


def led_to(element: Tag) -> str:
    """The place that a link within the document leads to. There are no others, and none is written."""
    address = str(element.get("href", "")) if element.name == "a" else ""
    return address[1:] if address.startswith("#") else ""


def looked(element: Tag, look: Look) -> Look:
    found = classes(element)
    styles = [style for name, style in CHARACTER_STYLES.items() if name in found]
    language = str(element.get("lang", "")) or look.language
    direction = str(element.get("dir", ""))
    return look._replace(
        bold=look.bold or element.name in BOLD or "label" in found,
        italic=look.italic or (element.name in ITALIC and "mark" not in found),
        style=styles[-1] if styles else look.style,
        language=language,
        right_to_left=direction == "rtl" if direction in ("rtl", "ltr") else look.right_to_left,
    )


def classes(element: Tag) -> list[str]:
    found = element.get("class")
    return found if isinstance(found, list) else [found] if isinstance(found, str) else []


def without_blanks(pieces: list[Words]) -> list[Words]:
    """Blanks run together, and none at the ends of a line."""
    kept: list[Words] = []
    after_blank = True
    for piece in pieces:
        if piece.words in ("\n", "\t") and not piece.place:
            kept = [*trimmed(kept), piece]
            after_blank = True
            continue
        words = BLANKS.sub(" ", piece.words)
        if after_blank:
            words = words.removeprefix(" ")
        after_blank = words.endswith(" ") if words else after_blank
        if words or piece.place or piece.drawing:
            kept.append(piece._replace(words=words))
    return trimmed(kept)


def trimmed(pieces: list[Words]) -> list[Words]:
    for position in range(len(pieces) - 1, -1, -1):
        if pieces[position].words:
            pieces[position] = pieces[position]._replace(words=pieces[position].words.rstrip(" "))
            break
    return [piece for piece in pieces if piece.words or piece.place or piece.drawing]
