"""What is signed is what was committed: said of each agreement before it is put on paper."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from ..loading import catalogue_files
from .saying import say
from .tree import standing

if TYPE_CHECKING:
    from ..compiler import Compiled
    from ..model.nodes import Agreement

SIGNED = {"pdf", "docx"}
FOR_SIGNING = ("final", "executed")


def committed(compiled: Compiled, forms: list[str], *, asked: bool) -> str | None:
    """The commit that an agreement's files are of, if that matters and is known; None where it may not be built.

    It matters to what is about to be signed, and where somebody `asked` for it.
    """
    if compiled.readable is None or not (asked or SIGNED.intersection(forms)):
        return ""
    agreement = compiled.readable.agreement
    if not asked and agreement.status not in FOR_SIGNING:
        return ""
    ours = set(catalogue_files().values())
    found = standing(file for file in compiled.loaded.paths.values() if file not in ours)
    if found.changed:
        say(refusal(agreement, found.changed), to_people=True)
        return None
    if found.unknown and asked:
        say(f"error: {agreement.name} has no commit to name: {found.unknown}", to_people=True)
        return None
    if found.unknown:
        say(f"{agreement.name}: whether its files are as committed is not known, for {found.unknown}.", to_people=True)
    return found.commit


def refusal(agreement: Agreement, changed: tuple[str, ...]) -> str:
    signed = agreement.status in FOR_SIGNING
    files = "".join(f"\n  differs: {os.path.relpath(file)}" for file in changed)
    why = (
        "Whoever looks up what was signed would find another text in the repository."
        if signed
        else "The commit at the foot of the pages would have another text."
    )
    remedy = "commit them; or say  status draft  while they are still being written" if signed else "commit them"
    head = f"error: {agreement.name} is {agreement.status or 'a draft'}, and its files are not as git has them"
    return f"{head}{files}\n  why: {why}\n  write: {remedy}"
