"""The house style: the document whose styles, page and letterhead a contract takes.

A firm brings a document of its own. What that has under our names is used as it is, and what it lacks is added. Styles
are found by their names, for Word gives them other identifiers in each of its languages.
"""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from .. import resources
from .markup import tag, value, w
from .package import UnreadableDocumentError, has_macros, opened, tree, written

FOLDER = "word"


class Styles:
    """The styles of the house and ours, and under which identifier each is kept."""

    def __init__(self, root: Any) -> None:
        self.root = root
        self.named = {
            value(style.find(tag("name"))).lower(): value(style, "styleId") for style in root.iter(tag("style"))
        }

    def id_of(self, name: str) -> str:
        return self.named[name.lower()]

    def with_those_of(self, ours: Styles) -> Styles:
        """These, and of ours what they lack; what ours are based on is found among these by its name."""
        taken = set(self.named.values())
        names = {identifier: name for name, identifier in ours.named.items()}
        added = []
        for style in ours.root.iter(tag("style")):
            name = names[value(style, "styleId")]
            if name not in self.named:
                style = deepcopy(style)
                identifier = value(style, "styleId")
                self.named[name] = f"Contract{identifier}" if identifier in taken else identifier
                style.set(tag("styleId"), self.named[name])
                style.attrib.pop(tag("default"), None)
                added.append(style)
        for style in added:
            for link in style.iter(*map(tag, ("basedOn", "next", "link"))):
                link.set(tag("val"), self.named[names[value(link)]])
            self.root.append(style)
        return self

    def numbered(self, name: str, level: int, number: int) -> None:
        """Let a style number its paragraphs, unless the house has them numbered in its own way."""
        style = next(style for style in self.root.iter(tag("style")) if value(style, "styleId") == self.id_of(name))
        properties = style.find(tag("pPr"))
        if properties is None:
            properties = w("pPr")
            style.insert(sum(part.tag not in AFTER_PPR for part in style), properties)
        if properties.find(tag("numPr")) is None:
            before = [part for part in properties if part.tag in BEFORE_NUMPR]
            properties.insert(len(before), w("numPr", w("ilvl", val=level), w("numId", val=number)))

    def part(self) -> bytes:
        return written(self.root)


class House:
    """What a contract takes from its house: parts of the package, styles, and the page with its letterhead."""

    def __init__(self, parts: dict[str, bytes], styles: Styles, page: Any) -> None:
        self.parts = parts
        self.styles = styles
        self.page = page


def house_of(given: bytes | None) -> House:
    """The house style in a Word document, or ours. Raises UnreadableDocumentError."""
    folder = resources.templates() / FOLDER
    ours = Styles(tree((folder / "styles.xml").read_bytes()))
    if given is None:
        return House({"word/settings.xml": (folder / "settings.xml").read_bytes()}, ours, None)
    parts = opened(given)
    if has_macros(parts):
        raise UnreadableDocumentError("It carries macros, which would travel in every contract. Save it without them.")
    if "word/styles.xml" not in parts:
        raise UnreadableDocumentError("It has no styles. Save it once more with Word.")
    body = tree(parts["word/document.xml"]).find(tag("body"))
    page = None if body is None else body.find(tag("sectPr"))
    return House(parts, Styles(tree(parts["word/styles.xml"])).with_those_of(ours), page)


AFTER_PPR = {tag(name) for name in ("rPr", "tblPr", "trPr", "tcPr", "tblStylePr")}
BEFORE_NUMPR = {tag(name) for name in ("pStyle", "keepNext", "keepLines", "pageBreakBefore", "framePr", "widowControl")}
"""The schema's order of what a style, and a paragraph, may say."""
