"""The agreements in the files a command was given: a file that another imports is part of that one."""

from __future__ import annotations

import os
import sys
from contextlib import nullcontext
from typing import TYPE_CHECKING

import click

from ..compiler import Compiled, compile_agreement
from ..profiles import REVIEW, Profile
from .files import not_read

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from contextlib import AbstractContextManager

MANY = 20


def compile_all(files: list[str], profile: Profile | None = REVIEW) -> Iterator[Compiled]:
    """Compile each file, unless another of them imports it: then its findings stand with that one's.

    A file's findings appear once, however many agreements import it. Without a profile each agreement gets the one
    that its status asks for.
    """
    compiled: dict[str, Compiled] = {}
    imported: set[str] = set()
    with progress(files) as steps:
        for file in steps:
            if os.path.realpath(file) in imported:
                continue
            try:
                compiled[file] = compile_agreement(file, profile=profile)
                imported |= compiled[file].loaded.imported
            except OSError as problem:
                raise not_read(file, problem) from problem
    said: set[tuple[str, str, int, int, bool]] = set()
    for file, one in compiled.items():
        if os.path.realpath(file) in imported:
            continue
        fresh = []
        for found in one.diagnostics:
            key = (found.rule, found.span.source.name, found.span.start, found.span.end, found.raised)
            if key not in said:
                said.add(key)
                fresh.append(found)
        yield one._replace(diagnostics=fresh)


def progress(files: list[str]) -> AbstractContextManager[Iterable[str]]:
    """A bar for long work, on a terminal only."""
    if len(files) < MANY or not sys.stderr.isatty():
        return nullcontext(files)
    return click.progressbar(files, label="Checking", file=sys.stderr)
