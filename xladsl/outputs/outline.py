"""Which section of the contract each construct stands in, and under which number.

Names are for the source, numbers for paper: they follow from the order of the sections that the law expects and from
the order of the text, and from nothing else. A section with nothing in it is left out and takes no number.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from ..model import nodes
from ..model.build import kind_of
from ..model.node import Node
from ..model.promises import every_promise
from .house import OURS, Numbering
from .obligations import has_obligations

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.contract import Contract


class Place(NamedTuple):
    """A section before it is numbered: the provisions that the block `agreement` makes there, and the blocks."""

    key: str
    provisions: tuple[str, ...] = ()
    kinds: tuple[type[Node], ...] = ()


BODY = (
    Place("parties", (), (nodes.Party,)),
    Place("background", ("schedule", "recital"), (nodes.SuccessArea, nodes.Need, nodes.Goal)),
    Place(
        "definitions",
        ("terms", "prevails", "timezone", "fiscal_year", "billing_month", "working_out"),
        (nodes.Definition,),
    ),
    Place("term", ("term", "renewal", "settling")),
    Place(
        "scope",
        (),
        (nodes.Service, nodes.Stakeholder, nodes.Segment, nodes.Site, nodes.Limit, nodes.Option, nodes.Parameter),
    ),
    Place("roles", ("responsibilities",), (nodes.Role, nodes.Obligation, nodes.Dependency)),
    Place("service_levels", (), (nodes.Sla, nodes.InternalTarget)),
    Place("experience_levels", (), (nodes.Journey, nodes.Target)),
    Place("measurement", (), (nodes.Kpi, nodes.Composite, nodes.Intervals, nodes.Measure, nodes.Ambiguous)),
    Place("reporting", (), (nodes.Report,)),
    Place("governance", (), (nodes.Forum, nodes.Escalation, nodes.Review, nodes.Benchmark)),
    Place("improvement", (), (nodes.Objective, nodes.QuickWin)),
    Place(
        "remedies",
        ("remedies", "rounding"),
        (
            nodes.Credit,
            nodes.PointsScheme,
            nodes.Bonus,
            nodes.Combination,
            nodes.EarnBack,
            nodes.Reward,
            nodes.CreditNote,
        ),
    ),
    Place("exclusions", (), (nodes.Exclusion, nodes.Maintenance, nodes.ForceMajeure, nodes.Relief)),
    Place("termination", (), (nodes.ImprovementPlan, nodes.Right)),
    Place("change", (), (nodes.ChangeControl,)),
    Place("data_protection"),
    Place("liability"),
    Place("disputes", ("disputes",)),
    Place("general", (), (nodes.Clause,)),
    Place("languages", ("languages",)),
    Place("law", ("law", "courts")),
    Place("signatures", ("signatures",)),
)
SCHEDULES = (
    Place("calendars", ("obligations",), (nodes.Calendar,)),
    Place(
        "sources",
        (),
        (
            nodes.Tickets,
            nodes.Probes,
            nodes.Events,
            nodes.Telemetry,
            nodes.Outages,
            nodes.Billing,
            nodes.Evidence,
        ),
    ),
    Place("surveys", (), (nodes.Survey,)),
    Place("examples", (), (nodes.Example,)),
    Place("measurability", ("measurability", "mix"), (nodes.Waiver,)),
)
PLACES = (*BODY, *SCHEDULES)
SECTION_OF: dict[type[Node], str] = {kind: place.key for place in PLACES for kind in place.kinds}
COVER = (nodes.Agreement,)
"""What stands before the first section. What it provides beyond the key terms are provisions in the sections."""


class Entry(NamedTuple):
    """One numbered clause of a section.

    `kind` is the word for a block (`quick_win`) or the name of a provision that the block `agreement` makes
    (`renewal`); `node` is what it is about, and `members` are the blocks gathered in a clause that holds several.
    """

    number: str
    anchor: str
    kind: str
    node: Any
    members: tuple[Any, ...] = ()


class Section(NamedTuple):
    """A section with its number: a figure in the body, a letter for a schedule."""

    number: str
    anchor: str
    key: str
    schedule: bool
    entries: tuple[Entry, ...]

    @property
    def nodes(self) -> list[Any]:
        """The blocks that stand in this section, in the order of paper."""
        return [node for entry in self.entries for node in (entry.members or (entry.node,))]


class Outline:
    """The sections in order, and the number and the anchor of everything that can be cited.

    What is not printed in this edition, or in no edition, has an empty number and an empty anchor.
    """

    def __init__(self, contract: Contract, sections: list[Section]) -> None:
        self.sections = sections
        self._contract = contract
        self._numbers: dict[str, str] = {}
        for entry in (entry for section in sections for entry in section.entries):
            if not isinstance(entry.node, COVER):
                self._numbers[entry.anchor] = entry.number
            for member in entry.members:
                self._numbers[self._name(member)] = entry.number

    def number(self, node: Node) -> str:
        """The number a node is cited by, such as `7.2` or `B.3`: its own, or that of the clause it stands in."""
        return self._numbers.get(self._name(self._contract.names.owner(node)), "")

    def anchor(self, node: Node) -> str:
        """The name of a node's place, which stays the same when numbers move, such as `sla-portal_up`."""
        owner: Any = self._contract.names.owner(node)
        if not self.number(owner):
            return ""
        return self._name(node) if owner is node else f"{word(node)}-{owner.name}-{getattr(node, 'name', '')}"

    def anchored(self, anchor: str) -> Node | None:
        """The node whose place has that name: the way back from paper to the text."""
        return next(
            (node for node in self._contract.walk() if hasattr(node, "name") and self.anchor(node) == anchor), None
        )

    def _name(self, block: Node) -> str:
        return anchor_of(self._contract, block)


def outline(contract: Contract, numbering: Numbering = OURS.numbering) -> Outline:
    """The sections of a contract, numbered as the house does it."""
    sections: list[Section] = []
    for schedules, places in ((False, BODY), (True, SCHEDULES)):
        filled = [(place, found) for place in places if (found := list(contents(contract, place)))]
        for position, (place, found) in enumerate(filled):
            number = counted(position, numbering.schedules if schedules else numbering.sections)
            entries = [entry._replace(number=f"{number}.{each}") for each, entry in enumerate(found, 1)]
            sections.append(Section(number, f"section-{place.key}", place.key, schedules, tuple(entries)))
    return Outline(contract, sections)


def section_key(block: Node) -> str:
    """The section a block stands in; a free clause says so itself."""
    if isinstance(block, nodes.Clause) and block.chapter:
        return block.chapter.replace(" ", "_")
    return next(SECTION_OF[kind] for kind in type(block).__mro__ if kind in SECTION_OF)


def contents(contract: Contract, place: Place) -> Iterator[Entry]:
    """What stands in a section, not yet numbered: the agreement's provisions, its blocks by kind, then free clauses."""
    agreement = contract.agreement
    blocks = [block for block in contract.blocks if not isinstance(block, COVER) and section_key(block) == place.key]
    for provision in place.provisions:
        if makes_provision(contract, provision):
            yield Entry("", f"provision-{provision}", provision, agreement, gathered(provision, blocks))
    separate = [block for block in blocks if not isinstance(block, nodes.Definition)]
    order = {kind: position for position, kind in enumerate(place.kinds)}
    for block in sorted(separate, key=lambda block: order.get(type(block), len(order))):
        yield Entry("", anchor_of(contract, block), word(block), block)


def makes_provision(contract: Contract, provision: str) -> bool:
    """Whether the agreement says something of its own on a point. Some points no contract can do without."""
    if provision in ("working_out", "signatures"):
        return True
    if provision == "terms":
        return bool(contract.every(nodes.Definition))
    if provision == "obligations":
        return has_obligations(contract)
    if provision in ("measurability", "mix"):
        return bool(every_promise(contract))
    if provision == "responsibilities":
        roles = contract.every(nodes.Role)
        return any(role.accountable or role.responsible or role.consulted or role.informed for role in roles)
    return getattr(contract.agreement, provision) not in (None, [])


def gathered(provision: str, blocks: list[Node]) -> tuple[Node, ...]:
    """The definitions stand in one clause, in the order in which a reader looks a word up."""
    if provision != "terms":
        return ()
    found = [block for block in blocks if isinstance(block, nodes.Definition)]
    return tuple(sorted(found, key=lambda term: (term.title.value if term.title else term.name).casefold()))


def anchor_of(contract: Contract, node: Any) -> str:
    if isinstance(node, nodes.Waiver):
        return f"waiver-{node.rule}-{node.on.name.replace('.', '-')}"
    if isinstance(node, nodes.Example):
        return f"example-{[id(each) for each in contract.every(nodes.Example)].index(id(node)) + 1}"
    return f"{word(node)}-{getattr(node, 'name', '')}"


def word(node: Node) -> str:
    """A construct's name in file names and anchors: `quick_win`."""
    return kind_of(node).replace(" ", "_")


def counted(position: int, counter: str) -> str:
    """The number of a position, counted from 0, as one of `1`, `I`, `i`, `A` and `a`."""
    if counter == "1":
        return str(position + 1)
    number = letters(position) if counter in "Aa" else roman(position + 1)
    return number.lower() if counter.islower() else number


def roman(number: int) -> str:
    written = ""
    for value, sign in ((40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")):
        times, number = divmod(number, value)  # there are as many sections as places above, which are fewer than forty
        written += sign * times
    return written


def letters(position: int) -> str:
    """The letter of a position, counted from 0; after Z comes AA."""
    before, last = divmod(position, 26)
    return (letters(before - 1) if before else "") + chr(ord("A") + last)
