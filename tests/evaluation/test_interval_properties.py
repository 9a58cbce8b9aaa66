"""What holds of all stretches of time: nothing depends on how they are cut, and leaving out hurts no provider."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.evaluation.stretching import EXCLUSION, HOUR, MINUTE, Asked, at, down, log
from xladsl.evaluation.rows.requests import MILLION
from xladsl.evaluation.rows.table import Rows

START = at("2026-04-07 10:00")
spans = st.lists(st.tuples(st.integers(0, 2000), st.integers(0, 900)), max_size=8)
WAYS = ("", "joined within 2 min longer than 3 min", "partial minutes are dropped", "partial minutes count in full")


def in_log(found: list[tuple[int, int]], cause: str) -> list[tuple[int, int, str]]:
    return [(START + start * MILLION, START + (start + length) * MILLION, cause) for start, length in found]


def rows_of(found: list[tuple[int, int, str]]) -> Rows:
    return log(*(each[:2] for each in found), cause=[each[2] for each in found])


@settings(max_examples=40, deadline=None)
@given(spans, spans, st.sampled_from(WAYS), st.integers(0, 40))
def test_leaving_out_never_hurts_the_provider(
    outages: list[tuple[int, int]], reasons: list[tuple[int, int]], way: str, minutes: int
) -> None:
    rows = {"log": rows_of([*in_log(outages, "provider"), *in_log(reasons, "customer")])}
    text = EXCLUSION % f"at most {minutes} min each calendar month"
    everything = Asked(text + down(f'where cause is "provider" {way}'), **rows)
    for less in (
        Asked(text + down(f'where cause is "provider" {way} leaving out own_fault'), **rows),
        Asked(text + down(f'where cause is "provider" {way}', "leaving out own_fault"), **rows),
    ):
        shorter, longer = less.length(), everything.length()
        assert shorter is not None
        assert longer is not None
        assert shorter <= longer


@settings(max_examples=40, deadline=None)
@given(spans, st.sampled_from(WAYS), st.integers(0, 900), st.randoms())
def test_cutting_outages_in_two_changes_nothing(
    outages: list[tuple[int, int]], way: str, cut: int, random: Any
) -> None:
    halves = [
        half
        for start, length in outages
        for half in ((start, min(cut, length)), (start + min(cut, length), length - min(cut, length)))
    ]
    random.shuffle(halves)
    whole = Asked(down(way), log=rows_of(in_log(outages, "provider")))
    assert Asked(down(way), log=rows_of(in_log(halves, "provider"))).length() == whole.length()


@settings(max_examples=25, deadline=None)
@given(spans, st.sampled_from(WAYS))
def test_the_days_of_a_month_add_up_to_the_month(outages: list[tuple[int, int]], way: str) -> None:
    moved = [(start * 600, length * 200) for start, length in outages]
    rows = {"log": rows_of(in_log(moved, "provider"))}
    monthly = Asked(down(way), **rows)
    daily = Asked(down(way).replace("calendar month", "calendar day"), **rows)
    days = daily.assessment.windows_of(daily.promise).overlapping(*monthly.window("2026-04")[:2])  # type: ignore[arg-type]
    assert sum((daily.length(day.name) or 0 for day in days), Fraction(0)) == monthly.length()


@settings(max_examples=25, deadline=None)
@given(spans, st.integers(1, 14))
def test_moving_everything_by_whole_windows_moves_the_result(outages: list[tuple[int, int]], days: int) -> None:
    def moved(by: int) -> Asked:
        later = [(start + by * 24 * HOUR, length) for start, length in outages]
        text = down("joined within 1 min partial minutes count in full").replace("calendar month", "calendar day")
        return Asked(text, log=rows_of(in_log(later, "provider")))

    assert moved(days).length(f"2026-04-{7 + days:02}") == moved(0).length("2026-04-07")


def unbroken(moments: set[int]) -> list[list[int]]:
    found: list[list[int]] = []
    for second in sorted(moments):
        if found and found[-1][-1] == second - 1:
            found[-1].append(second)
        else:
            found.append([second])
    return found


def second_by_second(
    outages: list[tuple[int, int]], reasons: list[tuple[int, int]], gap: int, least: int, grace: int, minutes: str
) -> int:
    """The order of work on sets of seconds, each step as the language tells it."""
    covered = {second for start, length in outages for second in range(start, start + length)}
    excused = {second for start, length in reasons for second in range(start, start + length)}
    parts = unbroken(covered)
    for before, after in pairwise(parts):
        if after[0] - before[-1] - 1 <= gap:
            covered |= set(range(before[-1], after[0]))
    counted = {second for run in unbroken(covered) if len(run) >= least for second in run[grace:]} - excused
    touched = {second // MINUTE for second in counted}
    if minutes == "are dropped":
        whole = {each for each in touched if all(each * MINUTE + second in counted for second in range(MINUTE))}
        return len(whole) * MINUTE
    return len(touched) * MINUTE if minutes == "count in full" else len(counted)


@settings(max_examples=60, deadline=None)
@given(
    spans,
    spans,
    st.sampled_from((0, 60, 300)),
    st.sampled_from((1, 60, 600)),
    st.sampled_from((0, 30, 120)),
    st.sampled_from(("are dropped", "count in full", "count exactly")),
)
def test_the_order_of_work(
    outages: list[tuple[int, int]], reasons: list[tuple[int, int]], gap: int, least: int, grace: int, minutes: str
) -> None:
    rows = rows_of([*in_log(outages, "provider"), *in_log(reasons, "customer")])
    clauses = f"""
      where cause is "provider" joined within {gap} s at least {least} s long counted after {grace} s
      leaving out own_fault partial minutes {minutes}
    """
    found = Asked(EXCLUSION % "" + down(clauses), log=rows).length()
    assert found == second_by_second(outages, reasons, gap, least, grace, minutes)
