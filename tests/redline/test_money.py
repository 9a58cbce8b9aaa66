"""What a commercial change of the flagship is worth, worked out by hand beside each."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from xladsl.compiler import compile_agreement
from xladsl.outputs.page import Page
from xladsl.profiles import UNASKED
from xladsl.redline.comparison import Comparison, Version
from xladsl.sealing.carrying import carry

FLAGSHIP = Path(__file__).parents[2] / "agreements" / "digital-workplace"
AT_1700 = "with “Solved at once” charged 1,700 times"
IN_2027 = f"from 1 January 2027, {AT_1700}"


@cache
def version(before: str = "", after: str = "") -> Version:
    """The flagship, with words of it exchanged."""

    def read(path: str) -> str | None:
        place = Path(path)
        if not place.is_relative_to(FLAGSHIP) or not place.exists():
            return None
        return place.read_text(encoding="utf-8").replace(before, after, 1) if before else place.read_text("utf-8")

    readable = compile_agreement(str(FLAGSHIP / "agreement.xladsl"), read, UNASKED).readable
    assert readable is not None
    carried = carry(readable, "parties", profile=UNASKED)
    return Version(carried.contract, carried.about)


def compared(before: str, after: str) -> Comparison:
    comparison = Comparison(version(), version(before, after))
    assert comparison.changes, "the words are in the agreement"
    return comparison


def amounts(comparison: Comparison) -> dict[tuple[str, str], tuple[str, str]]:
    return {
        (each.title, each.basis): (each.before.replace("\u00a0", " "), each.after.replace("\u00a0", " "))
        for each in comparison.amounts
    }


QUARTERLY_CAP = "8% of all fees of the quarter measured each calendar quarter"


@pytest.mark.parametrize(
    ("before", "after", "effect", "line", "amount"),
    [
        (  # of 3 × (178,000 + 1,700 × 4)
            f"cap         {QUARTERLY_CAP}",
            f"cap         {QUARTERLY_CAP.replace('8%', '10%')}",
            "more_at_stake",
            ("The most that “All credits of a quarter” can come to", AT_1700),
            ("EUR 44,352.00 each calendar quarter", "EUR 55,440.00 each calendar quarter"),
        ),
        (  # without the cap: 3,000 + 17,640 / 3 + 4,704 + 11,088 / 3
            f"  cap         {QUARTERLY_CAP}\n",
            "",
            "more_at_stake",
            ("The most that all credits can come to in a month", AT_1700),
            ("EUR 14,784.00", "EUR 17,280.00"),
        ),
        (
            "EUR 4.00 per solved ticket",
            "EUR 5.00 per solved ticket",
            "dearer",
            ("All recurring fees of a month", AT_1700),
            ("EUR 184,800.00", "EUR 186,500.00"),
        ),
        (  # 60,564 + 77,868 + 10,000 + 33,600 + 6,800 in 2027
            "EUR 60,564.00 from 2027-01-01",
            "EUR 62,000.00 from 2027-01-01",
            "dearer",
            ("All recurring fees of a month", IN_2027),
            ("EUR 188,832.00", "EUR 190,268.00"),
        ),
        (  # 12 × 178,000 + 24 × 182,032 + 120,000, or 100,000
            "EUR 120,000.00 once",
            "EUR 100,000.00 once",
            "cheaper",
            ("All fees of the whole term", "on fixed fees alone"),
            ("EUR 6,624,768.00", "EUR 6,604,768.00"),
        ),
        (
            "| below 99.0%                    |    25% |",
            "| below 99.0%                    |    20% |",
            "less_credit",
            ("What “Credit for the portal” comes to where the result is below 99.0%", ""),
            ("EUR 2,500.00", "EUR 2,000.00"),
        ),
        (  # 25%, doubled, above the cap of 30%; and 25% once
            "  doubled when portal_up is breached in the previous month\n",
            "",
            "less_credit",
            ("The most that “Credit for the portal” can come to", ""),
            ("EUR 3,000.00 each calendar month", "EUR 2,500.00 each calendar month"),
        ),
        (
            "value       0.5% of base per full 0.1 of shortfall",
            "value       1% of base per full 0.1 of shortfall",
            "more_credit",
            ("What “Credit for ease” comes to", AT_1700),
            ("EUR 2,772.00 for each full 0.1 of the shortfall", "EUR 5,544.00 for each full 0.1 of the shortfall"),
        ),
        (  # no money changes hands otherwise, and it is said how much rests on the promise
            "level       at least 99.9%",
            "level       at least 99.95%",
            "stricter",
            ("The most that “Credit for the portal” can come to", ""),
            ("EUR 3,000.00 each calendar month", "EUR 3,000.00 each calendar month"),
        ),
    ],
)
def test_a_change_is_told_in_money(
    before: str, after: str, effect: str, line: tuple[str, str], amount: tuple[str, str]
) -> None:
    comparison = compared(before, after)
    assert amounts(comparison)[line] == amount
    assert {change.effects for change in comparison.changes} == {(effect,)}


@pytest.mark.parametrize(
    ("before", "after", "effect", "example", "amount"),
    [
        (
            "share       half\n",
            "share       75%\n",
            "more_earned_back",
            "Half comes back",
            ("EUR 5,292.00", "EUR 7,938.00"),
        ),
        (
            "value       EUR 1,200.00",
            "value       EUR 1,500.00",
            "more_credit",
            "Three service points",
            ("EUR 3,600.00", "EUR 4,500.00"),
        ),
        (
            "level       at least 99.9%",
            "level       at least 99.95%",
            "stricter",
            "Exactly the promise",
            ("met", "breached"),
        ),
    ],
)
def test_the_examples_of_the_agreement_are_worked_out_under_both_versions(
    before: str, after: str, effect: str, example: str, amount: tuple[str, str]
) -> None:
    comparison = compared(before, after)
    [found] = [each for each in comparison.reckoned if each.example == example]
    assert (found.before.replace("\u00a0", " "), found.after.replace("\u00a0", " ")) == amount
    assert {change.effects for change in comparison.changes} == {(effect,)}


@pytest.mark.parametrize(
    ("before", "after", "effect"),
    [
        ("at most     6 h each calendar month", "at most     10 h each calendar month", "more_left_out"),
        ("answers at least 900", "answers at least 1,200", "more_answers"),
        ("portal_up is breached in 3 of the last 6", "portal_up is breached in 4 of the last 6", "rarer"),
        ("or portal_up is below 95% in", "or portal_up is below 96% in", "readier"),
        ("or portal_up is below 95% in one month\n", "", "rarer"),
        ("at most     2,900 tickets", "at most     2,500 tickets", "less_allowed"),
        (
            "cap         2% of base each calendar quarter\n  claim       within",
            "cap         3% of base each calendar quarter\n  claim       within",
            "more_bonus",
        ),
        ("price       EUR 9,400.00", "price       EUR 9,000.00", "cheaper"),
        ("budget      EUR 5,000.00", "budget      EUR 8,000.00", "higher_budget"),
        ("per full 0.1 of shortfall", "per full 0.2 of shortfall", "less_credit"),
        ("|     3% |\n", "|     4% |\n", "more_credit"),
        ("| 2 points |", "| 3 points |", "more_points"),
    ],
)
def test_it_is_said_for_whom_a_change_is_better(before: str, after: str, effect: str) -> None:
    assert {change.effects for change in compared(before, after).changes} == {(effect,)}


def test_what_was_supposed_is_said() -> None:
    notes = [str(note) for note in compared("EUR 4.00 per solved", "EUR 5.00 per solved").money.notes]
    assert notes[0] == (
        "That “Solved at once” is charged 1,700 times each calendar month follows from what the example “Ease falls "
        "short in autumn” supposes. The agreement does not fix it."
    )


def test_the_pages_of_both_versions_speak_one_language() -> None:
    pages: tuple[Page, Page] = compared("EUR 4.00 per solved", "EUR 5.00 per solved").pages
    assert pages[0].paper.language.code == pages[1].paper.language.code
