"""What the words of a document do not tell: what is there and not shown, and what is shown and is no word of it.

Whoever compares words alone would be told that nothing was changed.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from .markup import tag, value
from .package import relations
from .pictures import WP, alike, shapes_in

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from .pictures import Shape

FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
FORMULA = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
DESCRIBED = f"{WP}docPr"
SHAPE = "{urn:schemas-microsoft-com:vml}"

HIDDEN, STRUCK = "hidden", "struck"
PICTURE, SYMBOL, FORMULAS, ELSEWHERE, TURNED = "picture", "symbol", "formula", "elsewhere", "turned"
PALE = 0xE0
"""A colour of which no part is darker cannot be read on paper."""

SMALLEST = 8
LOWEST = 40
"""The size of letters, in half points, and the height of a line, in twentieths of a point, that can hardly be seen."""

SIGHTS = {
    tag("drawing"): PICTURE,
    tag("pict"): PICTURE,
    tag("object"): PICTURE,
    tag("sym"): SYMBOL,
    f"{FORMULA}oMath": FORMULAS,
    tag("altChunk"): ELSEWHERE,
    tag("subDoc"): ELSEWHERE,
    tag("dataBinding"): ELSEWHERE,
    tag("bdo"): TURNED,
    tag("dir"): TURNED,
}
FIELDS_OF_A_CONTRACT = {"REF", "TOC", "HYPERLINK"}
OF_THE_CONTENTS = {"PAGEREF"}
COUNTED = re.compile(r"\b(?:(?:\d+|[A-Za-z]|[IVXLCDM]+|[ivxlcdm]+)\b\.?\b)+")
"""A number at any depth: `7`, `A.2`, `IV.1.3`."""
COUNTER = re.compile(r"%\d")
WORD = re.compile(r"[^\W\d_]{3}")
COLOUR = re.compile(r"[0-9A-F]{6}")


class Oddity(NamedTuple):
    """Something that is not what it looks like, and the words of it, if it has any.

    `hidden` words nobody sees, `struck` ones are there and crossed out; a `picture`, a `symbol` and a `formula` are
    seen and are no words; what stands `elsewhere` is fetched, or worked out, whenever somebody opens the document; and
    `turned` ones stand in another order than they are read.
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
            inside = (f"{FORMULA}t", tag("t")) if kind in (FORMULAS, TURNED) else ()
            said = "".join(each.text or "" for each in element.iter(*inside)) if inside else value(element, "char")
            shown = shapes_in(element) if element.tag == tag("drawing") else ()
            yield Oddity(kind, said or described(element), max(position, 0), shown)


def described(element: Any) -> str:
    """What a drawing says of itself to those who cannot see it."""
    return next((str(each.get("descr", "")) for each in element.iter(DESCRIBED)), "")


def is_foreign(instruction: str, *, in_contents: bool) -> bool:
    """Whether a field shows what neither we nor Word put into the text: a date, a file, a page, a condition."""
    known = FIELDS_OF_A_CONTRACT | (OF_THE_CONTENTS if in_contents else set())
    return not known.issuperset(instruction.upper().split()[:1])


def fetched(parts: Mapping[str, bytes]) -> Iterator[Oddity]:
    """What is brought in from outside of the document when it is opened: templates, pictures, objects."""
    for name in parts:
        if name.endswith(".rels"):
            folder, _, last = name.removesuffix(".rels").rpartition("/")
            part = f"{folder.removesuffix('_rels')}{last}"
            for kind, target, outside in relations(parts, part):
                if outside and kind != "hyperlink":
                    yield Oddity(ELSEWHERE, target, 0)


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
    if said_on(properties, "vanish") or is_unseen(properties):
        return HIDDEN
    return STRUCK if said_on(properties, "strike") or said_on(properties, "dstrike") else ""


def is_unseen(properties: Any) -> bool:
    """Whether letters are too pale or too small to be read, or stand on a ground of their own colour."""
    ink = value(properties.find(tag("color"))).upper()
    ground = value(properties.find(tag("shd")), "fill").upper()
    size = value(properties.find(tag("sz")))
    if size.isascii() and size.isdigit() and int(size) <= SMALLEST:
        return True
    if value(properties.find(tag("highlight"))) == "black" and ink in ("", "AUTO", "000000"):
        return True
    return is_pale(ink) or (ink == ground and is_colour(ink))


def is_pale(ink: str) -> bool:
    return is_colour(ink) and min(bytes.fromhex(ink)) >= PALE


def is_colour(said: str) -> bool:
    return COLOUR.fullmatch(said) is not None


def is_flat(run: Any) -> bool:
    """Whether a run stands in a line or a row that is too low to show it."""
    lines = (each.find(f"{tag('pPr')}/{tag('spacing')}") for each in run.iterancestors(tag("p")))
    rows = (each.find(f"{tag('trPr')}/{tag('trHeight')}") for each in run.iterancestors(tag("tr")))
    low = [(value(each, "lineRule"), value(each, "line")) for each in lines]
    low += [(value(each, "hRule"), value(each)) for each in rows]
    return any(rule == "exact" and height.isdigit() and int(height) <= LOWEST for rule, height in low)


def look_of_run(run: Any, styles: dict[str, str]) -> str:
    """The look of a run: its own, or else that of its style, or else that of its paragraph's style."""
    properties = run.find(tag("rPr"))
    if own := HIDDEN if is_flat(run) else look(properties):
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
