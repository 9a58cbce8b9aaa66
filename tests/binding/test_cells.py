"""What is written in a cell, and what it is worth: exact to the millionth, whatever way it is written."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xladsl.binding.cells import CellReader, millionths, plain_millionths
from xladsl.binding.plan import ColumnPlan
from xladsl.binding.times import TimeReader, UnreadableError, pattern
from xladsl.evaluation.instants import zones

if TYPE_CHECKING:
    from tests.binding.conftest import Desk

MILLION = 1_000_000


def cell(text: str, **plan: object) -> object:
    return CellReader(ColumnPlan("c", "c", **plan)).read(text)  # type: ignore[arg-type]


# ---------------------------------------------------------------------------------------------------------- numbers


@pytest.mark.parametrize(
    ("text", "worth"),
    [
        ("0", 0),
        ("12", 12_000_000),
        ("-0.5", -500_000),
        ("+3.", 3_000_000),
        (".25", 250_000),
        ("1e3", 1_000_000_000),
        ("1.5E-2", 15_000),
        ("0.0000005", 1),
        ("-0.0000005", -1),
        ("0.00000049999", 0),
        ("0.0000015", 2),
        ("999999999999.9999994", 999_999_999_999_999_999),
        (" 7\t", 7_000_000),
        ("007", 7_000_000),
    ],
)
def test_numbers_are_millionths_rounded_half_away_from_zero(text: str, worth: int) -> None:
    assert cell(text, kind="number") == worth


@settings(max_examples=200)
@given(st.decimals(-(10**11), 10**11, allow_nan=False, places=9))
def test_numbers_are_those_that_decimal_arithmetic_finds(number: Decimal) -> None:
    expected = int((number * MILLION).quantize(Decimal(1), ROUND_HALF_UP))
    assert millionths(f"{number:f}", Fraction(1)) == plain_millionths(f"{number:f}") == expected
    assert millionths(f"{number:E}", Fraction(1)) == expected


def test_a_unit_is_worth_what_it_says() -> None:
    assert cell("1.5", kind="number", factor=Fraction(60)) == 90 * MILLION
    assert cell("2", kind="number", factor=Fraction(1, 1000)) == 2000
    assert cell("0.0005", kind="number", factor=Fraction(1, 1000)) == 1
    assert cell("0.00049", kind="number", factor=Fraction(1, 1000)) == 0


def test_a_decimal_comma_is_one_only_where_it_was_said() -> None:
    assert cell("1,5", kind="number", decimal_comma=True) == 1_500_000
    for text in ("1.5", "1.234,50", "1,2,3"):
        with pytest.raises(UnreadableError):
            cell(text, kind="number", decimal_comma=True)
    with pytest.raises(UnreadableError):
        cell("1,5", kind="number")


def test_a_percentage_may_carry_its_sign() -> None:
    assert cell("99.5 %", kind="number", words="percent") == cell("99.5", kind="number", words="percent") == 99_500_000
    with pytest.raises(UnreadableError):
        cell("99.5%", kind="number", words="number")


def test_blanks_around_a_text_are_no_part_of_it_and_null_words_are_empty() -> None:
    assert cell(" P1 ") == "P1"
    assert cell("a\u00a0") == "a\u00a0", "a blank that does not break is no blank to a database"
    assert cell(" - ", null=("-",)) is None
    assert cell("--", null=("-",)) == "--"
    assert cell("  ") is None
    assert CellReader(ColumnPlan("c", "c")).read(None) is None


# ------------------------------------------------------------------------------------------------------------ times

EXPECTED = datetime(2026, 4, 7, 8, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("form", "text"),
    [
        ("iso", "2026-04-07T10:05"),
        ("iso", "2026-04-07 10:05:00"),
        ("iso", "2026-04-07T08:05:00Z"),
        ("iso", "2026-04-07 08:05:00.000 UTC"),
        ("iso", "2026-04-07 08:05:00+00"),
        ("iso", "2026-04-07T13:50:00,000+0545"),
        ("iso", "2026-04-07T03:05:00-05:00"),
        ("%d-%m-%Y %H:%M", "07-04-2026 10:05"),
        ("%d-%m-%Y %H:%M", "7-4-2026 10:05"),
        ("%d/%m/%y %I:%M %p", "07/04/26 10:05 am"),
        ("%b %d, %Y %H:%M:%S", "Apr 07, 2026 10:05:00"),
        ("%Y%m%dT%H%M%S%z", "20260407T080500Z"),
        ("epoch s", "1775549100"),
        ("epoch s", "1775549100.0"),
        ("epoch ms", "1775549100000"),
        ("epoch us", "1775549100000000"),
    ],
)
def test_a_time_in_any_form(form: str, text: str) -> None:
    assert TimeReader(form, "Europe/Copenhagen").read(text) == int(EXPECTED.timestamp()) * MILLION


def test_more_than_microseconds_are_rounded() -> None:
    reader = TimeReader("iso", "UTC")
    assert reader.read("2026-04-07 08:05:00.0000005") == reader.read("2026-04-07 08:05:00.000001")
    assert reader.read("2026-04-07 08:05:00.00000049") == reader.read("2026-04-07 08:05:00")
    assert TimeReader("epoch s", "UTC").read("1.0000005") == MILLION + 1
    assert TimeReader("epoch ms", "UTC").read("1.2345") == 1235


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ("%d-%m %H:%M", "it does not say the year"),
        ("%H:%M", "it does not say the day"),
        ("%Q", "`%Q` is no part of a time"),
        ("%d-%m-%Y %d", "a part of the time stands in it twice"),
        ("dd-mm-yyyy", "it does not say the day"),
        ("%d-%m-%Y %", "`%` is no part of a time"),
    ],
)
def test_a_form_that_is_none(form: str, said: str) -> None:
    with pytest.raises(ValueError, match=said.replace("%", "%")):
        pattern(form)


@settings(max_examples=300, deadline=None)
@given(
    st.datetimes(datetime(1970, 1, 3), datetime(2099, 12, 29)),  # noqa: DTZ001  # what clocks show
    st.sampled_from(
        ["UTC", "Europe/Copenhagen", "America/New_York", "Asia/Kathmandu", "Asia/Tehran", "Australia/Lord_Howe"]
    ),
    st.sampled_from([None, 0, 330, -210]),
)
def test_times_mean_the_instants_that_the_standard_library_finds(
    shown: datetime, name: str, minutes: int | None
) -> None:
    reader = TimeReader("iso", name)
    if minutes is None:
        aware = shown.replace(tzinfo=zones.zone(name))
        expected = zones.instant(shown.date(), shown.time(), name)
        skipped = aware.astimezone(UTC).astimezone(zones.zone(name)).replace(tzinfo=None) != shown
        assert skipped or expected == (aware - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(microseconds=1)
        assert reader.read(shown.isoformat()) == expected
        assert bool(reader.skipped) == skipped
        assert bool(reader.twice) == (not skipped and aware.utcoffset() != aware.replace(fold=1).utcoffset())
    else:
        aware = shown.replace(tzinfo=timezone(timedelta(minutes=minutes)))
        expected = (aware - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(microseconds=1)
        assert reader.read(aware.isoformat(" ")) == expected


@pytest.mark.parametrize("day", ["2026-03-28", "2026-03-29", "2026-03-30", "2026-10-24", "2026-10-25", "2026-10-26"])
@pytest.mark.parametrize("name", ["Europe/Copenhagen", "America/Havana", "Africa/Cairo", "Asia/Beirut"])
def test_around_changes_of_the_clock_nothing_depends_on_what_was_read_before(day: str, name: str) -> None:
    texts = [f"{day} {hour:02}:{minute}" for hour in range(24) for minute in ("00", "30", "59:59.999998")]
    reader = TimeReader("iso", name)
    assert [reader.read(text) for text in texts] == [TimeReader("iso", name).read(text) for text in texts]
    assert [reader.read(text) for text in texts] == [
        zones.instant(datetime.fromisoformat(text).date(), datetime.fromisoformat(text).time(), name) for text in texts
    ]


DAYS = ["1970-01-01", "1970-01-02", "2026-03-28", "2026-03-29", "2026-10-25", "2026-12-31", "2099-12-31"]
MINUTES = ["00:00", "02:30", "23:59"]
ENDS = ["", ":59", ":59.5", "Z", ":59Z", ":59.5+05:45", "-1800", " "]


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(DAYS), st.sampled_from(MINUTES), st.sampled_from(ENDS))))
def test_times_of_a_column_mean_what_each_of_them_means_alone(parts: list[tuple[str, str, str]]) -> None:
    texts = [f"{day} {clock}{end}" for day, clock, end in parts]
    column = ColumnPlan("c", "c", "time", zone="Europe/Copenhagen")
    together, alone = CellReader(column), [CellReader(column).cells([text]) for text in texts]
    for _ in range(2):  # the second time all is known that can be
        cells, unreadable = together.cells(texts)
        assert cells == [cell for [cell], _ in alone]
        assert unreadable == {row: why[0] for row, (_, why) in enumerate(alone) if why}


def test_a_word_for_nothing_may_look_like_a_time_of_which_all_parts_are_known() -> None:
    reader = CellReader(ColumnPlan("c", "c", "time", null=("2026-01-01 00:00:00",)))
    cells, _ = reader.cells(["2026-01-01 05:00:00", "2026-01-02 00:00:00", "2026-01-01 00:00:00"])
    assert [cell is None for cell in cells] == [False, False, True]


def test_a_day_begins_at_midnight_where_it_is(desk: Desk) -> None:
    desk.put("d.csv", "day\n2026-04-01\n2026-11-01 00:00:00\n\n")
    days = [datetime(2026, month, 1, tzinfo=ZoneInfo("Europe/Copenhagen")) for month in (4, 11)]
    instants = [int(day.timestamp()) * MILLION for day in days]
    assert desk.column("deliveries", "handed_over", deliveries="d.csv") == instants


# ---------------------------------------------------------------------------------------------- as the agreement says


def test_kinds_are_those_of_the_agreement(desk: Desk) -> None:
    desk.put("l.csv", "ts,ms,rate,cost,size\n2026-04-01 00:00Z,1500,99.5,-12.345678,3\n")
    rows = desk.read(loads="l.csv").rows["loads"]
    assert {name: cells[0] for name, cells in rows.columns.items()} == {
        "at": 1_775_001_600_000_000,
        "load": 1_500_000,
        "rate": 99_500_000,
        "cost": -12_345_678,
        "size": 3_000_000,
    }


def test_a_question_without_a_column_is_found_by_its_name(desk: Desk) -> None:
    desk.put("a.csv", "at,q_ease,mood\n2026-04-01 10:00,7,0\n2026-04-01 10:01,,10\n")
    rows = desk.read(asked="a.csv").rows["asked"]
    assert rows.columns["ease"] == [7 * MILLION, None]
    assert rows.columns["mood"] == [0, 10 * MILLION]


def test_null_when_is_the_agreements_word_for_an_empty_cell(desk: Desk) -> None:
    desk.put("t.csv", "id,created,closed,prio\nT1,2026-04-01 10:00,-,-\n")
    rows = desk.read(desk="t.csv").rows["desk"]
    assert rows.columns["closed"] == [None]
    assert rows.columns["priority"] == ["-"], "said of one column, it holds for no other"
