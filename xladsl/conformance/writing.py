"""The kit as files, from which somebody can load the rows, ask the questions, and see what should come out."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, Any

from ..evaluation.engines import sql
from ..evaluation.engines.dialects import DIALECTS
from ..evaluation.engines.sql import TooLargeError
from ..evaluation.instants.clocks import Clock
from ..evaluation.rows.requests import Listing, Sampled, Tally
from ..evaluation.rows.table import Rows, Table
from ..model.build import CAPITAL
from .cases import Kit, Question

if TYPE_CHECKING:
    from ..evaluation.engines.dialects import Dialect
    from ..evaluation.rows.requests import Cell, Engine

VERSION = "1.0"
ANSWERS = "answers.json"


def files(kit: Kit) -> dict[str, bytes]:
    """The files of the kit, by their paths; the same bytes each time."""
    found = {f"data/{name}.csv": as_csv(columns).encode() for name, columns in kit.sources.items()}
    found["README.md"] = README.format(version=VERSION, questions=len(kit.cases), answers=ANSWERS).encode()
    clocks = {name: clock_as_data(clock) for name, clock in kit.clocks.items()}
    found["clocks.json"] = (json.dumps(clocks, separators=(",", ":")) + "\n").encode()  # long lists of figures
    found["questions.json"] = as_json(
        [
            {"name": case.name, "about": case.about, "question": as_data(case.question, names_of(kit))}
            for case in kit.cases
        ]
    )
    found[ANSWERS] = as_json({"version": VERSION, "answers": answers(kit, reference(kit))})
    for dialect in DIALECTS.values():
        found[f"sql/{dialect.name}.sql"] = statements(kit, dialect).encode()
    return found


def reference(kit: Kit) -> Engine:
    return Table({name: Rows(columns) for name, columns in kit.sources.items()})


def answers(kit: Kit, engine: Engine) -> dict[str, Any]:
    """What an engine answers to each question, as plain data."""
    return {case.name: answer(engine, case.question) for case in kit.cases}


def answer(engine: Engine, question: Question) -> list[Any]:
    """The answer to one question: lists of cells and figures, in an order of their own; see the read-me of the kit."""
    if isinstance(question, Tally):
        found = engine.tally(question)
        rows = [
            {
                "key": [cell(each) for each in key],
                "rows": str(counted.rows),
                "weight": str(counted.weight),
                "sums": [[str(weight), str(total)] for weight, total in counted.sums],
            }
            for key, counted in found.items()
        ]
        return sorted(rows, key=lambda row: json.dumps(row["key"]))
    if isinstance(question, Listing):
        return sorted(([cell(each) for each in row] for row in engine.listed(question)), key=json.dumps)
    return [
        {"first": str(run.first), "last": str(run.last), "rounds": str(run.rounds), "failed": run.failed}
        for run in engine.sampled(question)
    ]


def cell(value: Cell) -> str | None:
    """A whole number as its digits, a text after an apostrophe, so that `'1` is not `1`; nothing for an empty cell."""
    return None if value is None else f"'{value}" if isinstance(value, str) else str(value)


# ------------------------------------------------------------------------------------------------------ rows, questions


def as_csv(columns: dict[str, list[Cell]]) -> str:
    """A cell is written as `cell` has it, and an empty one as nothing at all."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([cell(each) for each in row] for row in zip(*columns.values(), strict=True))
    return text.getvalue()


def as_json(data: Any) -> bytes:
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode()


def names_of(kit: Kit) -> dict[int, str]:
    return {id(clock): name for name, clock in kit.clocks.items()}


def clock_as_data(clock: Clock) -> dict[str, Any]:
    pieces = zip(clock.starts, clock.shown, clock.rates, strict=True)
    return {
        "unit": str(clock.unit),
        "pieces": [[str(figure) for figure in piece] for piece in pieces],
        "days": [str(day) for day in clock.days],
    }


def as_data(part: Any, clocks: dict[int, str]) -> Any:
    """A question, or a part of one: its kind, and under their names the parts of it."""
    if isinstance(part, Clock):
        return {"clock": clocks[id(part)]}
    if hasattr(part, "_fields"):
        kind = CAPITAL.sub(" ", type(part).__name__).lower()
        return {"kind": kind} | {name: as_data(getattr(part, name), clocks) for name in part._fields}
    if isinstance(part, tuple):
        return [as_data(each, clocks) for each in part]
    return str(part) if isinstance(part, int) else part


def statements(kit: Kit, dialect: Dialect) -> str:
    """The questions as statements of one dialect; of those that it cannot hold, the reason."""
    run = "They are run by our tests." if dialect.runs else "They were parsed, and never run by us."
    head = f"-- xladsl conformance kit {VERSION}: the questions for {dialect.name}. {run}"
    asked = [f"-- {case.name}: {case.about}\n{statement(kit, case.question, dialect)}" for case in kit.cases]
    return "\n\n".join([head, *asked]) + "\n"


def statement(kit: Kit, question: Question, dialect: Dialect) -> str:
    rows = kit.sources[question.source]
    ranges = {
        name: sql.Between(min(numbers), max(numbers))
        for name, cells in rows.items()
        if (numbers := [each for each in cells if isinstance(each, int)])
    }
    held = sql.Held(dialect.quoted(question.source), len(next(iter(rows.values()))), ranges)
    writing: Any = {Tally: sql.tally, Listing: sql.listing, Sampled: sql.ends_of_runs}[type(question)]
    try:
        found: sql.Statement = writing(question, held, dialect)
    except TooLargeError as reason:
        return f"-- cannot be asked here: {reason}"
    return f"{found.standing_alone(dialect)};"


README = """\
# Conformance kit {version}

{questions} questions about small tables with all the edges, and the answers that are right. An engine that answers them
so gives the results of any agreement: all that is not in these answers is worked out after them, without it.

- `data/` has the rows. A cell is a whole number, or a text that begins with an apostrophe; an empty cell is nothing.
- `clocks.json` has the clocks. A clock goes through pieces: from its first figure on, in microseconds since 1970-01-01
  UTC, a piece shows the second figure and moves by the third in each microsecond; before its first piece and after its
  last the rates of these go on. `days` are the midnights from which slices are counted.
- `questions.json` has the questions, each as a tree. What each kind asks for is said below.
- `sql/` has the same as statements, for whoever would rather start from these.
- `{answers}` has the answers. Write yours in the same form, and hold them against ours:
  `xladsl conformance --check YOUR-ANSWERS.json`

## Questions

- `tally`: the rows of a source that pass `test`, in a group for each value of the terms in `by`. An answer has for each
  group its `key`, how many `rows`, their `weight` (the sum of the term `weight` where there is one, else the rows), and
  for each term of `sums` the weight of the rows in which it is not empty, and the sum of term times weight. Without a
  row there is no group.
- `listing`: the `terms` of each row that passes `test`.
- `sampled`: rows that pass `test`, and have an instant and an `ok`, are put into slices of `interval`, counted from
  midnight. The rows of a slice are a round: it begins at the first of them, and fails if at least `failing` of its rows
  have an `ok` of 0. Rounds in a row that all fail, or all do not, are a run: its `first` round, its `last`, how many.

## Terms and tests

- `column cell`, `constant`; `sum` and `product`, empty if any part is; `first` and `last`: the smallest and the largest
  of those that are not empty; `reading`: what a clock shows at an instant; `slice start`.
- `compared` is false if either side is empty, whatever it asks; `empty`; `running`: whether a clock moves; `every` is
  true of none, `some` is false of none; `not`.

The order of groups and of rows in an answer does not matter. Figures are texts of digits, because many readers of JSON
lose digits beyond 2^53.
"""
