"""`xladsl diff`: what changed between two versions of an agreement, in words and money, and in the text of paper."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from ..profiles import REVIEW, UNASKED
from . import options
from .files import not_written, write_whole
from .manner import asks_for_manner, in_style, speaks
from .saying import say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..outputs import Manner, Rendered
    from ..redline.comparison import Comparison
    from .versions import Version


@click.command(epilog="Example:  xladsl diff HEAD~1:agreement.xladsl agreement.xladsl --pdf changes.pdf")
@click.argument("old")
@click.argument("new")
@click.option("--pdf", type=click.Path(dir_okay=False), help="Write the text of paper with every change marked.")
@click.option("--docx", type=click.Path(dir_okay=False), help="The same for Word, with changes that can be accepted.")
@click.option("--html", type=click.Path(dir_okay=False), help="The same for a screen.")
@options.audience
@options.form
@asks_for_manner
def command(
    *,
    old: str,
    new: str,
    pdf: str | None,
    docx: str | None,
    html: str | None,
    audience: str | None,
    form: str,
    manner: Manner,
) -> None:
    """Say what changed from OLD to NEW, and for whom it is better.

    OLD and NEW are files, folders, PDFs that carry their text, or versions in git, written REVISION:PATH. Exits with 0
    whether anything changed or not.
    """
    from ..redline.comparison import Comparison
    from ..redline.comparison import Version as Side
    from .versions import two_versions

    asked = REVIEW if pdf else UNASKED  # only a PDF tells what the rules find in a text
    older, newer = two_versions(old, new, audience or "parties", manner, asked)
    if not all(speaks(version.carried.contract, manner) for version in (older, newer)):
        sys.exit(1)
    comparison = Comparison(*(Side(version.carried.contract, version.carried.about) for version in (older, newer)))
    if form == "json":
        click.echo(comparison.json().decode(), nl=False)
    elif not (pdf or docx or html):
        say(told(comparison))
    made = in_style(manner, lambda: list(documents(comparison, older, newer, pdf=pdf, docx=docx, html=html)))
    written = [written_to(path, rendered) for path, rendered in made]
    sys.exit(not all(written))


def told(comparison: Comparison) -> str:
    from ..redline import text

    return text.render(comparison)


def documents(
    comparison: Comparison, older: Version, newer: Version, *, pdf: str | None, docx: str | None, html: str | None
) -> Iterator[tuple[str, Rendered]]:
    """The files that were asked for, each with its bytes or with what stood in its way."""
    from ..outputs import Rendered
    from ..outputs.html import fenced
    from ..sealing.carrying import attachments

    if html:
        style = comparison.newer.about.manner.house.style_sheet()
        yield html, Rendered(fenced(comparison.html(style)).encode(), [])
    if pdf:
        from ..redline import pdf as paper

        yield pdf, paper.render(comparison, attachments(older.carried), attachments(newer.carried))
    if docx:
        from ..redline import word

        yield docx, word.render(comparison, attachments(older.carried), attachments(newer.carried))


def written_to(path: str, made: Rendered) -> bool:
    from .build import explain

    if made.content is None:
        explain(made.problems, path.rpartition(".")[2])
        return False
    try:
        write_whole(path, made.content)
    except OSError as problem:
        raise not_written(path, problem) from problem
    click.echo(f"{path}  ({len(made.content):,} bytes)", err=True)
    return True
