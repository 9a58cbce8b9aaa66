"""`xladsl amend`: the instrument that changes an executed agreement, and the agreement as changed."""

from __future__ import annotations

import os
import sys
from datetime import date
from hashlib import sha256
from typing import TYPE_CHECKING

import click

from ..profiles import REVIEW
from . import options
from .diff import written_to
from .files import not_written
from .manner import asks_for_manner, in_style, speaks
from .saying import say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..amending.amendment import Amendment
    from ..outputs import Manner, Rendered
    from .versions import Version


class Day(click.ParamType):  # type: ignore[type-arg]  # generic in newer releases of click only
    name = "day"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> date:
        try:
            return date.fromisoformat(value)
        except ValueError:
            self.fail(f"{value} is no day. Write it as 2027-01-01.", param, ctx)


@click.command(
    epilog="Example:  xladsl amend signed.pdf agreement.xladsl --number 1 --effective 2027-01-01 -o amendment"
)
@click.argument("old")
@click.argument("new")
@click.option("-o", "--output", default="build", show_default=True, type=click.Path(), help="The folder to write into.")
@click.option("--number", required=True, type=click.IntRange(min=1), help="Which amendment of the agreement it is.")
@click.option("--effective", type=Day(), metavar="DAY", help="When it takes effect. [default: when it is signed]")
@options.audience
@asks_for_manner
def command(
    *, old: str, new: str, output: str, number: int, effective: date | None, audience: str | None, manner: Manner
) -> None:
    """Write the amendment that turns OLD into NEW, and the text that it makes.

    OLD is the executed agreement, best as the PDF that was signed; NEW is the text as it shall be. Each is a file, a
    folder, a PDF that carries its text, or a version in git, written REVISION:PATH. The clauses are cited by the
    numbers that they have in OLD.
    """
    from ..amending.amendment import Amendment
    from ..redline.comparison import Comparison
    from ..redline.comparison import Version as Side
    from .versions import two_versions

    if len(manner.languages) > 1:
        raise click.UsageError("An amendment cites one text, so it is written in one language: --language en.")
    older, newer = two_versions(old, new, audience or "parties", manner, REVIEW)
    if not all(speaks(version.carried.contract, manner) for version in (older, newer)):
        sys.exit(1)
    comparison = Comparison(*(Side(version.carried.contract, version.carried.about) for version in (older, newer)))
    amendment = Amendment(comparison, number, sha256(older.file).hexdigest() if older.file else "", effective)
    told = in_style(manner, lambda: list(warnings(amendment)) if amendment.instructions else None)
    if told is None:
        click.echo(f"{old} and {new} say the same, so there is nothing to amend.", err=True)
        sys.exit(1)
    for warning in (*doubts(older), *told):
        say(f"warning: {warning}", to_people=True)
    made_into(output)
    made = in_style(manner, lambda: list(documents(amendment, older, newer)))
    written = [written_to(os.path.join(output, name), rendered) for name, rendered in made]
    sys.exit(not all(written))


def made_into(folder: str) -> None:
    try:
        os.makedirs(folder, exist_ok=True)
    except OSError as problem:
        raise not_written(folder, problem) from problem


def doubts(old: Version) -> Iterator[str]:
    """Why what is amended may not be what the parties signed. A PDF counts by its signatures, a text by its word."""
    from .sign import proof_of

    proof = proof_of(old.file) if old.file else None
    if proof is not None and not proof.holds:
        yield (
            f"the amendment cites the text inside {old.name}, which cannot be relied on. {' '.join(proof.said[:2])}\n"
            f"  look: xladsl verify {old.name}"
        )
    status = old.carried.contract.agreement.status
    signed_by_all = proof is not None and bool(proof.signatories) and proof.signatories.keys() <= proof.signed
    if status != "executed" and not signed_by_all:
        told = f"`{status}`" if status else "not said"
        yield (
            f"the status of {old.name} is {told}, and only what was executed can be amended\n"
            "  write: the PDF that everybody signed, or `status executed` once it is"
        )


def warnings(amendment: Amendment) -> Iterator[str]:
    """What the parties should look at before they sign."""
    agreement = amendment.comparison.older.contract.agreement
    if amendment.comparison.strangers:
        yield (
            f"`{agreement.name}` and `{amendment.comparison.newer.contract.agreement.name}` have neither their name "
            "nor a party in common, so the amendment puts one agreement in the place of another\n"
            "  look: whether both are versions of the agreement that is meant"
        )
    languages = sorted({each.language for each in amendment.comparison.retranslated if each.title})
    if languages:
        yield (
            f"translations change too ({', '.join(languages)}), and the instrument shows the changes in one language\n"
            f"  write: the same amendment with --language {languages[0]} for those who read that text"
        )
    newer = amendment.comparison.newer.contract.agreement.version
    if newer == agreement.version:
        yield (
            f"both texts are version {agreement.version or 'unsaid'}, so nobody could tell them apart by it\n"
            "  write: another `version` in the newer text"
        )
    elif newer and agreement.version and counted(newer) < counted(agreement.version):
        yield (
            f"the text as amended is version {newer}, which everybody takes for older than {agreement.version}\n"
            "  write: a higher `version` in the newer text"
        )
    for position, clause in amendment.cites_renumbered():
        yield (
            f"change {position} cites clause {clause.before}, which becomes clause {clause.after} by this amendment\n"
            f"  look: whoever reads it later finds “{clause.title}” under the new number"
        )


def counted(version: str) -> list[tuple[int, str]]:
    """A version in the order of its numbers, by which 1.10.0 follows 1.9.0; they may be longer than `int` reads."""
    return [(len(number), number) for number in (part.lstrip("0") for part in version.split("."))]


def documents(amendment: Amendment, older: Version, newer: Version) -> Iterator[tuple[str, Rendered]]:
    """The files of an amendment, by their names."""
    from ..amending import paper
    from ..outputs import Rendered
    from ..outputs.html import fenced
    from ..sealing.carrying import attachments

    name = amendment.comparison.newer.contract.agreement.name
    style = amendment.page.edition.manner.house.style_sheet()
    before, after = attachments(older.carried), attachments(newer.carried)
    ending = f"amendment-{amendment.number}"
    yield f"{name}-{ending}.pdf", paper.instrument(amendment, before, after)
    yield f"{name}-{ending}.html", Rendered(fenced(amendment.html(style)).encode(), [])
    yield f"{name}-{ending}.json", Rendered(amendment.json(), [])
    yield (
        f"{name}-as-of-{ending}.pdf",
        paper.consolidated(*amendment.comparison.newer, amendment.number, amendment.effective, after),
    )
    yield f"{name}-as-of-{ending}.html", Rendered(fenced(amendment.consolidated(style)).encode(), [])
