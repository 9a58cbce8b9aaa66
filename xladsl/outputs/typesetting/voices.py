"""In which language each part of a paper is read aloud: the engine says it of the whole, and we of what differs."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def languages_in_tags() -> Iterator[None]:
    """While a paper is written, tag each element that names its language with it."""
    import pydyf
    from weasyprint.pdf import tags

    build = tags._build_box_tree

    def built(box: Any, *rest: Any) -> Iterator[Any]:
        code = language_of(box)
        for element in build(box, *rest):
            if code and "Lang" not in element:
                element["Lang"] = pydyf.String(code)
            yield element

    tags._build_box_tree = built
    try:
        yield
    finally:
        tags._build_box_tree = build


def language_of(box: Any) -> str:
    """The language that an element says of itself; that of the page is the whole document's."""
    if box.element is None or box.element.tag in ("html", "body"):
        return ""
    code: str = box.element.get("lang", "")
    return code
