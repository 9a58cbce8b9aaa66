"""What has happened, in this window and in those before it; and what nobody can tell."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import pytest

from tests.evaluation.paying import Told, contract
from xladsl.evaluation.assessment import Assessment
from xladsl.evaluation.instants.windows import Window, Windows
from xladsl.evaluation.instants.zones import DAY, HOUR, midnight
from xladsl.evaluation.judging.conditions import all_of, any_of, at_least, holds
from xladsl.evaluation.rows.table import Rows, Table
from xladsl.evaluation.stretches.algebra import Stretch

if TYPE_CHECKING:
    from xladsl.evaluation.results import Verdict

MONTHS = [f"2026-{month:02}" for month in range(1, 13)]
SHORT: dict[str, Verdict] = {"b": "breached", "m": "met", "i": "inconclusive", "-": "no data"}
LIMIT = """
events calls { columns at as time from "t", caller as text from "c" run by northwind }
limit volume "Calls" { of contoso for calls at most 3 calls each calendar month }
"""


class Story(Told):
    """The verdicts of a promise by month, beginning in January, each by a letter."""

    def __init__(self, stretches: list[Stretch] | None = None, **facts: Any) -> None:
        super().__init__(**facts)
        self.told_stretches = stretches

    def verdict(self, name: str, window: Window) -> Verdict | None:
        told = self.facts["verdicts"].get(name)
        if isinstance(told, str) and len(window.name) == len("2026-04"):
            month = int(window.name[-2:]) - 1
            return SHORT[told[month]] if window.name.startswith("2026-") and month < len(told) else "no data"
        return super().verdict(name, window) if name not in self.facts["verdicts"] else None

    def stretches(self, name: str, window: Window) -> list[Stretch] | None:
        return self.told_stretches if name in ("incidents", "portal_down") else None


def asked(when: str, month: str = "2026-04", deal: str = "", extra: str = "", table: Any = None, **facts: Any) -> Any:
    text = f'improvement plan mend "Trial" {{ when {when} presented within 10 days of the report }}' + extra
    agreed = contract(text, deal=deal)
    assessment = Assessment(agreed, Table(table or {}), Story(**facts))
    [plan] = [block for block in agreed.blocks if getattr(block, "name", "") == "mend" and hasattr(block, "when")]
    window = Windows("calendar month", agreed.agreement, "Europe/Copenhagen").named(month)
    assert window is not None
    return holds(assessment, plan.when, window)


def of(verdicts: str, when: str, month: str = "2026-04", **facts: Any) -> Any:
    return asked(when, month, verdicts={"portal_up": verdicts}, **facts)


@pytest.mark.parametrize(
    ("state", "wanted"),
    [
        ("breached", [True, False, False]),
        ("not breached", [False, True, True]),
        ("met", [False, True, False]),
        ("not met", [True, False, True]),
        ("inconclusive", [False, False, True]),
    ],
)
def test_a_state_of_this_window(state: str, wanted: list[bool]) -> None:
    assert [of(letter * 4, f"portal_up is {state}") for letter in "bmi"] == wanted


@pytest.mark.parametrize(
    ("verdicts", "times", "last", "wanted"),
    [
        ("bbb", 3, 12, True),
        ("bmb", 3, 12, False),
        ("bmbb", 3, 4, True),
        ("bmbb", 3, 3, False),
        ("b", 1, 12, True),
    ],
)
def test_so_many_of_the_last(verdicts: str, times: int, last: int, wanted: bool) -> None:
    month = MONTHS[len(verdicts) - 1]
    assert of(verdicts, f"portal_up is breached in {times} of the last {last} months", month) is wanted


@pytest.mark.parametrize(
    ("verdicts", "wanted"),
    [("mmm", True), ("bmm", False), ("mbm", False), ("mmb", False), ("mmmm", True), ("mm", False)],
)
def test_so_many_in_a_row(verdicts: str, wanted: bool) -> None:
    assert of(verdicts, "portal_up is met 3 months in a row", MONTHS[len(verdicts) - 1]) is wanted


def test_a_row_begins_anew_after_a_window_that_breaks_it() -> None:
    story = "mmbmmm"
    found = [of(story, "portal_up is met 3 months in a row", month) for month in MONTHS[:6]]
    assert found == [False, False, False, False, False, True]


def test_the_window_before() -> None:
    assert of("bm", "portal_up is breached in the previous month", "2026-02") is True
    assert of("mb", "portal_up is breached in the previous month", "2026-02") is False
    assert of("b", "portal_up is breached in the previous month", "2026-01") is False  # there is none before it


def test_no_history_before_promises_count() -> None:
    """Settling until the end of February: of two breaches in a row one does not count."""
    settling = "settling until 2026-02-28"
    assert of("bbb", "portal_up is breached 2 months in a row", "2026-03", deal=settling) is False
    assert of("bbbb", "portal_up is breached 2 months in a row", "2026-04", deal=settling) is True
    assert of("bbb", "portal_up is breached in the previous month", "2026-03", deal=settling) is False


def test_several_promises_in_one_state() -> None:
    both = "portal_up and mail_up are met 2 months in a row"
    assert asked(both, "2026-02", verdicts={"portal_up": "mm", "mail_up": "mm"}) is True
    assert asked(both, "2026-02", verdicts={"portal_up": "mm", "mail_up": "mb"}) is False


def test_a_longer_unit_than_the_windows_of_the_promise() -> None:
    """A quarter is breached by any month of it, and met by all three."""
    assert of("bmmmmbmmm", "portal_up is breached in 2 of the last 3 quarters", "2026-09") is True
    assert of("mmmmmbmmm", "portal_up is breached in 2 of the last 3 quarters", "2026-09") is False
    assert of("mmmmmm", "portal_up is met 2 quarters in a row", "2026-06") is True
    assert of("mmmmbm", "portal_up is met 2 quarters in a row", "2026-06") is False


def test_a_value_at_its_edge() -> None:
    for value, wanted in (("0.95", False), ("0.9499", True)):
        assert asked("portal_up is below 95% in one month", values={"portal_up": Fraction(value)}) is wanted


def test_exceeded_is_better_than_the_level() -> None:
    for value, wanted in (("0.999", False), ("0.9991", True), ("0.998", False)):
        assert asked("portal_up is exceeded", values={"portal_up": Fraction(value)}) is wanted


@pytest.mark.parametrize(("calls", "wanted"), [(3, False), (4, True)])
def test_a_limit_is_exceeded_by_what_is_more(calls: int, wanted: bool) -> None:
    april = Windows("calendar month", contract(LIMIT).agreement, "Europe/Copenhagen").named("2026-04")
    assert april is not None
    rows = Rows({"at": [april.start + number * HOUR for number in range(calls)], "caller": ["x"] * calls})
    assert asked("volume is exceeded", extra=LIMIT, table={"calls": rows}) is wanted


def test_within_any_stretch_of_days() -> None:
    """Thirteen hours at the end of March and twelve in the middle of April lie within 30 days, in no month."""
    when = "length of portal_down > 24 h within any 30 days"
    april = Windows("calendar month", contract("").agreement, "Europe/Copenhagen").named("2026-04")
    assert april is not None
    march = Stretch(april.start - 2 * DAY, april.start - 2 * DAY + 13 * HOUR)
    near = Stretch(april.start + 14 * DAY, april.start + 14 * DAY + 12 * HOUR)
    far = Stretch(april.start + 29 * DAY, april.start + 29 * DAY + 12 * HOUR)
    assert asked(when, stretches=[march, near]) is True
    assert asked(when, stretches=[march, far]) is False
    assert asked(when, stretches=[near]) is False


def test_a_measurement_in_several_quarters() -> None:
    when = "length of portal_down > 2 h in 2 of the last 3 quarters"
    first = Windows("calendar month", contract("").agreement, "Europe/Copenhagen").named("2026-01")
    assert first is not None
    january = Stretch(first.start, first.start + 3 * HOUR)
    may = Stretch(first.start + 130 * DAY, first.start + 130 * DAY + 3 * HOUR)
    february = Stretch(first.start + 40 * DAY, first.start + 40 * DAY + 3 * HOUR)
    assert asked(when, "2026-06", stretches=[january, may]) is True
    assert asked(when, "2026-06", stretches=[january, february]) is False


def test_what_cannot_be_told() -> None:
    assert asked("portal_up is below 95%", verdicts={"portal_up": "bbbb"}) is None
    assert asked("portal_up is below 95% or portal_up is breached", verdicts={"portal_up": "bbbb"}) is True
    assert asked("portal_up is below 95% and portal_up is met", verdicts={"portal_up": "bbbb"}) is False


def test_three_values() -> None:
    assert [any_of([None, False]), any_of([None, True]), any_of([])] == [None, True, False]
    assert [all_of([None, False]), all_of([None, True]), all_of([])] == [False, None, True]
    found = [at_least(2, [True, None]), at_least(2, [True, None, True]), at_least(2, [False, None])]
    assert found == [None, True, False]


PROOF = """
evidence handed_over { columns done as date from "d" run by northwind }
obligation roadmap "Road map" { of northwind due by 2026-03-31 proof in handed_over }
"""


@pytest.mark.parametrize(
    ("done", "month", "state", "wanted"),
    [
        ("2026-03-31", "2026-04", "met", True),
        ("2026-04-01", "2026-04", "met", False),
        ("2026-04-01", "2026-04", "breached", True),
        (None, "2026-02", "breached", False),  # it is not due yet
        (None, "2026-03", "breached", True),
    ],
)
def test_an_obligation_is_proven_by_its_rows(done: str | None, month: str, state: str, wanted: bool) -> None:
    days = [midnight(date.fromisoformat(done), "Europe/Copenhagen")] if done else []
    table = {"handed_over": Rows({"done": list(days)})}
    assert asked(f"roadmap is {state}", month, extra=PROOF, table=table, verdicts={"roadmap": None}) is wanted
