"""Who may read what: internal, parties, public, each wider than the one before.

A block without an audience is for the parties. What lies inside a block is never for a wider audience than the block.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import nodes
from .node import Node, walk

if TYPE_CHECKING:
    from .contract import Contract

WIDTHS = {"internal": 0, "parties": 1, "public": 2}


def width(node: Node) -> int:
    """How wide the audience of a block is."""
    return WIDTHS[getattr(node, "audience", None) or "parties"]


def edition_for(contract: Contract, audience: str) -> Contract:
    """The agreement as one audience may read it: without every block, and every part with a name, that is narrower."""
    from .contract import Contract as Whole
    from .names import Names

    blocks = [without_narrower(block, WIDTHS[audience]) for block in contract.blocks if admitted(block, WIDTHS[audience])]
    # The main block, the parties and the definitions carry every edition: without them nothing could be read.
    return Whole(blocks, contract.catalogue, Names([*blocks, *contract.catalogue]), contract.sources)


CARRYING = (nodes.Agreement, nodes.Party, nodes.Definition)


def admitted(block: Node, wide: int) -> bool:
    return width(block) >= wide or (wide == WIDTHS["public"] and isinstance(block, CARRYING) and width(block) == 1)


def without_narrower(block: Node, wide: int) -> Node:
    """The block without its narrower parts; the block itself where it has none."""
    hidden = {id(part) for part in walk(block) if part is not block and isinstance(part, nodes.Block) and width(part) < WIDTHS["parties"]}
    if not hidden or wide == 0:
        return block
    copy = object.__new__(type(block))
    for slot in ("source", "start", "end", "places"):
        setattr(copy, slot, getattr(block, slot))
    for name, value in block.items():
        if type(value) is list:
            value = [part for part in value if id(part) not in hidden]
        setattr(copy, name, value if id(value) not in hidden else None)
    return copy
