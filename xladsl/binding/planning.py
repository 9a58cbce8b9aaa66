"""Agreement, config and command line become one plan for each source."""

from __future__ import annotations

import os
from fractions import Fraction
from typing import TYPE_CHECKING, Any, NamedTuple
from zoneinfo import ZoneInfoNotFoundError

from ..evaluation.instants import zones
from ..evaluation.rows.table import ARRIVED
from ..model import nodes
from ..model.dating import dating_column
from ..spelling import nearest
from .config import EMPTY, Config, configured, texts
from .plan import EPOCHS, ISO, NO_WORDS, YES_WORDS, Allowed, ColumnPlan, SourcePlan
from .problems import Place, Problem, error, listed
from .times import pattern
from .whereabouts import Whereabouts

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ..model.contract import Contract

UNITS: dict[str, dict[str, Fraction]] = {
    "duration": {
        "us": Fraction(1, 1_000_000),
        "ms": Fraction(1, 1_000),
        "s": Fraction(1),
        "min": Fraction(60),
        "h": Fraction(3600),
    },
    "percent": {"percent": Fraction(1), "share": Fraction(100)},
    "money": {"whole": Fraction(1), "hundredths": Fraction(1, 100)},
}
"""What a number of a unit is worth in the unit of cells: seconds, hundredths, units of the currency."""

DURATION_UNITS = {"seconds": "s", "milliseconds": "ms", "minutes": "min", "hours": "h"}


class Bound(NamedTuple):
    """How the rows of each source are read that has data, and what is wrong with what was said about that."""

    plans: tuple[SourcePlan, ...]
    problems: tuple[Problem, ...]


def bind(contract: Contract, data: Mapping[str, Sequence[str]] | None = None, config_path: str | None = None) -> Bound:
    """Plans for the sources that `data` names with their files, or that the config names.

    What `data` says goes before the config. Its files are looked for from the current folder, those of the config from
    the folder of the config.
    """
    config, problems = read_config(config_path)
    folder = os.path.dirname(config_path) if config_path else ""
    known = {source.name: source for source in contract.every(nodes.Source)}
    plans = []
    for name in dict.fromkeys([*(data or {}), *config.sources]):
        if name not in known:
            problems.append(unknown_source(name, known, config, name in (data or {})))
            continue
        planning = Planning(contract, known[name], config, folder)
        plan = planning.plan((data or {}).get(name))
        problems += planning.problems
        if not planning.problems:
            plans.append(plan)
    return Bound(tuple(plans), tuple(problems))


def read_config(path: str | None) -> tuple[Config, list[Problem]]:
    if path is None:
        return EMPTY, []
    name = os.path.basename(path)
    try:
        with open(path, encoding="utf-8-sig") as file:
            return configured(file.read(), name)
    except OSError as fault:
        return EMPTY, [error("no-config", "", f"`{path}` cannot be read: {fault.strerror}")]
    except UnicodeDecodeError:
        return EMPTY, [error("no-config", "", f"`{path}` is not written in UTF-8", remedy="Save it as UTF-8.")]


def unknown_source(name: str, known: Mapping[str, nodes.Source], config: Config, by_hand: bool) -> Problem:
    near = nearest(name, known)
    remedy = f"Did you mean `{near}`?" if near else f"It has {listed(known)}." if known else "It has no source at all."
    title = f"the agreement has no source `{name}`"
    places = () if by_hand else (Place(config.name),)
    return error("unknown-source", name, title, *places, remedy=remedy)


class Planning:
    """Makes the plan of one source, and collects what is wrong with it."""

    def __init__(self, contract: Contract, source: nodes.Source, config: Config, folder: str) -> None:
        self.contract = contract
        self.source = source
        self.config = config
        self.settings: Mapping[str, Any] = config.sources.get(source.name, {})
        self.folder = folder
        self.problems: list[Problem] = []

    def plan(self, files: Sequence[str] | None) -> SourcePlan:
        columns = self.columns()
        moments = tuple(column.name for column in columns if column.kind in ("time", "date"))
        dated = dating_column(self.source)
        if "arrived" in self.settings:
            columns.append(self.arrival(self.settings["arrived"]))
        whereabouts = Whereabouts(self.source.name, self.settings, self.folder, self.wrong)
        table = whereabouts.table() if files is None else None
        lasting = self.source.lasting if isinstance(self.source, nodes.Outages) else None
        return SourcePlan(
            source=self.source.name,
            files=() if table is not None else whereabouts.files(files),
            table=table,
            columns=tuple(columns),
            key=self.source.deduplicated,
            moments=moments,
            lasting=(lasting.start, lasting.end) if lasting else None,
            dated=dated,
            allowed=allowed(self.settings.get("rejects", 0)),
            may_be_late=self.source.late is not None,
        )

    # ------------------------------------------------------------------------------------------------------- columns

    def columns(self) -> list[ColumnPlan]:
        """The columns of the agreement, and a question's own where it has none."""
        questions = {question.name: question for question in getattr(self.source, "questions", [])}
        found = []
        for column in self.source.columns:
            question = questions.pop(column.name, None)
            words = column.column_type or ("number" if question else "text")
            found.append(self.column(column.name, column.header, words, column.column_words, question=question))
        found += [self.column(name, name, "number", question=question) for name, question in questions.items()]
        unknown = set(self.settings.get("columns", {})) - {column.name for column in found}
        for name in sorted(unknown):
            near = nearest(name, [column.name for column in found])
            remedy = f"Did you mean `{near}`?" if near else f"It has {listed(column.name for column in found)}."
            self.wrong("unknown-column", f"the source `{self.source.name}` has no column `{name}`", remedy)
        return found

    def arrival(self, said: str | Mapping[str, Any]) -> ColumnPlan:
        """The column with the time at which a row arrived: its header, or a table of how it is written."""
        if isinstance(said, str):
            return self.column(ARRIVED, said, "time")
        if "header" not in said:
            self.wrong("wrong-setting", "`arrived` does not name its column", 'Say `arrived = { header = "…" }`.')
        return self.column(ARRIVED, ARRIVED, "time", None, said)

    def column(
        self,
        name: str,
        header: str,
        words: str,
        null: str | None = None,
        said: Mapping[str, Any] | None = None,
        question: nodes.Question | None = None,
    ) -> ColumnPlan:
        """A column as the agreement has it, overruled by what the config says of it."""
        if said is None:
            said = self.settings.get("columns", {}).get(name, {})
        kind = words if words in ("time", "date", "text", "yes or no") else "number"
        nulls = (*texts(self.settings.get("null", [])), *texts(said.get("null", [])), *((null,) if null else ()))
        scale = question.scale if question and words == "number" else None
        return ColumnPlan(
            name=name,
            header=said.get("header", header),
            kind=kind,  # type: ignore[arg-type]  # the grammar has no other words
            words=words,
            null=nulls,
            form=self.form(name, kind, said),
            zone=self.zone(said),
            factor=self.factor(name, words, said),
            decimal_comma=said.get("decimal_comma", self.settings.get("decimal_comma", False)),
            negative=not words.startswith("duration"),
            lowest=int(scale.lowest_answer.number) if scale else None,
            highest=int(scale.highest_answer.number) if scale else None,
            yes=texts(said["yes"]) if "yes" in said else YES_WORDS,
            no=texts(said["no"]) if "no" in said else NO_WORDS,
        )

    def form(self, name: str, kind: str, said: Mapping[str, Any]) -> str:
        form: str = said.get("format", self.settings.get("times", ISO) if kind == "time" else ISO)
        if kind not in ("time", "date"):
            if "format" in said:
                self.wrong("wrong-setting", f"`{name}` holds no time, so it has no `format`")
            return ISO
        if form == ISO or (form in EPOCHS and kind == "time"):
            return form
        try:
            pattern(form)
        except ValueError as why:
            forms = ", ".join(f'`"{each}"`' for each in (ISO, *(EPOCHS if kind == "time" else ())))
            remedy = f'Write {forms} or a pattern such as `"%d-%m-%Y %H:%M"`.'
            self.wrong("wrong-form", f"`{form}` does not say how `{name}` is written: {why}", remedy)
            return ISO
        return form

    def zone(self, said: Mapping[str, Any]) -> str:
        own = said.get("zone", self.settings.get("zone"))
        if own is None:
            return self.source.timezone or self.contract.agreement.timezone or "UTC"
        try:
            zones.zone(own)
        except ZoneInfoNotFoundError:
            remedy = "Zones are named as in the database of the IANA: `Europe/Copenhagen`, or `UTC`."
            self.wrong("unknown-zone", f"there is no time zone `{own}`", remedy)
            return "UTC"
        return str(own)

    def factor(self, name: str, words: str, said: Mapping[str, Any]) -> Fraction:
        family = words.partition(" ")[0]
        unit = said.get("unit", DURATION_UNITS.get(words.rpartition(" ")[2]))
        if unit is None:
            return Fraction(1)
        if family not in UNITS:
            self.wrong("wrong-setting", f"`{name}` holds {'a ' * (words == 'number')}{words}, which has no `unit`")
            return Fraction(1)
        if unit not in UNITS[family]:
            remedy = f"There are {listed(UNITS[family])}."
            self.wrong("unknown-unit", f"`{unit}` is no unit in which `{name}` can be written", remedy)
        return UNITS[family].get(unit, Fraction(1))

    def wrong(self, rule: str, title: str, remedy: str = "") -> None:
        place = (Place(self.config.name),) if self.settings else ()
        problem = error(rule, self.source.name, title, *place, remedy=remedy)
        if problem not in self.problems:  # what stands once above all columns is wrong once
            self.problems.append(problem)


def allowed(rejects: int | str) -> Allowed:
    if isinstance(rejects, int):
        return Allowed(rejects)
    return Allowed(share=Fraction(rejects.removesuffix("%").strip()) / 100)
