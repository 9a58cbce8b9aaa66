"""Lines that fit but for the space at their end.

Where a text ends with a space, before a number set apart or a link, and fits its line but for that space, older
versions of Pango find no place to cut it, and the engine leaves its first word alone on the line. Such a text is cut
before its last word instead, as newer versions do, and the engine then finds that this word has room. So the same text
makes the same lines with all of them.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def lines_that_fit() -> Iterator[None]:
    """Let the engine cut a line that is too wide by no more than the space at its end."""
    from weasyprint.text import line_break
    from weasyprint.text.ffi import TO_UNITS, pango

    kind = line_break.Layout
    as_engine_cuts, as_engine_fills = kind.get_first_line, kind.set_text

    def set_width(layout: Any, width: float) -> None:
        pango.pango_layout_set_width(layout.layout, int(width * TO_UNITS))

    def cut_to_fit(layout: Any) -> tuple[Any, int | None]:
        line, next_line = as_engine_cuts(layout)
        if next_line is not None or layout.max_width is None or not layout.text.endswith(" "):
            return line, next_line
        width, style = line_break.line_size(line, layout.style)[0], layout.style
        if width <= layout.max_width:
            return line, next_line
        set_width(layout, width - width_of_a_space(style) - TOO_NARROW)
        layout.narrowed = True
        line, next_line = as_engine_cuts(layout)
        return line, next_line

    def fill(layout: Any, text: str, *more: Any, **named: Any) -> None:
        if getattr(layout, "narrowed", False):  # it was cut; whatever comes next has all the room there is
            set_width(layout, layout.max_width)
            layout.narrowed = False
        as_engine_fills(layout, text, *more, **named)

    def width_of_a_space(style: Any) -> float:
        with_space, without = (measured(text, style) for text in ("x x", "xx"))
        return with_space - without

    def measured(text: str, style: Any) -> float:
        layout = kind(style)
        as_engine_fills(layout, text)
        width: float = line_break.line_size(as_engine_cuts(layout)[0], style)[0]
        return width

    kind.get_first_line, kind.set_text = cut_to_fit, fill
    try:
        yield
    finally:
        kind.get_first_line, kind.set_text = as_engine_cuts, as_engine_fills


TOO_NARROW = 0.5
"""By how many pixels a line is made too narrow for its last word; no word is narrower."""
