"""What git says of an agreement's files: the commit that they are of, or that they are not as anybody left them."""

from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

SECONDS = 60
CAREFUL = ("-c", "core.fsmonitor=false", "-c", "core.quotePath=false")
"""A repository may ask git to run programs of its own; it is only asked what it knows."""


class Standing(NamedTuple):
    """`commit` is that of the files if all are as it has them; `changed` are those that differ, or that git has not.

    `unknown` says why nothing can be told: there is no git, or no repository.
    """

    commit: str = ""
    changed: tuple[str, ...] = ()
    unknown: str = ""


def standing(files: Iterable[str]) -> Standing:
    """How the files of an agreement stand to what was committed."""
    by_folder: dict[str, list[str]] = {}
    for file in map(os.path.realpath, files):
        by_folder.setdefault(os.path.dirname(file), []).append(os.path.basename(file))
    commits, changed = set(), []
    for folder, names in sorted(by_folder.items()):
        try:
            head = asked(folder, "rev-parse", "--verify", "--quiet", "HEAD")
            told = asked(folder, "status", "--porcelain", "-z", "--untracked-files=all", "--ignored", "--", *names)
        except FileNotFoundError:
            return Standing(unknown="git is not installed")
        except subprocess.SubprocessError:
            return Standing(
                unknown="nothing was committed yet" if in_repository(folder) else "they are in no git repository"
            )
        commits.add(head.strip())
        changed += [os.path.join(folder, os.path.basename(entry[3:])) for entry in told.split("\0") if entry]
    if changed:
        return Standing(changed=tuple(sorted(changed)))
    return Standing(commits.pop()) if len(commits) == 1 else Standing(unknown="they are of several repositories")


def in_repository(folder: str) -> bool:
    """Whether git keeps a folder, or one above it, even if nothing was committed to it yet."""
    try:
        asked(folder, "rev-parse", "--git-dir")
    except subprocess.SubprocessError:
        return False
    return True


def asked(folder: str, *question: str) -> str:
    """What git answers in a folder. Raises OSError where there is no git, SubprocessError where it has no answer."""
    surroundings = {**os.environ, "GIT_OPTIONAL_LOCKS": "0", "LC_ALL": "C"}
    command = ("git", *CAREFUL, *question)
    answer = subprocess.run(  # noqa: S603  # git, and words of ours with names of files after `--`
        command, cwd=folder, env=surroundings, check=True, capture_output=True, timeout=SECONDS, text=True
    )
    return answer.stdout
