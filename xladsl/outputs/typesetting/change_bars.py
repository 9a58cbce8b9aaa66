"""Bars in the margin beside the lines of a page in which something was inserted or deleted.

A style sheet knows blocks and no lines, so the finished pages are measured and the bars painted beside them, as
something that belongs to the page and not to its text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

PIXELS_OF_A_MILLIMETRE = 96 / 25.4
FROM_THE_TEXT = 5 * PIXELS_OF_A_MILLIMETRE
WIDTH = 0.5 * PIXELS_OF_A_MILLIMETRE
GREY = 0.25
MARKS = ("ins", "del")
NO_CHANGE = "renumbered"
"""The class of what shows another number of a clause that says the same."""


def has_marks(html: str) -> bool:
    return "<ins" in html or "<del" in html


def add_change_bars(document: Any) -> None:
    """Have every page of a laid-out document paint a bar beside each line with a mark."""
    for page in document.pages:
        page.paint = painting_both(page, list(bars(page)))


def painting_both(page: Any, found: list[tuple[float, float, float]]) -> Any:
    paint = page.paint

    def both(stream: Any, scale: float = 1) -> None:
        paint(stream, scale)
        with stream.artifact(), stream.stacked():
            stream.transform(a=scale, d=scale)
            stream.set_color_rgb(GREY, GREY, GREY)
            for left, top, height in found:
                stream.rectangle(left, top, WIDTH, height)
                stream.fill()

    return both


def bars(page: Any) -> Iterator[tuple[float, float, float]]:
    """Where each bar stands, from the left and from the top of the page, and how high it is. What touches is one."""
    box = page._page_box
    right = box.children[0].style["direction"] == "rtl"
    left = page.width - box.margin_right + FROM_THE_TEXT if right else box.margin_left - FROM_THE_TEXT
    start = end = 0.0
    for top, height in sorted(set(changed_lines(box.children[0]))):
        if top > end:
            if end:
                yield left, start, end - start
            start = top
        end = max(end, top + height)
    if end:
        yield left, start, end - start


def changed_lines(box: Any) -> Iterator[tuple[float, float]]:
    if is_renumbered(box):
        return
    if type(box).__name__ == "LineBox":
        if has_change(box):
            yield box.position_y, box.height
        return
    for child in getattr(box, "children", ()):
        yield from changed_lines(child)


def has_change(box: Any) -> bool:
    if is_renumbered(box):
        return False
    if box.element_tag in MARKS:
        return True
    return any(has_change(child) for child in getattr(box, "children", ()))


def is_renumbered(box: Any) -> bool:
    return box.element is not None and NO_CHANGE in box.element.get("class", "").split()
