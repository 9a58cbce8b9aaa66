"""From the words of a command line to a result: the period, the rows, what is told besides, and the engine."""

from __future__ import annotations

import json
import os
import sys
from contextlib import contextmanager
from hashlib import sha256
from typing import TYPE_CHECKING, Any, NamedTuple, NoReturn

import click

from .saying import say
from .specified import bytes_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from ..binding import Problem, Read
    from ..binding.in_duckdb import ReadIntoDuckDB
    from ..binding.in_place import ReadInPlace
    from ..binding.plan import SourcePlan
    from ..evaluation.given import Given
    from ..evaluation.results import Evaluation, SourceRead
    from ..evaluation.rows.requests import Engine
    from .specified import Specified

CONFIG = "xladsl-data.toml"
MOST = 20
"""Problems that are told; whoever has more of them has one that makes the others."""


class Asked(NamedTuple):
    """What a result is to be worked out from, in the words of the command line."""

    period: str | None
    data: tuple[str, ...]
    config: str | None
    engine: str
    told: tuple[str, ...]
    earlier: tuple[str, ...]

    def like(self, result: dict[str, Any]) -> Asked:
        """The same with what a result says it was worked out from, where nothing else is asked for."""
        said = result["period"]
        period = self.period or f"{said['first_day']} to {said['last_day']}"
        return self._replace(period=period, told=self.told or tuple(result["given"]))


def worked_out(ours: Specified, asked: Asked, agreement: str) -> dict[str, Any]:
    """The result as a document; ends the command where the data do not allow one."""
    from ..evaluation.instants.zones import TZDATA
    from ..statements import record

    first, last = days_of_term(ours, asked.period or "")
    config = asked.config or beside(agreement)
    told = told_by(ours, asked, first)
    engine, sources, readings = rows_of(ours, asked, config)
    evaluation = evaluated(ours, engine, (first, last), told.given)
    about = record.Circumstances(
        specification=ours.digest,
        source=ours.source,
        audience=ours.audience,
        tzdata=TZDATA,
        options=readings,
        given=told.facts,
        earlier=told.digests,
    )
    judged = {each.promise for each in evaluation.judgements}
    notes = (*without_data(ours, judged, engine.sources()), *evaluation.notes)
    return record.document(ours.contract, evaluation._replace(sources=sources, notes=notes), about)


def evaluated(ours: Specified, engine: Engine, days: tuple[date, date], given: Given | None) -> Evaluation:
    """What comes of the period."""
    from ..evaluation.evaluate import evaluate

    with counting_by(engine.name):
        return evaluate(ours.contract, engine, *days, given)


@contextmanager
def counting_by(engine: str) -> Iterator[None]:
    """Ends the command where an engine cannot hold the numbers that come up, or a database is lost on the way."""
    if engine == "python":  # it holds any number
        yield
        return
    from ..binding.readers import BrokenFileError
    from ..evaluation.engines.sql import TooLargeError

    try:
        yield
    except TooLargeError as reason:
        refuse(f"The numbers are too large: {reason}. Python has numbers of any length:  --engine python .")
    except BrokenFileError as broken:
        refuse(str(broken.problem))


def without_data(ours: Specified, judged: set[str], given: frozenset[str]) -> Iterator[str]:
    """What to say of each source that judged promises are measured from, and that nobody gave data for."""
    from ..model.nodes import Promise
    from ..model.samples import sources_of_promise

    unread: dict[str, list[str]] = {}
    for promise in ours.contract.every(Promise):
        told = promise.name in judged or promise.each in ("event", "ticket")  # without rows there is no event to judge
        for source in sources_of_promise(ours.contract, promise) if told else ():
            if source.name not in given:
                unread.setdefault(source.name, []).append(promise.name)
    for name, promises in unread.items():
        listed = ", ".join(f"`{promise}`" for promise in dict.fromkeys(promises))
        yield f"No data were given for `{name}`, and {listed} could not be measured from it."


def days_of_term(ours: Specified, period: str) -> tuple[date, date]:
    """The first and the last day of a period; ends the command where the agreement does not hold on any of them."""
    first, last = days_of(period)
    term = ours.contract.agreement.term
    if last < term.start or first > term.end:
        refuse(f"The agreement holds from {term.start} to {term.end}, and nothing of it lies in {period}.")
    return first, last


def days_of(period: str) -> tuple[date, date]:
    """The first and the last day of a period, as people write it."""
    from ..evaluation.instants.windows import days_named

    try:
        first, last = days_named(period)
    except ValueError:
        raise click.UsageError(
            f"{period} is no period. Write a month as 2026-04, a quarter as 2026-q1, a year as 2026, a day as"
            " 2026-04-07, or two days as 2026-04-01 to 2026-04-30."
        ) from None
    if last < first:
        raise click.UsageError(f"The period {period} ends before it begins.")
    return first, last


# ---------------------------------------------------------------------------------------------------------------- rows


def files_of(data: Iterable[str]) -> dict[str, list[str]]:
    """The files of each source, from `SOURCE=PATH`."""
    found: dict[str, list[str]] = {}
    for each in data:
        source, equals, path = each.partition("=")
        if not (equals and source.strip() and path.strip()):
            raise click.UsageError(f"--data {each} does not say which source it is for: write  --data SOURCE=PATH .")
        found.setdefault(source.strip(), []).append(path.strip())
    return found


def beside(agreement: str) -> str | None:
    """The config that lies beside an agreement, where there is one."""
    folder = agreement if os.path.isdir(agreement) else os.path.dirname(agreement)
    path = os.path.join(folder, CONFIG)
    return path if os.path.isfile(path) else None


class Held(NamedTuple):
    """Whoever holds the rows, what became of them, and the digest of how each source was read, wherever it lay."""

    engine: Engine
    sources: tuple[SourceRead, ...]
    readings: dict[str, str]


def rows_of(ours: Specified, asked: Asked, config: str | None) -> Held:
    """The rows of all sources that have any; ends the command where nothing may rest on them."""
    from .. import binding

    bound = binding.bind(ours.contract, files_of(asked.data), config)
    explain(bound.problems)
    if any(is_error(problem) for problem in bound.problems):
        sys.exit(1)
    readings = {f"reading of {plan.source}": reading(plan) for plan in bound.plans}
    if asked.engine == "duckdb" or (asked.engine == "auto" and is_large(bound.plans)):
        there = in_duckdb(ours, bound.plans)
        refuse_unreliable(there)
        return Held(there.engine, there.sources, readings)
    if asked.engine == "source":
        in_their_place = in_place(ours, bound.plans)
        refuse_unreliable(in_their_place)
        return Held(in_their_place.engine, in_their_place.sources, readings)
    from ..evaluation.rows.table import Table

    read = binding.read(ours.contract, bound.plans, os.environ)
    refuse_unreliable(read)
    return Held(Table(read.rows), read.sources, readings)


def reading(plan: SourcePlan) -> str:
    """The digest of how a source is read: its columns, words and formats, and not where it lies."""
    said = plan._replace(files=(), table=None)._asdict()
    return sha256(json.dumps(said, default=str, sort_keys=True).encode()).hexdigest()


def refuse_unreliable(read: Read | ReadIntoDuckDB | ReadInPlace) -> None:
    explain(read.problems)
    if read.failed:
        click.echo("Nothing is worked out from data that cannot be relied on.", err=True)
        sys.exit(1)


LARGE = 20_000_000
"""Bytes of data beyond which DuckDB is faster than Python, its start included, and takes less memory."""

TIMES_SMALLER = 10
"""How much smaller the same rows are in a Parquet file than as text."""


def is_large(plans: Iterable[SourcePlan]) -> bool:
    """Whether there are more rows than Python should hold, and DuckDB is there to hold them."""
    sizes = (
        os.path.getsize(file.path) * (TIMES_SMALLER if file.format == "parquet" else 1)
        for plan in plans
        for file in plan.files
        if os.path.isfile(file.path)
    )
    if sum(sizes) <= LARGE:
        return False
    from importlib.util import find_spec

    return find_spec("duckdb") is not None


def in_duckdb(ours: Specified, plans: Iterable[SourcePlan]) -> ReadIntoDuckDB:
    from importlib.util import find_spec

    if find_spec("duckdb") is None:
        refuse("The engine duckdb is not installed: install  xladsl[duckdb] , or say  --engine python .")
    from ..binding.in_duckdb import read_into_duckdb

    return read_into_duckdb(ours.contract, plans, os.environ)


def in_place(ours: Specified, plans: tuple[SourcePlan, ...]) -> ReadInPlace:
    from ..binding.in_place import counts_itself, read_in_place
    from ..binding.tongues import TONGUES

    if not any(map(counts_itself, plans)):
        drivers = " or ".join(f'driver = "{driver}"' for driver in TONGUES)
        refuse(
            f"No source lies in a database that can count its rows: the config would say  {drivers} . Files, and other"
            " databases, are counted here:  --engine python  or  --engine duckdb ."
        )
    with counting_by("source"):
        return read_in_place(ours.contract, plans, os.environ)


def is_error(problem: Problem) -> bool:
    return str(problem.severity) == "error"


def explain(problems: tuple[Problem, ...]) -> None:
    for problem in problems[:MOST]:
        first, *others = str(problem).splitlines()
        say("\n".join([f"{problem.severity}: {first}", *(f"  {line.strip()}" for line in others)]), to_people=True)
    if len(problems) > MOST:
        click.echo(f"and {len(problems) - MOST:,} more", err=True)


# --------------------------------------------------------------------------------------------------------- told besides


class Besides(NamedTuple):
    """What is told and not measured, the words in which it is, and the digests of earlier results."""

    given: Given | None
    facts: tuple[str, ...] = ()
    digests: tuple[str, ...] = ()


def told_by(ours: Specified, asked: Asked, first: date) -> Besides:
    """Earlier results, and facts on top of them; ends the command where one cannot be taken."""
    if not asked.earlier and not asked.told:
        return Besides(None)
    from ..statements.earlier import Earlier, unfit

    results = []
    for path in asked.earlier:
        result = read_result(path)
        reason = unfit(result, ours.contract.agreement.name, first.isoformat())
        if reason is not None:
            refuse(f"{path} is no history here. {reason}")
        results.append(result)
    earlier = Earlier(results)
    digests = tuple(sha256(bytes_of(path)).hexdigest() for path in asked.earlier)
    if not asked.told:
        return Besides(earlier, (), digests)
    from ..evaluation.instants.zones import midnight
    from ..statements.told import heard

    agreement = ours.contract.agreement
    found = heard(asked.told, ours.contract, midnight(first, agreement.timezone or "UTC"), earlier)
    if found.given is None:
        refuse(*(f"--given: {problem}" for problem in found.problems))
    return Besides(found.given, found.facts, digests)


def read_result(path: str) -> dict[str, Any]:
    """The result in a file; ends the command where it is none."""
    from ..statements.reading import read

    found = read(bytes_of(path))
    if found.result is None:
        refuse(f"{path} cannot be taken for a result. {found.problem}")
    return found.result


def refuse(*problems: str) -> NoReturn:
    for problem in problems:
        say(f"error: {problem}", to_people=True)
    sys.exit(1)
