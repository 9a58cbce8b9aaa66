"""Who may read what: internal, parties, public, each wider than the one before.

A block without an audience is for the parties. What lies inside a block is never for a wider audience than the block.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import nodes
from .node import Node, children, walk

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

    wide = WIDTHS[audience]
    admitted_blocks = [block for block in contract.blocks if admitted(block, wide)]
    hidden = tuple(part for block in admitted_blocks for part in narrower_parts(block, wide))
    blocks = [without(block, hidden) for block in admitted_blocks]
    return Whole(blocks, contract.catalogue, Names([*blocks, *contract.catalogue]), contract.sources, hidden)


CARRYING = (nodes.Agreement, nodes.Party, nodes.Definition)
"""The main block, the parties and the definitions stand in every edition: without them nothing could be read."""


def admitted(block: Node, wide: int) -> bool:
    if wide == WIDTHS["public"] and isinstance(block, CARRYING):
        return width(block) >= WIDTHS["parties"]
    return width(block) >= wide


def narrower_parts(block: Node, wide: int) -> list[Node]:
    """The blocks inside a block that say of themselves that they are for fewer readers."""
    return [
        part
        for part in walk(block)
        if part is not block and isinstance(part, nodes.Block) and part.audience and width(part) < wide
    ]


def without(block: Node, hidden: tuple[Node, ...]) -> Node:
    """The block without its hidden parts; the block itself where it has none."""
    if not any(part in hidden for part in children(block)):
        return block
    copy = object.__new__(type(block))
    for slot in ("source", "offsets", "places"):
        setattr(copy, slot, getattr(block, slot))
    for name, value in block.items():
        setattr(copy, name, [part for part in value if part not in hidden] if type(value) is list else value)
    return copy
