"""What the words of a document do not tell: what is there and not shown, and what is shown and is no word of it.

Whoever compares words alone would be told that nothing was changed.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from .markup import tag, value
from .pictures import WP, alike, shapes_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .pictures import Shape

FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
FORMULA = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
DESCRIBED = f"{WP}docPr"
SHAPE = "{urn:schemas-microsoft-com:vml}"

HIDDEN, STRUCK = "hidden", "struck"
PICTURE, SYMBOL, FORMULAS, ELSEWHERE = "picture", "symbol", "formula", "elsewhere"
WHITE = "FFFFFF"
SIGHTS = {
    tag("drawing"): PICTURE,
    tag("pict"): PICTURE,
    tag("object"): PICTURE,
    tag("sym"): SYMBOL,
    f"{FORMULA}oMath": FORMULAS,
    tag("altChunk"): ELSEWHERE,
    tag("subDoc"): ELSEWHERE,
    tag("dataBinding"): ELSEWHERE,
}
FIELDS_OF_A_CONTRACT = {"REF", "PAGEREF", "TOC", "PAGE", "NUMPAGES", "SECTIONPAGES", "STYLEREF", "HYPERLINK"}
COUNTED = re.compile(r"\b(?:(?:\d+|[A-Za-z]|[IVXLCDM]+|[ivxlcdm]+)\b\.?\b)+")
"""A number at any depth: `7`, `A.2`, `IV.1.3`."""
COUNTER = re.compile(r"%\d")
WORD = re.compile(r"[^\W\d_]{3}")


class Oddity(NamedTuple):
    """Something that is not what it looks like, and the words of it, if it has any.

    `hidden` words nobody sees, `struck` ones are there and crossed out; a `picture`, a `symbol` and a `formula` are
    seen and are no words; what stands `elsewhere` is fetched, or worked out, whenever somebody opens the document.
    Of a drawing that is `shown`, the words are those that say what it shows.
    """

    kind: str
    words: str
    paragraph: int
    shown: tuple[Shape, ...] = ()

    def is_like(self, other: Oddity) -> bool:
        """Whether it is what another is, whatever it is called and wherever it stands."""
        if self.kind != other.kind:
            return False
        return alike(self.shown, other.shown) if self.shown or other.shown else self.words == other.words


def sights(body: Any) -> Iterator[Oddity]:
    """What is shown and is no word, each at its paragraph."""
    position = -1
    for element in body.iter():
        kind = SIGHTS.get(element.tag)
        if kind is None and element.tag != tag("p"):
            continue
        if any(each.tag == FALLBACK for each in element.iterancestors()):
            continue
        if kind is None:
            position += 1
        else:
            said = "".join(each.text or "" for each in element.iter(f"{FORMULA}t")) or value(element, "char")
            shown = shapes_in(element) if element.tag == tag("drawing") else ()
            yield Oddity(kind, said or described(element), max(position, 0), shown)


def described(element: Any) -> str:
    """What a drawing says of itself to those who cannot see it."""
    return next((str(each.get("descr", "")) for each in element.iter(DESCRIBED)), "")


def is_foreign(instruction: str) -> bool:
    """Whether a field shows what neither we nor Word put into a contract: a date, a file, a property, a condition."""
    return not FIELDS_OF_A_CONTRACT.issuperset(instruction.upper().split()[:1])


def is_number_like(shown: str, number: str) -> bool:
    """Whether what a reference shows may be such a number as it stands for, counted anew or not yet counted."""
    return not shown.strip() or COUNTED.sub("#", shown) == COUNTED.sub("#", number)


# Hidden and struck


def looks(styles: Any) -> dict[str, str]:
    """The styles by which words are hidden or struck, by their identifiers; that of paragraphs without one is empty."""
    if styles is None:
        return {}
    found = {value(style, "styleId"): style for style in styles.iter(tag("style"))}
    made = {identifier: kind for identifier in found if (kind := look_of(identifier, found))}
    for style in found.values():
        if value(style, "type") == "paragraph" and value(style, "default") in ("1", "true"):
            made[""] = made.get(value(style, "styleId"), "")
    everywhere = look(styles.find(f"{tag('docDefaults')}/{tag('rPrDefault')}/{tag('rPr')}"))
    return made | ({"": everywhere} if everywhere else {})


def look_of(identifier: str, styles: dict[str, Any]) -> str:
    """The look of a style, or of the nearest that it is based on and that says one."""
    seen: set[str] = set()
    while identifier in styles and identifier not in seen:
        seen.add(identifier)
        if kind := look(styles[identifier].find(tag("rPr"))):
            return kind
        identifier = value(styles[identifier].find(tag("basedOn")))
    return ""


def look(properties: Any) -> str:
    """Whether what has these properties is hidden from whoever reads, or crossed out by hand."""
    if properties is None:
        return ""
    if said_on(properties, "vanish") or value(properties.find(tag("color"))).upper() == WHITE:
        return HIDDEN
    return STRUCK if said_on(properties, "strike") or said_on(properties, "dstrike") else ""


def look_of_run(run: Any, styles: dict[str, str]) -> str:
    """The look of a run: its own, or else that of its style, or else that of its paragraph's style."""
    properties = run.find(tag("rPr"))
    if own := look(properties):
        return own
    if not styles or (properties is not None and properties.find(tag("vanish")) is not None):
        return ""  # what says of itself that it is shown is shown
    paragraph = next(run.iterancestors(tag("p")), None)
    of_paragraph = None if paragraph is None else paragraph.find(f"{tag('pPr')}/{tag('pStyle')}")
    of_run = None if properties is None else properties.find(tag("rStyle"))
    styled = of_run if value(of_run) in styles else of_paragraph
    return styles.get(value(styled), "")


def said_on(properties: Any, name: str) -> bool:
    found = properties.find(tag(name))
    return found is not None and value(found) not in ("0", "false", "off")


# Words around the text


def words_of_counters(numbering: Any) -> Iterator[str]:
    """What counters put before clauses besides their numbers: `Schedule`, and whatever else somebody wrote there."""
    for level in numbering.iter(tag("lvlText")):
        if WORD.search(COUNTER.sub("", value(level))):
            yield value(level)


def words_across_pages(part: Any) -> Iterator[str]:
    """What a watermark says."""
    for path in part.iter(f"{SHAPE}textpath"):
        if words := str(path.get("string", "")).strip():
            yield words
