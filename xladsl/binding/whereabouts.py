"""Which files, or which table of a database, hold the rows of a source."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING, Any

from .config import texts
from .plan import FilePlan, TablePlan
from .problems import listed

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

FORMATS = {
    ".csv": "csv",
    ".txt": "csv",
    ".tsv": "csv",
    ".jsonl": "json lines",
    ".ndjson": "json lines",
    ".json": "json",
    ".parquet": "parquet",
}

SECRETS = ("password", "passwd", "pwd", "secret", "token", "key")
BARE_IN_URL = r"(?i:://[^/@\s]*:(?!\$\{)[^/@\s]+@|(?:password|pwd)=(?!\$\{)\S)"

LIST_OF_FORMATS = listed(dict.fromkeys(FORMATS.values()))


class Whereabouts:
    """Finds them by what the config says of the source; `wrong` is told what is wrong: a rule, a sentence, a remedy."""

    def __init__(
        self, source: str, settings: Mapping[str, Any], folder: str, wrong: Callable[[str, str, str], None]
    ) -> None:
        self.source = source
        self.settings = settings
        self.folder = folder
        self.wrong = wrong

    def files(self, by_hand: Sequence[str] | None) -> tuple[FilePlan, ...]:
        """The files that were named by hand, from the current folder, or else by the config, from its folder."""
        asked = texts(self.settings.get("files", [])) if by_hand is None else tuple(by_hand)
        folder = self.folder if by_hand is None else ""
        if not asked:
            remedy = f"Under `[{self.source}]`, say `files`, or `database` and `table`."
            self.wrong("no-file", f"nothing says where the rows of `{self.source}` lie", remedy)
        found: dict[str, FilePlan] = {}
        for each in asked:
            paths = matching(os.path.join(folder, each))
            if not paths:
                remedy = f"It was looked for in `{folder}`." if folder else "Is the path right?"
                self.wrong("no-file", f"there is no file `{each}` for the source `{self.source}`", remedy)
            for path in paths:
                shown = os.path.relpath(path, folder) if folder else path
                planned = self.file(path, shown.replace(os.sep, "/"))
                if planned is not None:
                    found.setdefault(os.path.realpath(path), planned)
        return tuple(sorted(found.values(), key=lambda file: file.shown))

    def file(self, path: str, shown: str) -> FilePlan | None:
        suffix = os.path.splitext(path)[1].lower()
        written = self.settings.get("format", FORMATS.get(suffix))
        if written not in FORMATS.values():
            what = f"`{written}` is no format of files" if written else f"the name `{shown}` does not tell its format"
            self.wrong("unknown-format", what, f"Say `format` under `[{self.source}]`: there are {LIST_OF_FORMATS}.")
            return None
        return FilePlan(
            path=path,
            shown=shown,
            format=written,
            delimiter=self.settings.get("delimiter", "\t" if suffix == ".tsv" else ","),
            skip_rows=self.settings.get("skip_rows", 0),
            path_to_rows=tuple(filter(None, self.settings.get("rows", "").split("."))),
        )

    def table(self) -> TablePlan | None:
        """The table or query that the config names; None where it names files."""
        database, driver = self.settings.get("database"), self.settings.get("driver")
        table, query = self.settings.get("table"), self.settings.get("query")
        if database is None and driver is None:
            if table is not None or query is not None:
                remedy = 'Say `database = "desk.db"` for SQLite, or `driver` and `connect` for another one.'
                self.wrong("no-database", f"nothing says in which database the rows of `{self.source}` lie", remedy)
            return None
        if (table is None) == (query is None):
            remedy = 'Say either `table = "tickets"` or `query = "select …"`.'
            self.wrong("no-table", f"nothing says which rows of the database are those of `{self.source}`", remedy)
        quote = "`" if driver == "pyspark" else '"'
        query = query or f"SELECT * FROM {quoted_name(table or '', quote)}"  # noqa: S608  # the name is quoted
        if database is not None:
            path = os.path.join(self.folder, database)
            return TablePlan(f"{database}: {table or 'query'}", "sqlite3", (("database", path),), query)
        connect = self.settings.get("connect", {})
        arguments = {"": connect} if isinstance(connect, str) else connect
        settings = tuple((name, str(value)) for name, value in arguments.items())
        if any(is_bare_secret(name, value) for name, value in settings):
            remedy = 'Name an environment variable that holds it: `"${DESK_PASSWORD}"`.'
            self.wrong("bare-secret", f"a password of the database for `{self.source}` stands in the config", remedy)
        return TablePlan(f"{driver}: {table or 'query'}", str(driver), settings, query)


def is_bare_secret(name: str, value: str) -> bool:
    """Whether a setting of a connection tells a secret to whoever reads the config."""
    if any(word in name.lower() for word in SECRETS):
        return "${" not in value
    return bool(re.search(BARE_IN_URL, value))


def matching(path: str) -> list[str]:
    """The files that a path, a folder or a pattern names, in the order of their names."""
    if os.path.isdir(path):
        entries = (os.path.join(path, name) for name in os.listdir(path) if not name.startswith("."))
        return sorted(entry for entry in entries if os.path.splitext(entry)[1].lower() in FORMATS)
    if os.path.isfile(path):  # and no pipe or device, which has no end or never begins
        return [path]
    import glob  # few commands name a pattern

    return sorted(found for found in glob.glob(path, recursive=True) if os.path.isfile(found))


def quoted_name(table: str, quote: str) -> str:
    """`desk.tickets` as `"desk"."tickets"`, so that it is a name and nothing else."""
    return ".".join(quote + part.replace(quote, quote * 2) + quote for part in table.split("."))
