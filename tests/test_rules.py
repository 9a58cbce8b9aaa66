"""Every rule's documentation is its test: a wrong example draws the finding on the marked line, a right one none."""

from __future__ import annotations

import re
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

from docs.conditions import Condition, conditions, implemented
from tests.rule_examples import PRELUDE, Example, documentation, examples_of, findings
from xladsl.compiler import compile_agreement
from xladsl.diagnostics import Severity, kinds_needed, rule_modules, rule_named

ROOT = Path(__file__).parents[1]

# The rules about text have tests of their own; in a damaged text more than one rule may speak.
EXAMPLES = [
    example for rule, module in rule_modules().items() if "syntax" not in module for example in examples_of(rule)
]


WITHOUT_EXAMPLE = {"broken-translations", "file-too-large", "unreadable-file"}
"""A text of the language cannot show what these find."""


def named(example: Example) -> str:
    return f"{example.rule}-{'wrong' if example.wrong else 'right'}"


@pytest.mark.parametrize("example", EXAMPLES, ids=named)
def test_example(example: Example, tmp_path: Path) -> None:
    found = findings(example, tmp_path)
    own = [each for each in found.inside if each.rule == example.rule]
    announced = [(each.span.source.position(each.span.start)[0], str(each.severity), each.rule) for each in own]
    assert announced == example.marks
    assert bool(example.marks) == example.wrong
    others = [each for each in [*found.inside, *(() if example.wrong else found.outside)] if each.rule != example.rule]
    # A standard asks for much that the prelude, which completes an example, does not have.
    assert [each for each in others if each.severity == Severity.ERROR and not rule_named(each.rule).profiles] == []


@pytest.mark.parametrize("example", [each for each in EXAMPLES if each.wrong], ids=named)
def test_a_finding_says_why_and_what_to_write(example: Example, tmp_path: Path) -> None:
    for found in findings(example, tmp_path).inside:
        assert found.here
        assert found.why.endswith(".")
        assert found.remedy.endswith((".", "?", "}"))
        assert not found.title.endswith(".")


@pytest.mark.parametrize("rule", rule_modules())
def test_a_rule_is_documented(rule: str) -> None:
    assert re.match(r"[A-Z].*\.\n\n\S", documentation(rule)), "one line says what, then comes why"
    kinds = [example.wrong for example in examples_of(rule)]
    assert kinds[:2] == [True, False] or rule in WITHOUT_EXAMPLE, "a wrong example, then a right one"


def test_the_prelude_is_sound(tmp_path: Path) -> None:
    main = tmp_path / "prelude.xladsl"
    main.write_text(PRELUDE, encoding="utf-8")
    assert compile_agreement(str(main)).diagnostics == []


def test_codes_are_given_once() -> None:
    codes = [rule_named(rule).code for rule in rule_modules()]
    assert sorted(set(codes)) == sorted(codes)
    assert all(re.fullmatch(r"XL[1-9]\d\d", code) for code in codes)


@pytest.mark.parametrize("condition", conditions(), ids=lambda condition: f"{condition.kind}-{condition.name}")
def test_a_condition_has_a_rule_or_a_reason(condition: Condition) -> None:
    assert condition.rules or condition.reason, "name it in the last line of a rule's documentation"
    assert not (condition.rules and condition.reason), "there is a rule: the reason in conditions.toml is out of date"


def test_rules_implement_conditions_that_exist() -> None:
    known = {(condition.kind, condition.name) for condition in conditions()}
    assert {rule: unknown for rule in rule_modules() if (unknown := set(implemented(rule)) - known)} == {}


def test_the_reference_is_current() -> None:
    program = ROOT / "docs" / "generate_rules.py"
    made = subprocess.run([sys.executable, program, "--check"], capture_output=True, text=True, check=False)
    assert made.returncode == 0, made.stdout + made.stderr


def test_the_index_of_the_rules_is_current() -> None:
    made = subprocess.run(
        [sys.executable, "-m", "xladsl.checks._indexing", "--check"], capture_output=True, text=True, check=False
    )
    assert made.returncode == 0, made.stderr


def test_a_rule_that_is_not_loaded_would_have_found_nothing() -> None:
    """An agreement with neither promises nor payments: what the index passes by finds nothing when it is asked."""
    compiled = compile_agreement(str(ROOT / "tests" / "golden" / "bare.xladsl"))
    assert compiled.readable is not None
    present = {kind.__name__ for block in compiled.readable.blocks for kind in type(block).__mro__}
    passed_by = [name for name in rule_modules() if (kinds := kinds_needed(name)) and present.isdisjoint(kinds)]
    assert len(passed_by) > 50
    for name in passed_by:
        assert list(import_module(rule_modules()[name]).check(compiled.readable)) == [], name
