"""Small agreements and small data for tests of values: written as text, worked out by the engine of reference."""

from __future__ import annotations

import re
from datetime import datetime
from fractions import Fraction
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from xladsl import resources
from xladsl.compiler import compile_agreement
from xladsl.diagnostics import Severity
from xladsl.evaluation.assessment import Assessment
from xladsl.evaluation.instants import zones
from xladsl.evaluation.instants.windows import Window
from xladsl.evaluation.rows.requests import MILLION
from xladsl.evaluation.rows.table import Rows, Table
from xladsl.model import nodes

if TYPE_CHECKING:
    from xladsl.evaluation.given import Given
    from xladsl.evaluation.rows.requests import Cell
    from xladsl.model.contract import Contract

ZONE = "Europe/Copenhagen"
CATALOGUE = "\n".join(f"import std.{file.stem}" for file in sorted(Path(resources.catalogue()).glob("*.xladsl")))
FRAME = (
    CATALOGUE
    + """
agreement measured "Measured" {
  between provider northwind and customer contoso
  term 2026-01-01 to 2027-12-31
  timezone Europe/Copenhagen
  currency EUR
  rounding half up to EUR 0.01, once, on each credit
}
party northwind "Northwind" { }
party contoso "Contoso" { }
stakeholder staff "Staff" of contoso { population 4200 reported in groups of at least 1 }
goal help "Help" { for staff }
role owner_of_all "Owner" of northwind { }
calendar office_hours "Office hours" { open monday to friday 08:00 to 17:00 closed 2026-04-06 "Easter Monday" }
"""
)
UNSIGNED = ("missing-part-unsaid", "part-unscaled", "part-reversed")
"""Faults for which nobody may sign a composite, although its value is clear."""
SECONDS = {"ms": Fraction(1, 1000), "s": Fraction(1), "min": Fraction(60), "h": Fraction(3600), "days": Fraction(86400)}


@cache
def contract(text: str) -> Contract:
    """An agreement of the frame and some blocks, which has no error that matters to its values."""
    with TemporaryDirectory() as folder:
        path = f"{folder}/main.xladsl"
        compiled = compile_agreement(path, {path: FRAME + text}.get)
    errors = [str(found) for found in compiled.diagnostics if found.severity == Severity.ERROR]
    assert all(any(rule in error for rule in UNSIGNED) for error in errors), errors
    assert compiled.readable is not None
    return compiled.readable


def assessed(text: str, data: str = "", given: Given | None = None) -> Assessment:
    """An agreement with data. A line `desk.hours  1 2 -` has the cells of a column, `-` is an empty one; a source of
    which no line speaks has no row."""
    agreed = contract(text)
    columns: dict[str, dict[str, list[str]]] = {}
    for line in filter(None, map(str.strip, data.splitlines())):
        name, *cells = line.split()
        source, _, column = name.partition(".")
        columns.setdefault(source, {})[column] = cells
    sources = {source.name: source for source in agreed.every(nodes.Source)}
    return Assessment(agreed, Table({name: rows(each, columns.get(name, {})) for name, each in sources.items()}), given)


def block(assessment: Assessment, name: str) -> Any:
    return next(each for each in assessment.contract.blocks if getattr(each, "name", None) == name)


def window(start: str, end: str, name: str = "trial") -> Window:
    """From one day or moment up to another, in the zone of the frame."""
    begins, ends = moment(start), moment(end)
    return Window(begins, ends, name, (begins, ends))


def moment(shown: str) -> int:
    """`2026-04-07`, `2026-04-07T10:50`; without a year, of 2026"""
    shown = shown if re.match(r"\d{4}-", shown) else f"2026-{shown}"
    at = datetime.fromisoformat(shown)
    return zones.instant(at.date(), at.time(), ZONE)


def rows(source: nodes.Source, told: dict[str, list[str]]) -> Rows:
    number = max(map(len, told.values()), default=0)
    kinds = {column.name: column.column_type or "text" for column in source.columns}
    questions = source.questions if isinstance(source, nodes.Survey) else []
    kinds |= {question.name: "number" for question in questions}
    assert set(told) <= set(kinds), set(told) - set(kinds)
    if number and "at" in kinds:
        told = {"at": ["2026-04-15T12:00"] * number, **told}
    return Rows({name: [cell(kind, each) for each in told.get(name, ["-"] * number)] for name, kind in kinds.items()})


def cell(kind: str, written: str) -> Cell:
    if written == "-":
        return None
    if kind in ("time", "date"):
        return moment(written)
    if kind == "text":
        return written
    if kind == "yes or no":
        return int(written == "yes")
    return round(MILLION * (seconds(written) if kind.startswith("duration") else Fraction(written)))


def seconds(written: str) -> Fraction:
    """`90s`, `1.5h`"""
    number, unit = re.fullmatch(r"([\d./]+)([a-z]+)", written).groups()  # type: ignore[union-attr]  # so it is written
    return Fraction(number) * SECONDS[unit]


def amount(written: str) -> Fraction | None:
    """`40%`, `100/3%`, `-20 points`, `1.5 h`, `EUR 12`, `5.4`, `nothing`, in the canonical unit."""
    if written == "nothing":
        return None
    found = re.fullmatch(r"(?:EUR )?(-?[\d./]+) ?([a-z% ]*)", written)
    assert found is not None, written
    number, unit = Fraction(found[1]), found[2].strip()
    return number / 100 if unit in ("%", "pp") else number * SECONDS.get(unit, Fraction(1))


APRIL = window("2026-04-01", "2026-05-01", "2026-04")
