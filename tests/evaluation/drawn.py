"""Agreements as they stand or with words changed, and rows for them that hypothesis draws and makes small."""

from __future__ import annotations

from datetime import timedelta
from functools import cache
from itertools import accumulate
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from xladsl.compiler import compile_agreement
from xladsl.evaluation.given import Given
from xladsl.evaluation.instants.zones import HOUR, day_of, midnight
from xladsl.evaluation.rows.requests import MILLION
from xladsl.evaluation.rows.table import Rows
from xladsl.model import nodes
from xladsl.model.expressions import Comparison, Membership
from xladsl.model.node import walk
from xladsl.model.quantities import Reference, Text

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date
    from fractions import Fraction

    from xladsl.evaluation.instants.windows import Window
    from xladsl.evaluation.rows.requests import Cell
    from xladsl.model.contract import Contract

    Data = dict[str, Rows]

AGREEMENTS = Path(__file__).parents[2] / "agreements"
FLAGSHIP = "digital-workplace/agreement"
PUBLISHED = sorted(f"published/{path.stem}" for path in (AGREEMENTS / "published").glob("*.xladsl"))
SECOND = MILLION
NOTHING_SAID = "something else"
"""A word that no agreement asks for."""


@cache
def agreed(name: str, change: Callable[[str], str] | None = None) -> Contract:
    """An agreement by its path in the folder, or by its own text; with every file of it changed, if a change is given.

    What nobody may sign is read all the same.
    """
    if "\n" in name:
        text = change(name) if change else name
        compiled = compile_agreement("trial.xladsl", lambda path: text if path.endswith("trial.xladsl") else None)
    else:

        def changed(path: str) -> str | None:
            ours = AGREEMENTS in Path(path).parents and Path(path).is_file()
            return change(Path(path).read_text("utf-8")) if change and ours else None

        compiled = compile_agreement(str(AGREEMENTS / f"{name}.xladsl"), changed)
    assert compiled.readable is not None, compiled.diagnostics
    return compiled.readable


class Invoiced(Given):
    """Every fee that is `as invoiced` comes to one amount in each of its windows."""

    def __init__(self, contract: Contract, amount: Fraction) -> None:
        fees = (fee for service in contract.every(nodes.Service) for fee in service.fees)
        self.amounts = {fee.name: amount for fee in fees if fee.as_invoiced}

    def fee(self, name: str, window: Window) -> Fraction | None:
        return self.amounts.get(name)


# ---------------------------------------------------------------------------------------------------------------- rows


class Drawn(Rows):
    """Rows that say what they hold."""

    def __repr__(self) -> str:
        return f"{self.columns}"


def data_of(contract: Contract, first: date, days: int, most: int = 12, tick: int = 1) -> st.SearchStrategy[Data]:
    """Rows for each source of an agreement, dated within some days, and some that begin a little before them.

    Moments are whole multiples of `tick` microseconds. Where single events are judged, every interruption has an end:
    one that goes on is judged when it is over, and nothing can be said of it before.
    """
    edges = edges_of(contract, first, days)
    return st.fixed_dictionaries(
        {each.name: rows_of(contract, each, edges, (0, most), tick) for each in contract.every(nodes.Source)}
    )


def row_of(
    contract: Contract, source: nodes.Source, first: date, days: int, tick: int = 1
) -> st.SearchStrategy[dict[str, Cell]]:
    """A single row of a source."""
    return rows_of(contract, source, edges_of(contract, first, days), (1, 1), tick).map(lambda rows: as_rows(rows)[0])


def edges_of(contract: Contract, first: date, days: int) -> list[int]:
    """The midnights of some days, and the one after them."""
    zone = contract.agreement.timezone or "UTC"
    return [midnight(first + timedelta(days=day), zone) for day in range(days + 1)]


def rows_of(
    contract: Contract, source: nodes.Source, edges: list[int], sizes: tuple[int, int], tick: int = 1
) -> st.SearchStrategy[Rows]:
    kinds = kinds_of(source)
    zone = source.timezone or contract.agreement.timezone or "UTC"
    times = [name for name, kind in kinds.items() if kind in ("time", "date")]
    others = {name: cells(contract, source, name, kind) for name, kind in kinds.items() if name not in times}
    ended = isinstance(source, nodes.Outages) and any(each.each == "event" for each in contract.every(nodes.Promise))
    row = st.tuples(moments(edges, len(times), tick, ended), st.tuples(*others.values()))

    def in_columns(drawn: list[tuple[list[Cell], tuple[Cell, ...]]]) -> Rows:
        found = [dict(zip((*times, *others), (*moments, *cells), strict=True)) for moments, cells in drawn]
        columns: dict[str, list[Cell]] = {name: [each[name] for each in found] for name in kinds}
        for name in times:
            if kinds[name] == "date":
                columns[name] = [each and midnight(day_of(each, zone), zone) for each in columns[name]]  # type: ignore[arg-type]
        return Drawn(columns, len(found))

    return st.lists(row, min_size=sizes[0], max_size=sizes[1]).map(in_columns)


def kinds_of(source: nodes.Source) -> dict[str, str]:
    """The columns of a source and the questions of a survey, with what they hold."""
    questions = source.questions if isinstance(source, nodes.Survey) else []
    kinds = {column.name: column.column_type or "text" for column in source.columns}
    return kinds | {question.name: "number" for question in questions if question.name not in kinds}


LATER = (0, 1, 59, 60, 61, 300, 599, 600, 3600, 3601, 4 * 3600, 9 * 3600, 86_400, 6 * 86_400)
"""After how many seconds a row goes on from one of its moments to the next."""


def moments(edges: list[int], number: int, tick: int, all_there: bool) -> st.SearchStrategy[list[Cell]]:
    """Moments of a row in the order of its columns: often at an edge. All but the first may be missing."""
    near = st.builds(int.__add__, st.sampled_from(edges), st.sampled_from([-HOUR, -tick, 0, tick, HOUR]))
    first = st.one_of(near, st.integers(edges[0] // tick, edges[-1] // tick).map(lambda number: number * tick))
    after = [each * SECOND // tick * tick for each in LATER]
    apart = st.sampled_from(after if all_there else [*after, None])
    return st.builds(following, first, st.lists(apart, min_size=max(number - 1, 0), max_size=max(number - 1, 0)))


def following(first: int, apart: list[int | None]) -> list[Cell]:
    reached = accumulate(apart, lambda at, later: at + (later or 0), initial=first)
    return [at if later is not None else None for at, later in zip(reached, [0, *apart], strict=True)]


def cells(contract: Contract, source: nodes.Source, name: str, kind: str) -> st.SearchStrategy[Cell]:
    if kind == "text":
        words = sorted(words_of(contract, source, name)) or ["a", "b"]
        return st.sampled_from(words if divides(contract, source, name) else [*words, NOTHING_SAID, None])
    if kind == "yes or no":
        return st.sampled_from([1, 0, 0, None] if name in ("failed", "reopened") else [1, 1, 0, None])
    for question in source.questions if isinstance(source, nodes.Survey) else ():
        if question.name == name:
            low, high = (int(each.number) for each in (question.scale.lowest_answer, question.scale.highest_answer))
            return st.integers(low, high).map(lambda answer: answer * MILLION)
    numbers = [0.01, 0.04, 0.040001, 0.3, 1, 45, 100] if kind.startswith("duration") else range(5)
    return st.sampled_from([*(round(MILLION * number) for number in numbers), None])


def words_of(contract: Contract, source: nodes.Source, column: str) -> set[str]:
    """The words that an agreement holds a column against."""
    return {
        part.value
        for comparison in contract.parts(Comparison, Membership)
        if any(isinstance(part, Reference) and speaks_of(part, source, column) for part in walk(comparison))
        for part in walk(comparison)
        if isinstance(part, Text)
    }


def divides(contract: Contract, source: nodes.Source, name: str) -> bool:
    """Whether promises are judged by the values of a column. Rows without one belong to no part, and do not count."""
    divided = (part for block in contract.every(nodes.Block) for part in getattr(block, "group_by", None) or [])
    return any(speaks_of(part, source, name) for part in divided)


def speaks_of(part: Reference[Any], source: nodes.Source, name: str) -> bool:
    return any(part.target is column and column.name == name for column in source.columns)


# ---------------------------------------------------------------------------------------------------- rows that change


def as_rows(rows: Rows) -> list[dict[str, Cell]]:
    return [{name: column[at] for name, column in rows.columns.items()} for at in range(rows.count)]


def as_columns(rows: list[dict[str, Cell]], like: Rows) -> Rows:
    return Drawn({name: [row[name] for row in rows] for name in like.columns}, len(rows))


def with_row(data: Data, source: str, **cells: Cell) -> Data:
    """The data and one row more in a source, of which some cells are said and the others are empty."""
    like = data[source]
    row = dict.fromkeys(like.columns) | cells
    return data | {source: as_columns([*as_rows(like), row], like)}


def with_cells(data: Data, source: str, at: int, **cells: Cell) -> Data:
    """The data with some cells of one row changed."""
    rows = as_rows(data[source])
    rows[at] = rows[at] | cells
    return data | {source: as_columns(rows, data[source])}
