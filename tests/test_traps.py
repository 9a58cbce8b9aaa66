"""Agreements as they were published, with their traps: each trap is found, beside its line, by the rule that is named.

    each clock hour // trap time-zone-of-buckets // error: missing-zone

What stops the reading of a text hides what the rules have to say of it. So a text is compiled twice where it has such
errors: as it stands, and with the lines in which they stand left out, or as they say that they would be `mended`.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.expectations import EXPECTATION, Fenced, Finding, expectations, fenced, findings, with_prelude
from tests.expectations import differences as expected_of_fragment
from tests.rule_examples import Example
from tests.rule_examples import findings as rule_findings
from xladsl.compiler import compile_agreement
from xladsl.diagnostics import Diagnostic, Severity, rule_modules
from xladsl.profiles import REVIEW

FOLDER = Path(__file__).parent / "traps"
PUBLISHED = Path(__file__).parent.parent / "agreements" / "published"
DEFECTS = FOLDER / "defects.md"
EDGES = FOLDER / "edges.md"

TRAP = re.compile(r"// *trap ([A-Za-z][A-Za-z0-9-]*)")
MENDED = re.compile(r"// *mended: (.*)$")
DEFECT = re.compile(r"^(D\d+)\b")

TRAPS = {
    "accord-project-sla": "threshold-order cap-percent-vs-fraction yearly-cap-window binary-floating-point",
    "aws-ec2-instance": "time-zone-of-buckets stacking-order-of-remedies min-payout-kills-credit",
    "aws-s3": "average-of-averages zero-traffic-intervals month-length-sensitivity min-payout-strict",
    "azure-vm": "nested-rows-precedence denominator-definition configuration-change-mid-month",
    "blunix-sla-git": "example-contradicts-table intermediate-rounding window-membership-after-midnight "
    "two-channel-report",
    "cloudflare-business-enterprise": "ratio-definition sub-cent-rounding base-is-other-month window-anchored-on-claim",
    "common-paper-sla": "default-vs-filled-parameter partial-period-rule-differs",
    "csat-it-services": "small-sample scale-midpoint non-response-bias",
    "earnback-clauses": "met-vs-exceeded new-failure-resets-window year-end-or-termination-balance",
    "gcp-compute": "partial-minutes-floor eligible-date-undefined stale-version calendar-month-time-zone",
    "github-enterprise": "gap-between-tiers commitment-vs-credit-threshold base-not-separately-priced zero-denominator",
    "google-apps-isp": "between-both-inclusive-overlap commitment-vs-credit-threshold maintenance-budget-annual-state",
    "msp-impact-severity-matrix": "band-overlap-in-matrix who-counts-as-user EST-vs-EDT hours-business-or-clock",
    "ofcom-auto-compensation": "working-vs-calendar-days holiday-calendar indexation-date report-time-vs-midnight",
    "rackspace-managed": "started-vs-full-unit clock-starts-at-ticket",
    "safespring": "unfilled-placeholder promise-undercut-by-definition eligible-date-undefined",
    "sla4oai-petstore": "window-type daily-interval-misses-last-second",
    "slack": "fiscal-vs-calendar-quarter price-per-minute-basis maintenance-budget-annual-state stale-version",
    "texas-dir-pool": "weights-not-summing at-risk-on-which-month",
    "uk-model-services-contract": "displayed-one-decimal-bounds gap-between-tiers repeat-chain-reset",
    "windstream-mpls": "metric-window-vs-credit-window day-as-any-24h",
    "xla-outsourcing-pattern": "baseline-undefined small-sample non-response-bias average-of-averages "
    "symmetric-rounding-of-bonus",
}
"""What was found in each of the published agreements when they were read, before there was a compiler."""


def found_and_expected(name: str, text: str) -> tuple[list[Finding], list[Finding]]:
    """All that is found in a text in two readings, the errors first, and all that is expected of it."""
    expected = expectations(name, text)
    readings = [text, readable(name, text)]
    found = {finding: severity for each in dict.fromkeys(readings) for severity, finding in findings({name: each})}
    return sorted(found, key=lambda finding: -found[finding]), expected


def readable(name: str, text: str) -> str:
    """The text with the lines mended, or left out, in which an error of reading is expected; all keep their numbers."""
    modules = rule_modules()
    faulty = {each.line for each in expectations(name, text) if not modules[each.rule].startswith("xladsl.checks.")}
    lines = enumerate(text.splitlines(), start=1)
    return "\n".join(mended(line) if number in faulty else line for number, line in lines)


def mended(line: str) -> str:
    better = MENDED.search(line)
    return better[1] if better else ""


def differences(name: str, text: str) -> list[str]:
    """What is expected and not found, and the errors that are found and not expected."""
    found, missing = found_and_expected(name, text)
    surprising = []
    for finding in found:
        met = next((each for each in missing if finding.meets(each)), None)
        if met is not None:
            missing.remove(met)
        elif finding.severity == str(Severity.ERROR):
            surprising.append(finding)
    return [f"not found: {each}" for each in missing] + [f"not expected: {each}" for each in surprising]


@pytest.mark.parametrize("name", TRAPS)
def test_the_traps_of_a_published_agreement_are_found(name: str) -> None:
    text = (FOLDER / f"{name}.xladsl").read_text(encoding="utf-8")
    assert differences(f"{name}.xladsl", text) == []


@pytest.mark.parametrize("name", TRAPS)
def test_every_trap_has_its_rule(name: str) -> None:
    text = (FOLDER / f"{name}.xladsl").read_text(encoding="utf-8")
    shown = [trap for line in text.splitlines() if EXPECTATION.search(line) for trap in TRAP.findall(line)]
    assert sorted(shown) == sorted(TRAPS[name].split())


def test_no_published_agreement_is_missing() -> None:
    assert {file.stem for file in FOLDER.glob("*.xladsl")} == set(TRAPS)
    assert {file.stem for file in PUBLISHED.glob("*.xladsl")} == set(TRAPS)


@pytest.mark.parametrize("file", sorted(PUBLISHED.glob("*.xladsl")), ids=lambda file: file.stem)
def test_a_mended_agreement_is_clean_at_review(file: Path) -> None:
    found = compile_agreement(str(file), profile=REVIEW).diagnostics
    serious = [each for each in found if each.severity > Severity.INFO]
    assert [(line_of(each), each.rule, each.title) for each in serious] == []


@pytest.mark.parametrize("text", [pytest.param(text, id=text.heading) for text in fenced(DEFECTS)])
def test_a_defect_of_a_published_text_is_found(text: Fenced) -> None:
    assert DEFECT.match(text.heading)
    assert expectations("", text.text), "a defect without a finding"
    assert expected_of_fragment(with_prelude(text.text), at_least=Severity.ERROR) == []


@pytest.mark.parametrize("text", [pytest.param(text, id=text.heading) for text in fenced(EDGES)])
def test_the_edges_of_a_rule(text: Fenced, tmp_path: Path) -> None:
    example = Example(text.heading, "// " in text.text, False, text.text)
    found = rule_findings(example, tmp_path)
    own = [each for each in found.inside if each.rule == text.heading]
    assert [(line_of(each), str(each.severity), each.rule) for each in own] == example.marks
    errors = [each for each in (*found.inside, *found.outside) if each.severity == Severity.ERROR]
    assert [each for each in errors if each.rule != text.heading] == []


def line_of(found: Diagnostic) -> int:
    return found.span.source.position(found.span.start)[0]
