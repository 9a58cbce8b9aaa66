"""The safe fixes of findings, made in the files of the agreements."""

from __future__ import annotations

import codecs
import os
from typing import TYPE_CHECKING

from ..loading import inside, root_of
from .agreements import compile_all
from .files import not_written, write_whole

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ..compiler import Compiled
    from ..diagnostics import Diagnostic, Edit
    from ..profiles import Profile
    from ..source import Source


def fix_all(files: list[str], profile: Profile) -> list[Diagnostic]:
    """Make all safe fixes, and those that show only then, until none is left; the findings that were mended.

    Nothing outside of an agreement's repository is written, and no text comes back that a file had before.
    """
    mended: list[Diagnostic] = []
    had: set[tuple[str, str]] = set()
    while True:
        changes: dict[str, list[Diagnostic]] = {}
        for compiled in compile_all(files, profile):
            for path, found in safe_fixes(compiled):
                changes.setdefault(path, []).append(found)
        made = [found for path, all_found in changes.items() for found in fix_file(path, all_found, had)]
        if not made:
            return mended
        mended += made


def safe_fixes(compiled: Compiled) -> Iterator[tuple[str, Diagnostic]]:
    """The findings that may be mended without asking, each with the file that it is about."""
    paths = compiled.loaded.paths
    root = root_of(paths[compiled.loaded.sources[0]])
    for found in compiled.diagnostics:
        path = paths[found.span.source]
        if found.fix is not None and found.fix.safe and inside(path, root):
            yield path, found


def fix_file(path: str, findings: list[Diagnostic], had: set[tuple[str, str]]) -> list[Diagnostic]:
    """Make the fixes of one file that do not touch an earlier one's place; those that were made."""
    source = findings[0].span.source
    edits: list[Edit] = []
    made = []
    for found in findings:
        assert found.fix is not None
        if not any(touches(edit, other) for edit in found.fix.edits for other in edits):
            edits += found.fix.edits
            made.append(found)
    text = edited(source, edits)
    had.add((path, source.text))
    if (path, text) in had:
        return []
    write(path, source, text)
    return made


def touches(edit: Edit, other: Edit) -> bool:
    """Whether two edits cannot be made one after the other: they overlap, or one inserts at the edge of the other."""
    start, end = max(edit.span.start, other.span.start), min(edit.span.end, other.span.end)
    inserts = edit.span.start == edit.span.end or other.span.start == other.span.end
    return start < end or (inserts and start == end)


def edited(source: Source, edits: Iterable[Edit]) -> str:
    """The text of a source after edits that do not touch; a line that is added ends as the others do."""
    ending = "\r\n" if "\r\n" in source.text else "\n"
    text = source.text
    for edit in sorted(edits, key=lambda edit: edit.span.start, reverse=True):
        text = text[: edit.span.start] + edit.text.replace("\n", ending) + text[edit.span.end :]
    return text


def write(path: str, source: Source, text: str) -> None:
    """Put a text in the place of a source's, with its byte order mark if it had one."""
    try:
        with open(path, "rb") as file:
            mark = codecs.BOM_UTF8 if file.read(len(codecs.BOM_UTF8)) == codecs.BOM_UTF8 else b""
        write_whole(path, mark + text.encode())
    except OSError as problem:
        raise not_written(os.path.normpath(source.name), problem) from problem
