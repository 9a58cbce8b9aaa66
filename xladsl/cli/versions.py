"""A version of an agreement that a command was given: a file, a folder, a PDF with its text, or a git revision."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from typing import TYPE_CHECKING, NamedTuple

import click

from ..compiler import compile_agreement
from ..loading import SUFFIX
from ..model.nodes import Agreement
from ..profiles import UNASKED
from .files import sources_below
from .specified import bytes_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from ..compiler import Compiled
    from ..outputs import Manner
    from ..sealing.carrying import Carried

AGREEMENT = re.compile(r"^\s*agreement\s+[a-z]", re.MULTILINE)


class Version(NamedTuple):
    """An edition of an agreement as it was written down in one place; `file` is a PDF's bytes, or empty."""

    name: str
    carried: Carried
    file: bytes = b""


def version_of(written: str, audience: str, manner: Manner) -> Version:
    """The version that an argument names; ends the command where there is none that can be read."""
    from ..sealing.carrying import carry

    if os.path.isfile(written) and not written.endswith(SUFFIX):
        return from_pdf(written, audience, manner)
    compiled = from_revision(written) if not os.path.exists(written) and ":" in written else from_files(written)
    if compiled.readable is None:
        from .check import print_findings

        print_findings(compiled.diagnostics, len(compiled.loaded.sources))
        click.echo(f"{written} cannot be compared: mend first what stands above.", err=True)
        sys.exit(1)
    return Version(written, carry(compiled.readable, audience, profile=UNASKED, manner=manner))


def from_files(written: str) -> Compiled:
    if not os.path.exists(written):
        raise click.UsageError(
            f"There is no file or folder called {written}. A version in git is written REVISION:PATH, such as "
            "HEAD~1:agreement.xladsl."
        )
    files = sources_below(written) if os.path.isdir(written) else [written]
    return the_one(written, files, lambda path: bytes_of(path).decode("utf-8", "replace"), None)


def the_one(
    written: str, files: list[str], text: Callable[[str], str], overlay: Callable[[str], str | None] | None
) -> Compiled:
    """The one agreement among some files: the one with a block `agreement`, which the others are part of."""
    likely = files if len(files) == 1 else [file for file in files if AGREEMENT.search(text(file))]
    compiled: dict[str, Compiled] = {}
    for file in likely:
        try:
            compiled[file] = compile_agreement(file, overlay, profile=UNASKED)
        except OSError as problem:
            why = (problem.strerror or "unknown reason").lower()
            raise click.UsageError(f"{file} cannot be read: {why}.") from problem
    imported = {path for one in compiled.values() for path in one.loaded.imported}
    main = [one for file, one in compiled.items() if os.path.realpath(file) not in imported and whole(one)]
    if len(main) != 1 and len(files) > 1:
        found = f"There are {len(main)} agreements" if main else "There is no agreement"
        raise click.UsageError(f"{found} in {written}. Name the file of one.")
    return main[0] if main else compiled[files[0]]


def whole(compiled: Compiled) -> bool:
    return any(isinstance(block, Agreement) for block in compiled.loaded.blocks)


# PDFs


def from_pdf(path: str, audience: str, manner: Manner) -> Version:
    from ..sealing.carrying import made_from
    from ..sealing.proof import taken_out

    content = bytes_of(path)
    try:
        taken = taken_out(content)
    except Exception as problem:
        raise click.UsageError(f"{path} is no {SUFFIX} file, and no PDF that can be read.") from problem
    names = [name for name in taken if name.endswith(SUFFIX)]
    if len(names) != 1:
        raise click.UsageError(f"{path} does not carry the text of an agreement. A PDF made by `xladsl build` does.")
    carried = made_from(taken[names[0]].decode("utf-8", "replace"), names[0], audience, profile=UNASKED, manner=manner)
    if carried is None:
        click.echo(f"The text inside {path} is not in order, so it cannot be compared.", err=True)
        sys.exit(1)
    return Version(path, carried, content)


# Git


def from_revision(written: str) -> Compiled:
    """The agreement at `REVISION:PATH`. Nothing is checked out: every file is read from git's own store."""
    revision, _, path = written.partition(":")
    root = os.path.realpath(git("rev-parse", "--show-toplevel", on=written).strip())
    commit = git("rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}", on=written).strip()
    beside = os.path.relpath(os.path.realpath(path), root)  # as a path is written anywhere else
    inside = next((name for name in (path.rstrip("/"), beside) if listed(commit, name, root, written)), None)
    if inside is None:
        raise click.UsageError(f"{revision} has no {path}.")
    files = [name for name in listed(commit, inside, root, written) if name.endswith(SUFFIX)]

    def text(file: str) -> str:
        name = os.path.relpath(os.path.realpath(file), root)
        if name not in listed(commit, name, root, written):
            raise FileNotFoundError(2, "is not in that revision", file)
        return git("cat-file", "blob", f"{commit}:{name}", on=written, inside=root)

    def overlay(real: str) -> str | None:
        from ..loading import catalogue_files

        outside = real in catalogue_files().values() or not real.startswith(root + os.sep)
        return None if outside else text(real)

    return the_one(written, [os.path.join(root, name) for name in files], text, overlay)


def listed(commit: str, path: str, root: str, on: str) -> list[str]:
    """The files at a path of a commit."""
    if path.startswith("..") or not path:
        return []
    return [
        name
        for name in git("ls-tree", "-r", "-z", "--name-only", commit, "--", path, on=on, inside=root).split("\0")
        if name
    ]


def git(*arguments: str, on: str, inside: str = ".") -> str:
    """What git says; ends the command where it cannot say it."""
    try:
        done = subprocess.run(  # noqa: S603  # arguments are never read by a shell, and none begins with a dash
            ["git", "-C", inside, "--literal-pathspecs", *arguments],  # noqa: S607  # whichever git the person uses
            capture_output=True,
            check=True,
        )
    except FileNotFoundError as problem:
        raise click.UsageError(f"{on} names a revision, and git is not installed.") from problem
    except subprocess.CalledProcessError as problem:
        told = problem.stderr.decode("utf-8", "replace").strip().splitlines()
        why = f" Git says: {told[0]}" if told else ""
        raise click.UsageError(f"There is no version {on}.{why}") from problem
    return done.stdout.decode("utf-8", "replace")
