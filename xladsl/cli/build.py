"""`xladsl build`: the contract that is signed and the specification that is monitored."""

from __future__ import annotations

import os
import sys
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from ..outputs import MOST_LANGUAGES, OUTPUTS
from .agreements import compile_all
from .check import print_findings
from .committing import committed
from .files import not_written
from .ledger import Ledger, made_of
from .manner import asks_for_manner, speaks, tell_untranslated
from .saying import say
from .sources import sources_in
from .workshop import Ended, in_children

if TYPE_CHECKING:
    from ..compiler import Compiled
    from ..model.contract import Contract
    from ..outputs import Edition, Manner, Problem, Rendered

FORMS = tuple(OUTPUTS)
CARRYING = {"pdf", "docx"}
"""The forms that the text travels in, with what the compiler finds in it."""


@click.command(epilog="Example:  xladsl build agreements/digital-workplace -o build --to pdf,json")
@click.argument("paths", nargs=-1, required=True, type=click.Path())
@click.option("-o", "--output", default="build", show_default=True, type=click.Path(), help="The folder to write into.")
@click.option("--to", "forms", default="pdf,json", show_default=True, help=f"What to make: {', '.join(FORMS)}.")
@click.option(
    "--audience",
    type=click.Choice(["internal", "parties", "public"]),
    default="parties",
    show_default=True,
    help="For whom; what is for fewer readers is left out.",
)
@click.option("--commit", is_flag=True, help="Name the commit in git at the foot of each page.")
@asks_for_manner
def command(paths: tuple[str, ...], output: str, forms: str, audience: str, commit: bool, manner: Manner) -> None:
    """Make the contract and the monitoring specification.

    PATHS are files, or folders with all the agreements in them. An agreement with errors is not built; one whose status
    is final or executed is not built with warnings either, unless a waiver accepts them, nor put on paper from files
    that differ from what git has of them. What would come out as it is
    already there is not made again.
    """
    wanted = chosen(forms)
    files = sources_in(paths)
    orders: list[Order] = []
    failed = False
    for compiled in compile_all(files, profile=None):
        if compiled.diagnostics:
            print_findings(compiled.diagnostics, len(compiled.loaded.sources))
        if compiled.contract is None:
            explain_status(compiled)
        named = committed(compiled, wanted, asked=commit)
        if compiled.contract is None or named is None or not speaks(compiled.contract, manner):
            failed = True
            continue
        if (other := called_alike(orders, compiled)) is not None:
            explain_called_alike(other, compiled)
            failed = True
            continue
        tell_untranslated(compiled.contract, audience, manner)
        orders.append(Order(compiled, audience, manner._replace(commit=named if commit else "")))
    failed |= not build(orders, wanted, output)
    if failed:
        click.echo("Not everything was built; the reasons stand above.", err=True)
    elif not orders:
        raise click.UsageError("None of these files is an agreement of its own.")
    sys.exit(failed)


def chosen(forms: str) -> list[str]:
    wanted = [form.strip() for form in forms.split(",") if form.strip()]
    unknown = [form for form in wanted if form not in FORMS]
    if unknown or not wanted:
        raise click.UsageError(
            f"--to takes {', '.join(FORMS)}, separated by commas, and not {', '.join(unknown) or 'nothing'}."
        )
    return list(dict.fromkeys(wanted))


class Order(NamedTuple):
    """An agreement, and for whom and how it is to be made."""

    compiled: Compiled
    audience: str
    manner: Manner

    def file(self, form: str) -> str:
        """The name of the file that a form of it becomes."""
        assert self.compiled.contract is not None
        spoken = "-".join(("", *self.manner.languages)) if form != "json" else ""
        suffix = import_module(f"xladsl.outputs.{OUTPUTS[form]}").SUFFIX
        return f"{self.compiled.contract.agreement.name}{spoken}{suffix}"


def called_alike(orders: list[Order], compiled: Compiled) -> Compiled | None:
    """Another agreement of the same name, whose files would be overwritten."""
    assert compiled.contract is not None
    for other in (order.compiled for order in orders):
        assert other.contract is not None
        if other.contract.agreement.name == compiled.contract.agreement.name:
            return other
    return None


def explain_called_alike(first: Compiled, second: Compiled) -> None:
    assert first.contract is not None
    files = [each.loaded.sources[0].name for each in (first, second)]
    say(
        f"error: {files[1]} was not built: it holds an agreement `{first.contract.agreement.name}`, and so does"
        f" {files[0]}; what is made of the one would overwrite what is made of the other\n"
        "  write: another name behind `agreement`, or build them into two folders",
        to_people=True,
    )


def build(orders: list[Order], forms: list[str], output: str) -> bool:
    """Make what is not there yet, and say what is. False where something could not be made."""
    ledger = Ledger(output)
    keys = [{form: made_of(*order, form) for form in forms} for order in orders]
    missing = [
        [form for form in forms if not ledger.has(order.file(form), keys[position][form])]
        for position, order in enumerate(orders)
    ]
    works = [partial(rendered, order, needed) for order, needed in zip(orders, missing, strict=True) if needed]
    results = iter(in_children(works) if needs_children(orders, works) else (work() for work in works))
    whole = True
    for order, key, needed in zip(orders, keys, missing, strict=True):
        made = next(results) if needed else {}
        if isinstance(made, Ended):
            whole = False
            say(f"error: {order.compiled.loaded.sources[0].name} was not built: {made.why}", to_people=True)
            continue
        for form in forms:
            name = order.file(form)
            path = os.path.join(output, name)
            if form not in made:
                click.echo(f"{path}  (unchanged)")
                continue
            content, problems = made[form]
            if content is None:
                whole = False
                explain(problems, form)
                continue
            try:
                ledger.put(name, key[form], content)
            except OSError as problem:
                raise not_written(path, problem) from problem
            click.echo(f"{path}  ({len(content):,} bytes)")
    return whole


def needs_children(orders: list[Order], works: list[Any]) -> bool:
    """Several agreements are made side by side; a stranger's templates are not trusted with this process's time."""
    return len(works) > 1 or any(order.manner.house.files for order in orders)


def rendered(order: Order, forms: list[str]) -> dict[str, Rendered]:
    """The forms of an agreement, each with its bytes or with what stood in its way."""
    from ..outputs import Problem, Rendered
    from ..outputs.house import HouseError
    from ..profiles import REVIEW, UNASKED
    from ..sealing.carrying import attachments, carry

    assert order.compiled.contract is not None
    carrying = not CARRYING.isdisjoint(forms)
    profile = REVIEW if carrying else UNASKED
    carried = carry(order.compiled.contract, order.audience, profile=profile, manner=order.manner)
    about = carried.about._replace(attachments=attachments(carried) if carrying else ())
    made: dict[str, Rendered] = {}
    wrong = unequal(carried.contract, about) if set(forms) != {"json"} else []
    for form in forms:
        if wrong and form != "json":
            made[form] = Rendered(None, wrong)
            continue
        try:
            made[form] = import_module(f"xladsl.outputs.{OUTPUTS[form]}").render(carried.contract, about)
        except HouseError as problem:
            made[form] = Rendered(None, [Problem(problem.message, problem.remedy)])
    return made


def unequal(contract: Contract, about: Edition) -> list[Problem]:
    """What two languages of one paper do not both say; nothing for a paper in one."""
    if len(about.manner.languages) < MOST_LANGUAGES:
        return []
    from ..outputs.parity import differences

    return differences(contract, about)


def explain_status(compiled: Compiled) -> None:
    """Say why a warning stopped this agreement: its status asks for more than a draft's."""
    if any(found.raised for found in compiled.diagnostics):
        file = compiled.loaded.sources[0].name
        click.echo(f"{file} is final or executed by its own status, so a warning stops it.", err=True)


def explain(problems: list[Problem], form: str) -> None:
    for problem in problems:
        where = f"\n  in: {problem.clause}" if problem.clause else ""
        near = f"\n  near: {problem.near}" if problem.near else ""
        say(f"error: no {form}: {problem.message}{where}{near}\n  write: {problem.remedy}", to_people=True)
