"""What two versions of an agreement may cost, side by side.

What the agreement fixes is told as it is. What rests on a count or an invoice is told twice: on fixed fees alone, which
is the least that it can be, and with what the agreement's own examples suppose.
"""

from __future__ import annotations

from decimal import Decimal
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any, NamedTuple

from markupsafe import Markup, escape

from ..model import nodes
from ..model.deadlines import MONTHS_OF_YEAR
from ..model.exposure import AGREED, NOTHING, Basis, at_risk_each_month, fees_each_month, is_fixed, recurring
from .changes import counterparts, plain
from .fees_of_term import fees_of_term
from .impact import meaning
from .payments import comes_to, currencies, money_said, most_said, parameters, payments, tier_said
from .supposing import Supposed, open_fees, supposed
from .tier_amounts import stretches

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date

    from ..outputs.page import Page

    Said = Callable[[Basis], str]


NOWHERE = "–"


class Amounts(NamedTuple):
    """An amount of money before and after, in words of paper; `basis` says what it rests on, where it rests on more
    than the agreement."""

    title: str
    basis: str
    before: str
    after: str


class Money:
    """The amounts of two versions, and what they rest on.

    `concerned` are the names of payments that follow from a promise which means something else now.
    """

    def __init__(self, old: Page, new: Page, concerned: frozenset[str] = frozenset()) -> None:
        self.old, self.new, self.concerned = old, new, concerned
        self.words: dict[str, Any] = new.words["redline"]

    @cached_property
    def amounts(self) -> list[Amounts]:
        return [*self.fees(), *self.of_payments(), *self.all_credits()]

    @property
    def notes(self) -> list[Markup]:
        """What the amounts rest on, in sentences."""
        resting = [each.basis for each in self.amounts]
        found = []
        if self.mixed and self.amounts:
            mixed = [escape(code) for code in self.mixed]
            found.append(self.new.paper.phrase(self.words["note_mixed"], currencies=self.new.paper.joined(mixed)))
        if any(self.words["fixed_alone"] in basis for basis in resting):
            found.append(self.note_alone())
        for page, each in self.supposed.values():
            if any(plain(self.charged(page, each, "")) in basis for basis in resting):
                found.append(self.charged(page, each, "note_"))
        if any(self.resting(day) in basis for day in self.days for basis in resting):
            found.append(escape(self.words["note_days"]))
        return found

    # What is told

    def fees(self) -> Iterator[Amounts]:
        if self.any(nodes.Service):
            unknown = self.words["unfixed"]
            yield from self.told(self.words["fees"], *self.both(monthly_fees), unknown, always=True)
            yield from self.told(self.words["fees_term"], *self.both(term_fees), unknown, by_day=False)

    def of_payments(self) -> Iterator[Amounts]:
        """What each credit, bonus and combination gives, where that differs, and the most that it can come to.

        Of one that nobody changed only what the agreement fixes is told; the rest follows from the fees alone.
        """
        known = counterparts(self.old, self.new)
        pairs = [(known.get(anchor), other) for anchor, other in payments(self.new).items()]
        stayed = {id(one) for one, _ in pairs}
        gone = [one for one in payments(self.old).values() if id(one) not in stayed]
        for one, other in [*pairs, *((one, None) for one in gone)]:
            title = plain(self.new.paper.title(other) if other is not None else self.old.paper.title(one))
            most = (self.side(self.old, one, most_said), self.side(self.new, other, most_said))
            capped = self.phrase("capped", title=title)
            if not self.changed(one, other):
                concerned = other is not None and other.name in self.concerned
                if concerned or all(said(AGREED) for said in most):
                    yield from self.told(capped, *most, self.words["unbounded"], always=concerned)
                continue
            if isinstance(one, nodes.Payment) and isinstance(other, nodes.Payment):
                yield from self.by_tiers(title, one, other)
                yield from self.by_formula(title, one, other)
            yield from self.told(capped, *most, self.words["unbounded"])

    def changed(self, one: Any, other: Any) -> bool:
        """Whether a block says something else, or an amount that it names is another one."""
        if one is None or other is None or meaning(one) != meaning(other):
            return True
        before, after = ([each.value for each in parameters(block)] for block in (one, other))
        return before != after

    def by_tiers(self, title: str, one: nodes.Payment, other: nodes.Payment) -> Iterator[Amounts]:
        for stretch in stretches(one, other) or []:
            where = plain(self.new.paper.say(stretch.band))
            yield from self.told(
                self.phrase("comes_to", title=title, tier=where),
                partial(tier_said, self.old, one, stretch.before),
                partial(tier_said, self.new, other, stretch.after),
            )

    def by_formula(self, title: str, one: nodes.Payment, other: nodes.Payment) -> Iterator[Amounts]:
        if one.pay is not None and other.pay is not None:
            both = self.side(self.old, one, comes_to), self.side(self.new, other, comes_to)
            yield from self.told(self.phrase("comes_to", title=title, tier=None), *both)

    def all_credits(self) -> Iterator[Amounts]:
        if self.any(nodes.Credit):
            unknown = self.words["unbounded"]
            yield from self.told(self.words["credits"], *self.both(monthly_credits), unknown, always=True)
            both = self.both(yearly_credits)
            if any(said(basis) for said in both for basis, _ in self.bases(None, *both)):
                yield from self.told(
                    self.words["credits_year"], *self.both(yearly_credits), unknown, always=True, by_day=False
                )

    def any(self, kind: type[nodes.Block]) -> bool:
        return any(page.contract.every(kind) for page in (self.old, self.new))

    def both(self, amount: Callable[[Page, Basis], str]) -> tuple[Said, Said]:
        return lambda basis: amount(self.old, basis), lambda basis: amount(self.new, basis)

    def side(self, page: Page, block: Any, amount: Callable[[Page, Any, Basis], str]) -> Said:
        """What a block comes to in one version, which may not have it."""
        return lambda basis: amount(page, block, basis) if block is not None else NOWHERE

    # On which basis

    def told(
        self, title: str, before: Said, after: Said, unknown: str = "", *, always: bool = False, by_day: bool = True
    ) -> Iterator[Amounts]:
        """An amount on each basis on which it differs. `always` tells it though it does not."""
        told: set[tuple[str, str]] = set()
        for day in (None, *(self.days if by_day else ())):
            lines = list(self.on_day(title, before, after, day, unknown))
            if day is not None:
                lines = lines[-1:]
            shown = [line for line in lines if line.before != line.after]
            if always and day is None and not shown:
                shown = lines[-1:] or [Amounts(title, "", unknown, unknown)]
            yield from (line for line in shown if (line.before, line.after) not in told)
            told.update((line.before, line.after) for line in shown)

    def on_day(self, title: str, before: Said, after: Said, day: date | None, unknown: str) -> Iterator[Amounts]:
        """An amount as the agreement fixes it, or else on each basis on which it is known."""
        agreed = before(Basis(day)), after(Basis(day))
        if all(agreed):
            yield Amounts(title, self.resting(day), *agreed)
            return
        if self.mixed:
            yield Amounts(title, self.resting(day), agreed[0] or unknown, agreed[1] or unknown)
            return
        found = [(before(basis), after(basis), supposing) for basis, supposing in self.bases(day, before, after)]
        known = [line for line in found if (line[0] or line[1]) and (unknown or (line[0] and line[1]))]
        if len(known) > 1 and len({line[:2] for line in known}) == 1:
            known = [(*known[0][:2], "")]  # whatever is supposed, it is the same
        if not (any(line[0] for line in known) and any(line[1] for line in known)):
            known = known[-1:]  # one side is known on no basis, and need not be told so on each
        for was, now, supposing in known:
            yield Amounts(title, self.resting(day, supposing), was or unknown, now or unknown)

    def resting(self, day: date | None, supposing: str = "") -> str:
        """What an amount rests on, in a few words."""
        shown = self.new.paper.language.date(day) if day is not None else None
        known = self.phrase("from_day", day=shown) if day is not None else ""
        between: str = self.new.words["paper"]["list_separator"]
        return between.join(filter(None, (known, supposing)))

    @cached_property
    def days(self) -> list[date]:
        """The days after the first on which another amount holds in either version."""
        return sorted({day for page in (self.old, self.new) for day in later_days(page)})

    def bases(self, day: date | None, before: Said, after: Said) -> list[tuple[Basis, str]]:
        """What may be supposed of the amounts of a day; in words, as far as it plays a part in an amount."""
        found = [(Basis(day, otherwise=NOTHING), str(self.words["fixed_alone"]))] if self.any_fixed else []
        if self.supposed:
            stated = Basis(day, {name: each.amount for name, (_, each) in self.supposed.items()})
            playing = [name for name in self.supposed if rests(before, stated, name) or rests(after, stated, name)]
            parts = [self.charged(*self.supposed[name], "") for name in playing]
            found.append((stated, plain(self.new.paper.joined(parts))))
        return found

    @property
    def mixed(self) -> list[str]:
        """The currencies of a version that has several."""
        return next((known for page in (self.new, self.old) if len(known := currencies(page)) > 1), [])

    @cached_property
    def any_fixed(self) -> bool:
        services = [service for page in (self.old, self.new) for service in page.contract.every(nodes.Service)]
        return any(is_fixed(fee) for service in services for fee in recurring(service.fees))

    @cached_property
    def supposed(self) -> dict[str, tuple[Page, Supposed]]:
        """What examples suppose of the fees that are not fixed: those of the older version, or else of the newer."""
        return {name: (page, each) for page in (self.new, self.old) for name, each in supposed(page.contract).items()}

    def note_alone(self) -> Markup:
        paper = self.new.paper
        fees = {fee.name: paper.title(fee) for page in (self.new, self.old) for fee in open_fees(page.contract)}
        return paper.phrase(self.words["note_alone"], fees=paper.joined(list(fees.values())))

    def charged(self, page: Page, each: Supposed, kind: str) -> Markup:
        """What is supposed of a fee: in a few words, or in the sentence that says whose supposition it is."""
        paper, fee = page.paper, each.fee
        return self.new.paper.phrase(
            self.words[f"{kind}invoiced" if fee.as_invoiced else f"{kind}charged"],
            fee=paper.title(fee),
            amount=money_said(page, each.amount),
            count=paper.language.number(Decimal(int(each.amount))),
            each=lambda form: self.new.paper.say(fee.each, "each", form=form),
            example=paper.inline(each.example.subject),
        )

    def phrase(self, key: str, **values: str | None) -> str:
        return plain(self.new.paper.phrase(self.words[key], **values))


def rests(amount: Said, basis: Basis, name: str) -> bool:
    """Whether an amount is another one where nothing is supposed of a fee."""
    others = {other: count for other, count in basis.supposed.items() if other != name}
    return amount(basis) != amount(basis._replace(supposed=others))


# The amounts of one version


def monthly_fees(page: Page, basis: Basis) -> str:
    return money_said(page, fees_each_month(page.contract, basis))


def term_fees(page: Page, basis: Basis) -> str:
    return money_said(page, fees_of_term(page.contract, basis))


def monthly_credits(page: Page, basis: Basis) -> str:
    return money_said(page, at_risk_each_month(page.contract, basis))


def yearly_credits(page: Page, basis: Basis) -> str:
    amount = at_risk_each_month(page.contract, basis)
    return money_said(page, amount * MONTHS_OF_YEAR if amount is not None else None)


def later_days(page: Page) -> Iterator[date]:
    """The days on which a fee gets another amount, and on which a choice with a price is taken."""
    for service in page.contract.every(nodes.Service):
        steps = [step.since for fee in service.fees for step in fee.amounts[1:]]
        yield from (day for day in steps if day is not None)
    for option in page.contract.every(nodes.Option):
        yield from (choice.chosen_from for choice in option.choices if choice.chosen_from and choice.price)
