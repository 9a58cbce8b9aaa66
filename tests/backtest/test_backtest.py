"""`xladsl backtest`: the transcripts of `backtest.md`, and what a trial is held to."""

from __future__ import annotations

import json
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

import jsonschema
import pytest

from tests.cli.test_cli import FENCED, replayed, xladsl
from xladsl.backtest import schema as of_backtest
from xladsl.backtest.as_if import as_if
from xladsl.backtest.columns import columns
from xladsl.backtest.figures import short
from xladsl.statements import schema
from xladsl.statements.record import amount_of

if TYPE_CHECKING:
    from collections.abc import Callable

TRANSCRIPTS = Path(__file__).with_name("backtest.md")

DESK = """
tickets desk "Tickets" {
  columns     number as text from "id", opened as time from "opened", resolved as time from "resolved",
              late as yes or no from "late"
  one row for each number
  run by      provider_company
}

kpi in_time "Tickets solved in time" {
  serves      effortless_help
  value       share of desk in which late is no
  better when higher
  range       0% to 100%
  perspective operation
  empty counts as no data
}

target fixed_in_time "Tickets solved in time" {
  kpi         in_time
  force       binding
  level       at least 90% from 2027-01-01, 95% from 2028-01-01
  each        calendar month
  breached when measured
  no data     counts as breached
  owner       service_manager
}

credit late_credit "Credit for late tickets" {
  for         fixed_in_time
  base        fee portal_fee of the month measured
  nature      price reduction
  | solved in time             | credit |
  | at least 80% but below 90% |     5% |
  | below 80%                  |    10% |
  doubled when fixed_in_time is breached in the previous month
  cap         20% of base each calendar month
  with other credits of the month add up
  claim       not needed
  paid by     credit note within 30 days of the end of the month
}
"""

OUTAGES = [
    "2026-02-03 09:00,2026-02-03 12:40",
    "2026-05-07 10:00,2026-05-07 10:50",
    "2026-05-20 22:15,2026-05-21 02:45",
]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """What `init` writes, a stricter version of it, and one that promises something of tickets."""
    monkeypatch.chdir(tmp_path)
    for name in ("ours", "stricter", "with_desk"):
        xladsl("init", name)
    change("stricter", "level       at least 99.5%", "level       at least 99.9%")
    change("stricter", "at least 99.0% but below 99.5%", "at least 99.0% but below 99.9%")
    change("with_desk", "review yearly_review", DESK + "\nreview yearly_review")
    write("portal.csv", "began,ended", OUTAGES)
    return tmp_path


def change(name: str, before: str, after: str) -> None:
    file = Path(name) / "agreement.xladsl"
    text = file.read_text(encoding="utf-8")
    assert before in text
    file.write_text(text.replace(before, after), encoding="utf-8")


def write(name: str, header: str, rows: list[str]) -> None:
    Path(name).write_text("\n".join([header, *rows, ""]), encoding="utf-8")


def tickets(name: str, *months: tuple[str, int, int]) -> None:
    """For each month so many tickets, of which the first are late."""
    rows = [
        f"{month}-{number},{month}-{number % 28 + 1:02} 10:00,{month}-{number % 28 + 1:02} 12:00,"
        f"{'yes' if number < late else 'no'}"
        for month, count, late in months
        for number in range(count)
    ]
    write(name, "id,opened,resolved,late", rows)


def backtested(agreement: str, period: str, *options: str) -> dict[str, Any]:
    result = xladsl("backtest", agreement, "--period", period, "--format", "json", *options)
    assert result.exit_code == 0, result.output
    found: dict[str, Any] = json.loads(result.stdout)
    jsonschema.Draft202012Validator(of_backtest.schema()).validate(found)
    return found


PORTAL = ("--data", "portal_log=portal.csv")
TICKETS = (*PORTAL, "--data", "desk=desk.csv")


def verdicts(side: dict[str, Any], promise: str) -> dict[str, str]:
    return {each["window"]: each["verdict"] for each in side["result"]["judgements"] if each["promise"] == promise}


def total(side: dict[str, Any]) -> Fraction:
    return sum((amount_of(each["amount"]) for each in side["result"]["totals"]), Fraction(0))


def disputes(side: dict[str, Any]) -> dict[tuple[str, str], dict[str, Any]]:
    return {(each["promise"], each["window"]): each for each in side["disputable"]}


def kinds(dispute: dict[str, Any]) -> list[str]:
    return [reason["kind"] for reason in dispute["reasons"]]


def test_a_backtest_says_what_the_transcripts_show(folder: Path, same_as_golden: Callable[[Path, str], None]) -> None:
    import shutil

    shutil.rmtree(folder / "with_desk")
    same_as_golden(TRANSCRIPTS, FENCED.sub(replayed, TRANSCRIPTS.read_text(encoding="utf-8")))


# ------------------------------------------------------------------------------------------------------------- the time


def test_in_the_term_it_comes_to_what_an_evaluation_comes_to(folder: Path) -> None:
    write("portal.csv", "began,ended", [row.replace("2026-", "2027-") for row in OUTAGES])
    write("answers.csv", "ease,at", [])
    asked = ("--period", "2027-05", *PORTAL, "--format", "json")
    evaluated = json.loads(xladsl("evaluate", "ours", *asked).stdout)
    tried = backtested("ours", "2027-05", *PORTAL)["draft"]
    assert tried["as_if"] == []
    for part in ("judgements", "payments", "totals", "specification"):
        assert tried["result"][part] == evaluated[part]
    assert total(tried) == 200


def test_before_the_term_windows_are_those_of_the_calendar_and_all_of_them_pay(folder: Path) -> None:
    tried = backtested("ours", "2026", *PORTAL)["draft"]
    assert list(verdicts(tried, "portal_up")) == [f"2026-{month:02}" for month in range(1, 13)]
    breached = [window for window, verdict in verdicts(tried, "portal_up").items() if verdict == "breached"]
    assert breached == ["2026-02", "2026-05"]
    assert total(tried) == 400


def test_levels_before_the_term_are_those_of_its_first_day_that_counts_or_of_the_day_that_is_said(
    folder: Path,
) -> None:
    tickets("desk.csv", ("2026-04", 100, 7))
    assert verdicts(backtested("with_desk", "2026-04", *TICKETS)["draft"], "fixed_in_time") == {"2026-04": "met"}
    later = backtested("with_desk", "2026-04", *TICKETS, "--as-on", "2028-06-01")["draft"]
    assert verdicts(later, "fixed_in_time") == {"2026-04": "breached"}
    assert any("2028-06-01" in words for words in later["as_if"])


def test_calendars_close_on_the_holidays_of_years_that_the_agreement_does_not_list() -> None:
    specification = {
        "agreement": {"term": {"start": "2027-01-01", "end": "2028-12-31"}, "settling": "2027-03-31"},
        "services": [{"type": "service", "starts": "2027-02-01"}],
        "calendars": [
            {
                "id": "hours",
                "holidays": ["DK"],
                "covers": {"start": "2027-01-01", "end": "2028-12-31"},
                "effective": {"closed_days": [{"day": "2027-01-01", "name": "New Year's Day"}]},
            }
        ],
    }
    changed = as_if(specification, date(2025, 1, 1), date(2025, 12, 31)).document
    days = [each["day"] for each in changed["calendars"][0]["effective"]["closed_days"]]
    assert "2025-04-18" in days  # Good Friday
    assert days == sorted(days)
    assert days.count("2027-01-01") == 1
    assert changed["agreement"]["term"] == {"start": "2024-01-01", "end": "2028-12-31"}
    assert "settling" not in changed["agreement"]
    assert "starts" not in changed["services"][0]
    assert specification["agreement"]["settling"] == "2027-03-31"  # what was read is not touched


def test_steps_are_cut_for_each_choice_of_rows_by_itself() -> None:
    steps = [
        {"type": "level step", "amount": "1", "level_where": "a"},
        {"type": "level step", "amount": "2", "since": "2027-01-01", "level_where": "b"},
        {"type": "level step", "amount": "3", "since": "2027-06-01", "level_where": "b"},
    ]
    specification = {"agreement": {"term": {"start": "2027-01-01", "end": "2028-12-31"}}, "slas": [{"steps": steps}]}
    changed = as_if(specification, date(2026, 1, 1), date(2026, 12, 31)).document["slas"][0]["steps"]
    assert [(each["amount"], each.get("since")) for each in changed] == [("1", None), ("2", None), ("3", "2027-06-01")]
    frozen = as_if(specification, date(2026, 1, 1), date(2026, 12, 31), date(2027, 7, 1)).document["slas"][0]["steps"]
    assert [(each["amount"], each.get("since")) for each in frozen] == [("1", None), ("3", None)]


def test_the_result_of_a_trial_cannot_pass_for_one_of_the_agreement(folder: Path) -> None:
    tried = backtested("ours", "2026-04", *PORTAL)["draft"]["result"]
    jsonschema.Draft202012Validator(schema.schema()).validate(tried)
    Path("result.json").write_text(json.dumps(tried), encoding="utf-8")
    verified = xladsl("evaluate", "ours", "--verify", "result.json", *PORTAL)
    assert verified.exit_code == 1
    assert "nothing of it lies in 2026-04-01 to 2026-04-30" in verified.output


def test_the_published_schema_is_the_one_that_is_printed() -> None:
    published = Path(__file__).parents[2] / "docs" / "backtest.schema.json"
    jsonschema.Draft202012Validator.check_schema(of_backtest.schema())
    assert published.read_text(encoding="utf-8") == of_backtest.text(), (
        "run: xladsl schema --of backtest > docs/backtest.schema.json"
    )


def test_an_outage_without_an_end_is_told_among_the_disputable(folder: Path) -> None:
    """Somebody forgot to write down the end; every later month is breached by it, until somebody looks."""
    write("portal.csv", "began,ended", [*OUTAGES, "2026-06-29 08:00,"])
    found = disputes(backtested("ours", "2026-q3", *PORTAL)["draft"])
    for month in ("2026-07", "2026-08", "2026-09"):
        [reason] = [each for each in found["portal_up", month]["reasons"] if each["kind"] == "still open"]
        assert reason["words"] == (
            "`portal_log` has no end for what began on 2026-06-29 08:00, and it counts as going on; without it, it "
            "would be met at 100%"
        )
        assert found["portal_up", month]["at_stake"]


def test_engines_come_to_the_same(folder: Path) -> None:
    tickets("desk.csv", ("2026-04", 30, 6), ("2026-05", 40, 4))
    python, duckdb = (
        backtested("with_desk", "2026-q2", *TICKETS, "--engine", engine)["draft"] for engine in ("python", "duckdb")
    )
    assert python["result"].pop("made_by") != duckdb["result"].pop("made_by")
    assert python == duckdb


# ------------------------------------------------------------------------------------------------------- what is known


def test_what_the_data_do_not_tell_is_named_and_costs_nothing(folder: Path) -> None:
    tickets("desk.csv", ("2026-04", 20, 5), ("2026-05", 20, 0))
    tried = backtested("with_desk", "2026-q2", *TICKETS)["draft"]
    assert verdicts(tried, "fixed_in_time") == {"2026-04": "breached", "2026-05": "met", "2026-06": "no data"}
    unknown = {each["promise"]: each for each in tried["not_known"]}
    assert unknown["fixed_in_time"]["windows"] == ["2026-06"]
    assert unknown["fixed_in_time"]["reason"] == "the data of `desk` are of 2026-04-01 to 2026-05-20"
    assert unknown["easy_help"]["reason"] == "there are no data of `after_help`"
    late = [each for each in tried["result"]["payments"] if each["payment"] == "late_credit"]
    assert [amount_of(each["amount"]) for each in late] == [400, 0, 0]


def test_a_window_that_data_cover_in_part_can_be_disputed(folder: Path) -> None:
    rows = [f"{day},2026-04-{day:02} 10:00,2026-04-{day:02} 11:00,no" for day in range(15, 31)]
    write("desk.csv", "id,opened,resolved,late", rows)
    found = disputes(backtested("with_desk", "2026-04", *TICKETS)["draft"])["fixed_in_time", "2026-04"]
    assert "part of the data" in kinds(found)


# ----------------------------------------------------------------------------------------------------------- disputes


def test_one_ticket_decides_and_what_hangs_on_it_is_what_another_file_would_have_cost(folder: Path) -> None:
    tickets("desk.csv", ("2026-04", 30, 6), ("2026-05", 40, 4))
    kept = backtested("with_desk", "2026-q2", *TICKETS)["draft"]
    found = disputes(kept)["fixed_in_time", "2026-05"]
    assert "one row" in kinds(found)
    assert "one ticket of 40 decides" in found["reasons"][0]["words"]
    [stake] = found["at_stake"]
    tickets("desk.csv", ("2026-04", 30, 6), ("2026-05", 40, 5))
    lost = backtested("with_desk", "2026-q2", *TICKETS)["draft"]
    assert amount_of(stake["amount"]) == total(lost) - total(kept) == 400  # 5% of 4,000, doubled after April
    [reach] = kept["reach"]
    assert amount_of(reach["most"]) >= total(lost)
    assert amount_of(reach["least"]) <= total(kept)


def test_two_tickets_of_room_are_no_single_ticket(folder: Path) -> None:
    tickets("desk.csv", ("2026-04", 40, 2))
    found = disputes(backtested("with_desk", "2026-04", *TICKETS)["draft"])["fixed_in_time", "2026-04"]
    assert kinds(found) == ["chance"]


def test_a_clear_verdict_is_not_disputed(folder: Path) -> None:
    tickets("desk.csv", ("2026-04", 400, 2))
    assert ("fixed_in_time", "2026-04") not in disputes(backtested("with_desk", "2026-04", *TICKETS)["draft"])


def test_a_value_that_rounding_would_save_says_so(folder: Path) -> None:
    tickets("desk.csv", ("2026-04", 1000, 104))  # 89.6%
    found = disputes(backtested("with_desk", "2026-04", *TICKETS)["draft"])["fixed_in_time", "2026-04"]
    assert "rounding" in kinds(found)
    tickets("desk.csv", ("2026-04", 1000, 106))  # 89.4%
    found = disputes(backtested("with_desk", "2026-04", *TICKETS)["draft"])["fixed_in_time", "2026-04"]
    assert "rounding" not in kinds(found)


def test_less_than_a_minute_of_downtime_decides(folder: Path) -> None:
    write("portal.csv", "began,ended", ["2026-04-07 10:00:00,2026-04-07 13:36:30"])  # 3 h 36 min are 0.5% of April
    found = disputes(backtested("ours", "2026-04", *PORTAL)["draft"])["portal_up", "2026-04"]
    [reason] = [each for each in found["reasons"] if each["kind"] == "one probe"]
    assert reason["words"] == "less than a minute decides: 30 s less downtime, and it would be met"


def test_what_was_left_out_is_a_reason_where_it_saved_the_promise(folder: Path) -> None:
    maintenance = """
maintenance sunday_work "Work on Sundays" {
  window      sunday 02:00 to 08:00
  at most     8 h each calendar month, unused time lapses
  announced   5 business days before
  unannounced counts as downtime
  describes   "Work on the portal."
}
"""
    change("ours", "sla portal_up", maintenance + "\nsla portal_up")
    change("ours", "  during all hours\n  partial", "  during all hours\n  leaving out sunday_work\n  partial")
    write("portal.csv", "began,ended", ["2026-04-05 02:00,2026-04-05 07:00"])
    tried = backtested("ours", "2026-04", *PORTAL)["draft"]
    assert verdicts(tried, "portal_up") == {"2026-04": "met"}
    found = disputes(tried)["portal_up", "2026-04"]
    assert found["reasons"][0]["words"].startswith("if `sunday_work` left nothing out, it would be breached at 99.31%")
    assert amount_of(found["at_stake"][0]["amount"]) == 200


def test_dates_that_the_text_leaves_open_are_a_reason_where_they_turn_a_verdict(folder: Path) -> None:
    rows = [f"{day},2026-04-{day:02} 10:00,2026-04-{day:02} 11:00,no" for day in range(1, 10)]
    write("desk.csv", "id,opened,resolved,late", [*rows, "10,2026-04-10 10:00,2026-05-02 10:00,yes"])
    tried = backtested("with_desk", "2026-04", *TICKETS)["draft"]
    assert verdicts(tried, "fixed_in_time") == {"2026-04": "met"}
    late = [*rows, "10,2026-04-30 10:00,2026-05-02 10:00,yes", "11,2026-04-30 11:00,2026-05-02 10:00,yes"]
    write("desk.csv", "id,opened,resolved,late", late)
    found = disputes(backtested("with_desk", "2026-04", *TICKETS)["draft"])["fixed_in_time", "2026-04"]
    [reason] = [each for each in found["reasons"] if each["kind"] == "date"]
    assert "by `resolved` instead of `opened`" in reason["words"]


SURVEY = """
kpi typical "Typical ease" {
  serves      effortless_help
  value       percentile 10 of after_help.ease
  better when higher
  range       1 to 7
  perspective experience
  empty counts as no data
}

kpi middling "Ease on average" {
  serves      effortless_help
  value       mean of after_help.ease
  better when higher
  range       1 to 7
  perspective experience
  empty counts as no data
}

kpi recommended "Would recommend it" {
  serves      effortless_help
  value       net score of after_help.ease counting 6 to 7 against 1 to 4
  better when higher
  range       -100 points to 100 points
  perspective experience
  empty counts as no data
}
"""
PROMISE = """
target {name} "{name}" {{
  kpi         {kpi}
  force       target
  level       at least {level}
  each        calendar month
  breached when measured
  owner       service_manager
}}
"""


@pytest.fixture
def surveyed(folder: Path) -> Callable[[str, str, dict[int, int]], dict[str, Any]]:
    """What a promise on answers comes to, if each answer was given so often."""
    change("ours", "sla portal_up", SURVEY + "\n{}\nsla portal_up")
    blank = (folder / "ours" / "agreement.xladsl").read_text(encoding="utf-8")

    def disputed(kpi: str, level: str, answers: dict[int, int]) -> dict[str, Any]:
        promise = PROMISE.format(name="tried", kpi=kpi, level=level)
        (folder / "ours" / "agreement.xladsl").write_text(blank.replace("\n{}\n", promise), encoding="utf-8")
        given = [answer for answer, times in answers.items() for _ in range(times)]
        rows = [f"{answer},2026-04-{number % 30 + 1:02} 10:00" for number, answer in enumerate(given)]
        write("answers.csv", "ease,answered", rows)
        tried = backtested("ours", "2026-04", *PORTAL, "--data", "after_help=answers.csv")["draft"]
        return disputes(tried).get(("tried", "2026-04"), {"reasons": []})

    return disputed


def test_one_answer_decides_a_mean_a_net_score_and_a_percentile(surveyed: Any) -> None:
    assert "one row" in kinds(surveyed("middling", "5.2", {5: 40, 6: 9}))  # 5.18; six more make 5.31
    assert "one row" not in kinds(surveyed("middling", "5.5", {5: 40, 6: 9}))
    assert "one row" in kinds(surveyed("recommended", "3 points", {7: 31, 5: 39, 2: 30}))
    assert "one row" not in kinds(surveyed("recommended", "4 points", {7: 31, 5: 39, 2: 30}))
    assert "one row" in kinds(surveyed("typical", "5", {4: 10, 6: 90}))
    assert "one row" not in kinds(surveyed("typical", "5", {4: 12, 6: 88}))


def test_a_percentile_of_spreadsheets_is_told_where_it_turns_the_verdict(surveyed: Any) -> None:
    found = surveyed("typical", "5", {4: 10, 6: 90})
    assert "method" in kinds(found)  # the tenth of a hundred is 4, and between the tenth and the eleventh lies 5.8
    assert any("5.8: met" in reason["words"] for reason in found["reasons"])


def test_few_answers_say_how_many_it_takes(surveyed: Any) -> None:
    found = surveyed("recommended", "10 points", {7: 31, 5: 39, 2: 30})
    [few] = [reason["words"] for reason in found["reasons"] if reason["kind"] == "few answers"]
    assert few.startswith("100 answers leave a margin of 14.24 points")
    assert few.endswith("for one of 10 points")


# -------------------------------------------------------------------------------------------------------- two versions


def test_two_versions_are_held_against_each_other(folder: Path) -> None:
    both = backtested("stricter", "2026-q2", *PORTAL, "--against", "ours")
    assert total(both["draft"]) == total(both["against"]) == 200  # in May both are breached
    write("portal.csv", "began,ended", ["2026-04-07 10:00,2026-04-07 12:00"])
    both = backtested("stricter", "2026-q2", *PORTAL, "--against", "ours")
    assert both["differences"]["verdicts"] == [
        {"promise": "portal_up", "window": "2026-04", "draft": "breached", "against": "met"}
    ]
    assert [amount_of(each["amount"]) for each in both["differences"]["totals"]] == [200]


def test_a_source_that_only_one_version_knows_is_read_for_that_one(folder: Path) -> None:
    tickets("desk.csv", ("2026-04", 20, 5))
    both = backtested("with_desk", "2026-04", *TICKETS, "--against", "ours")
    assert total(both["draft"]) == 400
    assert total(both["against"]) == 0
    wrong = xladsl("backtest", "ours", "--period", "2026-04", "--data", "nothing=portal.csv")
    assert wrong.exit_code == 1
    assert "`nothing`" in wrong.output


# --------------------------------------------------------------------------------------------------- columns, figures


def test_a_period_is_cut_so_that_it_fits_on_a_page() -> None:
    months = columns(date(2026, 2, 10), date(2026, 4, 3), "UTC")
    quarters = columns(date(2025, 7, 1), date(2026, 9, 30), "UTC")
    assert " ".join(each.name for each in months) == "2026-02 2026-03 2026-04"
    assert " ".join(each.name for each in quarters) == "2025-q3 2025-q4 2026-q1 2026-q2 2026-q3"
    assert len(columns(date(2020, 1, 1), date(2026, 12, 31), "UTC")) == 7


def test_amounts_are_as_short_as_they_can_be_and_never_look_like_a_level_they_are_not() -> None:
    level = Fraction(999, 1000)
    assert short(Fraction(998958, 1000000), "a percentage", level) == "99.896%"
    assert short(Fraction(9989999, 10000000), "a percentage", level) == "99.89999%"
    assert short(level, "a percentage", level) == "99.9%"
    assert short(Fraction(22373873, 10000), "clock time", Fraction(6600)) == "37.29 min"
    assert short(Fraction(-5, 3), "points") == "-1.67 points"
