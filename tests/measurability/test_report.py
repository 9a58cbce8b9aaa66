"""What is known of promises before anything is measured: the flagship by hand, and reports people have read."""

from __future__ import annotations

import json
import re
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner

from xladsl.cli import main
from xladsl.compiler import compile_agreement
from xladsl.model import nodes
from xladsl.model.audience import edition_for
from xladsl.model.contract import Contract
from xladsl.model.measurability import Outlook, measurability
from xladsl.outputs import Edition, html, markdown, pdf
from xladsl.reports import measurability as report

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).parents[2]
FLAGSHIP = ROOT / "agreements" / "digital-workplace" / "agreement.xladsl"
MANUAL = ROOT / "docs" / "measurability.md"
SIXTEEN = Path(__file__).parent / "sixteen.xladsl"


def readable(path: Path, **changes: str) -> Contract:
    """An agreement whatever the rules find in it; `changes` put other words in place of some in its text."""

    def text(name: str) -> str | None:
        if Path(name) != path:
            return None
        words = path.read_text(encoding="utf-8")
        for change in changes.values():
            old, new = change.split(" => ")
            assert old in words
            words = words.replace(old, new)
        return words

    contract = compile_agreement(str(path), text).readable
    assert contract is not None
    return contract


@pytest.fixture(scope="module")
def flagship() -> dict[str, Outlook]:
    return {found.promise.name: found for found in measurability(readable(FLAGSHIP)).outlooks}


# By hand


def test_the_mean_of_the_flagship(flagship: dict[str, Outlook]) -> None:
    # 1,500 invitations × 25 % × 3 months = 1,125 answers; 1.96 × 1.4 / √1,125 = 0.0818.
    ease = flagship["ease_2026"]
    assert (ease.kind, ease.expected, ease.floor, ease.accepted) == ("sample", 1125, 600, 0.15)
    assert ease.margin == pytest.approx(0.0818, abs=0.0001)
    # Proven at 95 %: the true value is 1 standard error better, and 1.96 more are asked for: Φ(−2.96) = 0.154 %,
    # and over the four quarters 1 − (1 − 0.00154)⁴ = 0.61 %.
    assert ease.chance == pytest.approx(0.00154, abs=0.00001)
    assert ease.year is not None
    assert ease.year.at_least_once == pytest.approx(0.0061, abs=0.0001)
    assert ease.standing == "sound"


def test_the_net_score_of_the_flagship(flagship: dict[str, Outlook]) -> None:
    # 4,200 × 30 % = 1,260 of the 4,200 who are there. At +45 a net score varies by at most 1 − 0.45² = 0.7975:
    # 1.96 × 100 × √0.7975 / √1,260 × √((4,200 − 1,260) / 4,199) = 4.931 × 0.8368 = 4.126.
    happiness = flagship["happiness_2026"]
    assert happiness.expected == 1260
    assert happiness.margin == pytest.approx(4.126, abs=0.001)
    # Everyone is asked once a quarter, so nothing shorter than a quarter has an answer.
    assert happiness.shortest is not None
    assert happiness.shortest.window == "calendar quarter"


def test_a_promise_for_two_offices_is_judged_twice(flagship: dict[str, Outlook]) -> None:
    # The smaller office has 1,300 of 4,200 people: 1,125 × 1,300 / 4,200 = 348.2 answers; 4 quarters × 2 offices.
    understood = flagship["understood_2026"]
    assert (understood.expected, understood.verdicts) == (348, 8)
    # 1.96 × √(0.82 × 0.18) / √348 = 4.04 percentage points.
    assert understood.margin == pytest.approx(4.04, abs=0.01)


def test_a_guard_band_counts_as_standard_errors(flagship: dict[str, Outlook]) -> None:
    # 60 × 60 % × 6 = 216 answers; √(0.8 × 0.2) / √216 = 2.722 points, so 5 points are 1.837 standard errors:
    # Φ(−1 − 1.837) = 0.23 %.
    assert flagship["ready_2026"].chance == pytest.approx(0.0023, abs=0.0001)


def test_cases_are_counted_in_full(flagship: dict[str, Outlook]) -> None:
    # 5 % of 90 orders are 4.5, so 4 may miss. One standard error better than 95 % is 96.8 %, where 5 or more of 90
    # miss in 15.6 of 100 months (binomial), and so in 1 − 0.844¹² = 87 of 100 years.
    laptops = flagship["laptops_on_time"]
    assert (laptops.kind, laptops.expected, laptops.may_miss, laptops.margin) == ("event", 90, 4, None)
    assert laptops.chance == pytest.approx(0.156, abs=0.001)
    assert laptops.year is not None
    assert laptops.year.at_least_once == pytest.approx(0.869, abs=0.001)


def test_time_has_a_budget_and_no_margin(flagship: dict[str, Outlook]) -> None:
    # 0.1 % of 30 days are 43.2 minutes.
    portal = flagship["portal_up"]
    assert (portal.kind, portal.budget, portal.interval) == ("continuous", Fraction("43.2") * 60, Fraction(20))
    assert (portal.margin, portal.chance) == (None, None)


def test_what_is_not_said_is_not_known(flagship: dict[str, Outlook]) -> None:
    # How many of the 7,500 tickets of a quarter are critical, the agreement does not say.
    critical = flagship["critical_fixed"]
    assert (critical.expected, critical.narrowed, critical.chance, critical.may_miss) == (7500, True, None, None)
    assert critical.unknown == ("part",)
    assert flagship["index_2026"].unknown == ("index",)


def test_three_of_the_eight_binding_promises_are_experience() -> None:
    mix = measurability(readable(FLAGSHIP)).mix
    assert (mix.binding, mix.counts["experience"], mix.counts["operation"]) == (8, 3, 5)
    assert mix.share("experience") == Fraction(3, 8)


# What is worth nothing is called so


def standing(**changes: str) -> str:
    """What the first promise of the small agreement is worth, with some of its words changed."""
    return measurability(readable(SIXTEEN, **changes)).outlooks[0].standing


def test_sixteen_answers_are_a_coin_flip() -> None:
    # 400 × 4 % = 16; 1.96 × 100 × √0.84 / √16 × √((400 − 16) / 399) would be of everyone who is there, but each month
    # brings others: ± 44.9 points.
    found = measurability(readable(SIXTEEN)).outlooks[0]
    assert found.margin == pytest.approx(44.9, abs=0.1)
    assert found.standing == "coin flip"


def test_enough_answers_are_none() -> None:
    # ± 10 points need 0.84 × (196 / 10)² = 322.7 answers: 10,000 × 4 % are 400.
    assert standing(more="400 invitations => 10,000 invitations") == "sound"


@pytest.mark.parametrize(
    ("decision", "worth"),
    [("breached when measured", "coin flip"), ("breached when proven at 95%", "proves nothing")],
)
def test_proof_does_not_flip_coins(decision: str, worth: str) -> None:
    assert standing(decides=f"breached when measured => {decision}") == worth


def test_the_provider_at_the_level_that_asks_to_prove_success_mostly_fails() -> None:
    # Not proven met at 95 %: one standard error better is 0.96 too little: Φ(0.96) = 83 %.
    changed = readable(SIXTEEN, decides="breached when measured => breached when not proven met at 95%")
    assert measurability(changed).outlooks[0].chance == pytest.approx(0.8315, abs=0.0005)


def test_windows_that_roll_overlap_and_do_not_multiply() -> None:
    found = measurability(
        readable(SIXTEEN, rolls="each calendar month\n  breached => each rolling 30 days\n  breached")
    )
    assert found.outlooks[0].chance is not None
    assert found.outlooks[0].year is None


def test_what_an_edition_hides_is_not_counted_for_its_readers() -> None:
    text = 'survey after_help "After help" { => survey after_help "After help" {\n  audience internal'
    found = measurability(edition_for(readable(SIXTEEN, hidden=text), "parties")).outlooks[0]
    assert (found.expected, found.margin, found.sources, found.unknown) == (None, None, (), ("withheld",))


@pytest.mark.parametrize(
    "change",
    [
        "400 invitations, 4% => 400 invitations, 0%",
        "400 invitations, 4% => 0 invitations, 4%",
        "400 invitations, 4% => 900,000,000,000 invitations, 100%",
        "expects 10 rows => expects 0 rows",
        "expects 10 rows => expects 99,000,000 rows",
        "level at least 95% => level at least 140%",
        "level at least 95% => level at least 100%",
        "level at least 95% => level exactly 95%",
        "level at least 95% => level at least 5 min",
        "level at least 40 points => level at least 4,000 points",
        "level at least 40 points => level at least baseline + 5 points",
        "level at least 40 points => level at least 40 points\n  margin at most 0 points",
        "proven at 95% => proven at 100%",
        "proven at 95% => not proven met at 99.999999999999999999%",
        "when proven at 95% => when beyond 0 points of the level",
        "level at least 99.99% => level at least 100%",
        "every 5 min => every 0 s",
        "value mean of after_help.ease => value percentile 100 of after_help.ease",
        "value mean of after_help.ease => value mean of after_help.ease\n  spread 0",
        "value mean of after_help.ease => value 5",
        "each calendar month => each event",
        "each calendar month => each rolling 1 s",
        "sent on desk.resolved within 24 h => sent each calendar quarter",
        "least 40 points => least 40 points baseline 3 points from 2025-01-01 to 2025-12-31 on 0.5 answers",
    ],
)
def test_strange_figures_are_reported_on_too(change: str) -> None:
    contract = readable(SIXTEEN, strange=change)
    assert "recommended" in report.render(contract)
    assert json.loads(report.as_json([contract]))["reports"]
    assert "section-measurability" in html.page(edition_for(contract, "parties"), Edition("parties", "", ""))


def test_a_promise_of_no_downtime_hangs_on_every_probe() -> None:
    found = measurability(readable(SIXTEEN, all="level at least 99.99% => level at least 100%")).outlooks[-1]
    assert (found.budget, found.standing) == (0, "every probe decides")


# As people and machines read it


def test_the_manual_shows_the_report_in_words(same_as_golden: Callable[[Path, str], None]) -> None:
    shown = f"```text\n{report.render(readable(SIXTEEN))}\n```"
    same_as_golden(
        MANUAL, re.sub(r"```text\n.*?```", lambda _: shown, MANUAL.read_text(encoding="utf-8"), flags=re.DOTALL)
    )


def test_the_report_as_json(same_as_golden: Callable[[Path, str], None]) -> None:
    data = report.as_data(readable(SIXTEEN)) | {"file": SIXTEEN.name}
    same_as_golden(SIXTEEN.with_suffix(".json"), json.dumps(data, ensure_ascii=False, indent=2) + "\n")


def test_every_key_is_explained() -> None:
    def keys(data: Any) -> set[str]:
        if isinstance(data, list):
            return {key for each in data for key in keys(each)}
        return set(data) | {key for each in data.values() for key in keys(each)} if isinstance(data, dict) else set()

    explained = set(re.findall(r"`(\w+)`", MANUAL.read_text(encoding="utf-8")))
    assert sorted(keys(report.as_data(readable(SIXTEEN))) - explained) == []


@pytest.mark.parametrize("path", sorted((ROOT / "agreements").rglob("*.xladsl")), ids=lambda path: path.stem)
def test_no_line_is_wider_than_a_screen(path: Path) -> None:
    contract = compile_agreement(str(path)).readable
    if contract is not None:  # a part of an agreement is none
        assert [line for line in report.render(contract).splitlines() if len(line) > 120] == []


# As a schedule of the contract


def paper(path: Path, audience: str) -> str:
    """The contract as HTML, from its schedule on measurability to the end."""
    contract = edition_for(readable(path), audience)
    return html.page(contract, Edition(audience, "0" * 64, "0" * 64)).split('id="section-measurability"')[1]


def test_the_schedule_has_the_figures_the_drawings_and_the_waivers() -> None:
    schedule = paper(FLAGSHIP, "parties").replace("\u00a0", " ")
    assert "± 4.1 points" in schedule
    # 1.96 × 100 × √0.7975 / √1,180 = 5.1 points around the baseline.
    assert "<title>baseline 41 points ± 5.1 points; 45 points ± 4.1 points; 50 points" in schedule
    assert 'id="waiver-orphan-kpi-requests_per_person"' in schedule


def test_promises_between_ourselves_are_in_the_internal_edition_alone() -> None:
    promise = "What we want for ourselves"
    assert promise in paper(FLAGSHIP, "internal")
    assert promise not in paper(FLAGSHIP, "parties")


def test_the_schedule_calls_a_coin_flip_by_its_name() -> None:
    assert "A coin flip. About 16 answers" in paper(SIXTEEN, "parties")


def test_a_contract_that_promises_nothing_has_no_report() -> None:
    contract = edition_for(readable(SIXTEEN), "parties")
    nothing = Contract(
        [block for block in contract.blocks if not isinstance(block, nodes.Promise)],
        contract.catalogue,
        contract.names,
        contract.sources,
    )
    assert "section-measurability" not in html.page(nothing, Edition("parties", "0" * 64, "0" * 64))


def test_markdown_explains_no_drawing_that_it_does_not_have() -> None:
    rendered = markdown.render(edition_for(readable(FLAGSHIP), "parties"), Edition("parties", "0" * 64, "0" * 64))
    assert rendered.content is not None
    text = rendered.content.decode().replace("\u00a0", " ")
    assert "± 4.1 points" in text
    assert "In a drawing" not in text
    assert "baseline 41 points ± 5.1" not in text


def test_drawings_are_typeset_without_a_problem() -> None:
    steps = "level at least 40 points => level at least 40 points from 2026-02-01, 45 points from 2026-07-01"
    contract = edition_for(readable(SIXTEEN, steps=steps), "parties")
    rendered = pdf.render(contract, Edition("parties", "0" * 64, "0" * 64))
    assert rendered.problems == []
    assert "<svg" in html.page(contract, Edition("parties", "0" * 64, "0" * 64))


# The command


def run(*words: str) -> tuple[int, str]:
    ran = CliRunner().invoke(main, ["check", *words])
    return ran.exit_code, ran.stdout


def test_the_command_reports_on_what_has_errors_too() -> None:
    code, said = run("--report", str(SIXTEEN))
    assert code == 1  # sixteen answers are an error of the agreement
    assert "a coin flip: 16 answers leave ± 45 points" in said


def test_the_command_prints_json() -> None:
    _, said = run("--report", "--format", "json", str(SIXTEEN))
    assert [each["agreement"] for each in json.loads(said)["reports"]] == ["sixteen"]


def test_the_command_does_not_report_and_change_at_once() -> None:
    assert run("--report", "--fix", str(SIXTEEN))[0] == 2
