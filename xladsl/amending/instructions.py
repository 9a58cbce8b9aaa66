"""From two documents to the instructions that make the newer one of the older one.

An instruction names a block of the older document by its place in it, so that none depends on what another has done.
What follows of itself (the numbers of clauses, the contents, the digests) is an instruction too, marked as a
consequence: a machine carries it out, and an instrument tells of it in one sentence.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ..redline.alignment import Aligner, Alignment
from ..redline.marking import Marking
from ..redline.tree import OPAQUE, Element, Run, Thing, pieces

if TYPE_CHECKING:
    from collections.abc import Iterator

Place = tuple[int, ...]
"""Where a block stands in the older document: its position among its parent's parts, and so on from the page down."""

WHOLE = frozenset({"p", "h1", "h2", "h3", "h4", "h5", "h6", "tr", "li", "dt", "dd"})
"""Blocks that are replaced whole: a sentence of theirs would be hard to cite."""

REPLACE, INSERT, DELETE, MOVE, ATTRIBUTES = "replace", "insert", "delete", "move", "attributes"


class Instruction(NamedTuple):
    """One change. `old` and `new` are the blocks themselves, None where there is none.

    `at` is the place of `old`; of what is inserted or moved, `within` is the place of the block that takes it and
    `after` that of the part it follows, None for the beginning.
    """

    kind: str
    at: Place = ()
    within: Place = ()
    after: Place | None = None
    old: Thing | None = None
    new: Thing | None = None
    consequence: bool = False

    def data(self) -> dict[str, object]:
        """The instruction for machines: all that is needed to carry it out on the older document."""
        told: dict[str, object] = {"kind": self.kind, "consequence": self.consequence}
        if self.kind != INSERT:
            told["at"] = list(self.at)
        if self.kind in (INSERT, MOVE):
            told |= {"within": list(self.within), "after": None if self.after is None else list(self.after)}
        if self.kind == ATTRIBUTES and isinstance(self.new, Element):
            told["attributes"] = self.new.attributes
        elif self.kind in (REPLACE, INSERT) and self.new is not None:
            told["html"] = written_alone(self.new)
        return told


def instructions(old: Element, new: Element) -> list[Instruction]:
    """What makes the newer document of the older one, in the order of the newer paper."""
    contents = [place for part, place in placed(old) if part.name == "nav"]
    return [
        each._replace(consequence=each.consequence or any(lies_in(each, place) for place in contents))
        for each in Instructing(old, new).between(old, new)
    ]


def lies_in(instruction: Instruction, place: Place) -> bool:
    own = instruction.within if instruction.kind == INSERT else instruction.at
    return own[: len(place)] == place


class Instructing:
    def __init__(self, old: Element, new: Element) -> None:
        self.marking = Marking(old, new)
        self.places: dict[Thing, Place] = dict(placed(old))
        self.places[old] = ()

    def between(self, old: Element, new: Element, found: Alignment | None = None) -> Iterator[Instruction]:
        """The changes inside of a block that stayed."""
        found = found or self.marking.found
        if old.name in OPAQUE or old.name in WHOLE or has_words(old) or has_words(new):
            yield from self.replaced(old, new)
            return
        if old.attributes != new.attributes:
            yield Instruction(ATTRIBUTES, self.places[old], old=old, new=new, consequence=True)
        moved_here = {other: one for one, other in found.moved.items() if movable(one)}
        kept_places = {other for pairs in found.children.values() for one, other in pairs if one is None}
        after: Place | None = None
        for one, other in found.children[old]:
            if one is not None and other is not None:
                if isinstance(one, Element) and isinstance(other, Element):
                    yield from self.between(one, other, found)
                elif written_alone(one) != written_alone(other):  # a drawing, which follows from the figures beside it
                    yield Instruction(REPLACE, self.places[one], old=one, new=other, consequence=True)
                after = self.places[one]
            elif one is not None:
                if one in found.moved and movable(one) and found.moved[one] in kept_places:
                    continue  # its new place tells of it
                yield Instruction(DELETE, self.places[one], old=one, consequence=is_drawing(one))
            elif other in moved_here:
                origin = moved_here[other]
                assert isinstance(other, Element)
                yield Instruction(MOVE, self.places[origin], self.places[old], after, origin, other)
                yield from self.between(origin, other, Aligner(origin, other).align(origin, other))
                after = self.places[origin]
            else:
                assert other is not None
                yield Instruction(INSERT, (), self.places[old], after, new=other, consequence=is_drawing(other))

    def replaced(self, old: Element, new: Element) -> Iterator[Instruction]:
        if written_alone(old) != written_alone(new):
            yield Instruction(REPLACE, self.places[old], old=old, new=new, consequence=self.follows(old, new))

    def follows(self, old: Element, new: Element) -> bool:
        """Whether a block changes only because something else does: numbers of clauses, and what is no text at all."""
        if old.name in OPAQUE or "digest" in new.classes or old.text == new.text:
            return True
        made = Marking(page_of(old), page_of(new))
        made.old_numbers, made.new_numbers = self.marking.old_numbers, self.marking.new_numbers
        made.new_places, made.renamed = self.marking.new_places, self.marking.renamed
        return not any("changed" in block.classes for block in made.document().walk())


def has_words(block: Element) -> bool:
    """Whether words stand in a block beside other blocks, so that its parts could not be cited."""
    return any(isinstance(part, Run) and not is_drawing(part) for part in block.children)


def is_drawing(part: Thing) -> bool:
    """Whether a part shows what stands in figures elsewhere, and says nothing of its own."""
    return isinstance(part, Run) and not part.text


def written_alone(part: Thing) -> str:
    return "".join(pieces(part))


def page_of(block: Element) -> Element:
    return Element("body", {}, [block])


def movable(thing: Thing) -> bool:
    """Whether a block can be told to move: a clause, which has a number to be cited by."""
    return isinstance(thing, Element) and any(
        isinstance(child, Element) and child.name in ("h2", "h3") for child in thing.children
    )


def placed(block: Element, place: Place = ()) -> Iterator[tuple[Thing, Place]]:
    """Every part below a block, with its place."""
    for position, child in enumerate(block.children):
        yield child, (*place, position)
        if isinstance(child, Element):
            yield from placed(child, (*place, position))
