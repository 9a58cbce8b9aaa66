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
from ..profiles import UNASKED, Profile
from ..translations.folding import SUFFIX as PO
from .files import not_read
from .sources import sources_in
from .specified import bytes_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ..compiler import Compiled
    from ..outputs import Manner
    from ..sealing.carrying import Carried

SHOWN = 3
AGREEMENT = re.compile(rb"^\s*agreement\s+[a-z]", re.MULTILINE)
"""May begin the block of an agreement; prose may have a line like it, and a text that is broken may begin so too."""

SURELY = re.compile(rb'^agreement\s+[a-z]\w*\s*(["{]|[a-z]+\s*")', re.MULTILINE)


class Version(NamedTuple):
    """An edition of an agreement as it was written down in one place; `file` is a PDF's bytes, or empty."""

    name: str
    carried: Carried
    file: bytes = b""


def version_of(written: str, audience: str, manner: Manner, profile: Profile = UNASKED) -> Version:
    """The version that an argument names; ends the command where there is none that can be read.

    What goes into a PDF tells what the rules of `profile` find in the text.
    """
    from ..sealing.carrying import carry

    if os.path.isfile(written) and not written.endswith(SUFFIX):
        return from_pdf(written, audience, manner, profile)
    compiled = from_revision(written) if not os.path.exists(written) and ":" in written else from_files(written)
    if compiled.readable is None:
        from .check import print_findings

        print_findings(compiled.diagnostics, len(compiled.loaded.sources))
        click.echo(f"{written} cannot be compared: mend first what stands above.", err=True)
        sys.exit(1)
    return Version(written, carry(compiled.readable, audience, profile=profile, manner=manner))


def two_versions(
    old: str, new: str, audience: str, manner: Manner, profile: Profile = UNASKED
) -> tuple[Version, Version]:
    """The versions that are compared, in the same languages: those asked for, or else those of the newer one."""
    from ..outputs.page import languages_of

    older, newer = (version_of(written, audience, manner, profile) for written in (old, new))
    own, others = (languages_of(each.carried.contract, each.carried.about) for each in (older, newer))
    agreed = older.carried.contract.agreement.languages
    if own == others or agreed is None or not {*others} <= {*agreed.language}:
        return older, newer
    return older._replace(carried=spoken_in(older.carried, others, profile)), newer


def spoken_in(carried: Carried, languages: tuple[str, ...], profile: Profile) -> Carried:
    """The same edition in other languages, made from the same text."""
    from ..sealing.carrying import made_from

    name, about = f"{carried.contract.agreement.name}{SUFFIX}", carried.about
    manner = about.manner._replace(languages=languages)
    return made_from(carried.text, name, about.audience, profile=profile, manner=manner) or carried


def from_files(written: str) -> Compiled:
    if not os.path.exists(written):
        raise click.UsageError(
            f"There is no file or folder called {written}. A version in git is written REVISION:PATH, such as "
            "HEAD~1:agreement.xladsl."
        )
    return the_one(written, sources_in([written]) if os.path.isdir(written) else [written])


def the_one(written: str, files: list[str]) -> Compiled:
    """The one agreement among some files: the one with a block `agreement`, which the others are part of."""
    likely = files if len(files) == 1 else [file for file in files if AGREEMENT.search(bytes_of(file))]
    compiled: dict[str, Compiled] = {}
    for file in likely:
        try:
            compiled[file] = compile_agreement(file, profile=UNASKED)
        except OSError as problem:
            raise not_read(file, problem) from problem
    imported = {path for one in compiled.values() for path in one.loaded.imported}
    main = [one for file, one in compiled.items() if os.path.realpath(file) not in imported and whole(one)]
    if len(main) != 1 and len(files) > 1:
        found = f"There are {len(main)} agreements" if main else "There is no agreement"
        raise click.UsageError(f"{found} in {written}. Name the file of one.")
    return main[0] if main else compiled[files[0]]


def whole(compiled: Compiled) -> bool:
    return any(isinstance(block, Agreement) for block in compiled.loaded.blocks)


# PDFs


def from_pdf(path: str, audience: str, manner: Manner, profile: Profile) -> Version:
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
    name = re.sub(r"[^\w.-]", "_", names[0])  # whoever made the PDF may have called it anything
    carried = made_from(taken[names[0]].decode("utf-8", "replace"), name, audience, profile=profile, manner=manner)
    if carried is None:
        click.echo(f"The text inside {path} is not in order, so it cannot be compared.", err=True)
        sys.exit(1)
    return Version(path, carried, content)


# Git


def from_revision(written: str) -> Compiled:
    """The agreement at `REVISION:PATH`. Nothing is checked out: its files are read from git's own store."""
    from tempfile import TemporaryDirectory

    revision, _, path = written.partition(":")
    root = os.path.realpath(git("rev-parse", "--show-toplevel", on=written).decode().strip())
    commit = commit_of(revision, written)
    files = files_in(git("ls-tree", "-r", "-z", commit, on=written, inside=root))
    beside = os.path.relpath(os.path.realpath(path), root).replace(os.sep, "/")  # as a path is written anywhere else
    below = {place: lying_in(files, place) for place in (path.rstrip("/"), beside)}
    main = next((found for found in below.values() if found), None)
    if main is None:
        raise click.UsageError(f"{revision} has no {path} with an agreement in it.{others_in(files, root, written)}")
    with TemporaryDirectory(prefix="xladsl-") as folder:
        folder = os.path.realpath(folder)
        os.mkdir(os.path.join(folder, ".git"))  # an agreement may import what is in its repository, and no more
        put_down(folder, list(files), blobs(files.values(), root, written))
        compiled = the_one(written, [os.path.join(folder, name) for name in main])
        for source in compiled.loaded.paths:
            source.name = source.name.replace(f"{folder}/".replace(os.sep, "/"), f"{revision}:")
    return compiled


def commit_of(revision: str, on: str) -> str:
    """Git's own name for a revision; ends the command where the repository has no such revision."""
    names = ("rev-parse", "--verify", "--quiet", "--end-of-options")
    for asked in (revision, "HEAD"):
        try:
            found = git(*names, f"{asked}^{{commit}}", on=on).decode().strip()
        except click.UsageError:
            continue
        if asked == revision:
            return found
        raise click.UsageError(f"{on} names no version: `{revision}` is no commit, branch or tag of this repository.")
    raise click.UsageError(f"{on} names no version: this repository has no commit yet.")


def others_in(files: dict[str, str], root: str, on: str) -> str:
    """Where the agreements of a commit are, for whoever looks for one by the name that it has now."""
    written = [name for name in files if name.endswith(SUFFIX)]
    contents = blobs([files[name] for name in written], root, on)
    found = [name for name, content in zip(written, contents, strict=True) if SURELY.search(content)]
    return f" It has {', '.join(found[:SHOWN])}{' and others' * (len(found) > SHOWN)}." if found else ""


def files_in(listed: bytes) -> dict[str, str]:
    """The source files and translations of a commit, each with git's name for what is in it.

    Git itself lets a commit hold names that lead out of the repository; those are not read, and neither are links.
    """
    entries = (entry.split("\t", 1) for entry in listed.decode("utf-8", "replace").split("\0") if entry)
    return {
        name: about.split()[-1]
        for about, name in entries
        if about.startswith("100")
        and name.endswith((SUFFIX, PO))
        and not {"", ".", "..", ".git"} & set(re.split(r"[/\\]", name))
    }


def lying_in(files: Iterable[str], place: str) -> list[str]:
    """The source files that a path names, or that lie in it; the repository's own folder is `.`."""
    found = [name for name in files if name == place or place == "." or name.startswith(f"{place}/")]
    return [name for name in found if name.endswith(SUFFIX)] if place else []


def put_down(folder: str, files: list[str], contents: list[bytes]) -> None:
    for name, content in zip(files, contents, strict=True):
        path = os.path.join(folder, *name.split("/"))
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "wb") as file:
            file.write(content)


def blobs(names: Iterable[str], root: str, on: str) -> list[bytes]:
    """What git keeps under these names of its own, in their order."""
    asked = "".join(f"{name}\n" for name in names).encode()
    told = git("cat-file", "--batch", on=on, inside=root, given=asked)
    found: list[bytes] = []
    position = 0
    for _ in asked.splitlines():
        head, _, _ = told[position:].partition(b"\n")
        size = int(head.rsplit(b" ", 1)[1]) if head.rsplit(b" ", 1)[1].isdigit() else 0
        position += len(head) + 1
        found.append(told[position : position + size])
        position += size + 1
    return found


def git(*arguments: str, on: str, inside: str = ".", given: bytes = b"") -> bytes:
    """What git says; ends the command where it cannot say it."""
    try:
        done = subprocess.run(  # noqa: S603  # arguments are never read by a shell, and none begins with a dash
            ["git", "-C", inside, *arguments],  # noqa: S607  # whichever git the person uses
            input=given,
            capture_output=True,
            check=True,
        )
    except FileNotFoundError as problem:
        raise click.UsageError(f"{on} names a revision, and git is not installed.") from problem
    except subprocess.CalledProcessError as problem:
        told = problem.stderr.decode("utf-8", "replace").strip().splitlines()
        why = f" Git says: {told[0]}" if told else ""
        raise click.UsageError(f"There is no version {on}.{why}") from problem
    return done.stdout
