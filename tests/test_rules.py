"""Every rule's documentation is its test: the wrong example draws the finding on the marked line, the right one none.

An example is a fragment. It is completed by the blocks of `rules_prelude.xladsl` that it does not define itself, unless
its fence says `alone`.
"""

from __future__ import annotations

import re
import subprocess
import sys
from importlib import import_module
from pathlib import Path
from typing import NamedTuple

import pytest

from xladsl.compiler import compile_agreement
from xladsl.diagnostics import Severity, rule_modules, rule_named

FENCE = re.compile(r"^```xladsl((?: \w+)*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
MARK = re.compile(r"// (error|warning|info): ([a-z-]+)")
HEAD = re.compile(r"^([a-z](?:[a-z ]*[a-z])?) ([a-z][a-z0-9_]*)", re.MULTILINE)
PRELUDE = (Path(__file__).parent / "rules_prelude.xladsl").read_text(encoding="utf-8")


class Example(NamedTuple):
    rule: str
    wrong: bool
    alone: bool
    text: str


def documentation(rule: str) -> str:
    return import_module(rule_modules()[rule]).__doc__ or ""


def examples() -> list[Example]:
    """All examples but those of the rules about text, which have tests of their own."""
    found = []
    for rule in (rule for rule, module in rule_modules().items() if "syntax" not in module):
        for words, text in FENCE.findall(documentation(rule)):
            found.append(Example(rule, "wrong" in words, "alone" in words, text))
    return found


def completed(example: Example) -> str:
    """The blocks of the prelude that an example does not define itself."""
    own = {"agreement" if kind == "agreement" else name for kind, name in HEAD.findall(example.text)}
    blocks = PRELUDE.split("\n\n")
    return "\n\n".join(block for block in blocks if not (heads := HEAD.findall(block)) or not {*heads[0]} & own)


def findings(example: Example, folder: Path) -> list[tuple[int, Severity, str]]:
    """The line, the severity and the rule of everything found in the example itself."""
    main = folder / "example.xladsl"
    text = example.text
    if not example.alone:
        (folder / "prelude.xladsl").write_text(completed(example), encoding="utf-8")
        text += '\nimport "prelude.xladsl"\n'
    main.write_text(text, encoding="utf-8")
    found = compile_agreement(str(main)).diagnostics
    inside = [each for each in found if each.span.source.name.endswith("example.xladsl")]
    outside = [each for each in found if each not in inside and each.severity == Severity.ERROR]
    assert example.wrong or outside == []
    return [(each.span.source.position(each.span.start)[0], each.severity, each.rule) for each in inside]


def marked(text: str) -> list[tuple[int, str, str]]:
    """The line, the severity and the rule of each mark."""
    lines = text.splitlines()
    return [(number, *mark) for number, line in enumerate(lines, 1) for mark in MARK.findall(line)]


def named(example: Example) -> str:
    return f"{example.rule}-{'wrong' if example.wrong else 'right'}"


@pytest.mark.parametrize("example", examples(), ids=named)
def test_example(example: Example, tmp_path: Path) -> None:
    found = findings(example, tmp_path)
    expected = marked(example.text)
    assert bool(expected) == example.wrong, "a wrong example marks its line, a right one marks none"
    assert {rule for _, _, rule in expected} <= {example.rule}
    assert [(line, str(severity), rule) for line, severity, rule in found if rule == example.rule] == expected
    assert [each for each in found if each[1] == Severity.ERROR and each[2] != example.rule] == []


@pytest.mark.parametrize("rule", rule_modules())
def test_a_rule_is_documented(rule: str) -> None:
    text = documentation(rule)
    assert re.match(r"[A-Z].*\.\n\n\S", text), "one line says what, then comes why"
    kinds = ["wrong" in words for words, _ in FENCE.findall(text)]
    assert kinds[:2] == [True, False], "a wrong example, then a right one"


def test_the_prelude_is_sound(tmp_path: Path) -> None:
    main = tmp_path / "prelude.xladsl"
    main.write_text(PRELUDE, encoding="utf-8")
    assert compile_agreement(str(main)).diagnostics == []


def test_codes_are_given_once() -> None:
    codes = [rule_named(rule).code for rule in rule_modules()]
    assert sorted(set(codes)) == sorted(codes)
    assert all(re.fullmatch(r"XL[1-9]\d\d", code) for code in codes)


def test_the_reference_is_current() -> None:
    program = Path(__file__).parents[1] / "docs" / "generate_rules.py"
    made = subprocess.run([sys.executable, str(program), "--check"], capture_output=True, text=True, check=False)
    assert made.returncode == 0, made.stdout + made.stderr
