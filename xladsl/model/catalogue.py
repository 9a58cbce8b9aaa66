"""Names of the catalogue that an agreement may not use as they stand: those that are unclear, or not imported."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from .. import resources
from ..diagnostics import Diagnostic, Edit, Fix
from . import nodes

if TYPE_CHECKING:
    from ..source import Source
    from .names import Names
    from .node import Node
    from .quantities import Reference

HEAD = re.compile(r"^(measure|ambiguous) ([a-z][a-z0-9_]*)\b", re.MULTILINE)


def refusal(reference: Reference[Any], meanings: list[Node], names: Names) -> Diagnostic | None:
    """What the catalogue has to say of a name that stands where a measure belongs, and means none."""
    unclear = next((meant for meant in meanings if isinstance(meant, nodes.Ambiguous)), None)
    return ambiguous_measure(reference, unclear, names) if unclear is not None else not_imported(reference)


def ambiguous_measure(reference: Reference[Any], unclear: nodes.Ambiguous, names: Names) -> Diagnostic:
    listed = ", ".join(f"`{each.name}`{titled(each.name, names)}" for each in unclear.stands_for)
    return Diagnostic(
        "ambiguous-measure",
        reference.span,
        f"`{reference.name}` could be any of {len(unclear.stands_for)} measures",
        here="which one is meant?",
        why="Parties who agree on this name may each have another formula in mind, and another figure of a breach.",
        remedy=f"Write the one that is meant: {listed}.",
    )


def titled(name: str, names: Names) -> str:
    measures = [block for block in names.blocks.get(name, []) if isinstance(block, nodes.Measure)]
    return f" ({measures[0].title.value})" if measures and measures[0].title is not None else ""


def not_imported(reference: Reference[Any]) -> Diagnostic | None:
    """What to say of a name that the catalogue has and the agreement does not import."""
    shelf = shelf_of(reference.name)
    if shelf is None:
        return None
    line = f"import {shelf.module}"
    source = reference.span.source
    place = Edit(reference.span._replace(start=(at := after_imports(source)), end=at), f"{line}\n")
    return Diagnostic(
        "unknown-name",
        reference.span,
        f"the measure `{reference.name}` is not imported"
        if shelf.kind == "measure"
        else f"`{reference.name}` stands for several measures, and none of them is imported",
        here=f"it is in `{shelf.module}`",
        why="Only what the agreement brings in by name is part of it; the rest of the catalogue is not.",
        remedy=f"Write  {line}  at the top of this file.",
        fix=Fix(f"add `{line}`", (place,)),
    )


def after_imports(source: Source) -> int:
    """The start of the line after the last import, or else of the text."""
    at = 0
    for number in range(len(source.line_starts) - 1):
        if source.line(number + 1).startswith("import "):
            at = source.line_starts[number + 1]
    return at


class Shelf(NamedTuple):
    """Where something of the catalogue stands: the module to import, and whether it is a measure or an unclear name."""

    module: str
    kind: str


def shelf_of(name: str) -> Shelf | None:
    """The place of a measure, or of a name that could be several, in the catalogue; None if it has neither."""
    return shelves().get(name)


@cache
def shelves() -> dict[str, Shelf]:
    found: dict[str, Shelf] = {}
    for file in sorted(Path(resources.catalogue()).glob("*.xladsl")):
        for head in HEAD.finditer(file.read_text(encoding="utf-8")):
            found[head[2]] = Shelf(f"std.{file.stem}", head[1])
    return found
