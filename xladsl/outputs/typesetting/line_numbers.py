"""Numbers beside the lines of a page, for people who review it: every fifth, from the top of each page.

A style sheet cannot count lines, so the finished pages are measured and the numbers painted beside them, as something
that belongs to the page and not to its text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

EVERY = 5
FROM_THE_EDGE = 17
"""Millimetres between the edge of the page and the end of a number."""

PIXELS_OF_A_MILLIMETRE = 96 / 25.4
NUMBER_HEIGHT = 7 * 96 / 72
SAME_LINE = 0.6
"""Lines of neighbouring cells are one line of the page if they lie closer than this part of their height."""

STYLE = """
@page { margin: 0 }
body { margin: 0 }
section { position: relative; break-after: page; height: 1px }
p { position: absolute; margin: 0; font: 7pt/1 'Source Serif 4'; color: #666 }
"""


def number_lines(weasyprint: Any, document: Any, **configured: Any) -> None:
    """Have every page of a laid-out document paint the numbers of its lines too."""
    pages = "".join(f"<section>{''.join(numbers(page))}</section>" for page in document.pages)
    first = document.pages[0]
    size = f"@page {{ size: {first.width}px {first.height}px }}"
    sheet = weasyprint.CSS(string=STYLE + size, font_config=configured["font_config"])
    html = f"<!doctype html><html lang=en><title>Lines</title><body>{pages}</body></html>"
    beside = weasyprint.HTML(string=html).render(stylesheets=[sheet], **configured)
    for page, numbered in zip(document.pages, beside.pages, strict=False):
        page.paint = painting_both(page, numbered)


def painting_both(page: Any, numbered: Any) -> Any:
    paint = page.paint

    def both(stream: Any, scale: float = 1) -> None:
        paint(stream, scale)
        with stream.artifact():
            tags, stream._tags = stream._tags, None  # what is no part of the text has no place in its structure
            numbered.paint(stream, scale)
            stream._tags = tags

    return both


def numbers(page: Any) -> Iterator[str]:
    """The numbers of a page, each at the height of its line."""
    side = "right" if page._page_box.children[0].style["direction"] == "rtl" else "left"
    width = FROM_THE_EDGE * PIXELS_OF_A_MILLIMETRE
    for position, (top, height) in enumerate(lines(page), 1):
        if position % EVERY == 0:
            level = top + (height - NUMBER_HEIGHT) / 2
            place = f"top:{level:.2f}px;{side}:0;width:{width:.2f}px;text-align:{opposite(side)}"
            yield f'<p style="{place}">{position}</p>'


def opposite(side: str) -> str:
    return "left" if side == "right" else "right"


def lines(page: Any) -> list[tuple[float, float]]:
    """Where each line of the text stands, from the top of the page, and how high it is."""
    found: list[tuple[float, float]] = []
    for top, height in sorted(boxes_of_lines(page._page_box.children[0])):
        if not found or top - found[-1][0] > SAME_LINE * height:
            found.append((top, height))
    return found


def boxes_of_lines(box: Any) -> Iterator[tuple[float, float]]:
    if type(box).__name__ == "LineBox" and box.height and has_words(box):
        yield box.position_y, box.height
        return
    for child in getattr(box, "children", ()):
        yield from boxes_of_lines(child)


def has_words(box: Any) -> bool:
    return bool(getattr(box, "text", "").strip()) or any(has_words(child) for child in getattr(box, "children", ()))
