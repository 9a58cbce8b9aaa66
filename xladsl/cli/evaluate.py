"""`xladsl evaluate`: what came of an agreement in a period, from the data of its sources."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

from . import options as shared
from .saying import say
from .specified import specified
from .working_out import CONFIG, Asked, read_result, worked_out

if TYPE_CHECKING:
    from .specified import Specified


@click.command(epilog="Example:  xladsl evaluate agreements/digital-workplace --data desk=desk.csv --period 2026-04")
@click.argument("agreement", type=click.Path())
@click.option("--data", multiple=True, metavar="SOURCE=PATH", help="A source, and the file or folder with its rows.")
@click.option("--period", metavar="PERIOD", help="What is judged: the windows that end in 2026-04, 2026-q1, 2026, …")
@click.option("--config", type=click.Path(), help=f"Where data lie and how they are written. [default: {CONFIG}]")
@shared.engine
@shared.told
@click.option("--earlier", multiple=True, type=click.Path(), help="A result of an earlier period, as history.")
@shared.audience
@shared.form
@shared.output
@click.option("--statement", type=click.Path(), help="Write a statement of the result too, for the parties to sign.")
@click.option("--verify", type=click.Path(), metavar="RESULT", help="Work a result out again, and say what differs.")
def command(
    agreement: str,
    audience: str | None,
    form: str,
    output: str | None,
    statement: str | None,
    verify: str | None,
    **options: Any,
) -> None:
    """Work out values, verdicts and payments from data.

    AGREEMENT is a file, a folder with one agreement, or the JSON specification of one. Exits with 0 if a result was
    worked out, whatever it says; with 1 if the agreement or the data do not allow one, or if --verify finds that a
    result does not hold.
    """
    asked = Asked(**options)
    if verify is not None:
        result = read_result(verify)
        sys.exit(not holds(specified(agreement, audience), result, asked.like(result), agreement))
    if asked.period is None:
        raise click.UsageError("Say which period is worked out, such as  --period 2026-04 .")
    if statement is not None and (form != "json" or output is None):
        raise click.UsageError("A statement names a file: write the result with  --format json -o FILE  beside it.")
    give_out(worked_out(specified(agreement, audience), asked, agreement), form, output, statement)


def give_out(result: dict[str, Any], form: str, output: str | None, statement: str | None) -> None:
    """Print or write a result, and its statement."""
    from ..statements import record

    if form == "json":
        content = record.rendered(result)
    else:
        from ..statements import text

        content = text.render(result).encode()
    if output is not None or form != "text":
        for note in result["notes"]:
            say(f"note: {note}", to_people=True)
    if output is None:
        click.echo(content.decode(), nl=False)
        return
    write(output, content)
    if statement is not None:
        from ..statements import signing

        write(statement, signing.statement(result, content))


def write(path: str, content: bytes) -> None:
    from .files import not_written, write_whole

    try:
        write_whole(path, content)
    except OSError as problem:
        raise not_written(path, problem) from problem
    click.echo(f"{path}  ({len(content):,} bytes)")


def holds(ours: Specified, result: dict[str, Any], asked: Asked, agreement: str) -> bool:
    """Work a result out again, and say what differs; whether it stands as it is."""
    from ..statements.differences import differences

    now = worked_out(ours, asked, agreement)
    found = differences(result, now)
    if not found.outcomes:
        verdicts, payments = number(now["judgements"], "verdict"), number(now["payments"], "payment")
        click.echo(f"Worked out again, it comes to the same: {verdicts}, {payments}.")
    tell("This does not come out as the result says:", found.outcomes)
    tell("It was not worked out from the same:", found.basis)
    tell("It was not worked out by the same, which should change nothing:", found.means)
    return not found.outcomes and not found.basis


def number(parts: list[Any], one: str) -> str:
    return f"{len(parts):,} {one}{'s' * (len(parts) != 1)}"


def tell(heading: str, sentences: list[str]) -> None:
    if sentences:
        say(heading)
    for sentence in sentences:
        say(f"  {sentence}")
