"""What was sent: the contract as our own text makes it today, and where in the text each of its lines comes from."""

from __future__ import annotations

from collections import Counter
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from ..model.audience import edition_for
from ..outputs.html import page
from ..outputs.monitoring import drafting_language
from ..outputs.outline import anchor_of, outline
from ..outputs.page import Page, languages_of
from ..outputs.word import HOUSE
from ..profiles import UNASKED
from ..redline.comparison import Comparison, Version
from ..redline.word import tracking
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
    from ..sealing.carrying import Carried
    from ..word.oddities import Oddity
    from ..word.reading import Returned
    from ..word.runs import Tracking

BLOCKS = ("p", "td", "th", "h1", "h2", "h3", "li")


class Place(NamedTuple):
    """Where a line stands: the anchor of its clause or of a part of it, and the field it says, if one alone."""

    anchor: str
    field: str
    clause: str


class Marked(NamedTuple):
    """The same with the changes from an older version marked, whose they are, and the text of that version."""

    html: str
    tracking: Tracking
    text: str


class Base:
    """The contract that was sent, as a document and as lines."""

    def __init__(
        self, contract: Contract, printed: Contract, about: Edition, text: str = "", marked: Marked | None = None
    ) -> None:
        """`contract` is the agreement in its files, `printed` what an edition makes of it, `text` what that carries.

        `marked` is what was sent, where that was a comparison with an older version.
        """
        self.text = text
        self.contract = contract
        self.printed = printed
        self.about = about
        self.marked = marked
        self.html = page(printed, about)

    @property
    def ours(self) -> str:
        """In whose name the changes were tracked with which it was sent; empty where there were none."""
        return self.marked.tracking.author if self.marked else ""

    @cached_property
    def content(self) -> bytes:
        house = self.about.manner.house.own.get(HOUSE)
        if self.marked:
            return document(self.marked.html, house=house, tracking=self.marked.tracking)
        return document(self.html, house=house)

    @cached_property
    def numbers(self) -> dict[str, str]:
        return numbers_shown(self.content, ours=self.ours)

    @cached_property
    def sent(self) -> Returned:
        """What was sent, as it would be read if it came back untouched."""
        return self.read(self.content)

    def read(self, content: bytes) -> Returned:
        """What came back, read as what was sent is read. Raises UnreadableDocumentError."""
        return read(content, self.numbers, ours=self.ours)

    @property
    def frame(self) -> list[str]:
        return self.sent.frame

    @property
    def oddities(self) -> list[Oddity]:
        """Our drawings, and what a house style shows or hides by itself, such as white words on a dark ground."""
        return self.sent.oddities

    @cached_property
    def lines(self) -> list[Line]:
        return before_changes(self.sent.paragraphs)

    @cached_property
    def places(self) -> dict[str, str]:
        return places(self.marked.html if self.marked else self.html)

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
    def languages(self) -> list[Language]:
        """The languages that this paper is in."""
        codes = languages_of(self.printed, self.about)
        return [Page(self.printed, self.about, code).paper.language for code in codes]

    @property
    def drafted(self) -> str:
        """The language of what is written without one."""
        return drafting_language(self.contract)

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


def base_of(contract: Contract, audience: str, manner: Manner, older: Contract | None = None) -> Base:
    """The edition of an agreement that was sent to somebody, or its comparison with an `older` version of it."""
    carried = carry(contract, audience, profile=UNASKED, manner=manner)
    marked = marked_from(older, carried) if older is not None else None
    return Base(edition_for(contract, audience), carried.contract, carried.about, carried.text, marked)


def marked_from(older: Contract, newer: Carried) -> Marked:
    before = carry(older, newer.about.audience, profile=UNASKED, manner=newer.about.manner)
    comparison = Comparison(*(Version(side.contract, side.about) for side in (before, newer)))
    return Marked(comparison.html(tracked=True), tracking(comparison), before.text)


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
        name = named(around if isinstance(around, Tag) else element)
        clause = found.setdefault(name, Clause("", {}, Counter()))
        if element.name in ("h2", "h3") and name and not clause.heading:
            found[name] = clause = clause._replace(heading=flowing(words_in(element, numbered=True)))
        if element.name == "tr" and element.get("data-at") and (label := element.find("th")) is not None:
            clause.labels[str(element["data-at"])] = flowing(words_in(label))
        if element.name in BLOCKS and element.find(BLOCKS) is None:
            clause.said[comparable(words_in(element))] += 1
    return found


def named(element: Any) -> str:
    """The name of a place; where two languages stand side by side, a clause has that of its first row."""
    head = element if element.get("id") or element.name != "tbody" else element.find("tr", id=True)
    return str(head.get("id", "")) if head is not None else ""


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
