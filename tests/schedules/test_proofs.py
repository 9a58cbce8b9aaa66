"""What is proven of payments as they are written, against working out the same tables by hand."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.rule_examples import PRELUDE
from tests.texts import alone
from xladsl.loading import load
from xladsl.model.contract import Contract
from xladsl.model.names import Names, link
from xladsl.model.promises import every_payment
from xladsl.model.schedules import PROPERTIES, prove

if TYPE_CHECKING:
    from xladsl.model.schedules import Proof

PORTAL = "for portal_up base fee portal_monthly of the month measured"
EASE = "for ease_2026 base fee portal_monthly of the month measured"


def proofs_of(text: str, name: str = "trial") -> dict[str, Proof]:
    """All proofs about a payment, by property; the agreement is not checked, as it may be wrong on purpose."""
    loaded = load("trial.xladsl", alone(f"{PRELUDE}\n{text}"))
    names = Names([*loaded.blocks, *loaded.catalogue])
    found = [*loaded.diagnostics, *link([*loaded.blocks, *loaded.catalogue], names, [])]
    assert found == []
    contract = Contract(loaded.blocks, loaded.catalogue, names, loaded.sources)
    payment = next(block for block in every_payment(contract) if block.name == name)
    return {proof.property: proof for proof in prove(payment, contract)}


def credit(clauses: str) -> dict[str, Proof]:
    return proofs_of(f"credit trial {{ {clauses} }}")


# ------------------------------------------------------------------------------------------------- property by property


SOUND = [
    f"{PORTAL} | at least 99.0% but below 99.9% | 5% | | below 99.0% | 10% | cap 30% of base each calendar month",
    f"{PORTAL} | below 99.9% | 5% | | below 99.0% | 10% | worst row that fits",
    f"{PORTAL} | below 99.0% | 10% | | below 99.9% | 5% | first row that fits",
    f"{PORTAL} | at least 99.0% but below 99.9% | 5% | | otherwise | 10% |",
    f"{PORTAL} | below 99.9% | 5% | doubled when portal_up is breached in the previous month",
    f"{PORTAL} value (level - measured value) of base",
    f"{PORTAL} value 25 * base * length of portal_down / length of the window",
    f"{PORTAL} value lowest of (shortfall of base, EUR 500.00)".replace("shortfall of", "(shortfall) of"),
    f"{PORTAL} value 5% of base per started 30 min of length of portal_down cap 30% of base each calendar month",
    f"{PORTAL} value EUR 9.00 per exact 1 min of length of portal_down beyond 1 h cap EUR 5,000.00 each calendar month",
    f"{EASE} value 0.5% of base per full 0.1 of shortfall cap 2% of base each calendar quarter",
    f"{EASE} value highest of (1% of base, 0.1 * (5 - measured value) * base)",
    f"{EASE} value highest of (1% * base * (5.2 - measured value), 2% * base * (5 - measured value))",
]


@pytest.mark.parametrize("clauses", SOUND)
def test_what_is_sound_is_proven_to_be(clauses: str) -> None:
    assert {name: proof.sentence for name, proof in credit(clauses).items() if proof.holds is not True} == {}


HALF_HOURS = "the number of `started 30 min of length of portal_down`"
REFUTED = [
    (
        "total",
        f"{PORTAL} | above 99.0% but below 99.9% | 5% | | below 99.0% | 10% |",
        "no row fits when `portal_up` is 99%",
    ),
    ("total", PORTAL, "it does not say what is due"),
    (
        "total",
        'for fixed_2026 value EUR 9.00 * (count of desk where priority is "P1") / (count of desk)',
        "it has no answer when count of `desk` is nothing: it divides by it",
    ),
    (
        "single-valued",
        f"{PORTAL} | at least 99.0% but below 99.9% | 5% | | at most 99.0% | 10% |",
        "two rows fit when `portal_up` is 99%: 5% of FEE and 10% of FEE",
    ),
    (
        "never negative",
        f"{PORTAL} value (98% - measured value) of base",
        "it is -1% of FEE when `portal_up` is 99%",
    ),
    (
        "monotone",
        f"{PORTAL} | at least 99.0% but below 99.9% | 10% | | below 99.0% | 5% |",
        "5% of FEE when `portal_up` is 98%, and 10% of FEE when `portal_up` is 99%, which is not worse",
    ),
    (
        "monotone",
        f"{PORTAL} value (measured value - 90%) of base",
        "8% of FEE when `portal_up` is 98%, and 9% of FEE when `portal_up` is 99%, which is not worse",
    ),
    (
        "monotone",
        f"{PORTAL} when portal_up is at least 99% value 10% of base",
        "nothing when `portal_up` is 98%, and 10% of FEE when it is better",
    ),
    (
        "bounded",
        "for portal_up value EUR 100.00 per started 30 min of length of portal_down",
        f"it has no cap, and grows without end: EUR 100,100.00 when {HALF_HOURS} is 1,001",
    ),
    (
        "first step at the promise",
        f"{PORTAL} | at least 99.0% but below 99.5% | 5% | | below 99.0% | 10% |",
        "`portal_up` is breached and nothing is due when `portal_up` is 99.8%",
    ),
    (
        "every step in reach",
        f"{PORTAL} | at least 0% but below 99.9% | 5% | | below 0% | 10% |",
        "no value that can be measured is in the row `| below 0% | 10% |`",
    ),
    (
        "every step in reach",
        f"{EASE} value 1% of base per full 5 of shortfall",
        "the number of `full 5 of shortfall` is always 0",
    ),
    (
        "every step in reach",
        "for portal_up value EUR 50.00 per full 800 h of length of portal_down",
        "the number of `full 800 h of length of portal_down` is always 0",
    ),
    (
        "every step below the cap",
        f"{PORTAL} | at least 99.0% but below 99.9% | 5% | | below 99.0% | 50% | cap 30% of base each calendar month",
        "the row `| below 99.0% | 50% |` is more than the cap allows",
    ),
]


@pytest.mark.parametrize(("name", "clauses", "sentence"), REFUTED)
def test_what_is_wrong_is_refuted_by_a_readable_value(name: str, clauses: str, sentence: str) -> None:
    proof = credit(clauses)[name]
    assert proof.holds is False
    assert proof.sentence.replace("`fee portal_monthly of the month measured`", "FEE") == sentence


UNPROVEN = [
    ("monotone", f"{PORTAL} when portal_up is breached or ease_2026 is breached value (measured value) of base"),
    ("monotone", f"{PORTAL} when portal_up is met and fixed_2026 is breached value 5% of base"),
    ("monotone", f"{PORTAL} value (measured value) of base * (measured value)"),
    ("monotone", f"{PORTAL} when portal_up is breached 3 months in a row value (measured value) of base"),
    ("total", f"{PORTAL} when portal_up is breached or ease_2026 is breached | above 95% | 5% | | below 95% | 9% |"),
    ("bounded", f'{PORTAL} | "low" | "a box of chocolates" |'),
]


@pytest.mark.parametrize(("name", "clauses"), UNPROVEN)
def test_what_cells_cannot_decide_is_said_to_be_unproven(name: str, clauses: str) -> None:
    proof = credit(clauses)[name]
    assert proof.holds is None
    assert proof.sentence.startswith("not proven: ")


def test_better_never_earns_a_smaller_bonus() -> None:
    upside_down = "| at least 6.0 | 1% | | at least 5.5 but below 6.0 | 2% |"
    proof = proofs_of(f"bonus trial {{ {EASE} {upside_down} }}")["monotone"]
    assert proof.holds is False
    assert proof.sentence.endswith("which is not better")
    assert proofs_of(f"bonus trial {{ {EASE} | at least 6.0 | 2% | | at least 5.5 but below 6.0 | 1% | }}")[
        "monotone"
    ].holds


def test_a_level_that_rises_is_proven_for_each_of_its_days() -> None:
    target = "target rising { kpi ease force binding level at least 5.2 from 2026-01-01, 5.6 from 2027-01-01 "
    target += "each calendar quarter answers at least 200 no data counts as inconclusive owner service_manager }"
    base = "base fee portal_monthly of the month measured"
    proof = proofs_of(f"{target} credit trial {{ for rising {base} | below 5.2 | 5% | }}")["total"]
    assert proof.holds is False
    assert proof.sentence == "no row fits when `rising` is 5.2"


def test_credits_that_add_up_need_a_cap_if_one_of_them_has_no_end() -> None:
    endless = "credit trial { for portal_up value EUR 100.00 per started 30 min of length of portal_down }"
    other = "credit other { for fixed_2026 value EUR 100.00 }"
    together = "combination all_of_them { combines trial, other rule add up CAP }"
    without = f"{endless} {other} {together.replace('CAP', '')}"
    capped = f"{endless} {other} {together.replace('CAP', 'cap EUR 900.00 each calendar month')}"
    assert proofs_of(without)["combination bounded"].holds is False
    assert proofs_of(without, "other")["combination bounded"].holds is False
    assert proofs_of(capped)["combination bounded"].holds is True


def test_every_property_is_explained() -> None:
    assert set(credit(SOUND[0])) <= set(PROPERTIES)


# ------------------------------------------------------------------------------------------------- tables, by hand


class Row(NamedTuple):
    """`| at least low% but below high% | pays% |`, with either end left out, or closed the other way."""

    low: Decimal | None
    high: Decimal | None
    closed: bool
    pays: int

    def __str__(self) -> str:
        low = f"{'at least' if self.closed else 'above'} {self.low}%" if self.low is not None else ""
        high = f"{'below' if self.closed else 'at most'} {self.high}%" if self.high is not None else ""
        return f"| {' but '.join(filter(None, (low, high))) or 'otherwise'} | {self.pays}% |"

    @property
    def otherwise(self) -> bool:
        return self.low is None and self.high is None

    def fits(self, value: Fraction) -> bool:
        above = self.low is None or value > Fraction(self.low) or (self.closed and value == Fraction(self.low))
        below = self.high is None or value < Fraction(self.high) or (not self.closed and value == Fraction(self.high))
        return above and below


FEE = "FeeAmount(fee=Reference(name='portal_monthly'), fee_period='of the month measured')"
EDGES = [Decimal(number) for number in (90, 92, 95, 98, 99)]
# Every edge, and a value between each two of them: for a table there is nothing else to see below 99.9 %.
VALUES = sorted({Fraction(number, 2) for number in range(199)} | {Fraction(1991, 20)})


@st.composite
def rows(draw: st.DrawFn) -> list[Row]:
    found = []
    for _ in range(draw(st.integers(1, 4))):
        low = draw(st.sampled_from([None, *EDGES]))
        high = draw(st.sampled_from([None, *(edge for edge in EDGES if low is None or edge > low)]))
        found.append(Row(low, high, draw(st.booleans()), draw(st.sampled_from([0, 5, 10, 25]))))
    return found


def due(table: list[Row], policy: str, value: Fraction) -> set[int]:
    """What a table gives for a value: nothing, one amount, or more than one."""
    fitting = [row for row in table if not row.otherwise and row.fits(value)] or [row for row in table if row.otherwise]
    if policy.startswith("first"):
        fitting = fitting[:1]
    if policy.startswith("worst") and fitting:
        return {max(row.pays for row in fitting)}
    return {row.pays for row in fitting}


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(rows(), st.sampled_from(["", "first row that fits", "worst row that fits"]))
def test_tables_are_judged_as_by_hand(table: list[Row], policy: str) -> None:
    proofs = credit(f"{PORTAL} {' '.join(map(str, table))} {policy}")
    answers = [due(table, policy, value) for value in VALUES]
    assert proofs["total"].holds == all(answers)
    assert proofs["single-valued"].holds == all(len(answer) <= 1 for answer in answers)
    if proofs["single-valued"].holds:
        paid = [answer.pop() if answer else None for answer in answers]
        steps = [pair for pair in pairwise(paid) if None not in pair]
        assert proofs["monotone"].holds == all(worse >= better for worse, better in steps)  # type: ignore[operator]
    for proof in proofs.values():
        for case in proof.witness:
            by_hand = due(table, policy, case.values["measured value"] * 100)
            assert case.pays is None or {case.pays} == {case.values[FEE] * amount / 100 for amount in by_hand}


# ---------------------------------------------------------------------------------------------------- documentation

PAGE = Path(__file__).parents[2] / "docs" / "proofs.md"
EXAMPLES = re.findall(r"^```xladsl\n(.*?)^```\n\n```text\n(.*?)^```", PAGE.read_text("utf-8"), re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize(("text", "announced"), EXAMPLES)
def test_the_page_about_proofs_says_what_is_proven(text: str, announced: str) -> None:
    proofs = proofs_of(text)
    for line in announced.splitlines():
        name, _, sentence = line.partition(": ")
        assert proofs[name].sentence == sentence


def test_the_page_about_proofs_names_every_property() -> None:
    assert len(EXAMPLES) == 2
    assert [name for name in PROPERTIES if f"| {name} |" not in PAGE.read_text("utf-8")] == []
