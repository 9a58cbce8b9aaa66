"""What the templates of paper ask for: the key terms, tables of a construct, and who signs.

The templates say where a thing stands and how it looks, `sentences` and `formula` put it into words; what is left,
gathering what belongs together from all over the agreement, is here.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from markupsafe import Markup, escape

from ..model import nodes, quantities
from ..model.calendars import closures
from ..model.measures import inherited
from ..model.node import Node, walk
from . import formula, plain_words
from .language import direction_of, known_languages
from .measurability import MeasurabilitySchedule
from .monitoring import drafting_language
from .obligations import Obligations
from .outline import Entry, Section, outline, word
from .sentences import Row, Writer
from .tier_drawing import TierDrawing, tier_drawing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.contract import Contract
    from . import Edition

UNMARKED = (nodes.Party, nodes.Clause, nodes.Calendar, nodes.Example, nodes.Waiver)
"""What stands alone in its section, where the section's heading says what it is."""

LONG = (nodes.Promise, nodes.Source, nodes.Journey)

NOT_AGREED = ("draft", "proposed")
"""The states that stand across every page."""

SHORT_DIGEST = 12


class Line(NamedTuple):
    """A line of a table, and the name of its place where it can be cited."""

    cells: tuple[Markup | str, ...]
    anchor: str = ""


class Mark(NamedTuple):
    """A word beside a heading: the `kind` of a construct or the `force` of a promise."""

    about: str
    words: str


class Table(NamedTuple):
    """Headings, and lines with as many cells."""

    headings: list[str]
    lines: list[Line]


class Signing(NamedTuple):
    """A party's part of the page of signatures."""

    heading: Markup
    persons: list[dict[str, Any]]


class Page:
    """One contract, as the templates see it."""

    def __init__(self, contract: Contract, edition: Edition, code: str = "") -> None:
        self.contract = contract
        self.edition = edition
        self.outline = outline(contract, edition.manner.house.numbering)
        self.paper = Writer(contract, self.outline, code or languages_of(contract, edition)[0])
        self.words = self.paper.words

    # The parts of the document

    def is_provision(self, entry: Entry) -> bool:
        return entry.kind in self.words["provisions"] and isinstance(entry.node, nodes.Agreement)

    def length(self, entry: Entry) -> str:
        """How a clause meets the end of a page: `short` ones stay whole, `long` ones leave some lines on both pages."""
        if self.is_provision(entry) or isinstance(entry.node, nodes.Clause):
            return "prose"
        return "long" if isinstance(entry.node, LONG) else "short"

    def partial(self, entry: Entry) -> list[str]:
        """The templates that may show a clause, the most special first."""
        if self.is_provision(entry):
            return [f"provisions/{entry.kind}.html", "provisions/provision.html"]
        return [f"constructs/{kind}.html" for kind in self.paper.kinds(entry.node)] + ["constructs/block.html"]

    def heading(self, node: Any) -> Markup:
        if isinstance(node, nodes.Example):
            return self.paper.sentence(self.paper.inline(node.subject)).rstrip(".")
        if isinstance(node, nodes.Waiver):
            return escape(self.paper.language.quotation(node.rule))
        return self.paper.title(node)

    def marks(self, node: Any) -> list[Mark]:
        """What stands beside a heading: which kind of construct it is, and the force of a promise."""
        which = self.paper.language.choice("kind", getattr(node, "kind", ""))
        kind = self.words["constructs"][word(node)].format(kind=which)
        marks = [] if isinstance(node, UNMARKED) or kind == self.heading(node) else [Mark("kind", kind)]
        force = node.bindingness if isinstance(node, nodes.Promise) else getattr(node, "force", None)
        return [*marks, Mark("force", self.paper.language.choice("force", force))] if force else marks

    def says(self, node: Node, field: str) -> bool:
        return field in type(node).fields and self.paper.has(node, field)

    def anchor(self, node: Node) -> str:
        return self.outline.anchor(node)

    def item(self, position: int) -> str:
        """What stands before an item of a list, counted from 0."""
        return self.paper.language.item(position)

    def number(self, entry: Entry | Section) -> str:
        """The number of a section or a clause as paper prints it, with the word before the letter of a schedule."""
        shown = self.paper.language.clause(entry.number)
        schedule = isinstance(entry, Section) and entry.schedule
        return str(self.paper.phrase(self.words["paper"]["schedule_number"], number=shown)) if schedule else shown

    def in_alphabet(self, terms: tuple[nodes.Definition, ...]) -> list[nodes.Definition]:
        """Defined terms in the order in which a reader looks them up; of two languages, in that of the first."""
        first = languages_of(self.contract, self.edition)[0]
        paper = self.paper if first == self.paper.language.code else Writer(self.contract, self.outline, first)
        return sorted(terms, key=lambda term: paper.language.alphabetical(paper.title(term).striptags()))

    def labels(self, *fields: str) -> list[str]:
        return [self.paper.language.label([], field) for field in fields]

    # The cover

    @cached_property
    def cover(self) -> dict[str, Any]:
        """The key terms, and the line at the foot of every page."""
        agreement, paper = self.contract.agreement, self.paper
        status = agreement.status or "draft"
        state = self.words["paper"]["statuses"][status]
        version = f"{self.words['paper']['version']} {agreement.version} · " if agreement.version else ""
        return {
            "title": paper.title(agreement),
            "status": status,
            "watermark": state if status in NOT_AGREED else "",
            "schedule": paper.sentences(agreement, "schedule")[0] if agreement.schedule else None,
            "parties": [
                {
                    "name": paper.title(side.party.found),
                    "capacity": self.words["capacities"].get(side.capacity, side.capacity),
                    "anchor": self.anchor(side.party.found),
                }
                for side in agreement.between
            ],
            "rows": list(self.key_terms()),
            "source_digest": self.edition.source_digest,
            "specification_digest": self.edition.specification_digest,
            "edition_line": f"{version}{state} · {self.edition.source_digest[:SHORT_DIGEST]}{self.committed}",
        }

    @property
    def committed(self) -> str:
        commit = self.edition.manner.commit
        return f" · git {commit[:SHORT_DIGEST]}" if commit else ""

    def key_terms(self) -> Iterator[Row]:
        agreement, paper, words = self.contract.agreement, self.paper, self.words["paper"]
        if agreement.version:
            yield Row(words["version"], escape(agreement.version), paper.at(agreement, "version"))
        yield Row(words["status"], escape(words["statuses"][agreement.status or "draft"]))
        for field in ("term", "renewal", "settling", "signed", "law", "courts", "languages", "currency", "timezone"):
            alone = field == "languages" and agreement.languages and len(agreement.languages.language) == 1
            if paper.has(agreement, field) and not alone:
                yield Row(paper.label(agreement, field), paper.field(agreement, field), paper.at(agreement, field))
        services = self.contract.every(nodes.Service)
        if services:
            yield Row(self.labels("services")[0], paper.joined([paper.link(service) for service in services]))
        fees = [fee for service in services for fee in service.fees]
        if fees:
            lines = [Markup("{}: {}").format(paper.title(fee), self.fee_amount(fee)) for fee in fees]
            yield Row(self.labels("fees")[0], Markup("<br>").join(lines))
        yield Row(words["audience"], escape(words["audiences"][self.edition.audience]))
        for field in ("because", "note"):
            if paper.has(agreement, field):
                yield Row(paper.label(agreement, field), paper.field(agreement, field), paper.at(agreement, field))
        if points := list(self.open_points()):
            yield Row(words["open_points"], Markup("<br>").join(points))

    def open_points(self) -> Iterator[Markup]:
        """What the parties have not settled, each with the clause that it is about."""
        for block in self.contract.blocks:
            for point in getattr(block, "open_points", ()):
                said = self.paper.say(point)
                general = isinstance(block, nodes.Agreement)
                yield said if general else Markup("{}: {}").format(self.paper.link(block), said)

    def table(self, headings: list[str], lines: list[Line]) -> Table:
        """A table without the columns in which nothing stands."""
        filled = [position for position in range(len(headings)) if any(line.cells[position] for line in lines)]
        return Table(
            [headings[position] for position in filled],
            [Line(tuple(line.cells[position] for position in filled), line.anchor) for line in lines],
        )

    # Services, people, journeys

    def fee_amount(self, fee: nodes.Fee) -> Markup:
        fields = ("amounts", "as_invoiced", "unit_price", "each", "once")
        return Markup(" ").join(self.paper.field(fee, field) for field in fields if self.paper.has(fee, field))

    def fees(self, service: nodes.Service) -> list[Line]:
        said = [
            (fee, Markup(" ").join(self.paper.field(fee, field) for field in fields if self.paper.has(fee, field)))
            for fee in service.fees
            for fields in [("unit_price", "each", "once")]
        ]
        return [Line((self.paper.title(fee), self.fee_lines(fee), each), self.anchor(fee)) for fee, each in said]

    def fee_lines(self, fee: nodes.Fee) -> Markup:
        if fee.as_invoiced:
            return self.paper.field(fee, "as_invoiced")
        return Markup("<br>").join(self.paper.say(amount) for amount in fee.amounts)

    def choices(self, option: nodes.Option) -> list[Line]:
        return [
            Line(
                (
                    self.paper.title(choice),
                    self.optional(choice, "price"),
                    self.optional(choice, "adds"),
                    self.chosen(choice),
                ),
                self.anchor(choice),
            )
            for choice in option.choices
        ]

    def chosen(self, choice: nodes.Choice) -> Markup:
        """A tick where a choice was taken, with the day on which it was if that is later."""
        if choice.chosen_from is None:
            return escape("☑" if choice.chosen else "☐")
        return Markup("☑ {}").format(self.paper.say(choice.chosen_from))

    def touchpoints(self, journey: nodes.Journey) -> list[Line]:
        lines: list[Line] = []
        for phase in journey.phases:
            for position, touchpoint in enumerate(phase.touchpoints):
                named = Markup('<span id="{}">{}</span>').format(self.anchor(phase), self.paper.title(phase))
                lines.append(self.touchpoint(Markup() if position else named, touchpoint))
        return lines + [self.touchpoint(Markup(), touchpoint) for touchpoint in journey.touchpoints]

    def touchpoint(self, phase: Markup, touchpoint: nodes.Touchpoint) -> Line:
        paper = self.paper
        goals = [
            goal
            for goal in self.contract.every(nodes.Goal)
            if any(reference.target is touchpoint for reference in goal.touchpoint)
        ]
        measured: list[Any] = [*self.contract.every(nodes.Kpi), *self.contract.every(nodes.Composite)]
        kpis = [kpi for kpi in measured if any(reference.target is goal for reference in kpi.serves for goal in goals)]
        moment = self.words["journey"]["yes"] if touchpoint.moment_of_truth else ""
        measured_by = paper.joined([paper.link(kpi) for kpi in kpis])
        return Line(
            (phase, paper.title(touchpoint), moment, self.optional(touchpoint, "reached"), measured_by),
            self.anchor(touchpoint),
        )

    def key_results(self, objective: nodes.Objective) -> list[Line]:
        return [
            Line(
                (
                    self.paper.title(result),
                    self.optional(result, "kpi_of"),
                    self.optional(result, "moves"),
                    self.optional(result, "force"),
                ),
                self.anchor(result),
            )
            for result in objective.key_results
        ]

    def responsibilities(self) -> list[Line]:
        """Who is accountable, responsible, consulted and informed, for each thing that some role names."""
        subjects: dict[int, tuple[Node, dict[str, list[Markup]]]] = {}
        for role in self.contract.every(nodes.Role):
            for part in RACI:
                for reference in getattr(role, part):
                    if not self.paper.withheld(reference):
                        _, named = subjects.setdefault(
                            id(reference.target), (reference.target, {each: [] for each in RACI})
                        )
                        named[part].append(self.paper.link(role))
        return [
            Line((self.paper.link(subject), *(self.paper.joined(roles[part]) for part in RACI)))
            for subject, roles in subjects.values()
        ]

    def closed_days(self, calendar: nodes.Calendar) -> list[Line]:
        """The days on which a calendar is closed, year by year, as they stand when the agreement is made."""
        years: dict[int, list[Markup]] = {}
        for day, reason in closures(calendar, self.contract.agreement):
            said, why = self.paper.language.date_in_year(day), self.reason_closed(reason)
            years.setdefault(day.year, []).append(self.paper.phrase(self.words["closed"]["day"], day=said, reason=why))
        between, language = self.words["paper"]["list_phrases"], self.paper.language
        return [Line((language.in_digits(str(year)), self.paper.joined(days, between))) for year, days in years.items()]

    def reason_closed(self, reason: quantities.Text | str | None) -> Markup:
        """Why a calendar is closed: the agreement's own words, or the English name of a public holiday."""
        if isinstance(reason, quantities.Text):
            return self.paper.inline(reason)
        if reason is None:
            return escape(self.words["closed"]["unsaid"])
        return self.paper.joined(
            [self.holiday(each) for each in reason.split("; ")], self.words["paper"]["list_phrases"]
        )

    def holiday(self, name: str) -> Markup:
        """A public holiday by its English name, and why it is on that day: `Christmas Day (observed, estimated)`."""
        known = self.paper.language.holiday(name)
        if known is not None:
            return escape(known)
        day, _, remark = name.removesuffix(")").rpartition(" (")
        patterns = [self.words["closed"].get(each) for each in remark.split(", ")]
        if not day or None in patterns:
            return self.paper.in_language(escape(name), "en")
        said = self.holiday(day)
        for pattern in patterns:
            said = self.paper.phrase(pattern, holiday=said)
        return said

    def optional(self, node: Node, field: str) -> Markup:
        return self.paper.field(node, field) if self.paper.has(node, field) else Markup()

    # Sources and measures

    def columns(self, source: nodes.Source) -> list[Line]:
        return [
            Line(
                (
                    self.paper.title(column),
                    column.header,
                    self.optional(column, "column_type"),
                    column.column_words or "",
                ),
                self.anchor(column),
            )
            for column in source.columns
        ]

    def questions(self, survey: nodes.Survey) -> list[Line]:
        """The questions in every language in which they are asked."""
        return [
            Line(
                (
                    self.paper.title(question),
                    self.in_all_languages(question.asking),
                    Markup("<br>").join(
                        (self.end_of(question.scale.lowest_answer), self.end_of(question.scale.highest_answer))
                    ),
                ),
                self.anchor(question),
            )
            for question in survey.questions
        ]

    def end_of(self, end: nodes.Anchor) -> Markup:
        number = escape(self.paper.language.number(end.number))
        return Markup("{} {}").format(number, self.in_all_languages(end.words)) if end.words else number

    def in_all_languages(self, text: quantities.Text) -> Markup:
        """The words in the language of this paper first, then in every other in which they are said."""
        written = {text.language or self.paper.drafting: text.value}
        written |= {other.language: other.value for other in text.translations}
        own = self.paper.language.code
        first = Markup('<span class="translation" lang="{}" dir="{}">{}</span>')
        said = [escape(written.pop(own))] if own in written else []
        said += [first.format(code, direction_of(code), words) for code, words in written.items()]
        return Markup("<br>").join(said)

    def inputs(self, measure: nodes.Measure) -> list[Line]:
        return [
            Line((self.paper.title(each), self.optional(each, "kind"), self.optional(each, "scale")), self.anchor(each))
            for each in measure.takes
        ]

    def weighted_parts(self, composite: nodes.Composite) -> list[Line]:
        return [
            Line(tuple(self.optional(part, field) for field in ("kpi", "weight", "scaled", "at_least_part")))
            for part in composite.parts
        ]

    def formula_rows(self, node: Any) -> list[Row]:
        """The formula that decides, the catalogue's measure in it written out, and the sources it reads."""
        measured = node.kpi_of.found if getattr(node, "kpi_of", None) is not None else node
        value = getattr(measured, "value", None)
        rows = [] if measured is node else [Row(self.paper.label(node, "kpi_of"), self.paper.link(measured))]
        if value is None:
            return rows
        rows.append(Row(self.labels("formula")[0], self.paper.say(value, mode=formula.FORMULA)))
        written_out = formula.written_out(value)
        if written_out is not value:
            rows.append(Row(self.labels("worked_out")[0], self.paper.say(written_out, mode=formula.FORMULA)))
        sources = self.paper.joined([self.paper.link(source) for source in self.sources_of(value)])
        return [*rows, Row(self.labels("sources")[0], sources)] if sources else rows

    def inherited_rows(self, node: Any) -> list[Row]:
        """What a KPI or a promise does not say itself because its KPI, or the measure it applies, says it."""
        said = {field: inherited(node, field) for field in INHERITED if not self.says(node, field)}
        return [
            Row(self.paper.label(node, field), self.paper.say(value, field))
            for field, value in said.items()
            if value is not None
        ]

    def sources_of(self, value: Node) -> list[Node]:
        """The sources a formula reads, through stretches of time too, in the order it names them."""
        found: dict[int, Node] = {}
        waiting, seen = [value], set()
        while waiting:
            for part in walk(waiting.pop(0)):
                target = getattr(part, "target", None)
                owner = self.contract.names.owner(target) if isinstance(target, Node) else None
                if isinstance(owner, nodes.Source) and not self.paper.withheld(owner):
                    found[id(owner)] = owner
                elif isinstance(owner, nodes.Intervals | nodes.Kpi) and id(owner) not in seen:
                    seen.add(id(owner))
                    waiting.append(owner)
        return list(found.values())

    # Promises and what follows

    def plainly(self, promise: nodes.Promise) -> Markup:
        return plain_words.plainly(self.paper, promise)

    def promise_rows(self, promise: nodes.Promise) -> list[Row]:
        """What the promise says, in the order in which it is read."""
        decides = [] if promise.breached_when else [Row(self.labels("breached_when")[0], self.decides)]
        return sorted(
            self.paper.rows(promise, "kpi_of", "value", "breach_leads_to") + decides + self.inherited_rows(promise),
            key=lambda row: self.reading_order.get(row.label, len(self.reading_order)),
        )

    @property
    def decides(self) -> Markup:
        return escape(self.words["paper"]["decides"])

    @cached_property
    def reading_order(self) -> dict[str, int]:
        return {label: position for position, label in enumerate(self.labels(*PROMISE_ORDER))}

    def consequence_rows(self, promise: nodes.Promise) -> list[Row]:
        named = [reference.target for reference in promise.breach_leads_to]
        found = {id(block): block for block in [*named, *self.consequences.get(id(promise), [])]}
        links = [self.paper.link(block) for block in found.values() if block and not self.paper.withheld(block)]
        return [Row(self.labels("consequences")[0], self.paper.joined(links))] if links else []

    @cached_property
    def consequences(self) -> dict[int, list[Node]]:
        """For each promise, the credits, bonuses, plans and rights that name it."""
        found: dict[int, list[Node]] = {}
        for block in self.contract.every(nodes.Consequence):
            for target in {id(part.target) for part in walk(block) if isinstance(part, quantities.Reference)}:
                found.setdefault(target, []).append(block)
        return found

    def rows_first(self, node: Node, *fields: str) -> list[Row]:
        return [
            Row(self.paper.label(node, field), self.paper.field(node, field), self.paper.at(node, field))
            for field in fields
            if field in type(node).fields and self.paper.has(node, field)
        ]

    def tier_headings(self, payment: nodes.Payment) -> list[str]:
        if payment.header:
            return [self.paper.capitalised(self.paper.name_as_words(heading)) for heading in payment.header]
        most = max(len(row.cells) for row in payment.rows)
        return [self.paper.label(payment, "value")] * (most - 1) + [self.words["constructs"][word(payment)]]

    def tier_drawing(self, payment: nodes.Payment) -> TierDrawing | None:
        return tier_drawing(self.paper, payment)

    def tiers(self, payment: nodes.Payment) -> list[Line]:
        return [Line(tuple(self.paper.say(cell) for cell in row.cells)) for row in payment.rows]

    def example_rows(self, example: nodes.Example) -> list[Line]:
        return [Line((self.facts(example.given), self.facts(example.then)))]

    def facts(self, facts: list[Any]) -> Markup:
        return Markup("<br>").join(self.paper.sentence(self.paper.say(fact)) for fact in facts)

    @cached_property
    def measurability(self) -> MeasurabilitySchedule:
        """What is known of the promises before anything is measured."""
        return MeasurabilitySchedule(self.paper)

    @cached_property
    def obligations(self) -> Obligations:
        """What is due when."""
        return Obligations(self.paper)

    # Signatures

    def signing(self) -> list[Signing]:
        """Each party with the persons who sign for it; an empty line where the agreement names nobody."""
        heading, field = self.words["signatures"]["for"], self.words["signatures"]["field"]
        signed = self.contract.agreement.signed
        day = self.paper.language.date(signed) if signed else ""
        nobody = {"name": "", "position": "", "more": [], "date": day, "anchor": "", "signatory": "", "field": ""}
        return [
            Signing(
                self.paper.phrase(heading, party=self.paper.title(side.party.found)),
                [
                    {
                        "name": self.paper.title(person),
                        "position": self.optional(person, "position"),
                        "more": self.paper.rows(person, "position"),
                        "date": day,
                        "anchor": self.anchor(person),
                        "signatory": person.name,
                        "field": self.paper.phrase(field, person=self.paper.title(person)).striptags(),
                    }
                    for person in side.party.found.signatories
                ]
                or [nobody],
            )
            for side in self.contract.agreement.between
        ]


def languages_of(contract: Contract, edition: Edition) -> tuple[str, ...]:
    """The languages of a paper: those it was asked for in, or the first of the agreement that paper has words for."""
    languages = contract.agreement.languages
    agreed = [drafting_language(contract), *(languages.language if languages else [])]
    return edition.manner.languages or next(((code,) for code in agreed if code in known_languages()), ("en",))


INHERITED = ("better", "empty", "rounded", "partial_periods", "range")
RACI = ("accountable", "responsible", "consulted", "informed")
PROMISE_ORDER = (
    "for_whom",
    "segments",
    "level",
    "minimum_level",
    "stretch",
    "baseline",
    "each",
    "timezone",
    "during",
    "answers",
    "breached_when",
    "decision_margin",
    "unclear",
    "no_data",
    "leaving_out",
    "empty",
    "rounded",
    "partial_periods",
    "provided",
    "better",
    "range",
    "warned",
    "owner",
    "verified_by",
)
