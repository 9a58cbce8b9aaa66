"""Which blocks of two documents are the same: by their names first, then by how much alike they are.

A clause keeps its name when its number or its place changes, so that what was only moved or renumbered is told from
what says something else.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from .sequences import matches, most_alike, rising
from .tree import Element, Run, Thing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

BY_POSITION = re.compile(r"example-\d+")
"""Anchors that count instead of naming: another one before them shifts them all."""

WORD = re.compile(r"\w+")
ONE_OF_A_KIND = frozenset({"body", "header", "nav", "main", "h1", "h2", "h3", "thead", "tbody", "tfoot", "ul", "ol"})
"""Parts of which there is one in its place: they belong together whatever they say."""

ALIKE = 0.4
ALIKE_OTHER_NAME = 0.65
WORDS_OF_A_MOVE = 6
NEAREST = 60


@dataclass
class Alignment:
    """What became of each block of the older document, and of each run of words."""

    partners: dict[Thing, Thing] = field(default_factory=dict)
    """The newer one of each block or run that stayed in its place."""

    moved: dict[Element, Element] = field(default_factory=dict)
    """Of those that stand elsewhere now."""

    children: dict[Thing, list[tuple[Thing | None, Thing | None]]] = field(default_factory=dict)
    """For each older block that stayed, its parts and those of the newer one, in the order to show them."""


class Aligner:
    def __init__(self, old: Element, new: Element) -> None:
        self.result = Alignment()
        self.names: dict[Thing, str] = {thing: name for document in (old, new) for thing, name in names_in(document)}
        self.in_new = {self.names[thing]: thing for thing in new.walk() if thing in self.names}
        self.in_old = {self.names[thing]: thing for thing in old.walk() if thing in self.names}
        self.bags: dict[Thing, Counter[str]] = {}

    def align(self, old: Element, new: Element) -> Alignment:
        """What became of everything in a block and in its newer form."""
        self.together(old, new)
        self.named_elsewhere()
        self.worded_elsewhere(old, new)
        return self.result

    def together(self, old: Element, new: Element) -> None:
        waiting = [(old, new)]
        while waiting:
            one, other = waiting.pop()
            self.result.partners[one] = other
            pairs = self.pairs(one.children, other.children)
            self.result.children[one] = shown_in_order(one.children, other.children, pairs)
            for before, after in pairs:
                if isinstance(before, Element) and isinstance(after, Element):
                    waiting.append((before, after))
                else:
                    self.result.partners[before] = after

    # One list of parts beside another

    def pairs(self, old: list[Thing], new: list[Thing]) -> list[tuple[Thing, Thing]]:
        """Those of two lists that belong together, in an order that both lists share."""
        places = {thing: position for position, thing in enumerate(new)}
        named = [
            (position, places[known])
            for position, thing in enumerate(old)
            if (known := self.namesake(thing)) is not None and known in places
        ]
        found: list[tuple[int, int]] = []
        before, above = 0, 0
        for one, other in [*rising(named), (len(old), len(new))]:
            found += self.nameless(old, new, range(before, one), range(above, other))
            if one < len(old):
                found.append((one, other))
            before, above = one + 1, other + 1
        return [(old[one], new[other]) for one, other in found]

    def namesake(self, thing: Thing) -> Element | None:
        name = self.names.get(thing)
        found = self.in_new.get(name) if name is not None else None
        return found if found is not None and found.name == thing.name else None

    def nameless(self, old: list[Thing], new: list[Thing], before: range, after: range) -> Iterator[tuple[int, int]]:
        """Between two named blocks: first what is word for word the same, then what is most alike."""
        first = [position for position in before if self.namesake(old[position]) is None]
        second = [position for position in after if self.names.get(new[position], "") not in self.in_old]
        same = matches([signature(old[one]) for one in first], [signature(new[other]) for other in second])
        start = above = 0
        for one, other in [*same, (len(first), len(second))]:
            ones, others = first[start:one], second[above:other]
            alike = self.likenesses([old[each] for each in ones], [new[each] for each in others])
            for left, right in most_alike(len(ones), len(others), alike, NEAREST):
                yield ones[left], others[right]
            if one < len(first):
                yield first[one], second[other]
            start, above = one + 1, other + 1

    def likenesses(self, old: list[Thing], new: list[Thing]) -> Callable[[int, int], float]:
        return lambda one, other: self.likeness(old[one], new[other])

    def likeness(self, one: Thing, other: Thing) -> float:
        """From 0, not the same thing, to 2, surely the same thing with other words."""
        if one.name != other.name:
            return 0.0
        words = self.shared(one, other)
        if isinstance(one, Run) or isinstance(other, Run):
            return 0.5 + words
        if one.name in ONE_OF_A_KIND:
            return 1.0 + words
        if self.names.get(one) is not None and self.names.get(other) is not None:
            return words if words >= ALIKE_OTHER_NAME else 0.0
        label, again = label_of(one), label_of(other)
        if label is not None and label == again:
            return 0.5 + words
        if one.name in ("th", "td"):
            return 0.1 + words
        if one.name == "table" and one.classes == other.classes and one.classes:
            return 0.3 + words
        return words if words >= ALIKE else 0.0

    def shared(self, one: Thing, other: Thing) -> float:
        """The share of words that two things have in common, from 0 to 1."""
        bag, again = self.bag(one), self.bag(other)
        count = bag.total() + again.total()
        if not count:
            return 1.0
        return 2 * sum(min(times, again[word]) for word, times in bag.items() if word in again) / count

    def bag(self, thing: Thing) -> Counter[str]:
        if thing not in self.bags:
            self.bags[thing] = Counter(WORD.findall(thing.text))
        return self.bags[thing]

    # What stands elsewhere

    def named_elsewhere(self) -> None:
        """Blocks whose name is in both documents and whose place is not the same. The outermost ones move."""
        stayed = set(self.result.partners.values())
        inside: set[Element] = set()  # what goes along with a block around it
        for name, old in self.in_old.items():
            new = self.in_new.get(name)
            if new is None or new.name != old.name or old in self.result.partners or new in stayed:
                continue
            if old in inside or new in inside:
                continue
            self.result.moved[old] = new
            inside.update(old.walk(), new.walk())

    def worded_elsewhere(self, old: Element, new: Element) -> None:
        """Paragraphs and the like without a name, word for word the same in another place."""
        lost = by_words(self.unpaired(old, self.result.partners.keys() | self.result.moved.keys()))
        found = by_words(self.unpaired(new, set(self.result.partners.values()) | set(self.result.moved.values())))
        for words, one in lost.items():
            if one is not None and (other := found.get(words)) is not None and one.name == other.name:
                self.result.moved[one] = other

    def unpaired(self, document: Element, known: Iterable[Thing]) -> Iterator[Element]:
        """The outermost blocks that have no partner."""
        known = set(known)
        waiting: list[Element] = [document]
        while waiting:
            block = waiting.pop()
            if block not in known:
                yield block
                continue
            waiting += [child for child in reversed(block.children) if isinstance(child, Element)]


def by_words(blocks: Iterable[Element]) -> dict[str, Element | None]:
    """Blocks of several words by what they say; None where two say the same."""
    found: dict[str, Element | None] = {}
    for block in blocks:
        if len(WORD.findall(block.text)) >= WORDS_OF_A_MOVE:
            found[block.text] = None if block.text in found else block
    return found


def names_in(document: Element) -> Iterator[tuple[Element, str]]:
    """Each block that has a name of its own: its anchor, or that of what it begins with."""
    taken: set[str] = set()
    for block in document.walk():
        name = block.attributes.get("id") or beginning(block)
        if name and name not in taken and not BY_POSITION.fullmatch(name):
            taken.add(name)
            yield block, name


def beginning(block: Element) -> str:
    """The anchor of the heading of a section, or of the first row of a clause that is printed in two columns."""
    first = next((part for part in block.children if isinstance(part, Element)), None)
    names_it = first is not None and (first.name in ("h1", "h2", "h3") or "clause" in block.classes)
    return first.attributes.get("id", "") if first is not None and names_it else ""


def label_of(block: Element) -> str | None:
    """What a row or an entry of the contents is called."""
    if "data-at" in block.attributes:
        return block.attributes["data-at"]
    if block.name == "tr" and block.children:
        return block.children[0].text
    if block.name == "li":
        return next((link for link in links_in(block)), None)
    return None


def links_in(block: Element) -> Iterator[str]:
    for child in block.children:
        if isinstance(child, Run):
            yield from (
                part.attributes["href"]
                for part in child.inside
                if isinstance(part, Element) and "href" in part.attributes
            )


def signature(thing: Thing) -> tuple[str, str]:
    return thing.name, thing.text


def shown_in_order(
    old: list[Thing], new: list[Thing], pairs: list[tuple[Thing, Thing]]
) -> list[tuple[Thing | None, Thing | None]]:
    """Both lists in one: what is gone before what came in its place."""
    where, place = ({thing: position for position, thing in enumerate(things)} for things in (old, new))
    shown: list[tuple[Thing | None, Thing | None]] = []
    before = above = 0
    for one, other in pairs:
        shown += [(thing, None) for thing in old[before : where[one]]]
        shown += [(None, thing) for thing in new[above : place[other]]]
        shown.append((one, other))
        before, above = where[one] + 1, place[other] + 1
    shown += [(thing, None) for thing in old[before:]]
    shown += [(None, thing) for thing in new[above:]]
    return shown
