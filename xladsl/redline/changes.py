"""What changes between two versions of an agreement, from their models and not from their words.

Blocks are the same by their names. Each field that says something else is a change, told in the words by which paper
tells that field, and judged where it can be told for whom it is better.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from markupsafe import Markup

from ..model import nodes, quantities
from ..model.node import Node
from ..outputs.outline import PLACES, anchor_of, section_key
from ..outputs.page import Page
from .effects import effects
from .sequences import matches

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.contract import Contract

UNTOLD = frozenset({"name", "version", "status", "audience"})
"""What the head of a comparison says, and what a reader of paper knows nothing of."""

NO_TERMS = (nodes.Example, nodes.Waiver)
"""Blocks that promise nothing: what changed in them is seen in the text."""


class Change(NamedTuple):
    """Something that the two versions do not say alike.

    `anchor` is the place of the block on paper; `clause` its number there, in the newer version or else in the older
    one. `before` or `after` is empty where only the other version has the block or says anything. `effects` are keys
    of `[redline.effects]`. Of `wording`, only the words of prose changed, and no figure in them nor what a term means;
    of prose with other figures, the sentences are told that are others.
    """

    section: str
    anchor: str
    clause: str
    title: str
    field: str
    label: str
    before: str
    after: str
    effects: tuple[str, ...] = ()
    wording: bool = False


def changes(old: Page, new: Page) -> list[Change]:
    """Every change, in the order of the newer paper; what was taken out stands at the end of its section."""
    known = counterparts(old, new)
    stayed = {id(block) for block in known.values()}
    found: list[Change] = []
    for anchor, block in blocks_of(new.contract).items():
        if anchor in known:
            found += between(old, new, known[anchor], block, Where(new, block))
        else:
            found.append(Where(new, block).change("", "", "", whole(new, block)))
    found += [
        Where(old, block).change("", "", whole(old, block), "")
        for block in blocks_of(old.contract).values()
        if id(block) not in stayed
    ]
    order = {key: position for position, key in enumerate(["", *(place.key for place in PLACES)])}
    return sorted(found, key=lambda change: order[change.section])


def blocks_of(contract: Contract) -> dict[str, Any]:
    """The blocks that say terms, by their anchors, in the order of the text."""
    return {
        "agreement" if isinstance(block, nodes.Agreement) else anchor_of(contract, block): block
        for block in contract.blocks
        if not isinstance(block, NO_TERMS)
    }


def counterparts(old: Page, new: Page) -> dict[str, Any]:
    """The older form of each block that both versions have, by its newer anchor.

    Blocks are the same by their names; one whose name, which no reader sees, is another is the same by its title.
    """
    before, after = blocks_of(old.contract), blocks_of(new.contract)
    found = {anchor: before[anchor] for anchor in after if anchor in before}
    gone = by_title(old, {anchor: block for anchor, block in before.items() if anchor not in after})
    come = by_title(new, {anchor: block for anchor, block in after.items() if anchor not in before})
    for title, anchors in come.items():
        if len(anchors) == 1 == len(gone.get(title, ())):
            found[anchors[0]] = before[gone[title][0]]
    return found


def by_title(page: Page, blocks: dict[str, Any]) -> dict[tuple[type, str], list[str]]:
    found: dict[tuple[type, str], list[str]] = {}
    for anchor, block in blocks.items():
        found.setdefault((type(block), plain(page.paper.title(block))), []).append(anchor)
    return found


class Where:
    """The place of a change on paper."""

    def __init__(self, page: Page, block: Node, title: str = "") -> None:
        self.page, self.block = page, block
        self.title = title or plain(page.paper.title(block))

    def change(self, field: str, label: str, before: str, after: str, **more: Any) -> Change:
        page, block = self.page, self.block
        section = "" if isinstance(block, nodes.Agreement) else section_key(block)
        number = page.paper.language.clause(page.outline.number(block)) if section else ""
        return Change(section, page.outline.anchor(block), number, self.title, field, label, before, after, **more)


def between(old: Page, new: Page, one: Any, other: Any, where: Where) -> Iterator[Change]:
    """The changes from a block to its newer form, and in the named parts of it."""
    for field in type(other).fields:
        before, after = getattr(one, field), getattr(other, field)
        if field in UNTOLD or before == after:
            continue
        if isinstance(other, nodes.Payment) and field in ("header", "rows"):
            if field == "rows":
                yield from of_tiers(old, new, one, other, where)
        elif named(before) or named(after):
            yield from of_parts(old, new, before, after, where)
        else:
            told = said(old, one, field), said(new, other, field)
            wording = (prose(before) or prose(after)) and not isinstance(other, nodes.Definition)
            if wording and figures(told[0]) != figures(told[1]):
                told, wording = apart(*told), False
            judged = () if prose(before) or prose(after) else effects(old.contract, new.contract, one, other, field)
            if told[0] != told[1]:
                yield where.change(field, label_of(new, other, field), *told, effects=judged, wording=wording)


def named(value: Any) -> bool:
    return isinstance(value, list) and any(isinstance(part, nodes.Named) for part in value)


def prose(value: Any) -> bool:
    """Whether a field holds words for people, of which a comparison of texts tells more."""
    return isinstance(value, quantities.Text) or (
        isinstance(value, list) and any(isinstance(part, quantities.Text) for part in value)
    )


FIGURE = re.compile(r"\d+(?:[.,:/\u00a0\u202f]\d+)*")
SENTENCE = re.compile(r"(?<=[.;!?؟])\s+")


def figures(words: str) -> list[str]:
    """The numbers in prose: where they change, a price, a time limit or a date may have."""
    return sorted(FIGURE.findall(words))


def apart(before: str, after: str) -> tuple[str, str]:
    """The sentences that only one of two texts has."""
    one, other = SENTENCE.split(before), SENTENCE.split(after)
    return " ".join(each for each in one if each not in other), " ".join(each for each in other if each not in one)


def of_parts(old: Page, new: Page, before: list[Any], after: list[Any], where: Where) -> Iterator[Change]:
    """Fees of a service, choices of an option and the like, by their names."""
    known, now = ({part.name: part for part in parts} for parts in (before, after))
    for name in [*now, *(name for name in known if name not in now)]:
        page, part = (new, now[name]) if name in now else (old, known[name])
        inner = Where(where.page, where.block, f"{where.title}: {plain(page.paper.title(part))}")
        if name in now and name in known:
            yield from between(old, new, known[name], now[name], inner)
        elif name in now:
            yield inner.change("", "", "", whole(new, part))
        else:
            yield inner.change("", "", whole(old, part), "")


def of_tiers(old: Page, new: Page, one: nodes.Payment, other: nodes.Payment, where: Where) -> Iterator[Change]:
    """A table of tiers row by row: rows for the same value, then those in the same position."""
    before, after = [row_said(old, row) for row in one.rows], [row_said(new, row) for row in other.rows]
    bands = [[repr(row.cells[:-1]) for row in payment.rows] for payment in (one, other)]
    same = dict(matches(*bands))
    if len(before) == len(after):
        same = {position: position for position in range(len(before))}
    label = label_of(new, other, "rows")
    judged = effects(old.contract, new.contract, one, other, "rows")
    for position, row in enumerate(before):
        if position not in same:
            yield where.change("rows", label, row, "", effects=judged)
        elif row != after[same[position]]:
            yield where.change("rows", label, row, after[same[position]], effects=judged)
    for position, row in enumerate(after):
        if position not in same.values():
            yield where.change("rows", label, "", row, effects=judged)


def row_said(page: Page, row: nodes.TierRow) -> str:
    return ": ".join(plain(page.paper.say(cell, "cells")) for cell in row.cells)


def label_of(page: Page, node: Any, field: str) -> str:
    return page.paper.label(node, field)


def said(page: Page, node: Any, field: str) -> str:
    """What a field says on paper; empty where it says nothing."""
    if not page.paper.has(node, field):
        return ""
    words = plain(page.paper.field(node, field))
    return words or str(page.words["journey"]["yes"])  # of what is only said or not, paper may print a label alone


def whole(page: Page, node: Any) -> str:
    """A block that only one version has, in one sentence or in what its fields say."""
    if isinstance(node, nodes.Promise):
        return plain(page.paper.sentence(page.promises.plainly(node)))
    if isinstance(node, nodes.Payment) and node.rows:
        return "; ".join(row_said(page, row) for row in node.rows)
    if isinstance(node, nodes.Clause):
        return said(page, node, "body")
    fields = [
        field
        for field in type(node).fields
        if field not in UNTOLD and field != "title" and not named(getattr(node, field)) and said(page, node, field)
    ]
    told = "; ".join(f"{label_of(page, node, field)}: {said(page, node, field)}" for field in fields)
    return told or plain(page.paper.title(node))


def plain(words: Any) -> str:
    """Words for paper without their markup."""
    return str(Markup(str(words).replace("<br>", "; ")).striptags())  # noqa: S704  # markup that is about to lose it
