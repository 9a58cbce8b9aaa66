"""What cells decide of random functions, against an SMT solver that decides the same, and against trying values."""

from __future__ import annotations

from fractions import Fraction
from itertools import product
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from xladsl.model.schedules.cells import (
    Constant,
    Domains,
    Greatest,
    Known,
    Least,
    OutsideError,
    Polynomial,
    Stretch,
    Sum,
    Times,
    Units,
    between,
    cut,
    falls,
    grid_of,
    never_negative,
    places,
    worked_out,
)
from xladsl.model.schedules.functions import extremes, inside

if TYPE_CHECKING:
    from collections.abc import Mapping

    from xladsl.model.schedules.cells import Term

few_examples = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])

DOMAINS: Domains = {
    "x": between(Fraction(0), Fraction(3), low_closed=True, high_closed=True),
    "y": between(Fraction(0), None, low_closed=True, high_closed=False),
    "base": between(Fraction(0), None, low_closed=False, high_closed=False),
}
NUMBERS = st.integers(-3, 3).map(Fraction) | st.sampled_from([Fraction(1, 2), Fraction(-3, 4), Fraction(5, 2)])


def of_x(number: st.SearchStrategy[Fraction]) -> st.SearchStrategy[Term]:
    """Straight lines of x, with steps and bends."""
    line = st.builds(lambda a, b: Sum((Constant(a), Times((Constant(b), Known("x"))))), number, number)
    stepped = st.builds(Units, st.sampled_from(["started", "full"]), line)
    pairs = st.tuples(line | stepped, line | stepped)
    return line | stepped | st.builds(Least, pairs) | st.builds(Greatest, pairs)


def amounts() -> st.SearchStrategy[Term]:
    """Payments: something of x, times a fee or not, with something of y added or not."""
    x = of_x(NUMBERS)
    of_base = x.map(lambda term: Times((term, Known("base"))))
    of_y = st.builds(lambda term, number: Sum((term, Times((Constant(number), Known("y"))))), x, NUMBERS)
    of_both = st.builds(lambda term, number: Times((term, Known("y"), Constant(number))), x, NUMBERS)
    return x | of_base | of_y | of_both


def value(term: Term, values: Mapping[str, Fraction]) -> Fraction:
    """A term worked out the plain way."""
    if isinstance(term, Constant):
        return term.value
    if isinstance(term, Known):
        return values[term.key]
    if isinstance(term, Units):
        number = value(term.of, values)
        return Fraction(-(-number // 1) if term.rounding == "started" else number // 1)
    parts = [value(part, values) for part in term.parts]
    if isinstance(term, Sum):
        return sum(parts, Fraction(0))
    if isinstance(term, Times):
        made = Fraction(1)
        for part in parts:
            made *= part
        return made
    return min(parts) if isinstance(term, Least) else max(parts)


def grid(term: Term) -> Any:
    return grid_of(lambda box: [worked_out(term, box)], DOMAINS)


@few_examples
@given(amounts(), st.fractions(0, 3, max_denominator=8), st.fractions(0, 9, max_denominator=8))
def test_a_function_is_on_its_box_what_it_is_at_every_value(term: Term, x: Fraction, y: Fraction) -> None:
    made = grid(term)
    values = {"x": x, "y": y, "base": Fraction(7)}
    found = [
        answers[0].at(values)
        for place, answers in made.answers.items()
        if all(stretch.has(values[key]) for key, stretch in made.box(place).items())
    ]
    assert found == [value(term, values)]


@few_examples
@given(amounts(), st.sampled_from(["x", "y"]))
def test_what_never_falls_does_so_nowhere(term: Term, key: str) -> None:
    """Tried at the ends of all stretches and within them, twice each, so that every step and slope comes up."""
    rising = not any(falls(grid(term), key, rising=True))
    tried = {
        name: sorted(set(DOMAINS_TRIED[name]) | {inside(stretch) for stretch in grid(term).domains[name]})
        for name in DOMAINS
    }
    fell = any(
        value(term, {**values, key: high}) < value(term, {**values, key: low})
        for chosen in product(*(tried[name] for name in DOMAINS if name != key))
        for values in [dict(zip([name for name in DOMAINS if name != key], chosen, strict=True))]
        for low, high in zip(tried[key], tried[key][1:], strict=False)
    )
    if rising:
        assert not fell


DOMAINS_TRIED = {
    "x": [Fraction(number, 8) for number in range(25)],
    "y": [Fraction(number, 2) for number in range(9)] + [Fraction(1000)],
    "base": [Fraction(1, 10), Fraction(1), Fraction(50000)],
}


@few_examples
@given(amounts(), st.sampled_from(["x", "y"]))
def test_a_solver_agrees_whether_it_is_monotone(term: Term, key: str) -> None:
    z3 = pytest.importorskip("z3")
    low, high = variables(z3, "low"), variables(z3, "high")
    solver = z3.Solver()
    solver.set("timeout", 5000)
    for variable in (*low.values(), *high.values()):
        solver.add(variable >= 0)
    solver.add(low["x"] <= 3, high["x"] <= 3, low["base"] > 0, low[key] < high[key])
    solver.add(*(low[name] == high[name] for name in DOMAINS if name != key))
    solver.add(in_z3(z3, term, high) < in_z3(z3, term, low))
    answer = solver.check()
    if answer != z3.unknown:
        assert any(falls(grid(term), key, rising=True)) == (answer == z3.sat)


@few_examples
@given(amounts())
def test_a_solver_agrees_whether_it_is_never_negative(term: Term) -> None:
    z3 = pytest.importorskip("z3")
    values = variables(z3, "value")
    solver = z3.Solver()
    solver.set("timeout", 5000)
    solver.add(*(variable >= 0 for variable in values.values()), values["x"] <= 3, values["base"] > 0)
    solver.add(in_z3(z3, term, values) < 0)
    made = grid(term)
    mine = all(never_negative(answers[0], made.box(place)) for place, answers in made.answers.items())
    answer = solver.check()
    if answer != z3.unknown:
        assert mine == (answer == z3.unsat)


@few_examples
@given(of_x(NUMBERS))
def test_the_extremes_are_reached_or_approached_and_never_passed(term: Term) -> None:
    least, most = extremes(term, {"x": DOMAINS["x"]})
    tried = [value(term, {"x": Fraction(number, 24)}) for number in range(73)]
    assert least is not None
    assert most is not None
    assert [least, *sorted(tried), most] == sorted([least, *tried, most])


def variables(z3: Any, suffix: str) -> dict[str, Any]:
    return {name: z3.Real(f"{name}_{suffix}") for name in DOMAINS}


def in_z3(z3: Any, term: Term, values: Mapping[str, Any]) -> Any:
    """A term in the solver's own arithmetic, written without any part of ours."""
    if isinstance(term, Constant):
        return z3.RealVal(str(term.value))
    if isinstance(term, Known):
        return values[term.key]
    if isinstance(term, Units):
        number = in_z3(z3, term.of, values)
        return -z3.ToReal(z3.ToInt(-number)) if term.rounding == "started" else z3.ToReal(z3.ToInt(number))
    parts = [in_z3(z3, part, values) for part in term.parts]
    made = parts[0]
    for part in parts[1:]:
        if isinstance(term, Sum):
            made = made + part
        elif isinstance(term, Times):
            made = made * part
        else:
            made = z3.If((made <= part) if isinstance(term, Least) else (made >= part), made, part)
    return made


# ------------------------------------------------------------------------------------------------------------ details


def test_a_stretch_is_cut_where_something_changes() -> None:
    low, middle, high = Fraction(0), Fraction(1), Fraction(2)
    assert cut([Stretch(low, high)], middle) == [Stretch(low, middle), Stretch(middle, middle), Stretch(middle, high)]
    assert cut([Stretch(low, high)], high) == [Stretch(low, high)]
    assert cut([Stretch(middle, middle)], middle) == [Stretch(middle, middle)]


def test_an_interval_has_its_ends_where_they_belong_to_it() -> None:
    one = Fraction(1)
    assert between(one, one, low_closed=True, high_closed=True) == [Stretch(one, one)]
    assert between(one, one, low_closed=True, high_closed=False) == []
    assert between(None, one, low_closed=False, high_closed=True) == [Stretch(None, one), Stretch(one, one)]


def test_what_is_multiplied_by_itself_is_left_alone() -> None:
    with pytest.raises(OutsideError, match="x is multiplied by itself"):
        grid(Times((Known("x"), Known("x"))))


def test_a_cap_that_depends_on_two_quantities_at_once_is_left_alone() -> None:
    with pytest.raises(OutsideError, match="several quantities at once"):
        grid(Least((Times((Known("y"), Known("base"))), Constant(Fraction(1000)))))


def test_a_cap_in_the_same_fee_is_decided() -> None:
    capped = Least((Times((Known("y"), Known("base"))), Times((Constant(Fraction(3, 10)), Known("base")))))
    made = grid(capped)
    assert Fraction(3, 10) in {stretch.low for stretch in made.domains["y"]}
    assert not any(falls(made, "y", rising=True))


def test_too_many_steps_are_left_alone() -> None:
    wide = {"x": [Stretch(Fraction(0), Fraction(100_000))]}
    with pytest.raises(OutsideError, match="too many steps"):
        grid_of(lambda box: [worked_out(Units("full", Known("x")), box)], wide)


def test_a_polynomial_without_end_is_judged_by_its_slope() -> None:
    rising = Polynomial({frozenset(): Fraction(-1), frozenset({"y"}): Fraction(1)})
    above_one = {"y": Stretch(Fraction(1), None)}
    assert never_negative(rising, above_one)
    assert not never_negative(rising, {"y": Stretch(Fraction(0), None)})
    assert not never_negative(-rising, above_one)


def test_all_boxes_of_all_domains_are_looked_at() -> None:
    assert len(list(places(DOMAINS))) == 3 * 2 * 1
