"""`xladsl review`: what the other side did to a contract in Word, and what it means for the text."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import click

from .files import not_written, write_whole
from .manner import asks_for_manner
from .saying import say
from .specified import bytes_of
from .versions import from_files, from_revision

if TYPE_CHECKING:
    from ..compiler import Compiled
    from ..outputs import Manner
    from ..review import Review


OLDER = "older-"
"""How the names begin of what a comparison carries of the older version."""


@click.command(epilog="Example:  xladsl review agreements/digital-workplace returned.docx -o theirs.patch")
@click.argument("agreement", type=click.Path())
@click.argument("returned", type=click.Path())
@click.option("-o", "--output", type=click.Path(), help="The file to write the patch into. [default: it is shown]")
@click.option(
    "--audience",
    type=click.Choice(["internal", "parties", "public"]),
    help="For whom the document was made that was sent. [default: it says so itself, or else the parties]",
)
@click.option("--since", metavar="OLD", help="The older version, where a comparison was sent (`xladsl diff --docx`).")
@click.option("--untracked", is_flag=True, help="Take what was not tracked into the patch too.")
@asks_for_manner
def command(
    *,
    agreement: str,
    returned: str,
    output: str | None,
    audience: str | None,
    since: str | None,
    untracked: bool,
    manner: Manner,
) -> None:
    """Say what was changed in a contract that came back.

    AGREEMENT is the text that was sent, a file, a folder or a revision in git (REVISION:PATH), and RETURNED the Word
    document that came back. Every difference is told: what was tracked, by whom, and what was changed without tracking;
    in a comparison that was sent, our own changes are told from theirs. Changes that the text can make become a patch,
    which has been compiled and put on paper before it is shown; the others are for people to decide. The text itself is
    never written. Exits with 1 if there is anything to decide or to see.
    """
    found = reviewed(agreement, returned, since, audience, manner, untracked=untracked)
    from ..review.telling import patch

    made = patch(found.edits, agreement.partition(":")[0] if not os.path.exists(agreement) else "")
    if made and output is None:
        click.echo()
        say(made.rstrip("\n"))
    elif output is not None:
        try:
            write_whole(output, made.encode())
        except OSError as problem:
            raise not_written(output, problem) from problem
        size = len(found.edits)
        say(f"\n{output}: a patch of {size} edit{'s' * (size != 1)}" if size else f"\n{output}: an empty patch")
    sys.exit(bool(found.settled or found.open or found.remarks or found.frame or found.asked or found.oddities))


def agreement_in(written: str) -> Compiled:
    """The agreement that was sent: a file, a folder or a revision in git; ends the command where it cannot be read."""
    found = from_revision(written) if not os.path.exists(written) and ":" in written else from_files(written)
    if found.readable is None:
        raise click.UsageError(f"{written} is no agreement that can be read; `xladsl check` says why.")
    return found


def reviewed(
    agreement: str, returned: str, since: str | None, audience: str | None, manner: Manner, *, untracked: bool
) -> Review:
    """The review, already told; ends the command where there is none."""
    compiled = agreement_in(agreement)
    assert compiled.readable is not None
    older = agreement_in(since).readable if since else None
    content = bytes_of(returned)
    from ..outputs.house import HouseError

    try:
        from ..review import is_another, review
        from ..review.base import base_of
        from ..review.telling import told
        from ..word.package import UnreadableDocumentError
        from ..word.reading import read

        carried = read(content).carried
        if older is None and any(name.startswith(OLDER) for name in carried):
            raise click.UsageError(f"{returned} is a comparison of two versions. Name the older one too:  --since OLD")
        base = base_of(compiled.readable, *edition_sent(carried, audience, manner), older)
        came = base.read(content)
    except ModuleNotFoundError as problem:
        if problem.name != "lxml":
            raise
        raise click.UsageError("This needs lxml:  pip install 'xladsl[word]'") from None
    except UnreadableDocumentError as problem:
        raise click.UsageError(f"{returned} cannot be read. {problem}") from problem
    except HouseError as problem:
        raise click.UsageError(f"{problem.message}. {problem.remedy}") from problem
    if is_another(base, came):
        raise click.UsageError(f"{returned} is another document: it has hardly a line of this agreement in it.")
    found = review(compiled, base, came, untracked=untracked)
    say(f"{returned}: {told(found, came)}")
    return found


def edition_sent(carried: dict[str, bytes], audience: str | None, manner: Manner) -> tuple[str, Manner]:
    """For whom and in which languages a document was made: as we are told, or else as it says itself."""
    from ..sealing.carrying import EDITION, read_back

    records = [content for name, content in carried.items() if name.endswith(EDITION) and not name.startswith(OLDER)]
    said = read_back(records[0], None) if len(records) == 1 else None
    if said is None:
        return audience or "parties", manner
    return audience or said[0], manner._replace(languages=manner.languages or said[1].languages)
