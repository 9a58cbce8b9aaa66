"""A finished document as a tree: blocks that stand below one another, and runs of words inside of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bs4 import Tag

BLOCKS = frozenset(
    {"html", "head", "body", "header", "footer", "nav", "main", "section", "article", "aside", "div", "p", "blockquote"}
    | {"h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "dl", "dt", "dd", "figure", "figcaption", "hr"}
    | {"table", "caption", "colgroup", "thead", "tbody", "tfoot", "tr", "th", "td"}
)
VOID = frozenset({"br", "hr", "img", "meta", "link", "col", "input", "wbr"})
ATOMS = frozenset({"svg", "img", "br", "hr"})
"""What is compared and shown whole: a drawing, or the end of a line."""

OPAQUE = frozenset({"head", "style", "script"})
"""What is no text of the document; it is taken from the newer one."""


@dataclass(eq=False)
class Element:
    """An element with its attributes; classes stand in one string, as they are written."""

    name: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list[Element | Run] = field(default_factory=list)
    """The blocks and the runs of words in it. Of what stands inside a run, the words and further elements."""

    inside: list[Element | str] = field(default_factory=list)
    """What an element inside a run holds."""

    @property
    def classes(self) -> list[str]:
        return self.attributes.get("class", "").split()

    @cached_property
    def text(self) -> str:
        """Its words, with single blanks."""
        return " ".join(" ".join(words_in(self)).split())

    def walk(self) -> Iterator[Element]:
        """It and the blocks below it, in the order of paper."""
        yield self
        for child in self.children:
            if isinstance(child, Element):
                yield from child.walk()


@dataclass(eq=False)
class Run:
    """Words and inline elements that follow one another without a block between them."""

    inside: list[Element | str]
    name: str = "#run"

    @cached_property
    def text(self) -> str:
        return " ".join("".join(inline_text(part) for part in self.inside).split())


Thing = Element | Run


def words_in(thing: Thing) -> Iterator[str]:
    if isinstance(thing, Run):
        yield thing.text
        return
    for child in thing.children:
        yield from words_in(child)


def inline_text(part: Element | str) -> str:
    if isinstance(part, str):
        return part
    if part.name in ATOMS:
        return " " if part.name == "br" else ""
    return "".join(inline_text(inner) for inner in part.inside)


def parse(html: str) -> Element:
    """The element `html` of a page. What is no page gives an empty one; no text raises."""
    from bs4 import BeautifulSoup

    found = BeautifulSoup(html, "html.parser").find("html")
    return block(found) if found is not None else Element("html", {}, [Element("body")])


def block(tag: Tag) -> Element:
    made = Element(tag.name, attributes_of(tag))
    if tag.name in OPAQUE:
        made.inside = [tag.decode_contents()]
        return made
    inline: list[Element | str] = []
    for child in tag.children:
        name = getattr(child, "name", None)
        if name in BLOCKS or name in OPAQUE:
            keep_run(made, inline)
            inline = []
            made.children.append(block(child))  # type: ignore[arg-type]  # what has a name is a tag
        elif name is not None:
            inline.append(inline_element(child))  # type: ignore[arg-type]
        elif type(child).__name__ == "NavigableString":
            inline.append(str(child))
    keep_run(made, inline)
    return made


def keep_run(parent: Element, inline: list[Element | str]) -> None:
    if any(not isinstance(part, str) or part.strip(" \t\r\n") for part in inline):
        parent.children.append(Run(inline))


def inline_element(tag: Tag) -> Element:
    made = Element(tag.name, attributes_of(tag))
    if tag.name in ATOMS:
        made.inside = [tag.decode_contents()]
        return made
    for child in tag.children:
        if getattr(child, "name", None) is not None:
            made.inside.append(inline_element(child))  # type: ignore[arg-type]
        elif type(child).__name__ == "NavigableString":
            made.inside.append(str(child))
    return made


def attributes_of(tag: Tag) -> dict[str, str]:
    return {name: " ".join(value) if isinstance(value, list) else str(value) for name, value in tag.attrs.items()}


# And back


def written(thing: Element) -> str:
    """A page as HTML."""
    return "<!doctype html>\n" + "".join(pieces(thing)) + "\n"


def pieces(thing: Thing) -> Iterator[str]:
    if isinstance(thing, Run):
        yield from (inline_written(part) for part in thing.inside)
        return
    if thing.name in OPAQUE:
        yield f"{opening(thing)}{''.join(str(part) for part in thing.inside)}</{thing.name}>"
        return
    yield opening(thing)
    if thing.name in VOID:
        return
    between = "\n" if thing.name in LINES else ""
    for child in thing.children:
        yield between
        yield from pieces(child)
    yield f"{between}</{thing.name}>"


LINES = BLOCKS - frozenset({"p", "h1", "h2", "h3", "h4", "h5", "h6", "tr", "th", "td", "li", "dt", "dd"})
"""Blocks whose parts are written below one another; inside of the others a new line would be a blank."""


def opening(element: Element) -> str:
    said = "".join(f' {name}="{escape(value)}"' for name, value in element.attributes.items())
    return f"<{element.name}{said}>"


def inline_written(part: Element | str) -> str:
    if isinstance(part, str):
        return escape(part, quote=False)
    if part.name in ATOMS:
        inner = "".join(str(raw) for raw in part.inside)
        return opening(part) if part.name in VOID else f"{opening(part)}{inner}</{part.name}>"
    return f"{opening(part)}{''.join(inline_written(inner) for inner in part.inside)}</{part.name}>"
