"""The parts that are judged each by itself: the values of a column, sites, segments, services, groups of people.

Sites, services and groups of people are told from rows by a column of that name (`site`, `service`, `stakeholder`), or
one that has it in the data; a cell belongs to the block whose name or title it holds. A source without such a column
is not divided.
"""

from __future__ import annotations

from fractions import Fraction
from itertools import product
from typing import TYPE_CHECKING, Any

from ...model import nodes, units
from ...model.build import kind_of
from ...model.measures import inherited
from ...model.node import walk
from ...model.promises import formula
from ...model.quantities import Reference, Text
from ..figures import number
from ..notes import note
from ..rows.requests import ColumnCell, Compared, Constant, Empty, Some, Tally
from ..rows.terms import column_in, dated, every, rows_in, test_of
from ..scope import EVERYONE, Group, Scope
from ..stretches.recorded import earlier_of
from .remembering import answered
from .sieve import few_valued

if TYPE_CHECKING:
    from ...model.node import Node
    from ..assessment import Assessment
    from ..instants.windows import Window
    from ..rows.requests import Cell, Term, Test

Column = nodes.Column | nodes.Question


def groups_known(assessment: Assessment, block: Node, window: Window) -> list[Group]:
    """Those that have rows in a window, and those that something is told of: what is told of them needs no rows."""
    found = groups(assessment, block, window)
    told = assessment.given.groups_told(getattr(block, "name", ""), window)
    if not told:
        return found
    known = {each.name for each in found}
    return [each for each in found if each != EVERYONE] + [Group(name) for name in told if name not in known]


def groups(assessment: Assessment, block: Node, window: Window) -> list[Group]:
    """The parts of which each is judged by itself, in the order of their names; everyone together where a block names
    none, or where none has a row in the window."""
    named = [reference.found for reference in inherited(block, "group_by") or []]
    segments = [reference.found for reference in getattr(block, "segments", [])]
    columns = [each for each in named if isinstance(each, (nodes.Column, nodes.Question))]
    dimensions = [by_columns(assessment, columns, window, block)] if columns else []
    others = [each for each in named if not isinstance(each, (nodes.Column, nodes.Question))]
    dimensions += [[group_of(assessment, each, window) for each in part] for part in (others, segments) if part]
    found = [together(*parts) for parts in product(*dimensions)]
    return found or [EVERYONE]


def group_of(assessment: Assessment, block: Node, window: Window) -> Group:
    """The rows of each source that belong to a site, a segment, a service or a group of people."""
    tests = [(source.name, test) for source in every_source(assessment)
             if (test := belonging(assessment, source, block, window)) is not None]  # fmt: skip
    return Group(titled(block), tuple(tests))


def together(*parts: Group) -> Group:
    """Those who belong to all of some groups."""
    named = [part for part in parts if part != EVERYONE]
    if len(named) < 2:  # one group, or none
        return named[0] if named else EVERYONE
    sources = dict.fromkeys(source for part in named for source, _ in part.tests)
    tests = tuple((source, every([part.test(source) for part in named])) for source in sources)
    return Group(", ".join(part.name for part in named), tests)


# ---------------------------------------------------------------------------------------------------------- by columns


def by_columns(assessment: Assessment, columns: list[Column], window: Window, block: Node) -> list[Group]:
    """One group for each combination of values that a row has. Columns of several sources with one name are one
    division."""
    by_source: dict[str, list[Column]] = {}
    for column in columns:
        owner: Any = assessment.contract.names.owner(column)
        by_source.setdefault(owner.name, []).append(column)
    seen: dict[tuple[tuple[str, Cell], ...], list[tuple[str, Test]]] = {}
    nowhere: dict[str, list[Column]] = {}
    for name, own in by_source.items():
        source: Any = assessment.contract.names.owner(own[0])
        for values in combinations(assessment, source, own, window, block):
            if None in values:
                nowhere[name] = own
                continue
            key = tuple((column.name, value) for column, value in zip(own, values, strict=True))
            tests: list[Test] = [Compared(ColumnCell(column), "=", Constant(value)) for column, value in key]  # type: ignore[arg-type]  # no value is empty
            seen.setdefault(key, []).append((name, every(tests)))
    for name, own in nowhere.items() if seen else ():
        cells = " or ".join(f"`{column.name}`" for column in own)
        of_whom = getattr(block, "name", None) or "a value"
        note(assessment, f"Rows of `{name}` that say no {cells} belong to no part of `{of_whom}`, and did not count.")
    unit = {column.name: unit_in(assessment, column) for column in columns}
    return [
        Group(", ".join(cell_in_words(value, unit[column]) for column, value in key), tuple(tests))
        for key, tests in sorted(seen.items(), key=lambda found: [in_order(value) for _, value in found[0]])
    ]


def combinations(
    assessment: Assessment, source: nodes.Source, columns: list[Column], window: Window, block: Node
) -> list[tuple[Cell, ...]]:
    """The values that the rows of a window have together in some columns; None for an empty cell."""
    if source.name not in assessment.engine.sources():
        return []
    by = tuple(ColumnCell(column.name) for column in columns)
    answers = answers_counted(source, block)
    request = Tally(source.name, present(assessment, source, window, block), (*by, *answers))
    at = dated(source, block)
    return list(answered(assessment, request, len(by), len(answers), at, window, block))


def answers_counted(source: nodes.Source, block: Any) -> tuple[Term, ...]:
    """The answers from which the value of a block is worked out, if they are those to one question.

    Whoever asks which groups there are asks for them in the same breath: it is then known what each of them answered.
    """
    value = formula(block)
    spoken_of = [part.target for part in walk(value) if isinstance(part, Reference)] if value is not None else []
    own = [column_in(source, column) for column in spoken_of if isinstance(column, (nodes.Column, nodes.Question))]
    terms = {each.term for each in own if each is not None}
    return tuple(terms) if len(terms) == 1 and terms <= {ColumnCell(name) for name in few_valued(source)} else ()


def present(assessment: Assessment, source: nodes.Source, window: Window, block: Node) -> Test:
    """The rows of a window; an interruption is there until it ends."""
    if isinstance(source, nodes.Outages):
        ends = ColumnCell(source.lasting.end)
        still = Some((Compared(ends, ">", Constant(window.start)), Empty(ends)))
        begins = [ColumnCell(name) for name in (source.lasting.start, *earlier_of(source))]
        begun = [Compared(begin, "<", Constant(window.end)) for begin in begins]
        return every([begun[0] if len(begun) == 1 else Some(tuple(begun)), still])
    return rows_in(assessment, source, Scope(window), block)


def unit_in(assessment: Assessment, column: Column) -> tuple[str, Fraction]:
    source: Any = assessment.contract.names.owner(column)
    found = column_in(source, column)
    return (found.unit, found.scale) if found is not None else (units.TEXT, Fraction(1))


def cell_in_words(cell: Cell, told: tuple[str, Fraction]) -> str:
    unit, scale = told
    if isinstance(cell, str):
        return cell
    if unit == units.TRUTH:
        return "yes" if cell else "no"
    return number((cell or 0) / scale)


def in_order(cell: Cell) -> tuple[bool, Any]:
    return isinstance(cell, str), cell


# ----------------------------------------------------------------------------------------------------------- by blocks


def every_source(assessment: Assessment) -> list[nodes.Source]:
    return assessment.contract.every(nodes.Source)


def belonging(assessment: Assessment, source: nodes.Source, block: Node, window: Window) -> Test | None:
    """Which rows of a source belong to a block; None if the source does not tell."""
    if isinstance(block, nodes.Segment):
        return of_segment(assessment, source, block, window)
    if isinstance(block, nodes.Stakeholder) and isinstance(source, nodes.Survey) and len(source.asks) == 1:
        return None
    wanted = kind_of(block)
    column = next((each for each in source.columns if wanted in (each.name, each.header)), None)
    if column is None:
        return None
    cell = ColumnCell(column.name)
    return Some(tuple(Compared(cell, "=", Constant(spelling)) for spelling in spellings(block)))


def of_segment(assessment: Assessment, source: nodes.Source, segment: nodes.Segment, window: Window) -> Test | None:
    """The predicate of a segment, for a source that has all the columns that it speaks of."""
    if segment.where is None:
        return None
    spoken_of = [part.target for part in walk(segment.where) if isinstance(part, Reference)]
    columns = [each for each in spoken_of if isinstance(each, (nodes.Column, nodes.Question))]
    if any(column_in(source, column) is None for column in columns):
        return None
    return test_of(assessment, segment.where, source, Scope(window))


def spellings(block: Any) -> list[str]:
    """What a cell may hold that means a block: its name, with or without capitals, or its title."""
    words = block.name.replace("_", " ")
    titles = [block.title.value, *(each.value for each in block.title.translations)] if block.title else []
    return list(dict.fromkeys([block.name, words, words.capitalize(), words.title(), *titles]))


def titled(block: Any) -> str:
    title: Text | None = block.title
    return title.value if title is not None else block.name.replace("_", " ")
