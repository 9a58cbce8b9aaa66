"""`xladsl backtest`: what past data would have paid under a draft, or under two versions of an agreement."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from . import options as shared
from .specified import bytes_of, from_specification, specification_of
from .working_out import CONFIG, Asked, beside, counting_by, days_of, rows_of, told_by

if TYPE_CHECKING:
    from datetime import date

    from ..backtest.as_if import AsIf
    from ..backtest.record import Side
    from .specified import Specified


@click.command(epilog="Example:  xladsl backtest draft --against agreement --data desk=desk-2025.csv --period 2025")
@click.argument("draft", type=click.Path())
@click.option("--against", type=click.Path(), help="Another version of the agreement, on the same data.")
@click.option("--data", multiple=True, metavar="SOURCE=PATH", help="A source, and the file or folder with its rows.")
@click.option("--period", required=True, metavar="PERIOD", help="The time that is tried: 2025, 2025-q1, 2025-04, …")
@click.option("--as-on", "day", metavar="DAY", help="Take the levels and prices of this day, throughout.")
@click.option("--config", type=click.Path(), help=f"Where data lie and how they are written. [default: {CONFIG}]")
@shared.engine
@shared.told
@shared.audience
@shared.form
@shared.output
def command(draft: str, against: str | None, form: str, output: str | None, **options: Any) -> None:
    """Work out what past data would have paid under a draft.

    DRAFT, and the version that it is held against, are each a file, a folder with one agreement, or the JSON
    specification of one. The period may lie before the term. Nothing is guessed: what the data do not tell is named.
    """
    from ..backtest import record
    from ..backtest.columns import columns

    asked = Options(**options)
    first, last = days_of(asked.period)
    versions = [version(path, asked, first, last) for path in filter(None, (draft, against))]
    every = {name for each in versions for name in each.sources}
    sides = [side(each, every - each.sources, asked, first, last) for each in versions]
    zone = sides[0].trial.assessment.zone
    backtest = record.document(sides[0], sides[1] if against else None, columns(first, last, zone))
    give_out(backtest, form, output)


class Options(NamedTuple):
    """What both versions have in common, in the words of the command line."""

    data: tuple[str, ...]
    period: str
    day: str | None
    config: str | None
    engine: str
    told: tuple[str, ...]
    audience: str | None


class Version(NamedTuple):
    """A version of the agreement as it is, and as it is taken for the period."""

    path: str
    real: Specified
    supposed: Specified
    taken: AsIf

    @property
    def sources(self) -> set[str]:
        from ..model.nodes import Source

        return {source.name for source in self.real.contract.every(Source)}


def version(path: str, asked: Options, first: date, last: date) -> Version:
    from ..backtest.as_if import as_if

    if path.endswith(".json"):
        if asked.audience is not None:
            raise click.UsageError("--audience chooses what is taken from a source; a specification is for its own.")
        content = bytes_of(path)
    else:
        content = specification_of(path, asked.audience or "parties")
    real = from_specification(path, content)
    taken = as_if(json.loads(content), first, last, day_of(asked.day))
    supposed = from_specification(path, json.dumps(taken.document).encode()) if taken.said else real
    return Version(path, real, supposed, taken)


def day_of(words: str | None) -> date | None:
    from datetime import date

    try:
        return None if words is None else date.fromisoformat(words)
    except ValueError:
        raise click.UsageError(f"{words} is no day. Write it as 2026-04-01.") from None


# --------------------------------------------------------------------------------------------------------------- result


def side(ours: Version, others: set[str], asked: Options, first: date, last: date) -> Side:
    """What came of a version; `others` are the sources that only another version has."""
    from ..backtest.disputes import disputes, reach
    from ..backtest.record import Side
    from ..backtest.trial import tried

    data = tuple(each for each in asked.data if each.partition("=")[0].strip() not in others)
    wanted = Asked(asked.period, data, asked.config, asked.engine, asked.told, ())
    told = told_by(ours.supposed, wanted, first)
    held = rows_of(ours.supposed, wanted, asked.config or beside(ours.path))
    with counting_by(held.engine.name):
        trial = tried(ours.supposed.contract, held.engine, first, last, told.given)
        found = disputes(trial, ours.taken.document)
        most = reach(trial, found)
    return Side(
        path=ours.path,
        trial=trial,
        disputes=found,
        reach=most,
        as_if=ours.taken.said,
        sources=held.sources,
        digest=ours.real.digest,
        words=ours.real.source,
        audience=ours.real.audience,
        options=held.readings,
        given=told.facts,
    )


def give_out(backtest: dict[str, Any], form: str, output: str | None) -> None:
    if form == "json":
        content = (json.dumps(backtest, ensure_ascii=False, indent=2) + "\n").encode()
    else:
        from ..backtest import text

        content = text.render(backtest).encode()
    if output is None:
        click.echo(content.decode(), nl=False)
        return
    from .evaluate import write

    write(output, content)
