"""How a statement of DuckDB names a file, and where in the file a row of it stands."""

from __future__ import annotations

import csv
import re
from typing import TYPE_CHECKING

from .casts import literal
from .readers import reader_of
from .readers.delimited import Delimited

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .plan import ColumnPlan, FilePlan


def relation_of(file: FilePlan, columns: Sequence[ColumnPlan]) -> str | None:
    """How DuckDB reads a file; None where only Python does."""
    if file.format == "parquet":
        return f"READ_PARQUET({literal(file.path)})"
    if file.format != "csv" or len(columns) < 1 or not is_quoted_plainly(file):
        return None
    with open(file.path, encoding="utf-8-sig", newline="") as text:
        delimited = Delimited(file, columns, text)
        header = delimited.header()
        line = delimited.line
    if len(header) < 2 or len(set(header)) < len(header):  # a line that is blank would be a row of one cell
        return None
    names = ", ".join(f"{literal(name)}: 'VARCHAR'" for name in header)
    return (
        f"READ_CSV({literal(file.path)}, auto_detect = false, header = false, skip = {line}, "
        f"delim = {literal(file.delimiter)}, quote = '\"', escape = '\"', strict_mode = true, null_padding = false, "
        f"max_line_size = {csv.field_size_limit()}, "
        f"columns = {{{names}}})"
    )


def is_quoted_plainly(file: FilePlan) -> bool:
    """Whether each quotation mark stands directly beside a delimiter or another one: DuckDB overlooks blanks there."""
    delimiter = re.escape(file.delimiter.encode())
    odd = re.compile(rb"[" + delimiter + rb'\n] +"|" +[' + delimiter + rb"\r\n]")
    before = b""
    with open(file.path, "rb") as raw:
        while some := raw.read(1 << 20):
            if b'"' in some and odd.search(before + some):
                return False
            before = some[-64:]
    return True


class Lines:
    """On which line of a CSV file a row begins, by its number. Asked for in ascending order."""

    def __init__(self, file: FilePlan, columns: Sequence[ColumnPlan], size: int) -> None:
        self.chunks = reader_of(file)(file, columns, size)
        self.numbers: Sequence[int] = ()
        self.before = 0

    def of(self, row: int) -> int:
        while row > self.before + len(self.numbers):
            self.before += len(self.numbers)
            self.numbers = next(self.chunks).numbers
        return self.numbers[row - self.before - 1]
