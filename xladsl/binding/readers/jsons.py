"""JSON: an object for each row, either one on each line or all of them in a list somewhere in a document.

A header may be a path, such as `fields.created`, where objects lie inside of each other. Numbers stay as they are
written. A key that an object lacks is an empty cell.
"""

from __future__ import annotations

import json
from itertools import islice
from typing import TYPE_CHECKING, Any

from ..problems import Place, listed
from . import CHUNK, BrokenFileError, Chunk
from .delimited import not_utf8, refuse_binary

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from ..plan import ColumnPlan, FilePlan

ABSENT = object()
DECODER = json.JSONDecoder(parse_float=str, parse_int=str, parse_constant=str)


def chunks_of_lines(file: FilePlan, columns: Sequence[ColumnPlan], size: int = CHUNK) -> Iterator[Chunk]:
    """The rows of a file with one JSON object on each line. Raises BrokenFileError."""
    refuse_binary(file.path, file.shown)
    with open(file.path, encoding="utf-8-sig", newline="\n") as text:
        numbered = ((number, line.strip()) for number, line in enumerate(text, 1) if line.strip())
        try:
            yield from Objects(file, columns, "line").chunks(
                ((number, parsed(line)) for number, line in numbered), size
            )
        except UnicodeDecodeError:
            raise not_utf8(file.path, file.shown) from None


def chunks_of_array(file: FilePlan, columns: Sequence[ColumnPlan], size: int = CHUNK) -> Iterator[Chunk]:
    """The rows of a JSON document. Raises BrokenFileError."""
    refuse_binary(file.path, file.shown)
    try:
        with open(file.path, encoding="utf-8-sig") as text:
            document = DECODER.decode(text.read())
    except UnicodeDecodeError:
        raise not_utf8(file.path, file.shown) from None
    except json.JSONDecodeError as fault:
        title = f"`{file.shown}` is no JSON: {fault.msg}"
        remedy = "Was it written to the end? If each line is an object of its own, let its name end in `.jsonl`."
        raise BrokenFileError("broken-json", title, Place(file.shown, fault.lineno), remedy=remedy) from None
    except RecursionError:
        raise BrokenFileError("broken-json", f"`{file.shown}` nests too deeply to be read") from None
    yield from Objects(file, columns, "row").chunks(enumerate(rows_in(document, file), 1), size)


def parsed(line: str) -> Any:
    try:
        return DECODER.decode(line)
    except (json.JSONDecodeError, RecursionError):
        return BrokenLine(line)


class BrokenLine(str):
    """A line that is no JSON."""

    __slots__ = ()


def rows_in(document: Any, file: FilePlan) -> list[Any]:
    """The list to which the path of the config leads."""
    found = document
    for key in file.path_to_rows:
        if not isinstance(found, dict) or key not in found:
            has = f"There are {listed(found)}." if isinstance(found, dict) and found else ""
            raise BrokenFileError("no-rows-there", f"`{file.shown}` has no `{key}` on the way to its rows", remedy=has)
        found = found[key]
    if isinstance(found, list):
        return found
    lists = [key for key, value in found.items() if isinstance(value, list)] if isinstance(found, dict) else []
    path = ".".join((*file.path_to_rows, *lists[:1]))
    remedy = f'Say `rows = "{path}"`.' if lists else "Say in `rows` by which keys the list is reached."
    raise BrokenFileError("no-rows-there", f"what stands in `{file.shown}` is no list of rows", remedy=remedy)


class Objects:
    """The objects of one file while they become rows."""

    def __init__(self, file: FilePlan, columns: Sequence[ColumnPlan], counts: str) -> None:
        self.file = file
        self.columns = columns
        self.counts = counts

    def chunks(self, objects: Iterable[tuple[int, Any]], size: int) -> Iterator[Chunk]:
        waiting = iter(objects)
        while some := list(islice(waiting, size)):
            yield self.chunk(some)

    def chunk(self, objects: list[tuple[int, Any]]) -> Chunk:
        numbers: list[int] = []
        rows: list[list[str | None]] = []
        broken: list[tuple[int, str, str]] = []
        headers: set[str] = set()
        for number, row in objects:
            try:
                rows.append(self.row(row, headers))
                numbers.append(number)
            except NoRowError as why:
                broken.append((number, row if isinstance(row, str) else json.dumps(row), str(why)))
        columns = list(zip(*rows, strict=True)) if rows else [()] * len(self.columns)
        return Chunk(self.file.shown, self.counts, numbers, columns, broken, headers)

    def row(self, row: Any, headers: set[str]) -> list[str | None]:
        """The texts of the wanted columns. Raises NoRowError."""
        if not isinstance(row, dict):
            raise NoRowError("is no JSON" if isinstance(row, BrokenLine) else "is no object")
        headers.update(row)
        found = []
        for column in self.columns:
            value = row.get(column.header, ABSENT)
            if value is ABSENT:
                value = inside(row, column.header.split("."))
                if value is not ABSENT:
                    headers.add(column.header)
            found.append(text_of(value, column.header))
        return found


class NoRowError(Exception):
    """Why something in a file is no row."""


def inside(row: Any, path: list[str]) -> Any:
    """What a path such as `fields.created` leads to."""
    for key in path:
        if not isinstance(row, dict) or key not in row:
            return ABSENT
        row = row[key]
    return row


def text_of(value: Any, header: str) -> str | None:
    if isinstance(value, str):
        return value
    if value is None or value is ABSENT:
        return None
    if isinstance(value, bool):
        return "true" if value else "false"
    raise NoRowError(f"holds {'a list' if isinstance(value, list) else 'an object'} in `{header}`")
