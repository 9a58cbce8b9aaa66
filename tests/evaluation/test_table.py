"""The engine of reference gives what somebody would find who takes one row after the other and knows no tricks."""

from __future__ import annotations

import random
import time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xladsl.evaluation.rows.requests import (
    MILLION,
    Cell,
    ColumnCell,
    Compared,
    Constant,
    Counted,
    Empty,
    Every,
    First,
    Last,
    Listing,
    Not,
    Passes,
    Product,
    Reading,
    Run,
    Running,
    Sampled,
    SliceStart,
    Some,
    Sum,
    Tally,
)
from xladsl.evaluation.rows.table import Rows, Table, in_order, in_time, one_for_each


class HalfClock:
    """Runs in every other stretch of ten and cuts slices from multiples of a hundred."""

    def at(self, instant: int) -> int:
        return instant // 20 * 10 + min(instant % 20, 10)

    def running(self, instant: int) -> bool:
        return instant % 20 < 10

    def slice_start(self, length: int, instant: int) -> int:
        return instant - instant % 100 % length


CLOCK: Any = HalfClock()
NUMBERS = ("a", "b", "c")

# -------------------------------------------------------------------------------------------------- one row at a time


def cell_of(term: Any, row: dict[str, Cell]) -> Any:
    match term:
        case ColumnCell(name):
            return row[name]
        case Constant(value):
            return value
        case Sum(added, subtracted):
            parts = [cell_of(each, row) for each in (*added, *subtracted)]
            return None if None in parts else sum(parts[: len(added)]) - sum(parts[len(added) :])
        case Product(factors):
            result = 1
            for factor in factors:
                value = cell_of(factor, row)
                if value is None:
                    return None
                result *= value
            return result
        case First(terms):
            return min([cell for each in terms if (cell := cell_of(each, row)) is not None], default=None)
        case Last(terms):
            return max([cell for each in terms if (cell := cell_of(each, row)) is not None], default=None)
        case Reading(clock, instant):
            at = cell_of(instant, row)
            return None if at is None else clock.at(at)
        case SliceStart(clock, length, instant):
            at = cell_of(instant, row)
            return None if at is None else clock.slice_start(length, at)
        case Passes(test):
            return int(holds(test, row))
    raise AssertionError(term)


def holds(test: Any, row: dict[str, Cell]) -> bool:
    match test:
        case Compared(left, relation, right):
            first, second = cell_of(left, row), cell_of(right, row)
            if first is None or second is None:
                return False
            return bool(
                {
                    "<": lambda: first < second,
                    "<=": lambda: first <= second,
                    ">": lambda: first > second,
                    ">=": lambda: first >= second,
                    "=": lambda: first == second,
                    "!=": lambda: first != second,
                }[relation]()
            )
        case Empty(term):
            return cell_of(term, row) is None
        case Running(clock, instant):
            at = cell_of(instant, row)
            return at is not None and clock.running(at)
        case Every(tests):
            return all(holds(each, row) for each in tests)
        case Some(tests):
            return any(holds(each, row) for each in tests)
        case Not(negated):
            return not holds(negated, row)
    raise AssertionError(test)


def naive_tally(rows: list[dict[str, Cell]], request: Tally) -> dict[tuple[Cell, ...], Counted]:
    found: dict[tuple[Cell, ...], Counted] = {}
    for row in rows:
        if not holds(request.test, row):
            continue
        key = tuple(cell_of(term, row) for term in request.by)
        counted = found.get(key, Counted(0, 0, ((0, 0),) * len(request.sums)))
        weight = 1 if request.weight is None else cell_of(request.weight, row) or 0
        sums = []
        for (weights, total), term in zip(counted.sums, request.sums, strict=True):
            cell = cell_of(term, row)
            sums.append((weights, total) if cell is None else (weights + weight, total + weight * cell))
        found[key] = Counted(counted.rows + 1, counted.weight + weight, tuple(sums))
    return found


def naive_runs(rows: list[dict[str, Cell]], request: Sampled) -> list[Run]:
    rounds: dict[int, list[tuple[int, int]]] = {}
    for row in rows:
        at, ok = cell_of(request.instant, row), cell_of(request.ok, row)
        if at is not None and ok is not None and holds(request.test, row):
            rounds.setdefault(request.clock.slice_start(request.interval, at), []).append((at, ok))
    runs: list[Run] = []
    for _, samples in sorted(rounds.items()):
        first = min(at for at, _ in samples)
        failed = len([ok for _, ok in samples if ok == 0]) >= request.failing
        if runs and runs[-1].failed == failed:
            runs[-1] = runs[-1]._replace(last=first, rounds=runs[-1].rounds + 1)
        else:
            runs.append(Run(first, first, 1, failed))
    return runs


# -------------------------------------------------------------------------------------------------------- what is tried

small = st.integers(0, 60)
rows_of = st.lists(
    st.fixed_dictionaries(
        {
            **{name: st.none() | small for name in NUMBERS},
            "ok": st.none() | st.sampled_from([0, 1]),
            "word": st.none() | st.sampled_from(["", "P1", "P2", "é"]),
        }
    ),
    max_size=25,
)
columns = st.sampled_from([ColumnCell(name) for name in NUMBERS])
terms = st.recursive(
    columns | st.builds(Constant, small),
    lambda inner: st.one_of(
        st.builds(Sum, st.lists(inner, max_size=2).map(tuple), st.lists(inner, max_size=2).map(tuple)),
        st.builds(Product, st.lists(inner, max_size=2).map(tuple)),
        st.builds(First, st.lists(inner, max_size=3).map(tuple)),
        st.builds(Last, st.lists(inner, max_size=3).map(tuple)),
        st.builds(Reading, st.just(CLOCK), columns),
        st.builds(SliceStart, st.just(CLOCK), st.sampled_from([7, 20]), columns),
        st.builds(Passes, st.builds(Compared, inner, st.deferred(lambda: relations), inner)),
    ),
    max_leaves=5,
)
relations = st.sampled_from(["<", "<=", ">", ">=", "=", "!="])
words = st.sampled_from(["", "P1", "P3"])
tests = st.recursive(
    st.one_of(
        st.builds(Compared, terms, relations, terms),
        st.builds(Compared, columns, relations, st.builds(Constant, small)),
        st.builds(Compared, st.just(ColumnCell("word")), st.sampled_from(["=", "!="]), st.builds(Constant, words)),
        st.builds(Empty, terms | st.just(ColumnCell("word"))),
        st.builds(Running, st.just(CLOCK), columns),
    ),
    lambda inner: st.one_of(
        st.builds(Every, st.lists(inner, max_size=4).map(tuple)),
        st.builds(Some, st.lists(inner, max_size=3).map(tuple)),
        st.builds(Not, inner),
    ),
    max_leaves=6,
)


def table_of(rows: list[dict[str, Cell]]) -> Table:
    names = (*NUMBERS, "ok", "word")
    return Table({"desk": Rows({name: [row[name] for row in rows] for name in names}, len(rows))})


asked = terms | st.just(ColumnCell("word"))


@settings(max_examples=100, deadline=None)
@given(rows_of, tests, st.lists(asked, max_size=2), st.lists(terms, max_size=2), st.none() | terms)
def test_tallies_are_those_of_one_row_after_the_other(rows: Any, test: Any, by: Any, sums: Any, weight: Any) -> None:
    request = Tally("desk", test, tuple(by), tuple(sums), weight)
    table = table_of(rows)
    assert table.tally(request) == naive_tally(rows, request)
    assert table.tally(request) == naive_tally(rows, request), "the second question is answered like the first"


@settings(max_examples=60, deadline=None)
@given(rows_of, tests, st.lists(asked, min_size=1, max_size=3), st.randoms())
def test_listings_are_sorted_whatever_the_order_of_rows(rows: Any, test: Any, cells: Any, chance: Any) -> None:
    request = Listing("desk", tuple(cells), test)
    expected = [tuple(cell_of(term, row) for term in cells) for row in rows if holds(test, row)]
    listed = table_of(rows).listed(request)
    assert listed == sorted(expected, key=in_order)
    chance.shuffle(rows)
    assert table_of(rows).listed(request) == listed


@settings(max_examples=60, deadline=None)
@given(rows_of, tests, st.sampled_from([1, 7, 20]), st.integers(1, 3))
def test_rounds_become_runs(rows: Any, test: Any, interval: int, failing: int) -> None:
    request = Sampled("desk", ColumnCell("a"), ColumnCell("ok"), CLOCK, interval, failing, test)
    assert table_of(rows).sampled(request) == naive_runs(rows, request)


# ------------------------------------------------------------------------------------------------------- by the letter


def test_empty_cells_come_first_and_numbers_before_texts() -> None:
    cells: list[Cell] = ["b", 10, None, "a", -3, 2]
    table = Table({"desk": Rows({"cell": cells})})
    assert table.listed(Listing("desk", (ColumnCell("cell"),))) == [(None,), (-3,), (2,), (10,), ("a",), ("b",)]


def test_what_a_clock_showed_is_not_taken_for_what_another_shows() -> None:
    """Two versions of an agreement may be held against the same rows, one after the other."""

    class Later(HalfClock):
        def __init__(self, by: int) -> None:
            self.by = by

        def at(self, instant: int) -> int:
            return instant + self.by

    table = Table({"desk": Rows({"a": [1]})})
    for by in range(50):
        clock: Any = Later(by)
        assert table.listed(Listing("desk", (Reading(clock, ColumnCell("a")),))) == [(1 + by,)]


def test_an_empty_source_counts_nothing_and_a_missing_one_is_not_there() -> None:
    table = Table({"desk": Rows({"a": []}), "bare": Rows({}, 3)})
    assert table.sources() == {"desk", "bare"}
    assert table.tally(Tally("desk")) == {}
    assert table.listed(Listing("desk", (ColumnCell("a"),))) == []
    assert table.tally(Tally("bare")) == {(): Counted(3, 3)}


def test_rows_without_a_weight_count_nothing() -> None:
    table = Table({"desk": Rows({"users": [2 * MILLION, None, 5 * MILLION], "a": [1, 1, None]})})
    request = Tally("desk", sums=(ColumnCell("a"),), weight=ColumnCell("users"))
    assert table.tally(request) == {(): Counted(3, 7 * MILLION, ((2 * MILLION, 2 * MILLION),))}


def test_a_comparison_with_an_empty_cell_is_false_and_its_negation_true() -> None:
    table = Table({"desk": Rows({"a": [None, 1]})})
    unlike = Compared(ColumnCell("a"), "!=", Constant(1))
    assert table.tally(Tally("desk", unlike)) == {}
    assert table.tally(Tally("desk", Not(unlike))) == {(): Counted(2, 2)}


@pytest.mark.parametrize("seed", range(3))
def test_of_several_rows_with_a_key_the_one_with_the_latest_moment_counts(seed: int) -> None:
    rows = [
        ("T1", 10, None, "open"),
        ("T1", 10, 20, "closed"),
        ("T2", 11, 30, "closed"),
        ("T2", 11, 30, "reopened"),
        ("T3", None, None, None),
        ("T3", None, None, "x"),
    ]
    random.Random(seed).shuffle(rows)
    names = ("number", "opened", "resolved", "state")
    read = Rows({name: [row[place] for row in rows] for place, name in enumerate(names)})
    kept, replaced = one_for_each(read, "number", ("opened", "resolved"))
    assert sorted(zip(*kept.columns.values(), strict=True)) == [
        ("T1", 10, 20, "closed"),
        ("T2", 11, 30, "reopened"),
        ("T3", None, None, "x"),
    ]
    assert replaced == 3


def test_a_row_that_arrived_too_late_does_not_count_and_one_that_does_not_say_does() -> None:
    table = Table({"desk": Rows({"arrived at": [99, 100, 101, None]}), "silent": Rows({"a": [1, 2]})})
    assert table.tally(Tally("desk", in_time(100))) == {(): Counted(3, 3)}
    assert table.tally(Tally("silent", in_time(100))) == {(): Counted(2, 2)}


def test_ten_thousand_rows_are_tallied_in_no_time() -> None:
    chance = random.Random(7)
    opened = [chance.randrange(10**6) for _ in range(10_000)]
    columns: dict[str, list[Cell]] = {
        "opened": list(opened),
        "resolved": [at + chance.randrange(10**4) for at in opened],
        "priority": [chance.choice(["P1", "P2"]) for _ in opened],
    }
    table = Table({"desk": Rows(columns)})
    began = time.perf_counter()
    for month in range(12):
        window = (
            Compared(ColumnCell("opened"), ">=", Constant(month * 80_000)),
            Compared(ColumnCell("opened"), "<", Constant((month + 1) * 80_000)),
        )
        urgent = Compared(ColumnCell("priority"), "=", Constant("P1"))
        taken = Sum((ColumnCell("resolved"),), (ColumnCell("opened"),))
        table.tally(Tally("desk", Every((*window, urgent)), sums=(taken,)))
        table.tally(Tally("desk", Every((*window, urgent, Compared(taken, "<=", Constant(4_000))))))
    assert time.perf_counter() - began < 0.5, "ten times what it takes on a slow machine"
