"""What was sent: the contract as our own text makes it today, and where in the text each of its lines comes from."""

from __future__ import annotations

from collections import Counter
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from ..model.audience import edition_for
from ..outputs.html import page
from ..outputs.outline import anchor_of, outline
from ..outputs.page import Page
from ..outputs.word import HOUSE
from ..profiles import UNASKED
from ..sealing.carrying import carry
from ..word import document
from ..word.anchors import places
from ..word.numbering import in_digits
from ..word.reading import numbers_shown, read
from .lines import Line, before_changes, flowing

if TYPE_CHECKING:
    from ..model.contract import Contract
    from ..outputs import Edition, Manner
    from ..outputs.language import Language
    from ..word.oddities import Oddity

BLOCKS = ("p", "td", "th", "h1", "h2", "h3", "li")


class Place(NamedTuple):
    """Where a line stands: the anchor of its clause or of a part of it, and the field it says, if one alone."""

    anchor: str
    field: str
    clause: str


class Base:
    """The contract that was sent, as a document and as lines."""

    def __init__(self, contract: Contract, printed: Contract, about: Edition, text: str = "") -> None:
        """`contract` is the agreement in its files, `printed` what an edition makes of it, `text` what that carries."""
        self.text = text
        self.contract = contract
        self.printed = printed
        self.about = about
        self.html = page(printed, about)

    @cached_property
    def content(self) -> bytes:
        return document(self.html, house=self.about.manner.house.own.get(HOUSE))

    @cached_property
    def numbers(self) -> dict[str, str]:
        return numbers_shown(self.content)

    @cached_property
    def frame(self) -> list[str]:
        return read(self.content, self.numbers).frame

    @cached_property
    def oddities(self) -> list[Oddity]:
        """Our drawings, and what a house style shows or hides by itself, such as white words on a dark ground."""
        return read(self.content, self.numbers).oddities

    @cached_property
    def lines(self) -> list[Line]:
        return before_changes(read(self.content, self.numbers).paragraphs)

    @cached_property
    def places(self) -> dict[str, str]:
        return places(self.html)

    @cached_property
    def nodes(self) -> dict[str, Any]:
        """The nodes that can be cited, by their anchors, each where it stands in its file."""
        printed = outline(self.contract)
        found: dict[str, Any] = {anchor_of(self.contract, block): block for block in self.contract.blocks}
        for node in self.contract.walk():
            if hasattr(node, "name") and (anchor := printed.anchor(node)):
                found.setdefault(anchor, node)
        return found

    @cached_property
    def language(self) -> Language:
        """The language that this paper is in."""
        return Page(self.printed, self.about).paper.language

    @cached_property
    def clauses(self) -> dict[str, Clause]:
        return clauses_in(self.html)

    def place(self, index: int) -> Place:
        """Where the line at an index of `lines` comes from: its own bookmark tells, or one before it."""
        field, anchor, clause = "", "", ""
        for line in reversed(self.lines[: index + 1]):
            for mark in line.marks:
                before, dot, said = self.places.get(mark, "").rpartition(".")
                if dot and line is self.lines[index]:
                    anchor, field = before, said
                elif not dot:
                    anchor = anchor or said
                    clause = clause or (said if said in self.clauses else "")
            if clause:
                break
        return Place(anchor or clause, field, clause)

    def heading(self, place: Place) -> str:
        """How people call a place: the number and the heading of its clause, and the label of its row."""
        clause = self.clauses.get(place.clause)
        named = clause.heading if clause else ""
        label = clause.labels.get(f"{place.anchor}.{place.field}", "") if clause and place.field else ""
        return ", ".join(filter(None, (named, label)))


def base_of(contract: Contract, audience: str, manner: Manner) -> Base:
    """The edition of an agreement that was sent to somebody."""
    carried = carry(contract, audience, profile=UNASKED, manner=manner)
    return Base(edition_for(contract, audience), carried.contract, carried.about, carried.text)


class Clause(NamedTuple):
    """A clause on paper: number and heading, the labels of its rows by their places, and how often it says what."""

    heading: str
    labels: dict[str, str]
    said: Counter[str]


def clauses_in(html: str) -> dict[str, Clause]:
    """The clauses of a page by their anchors; what stands outside of them is under the empty name."""
    from bs4 import BeautifulSoup
    from bs4.element import Tag

    soup = BeautifulSoup(html, "html.parser")
    found: dict[str, Clause] = {"": Clause("", {}, Counter())}
    for element in soup.find_all([*BLOCKS, "div", "tr"]):
        around = element if "clause" in (element.get("class") or ()) else element.find_parent(class_="clause")
        name = str(around.get("id", "")) if isinstance(around, Tag) else str(element.get("id", ""))
        clause = found.setdefault(name, Clause("", {}, Counter()))
        if element.name in ("h2", "h3") and name:
            found[name] = clause = clause._replace(heading=flowing(words_in(element, numbered=True)))
        if element.name == "tr" and element.get("data-at") and (label := element.find("th")) is not None:
            clause.labels[str(element["data-at"])] = flowing(words_in(label))
        if element.name in BLOCKS and element.find(BLOCKS) is None:
            clause.said[comparable(words_in(element))] += 1
    return found


def comparable(words: str) -> str:
    """Words as they are compared: Word counts in other digits than some papers."""
    return in_digits(flowing(words))


def words_in(element: Any, *, numbered: bool = False) -> str:
    """The words of an element as a reader of the document gets them."""
    from ..word.inline import Look, Targets, words_of

    said = words_of(element, Look(), Targets(None), numbered=numbered)
    if numbered:
        said = [piece for piece in said if "Mark" not in piece.look.style and "Force" not in piece.look.style]
    return "".join(piece.words for piece in said)
