"""What stood elsewhere before: paragraphs that Word is told of as moved, and not as gone here and new there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from .inline import DELETED
from .markup import tag, w

if TYPE_CHECKING:
    from .runs import Runs

MOVED = {"ins": "moveTo", "del": "moveFrom"}


class Move(NamedTuple):
    """A paragraph on one side of a move."""

    name: str
    side: str
    paragraph: Any


class Moves:
    """The moves of a document, found while it is written and marked when both sides of each are known."""

    def __init__(self) -> None:
        self.found: list[Move] = []

    def add(self, move: Move) -> None:
        self.found.append(move)

    def mark(self, runs: Runs) -> None:
        """Mark the moves that have as many paragraphs where they went as where they came from."""
        sides: dict[str, dict[str, list[Any]]] = {}
        for move in self.found:
            sides.setdefault(move.name, {"ins": [], "del": []})[move.side].append(move.paragraph)
        for name, side in sides.items():
            if len(side["ins"]) != len(side["del"]):
                continue
            for side_of, paragraphs in side.items():
                for position, paragraph in enumerate(paragraphs, 1):
                    marked(paragraph, side_of, f"{name}_{position}", runs)


def marked(paragraph: Any, side: str, name: str, runs: Runs) -> None:
    kind = MOVED[side]
    for change in list(paragraph.iter(tag(side))):
        change.tag = tag(kind)
        if side == DELETED:  # what moves is not deleted: its words stay words
            for words in change.iter(tag("delText")):
                words.tag = tag("t")
            for words in change.iter(tag("delInstrText")):
                words.tag = tag("instrText")
    number = runs.next()
    start = w(
        f"{kind}RangeStart", id=number, name=name, **{key: said for key, said in runs.said(side).items() if key != "id"}
    )
    paragraph.insert(1, start)
    paragraph.append(w(f"{kind}RangeEnd", id=number))
