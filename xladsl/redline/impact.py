"""Which promises and clauses mean something else because what they measure, refer to or define has changed."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Any, NamedTuple

from ..model import nodes, quantities
from ..model.node import Node, walk
from ..translations.texts import flowing
from .changes import blocks_of, counterparts, plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.contract import Contract
    from ..outputs.page import Page

NO_MEANING = frozenset(
    {"title", "because", "note", "section", "describes", "owner", "audience", "voice", "verified_by", "name"}
)
"""Fields that change nothing of what is measured, counted or decided."""

NO_MEASURE = (
    nodes.Party,
    nodes.Role,
    nodes.Signatory,
    nodes.Service,
    nodes.Stakeholder,
    nodes.Consequence,
    nodes.Goal,
    nodes.Agreement,
)
"""Blocks that a promise may name without taking its meaning from them."""


class Impact(NamedTuple):
    """A promise or a clause that means something else, whatever its own words do, and why.

    `through` are the blocks between it and `changed`, the nearest first; all of them are titles. A changed term
    reaches every block that uses it.
    """

    anchor: str
    clause: str
    title: str
    changed: str
    through: tuple[str, ...] = ()


def impact(old: Page, new: Page) -> list[Impact]:
    """Every promise and clause of both versions whose meaning changes because of another block."""
    before, after = counterparts(old, new), blocks_of(new.contract)
    moved = {
        id(block)
        for anchor, block in after.items()
        if anchor not in before or meaning(before[anchor]) != meaning(block)
    }
    stayed = [block for anchor, block in after.items() if anchor in before]
    terms = [block for block in stayed if isinstance(block, nodes.Definition) and id(block) in moved]
    found: list[Impact] = []
    for block in stayed:
        if isinstance(block, nodes.Promise):
            found += [told(new, block, path) for path in changed_below(new.contract, block, moved)]
        if isinstance(block, nodes.Promise | nodes.Clause | nodes.Obligation | nodes.LeavesOut | nodes.Consequence):
            words = prose_of(block)
            found += [told(new, block, [term]) for term in terms if uses(words, term)]
    return found


def meaning(block: Any) -> list[Any]:
    """What a block says, in the language of the draft: a translation that changes has changed no meaning."""
    return [untranslated(value) for name, value in block.items() if name not in NO_MEANING]


def untranslated(value: Any) -> Any:
    if isinstance(value, quantities.Text):
        return value.language, flowing(value.value)
    if isinstance(value, Node):
        return type(value), [untranslated(held) for _, held in value.items()]
    return [untranslated(part) for part in value] if isinstance(value, list) else value


def changed_below(contract: Contract, block: Node, moved: set[int]) -> Iterator[list[Node]]:
    """The way from a block to each changed one that it takes its meaning from, without the block itself."""
    seen = {id(block)}
    waiting: deque[tuple[Node, list[Node]]] = deque([(block, [])])
    while waiting:
        one, way = waiting.popleft()
        for other in meant(contract, one):
            if id(other) in seen:
                continue
            seen.add(id(other))
            if id(other) in moved:
                yield [*way, other]
            waiting.append((other, [*way, other]))


def meant(contract: Contract, block: Node) -> Iterator[Node]:
    """The blocks that a block takes its meaning from."""
    for name, value in block.items():
        if name in NO_MEANING:
            continue
        for part in value if isinstance(value, list) else [value]:
            for node in walk(part) if isinstance(part, Node) else ():
                if isinstance(node, quantities.Reference) and node.target is not None:
                    owner = contract.names.owner(node.target)
                    if isinstance(owner, nodes.Block) and not isinstance(owner, NO_MEASURE):
                        yield owner


def prose_of(block: Any) -> str:
    """The words of a block, and what they quote."""
    return " ".join(node.value for node in walk(block) if isinstance(node, quantities.Text)).casefold()


def uses(words: str, term: nodes.Definition) -> bool:
    title = (term.title.value if term.title else term.name.replace("_", " ")).casefold()
    return title in words or f"{{term:{term.name}}}" in words


def told(page: Page, block: Any, way: list[Any]) -> Impact:
    number = page.paper.language.clause(page.outline.number(block))
    titles = [plain(page.paper.title(each)) for each in way]
    return Impact(page.outline.anchor(block), number, plain(page.paper.title(block)), titles[-1], tuple(titles[:-1]))
