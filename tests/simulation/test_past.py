"""What past data show of how things behave."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from tests.simulation.deals import deal
from xladsl.evaluation.instants.zones import instant, midnight
from xladsl.evaluation.rows.table import Rows, Table
from xladsl.simulation.past import learned

ZONE = "Europe/Copenhagen"
HOUR = 3_600_000_000


def test_shares_and_outages_are_learned_from_rows() -> None:
    from datetime import time

    noon = [instant(date(2026, month, day), time(12), ZONE) for month in (1, 2) for day in range(1, 21)]
    desk = Rows(
        {
            "number": [str(number) for number in range(40)],
            "opened": list(noon),
            "fixed": [int(number % 10 != 0) for number in range(40)],
        }
    )
    began = [midnight(date(2026, month, 10), ZONE) for month in (1, 2, 2)]
    began[2] += 5 * HOUR
    incidents = Rows({"began": list(began), "ended": [each + HOUR for each in began], "machine": [None, None, None]})
    found = learned(deal(), Table({"desk": desk, "incidents": incidents}), date(2026, 1, 1), date(2026, 2, 28))
    assert found["quick"].truth == Fraction(9, 10)
    assert found["quick"].rows == 20
    assert found["portal_down"].lasting == 3600
    assert found["portal_down"].outages is not None
    assert float(found["portal_down"].outages) == 3 / (59 * 86_400 / 31_556_952)


def test_nothing_is_learned_of_what_has_no_rows() -> None:
    assert "quick" not in learned(deal(), Table({}), date(2026, 1, 1), date(2026, 2, 28))
