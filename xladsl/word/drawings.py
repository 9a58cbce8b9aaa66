"""Drawings of the contract as shapes of Word: lines, boxes, dots and words, at the places that they have on paper.

Word draws the shapes itself, sharp at any size, and sets their words in its own letters; no picture travels along that
another machine would make differently. What a drawing shows is also said, to those who cannot see it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from .markup import printable, text, w

if TYPE_CHECKING:
    from bs4 import Tag

DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/"
SPACES = {
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "wp": f"{DRAWING}wordprocessingDrawing",
    "a": f"{DRAWING}main",
    "wpg": "http://schemas.microsoft.com/office/word/2010/wordprocessingGroup",
    "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
}
MILLIMETRE = 36_000
"""In the measure of drawings in Word."""

TWENTIETH = 635
POINT = 12_700
SIZE = re.compile(r"\d*[1-9]\d*(?:\.\d+)?mm")
WHOLE = re.compile(r"0 0 [1-9]\d*(?:\.\d+)? \d+(?:\.\d+)?")
ABOVE, LINE = 0.96, 1.2
"""How far above its base line a line of words begins, and how high it is, in heights of its letters."""

SHAPES = {"line": "line", "rect": "rect", "circle": "ellipse"}


class Scale(NamedTuple):
    """How the measure of a drawing becomes that of Word."""

    factor: float
    width: int
    height: int

    def __call__(self, said: object) -> int:
        return round(float(str(said)) * self.factor)


class Box(NamedTuple):
    """Where a shape stands, and whether it runs from below on the left to above on the right."""

    left: int
    top: int
    width: int
    height: int
    rising: bool = False


def can_be_drawn(svg: Tag) -> bool:
    """Whether we know how to draw all of it, for half a drawing would mislead."""
    known = {*SHAPES, "text", "title"}
    sized = all(SIZE.fullmatch(str(svg.get(name, ""))) for name in ("width", "height"))
    return sized and WHOLE.fullmatch(str(svg.get("viewbox", ""))) is not None and known.issuperset(names_in(svg))


def drawn(svg: Tag, number: int, room: int, *, right_to_left: bool) -> Any:
    """A drawing that can be drawn, as what stands in a run.

    `room` is how wide it may be, in twentieths of a point, and `number` tells it from the other drawings.
    """
    scale = scale_of(svg, room * TWENTIETH)
    title = svg.find("title")
    said = printable(title.get_text() if title is not None else "")
    whole = Box(0, 0, scale.width, scale.height)
    shapes = [
        words(part, scale, right_to_left=right_to_left) if part.name == "text" else figure(part, scale)
        for part in svg.find_all([*SHAPES, "text"])
    ]
    group = element(
        "wpg:wgp",
        element("wpg:cNvGrpSpPr"),
        element("wpg:grpSpPr", frame(whole, group=True)),
        unseen(whole),
        *shapes,
    )
    picture = element(
        "wp:inline",
        element("wp:extent", cx=scale.width, cy=scale.height),
        element("wp:docPr", id=number, name=f"Drawing {number}", descr=said),
        element("wp:cNvGraphicFramePr"),
        element("a:graphic", element("a:graphicData", group, uri=SPACES["wpg"])),
        distT=0,
        distB=0,
        distL=0,
        distR=0,
    )
    return element(
        "mc:AlternateContent",
        element("mc:Choice", w("drawing", picture), Requires="wpg"),
        element("mc:Fallback", text(said)),
    )


def names_in(svg: Tag) -> set[str]:
    return {part.name for part in svg.find_all(True)}


def scale_of(svg: Tag, room: int) -> Scale:
    """The scale of a drawing; it is made smaller where there is no room for it."""
    width, height = (float(str(svg[name]).removesuffix("mm")) * MILLIMETRE for name in ("width", "height"))
    smaller = min(1.0, room / width)
    across = float(str(svg["viewbox"]).split()[2])
    return Scale(width * smaller / across, round(width * smaller), round(height * smaller))


def figure(part: Tag, scale: Scale) -> Any:
    stroke = element("a:ln", colour(part.get("stroke")), w=scale(part.get("stroke-width", "1")), cap="flat")
    return shape(box(part, scale), SHAPES[part.name], colour(part.get("fill") if part.name != "line" else None), stroke)


def box(part: Tag, scale: Scale) -> Box:
    def at(name: str) -> int:
        return scale(part.get(name, "0"))

    if part.name == "rect":
        return Box(at("x"), at("y"), at("width"), at("height"))
    if part.name == "circle":
        return Box(at("cx") - at("r"), at("cy") - at("r"), 2 * at("r"), 2 * at("r"))
    (left, first), (right, last) = sorted([(at("x1"), at("y1")), (at("x2"), at("y2"))])
    return Box(left, min(first, last), right - left, abs(last - first), rising=last < first)


def words(part: Tag, scale: Scale, *, right_to_left: bool) -> Any:
    """Words at a place, in a box that reaches as far as the drawing does, for how wide letters are is not known."""
    at, size = scale(part.get("x", "0")), scale(part.get("font-size", "0"))
    anchor = str(part.get("text-anchor", "start"))
    half = min(at, scale.width - at)
    left, right = {"middle": (at - half, at + half), "end": (0, at)}.get(anchor, (at, scale.width))
    place = Box(left, scale(part.get("y", "0")) - round(ABOVE * size), right - left, round(LINE * size))
    side = {"middle": "center", "end": "right"}.get(anchor, "left")
    spoken = part.get_text()
    if right_to_left:  # there a side is told by where words begin and end; LibreOffice needs the mark to know the order
        side = {"left": "end", "right": "start"}.get(side, side)
        spoken = f"\N{RIGHT-TO-LEFT MARK}{spoken}"
    height = round(2 * size / POINT)
    paragraph = w(
        "p",
        w(
            "pPr",
            w("bidi") if right_to_left else None,
            w("spacing", before=0, after=0, line=round(LINE * size / TWENTIETH), lineRule="exact"),
            w("ind", left=0, right=0, firstLine=0),
            w("jc", val=side),
        ),
        w(
            "r",
            w("rPr", w("sz", val=height), w("szCs", val=height), w("rtl") if right_to_left else None),
            text(spoken),
        ),
    )
    content = element("wps:txbx", w("txbxContent", paragraph))
    return unseen(place, content)


def unseen(place: Box, content: Any = None) -> Any:
    """A box of which nothing is seen but what stands in it. An empty one holds the place of the whole drawing."""
    return shape(place, "rect", element("a:noFill"), element("a:ln", element("a:noFill")), content)


def shape(place: Box, form: str, fill: Any, stroke: Any, content: Any = None) -> Any:
    return element(
        "wps:wsp",
        element("wps:cNvSpPr", txBox=1) if content is not None else element("wps:cNvSpPr"),
        element("wps:spPr", frame(place), element("a:prstGeom", element("a:avLst"), prst=form), fill, stroke),
        content,
        element("wps:bodyPr", wrap="square", lIns=0, tIns=0, rIns=0, bIns=0, anchor="t"),
    )


def frame(place: Box, *, group: bool = False) -> Any:
    """Where a shape stands; a group says so twice, once for what is in it."""
    off = {"x": place.left, "y": place.top}
    ext = {"cx": place.width, "cy": place.height}
    inside = [element("a:chOff", **off), element("a:chExt", **ext)] if group else []
    rising = {"flipV": 1} if place.rising else {}
    return element("a:xfrm", element("a:off", **off), element("a:ext", **ext), *inside, **rising)


def colour(said: object) -> Any:
    found = re.fullmatch(r"#([0-9a-fA-F]{6})", str(said))
    return element("a:solidFill", element("a:srgbClr", val=found[1])) if found else element("a:noFill")


def element(name: str, /, *children: Any, **attributes: object) -> Any:
    """An element of a drawing, `a:ln`; what is None is left out."""
    from lxml import etree

    prefix, _, local = name.partition(":")
    made = etree.Element(f"{{{SPACES[prefix]}}}{local}", nsmap=SPACES)
    for key, value in attributes.items():
        made.set(key, str(value))
    made.extend([child for child in children if child is not None])
    return made
