"""The file that says where the data of an agreement lie and how they are written, usually `xladsl-data.toml`:

    [desk]                                  # the source, by its name in the agreement
    files = ["tickets/*.csv"]               # files, folders and patterns, from the folder of this file
    delimiter = ";"
    rejects = "0.5%"                        # how many rows may be unreadable; left out: none
    arrived = "sys_created_on"              # the column with the time at which a row arrived

    [desk.columns.opened]
    header = "Opened"                       # instead of the name that the agreement gives
    format = "%d-%m-%Y %H:%M"
    zone = "UTC"

    [ledger]
    driver = "psycopg"
    connect = { host = "db.example", user = "reader", password = "${LEDGER_PASSWORD}" }
    query = "select net, issued from invoices"

A key that means nothing is a finding: whoever wrote it believes that it does something.
"""

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING, Any, NamedTuple

from ..spelling import nearest
from .problems import Place, Problem, error, listed

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

FILE_NAME = "xladsl-data.toml"


class Config(NamedTuple):
    """What was said of each source, every value of the kind that its key takes. `name` is how people call the file."""

    name: str
    sources: Mapping[str, Mapping[str, Any]]


EMPTY = Config(FILE_NAME, {})


class Takes(NamedTuple):
    """Which values a key takes, in words and as a test."""

    words: str
    fits: Callable[[Any], bool]


def is_text(value: Any) -> bool:
    return isinstance(value, str)


def is_list_of_texts(value: Any) -> bool:
    return isinstance(value, list) and all(map(is_text, value))


def is_share(value: Any) -> bool:
    try:
        return 0 <= Fraction(value.removesuffix("%").strip()) <= 100
    except (ValueError, ZeroDivisionError):
        return False


def is_count(value: Any) -> bool:
    return type(value) is int and value >= 0


def is_table(value: Any) -> bool:
    return isinstance(value, dict)


TEXT = Takes("a text", is_text)
TEXTS = Takes("a text or a list of texts", lambda value: is_text(value) or is_list_of_texts(value))
YES_OR_NO = Takes("true or false", lambda value: isinstance(value, bool))
CHARACTER = Takes('one character, such as ";"', lambda value: is_text(value) and bool(re.fullmatch(r'[^\r\n"]', value)))
COUNT = Takes("a whole number that is not negative", is_count)
REJECTS = Takes(
    'a number of rows, or a share of them such as "0.5%"',
    lambda value: is_count(value) or (is_text(value) and value.endswith("%") and is_share(value)),
)
TABLES = Takes("a table for each column", is_table)
HEADER = Takes(
    "a header, or a table with `header` and how it is written", lambda value: is_text(value) or is_table(value)
)
CONNECT = Takes(
    "a text, or a table of texts and numbers",
    lambda value: is_text(value) or (isinstance(value, dict) and {type(part) for part in value.values()} <= {str, int}),
)

HOW_CELLS_ARE_WRITTEN = {"zone": TEXT, "null": TEXTS, "decimal_comma": YES_OR_NO}
COLUMN_KEYS = {**HOW_CELLS_ARE_WRITTEN, "header": TEXT, "format": TEXT, "unit": TEXT, "yes": TEXTS, "no": TEXTS}
SOURCE_KEYS = {
    **HOW_CELLS_ARE_WRITTEN,
    "times": TEXT,
    "files": TEXTS,
    "format": TEXT,
    "delimiter": CHARACTER,
    "skip_rows": COUNT,
    "rows": TEXT,
    "rejects": REJECTS,
    "arrived": HEADER,
    "columns": TABLES,
    "database": TEXT,
    "table": TEXT,
    "query": TEXT,
    "driver": TEXT,
    "connect": CONNECT,
}


def configured(text: str, name: str) -> tuple[Config, list[Problem]]:
    """What a config file says. What is wrong in it is left out and told."""
    import tomllib

    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as fault:
        title = f"`{name}` cannot be read: {fault}"
        remedy = "See https://toml.io for how such a file is written."
        return Config(name, {}), [error("broken-config", "", title, Place(name), remedy=remedy)]
    problems: list[Problem] = []
    sources = {}
    for source, said in tables.items():
        if isinstance(said, dict):
            sources[source] = checked(said, SOURCE_KEYS, name, source, problems)
        else:
            title = f"`{source}` stands above every source in `{name}` and means nothing there"
            remedy = "Write it below the source it is for, such as `[desk]`."
            problems.append(error("unknown-key", "", title, Place(name), remedy=remedy))
    for source, settings in sources.items():
        if is_table(settings.get("arrived")):
            settings["arrived"] = checked(settings["arrived"], COLUMN_KEYS, name, f"{source}.arrived", problems)
        columns = settings.get("columns", {})
        for column, said in columns.items():
            columns[column] = checked_column(said, name, f"{source}.columns.{column}", problems)
    return Config(name, sources), problems


def checked_column(said: Any, name: str, where: str, problems: list[Problem]) -> dict[str, Any]:
    if is_table(said):
        return checked(said, COLUMN_KEYS, name, where, problems)
    title = f"`{where}` in `{name}` should be a table of what is said of the column"
    remedy = f"Write `[{where}]`, and below it, say, `header = {said!r}`."
    problems.append(error("wrong-setting", where.partition(".")[0], title, Place(name), remedy=remedy))
    return {}


def checked(
    said: Mapping[str, Any], known: Mapping[str, Takes], name: str, where: str, problems: list[Problem]
) -> dict[str, Any]:
    """The settings that are known and of the right kind."""
    good = {}
    source = where.partition(".")[0]
    for key, value in said.items():
        if key not in known:
            near = nearest(key, known)
            remedy = f"Did you mean `{near}`?" if near else f"There are {listed(known)}."
            title = f"`{key}` under `[{where}]` in `{name}` means nothing"
            problems.append(error("unknown-key", source, title, Place(name), remedy=remedy))
        elif not known[key].fits(value):
            title = f"`{key}` under `[{where}]` in `{name}` should be {known[key].words}"
            problems.append(error("wrong-setting", source, title, Place(name)))
        else:
            good[key] = value
    return good


def texts(value: str | list[str]) -> tuple[str, ...]:
    """One text or several, as several."""
    return (value,) if isinstance(value, str) else tuple(value)
