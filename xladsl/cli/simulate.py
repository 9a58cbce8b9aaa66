"""`xladsl simulate`: what an agreement may cost in a year, for either party."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

from . import options as shared
from .specified import bytes_of, specified

if TYPE_CHECKING:
    from datetime import date

    from ..model.contract import Contract
    from ..simulation.behaviour import Said
    from ..simulation.told import Heard
    from .specified import Specified


@click.command(epilog="Example:  xladsl simulate agreements/digital-workplace --behaviour usual.toml")
@click.argument("agreement", type=click.Path())
@click.option("--behaviour", type=click.Path(), help="A TOML file that tells how good the service truly is.")
@click.option("--data", multiple=True, metavar="SOURCE=PATH", help="Past data, to learn from them how it behaves.")
@click.option("--config", type=click.Path(), help="Where past data lie and how they are written.")
@click.option("--period", metavar="PERIOD", help="The past that is learned from, such as 2026-04 or 2026-q1.")
@click.option("--year", metavar="PERIOD", help="What is simulated. [default: the first twelve months that count]")
@click.option("--years", type=click.IntRange(1, 10_000_000), default=10_000, show_default=True, help="How often.")
@click.option("--seed", type=click.IntRange(0, 2**32 - 1), default=1, show_default=True, help="Where chance begins.")
@shared.audience
@shared.form
def command(agreement: str, audience: str | None, form: str, years: int, seed: int, **options: Any) -> None:
    """Estimate what credits and bonuses come to in a year.

    AGREEMENT is a file, a folder with one agreement, or the JSON specification of one. What neither --behaviour nor
    past data tell is supposed from the agreement: that the service is exactly as good as promised. Everything that
    is supposed is listed. Needs the extra `simulate`.
    """
    if (options["period"] is None) != (not options["data"] and options["config"] is None):
        raise click.UsageError(
            "Past data need a period, and a period needs them: say --period with --data or --config."
        )
    try:
        from ..simulation import record, text
        from ..simulation.simulate import simulate
    except ImportError:
        raise click.UsageError("This needs numpy:  pip install 'xladsl[simulate]'") from None
    ours = specified(agreement, audience)
    heard = told(ours.contract, options["behaviour"])
    said = merged(heard.said, learned(ours, options, agreement))
    year = year_of(ours, options["year"])
    found = simulate(ours.contract, said, heard.fees, years=years, seed=seed, period=year)
    document = record.document(ours.contract, found)
    if form == "json":
        import json

        click.echo(json.dumps(document, ensure_ascii=False, indent=2))
    else:
        click.echo(text.render(document), nl=False)


def year_of(ours: Specified, year: str | None) -> tuple[date, date] | None:
    from .working_out import days_of_term

    return None if year is None else days_of_term(ours, year)


def told(contract: Contract, path: str | None) -> Heard:
    """What the file tells; ends the command where it cannot be taken."""
    from ..simulation.told import Heard, heard

    if path is None:
        return Heard({}, {})
    from ..evaluation.assessment import Assessment
    from ..simulation.supposing import nothing_recorded
    from ..simulation.things import invoiced, things_of

    try:
        words = bytes_of(path).decode()
    except UnicodeDecodeError:
        raise click.UsageError(f"{path} is no text in UTF-8.") from None
    found = heard(words, things_of(Assessment(contract, nothing_recorded(contract))), invoiced(contract))
    for problem in found.problems:
        click.echo(f"error: {path}: {problem}", err=True)
    if found.problems:
        sys.exit(1)
    return found


def learned(ours: Specified, options: dict[str, Any], agreement: str) -> dict[str, Said]:
    """What past data show."""
    if options["period"] is None:
        return {}
    from ..simulation import past
    from .working_out import Asked, beside, days_of, rows_of

    config = options["config"] or beside(agreement)
    asked = Asked(options["period"], options["data"], options["config"], "auto", (), ())
    engine = rows_of(ours, asked, config).engine
    return past.learned(ours.contract, engine, *days_of(options["period"]))


def merged(first: dict[str, Said], second: dict[str, Said]) -> dict[str, Said]:
    """What is told goes before what was learned."""
    from ..simulation.behaviour import NOTHING_SAID

    names = dict.fromkeys([*first, *second])
    return {name: first.get(name, NOTHING_SAID).or_else(second.get(name, NOTHING_SAID)) for name in names}
