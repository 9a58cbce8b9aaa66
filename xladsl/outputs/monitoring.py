"""The monitoring specification: everything a tool needs to work out every promise, without reading prose.

Every block of the agreement appears with its id, the number of its clause and all it says; formulas are trees with the
catalogue's measures written out; what follows from elsewhere (the time zone, the direction, the steps of a level as
half-open periods, the consequences of a breach) is worked out and stands in `effective`. Numbers that decide are
strings of decimal digits and never binary floating point.
"""

from __future__ import annotations

import json
from datetime import date, time, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from .. import __version__
from ..model import calendars, expressions, nodes, quantities
from ..model.build import kind_of
from ..model.measures import expanded, inherited
from ..model.node import Node, walk
from ..model.restored import INHERITED, SCHEMA
from ..model.samples import floor_of
from ..model.units import unit_of
from .house import OURS
from .language import Language
from .outline import Outline, outline

if TYPE_CHECKING:
    from ..model.contract import Contract
    from . import Edition, Rendered
    from .house import Numbering

SUFFIX = ".json"
OMITS: dict[str, str] = {}


def render(contract: Contract, edition: Edition) -> Rendered:
    """The specification as the bytes of a JSON document, in UTF-8."""
    from . import Rendered

    numbering = edition.manner.house.numbering
    return Rendered(specification(contract, edition.source_digest, edition.audience, numbering), [])


def specification(
    contract: Contract, source_digest: str, audience: str, numbering: Numbering = OURS.numbering
) -> bytes:
    """The specification of an agreement already filtered for the audience; the same bytes for the same agreement.

    It cites the clauses by the numbers that they have on paper.
    """
    projection = Projection(contract, numbering)
    document: dict[str, Any] = {
        "schema": SCHEMA,
        "compiler": {"name": "xladsl", "version": __version__},
        "audience": audience,
        "source": {"algorithm": "sha256", "digest": source_digest},
        "order_of_work": Language("en").words["working_out"]["steps"],
        "agreement": projection.node(contract.agreement),
    }
    for block in contract.blocks:
        if block is not contract.agreement:
            document.setdefault(plural(kind_of(block)), []).append(projection.block(block))
    return (json.dumps(document, ensure_ascii=False, indent=2) + "\n").encode()


def plural(kind: str) -> str:
    """The name of the list that holds the constructs of a kind."""
    word = kind.replace(" ", "_")
    if word.endswith(("s", "majeure", "evidence", "telemetry", "billing", "control")):
        return word
    return f"{word[:-1]}ies" if word.endswith("y") and word[-2] not in "aeiou" else f"{word}s"


class Projection:
    """Nodes as plain data, with their clause numbers."""

    def __init__(self, contract: Contract, numbering: Numbering) -> None:
        self.contract = contract
        self.outline: Outline = outline(contract, numbering)

    def block(self, block: Node) -> dict[str, Any]:
        data = self.node(block)
        if isinstance(block, (nodes.Promise, nodes.InternalTarget)):
            data["effective"] = self.effective_promise(block)
        elif isinstance(block, (nodes.Kpi, nodes.Composite)):
            data["effective"] = self.effective_measurement(block)
        elif isinstance(block, nodes.Calendar):
            data["effective"] = {
                "timezone": block.timezone or self.contract.agreement.timezone,
                "closed_days": [
                    {"day": day.isoformat(), "name": name}
                    for day, name in calendars.closed_days(block, self.contract.agreement)
                ],
            }
        return data

    def node(self, node: Node) -> dict[str, Any]:
        data: dict[str, Any] = {"type": kind_of(node)}
        if isinstance(node, (nodes.Block, nodes.Example)):
            data["clause"] = self.outline.number(node)
        for name, value in node.items():
            if value is None or value is False or value == []:
                continue
            data["id" if name == "name" and isinstance(node, nodes.Named) else name] = self.value(value)
        return data

    def value(self, value: Any) -> Any:
        """Plain data for whatever a field holds."""
        if type(value) is list:
            return [self.value(part) for part in value]
        if isinstance(value, quantities.Reference):
            return {"ref": value.name, "type": kind_of(value.target) if value.target is not None else "unknown"}
        if isinstance(value, quantities.Text):
            return self.text(value)
        if isinstance(value, quantities.Money):
            return {"amount": exact(value.amount), "currency": value.currency}
        if isinstance(value, quantities.Duration):
            return {"amount": exact(value.amount), "unit": value.unit}
        if isinstance(value, quantities.Quantity):
            return {"amount": exact(value.amount), "unit": kind_of(value)}
        if isinstance(value, expressions.Application):
            return {"measure": value.measure.name, **self.value(expanded(value))}
        if isinstance(value, Node):
            return self.node(value)
        return plain(value)

    def text(self, text: quantities.Text) -> dict[str, str]:
        return {text.language or drafting_language(self.contract): text.value} | {
            translation.language: translation.value for translation in text.translations
        }

    def effective_promise(self, promise: nodes.Promise | nodes.InternalTarget) -> dict[str, Any]:
        """What holds for a promise once everything said elsewhere is taken into account."""
        promised = promise.stricter_than.found if isinstance(promise, nodes.InternalTarget) else promise
        agreement = self.contract.agreement
        kpi: quantities.Reference[Any] | None = getattr(promised, "kpi_of", None)
        measured = kpi.found if kpi is not None else promised
        answers = floor_of(promised)
        window = {
            "each": self.value(promised.each),
            "timezone": promised.timezone or agreement.timezone,
            "fiscal_year_starts": agreement.fiscal_year and self.value(agreement.fiscal_year),
            "billing_month_starts": agreement.billing_month and exact(agreement.billing_month),
        }
        effective: dict[str, Any] = {
            "force": promise.bindingness if isinstance(promise, nodes.Promise) else "informative",
            "measurement": self.effective_measurement(measured),
            "levels": self.steps(promise.level),
            "answers": None if answers is None else str(answers),
            "window": {name: value for name, value in window.items() if value is not None},
            "measured_during": {"ref": promised.during.name, "type": "calendar"} if promised.during else "all hours",
            "leaving_out": [reference.name for reference in promised.leaving_out],
            "settling_until": agreement.settling and agreement.settling.isoformat(),
            "consequences": [block.name for block in self.consequences_of(promise)],
        }
        return {name: value for name, value in effective.items() if value is not None}

    def effective_measurement(self, measured: Any) -> dict[str, Any]:
        """The formula with measures written out, its unit and direction, and the sources it reads."""
        formula = getattr(measured, "value", None)
        effective = {name: self.value(value) for name in INHERITED if (value := inherited(measured, name))}
        if formula is not None:
            written_out = expanded(formula) if isinstance(formula, expressions.Application) else formula
            effective |= {"value": self.value(written_out), "unit": unit_of(written_out).removeprefix("a ")}
            if isinstance(written_out, Node):
                effective["sources"] = self.sources_of(written_out)
        return effective

    def sources_of(self, formula: Node) -> list[str]:
        """The ids of the sources that a formula reads, through intervals and other indicators too."""
        found: dict[str, None] = {}
        waiting, seen = [formula], set()
        while waiting:
            for part in walk(waiting.pop()):
                if not isinstance(part, quantities.Reference) or part.target is None:
                    continue
                owner = self.contract.names.owner(part.target)
                if isinstance(owner, nodes.Source):
                    found[owner.name] = None
                elif id(owner) not in seen:
                    seen.add(id(owner))
                    waiting.append(owner)
        return sorted(found)

    def steps(self, level: nodes.Level) -> list[dict[str, Any]]:
        """The level as half-open periods: from a day, included, to a day, not included."""
        steps = []
        for position, step in enumerate(level.steps):
            following = level.steps[position + 1 :]
            until = next(
                (later.since for later in following if later.since and later.level_where == step.level_where), None
            )
            steps.append(
                {
                    "comparison": level.comparison,
                    "amount": self.value(step.amount),
                    "from": (step.since or self.contract.agreement.term.start).isoformat(),
                    "to": (until or self.contract.agreement.term.end + timedelta(days=1)).isoformat(),
                }
                | ({"where": self.value(step.level_where)} if step.level_where else {})
            )
        return steps

    def consequences_of(self, promise: Node) -> list[nodes.Block]:
        """Every consequence that names the promise, in its `for` or in its condition, or that the promise names."""
        named = {id(reference.target) for reference in getattr(promise, "breach_leads_to", [])}
        return [
            block
            for block in self.contract.every(nodes.Consequence)
            if id(block) in named
            or any(isinstance(part, quantities.Reference) and part.target is promise for part in walk(block))
        ]


def drafting_language(contract: Contract) -> str:
    """The language of texts that do not name theirs: the first of the agreement, or English."""
    languages = contract.agreement.languages
    return languages.language[0] if languages else "en"


def exact(amount: Decimal) -> str:
    """A decimal number with the digits it was written with, never in powers of ten."""
    return format(amount, "f")


def plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return exact(value)
    if isinstance(value, (date, time)):
        return (
            "24:00"
            if value == time.max
            else value.isoformat("seconds" if value.second else "minutes")
            if isinstance(value, time)
            else value.isoformat()
        )
    return value
