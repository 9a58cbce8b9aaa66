"""Words as runs of a paragraph: links inside the document, numbers that follow their heading, and tracked changes."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any, NamedTuple

from babel.core import get_global

from .anchors import bookmark
from .drawings import drawn
from .inline import DELETED, Look, Words
from .markup import text, w
from .numbering import in_digits

if TYPE_CHECKING:
    from datetime import date

    from .inline import Targets
    from .styles import Styles


class Tracking(NamedTuple):
    """In whose name changes are tracked, and of which day. The day is told and never asked of a clock."""

    author: str
    day: date

    def attributes(self, number: int) -> dict[str, object]:
        return {"id": number, "author": self.author, "date": f"{self.day.isoformat()}T00:00:00Z"}


class Runs:
    """Writes runs, and counts what has to be told apart by a number: bookmarks and changes."""

    def __init__(self, styles: Styles, targets: Targets, tracking: Tracking | None) -> None:
        self.styles = styles
        self.targets = targets
        self.tracking = tracking
        self.marked: set[str] = set()
        self.last = 0

    def next(self) -> int:
        self.last += 1
        return self.last

    def of(self, pieces: list[Words], room: int) -> list[Any]:
        """The words of a paragraph; those that lead to one place are one link, without the number beside them.

        Where that number changed, it alone leads there: LibreOffice cannot save a link beside a field that went.
        `room` is how wide a drawing among them may be, in twentieths of a point.
        """
        made: list[Any] = []
        renumbered = {piece.link for piece in pieces if piece.numbers and piece.change}
        for (link, numbers), group in groupby(pieces, key=lambda piece: (piece.link, piece.numbers)):
            inside: list[Any] = []
            for piece in group:
                inside += self.piece(piece, room)
            target = link in self.targets.headed and not numbers and link not in renumbered
            made += [w("hyperlink", *inside, anchor=bookmark(link), history=1)] if target else inside
        return made

    def piece(self, piece: Words, room: int) -> list[Any]:
        if piece.place:
            return self.bookmarked([piece.place], [])
        if piece.drawing is not None:
            shown = drawn(piece.drawing, self.next(), room, right_to_left=piece.look.right_to_left)
            return self.tracked(piece.change, [w("r", shown)])
        properties = self.properties(piece.look)
        if piece.numbers:
            target = bookmark(self.targets.headed[piece.link])
            result = in_digits(piece.words)  # as Word counts, so that a number looks like the heading it leads to
            runs = self.field(rf" REF {target} \r \h ", result, piece.look, deleted=piece.change == DELETED)
        elif piece.words in SIGNS:
            runs = [w("r", properties, w(SIGNS[piece.words]))]
        else:
            runs = [w("r", properties, text(piece.words, "delText" if piece.change == DELETED else "t"))]
        return self.tracked(piece.change, runs)

    def tracked(self, change: str, runs: list[Any]) -> list[Any]:
        return [w(change, *runs, **self.said(change))] if change else runs

    def said(self, change: str) -> dict[str, object]:
        """Who made a change, and when."""
        if self.tracking is None:
            raise ValueError(
                f"a change ({change}) that is nobody's: a document with changes needs to know whose they are"
            )
        return self.tracking.attributes(self.next())

    def field(self, instruction: str, result: str, look: Look, *, deleted: bool = False) -> list[Any]:
        """A field with the result that it has now."""

        def run(*children: Any) -> Any:
            return w("r", self.properties(look), *children)

        return [
            run(w("fldChar", fldCharType="begin")),
            run(text(instruction, "delInstrText" if deleted else "instrText")),
            run(w("fldChar", fldCharType="separate")),
            run(text(result, "delText" if deleted else "t")),
            run(w("fldChar", fldCharType="end")),
        ]

    def bookmarked(self, places: list[str], runs: list[Any]) -> list[Any]:
        """Runs between the marks of places. A place that is marked already stays where it was marked first."""
        starts: list[Any] = []
        ends: list[Any] = []
        for place in places:
            name = bookmark(place)
            if name not in self.marked:
                self.marked.add(name)
                number = self.next()
                starts.append(w("bookmarkStart", id=number, name=name))
                ends.insert(0, w("bookmarkEnd", id=number))
        return [*starts, *runs, *ends]

    def properties(self, look: Look) -> Any:
        """How a run looks; None where its paragraph says it all. The order is that of the schema."""
        children = [
            w("rStyle", val=self.styles.id_of(look.style)) if look.style else None,
            *([w("b"), w("bCs")] if look.bold else []),
            *([w("i"), w("iCs")] if look.italic else []),
            w("rtl") if look.right_to_left else None,
            language_of(look),
        ]
        return w("rPr", *children) if any(child is not None for child in children) else None


def language_of(look: Look) -> Any:
    """The language of words. One from right to left is told with its country, for Word takes its digits from there."""
    if not look.language:
        return None
    if not look.right_to_left:
        return w("lang", val=look.language)
    likely = get_global("likely_subtags").get(look.language, "")
    country = likely.rpartition("_")[2]
    return w("lang", bidi=f"{look.language}-{country}" if country else look.language)


SIGNS = {"\n": "br", "\t": "tab"}
