"""Single years out of many: the evaluator, asked about all of one year at once, comes to the same."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.simulation.deals import MORE, deal
from xladsl.compiler import compile_agreement
from xladsl.evaluation.judging.conditions import holds
from xladsl.evaluation.money.following import blocks
from xladsl.evaluation.money.settling import settled_by
from xladsl.evaluation.money.stages import party, rounds_total
from xladsl.model import nodes
from xladsl.simulation.behaviour import Said
from xladsl.simulation.chunks import Chunk
from xladsl.simulation.events import follows_single_events
from xladsl.simulation.flows import OfPayment
from xladsl.simulation.following import TRUE, truth
from xladsl.simulation.simulate import Simulation
from xladsl.simulation.supposing import Supposition

if TYPE_CHECKING:
    from xladsl.evaluation.results import Paid
    from xladsl.model.contract import Contract
    from xladsl.simulation.outcomes import Outcome
    from xladsl.simulation.supposing import Drawn

AGREEMENTS = Path(__file__).parents[2] / "agreements"
PUBLISHED = sorted((AGREEMENTS / "published").glob("*.xladsl"))
YEARS = 12

FLAGSHIP = {
    "portal_down": Said(outages=Fraction(30), lasting=Fraction(2400)),
    "critical_fixed": Said(truth=Fraction(91, 100), rows=40),
    "serious_fixed": Said(truth=Fraction(92, 100), rows=200),
    "ease": Said(truth=Fraction(54, 10), spread=Fraction(12, 10), rows=2000),
    "gladness": Said(likes=Fraction(65, 100), dislikes=Fraction(10, 100), rows=1260),
}


def of_one_year(simulation: Simulation, drawn: Chunk, year: int) -> Supposition:
    """The evaluator with all that was drawn for a year."""

    def known(question: Drawn) -> Outcome:
        column = drawn.column(question)
        outcome: Outcome = column.answers[int(column.codes if isinstance(column.codes, int) else column.codes[year])]
        return outcome

    return Supposition(simulation.setting, known)


def at(amounts: Any, year: int) -> float:
    return float(amounts[year]) if getattr(amounts, "ndim", 0) else float(amounts)


def all_paid(simulation: Simulation, supposed: Supposition) -> list[Paid]:
    """What the evaluator says is paid in the year by all that is simulated."""
    names = {flow.name.removesuffix(" earned back") for flow in simulation.flows}
    blocks_paid = [
        block
        for kind in (nodes.Payment, nodes.Combination, nodes.EarnBack)
        for block in simulation.contract.every(kind)
        if block.name in names
    ]
    return [paid for block in blocks_paid for paid in settled_by(supposed, block, simulation.start, simulation.end)]


def held_against_each_year(contract: Contract, said: dict[str, Said]) -> int:
    """How many amounts that are not nothing were compared."""
    simulation = Simulation(contract, said, {})
    drawn = Chunk(simulation.learnt, 3, 0, YEARS)
    found = {
        flow.name: [sum(at(flow.amount(drawn, window), year) for window in flow.windows) for year in range(YEARS)]
        for flow in simulation.flows
    }
    compared = 0
    # Of single events there are many in a month, and one of them is drawn by itself: see test_events.
    single = {
        name for name, payment in simulation.setting.payments.items() if follows_single_events(simulation.rest, payment)
    }
    for year in range(YEARS):
        supposed = of_one_year(simulation, drawn, year)
        sums: dict[str, float] = {}
        mixed = {flow.name for flow in simulation.flows if flow.mixed}
        for paid in all_paid(simulation, supposed):
            to_provider = paid.payment in mixed and paid.to == party(simulation.rest, "provider") and paid.amount > 0
            counts = paid.status in ("due", "claimed", "unclaimed") or paid.unit == "points"
            amount = float(paid.amount) * (-1 if to_provider else 1)
            sums[paid.payment] = sums.get(paid.payment, 0.0) + (amount if counts else 0.0)
        for flow in simulation.flows:
            if rounds_total(supposed) and isinstance(flow, OfPayment):
                continue
            if single & {flow.name, *flow.parts}:
                continue
            assert found[flow.name][year] == pytest.approx(sums.get(flow.name, 0.0), abs=1e-6), (flow.name, year)
            compared += bool(sums.get(flow.name))
        for block in blocks(simulation.rest):
            for window in simulation.windows_of_right(block):
                once = truth(drawn, block.when, window) == TRUE
                assert bool(once[year] if once.ndim else once) == (holds(supposed, block.when, window) is True)
    return compared


def test_a_small_agreement_with_everything() -> None:
    said = {
        "quick": Said(truth=Fraction(90, 100), rows=40),
        "portal_down": Said(outages=Fraction(40), lasting=Fraction(3000)),
    }
    assert held_against_each_year(deal(MORE), said) > 50


def test_the_example_agreement() -> None:
    contract = compile_agreement(str(AGREEMENTS / "digital-workplace" / "agreement.xladsl")).contract
    assert contract is not None
    assert held_against_each_year(contract, FLAGSHIP) > 50


@pytest.mark.parametrize("path", PUBLISHED, ids=lambda path: path.stem)
def test_agreements_that_were_published(path: Path) -> None:
    contract = compile_agreement(str(path)).contract
    assert contract is not None
    held_against_each_year(contract, {})
