"""Translations that are others in the newer version, whichever languages the edition speaks."""

from __future__ import annotations

from collections import Counter, defaultdict
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from ..model import nodes
from ..outputs.outline import section_key
from ..translations.texts import flowing, passages
from .changes import plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.contract import Contract
    from ..model.node import Node
    from ..outputs.page import Page
    from ..translations.texts import Passage


class Retranslated(NamedTuple):
    """A text whose translation changes, by the block that it stands in; `before` or `after` is empty where it has none.

    A language that only one version speaks is told once, without a block, and with the number of texts in it.
    """

    anchor: str
    clause: str
    title: str
    language: str
    before: str
    after: str


def retranslated(old: Page, new: Page) -> list[Retranslated]:
    """Languages as a whole, then text by text in the order of the newer version.

    Texts that only one version has are told with their blocks. So is what the first language of the edition says.
    """
    one, other = spoken_in(old.contract), spoken_in(new.contract)
    number = new.paper.language.number
    found = [
        Retranslated("", "", "", code, *(number(Decimal(count[code])) if count[code] else "" for count in (one, other)))
        for code in sorted(one.keys() ^ other.keys())
    ]
    pairs = together(old.contract, new.contract)
    codes = sorted(one.keys() & other.keys() - {new.paper.language.code})
    return found + [
        told(new, block, code, before, after)
        for block, was, now in pairs
        for code in codes
        if (before := by_language(was).get(code, "")) != (after := by_language(now).get(code, ""))
    ]


def told(page: Page, block: Node, code: str, before: str, after: str) -> Retranslated:
    numbered = not isinstance(block, nodes.Agreement) and section_key(block)
    clause = page.paper.language.clause(page.outline.number(block)) if numbered else ""
    return Retranslated(page.outline.anchor(block), clause, plain(page.heading(block)), code, before, after)


def spoken_in(contract: Contract) -> Counter[str]:
    """In how many texts each language is spoken beside that of the draft."""
    return Counter(code for _, passage in texts(contract) for code in by_language(passage))


def texts(contract: Contract) -> Iterator[tuple[Node, Passage]]:
    for block in contract.blocks:
        yield from ((block, passage) for passage in passages([block]))


def by_language(passage: Passage) -> dict[str, str]:
    return {each.language: flowing(each.value) for each in passage.text.translations}


def together(old: Contract, new: Contract) -> list[tuple[Node, Passage, Passage]]:
    """The texts that both versions have, with the newer block: those of the same words, then the others in a place."""
    waiting: dict[object, list[Passage]] = defaultdict(list)
    for _, passage in texts(old):
        waiting[passage.place, passage.words].append(passage)
    newer = list(texts(new))
    partners = [
        waiting[passage.place, passage.words].pop(0) if waiting[passage.place, passage.words] else None
        for _, passage in newer
    ]
    left: dict[str, list[Passage]] = defaultdict(list)
    for passage in (each for rest in waiting.values() for each in rest):
        left[passage.place].append(passage)
    return [
        (block, partner or left[passage.place].pop(0), passage)
        for (block, passage), partner in zip(newer, partners, strict=True)
        if partner is not None or left[passage.place]
    ]
