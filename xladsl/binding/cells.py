"""A text becomes a cell: a number in millionths, an instant, yes or no, or the text itself; or it is unreadable."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING

from ..evaluation.rows.requests import MILLION, Cell
from .plan import BLANKS, LARGEST, NUMBER, ColumnPlan
from .times import TimeReader, UnreadableError, day_reader

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

PLAIN = re.compile(r"(-?)([0-9]{1,12})(?:\.([0-9]{1,6}))?")
NO_NUMBERS = {"nan", "inf", "infinity", "-inf", "-infinity", "+inf", "+infinity", "-nan"}
REMEMBERED = 50_000
"""How many different texts of a column are remembered. Most columns have few, and a log of probes has two."""


class CellReader(dict[str | None, Cell]):
    """Casts the texts of one column, and remembers what they came to."""

    def __init__(self, column: ColumnPlan) -> None:
        super().__init__()
        self.column = column
        self.null = frozenset({"", *column.null})
        self.times = TimeReader(column.form, column.zone) if column.kind == "time" else None
        self.cast = self.times.read if self.times is not None else CASTS[column.kind](column)

    def __missing__(self, text: str | None) -> Cell:
        cell = self.read(text)
        if len(self) < REMEMBERED:
            self[text] = cell
        return cell

    def read(self, text: str | None) -> Cell:
        """The cell that a text stands for. Raises UnreadableError."""
        if text is None:
            return None
        text = text.strip(BLANKS)
        return None if text in self.null else self.cast(text)

    def cells(self, texts: Sequence[str | None]) -> tuple[list[Cell], dict[int, str]]:
        """The cells of many texts, and for those that cannot be read why; their cells are empty."""
        times = None if self.column.null else self.times  # a word for an empty cell may look like a time
        try:
            return list(map(self.__getitem__, texts)) if times is None else self.instants(texts, times), {}
        except UnreadableError:
            return self.cells_one_by_one(texts)

    def instants(self, texts: Sequence[str | None], times: TimeReader) -> list[Cell]:
        """The cells of times: where the parts of one are known, their sum."""
        self.read(next(filter(None, texts), None))  # it shows whether times here have offsets of their own
        day_of, minute_of, end_of = (part.get for part in times.parts)
        return [
            day + minute + end
            if text
            and (day := day_of(text[:10])) is not None
            and (minute := minute_of(text[10:16])) is not None
            and (end := end_of(text[16:])) is not None
            else self.read(text)
            for text in texts
        ]

    def cells_one_by_one(self, texts: Sequence[str | None]) -> tuple[list[Cell], dict[int, str]]:
        cells: list[Cell] = []
        unreadable = {}
        for row, text in enumerate(texts):
            try:
                cells.append(self.read(text))
            except UnreadableError as reason:
                cells.append(None)
                unreadable[row] = str(reason)
        return cells, unreadable


def text_reader(_column: ColumnPlan) -> Callable[[str], Cell]:
    def read(text: str) -> Cell:
        try:
            text.encode()
        except UnicodeEncodeError:  # half a character, as JSON can spell it
            raise UnreadableError("is no text") from None
        return text

    return read


def number_reader(column: ColumnPlan) -> Callable[[str], Cell]:
    percent = column.words == "percent"
    scaled = column.lowest is not None or column.highest is not None

    def read(text: str) -> Cell:
        written = text.removesuffix("%").rstrip(BLANKS) if percent else text
        if column.decimal_comma:
            written = written.replace(",", ".") if "." not in written else ""
        cell = millionths(written, column.factor) if column.factor != 1 else plain_millionths(written)
        if cell < 0 and not column.negative:
            raise UnreadableError("is a negative length of time")
        if scaled and not (cell % MILLION == 0 and lies_between(cell // MILLION, column.lowest, column.highest)):
            raise UnreadableError(f"is no answer on the scale from {column.lowest} to {column.highest}")
        return cell

    return read


def lies_between(number: int, lowest: int | None, highest: int | None) -> bool:
    return (lowest is None or number >= lowest) and (highest is None or number <= highest)


def plain_millionths(text: str) -> int:
    """A number that is written without an exponent and with six decimals at most needs no arithmetic."""
    found = PLAIN.fullmatch(text)
    if found is None:
        return millionths(text, Fraction(1))
    sign, whole, decimals = found.groups()
    amount = int(whole) * MILLION + int((decimals or "").ljust(6, "0"))
    return -amount if sign else amount


def millionths(text: str, factor: Fraction) -> int:
    """An amount in millionths, rounded half away from zero. Raises UnreadableError."""
    if not re.fullmatch(NUMBER, text):
        raise UnreadableError(why_no_number(text))
    if len(text) > 60:
        raise UnreadableError("has more digits than any measurement")
    amount = Fraction(text) * factor
    if abs(amount) >= LARGEST:
        raise UnreadableError("is larger than any measurement")
    doubled = 2 * abs(amount) * MILLION + 1
    rounded = doubled.numerator // (2 * doubled.denominator)
    return -rounded if amount < 0 else rounded


def why_no_number(text: str) -> str:
    if text.lower() in NO_NUMBERS:
        return "is not a finite number"
    return "is a number with a comma" if re.fullmatch(r"[+-]?[0-9.]*,[0-9,.]*", text) else "is no number"


def yes_or_no_reader(column: ColumnPlan) -> Callable[[str], Cell]:
    words = {word.lower(): 1 for word in column.yes} | {word.lower(): 0 for word in column.no}

    def read(text: str) -> Cell:
        known = words.get(text.lower())
        if known is None:
            raise UnreadableError("means neither yes nor no")
        return known

    return read


def date_reader(column: ColumnPlan) -> Callable[[str], Cell]:
    return day_reader(column.form, column.zone)


CASTS: dict[str, Callable[[ColumnPlan], Callable[[str], Cell]]] = {
    "text": text_reader,
    "number": number_reader,
    "yes or no": yes_or_no_reader,
    "date": date_reader,
}
