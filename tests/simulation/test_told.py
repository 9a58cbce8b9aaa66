"""A file that tells how things behave: what is taken from it, and what is said of what cannot be."""

from __future__ import annotations

from fractions import Fraction

import pytest

from tests.simulation.deals import MORE, deal
from xladsl.evaluation.assessment import Assessment
from xladsl.simulation.behaviour import Said
from xladsl.simulation.supposing import nothing_recorded
from xladsl.simulation.things import things_of
from xladsl.simulation.told import Heard, heard

CONTRACT = deal(MORE)


def told(text: str) -> Heard:
    return heard(text, things_of(Assessment(CONTRACT, nothing_recorded(CONTRACT))))


def test_amounts_are_read_in_their_units() -> None:
    found = told('[quick]\ntrue = "93.5%"\nrows = 1_200\n[portal_up]\noutages = 14\nlasting = "1.5 h"\n')
    assert found.problems == ()
    assert found.said == {
        "quick": Said(truth=Fraction(935, 1000), rows=1200),
        "portal_down": Said(outages=Fraction(14), lasting=Fraction(5400)),
    }


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[quikc]\nrows = 4", "`quikc` is no promise or KPI that is drawn. Did you mean `quick`?"),
        ("quick = 4", "`quick` stands by itself: write it under the promise that it is about, as  ["),
        ("[quick]\nrow = 4", "`row` says nothing about `quick`. Did you mean `rows`?"),
        ('[quick]\nlasting = "4 min"', "`lasting` does not fit `quick`, which is a value of rows or answers"),
        ("[quick]\ntrue = 0.93", '`true` of `quick` is a share: write it with its sign, such as "99.5%".'),
        (
            '[quick]\ntrue = "150%"',
            "`true` of `quick` is no value that can be measured: write one from 0% to 100%.",
        ),
        ("[quick]\nrows = 4.5", "is no number of rows in a window: write a whole number from 1 to 1,000,000."),
        ("[quick]\nrows = true", "`rows` of `quick` is no amount"),
        ("[portal_up]\nlasting = 18", "`lasting` of `portal_up` is no length of time: write it with its unit"),
        ("[portal_up]\noutages = -1", "is no number of outages in a year"),
        (
            '[portal_up]\noutages = 1\n[portal_down]\nlasting = "1 h"',
            "`portal_down` is about the same as another table",
        ),
        ('[quick]\nlikes = "40%"\ndislikes = "20%"', "`likes` does not fit `quick`, which is no net score"),
        ("[quick", "It is no TOML"),
        ('[fees]\nrent = "EUR 3"', "`rent` is no fee whose amount is as invoiced."),
    ],
)
def test_what_cannot_be_taken_is_told(text: str, said: str) -> None:
    (problem,) = told(text).problems
    assert said in problem


def test_what_is_told_goes_before_what_was_learned() -> None:
    learned = Said(truth=Fraction(1, 2), rows=10, outages=Fraction(3))
    assert Said(rows=20).or_else(learned) == Said(truth=Fraction(1, 2), rows=20, outages=Fraction(3))
    assert Said(truth=Fraction(1)).or_else(learned) == Said(truth=Fraction(1), rows=10)
