"""What the text may have to say for lines to be what was asked for: guesses, of which `proving` keeps what is true."""

from __future__ import annotations

import re
from itertools import islice, product
from textwrap import wrap
from typing import TYPE_CHECKING, Any, NamedTuple

from ..outputs.outline import outline
from ..source import Span
from .proposing import Edit, candidates, hunks, whole_paragraphs
from .rows import is_row, rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from ..model.node import Node
    from ..outputs.outline import Entry
    from . import Change
    from .base import Base
    from .proposing import Hunk

TRIES_OF_A_LINE = 6
MOST_GUESSES = 8
OF_A_SECTION, OF_A_CLAUSE = 1, 2
"""The levels of headings."""

WIDTH = 100
FREE_CLAUSE = "clause"


class Guess(NamedTuple):
    """Changes that are made together or not at all, and several ways to make them."""

    changes: tuple[Change, ...]
    ways: list[list[Edit]]


def guesses(base: Base, changes: Sequence[Change]) -> list[Guess]:
    """What may be done about each change; those of which nothing is known are left out.

    A change that is told twice is settled by what is asked for.
    """
    asked = {(change.at, change.before or change.after): change for change in changes}
    sections = {change.at for change in changes if not change.before and change.level == OF_A_SECTION}
    names = {str(getattr(block, "name", "")) for block in base.contract.blocks}
    found: list[Guess] = []
    for group in together(asked.values()):
        if is_row(base, group):
            found.append(Guess(tuple(group), rows(base, group)))
        elif not is_paragraph(group[0]):
            found += [Guess((change,), ways_of(base, [change])) for change in group]
        elif group[0].level != OF_A_CLAUSE:
            found.append(Guess(tuple(group), ways_of(base, group)))
        elif group[0].at not in sections:  # a new section is none of ours, and neither is what stands in it
            found.append(new_clauses(base, group, names))
    return [guess for guess in found if guess.ways]


def together(changes: Iterable[Change]) -> Iterator[list[Change]]:
    """Lines of a row, paragraphs that came side by side, new clauses side by side, and every other line alone."""
    stretch: list[Change] = []
    for change in changes:
        if stretch and not (in_one_row(stretch[-1], change) or side_by_side(stretch, change)):
            yield stretch
            stretch = []
        stretch.append(change)
    if stretch:
        yield stretch


def in_one_row(before: Change, change: Change) -> bool:
    """Whether two lines came with one row, or went with one."""
    came, went = not before.before and not change.before, not before.after and not change.after
    return 0 != before.row == change.row and before.silent == change.silent and (came or went)


def side_by_side(stretch: Sequence[Change], change: Change) -> bool:
    before = stretch[-1]
    beside = (before.at, before.silent) == (change.at, change.silent)
    goes_on = not change.level or change.level == stretch[0].level == OF_A_CLAUSE
    return beside and goes_on and is_paragraph(before) and is_paragraph(change)


def is_paragraph(change: Change) -> bool:
    """Whether a line came as a paragraph or a heading, and not as another line or in a cell of its own."""
    return not change.before and not change.opens_cell


def ways_of(base: Base, group: Sequence[Change]) -> list[list[Edit]]:
    """Several guesses at the edits of a line, each for all that differs in it; or at where paragraphs are put."""
    change = group[0]
    node = base.nodes.get(change.place.anchor) or base.nodes.get(change.place.clause)
    nodes = [node] if node is not None else base.contract.blocks  # key terms are gathered from all over the text
    nodes = [each for each in nodes if each.source is not None]
    if not change.before and (change.level or change.opens_cell):
        return []
    if not change.before or not change.after:
        added = [each.after for each in group] if change.after else []
        return [way for each in nodes for way in whole_paragraphs(each, base.lines[change.at].words, added)]
    field, line = change.place.field, change.before
    found = [
        list(dict.fromkeys(every_candidate(base, nodes, field, line, hunk)))[:MOST_GUESSES]
        for hunk in hunks(change.before, change.after)
    ]
    return [list(way) for way in islice(product(*found), TRIES_OF_A_LINE)] if all(found) else []


def every_candidate(base: Base, nodes: Iterable[Any], field: str, line: str, hunk: Hunk) -> Iterator[Edit]:
    for node, language in product(nodes, base.languages):
        yield from candidates(node, field, line, hunk, language)


# New clauses


def new_clauses(base: Base, group: Sequence[Change], taken: set[str]) -> Guess:
    """Clauses of free words, in the section of the clause before them, and in the file of that."""
    before = group[0].place.clause
    section = next((each for each in outline(base.contract).sections if before in anchors(each.entries)), None)
    node: Node = base.nodes.get(before, base.contract.agreement)
    written, made = "", []
    for clause in clauses_of(group):
        name = fresh_name(clause[0].after, taken)
        taken.add(name)
        made += [change._replace(fresh=f"{FREE_CLAUSE}-{name}") for change in clause]
        written += clause_said(name, section.key if section else "", [change.after for change in clause])
    said = all(len(clause) > 1 for clause in clauses_of(group))
    if section is None or node.source is None or not said:
        return Guess(tuple(made), [])
    return Guess(tuple(made), [[Edit(Span(node.source, node.span.end, node.span.end), written)]])


def clauses_of(group: Sequence[Change]) -> list[list[Change]]:
    """Each heading with the paragraphs below it."""
    found: list[list[Change]] = []
    for change in group:
        if change.level:
            found.append([])
        found[-1].append(change)
    return found


def clause_said(name: str, section: str, lines: Sequence[str]) -> str:
    """A clause as the text says it; where its section takes none of free words, that text cannot be read."""
    title = lines[0].replace("\\", "\\\\").replace('"', '\\"')
    paragraphs = "\n\n".join(map(laid, lines[1:]))
    head = f'{FREE_CLAUSE} {name} "{title}" {{\n  in          {section.replace("_", " ")}\n  text        """'
    return f'\n\n{head}\n{paragraphs}\n    """\n}}'


def anchors(entries: Iterable[Entry]) -> set[str]:
    return {entry.anchor for entry in entries}


def laid(words: str) -> str:
    lines = wrap(words.replace('"""', "”””"), WIDTH, break_long_words=False, break_on_hyphens=False)
    return "\n".join(f"    {line}" for line in lines)


def fresh_name(title: str, taken: set[str]) -> str:
    """A name for a new clause, made of its heading where that has letters for one."""
    words = "_".join(re.findall(r"[a-z]+", title.lower()))[:30].strip("_") or "new_clause"
    names = (f"{words}_{number}" if number > 1 else words for number in range(1, len(taken) + 2))
    return next(name for name in names if name not in taken)
