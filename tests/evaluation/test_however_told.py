"""Nobody gains by the order of rows, by the files they are in, by the engine, or by what is not looked at."""

from __future__ import annotations

import csv
import random
import re
import sqlite3
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import duckdb
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.evaluation.drawn import (
    FLAGSHIP,
    agreed,
    as_columns,
    as_rows,
    data_of,
    kinds_of,
)
from tests.evaluation.trying import EVERY, EXCUSED, as_document, dates, evaluated, judgements, period_of, quick, spans
from xladsl.binding import bind, read
from xladsl.evaluation.engines.connection import Connection, Relation
from xladsl.evaluation.engines.duckdb import DuckDB, held
from xladsl.evaluation.instants.zones import DAY, HOUR, MINUTE, day_of, midnight
from xladsl.evaluation.rows.requests import MILLION
from xladsl.evaluation.rows.table import Table
from xladsl.model import nodes
from xladsl.model.node import walk
from xladsl.model.quantities import Reference

if TYPE_CHECKING:
    from tests.evaluation.drawn import Data
    from xladsl.model.contract import Contract

# ------------------------------------------------------------------------------------------- however the rows are told


@pytest.mark.parametrize("name", [FLAGSHIP, "published/google-apps-isp", "published/xla-outsourcing-pattern"])
@quick
@given(st.data())
def test_order_files_and_chunks_change_nothing(name: str, draw: st.DataObject) -> None:
    contract = agreed(name)
    period = period_of(contract)
    data = draw.draw(data_of(contract, *spans(contract)), "data")
    chance = draw.draw(st.randoms(use_true_random=False))
    with TemporaryDirectory() as folder:
        whole = result_of_files(contract, written(contract, data, folder), period)
        mixed = {name: shuffled(rows, chance) for name, rows in data.items()}
        parts = written(contract, mixed, folder, draw.draw(st.integers(1, 4), "files"))
        split = result_of_files(contract, parts, period, draw.draw(st.sampled_from([1, 2, 3, 7]), "rows at once"))
    assert split == whole


def shuffled(rows: Any, chance: random.Random) -> Any:
    told = as_rows(rows)
    chance.shuffle(told)
    return as_columns(told, rows)


def result_of_files(
    contract: Contract, files: dict[str, list[str]], period: tuple[date, date], size: int = 5000
) -> dict[str, Any]:
    """The result, without the names and the digests of the files, and without the places that its problems name."""
    bound = bind(contract, files)
    assert not bound.problems
    found = read(contract, bound.plans, {}, size)
    assert not found.failed, [str(problem) for problem in found.problems]
    evaluation = evaluated(contract, Table(found.rows), period)._replace(sources=found.sources)
    said = as_document(contract, evaluation)
    for source in said["sources"]:
        del source["files"]
        source["problems"] = sorted(re.sub(r"part-\d+\.csv|line \d+", "", each) for each in source["problems"])
    return said


def written(contract: Contract, data: Data, folder: str, number: int = 1) -> dict[str, list[str]]:
    """The rows as CSV files; a row whose key is empty, or that would be rejected for something else, is not written."""
    found: dict[str, list[str]] = {}
    for source in contract.every(nodes.Source):
        # A question without a column of its own is found under its name; two columns may have one header.
        headers = {name: name for name in kinds_of(source) if name not in {column.name for column in source.columns}}
        headers |= {column.header or column.name: column.name for column in reversed(source.columns)}
        kinds = {header: (name, kinds_of(source)[name]) for header, name in headers.items()}
        rows = [row for row in as_rows(data[source.name]) if row.get(source.deduplicated or "", 1) is not None]
        place = Path(folder) / f"{source.name}-{number}"
        place.mkdir(exist_ok=True)
        for part in range(number):
            with (place / f"part-{part}.csv").open("w", encoding="utf-8", newline="") as file:
                writer = csv.writer(file)
                writer.writerow(kinds)
                for row in rows[part::number]:
                    writer.writerow([in_words(kind, row[name], contract) for name, kind in kinds.values()])
        found[source.name] = [str(place)]
    return found


UNITS = {"milliseconds": 1_000, "seconds": MILLION, "minutes": MINUTE, "hours": HOUR, "days": DAY}


def in_words(kind: str, cell: Any, contract: Contract) -> str:
    if cell is None:
        return ""
    if kind == "time":
        return f"{datetime.fromtimestamp(0, UTC) + timedelta(microseconds=cell):%Y-%m-%dT%H:%M:%S.%fZ}"
    if kind == "date":
        return day_of(cell, contract.agreement.timezone or "UTC").isoformat()
    if kind == "text":
        return str(cell)
    if kind == "yes or no":
        return "yes" if cell else "no"
    unit = UNITS.get(kind.removeprefix("duration in "), MILLION) if kind.startswith("duration") else MILLION
    return str(Decimal(cell) / unit)


UNSEEN = [
    f"../tests/evaluation/unseen/{name}" for name in ("tills-and-backlogs", "messages-on-time", "means-of-months")
]
"""Agreements whose questions change with the window: a backlog at its end, time that was paid for, days by what was in
them."""


@pytest.mark.parametrize("name", [*EVERY, *UNSEEN])
@settings(quick, max_examples=2)
@given(st.data())
def test_every_engine_has_the_same_result(name: str, draw: st.DataObject) -> None:
    contract = agreed(name)
    period = period_of(contract)
    data = draw.draw(data_of(contract, *spans(contract)), "data")
    reference = as_document(contract, evaluated(contract, data, period))
    for engine in (in_duckdb(contract, data), in_sqlite(contract, data)):
        assert as_document(contract, evaluated(contract, engine, period)) == reference, engine.name


def in_duckdb(contract: Contract, data: Data) -> DuckDB:
    connection = duckdb.connect()
    for source in contract.every(nodes.Source):
        kinds, columns = sql_kinds(source), data[source.name].columns
        cells = ", ".join(f'UNNEST(${at}::{kind}[]) AS "{name}"' for at, (name, kind) in enumerate(kinds.items(), 1))
        connection.execute(f"CREATE TABLE {source.name} AS SELECT {cells}", [columns[name] for name in kinds])
    return DuckDB(connection, {each.name: held(connection, each.name) for each in contract.every(nodes.Source)})


def in_sqlite(contract: Contract, data: Data) -> Connection:
    connection = sqlite3.connect(":memory:")
    relations = {}
    for source in contract.every(nodes.Source):
        kinds, columns = sql_kinds(source), data[source.name].columns
        typed = ", ".join(f'"{name}" {kind}' for name, kind in kinds.items())
        connection.execute(f"CREATE TABLE {source.name} ({typed})")
        rows = zip(*(columns[name] for name in kinds), strict=True)
        connection.executemany(f"INSERT INTO {source.name} VALUES ({', '.join('?' * len(kinds))})", rows)
        numbers = tuple(name for name, kind in kinds.items() if kind == "BIGINT")
        relations[source.name] = Relation(source.name, numbers)
    return Connection(connection, "sqlite", relations)


def sql_kinds(source: nodes.Source) -> dict[str, str]:
    return {name: "TEXT" if kind == "text" else "BIGINT" for name, kind in kinds_of(source).items()}


COUNTED = """
import std.availability
agreement trial "Trial" {
  version 1.0.0
  between provider northwind and customer contoso
  term 2026-01-01 to 2026-12-31
  timezone Europe/Copenhagen
  currency EUR
  languages en
}
party northwind "Northwind" { }
party contoso "Contoso" { }
role manager "Manager" of northwind { }
events calls { columns at as time from "t", good as yes or no from "g" dated by at run by northwind }
outages incidents {
  columns began as time from "b", ended as time from "e" lasting from began to ended run by northwind
}
intervals down { from incidents joined within 2 min at least 5 min long }
""" + "".join(
    f"""
sla calls_{each.split()[-1]} {{
  value count of calls better when lower level at most 3 each {each} no data counts as met owner manager
}}
sla down_{each.split()[-1]} {{
  value length of down better when lower level at most 3 min each {each} no data counts as met owner manager
}}
"""
    for each in ("calendar day", "calendar week", "calendar month", "calendar quarter")
)


@settings(quick, max_examples=10)
@given(st.data())
def test_every_row_and_every_moment_lies_in_one_window(draw: st.DataObject) -> None:
    """Of a year, clock changes included; weeks are cut at its ends."""
    contract = agreed(COUNTED)
    data = draw.draw(data_of(contract, date(2026, 1, 1), 365), "data")
    found = evaluated(contract, data, (date(2026, 1, 1), date(2026, 12, 31)))
    sums: dict[str, Fraction] = {}
    for each in found.judgements:
        sums[each.promise] = sums.get(each.promise, Fraction(0)) + (each.measured.amount or 0)
    start, end = (midnight(day, "Europe/Copenhagen") for day in (date(2026, 1, 1), date(2027, 1, 1)))
    number = sum(start <= at < end for at in data["calls"].columns["at"])
    assert {name: amount for name, amount in sums.items() if name.startswith("calls")} == dict.fromkeys(
        ("calls_day", "calls_week", "calls_month", "calls_quarter"), number
    )
    assert len({amount for name, amount in sums.items() if name.startswith("down")}) == 1


@pytest.mark.parametrize("name", [each for each in EXCUSED if "cloudflare" not in each])
@quick
@given(st.data())
def test_an_outage_that_is_told_twice_counts_once(name: str, draw: st.DataObject) -> None:
    """Where outages are weighed by how many they affect they are added up: `cloudflare`."""
    contract = agreed(name)
    period = period_of(contract)
    data = draw.draw(data_of(contract, *spans(contract)), "data")
    source, *_ = EXCUSED[name]
    twice = data | {source: as_columns([*as_rows(data[source]), *as_rows(data[source])], data[source])}
    before, after = (as_document(contract, evaluated(contract, each, period)) for each in (data, twice))
    assert after["payments"] == before["payments"]
    assert after["judgements"] == before["judgements"]


# ------------------------------------------------------------------------------------------------ what is not looked at


@pytest.mark.parametrize("name", [FLAGSHIP, "published/github-enterprise", "published/texas-dir-pool"])
@settings(quick, max_examples=12)
@given(st.data())
def test_a_promise_does_not_depend_on_what_it_does_not_read(name: str, draw: st.DataObject) -> None:
    contract = agreed(name)
    period = period_of(contract)
    data = draw.draw(data_of(contract, *spans(contract)), "data")
    source = draw.draw(st.sampled_from(sorted(data)), "source")
    others = data | {source: draw.draw(data_of(contract, *spans(contract)), "other data")[source]}
    before, after = (evaluated(contract, each, period) for each in (data, others))
    for promise in contract.every(nodes.Promise):
        if source not in read_by(contract, promise):
            assert judgements(before, promise) == judgements(after, promise), promise.name


def read_by(contract: Contract, promise: nodes.Promise) -> set[str]:
    """The sources that a promise comes to by the names in its words: in its value, its exclusions, its conditions."""
    seen: list[Any] = []
    waiting: list[Any] = [promise]
    while waiting:
        block = waiting.pop()
        if any(block is each for each in seen):
            continue
        seen.append(block)
        named = [part.target for part in walk(block) if isinstance(part, Reference)]
        owners = [
            contract.names.owner(each) if isinstance(each, nodes.Column | nodes.Question) else each for each in named
        ]
        waiting += [each for each in owners if isinstance(each, LOOKED_AT)]
    return {each.name for each in seen if isinstance(each, nodes.Source)}


LOOKED_AT = (nodes.Source, nodes.Intervals, nodes.Kpi, nodes.Composite, nodes.LeavesOut, nodes.Promise, nodes.Measure)


OUTSIDE = [FLAGSHIP, "published/github-enterprise", "published/slack", "published/uk-model-services-contract"]


@pytest.mark.parametrize("name", OUTSIDE)
@settings(quick, max_examples=10)
@given(st.data())
def test_a_row_outside_of_the_term_changes_nothing(name: str, draw: st.DataObject) -> None:
    """Nor does one that ends before the term begins, or begins when it is over. A probe is another matter: one that
    fails before the term is down until the next one that succeeds."""
    contract = agreed(name)
    period, term = period_of(contract), contract.agreement.term
    data = draw.draw(data_of(contract, *spans(contract)), "data")
    away = draw.draw(st.sampled_from([term.start - timedelta(days=60), term.end + timedelta(days=10)]), "away")
    source = draw.draw(st.sampled_from([each for each in contract.every(nodes.Source) if dates(each)]), "source")
    assume(not isinstance(source, nodes.Probes) and not source.every_window)
    outside = draw.draw(data_of(contract, away, 30, most=4), "outside")[source.name]
    ends = source.lasting.end if isinstance(source, nodes.Outages) else None
    rows = [row for row in as_rows(outside) if ends is None or row[ends] is not None]
    both = data | {source.name: as_columns([*as_rows(data[source.name]), *rows], data[source.name])}
    before, after = (as_document(contract, evaluated(contract, each, period)) for each in (data, both))
    before["notes"] = after["notes"] = "said where anybody looked for what they are about"
    assert after == before
