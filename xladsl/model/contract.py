"""A whole agreement: its blocks from all its files, and the names that join them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from . import nodes
from .node import Node, walk

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
        self.walked: list[Node] = []
        self.of_kind: dict[type[Node], list[Any]] = {}

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

    def walk(self) -> Iterator[Node]:
        """Every node of the agreement, block by block, outside in."""
        if not self.walked:  # dozens of rules walk the same agreement
            self.walked = [node for block in self.blocks for node in walk(block)]
        return iter(self.walked)

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
