"""What the templates of paper ask for: where a clause stands, which template shows it, and what stands in it.

The templates say where a thing stands and how it looks, `sentences` and `formula` put it into words; what is left,
gathering what belongs together from all over the agreement, is in `clauses`, by the kind of clause.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from markupsafe import Markup, escape

from ..model import nodes
from .clauses.calendars import Calendars
from .clauses.cover import Cover
from .clauses.journeys import Journeys
from .clauses.lines import Line, Table, without_empty_columns
from .clauses.measuring import Measuring
from .clauses.payments import Payments
from .clauses.people import People
from .clauses.promises import Promises
from .clauses.services import Services
from .language import known_languages
from .measurability import MeasurabilitySchedule
from .monitoring import drafting_language
from .obligations import Obligations
from .outline import Entry, Section, outline, word
from .sentences import Writer

if TYPE_CHECKING:
    from ..model.contract import Contract
    from ..model.node import Node
    from . import Edition

UNMARKED = (nodes.Party, nodes.Clause, nodes.Calendar, nodes.Example, nodes.Waiver)
"""What stands alone in its section, where the section's heading says what it is."""

LONG = (nodes.Promise, nodes.Source, nodes.Journey)


class Mark(NamedTuple):
    """A word beside a heading: the `kind` of a construct or the `force` of a promise."""

    about: str
    words: str


class Page:
    """One contract, as the templates see it."""

    def __init__(self, contract: Contract, edition: Edition, code: str = "") -> None:
        self.contract = contract
        self.edition = edition
        self.outline = outline(contract, edition.manner.house.numbering)
        self.paper = Writer(contract, self.outline, code or languages_of(contract, edition)[0])
        self.words = self.paper.words
        self.calendars = Calendars(self.paper)
        self.journeys = Journeys(self.paper)
        self.measuring = Measuring(self.paper)
        self.payments = Payments(self.paper)
        self.people = People(self.paper)
        self.promises = Promises(self.paper, self.measuring)
        self.services = Services(self.paper)

    @cached_property
    def cover(self) -> Cover:
        """The key terms, and the line at the foot of every page."""
        return Cover(self.paper, self.edition, self.services)

    @cached_property
    def measurability(self) -> MeasurabilitySchedule:
        """What is known of the promises before anything is measured."""
        return MeasurabilitySchedule(self.paper)

    @cached_property
    def obligations(self) -> Obligations:
        """What is due when."""
        return Obligations(self.paper)

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

    def table(self, headings: list[str], lines: list[Line]) -> Table:
        return without_empty_columns(headings, lines)


def languages_of(contract: Contract, edition: Edition) -> tuple[str, ...]:
    """The languages of a paper: those it was asked for in, or the first of the agreement that paper has words for."""
    languages = contract.agreement.languages
    agreed = [drafting_language(contract), *(languages.language if languages else [])]
    return edition.manner.languages or next(((code,) for code in agreed if code in known_languages()), ("en",))
