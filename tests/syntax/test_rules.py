"""The documentation of each rule about text is true: its wrong example has the fault, its right one has none."""

from __future__ import annotations

import pkgutil
import re
from importlib import import_module

import pytest

from xladsl.source import Source
from xladsl.syntax import rules
from xladsl.syntax.parser import parse

NAMES = [module.name for module in pkgutil.iter_modules(rules.__path__)]
EXAMPLES = [
    (name, kind, text)
    for name in NAMES
    for kind, text in re.findall(
        r"```xladsl (wrong|right)\n(.*?)```", import_module(f"{rules.__name__}.{name}").__doc__ or "", re.DOTALL
    )
]


@pytest.mark.parametrize(("name", "kind", "text"), EXAMPLES, ids=[f"{name}-{kind}" for name, kind, _ in EXAMPLES])
def test_the_examples_are_true(name: str, kind: str, text: str) -> None:
    _, diagnostics = parse(Source(name, text))
    assert [found.rule for found in diagnostics] == ([name.replace("_", "-")] if kind == "wrong" else [])


def test_each_rule_has_a_number_of_its_own() -> None:
    codes = [import_module(f"{rules.__name__}.{name}").RULE.code for name in NAMES]
    assert len(set(codes)) == len(codes)
    assert all(re.fullmatch(r"XL1[0-9]{2}", code) for code in codes)
