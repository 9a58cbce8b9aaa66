"""What is due when: the dates of the whole term, and a year of all that recurs, month by month."""

from __future__ import annotations

from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from babel.dates import format_date
from markupsafe import Markup

from ..model import nodes
from ..model.deadlines import MONTHS_OF_YEAR, months_after
from ..model.samples import months_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.contract import Contract
    from .sentences import Writer

RECURRING = (nodes.Report, nodes.Obligation, nodes.Review, nodes.Benchmark)


class Date(NamedTuple):
    """Something that falls on one day of the term."""

    day: date
    what: Markup


class Recurring(NamedTuple):
    """Something that is due again and again: for each month of the year, whether it is."""

    what: Markup
    due: tuple[bool, ...]


class Obligations:
    """What the templates of the calendar of obligations ask for."""

    def __init__(self, paper: Writer) -> None:
        self.paper = paper
        self.words = paper.words["obligations"]
        self.contract: Contract = paper.contract
        start = self.contract.agreement.term.start
        first = date(start.year, start.month, 1)
        self.months = [month for each in range(MONTHS_OF_YEAR) if (month := months_after(first, each))]

    @property
    def introduction(self) -> Markup:
        said = [self.paper.language.month(f"{month:%Y-%m}") for month in (self.months[0], self.months[-1])]
        return self.paper.phrase(self.words["introduction"], start=said[0], end=said[1])

    def month_names(self) -> list[str]:
        """The short name of each month, for the head of the table."""
        return [format_date(month, "LLL", locale=self.paper.language.locale) for month in self.months]

    @cached_property
    def recurring(self) -> list[Recurring]:
        """All that recurs at least once a year, in the order of the agreement."""
        found: list[Recurring] = []
        for block in self.contract.blocks:
            rhythm = block.recurring if isinstance(block, RECURRING) else None
            window = block.meets if isinstance(block, nodes.Forum) else rhythm.each if rhythm else None
            first = rhythm.first_due if rhythm else None
            due = self.months_in_which(window, first)
            if any(due):
                found.append(Recurring(self.paper.link(block), due))
        return found

    def months_in_which(self, window: Any, first: date | None) -> tuple[bool, ...]:
        """The months of the first year in which something falls that recurs with a window, first on a day."""
        apart = months_of(window)
        if apart is None:
            return (False,) * len(self.months)
        begun = first or self.months[0]
        since = [(month.year - begun.year) * MONTHS_OF_YEAR + month.month - begun.month for month in self.months]
        return tuple(passed >= 0 and (apart < 1 or passed % int(apart) == 0) for passed in since)

    @cached_property
    def dates(self) -> list[tuple[str, list[Markup]]]:
        """The days on which something begins, changes or ends, with what it is; in the order of the days."""
        found = sorted(self.every_date(), key=lambda each: each.day)
        said: dict[date, list[Markup]] = {}
        for each in found:
            said.setdefault(each.day, []).append(self.paper.sentence(each.what))
        return [(self.paper.language.date(day), what) for day, what in said.items()]

    def every_date(self) -> Iterator[Date]:
        agreement, words = self.contract.agreement, self.words
        yield Date(agreement.term.start, self.paper.phrase(words["begins"]))
        if agreement.settling:
            yield Date(agreement.settling, self.paper.phrase(words["settling"]))
        if agreement.renewal and (notice := months_of_length(agreement.renewal.notice)):
            last = months_after(agreement.term.end, -notice)
            if last:
                yield Date(last, self.paper.phrase(words["notice"]))
        yield Date(agreement.term.end, self.paper.phrase(words["ends"]))
        for block in self.contract.blocks:
            if isinstance(block, nodes.Obligation | nodes.QuickWin) and block.due:
                yield Date(block.due, self.said("due", block))
            elif isinstance(block, nodes.Objective):
                yield Date(block.period.end, self.said("objective", block))
            elif isinstance(block, nodes.Promise):
                yield from self.steps(block, block.level.steps)
            elif isinstance(block, nodes.Parameter):
                yield from self.steps(block, block.value)
            elif isinstance(block, nodes.Service):
                for fee in block.fees:
                    yield from self.steps(fee, fee.amounts)

    def steps(self, node: Any, amounts: list[Any]) -> Iterator[Date]:
        """The days on which a level, a fee or a value of the agreement becomes another one."""
        for step in amounts:
            if step.since is not None and step.since > self.contract.agreement.term.start:
                yield Date(step.since, self.said("becomes", node, self.paper.say(step.amount)))

    def said(self, key: str, node: Any, amount: Markup | None = None) -> Markup:
        return self.paper.phrase(self.words[key], title=self.paper.link(node), amount=amount)


def months_of_length(length: Any) -> int | None:
    """How many whole months a notice takes, where it is told in months or years."""
    months = {"months": 1, "years": MONTHS_OF_YEAR}.get(length.unit)
    return int(length.amount) * months if months and length.amount == int(length.amount) else None


def has_obligations(contract: Contract) -> bool:
    """Whether there is more to tell than the first and the last day."""
    return bool(contract.every(nodes.Forum)) or any(contract.every(kind) for kind in (*RECURRING, nodes.QuickWin))
