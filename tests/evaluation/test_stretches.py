"""The algebra of stretches against an oracle that looks at each second by itself."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from xladsl.evaluation.rows.requests import MILLION
from xladsl.evaluation.stretches import algebra as stretches
from xladsl.evaluation.stretches.algebra import ONCE, Stretch

SECOND = MILLION
HORIZON = 400

Seconds = Counter[int]
"""How often each second counts."""

some = st.builds(
    lambda start, length, weight: Stretch(start * SECOND, (start + length) * SECOND, weight * ONCE),
    st.integers(0, HORIZON - 100),
    st.integers(0, 100),
    st.integers(1, 3),
)
many = st.lists(some, max_size=12)
profiles = st.one_of(many.map(stretches.union), many.map(stretches.overlaid))


def each_second(profile: list[Stretch]) -> Seconds:
    counted: Seconds = Counter()
    for start, end, weight in profile:
        for second in range(start // SECOND, end // SECOND):
            counted[second] += weight
    return counted


def is_tidy(profile: list[Stretch]) -> bool:
    """In order, without overlaps or empty stretches, and nothing in two pieces that could be one."""
    apart = all(
        before.end < after.start or (before.end == after.start and before.weight != after.weight)
        for before, after in pairwise(profile)
    )
    return apart and all(each.start < each.end for each in profile)


def unbroken(counted: Seconds) -> list[list[int]]:
    """The seconds that count, parted where one does not."""
    found: list[list[int]] = []
    for second in sorted(counted):
        if found and found[-1][-1] == second - 1:
            found[-1].append(second)
        else:
            found.append([second])
    return found


@given(many)
def test_a_union_counts_each_moment_once(given_stretches: list[Stretch]) -> None:
    found = stretches.union(given_stretches)
    assert is_tidy(found)
    assert each_second(found) == dict.fromkeys(each_second(given_stretches), ONCE)


@given(many)
def test_weights_add_up_where_stretches_overlap(given_stretches: list[Stretch]) -> None:
    found = stretches.overlaid(given_stretches)
    assert is_tidy(found)
    assert each_second(found) == each_second(given_stretches)
    assert stretches.seconds(found) == stretches.seconds(given_stretches)


@given(profiles, st.integers(0, HORIZON), st.integers(0, HORIZON))
def test_what_is_clipped_lies_between_the_bounds(profile: list[Stretch], start: int, end: int) -> None:
    found = stretches.clipped(profile, start * SECOND, end * SECOND)
    assert each_second(found) == {
        second: weight for second, weight in each_second(profile).items() if start <= second < end
    }


@given(profiles, many)
def test_inside_and_outside_make_the_whole(profile: list[Stretch], others: list[Stretch]) -> None:
    covered = each_second(others)
    inside = stretches.within(profile, stretches.union(others))
    outside = stretches.without(profile, stretches.union(others))
    assert each_second(inside) == {
        second: weight for second, weight in each_second(profile).items() if second in covered
    }
    assert each_second(inside) + each_second(outside) == each_second(profile)
    assert is_tidy(inside)
    assert is_tidy(outside)


@given(profiles, st.integers(0, 60))
def test_stretches_that_are_no_farther_apart_are_one(profile: list[Stretch], gap: int) -> None:
    found = stretches.joined(profile, gap * SECOND)
    parts = unbroken(each_second(profile))
    expected = each_second(profile)
    for before, after in pairwise(parts):
        if after[0] - before[-1] - 1 <= gap:
            expected.update(dict.fromkeys(range(before[-1] + 1, after[0]), expected[before[-1]]))
    assert each_second(found) == expected
    assert is_tidy(found)


@given(profiles, st.integers(0, 120), st.booleans())
def test_runs_count_by_their_whole_length(profile: list[Stretch], length: int, or_equal: bool) -> None:
    found = stretches.longer(profile, length * SECOND, or_equal=or_equal)
    counted = each_second(profile)
    long_enough = [run for run in unbroken(counted) if len(run) > length or (or_equal and len(run) == length)]
    assert each_second(found) == {second: counted[second] for run in long_enough for second in run}


@given(profiles)
def test_only_minutes_that_are_covered_from_end_to_end_count(profile: list[Stretch]) -> None:
    found = stretches.whole_minutes(profile, "are dropped")
    counted = each_second(profile)
    assert each_second(found) == {
        second: weight
        for second, weight in counted.items()
        if all(other in counted for other in range(second // 60 * 60, second // 60 * 60 + 60))
    }


@given(profiles)
def test_minutes_that_are_touched_count_in_full(profile: list[Stretch]) -> None:
    found = stretches.whole_minutes(profile, "count in full")
    counted = each_second(profile)
    expected: Seconds = Counter()
    for minute in {second // 60 for second in counted}:
        moments = range(minute * 60, minute * 60 + 60)
        if all(second in counted for second in moments):
            expected.update({second: counted[second] for second in moments})
        else:
            heaviest = max(counted[second] for second in moments)
            expected.update(dict.fromkeys(moments, heaviest))
    assert each_second(found) == expected
    assert is_tidy(found)


@given(profiles)
def test_minutes_that_count_exactly_are_left_as_they_are(profile: list[Stretch]) -> None:
    assert stretches.whole_minutes(profile, "count exactly") == profile
    assert stretches.whole_minutes(profile, None) == profile


@given(profiles, st.integers(0, 100))
def test_what_begins_later_loses_its_beginning(profile: list[Stretch], grace: int) -> None:
    found = stretches.beginning_later(profile, lambda start: start + grace * SECOND)
    counted = each_second(profile)
    assert each_second(found) == {second: counted[second] for run in unbroken(counted) for second in run[grace:]}


@given(many, st.data())
def test_cutting_stretches_in_two_changes_nothing(given_stretches: list[Stretch], data: st.DataObject) -> None:
    cut = []
    for start, end, weight in given_stretches:
        middle = data.draw(st.integers(start, end))
        cut += [Stretch(start, middle, weight), Stretch(middle, end, weight)]
    assert stretches.union(cut) == stretches.union(given_stretches)
    assert stretches.overlaid(cut) == stretches.overlaid(given_stretches)


def test_a_stretch_of_exactly_the_length_is_not_longer() -> None:
    minute = [Stretch(0, 60 * SECOND)]
    assert stretches.longer(minute, 60 * SECOND, or_equal=False) == []
    assert stretches.longer(minute, 60 * SECOND, or_equal=True) == minute
    assert stretches.longer([Stretch(0, 60 * SECOND - 1)], 60 * SECOND, or_equal=True) == []


def test_a_gap_of_exactly_the_length_is_joined() -> None:
    apart = [Stretch(0, 60 * SECOND), Stretch(240 * SECOND, 300 * SECOND)]
    assert stretches.joined(apart, 180 * SECOND) == [Stretch(0, 300 * SECOND)]
    assert stretches.joined(apart, 180 * SECOND - 1) == apart


@given(profiles, profiles)
def test_what_is_cut_out_of_a_stretch_makes_no_two_events_of_it(
    profile: list[Stretch], counting: list[Stretch]
) -> None:
    cut = stretches.within(profile, counting)
    found = list(stretches.events(cut, stretches.union(profile)))
    counted = each_second(counting)
    whole = [run for run in unbroken(each_second(profile)) if any(second in counted for second in run)]
    assert [each for event in found for each in event] == cut
    for run, event in zip(whole, found, strict=True):
        assert run[0] <= event[0].start // SECOND
        assert event[-1].end // SECOND <= run[-1] + 1
