"""Years of small agreements: against another way of working them out, and against what can be said by hand."""

from __future__ import annotations

import random
from datetime import date
from fractions import Fraction
from math import exp
from typing import TYPE_CHECKING

import pytest
import scipy.stats

from tests.evaluation.paying import Told
from tests.simulation.deals import MORE, STEPS, deal
from xladsl.evaluation.assessment import Assessment
from xladsl.evaluation.instants.zones import midnight
from xladsl.evaluation.money.following import followed
from xladsl.evaluation.money.settling import settled
from xladsl.evaluation.rows.table import Table
from xladsl.simulation.behaviour import Said
from xladsl.simulation.found import Simulated
from xladsl.simulation.simulate import simulate

if TYPE_CHECKING:
    from xladsl.evaluation.instants.windows import Window
    from xladsl.evaluation.results import Verdict
    from xladsl.model.contract import Contract
    from xladsl.simulation.found import PaymentFound

ZONE = "Europe/Copenhagen"
YEAR = (date(2026, 1, 1), date(2026, 12, 31))
GOOD = Said(truth=Fraction(93, 100), rows=40)
OUTAGES = Said(outages=Fraction(20), lasting=Fraction(45 * 60))


def payment(found: Simulated, name: str) -> PaymentFound:
    return next(each for each in found.payments if each.name == name)


# ------------------------------------------------------------------------------------------------ another way


def month_of(number: int) -> str:
    return f"2026-{number:02}"


def years_one_by_one(contract: Contract, years: int) -> list[dict[str, float]]:
    """Each year by itself, in plain Python, with the evaluator asked about all of it."""
    chance = random.Random(20260101)
    found = []
    start, end = midnight(YEAR[0], ZONE), midnight(date(2027, 1, 1), ZONE)
    for _ in range(years):
        values, lengths = {}, {}
        for month in range(1, 13):
            good = sum(chance.random() < 0.93 for _ in range(40))
            values[f"quick@{month_of(month)}"] = Fraction(good, 40)
            first, last = (midnight(date(2026 + each // 12, each % 12 + 1, 1), ZONE) for each in (month - 1, month))
            rate = 20 * (last - first) / 1e6 / 31_556_952
            down, waited = 0.0, chance.expovariate(rate)
            while waited < 1:
                down, waited = down + chance.expovariate(1 / (45 * 60)), waited + chance.expovariate(rate)
            lengths[f"portal_down@{month_of(month)}"] = round(down)
        assessment = Assessment(contract, Table({}), OnlyFacts(values=values, lengths=lengths))
        sums: dict[str, float] = {}
        for paid in settled(assessment, start, end):
            sums[paid.payment] = sums.get(paid.payment, 0.0) + float(paid.amount)
        rights = [each for each in followed(assessment, [], start, end) if each.block == "enough"]
        found.append({**sums, "enough": float(bool(rights))})
    return found


class OnlyFacts(Told):
    """No verdict is told."""

    def verdict(self, name: str, window: Window) -> Verdict | None:
        return None


def test_all_of_it_is_what_the_evaluator_says_of_each_year() -> None:
    contract = deal(MORE)
    years = years_one_by_one(contract, 120)
    found = simulate(contract, {"quick": GOOD, "portal_down": OUTAGES}, years=20_000, period=YEAR)
    for name in ("quick_points", "points_credit", "portal_credit", "quick_bonus", "both", "half_back"):
        each = [year.get(name, 0.0) for year in years]
        mean = sum(each) / len(each)
        error = (sum((one - mean) ** 2 for one in each) / (len(each) - 1) / len(each)) ** 0.5
        assert payment(found, name).spread.mean == pytest.approx(mean, abs=4 * error), name
        assert error > 0, name
    share = sum(year["enough"] for year in years) / len(years)
    (enough,) = (each for each in found.arising if each.name == "enough")
    assert enough.chance == pytest.approx(share, abs=4 * (share * (1 - share) / len(years)) ** 0.5)


# ---------------------------------------------------------------------------------------------------- by hand


def test_a_credit_in_steps_costs_what_the_binomial_distribution_says() -> None:
    found = simulate(deal(STEPS), {"quick": GOOD}, years=50_000, period=YEAR)
    low = scipy.stats.binom.cdf(31, 40, 0.93)  # below 80% of 40
    middle = scipy.stats.binom.cdf(35, 40, 0.93) - low
    expected = 12 * (middle * 500 + low * 2000)
    spread = payment(found, "quick_credit").spread
    assert spread.mean == pytest.approx(expected, abs=4 * spread.error)
    assert spread.any == pytest.approx(1 - (1 - middle - low) ** 12, abs=0.005)
    (quick,) = (each for each in found.promises if each.name == "quick")
    assert quick.verdicts["breached"] == pytest.approx(middle + low, abs=1e-12)
    assert quick.windows == 12


def test_what_a_good_service_pays_it_pays_by_chance() -> None:
    good = simulate(deal(STEPS), {"quick": GOOD}, years=1000, period=YEAR)
    assert payment(good, "quick_credit").spread.by_chance == 1
    bad = simulate(deal(STEPS), {"quick": Said(truth=Fraction(85, 100), rows=40)}, years=20_000, period=YEAR)
    low, at_most = scipy.stats.binom.cdf([31, 35], 40, 0.85)
    expected = low * 1500 / ((at_most - low) * 500 + low * 2000)  # 500 is deserved
    assert payment(bad, "quick_credit").spread.by_chance == pytest.approx(expected, rel=0.05)


def test_downtime_is_counted_in_full_and_leaves_nothing_to_chance() -> None:
    found = simulate(deal(MORE), {"portal_down": OUTAGES}, years=1000, period=YEAR)
    assert payment(found, "portal_credit").spread.by_chance == 0


def test_a_promise_that_rests_on_no_rows_is_certain_and_so_is_what_it_costs() -> None:
    contract = deal(STEPS.replace("quick_credit", "sure_credit"))
    found = simulate(contract, {"quick": Said(truth=Fraction(85, 100), rows=1_000_000)}, years=500, period=YEAR)
    spread = payment(found, "sure_credit").spread
    assert (spread.mean, spread.median, spread.p95, spread.most, spread.error) == (6000, 6000, 6000, 6000, 0)


def test_without_a_word_the_service_is_as_good_as_promised() -> None:
    found = simulate(deal(STEPS), years=100, period=YEAR)
    (quick,) = (each for each in found.promises if each.name == "quick")
    assert quick.truths == quick.levels == (Fraction(9, 10),)
    assert "`quick` is truly as promised: 90% in 2026-01." in found.assumptions
    assert "`quick` rests on 30 rows in each window." in found.assumptions


def test_no_outage_at_all_has_its_chance() -> None:
    said = Said(outages=Fraction(2), lasting=Fraction(86_400))
    found = simulate(deal(MORE), {"portal_down": said}, years=20_000, period=YEAR)
    spread = payment(found, "portal_credit").spread
    assert spread.any == pytest.approx(1 - exp(-2), abs=0.02)


# --------------------------------------------------------------------------------------------------- seeds and parties


def test_the_same_seed_gives_the_same_years() -> None:
    contract = deal(MORE)
    one, same, other = (simulate(contract, {"quick": GOOD}, years=3000, seed=seed, period=YEAR) for seed in (7, 7, 8))
    assert one == same
    assert one.totals != other.totals


def test_more_years_begin_with_the_same_ones_and_memory_is_for_a_chunk(monkeypatch: pytest.MonkeyPatch) -> None:
    from xladsl.simulation import simulate as module

    monkeypatch.setattr(module, "CHUNK", 1000)
    found = simulate(deal(STEPS), {"quick": GOOD}, years=2500, period=YEAR)
    assert found.years == 2500
    whole = simulate(deal(STEPS), {"quick": GOOD}, years=30_000, period=YEAR)
    spread = payment(found, "quick_credit").spread
    assert spread.mean == pytest.approx(payment(whole, "quick_credit").spread.mean, abs=4 * spread.error)


def test_each_party_gets_its_own() -> None:
    found = simulate(deal(MORE), {"quick": GOOD, "portal_down": OUTAGES}, years=5000, period=YEAR)
    totals = {each.party: each.spread.mean for each in found.totals}
    assert totals["contoso"] == pytest.approx(payment(found, "both").spread.mean)
    bonus, back = (payment(found, name).spread.mean for name in ("quick_bonus", "half_back"))
    assert totals["northwind"] == pytest.approx(bonus + back)


def test_two_drafts_meet_the_same_luck() -> None:
    said = {"quick": GOOD}
    one = simulate(deal(STEPS), said, years=2000, period=YEAR)
    other = simulate(deal(STEPS.replace("20%  ", "30%  ")), said, years=2000, period=YEAR)
    assert payment(other, "quick_credit").spread.any == payment(one, "quick_credit").spread.any
    assert payment(other, "quick_credit").spread.mean > payment(one, "quick_credit").spread.mean
