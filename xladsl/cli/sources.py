"""The source files that a command was asked for."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import click

from ..loading import SUFFIX, shown_from

if TYPE_CHECKING:
    from collections.abc import Iterable

SKIPPED = {".git", ".venv", "node_modules", "build", "__pycache__"}


def sources_in(paths: Iterable[str]) -> list[str]:
    """Every source file among the paths and in their folders, once, in the order of their names."""
    found: dict[str, None] = {}
    for path in paths:
        if os.path.isdir(path):
            before = len(found)
            found.update(dict.fromkeys(sources_below(path)))
            if len(found) == before:
                raise click.UsageError(f"There is no {SUFFIX} file in the folder {path}.")
        elif not os.path.exists(path):
            raise click.UsageError(f"There is no file or folder called {path}.")
        else:
            found[shown_from(path)] = None
    return list(found)


def sources_below(folder: str) -> list[str]:
    found = []
    for here, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if name not in SKIPPED)
        found += [shown_from(os.path.join(here, name)) for name in sorted(files) if name.endswith(SUFFIX)]
    return found
