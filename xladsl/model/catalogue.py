"""Which part of the catalogue holds a measure: asked only when an agreement uses one that it does not import."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from .. import resources

HEAD = re.compile(r"^(measure|ambiguous) ([a-z][a-z0-9_]*)\b", re.MULTILINE)


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
    for file in sorted(resources.catalogue().glob("*.xladsl")):
        for head in HEAD.finditer(file.read_text(encoding="utf-8")):
            found[head[2]] = Shelf(f"std.{file.stem}", head[1])
    return found
