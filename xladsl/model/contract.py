"""A whole agreement: its blocks from all its files, and the names that join them."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Any, TypeVar

from . import nodes
from .node import HELD, Node, walk

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..source import Source, Span
    from .names import Names

Kind = TypeVar("Kind", bound=Node)


class Contract:
    """What the parties agree, ready to be checked and rendered.

    `blocks` are the agreement's own, in the order of the files and of the text; the catalogue's measures are found
    through `names` only, so that a contract lists nothing its parties did not write. `hidden` are parts that were
    taken out of blocks because the edition's audience may not read them.
    """

    def __init__(
        self,
        blocks: list[Node],
        catalogue: list[Node],
        names: Names,
        sources: list[Source],
        hidden: tuple[Node, ...] = (),
    ) -> None:
        self.blocks = blocks
        self.catalogue = catalogue
        self.names = names
        self.sources = sources
        self.hidden = hidden
        self.of_kind: dict[type[Node], list[Any]] = {}
        self.of_block: dict[int, list[tuple[str, list[Node]]]] = {}
        self.walked: list[Node] = []
        self.positions: dict[type[Node], list[int]] = {}

    @property
    def agreement(self) -> nodes.Agreement:
        """The block `agreement`: the deal in its main terms."""
        return next(block for block in self.blocks if isinstance(block, nodes.Agreement))

    def every(self, kind: type[Kind]) -> list[Kind]:
        """All blocks of a kind, in order."""
        if kind not in self.of_kind:  # rules ask it for each promise
            self.of_kind[kind] = [block for block in self.blocks if isinstance(block, kind)]
        found: list[Kind] = self.of_kind[kind]
        return found

    def clauses(self, block: Node) -> list[tuple[str, list[Node]]]:
        """The fields in which a block of the agreement holds nodes, each with all the nodes in it, outside in."""
        if id(block) not in self.of_block:  # dozens of rules walk the same agreement
            held = zip(type(block).holding, HELD[type(block)](block), strict=True)
            said = ((name, value if type(value) is list else [value]) for name, value in held if value)
            self.of_block[id(block)] = [
                (name, [node for part in parts if isinstance(part, Node) for node in walk(part)])
                for name, parts in said
            ]
        return self.of_block[id(block)]

    def within(self, block: Node) -> list[Node]:
        """A block of the agreement and everything in it, outside in."""
        return [block, *chain.from_iterable(held for _, held in self.clauses(block))]

    def walk(self) -> Iterator[Node]:
        """Every node of the agreement, block by block, outside in."""
        if not self.walked:
            self.walked = [node for block in self.blocks for node in self.within(block)]
        return iter(self.walked)

    def parts(self, *kinds: type[Node]) -> list[Any]:
        """Every node of some kinds, wherever it stands, in the order of the walk."""
        if not self.positions:
            for position, node in enumerate(self.walk()):
                self.positions.setdefault(type(node), []).append(position)
        found = (places for made, places in self.positions.items() if issubclass(made, kinds))
        return [self.walked[position] for position in sorted(chain.from_iterable(found))]

    def block_at(self, span: Span) -> int:
        """The position of the block that a place lies in; -1 for a place between blocks or in the catalogue."""
        return next(
            (
                position
                for position, block in enumerate(self.blocks)
                if block.source is span.source and block.offsets[0] <= span.start < block.offsets[1]
            ),
            -1,
        )
