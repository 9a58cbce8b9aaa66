"""Files written whole or not at all, and what a command says of one that it cannot read or write."""

from __future__ import annotations

import os

import click


def not_read(path: str, problem: OSError) -> click.UsageError:
    """What ends a command that was given a file or a folder that it may not read, or that is not there."""
    return click.UsageError(f"{path} cannot be read: {reason(problem)}.")


def not_written(path: str, problem: OSError) -> click.UsageError:
    """What ends a command that may not write where it was told to."""
    return click.UsageError(f"{path} cannot be written: {reason(problem)}.")


def reason(problem: OSError) -> str:
    return (problem.strerror or "unknown reason").lower()


def write_whole(path: str, content: bytes) -> None:
    """Write a file so that it is there with all its bytes, or as it was. Who may read it stays. Raises OSError.

    A link stays a link, to what was written. A device or a pipe, such as `/dev/null`, takes the bytes and stays what it
    is; only a file can be exchanged for another.
    """
    import tempfile

    if os.path.exists(path) and not os.path.isfile(path):
        with open(path, "wb") as taker:
            taker.write(content)
        return
    path = os.path.realpath(path)
    handle, temporary = tempfile.mkstemp(dir=os.path.dirname(path), prefix=".xladsl-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        os.chmod(temporary, os.stat(path).st_mode & 0o777 if os.path.exists(path) else 0o644)
        os.replace(temporary, path)
    except BaseException:
        os.unlink(temporary)
        raise
