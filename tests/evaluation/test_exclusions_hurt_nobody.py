"""What is left out never hurts the provider, and is never more than its budget."""

from __future__ import annotations

import re
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.evaluation.drawn import (
    FLAGSHIP,
    agreed,
    as_columns,
    as_rows,
    data_of,
    edges_of,
    with_cells,
    with_row,
)
from tests.evaluation.test_caps_hold import months
from tests.evaluation.trying import ADAPTED, EXCUSED, amounts, evaluated, period_of, quick, spans, thorough
from xladsl.evaluation.instants.zones import HOUR, MINUTE, day_of
from xladsl.model import nodes

LEAVES_OUT = re.compile(r"^ *leaving out .*\n", re.MULTILINE)

LEAVING_OUT = {
    "published/azure-vm": MINUTE,
    "published/cloudflare-business-enterprise": 1,
    "published/common-paper-sla": MINUTE,
    "published/gcp-compute": 1,
    "published/google-apps-isp": 1,
    "published/rackspace-managed": 1,
    "published/safespring": 1,
    "published/slack": 1,
    "published/uk-model-services-contract": 1,
    FLAGSHIP: 1,
}
"""Agreements with exclusions, and the tick of their moments. What is left out on purpose:

- Promises that count rows (`github`; cases of the flagship): a row in a stretch that is left out does not count whether
  it is good or bad, and a good one is missed. Of the flagship only the portal's exclusions are taken away.
- Parts of minutes that are dropped while the open window shrinks to the microsecond (`common-paper`): the last second
  of an outage of 119 s counts nothing in the numerator, and leaving it out shortens the denominator. Whole minutes.
- Parts of minutes that count in full (`azure`): an outage that is cut in two has two parts. Whole minutes too.
- Downtime that is no downtime: with `length of the open window`, to leave out a time when all was well makes the share
  worse. Here what is left out is recorded among the outages themselves.
"""


def leaves_nothing_out(text: str) -> str:
    return LEAVES_OUT.sub("", text)


def leaves_nothing_out_of_the_portal(text: str) -> str:
    return text.replace("leaving out planned_maintenance, customer_network, force_majeure_events\n", "\n")


def exclusions_never_hurt(draw: st.DataObject, name: str) -> None:
    contract = agreed(name)
    strict = agreed(name, leaves_nothing_out_of_the_portal if name == FLAGSHIP else leaves_nothing_out)
    period = period_of(contract)
    data = draw.draw(data_of(contract, *spans(contract), tick=LEAVING_OUT[name]), "data")
    left_out, counted = (amounts(each, evaluated(each, data, period), nodes.Credit) for each in (contract, strict))
    for credit, amount in left_out.items():
        assert amount <= counted[credit], credit


@pytest.mark.parametrize("name", LEAVING_OUT)
@quick
@given(st.data())
def test_exclusions_never_hurt_the_provider(name: str, draw: st.DataObject) -> None:
    exclusions_never_hurt(draw, name)


@pytest.mark.slow
@pytest.mark.parametrize("name", LEAVING_OUT)
@thorough
@given(st.data())
def test_exclusions_never_hurt_over_many_tries(name: str, draw: st.DataObject) -> None:
    exclusions_never_hurt(draw, name)


@pytest.mark.parametrize("name", EXCUSED)
@quick
@given(st.data())
def test_an_outage_that_is_excused_costs_no_more_than_one_that_is_not(name: str, draw: st.DataObject) -> None:
    """Nor more than none at all. It may cost less than none: what else happens in its time is excused with it."""
    contract = agreed(name)
    period = period_of(contract)
    data = draw.draw(data_of(contract, *spans(contract)), "data")
    source, column, word = EXCUSED[name]
    assume(data[source].count)
    at = draw.draw(st.integers(0, data[source].count - 1), "row")
    excused = with_cells(data, source, at, **{column: word})
    rows = as_rows(data[source])
    without = data | {source: as_columns(rows[:at] + rows[at + 1 :], data[source])}
    counted, left_out, none = (
        amounts(contract, evaluated(contract, each, period), nodes.Credit) for each in (data, excused, without)
    )
    for credit, amount in left_out.items():
        assert amount <= counted[credit], credit
        assert amount <= none[credit], credit


BUDGETS = {
    FLAGSHIP: {"planned_maintenance": (1, 4), "customer_network": (1, 6)},
    "published/slack": {"scheduled_downtime": (12, 10)},
    "published/google-apps-isp": {"scheduled_downtime": (12, 12)},
    "published/uk-model-services-contract": {"permitted_maintenance": (1, 8)},
}
"""What is left out at most: in so many months of the calendar, so many hours."""


@pytest.mark.parametrize("name", BUDGETS)
@quick
@given(st.data())
def test_no_more_is_left_out_than_the_budget(name: str, draw: st.DataObject) -> None:
    contract = agreed(name, ADAPTED.get(name))
    data = draw.draw(data_of(contract, *spans(contract)), "data")
    if name == "published/slack":
        began = draw.draw(st.sampled_from(edges_of(contract, *spans(contract))[:60]), "planned from")
        data = with_row(data, "incidents", cause="scheduled", began=began, ended=began + 11 * HOUR)
    found = evaluated(contract, data, period_of(contract))
    zone = contract.agreement.timezone or "UTC"
    used: dict[tuple[str, str, int], Fraction] = {}
    for each in found.judgements:
        for part in each.measured.left_out:
            if part.block in BUDGETS[name]:
                number, hours = BUDGETS[name][part.block]
                time = (each.promise, part.block, months(day_of(each.start, zone)) // number)
                used[time] = used.get(time, Fraction(0)) + part.seconds
                assert used[time] <= hours * 3600, time
