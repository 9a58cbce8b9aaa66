"""CSV and its relatives: texts in UTF-8, cells parted by one character, quoted where they hold it."""

from __future__ import annotations

import csv
import io
import re
from contextlib import suppress
from itertools import accumulate, islice
from typing import TYPE_CHECKING, Any
from unicodedata import normalize

from ..problems import Place, count, quoted
from . import CHUNK, BrokenFileError, Chunk, missing_columns

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ..plan import ColumnPlan, FilePlan

LINE_BREAK = r"\r\n|\r|\n"
BEGINNING = 4096
OTHER_DELIMITERS = ";\t|,"

BINARY = {
    b"PK\x03\x04": ("a workbook or another zip file", "Save its sheet as CSV (UTF-8)."),
    b"\xd0\xcf\x11\xe0": ("an old Excel workbook", "Save its sheet as CSV (UTF-8)."),
    b"PAR1": ("a Parquet file", 'Say `format = "parquet"`, or let its name end in `.parquet`.'),
    b"\x1f\x8b": ("compressed with gzip", "Unpack it first."),
    b"%PDF": ("a PDF file", "Export the rows themselves."),
    b"SQLite format 3": ("a database of SQLite", "Say `database` and `table` in the config."),
    b"\xff\xfe": ("written in UTF-16", "Save it as UTF-8."),
    b"\xfe\xff": ("written in UTF-16", "Save it as UTF-8."),
}


def chunks(file: FilePlan, columns: Sequence[ColumnPlan], size: int = CHUNK) -> Iterator[Chunk]:
    """The rows of a CSV file. Raises BrokenFileError."""
    refuse_binary(file.path, file.shown)
    with open(file.path, encoding="utf-8-sig", newline="") as text:
        try:
            yield from Delimited(file, columns, text).chunks(size)
        except UnicodeDecodeError:
            raise not_utf8(file.path, file.shown) from None


class Delimited:
    """One CSV file while it is read."""

    def __init__(self, file: FilePlan, columns: Sequence[ColumnPlan], text: io.TextIOWrapper) -> None:
        self.file = file
        self.columns = columns
        self.rows = rows_in(text, file)

    @property
    def line(self) -> int:
        """The line on which the row ends that was read last."""
        lines: int = self.rows.line_num
        return self.file.skip_rows + lines

    def chunks(self, size: int) -> Iterator[Chunk]:
        header = self.header()
        places = self.places(header)
        while True:
            before = self.line
            try:
                rows = list(islice(self.rows, size))
            except csv.Error as fault:
                raise self.unreadable(fault) from None
            chunk = self.chunk(rows, before, len(header))
            yield chunk._replace(columns=[chunk.columns[place] for place in places], headers=set(header))
            if len(rows) < size:
                return

    def chunk(self, rows: list[list[str]], before: int, width: int) -> Chunk:
        """Rows, of which the first begins on the line after `before`, with those taken out that are none."""
        numbers: Sequence[int] = range(before + 1, before + len(rows) + 1)
        if self.line != before + len(rows):  # there are line breaks in cells
            numbers = list(accumulate(map(lines_of, rows[:-1]), initial=before + 1))
        broken = []
        if not {width}.issuperset(map(len, rows)):
            wrong = [(number, row) for number, row in zip(numbers, rows, strict=True) if len(row) not in (0, width)]
            broken = [
                (number, self.file.delimiter.join(row), self.why_broken(row, number, width)) for number, row in wrong
            ]
            good = [(number, row) for number, row in zip(numbers, rows, strict=True) if len(row) == width]
            numbers, rows = [number for number, _ in good], [row for _, row in good]
        return Chunk(self.file.shown, "line", numbers, list(zip(*rows, strict=True)) or [()] * width, broken, set())

    def header(self) -> list[str]:
        try:
            header = next((row for row in self.rows if any(cell.strip() for cell in row)), None)
        except csv.Error as fault:
            raise self.unreadable(fault) from None
        if header is None:
            raise BrokenFileError("empty-file", f"`{self.file.shown}` is empty", remedy=EMPTY_REMEDY)
        return [normalize("NFC", cell.strip()) for cell in header]  # some systems write an ä as an a and two dots

    def places(self, header: list[str]) -> list[int]:
        """At which place of a row the cell of each wanted column stands."""
        missing = [column for column in self.columns if column.header not in header]
        place = Place(self.file.shown, self.line)
        if missing:
            raise self.wrong_header(header, missing, place)
        doubled = [column.header for column in self.columns if header.count(column.header) > 1]
        if doubled:
            title = f"`{self.file.shown}` has more than one column `{doubled[0]}`"
            raise BrokenFileError("doubled-column", title, place, why="Nobody can tell which of them is meant.")
        return [header.index(column.header) for column in self.columns]

    def wrong_header(self, header: list[str], missing: list[ColumnPlan], place: Place) -> BrokenFileError:
        shown = self.file.shown
        for other in OTHER_DELIMITERS:
            cells = [cell.strip().strip('"') for cell in header[0].split(other)]
            if len(header) == 1 and any(column.header in cells for column in self.columns):
                remedy = f"Say `delimiter = {other!r}` under the source in the config.".replace("'", '"')
                return BrokenFileError(
                    "wrong-delimiter", f"the columns of `{shown}` are parted by `{other}`", remedy=remedy
                )
        if len(missing) == len(self.columns) and any(looks_like_data(cell) for cell in header):
            title = f"`{shown}` begins with a row and not with the names of its columns"
            place = place._replace(text=self.file.delimiter.join(header))
            remedy = "Let the first line name the columns. If it stands farther down, say `skip_rows`."
            return BrokenFileError("no-header", title, place, remedy=remedy)
        return missing_columns(missing, header, place)

    def why_broken(self, row: list[str], line: int, width: int) -> str:
        """Why a row is none; raises BrokenFileError if an open quotation mark has probably swallowed others."""
        lines = lines_of(row)
        if lines > 1:
            title = f"a row of `{self.file.shown}` goes from line {line:,} to line {line + lines - 1:,}"
            place = Place(self.file.shown, line, text=self.file.delimiter.join(row))
            why = f"It has {count(len(row), 'cell')} where the header has {width}."
            remedy = "A quotation mark is probably open there and swallows what follows. Close it, or write it twice."
            raise BrokenFileError("open-quotation", title, place, why=why, remedy=remedy)
        return f"has {count(len(row), 'cell')} where the header has {width}"

    def unreadable(self, fault: csv.Error) -> BrokenFileError:
        place = Place(self.file.shown, self.line_of_fault())
        if "limit" in str(fault):
            title = f"a cell of `{self.file.shown}` has more than {csv.field_size_limit():,} characters"
            remedy = "Is a quotation mark open there? Close it, or write it twice if it is part of the text."
            return BrokenFileError("huge-cell", title, place, remedy=remedy)
        title = f"a quotation mark in `{self.file.shown}` is open or stands in the middle of a cell"
        remedy = "Quote a whole cell, and write a quotation mark inside of it twice."
        return BrokenFileError("open-quotation", title, place, remedy=remedy)

    def line_of_fault(self) -> int:
        """The line on which the row begins that cannot be read: found by reading the file once more, row by row."""
        line = 0
        with open(self.file.path, encoding="utf-8-sig", newline="") as text, suppress(csv.Error):
            rows = rows_in(text, self.file)
            for _ in rows:
                line = rows.line_num
        return self.file.skip_rows + line + 1


EMPTY_REMEDY = "A file without rows still has the names of its columns. Was it written to the end?"


def rows_in(text: io.TextIOWrapper, file: FilePlan) -> Any:
    """The rows of a text, from its header on."""
    for _ in range(file.skip_rows):
        text.readline()
    return csv.reader(text, delimiter=file.delimiter, strict=True)


def lines_of(row: list[str]) -> int:
    """On how many lines of the file a row stands."""
    return 1 + sum(len(re.findall(LINE_BREAK, cell)) for cell in row if "\n" in cell or "\r" in cell)


def looks_like_data(cell: str) -> bool:
    """Whether a cell holds a number or a time, which no column is called."""
    return cell[:1].isdigit() and not any(letter.isalpha() and letter not in "TZ" for letter in cell)


def refuse_binary(path: str, shown: str) -> None:
    """Raises BrokenFileError for a file that is no text, or that cannot be opened."""
    try:
        with open(path, "rb") as file:
            beginning = file.read(BEGINNING)
    except OSError as fault:
        raise BrokenFileError("no-file", f"`{shown}` cannot be read: {fault.strerror}") from None
    for magic, (what, remedy) in BINARY.items():
        if beginning.startswith(magic):
            raise BrokenFileError("no-text", f"`{shown}` is {what}, not a text", remedy=remedy)
    if b"\0" in beginning:
        raise BrokenFileError("no-text", f"`{shown}` is not a text", remedy="Export the rows as CSV or Parquet.")


def not_utf8(path: str, shown: str) -> BrokenFileError:
    """Where a file stops being UTF-8."""
    with open(path, "rb") as file:
        for number, line in enumerate(file, 1):
            try:
                line.decode()
            except UnicodeDecodeError as fault:
                around = line[max(0, fault.start - 15) : fault.start + 15].decode("latin-1").strip()
                place = Place(shown, number, text=around)
                remedy = f"Save it as UTF-8. It may be in Latin-1 or Windows-1252, where this reads {quoted(around)}."
                return BrokenFileError("not-utf8", f"`{shown}` is not written in UTF-8", place, remedy=remedy)
    return BrokenFileError("not-utf8", f"`{shown}` is not written in UTF-8", remedy="Save it as UTF-8.")
