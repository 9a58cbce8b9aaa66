"""What a drawing in a document shows, so that one that was sent can be told from one that was changed or put in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from .drawings import SPACES

if TYPE_CHECKING:
    from collections.abc import Iterator

A, WP = f"{{{SPACES['a']}}}", f"{{{SPACES['wp']}}}"
WPS, WPG = f"{{{SPACES['wps']}}}", f"{{{SPACES['wpg']}}}"
MEASURES = ((f"{A}off", "x"), (f"{A}off", "y"), (f"{A}ext", "cx"), (f"{A}ext", "cy"))
SIDES = ("rot", "flipH", "flipV")
ROUNDING = 1800
"""How far another program may put a shape from where it was: the twentieth of a millimetre, as Word measures."""


class Shape(NamedTuple):
    """A shape: what it is and in which colours, and where it stands."""

    look: tuple[str, ...]
    place: tuple[int, ...]


def shapes_in(drawing: Any) -> tuple[Shape, ...]:
    """The shapes of a drawing, in order; its words are paragraphs, and are read as these."""
    held = "afloat" if drawing.find(f"{WP}anchor") is not None else "inline"
    return (Shape((held,), ()), *shapes(drawing))


def alike(one: tuple[Shape, ...], other: tuple[Shape, ...]) -> bool:
    """Whether two drawings show the same, but for what a program loses when it saves them once more."""
    return len(one) == len(other) and all(
        first.look == second.look
        and len(first.place) == len(second.place)
        and all(abs(here - there) <= ROUNDING for here, there in zip(first.place, second.place, strict=True))
        for first, second in zip(one, other, strict=True)
    )


def shapes(drawing: Any) -> Iterator[Shape]:
    for part in drawing.iter(f"{WPS}spPr", f"{WPG}grpSpPr", f"{A}blip", f"{A}graphicData"):
        if part.tag in (f"{WPS}spPr", f"{WPG}grpSpPr"):
            frame = part.find(f"{A}xfrm")
            form = part.find(f"{A}prstGeom")
            stroke = part.find(f"{A}ln")
            look = (
                form.get("prst", "") if form is not None else "free",
                colour(part),
                "" if stroke is None else colour(stroke),
                *(frame.get(side, "0") for side in SIDES if frame is not None),
            )
            yield Shape(look, tuple(measures(frame)) if frame is not None else ())
        else:
            yield Shape((part.tag, part.get("uri", "")), ())


def measures(frame: Any) -> Iterator[int]:
    for name, side in MEASURES:
        found = frame.find(name)
        said = "" if found is None else found.get(side, "")
        yield int(said) if said.lstrip("-").isascii() and said.lstrip("-").isdigit() else 0


def colour(painted: Any) -> str:
    """The colour that something is painted in; what is painted in another way than we paint is told by that."""
    ways = [each for each in painted if str(each.tag).endswith("Fill") and each.tag != f"{A}noFill"]
    plain = [each.find(f"{A}srgbClr") for each in ways]
    return " ".join("another" if each is None else each.get("val", "").lower() for each in plain)
