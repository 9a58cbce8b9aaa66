"""Whether an edited text makes the lines that were asked for: it is compiled and put on paper again."""

from __future__ import annotations

from collections import Counter
from itertools import groupby
from typing import TYPE_CHECKING

from ..compiler import compile_agreement
from ..model.audience import edition_for
from ..profiles import REVIEW, UNASKED, Profile
from .base import Base, comparable
from .proposing import hunks

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ..compiler import Compiled
    from ..diagnostics import Diagnostic
    from ..source import Source
    from .base import Clause
    from .proposing import Edit


class Prover:
    """Makes the paper of an agreement with some edits of its text."""

    def __init__(self, compiled: Compiled, base: Base) -> None:
        self.base = base
        self.paths = compiled.loaded.paths
        self.main = self.paths[compiled.loaded.sources[0]]

    def compiled(self, edits: Iterable[Edit], profile: Profile) -> Compiled:
        """The agreement with its edited text. No file is read again: one of a revision is nowhere to be read."""
        texts = {path: source.text for source, path in self.paths.items()} | edited_texts(edits, self.paths)
        return compile_agreement(self.main, overlay=texts.get, profile=profile)

    def clauses(self, edits: Iterable[Edit]) -> dict[str, Clause] | None:
        """The clauses that the edited text makes; None where it can no longer be read."""
        found = self.compiled(edits, UNASKED)
        if found.readable is None:
            return None
        about = self.base.about
        edition = edition_for(found.readable, about.audience)
        return Base(edition, edition, about).clauses

    def findings(self, edits: Iterable[Edit]) -> list[Diagnostic]:
        """What the rules would find in the edited text and do not find in ours."""
        known = {(found.rule, found.title) for found in self.compiled([], REVIEW).diagnostics}
        found = self.compiled(edits, REVIEW).diagnostics
        return [each for each in found if (each.rule, each.title) not in known]


def settled_as(before: Clause | None, after: Clause | None, old: str, new: str) -> str | None:
    """The line that a clause says now instead of an old one, if all that was asked for of it came; None if not.

    It may say more than was asked for: a figure that follows from another changes with it.
    """
    old, new = comparable(old), comparable(new)
    said_before, said_after = before.said if before else Counter[str](), after.said if after else Counter[str]()
    if old and said_after[old] >= said_before[old]:
        return None
    if not new:
        return new
    if said_after[new] > said_before[new]:
        return new
    if not old:
        return None
    asked = {(hunk.before, hunk.after) for hunk in hunks(old, new)}
    came = [line for line in said_after if said_after[line] > said_before[line]]
    return next((line for line in came if asked <= {(hunk.before, hunk.after) for hunk in hunks(old, line)}), None)


def edited_texts(edits: Iterable[Edit], paths: Mapping[Source, str]) -> dict[str, str]:
    """The files with their edits, by their paths."""
    ordered = sorted(edits, key=lambda edit: edit.span.source.name)
    files = groupby(ordered, key=lambda edit: edit.span.source.name)
    made = [list(of_file) for _, of_file in files]
    return {paths[of_file[0].span.source]: edited_text(of_file) for of_file in made}


def edited_text(edits: list[Edit]) -> str:
    """The text of one file with some edits."""
    text = edits[0].span.source.text
    for edit in sorted(edits, key=lambda edit: -edit.span.start):
        text = text[: edit.span.start] + edit.words + text[edit.span.end :]
    return text


def without_conflicts(edits: Iterable[Edit], taken: Iterable[Edit]) -> list[Edit]:
    """Those of some edits that can be made beside others: the same twice is one, and no two change the same words."""
    kept = list(taken)
    fresh = []
    for edit in edits:
        if edit in kept:
            continue
        if any(touch(edit, other) for other in kept):
            return []
        kept.append(edit)
        fresh.append(edit)
    return fresh


def touch(edit: Edit, other: Edit) -> bool:
    one, two = edit.span, other.span
    return (
        one.source.name == two.source.name
        and one.start < max(two.end, two.start + 1)
        and two.start < max(one.end, one.start + 1)
    )
