"""How a paper is read aloud: in which language each part is, and in which order its letters are read.

The engine names one language for the whole paper, and writes letters in the order in which they stand on the page from
the left. Both hold for most papers, and not for one with a part that is written from right to left.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any
from unicodedata import mirrored

from ..direction import FROM_THE_RIGHT

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def told_in_tags(*, from_the_right: bool) -> Iterator[None]:
    """While a paper is written, tag each element that names its language and, where some of it is read from the right,
    each text of which the letters cannot be told from what stands on the page.
    """
    from weasyprint.pdf import tags

    build = tags._build_box_tree

    def built(box: Any, parent: Any, pdf: Any, page: int, owners: Any, annotations: Any, marks: Any) -> Iterator[Any]:
        import pydyf

        code, turned = language_of(box), turned_texts(box, marks) if from_the_right else {}
        for element in build(box, parent, pdf, page, owners, annotations, marks):
            if code and "Lang" not in element:
                element["Lang"] = pydyf.String(code)
            yield element
        for mark, words in turned.items():
            tell_order(pdf, owners, mark, words)

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


def turned_texts(box: Any, marks: Any) -> dict[int, str]:
    """The texts directly in a box that are read from the right, by the numbers of their marks on the page."""
    from weasyprint.formatting_structure import boxes

    children = getattr(getattr(box, "_box", box), "children", ())
    pieces = (child.children if isinstance(child, boxes.LineBox) else [child] for child in children)
    texts = [piece for line in pieces for piece in line if isinstance(piece, boxes.TextBox)]
    return {marks[text]["mcid"]: text.text for text in texts if is_turned(text)}


def is_turned(text: Any) -> bool:
    """Whether a text has letters that are read from the right, or a bracket: both of a pair share their glyphs then."""
    return FROM_THE_RIGHT.search(text.text) is not None or any(mirrored(sign) for sign in text.text)


def tell_order(pdf: Any, owners: Any, mark: int, words: str) -> None:
    """Say with the tag of a text which letters it has, in the order of reading."""
    import pydyf

    owner = pdf.objects[int(owners[mark].split()[0])]
    if owner["S"] == "/Link":  # which has its texts without a tag of their own
        own = pydyf.Dictionary(
            {"Type": "/StructElem", "S": "/Span", "K": pydyf.Array([mark]), "Pg": owner["Pg"], "P": owner.reference}
        )
        pdf.add_object(own)
        owner["K"][owner["K"].index(mark)] = own.reference
        owners[mark] = own.reference
        owner = own
    owner["ActualText"] = pydyf.String(words)
