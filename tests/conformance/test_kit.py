"""The conformance kit: the same each time, answered alike by every engine that can be run here, and hard to please."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
from typing import TYPE_CHECKING, Any

import duckdb
import pytest

from tests.cli.test_cli import xladsl
from xladsl.conformance.cases import Kit, kit
from xladsl.conformance.checking import check
from xladsl.conformance.writing import ANSWERS, VERSION, answers, files
from xladsl.evaluation.engines.connection import Connection, Relation
from xladsl.evaluation.engines.duckdb import DuckDB, held

if TYPE_CHECKING:
    from pathlib import Path

    from xladsl.evaluation.rows.requests import Cell, Engine


@pytest.fixture(scope="module")
def ours() -> Kit:
    return kit()


@pytest.fixture(scope="module")
def written(ours: Kit) -> dict[str, bytes]:
    return files(ours)


def read(content: bytes) -> dict[str, list[Cell]]:
    """The rows of a file of the kit, as its read-me says."""
    header, *rows = csv.reader(io.StringIO(content.decode()))
    cells = [[None if not text else text[1:] if text[0] == "'" else int(text) for text in row] for row in rows]
    return {name: [row[place] for row in cells] for place, name in enumerate(header)}


def loaded(connection: Any, written: dict[str, bytes], integer: str, text: str) -> dict[str, Relation]:
    """The sources as tables of a database."""
    relations = {}
    for name, content in written.items():
        if not name.startswith("data/"):
            continue
        columns, source = read(content), name.removeprefix("data/").removesuffix(".csv")
        words = {column for column, cells in columns.items() if any(isinstance(each, str) for each in cells)}
        kinds = ", ".join(f'"{column}" {text if column in words else integer}' for column in columns)
        connection.execute(f"CREATE TABLE {source} ({kinds})")
        rows = list(zip(*columns.values(), strict=True))
        if rows:
            connection.executemany(f"INSERT INTO {source} VALUES ({', '.join('?' * len(columns))})", rows)
        relations[source] = Relation(source, tuple(column for column in columns if column not in words))
    return relations


def with_duckdb(written: dict[str, bytes]) -> Engine:
    connection = duckdb.connect()
    relations = loaded(connection, written, "BIGINT", "VARCHAR")
    return DuckDB(connection, {source: held(connection, source) for source in relations})


def with_sqlite(written: dict[str, bytes]) -> Engine:
    connection = sqlite3.connect(":memory:")
    return Connection(connection, "sqlite", loaded(connection, written, "BIGINT", "TEXT"))


@pytest.mark.parametrize("engine", [with_duckdb, with_sqlite], ids=["duckdb", "sqlite"])
def test_engines_that_load_the_kit_s_files_give_the_kit_s_answers(
    engine: Any, ours: Kit, written: dict[str, bytes]
) -> None:
    theirs = {"version": VERSION, "answers": answers(ours, engine(written))}
    assert check(ours, json.dumps(theirs).encode()) == (len(ours.cases), [])


def test_the_kit_has_the_same_bytes_each_time_and_no_two_questions_one_name(
    ours: Kit, written: dict[str, bytes]
) -> None:
    assert files(kit()) == written
    assert len({case.name for case in ours.cases}) == len(ours.cases)


def test_the_edges_are_in_the_answers(written: dict[str, bytes]) -> None:
    """A kit whose questions no row decides would prove nothing."""
    found = json.loads(written[ANSWERS])["answers"]
    without = [name for name, answer in found.items() if not answer]
    assert without == ["no rows", "an empty source", "no rounds"]
    one_more = int(found["office time <= 4 h"][0]["rows"]) - int(found["office time < 4 h"][0]["rows"])
    assert one_more == int(found["office time = 4 h"][0]["rows"]) > 0
    assert any(abs(int(total)) > 2**64 for _, total in found["sum of products"][0]["sums"])


def spoilt(written: dict[str, bytes], change: Any) -> bytes:
    document = json.loads(written[ANSWERS])
    change(document["answers"])
    return json.dumps(document).encode()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda found: found["all rows"][0].update(rows="80"), "all rows: "),
        (lambda found: found.pop("by kind"), "by kind: there is no answer."),
        (lambda found: found["rows in order"].pop(), "is missing"),
        (lambda found: found["rows in order"].append(["1"]), '["1"] should not be there'),
        (lambda found: found["rounds of 20 s, 1 failing"].reverse(), "the runs are not in the order of time."),
        (lambda found: found.update(more=[]), "more: there is no such question."),
        (lambda found: found.update({"all rows": {}}), "all rows: the answer is no list."),
    ],
)
def test_a_wrong_answer_is_told(ours: Kit, written: dict[str, bytes], change: Any, said: str) -> None:
    found = check(ours, spoilt(written, change))
    assert len(found.wrong) == 1
    assert said in found.wrong[0]


def test_the_order_of_rows_and_groups_does_not_matter(ours: Kit, written: dict[str, bytes]) -> None:
    found = check(ours, spoilt(written, lambda found: [found[name].reverse() for name in ("by kind", "rows in order")]))
    assert found.wrong == []


@pytest.mark.parametrize("content", [b"", b"[]", b"{}", b'{"version": "1.0", "answers": []}', b"[" * 100_000])
def test_what_are_no_answers_is_told(ours: Kit, content: bytes) -> None:
    assert len(check(ours, content).wrong) == 1


def test_the_command_writes_the_kit_and_checks_answers(tmp_path: Path) -> None:
    assert xladsl("conformance", "-o", str(tmp_path / "kit")).exit_code == 0
    right = xladsl("conformance", "--check", str(tmp_path / "kit" / ANSWERS))
    assert right.exit_code == 0
    assert "answers are right." in right.output
    (tmp_path / "theirs.json").write_text("{}", encoding="utf-8")
    assert xladsl("conformance", "--check", str(tmp_path / "theirs.json")).exit_code == 1
    assert xladsl("conformance").exit_code == 2
