"""Lines that fit but for the space at their end.

Where a text ends with a space, before a number set apart or a link, and fits its line but for that space, the engine
finds no place to cut it, takes its first word for one that no line can hold, and leaves that word alone on the line.
Such a text is cut before its last word instead.
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

    as_engine_cuts = line_break.Layout.get_first_line

    def cut_to_fit(layout: Any) -> tuple[Any, int | None]:
        line, next_line = as_engine_cuts(layout)
        if next_line is not None or layout.max_width is None or not layout.text.endswith(" "):
            return line, next_line
        wider_than_a_space = layout.style["font_size"]
        if not 0 < line_break.line_size(line, layout.style)[0] - layout.max_width < wider_than_a_space:
            return line, next_line
        pango.pango_layout_set_width(layout.layout, int((layout.max_width - wider_than_a_space) * TO_UNITS))
        line, next_line = as_engine_cuts(layout)
        return line, next_line

    line_break.Layout.get_first_line = cut_to_fit
    try:
        yield
    finally:
        line_break.Layout.get_first_line = as_engine_cuts
