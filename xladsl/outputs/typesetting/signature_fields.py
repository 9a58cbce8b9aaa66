"""The fields into which people sign a PDF by a program: on the page, where its words say that they sign."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from .finishing import dictionaries

if TYPE_CHECKING:
    from collections.abc import Iterator

SIGNATORY = "data-signatory"
"""The attribute of a cell for a signature: the name of who signs there. Its `title` is what a voice reads of it."""

POINTS_OF_A_PIXEL = 0.75
PRINTED_AND_LOCKED = 4 | 128
FIELDS_AND_ONLY_APPEND = 1 | 2
"""There are fields for signatures, and a file that is signed may be added to and not be written anew."""


class Place(NamedTuple):
    """A cell for a signature: on which page it is, counted from 0, and its box as the engine laid it out."""

    page: int
    box: Any


def add_signature_fields(pdf: Any, document: Any) -> None:
    """An empty field in each cell for a signature, so that a signature fills what is there and moves nothing."""
    import pydyf

    places = {place.box.element.get(SIGNATORY): place for place in reversed(list(cells(document)))}
    if not places:
        return
    pages = list(dictionaries(pdf, "/Page"))
    fields = []
    for name, place in reversed(places.items()):
        page = pages[place.page]
        field = field_at(pdf, place, name, document.pages[place.page].height, page)
        page["Annots"] = pydyf.Array([*page.get("Annots", ()), field.reference])
        put_into_structure(pdf, place.box.mark, field, page)
        fields.append(field.reference)
    pdf.catalog["AcroForm"] = pydyf.Dictionary({"Fields": pydyf.Array(fields), "SigFlags": FIELDS_AND_ONLY_APPEND})


def cells(document: Any) -> Iterator[Place]:
    for number, page in enumerate(document.pages):
        for box in page._page_box.descendants():
            if box.element is not None and box.element_tag == "td" and box.element.get(SIGNATORY):
                yield Place(number, box)


def field_at(pdf: Any, place: Place, name: str, page_height: float, page: Any) -> Any:
    """The field and its look on the page in one, as PDF calls a field with one widget. Unsigned, it shows nothing."""
    import pydyf

    box = place.box
    left, width = box.padding_box_x(), box.padding_width()
    top, height = box.padding_box_y(), box.padding_height()
    sides = (left, page_height - top - height, left + width, page_height - top)
    empty = pydyf.Stream(
        [],
        {
            "Type": "/XObject",
            "Subtype": "/Form",
            "BBox": pydyf.Array([0, 0, *(round(side * POINTS_OF_A_PIXEL, 2) for side in (width, height))]),
        },
    )
    pdf.add_object(empty)
    field = pydyf.Dictionary(
        {
            "Type": "/Annot",
            "Subtype": "/Widget",
            "FT": "/Sig",
            "T": pydyf.String(name),
            "TU": pydyf.String(box.element.get("title", name)),
            "Rect": pydyf.Array([round(side * POINTS_OF_A_PIXEL, 2) for side in sides]),
            "F": PRINTED_AND_LOCKED,
            "P": page.reference,
            "AP": pydyf.Dictionary({"N": empty.reference}),
        }
    )
    pdf.add_object(field)
    return field


def put_into_structure(pdf: Any, cell: Any, field: Any, page: Any) -> None:
    """The field as a part of its cell, for those who hear the paper.

    The reference to it stands alone and in no list: by this very path, and no other, those who check signatures expect
    a field that is filled in later.
    """
    import pydyf

    standing_for = pydyf.Dictionary({"Type": "/OBJR", "Obj": field.reference, "Pg": page.reference})
    pdf.add_object(standing_for)
    form = pydyf.Dictionary(
        {
            "Type": "/StructElem",
            "S": "/Form",
            "K": standing_for.reference,
            "Pg": page.reference,
            "P": cell.reference,
        }
    )
    pdf.add_object(form)
    cell["K"].append(form.reference)
    [root] = dictionaries(pdf, "/StructTreeRoot")
    numbered = pdf.objects[int(root["ParentTree"].split()[0])]["Nums"]
    field["StructParent"] = next_number = numbered[-2] + 1
    numbered.extend([next_number, form.reference])
