"""What changes for the parties: each change in the words of paper, and for whom it is better."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.cli.test_cli import FENCED
from xladsl.compiler import compile_agreement
from xladsl.outputs.page import Page
from xladsl.profiles import UNASKED
from xladsl.redline.changes import Change, changes
from xladsl.redline.impact import impact
from xladsl.redline.money import Money
from xladsl.redline.retranslated import retranslated
from xladsl.sealing.carrying import carry

OLD = next(
    found["text"]
    for found in FENCED.finditer(Path(__file__).with_name("diff.md").read_text(encoding="utf-8"))
    if found["words"].endswith("old.xladsl")
)


def page(text: str) -> Page:
    readable = compile_agreement("hosting.xladsl", lambda path: text if "hosting" in path else None, UNASKED).readable
    assert readable is not None, text
    carried = carry(readable, "parties", profile=UNASKED)
    return Page(carried.contract, carried.about)


def changed(before: str, after: str) -> list[Change]:
    """The changes when words of the agreement become others."""
    assert before in OLD
    return changes(page(OLD), page(OLD.replace(before, after, 1)))


def only(before: str, after: str) -> Change:
    [change] = changed(before, after)
    return change


@pytest.mark.parametrize(
    ("before", "after", "effects"),
    [
        ("level       at least 99.5%", "level       at least 99.4%", ("easier",)),
        ("level       at least 99.5%", "level       above 99.5%", ("stricter",)),
        ("level       at least 99.5%", "level       at most 99.5%", ("differs",)),
        ("level       at least 99.5%", "level       at least 99.5%, 99.9% from 2026-07-01", ("stricter",)),
        ("level       at least 99.5%", "level       at least 99.9%, 99.0% from 2026-07-01", ("differs",)),
        ("  leaving out customer_work\n", "", ("less_left_out",)),
        ("at most 4 h each calendar month", "at most 3 h each calendar month", ("less_left_out",)),
        ("at most 4 h each calendar month", "at most 300 min each calendar month", ("more_left_out",)),
        ("at most 4 h each calendar month", "at most 4 h each calendar quarter", ()),
        ("EUR 1,000.00 each calendar month", "EUR 900.00 each calendar month", ("cheaper",)),
        ("EUR 1,000.00 each calendar month", "EUR 3,300.00 each calendar quarter", ("dearer",)),
        ("cap   30% of base each calendar month", "cap   8% of base each calendar month", ("less_at_stake",)),
        ("  cap   30% of base each calendar month\n", "", ()),  # the highest tier is 10%
        (
            "EUR 1,000.00 each calendar month",
            "EUR 1,000.00, EUR 1,100.00 from 2026-07-01 each calendar month",
            ("dearer",),
        ),
        (
            "EUR 1,000.00 each calendar month",
            "EUR 900.00, EUR 1,100.00 from 2026-07-01 each calendar month",
            ("dearer_and_cheaper",),
        ),
        ("fee shop_fee of the month measured", "fee shop_fee of the quarter measured", ("more_credit",)),
        (
            "| below 99.0%                    |    10% |",
            "| below 99.0%                    |     8% |",
            ("less_credit",),
        ),
        ("claim not needed", "claim within 30 days of the end of the month", ("claim_needed",)),
        ("term     2026-01-01 to 2026-12-31", "term     2026-01-01 to 2026-06-30", ("shorter",)),
        ("for 12 months unless ended by 3 months", "for 12 months unless ended by 6 months", ("longer_notice",)),
    ],
)
def test_for_whom_a_change_is_better(before: str, after: str, effects: tuple[str, ...]) -> None:
    found = changed(before, after)
    assert {change.effects for change in found} - {()} == ({effects} if effects else set())
    assert found


def test_a_change_is_told_in_the_words_of_paper() -> None:
    change = only("level       at least 99.5%", "level       at least 99.9%")
    assert (change.clause, change.title, change.label) == ("5.1", "Availability of the shop", "Level")
    assert (change.before, change.after) == ("at least 99.5%", "at least 99.9%")


def test_a_promise_that_comes_or_goes_is_told_in_a_sentence() -> None:
    promise = re.search(r"sla shop_up.*?^}\n", OLD, re.DOTALL | re.MULTILINE)
    assert promise is not None
    more = promise[0].replace("shop_up", "desk_up").replace("Availability of the shop", "Availability of the desk")
    [come] = changes(page(OLD), page(OLD + more))
    assert (come.before, come.title) == ("", "Availability of the desk")
    assert come.after.startswith("In each calendar month, Availability of the desk is at least 99.5%.")
    [gone] = changes(page(OLD + more), page(OLD))
    assert (gone.after, gone.before) == ("", come.after)


def test_tiers_are_compared_row_by_row() -> None:
    row = "| below 99.0%                    |    10% |"
    more = "| at least 98.0% but below 99.0% |    10% |\n  | below 98.0%                    |    20% |"
    found = changed(row, more)
    assert [(change.before, change.after) for change in found] == [
        ("below 99.0%: 10%", ""),
        ("", "at least 98.0% but below 99.0%: 10%"),
        ("", "below 98.0%: 20%"),
    ]
    assert {change.effects for change in found} == {("more_credit",)}


def test_prose_that_changes_is_wording_and_no_term() -> None:
    change = only("within one Business Day", "within two Business Days")
    assert (change.wording, change.effects) == (True, ())


def test_what_nobody_changed_is_not_told() -> None:
    assert changes(page(OLD), page(OLD)) == []
    assert impact(page(OLD), page(OLD)) == []


def told_of(text: str) -> dict[str, tuple[str, str]]:
    """The amounts before and after, by what they are of."""
    found = Money(page(OLD), page(text)).amounts
    return {each.title: (each.before.replace("\u00a0", " "), each.after.replace("\u00a0", " ")) for each in found}


def test_money_is_told_before_and_after() -> None:
    told = told_of(OLD.replace("30%", "5%"))
    assert told["All recurring fees of a month"] == ("EUR 1,000.00", "EUR 1,000.00")
    assert told["The most that all credits can come to in a month"] == ("EUR 100.00", "EUR 50.00")
    assert told["The most that all credits can come to in a year"] == ("EUR 1,200.00", "EUR 600.00")


def test_what_is_not_bounded_is_said_and_no_figure_is_given() -> None:
    table = re.compile(r"  \| availability.*?  cap   30% of base each calendar month\n", re.DOTALL)
    unbounded = table.sub("  value 5% of base per full 0.1 percentage points of shortfall\n", OLD)
    told = told_of(unbounded)
    assert told["The most that all credits can come to in a month"] == (
        "EUR 100.00",
        "not bounded in money by the agreement alone",
    )


def test_a_changed_source_names_the_promises_that_rest_on_it_and_the_way() -> None:
    [found] = impact(
        page(OLD), page(OLD.replace("lasting from began to ended", "lasting from began to ended\n  run by brod"))
    )
    assert (found.title, found.changed, found.through) == (
        "Availability of the shop",
        "Log of outages",
        ("Downtime of the shop",),
    )


def test_a_changed_term_names_the_clauses_that_use_it() -> None:
    found = impact(page(OLD), page(OLD.replace("a day from Monday to Friday.", "a day that is no holiday.")))
    assert [(each.title, each.changed) for each in found] == [("Notices", "Business Day")]


def test_another_title_changes_no_meaning() -> None:
    assert impact(page(OLD), page(OLD.replace('"Log of outages"', '"Outage log"'))) == []


SPOKEN = OLD.replace("currency EUR", "currency EUR\n  languages en, da, nl, prevailing en").replace(
    '"Business Day" {', '"Business Day" da "Hverdag" nl "Werkdag" {'
)


def test_another_translation_is_named_and_changes_no_meaning() -> None:
    old, new = page(SPOKEN), page(SPOKEN.replace("Hverdag", "Arbejdsdag"))
    assert [(each.title, each.language, each.before, each.after) for each in retranslated(old, new)] == [
        ("Business Day", "da", "Hverdag", "Arbejdsdag")
    ]
    assert impact(old, new) == []


def test_a_translation_that_is_gone_is_named_and_a_language_is_named_once() -> None:
    other = SPOKEN.replace(' da "Hverdag" nl "Werkdag"', "").replace(
        'one Business Day."', 'one Business Day." da "En meddelelse besvares inden for en hverdag."'
    )
    found = [(each.title, each.language, each.before, each.after) for each in retranslated(page(SPOKEN), page(other))]
    assert found == [
        ("", "nl", "1", ""),
        ("Business Day", "da", "Hverdag", ""),
        ("Notices", "da", "", "En meddelelse besvares inden for en hverdag."),
    ]


def test_lines_that_are_broken_elsewhere_change_nothing() -> None:
    broken = OLD.replace("a day from Monday to Friday.", "a day\\n  from Monday to Friday.").replace(
        '"a day', '"""a day'
    )
    broken = broken.replace('Friday." }', 'Friday.""" }').replace("\\n", "\n")
    assert impact(page(OLD), page(broken)) == []
    assert changes(page(OLD), page(broken)) == []


def test_a_block_of_another_name_and_the_same_title_is_the_same() -> None:
    assert changes(page(OLD), page(OLD.replace("shop_credit", "shop_rebate"))) == []
    renamed = page(OLD.replace("shop_credit", "shop_rebate").replace("|    10% |", "|    20% |"))
    [change] = changes(page(OLD), renamed)
    assert change.effects == ("more_credit",)
    assert ("The most that “Credit for the shop” can come to", "EUR 100.00 each calendar month") in {
        (each.title, each.before.replace("\u00a0", " ")) for each in Money(page(OLD), renamed).amounts
    }


def test_a_new_party_that_says_nothing_else_is_told_by_its_name() -> None:
    found = changes(
        page(OLD), page(OLD.replace("party brod", "party bread").replace("customer brod", "customer bread"))
    )
    assert [change for change in found if change.section == "parties"] == []
    other = OLD.replace("party brod", "party bread").replace("customer brod", "customer bread").replace("Brød", "Bread")
    come, gone = (change for change in changes(page(OLD), page(other)) if change.section == "parties")
    assert (come.before, come.after) == ("", "Bread & Dage A/S")
    assert (gone.before, gone.after) == ("Brød & Dage A/S", "")


def test_between_two_currencies_nothing_is_dearer() -> None:
    other = OLD.replace("EUR 1,000.00", "DKK 7,460.00").replace("currency EUR", "currency DKK")
    assert {change.effects for change in changes(page(OLD), page(other))} == {()}
    assert told_of(other)["All recurring fees of a month"] == ("EUR 1,000.00", "DKK 7,460.00")


def test_amounts_of_two_currencies_are_not_added_up() -> None:
    fee = 'fee shop_fee "Subscription" EUR 1,000.00 each calendar month'
    money = Money(page(OLD), page(OLD.replace(fee, f'{fee}\n  fee more "More" USD 10.00 each calendar month')))
    assert money.amounts[0].after == "not fixed in money by the agreement alone"
    assert money.notes == ["The agreement has amounts in EUR and USD, which are not added up here."]


def test_prose_in_which_a_figure_changes_is_told_by_the_sentences_that_differ() -> None:
    text = "A notice is answered within 3 days. Nobody shouts."
    old = page(OLD.replace("A notice is answered within one Business Day.", text))
    new = page(OLD.replace("A notice is answered within one Business Day.", text.replace("3 days", "5 days")))
    [change] = changes(old, new)
    assert (change.wording, change.before, change.after) == (
        False,
        "A notice is answered within 3 days.",
        "A notice is answered within 5 days.",
    )


def test_what_a_term_means_is_no_mere_wording() -> None:
    change = only("a day from Monday to Friday.", "a day that is no holiday.")
    assert (change.title, change.after, change.wording) == ("Business Day", "a day that is no holiday.", False)


@pytest.mark.parametrize(
    ("before", "after", "fees"),
    [
        ("currency EUR", "currency EUR\n  timezone Mars/Phobos", "EUR 1,000.00"),
        ("EUR 1,000.00", "EUR " + "9" * 40 + ".99", "EUR " + ",".join(["9", *["999"] * 13]) + ".99"),
        ("2026-01-01 to 2026-12-31", "2026-12-31 to 2026-01-01", "EUR 1,000.00"),
        ("cap   30% of base", "cap   base / 0", "EUR 1,000.00"),
        ("each calendar month\n}", "each event\n}", "not fixed in money by the agreement alone"),
    ],
)
def test_a_version_that_is_not_in_order_is_compared_as_far_as_it_can_be(before: str, after: str, fees: str) -> None:
    assert changed(before, after)
    assert told_of(OLD.replace(before, after, 1))["All recurring fees of a month"][1] == fees
