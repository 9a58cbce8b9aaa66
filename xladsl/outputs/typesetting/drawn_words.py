"""Words in drawings, set as words.

The engine sets the text of a drawing letter by letter, from left to right. Of letters that join, such as the Persian
ones, nothing readable is left; so a text that runs from right to left is given to it in one piece, with its direction.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from ..direction import FROM_THE_RIGHT

if TYPE_CHECKING:
    from collections.abc import Iterator

WITHOUT_LOCAL_FORMS = (("locl", 0),)
"""The font's local forms of digits are not the Persian ones; its general forms are."""


class OnePiece(str):
    """A text that is one letter to whoever goes through its letters."""

    __slots__ = ()

    def __iter__(self) -> Iterator[str]:
        yield str(self)


@contextmanager
def whole_words_in_drawings() -> Iterator[None]:
    """Let the engine set what runs from right to left in a drawing as it stands in a text."""
    from weasyprint import svg
    from weasyprint.css.properties import INITIAL_VALUES

    letter_by_letter, features = svg.text, INITIAL_VALUES["font_feature_settings"]

    def in_one_piece(drawing: Any, node: Any, font_size: float) -> None:
        if FROM_THE_RIGHT.search(node.text or ""):
            node._etree_node.text = OnePiece(node.text)
            node.attrib["direction"] = "rtl"
            INITIAL_VALUES["font_feature_settings"] = WITHOUT_LOCAL_FORMS
        try:
            letter_by_letter(drawing, node, font_size)
        finally:
            INITIAL_VALUES["font_feature_settings"] = features

    set_text(svg, letter_by_letter, in_one_piece)
    try:
        yield
    finally:
        set_text(svg, in_one_piece, letter_by_letter)


def set_text(svg: Any, before: Any, after: Any) -> None:
    """Set text of a drawing in another way: wherever the engine looks up how it is done."""
    svg.text = after
    svg.TAGS.update({tag: after for tag, drawn in svg.TAGS.items() if drawn is before})
