"""The conditions of a measurable agreement, and the rules that implement each."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import NamedTuple

from tests.rule_examples import documentation
from xladsl.diagnostics import rule_modules

KINDS = {
    "measurability": "Conditions of an agreement that can be measured, decided, reached and paid",
    "trap": "Traps in agreements that were published",
    "lint": "What a careful drafter looks for",
    "defect": "Defects found in texts that were published",
}
IMPLEMENTS = re.compile(r"^Implements: ((?:.|\n(?!\n))*)", re.MULTILINE)
NAMED = re.compile(r"(?:(measurability|trap|lint|defect)s? )?(\S+)")


class Condition(NamedTuple):
    """One condition, with the rules that find where it does not hold, or the reason why there is none."""

    kind: str
    name: str
    words: str
    rules: list[str]
    reason: str


def conditions() -> list[Condition]:
    """All conditions, in the order of the documents they come from."""
    listed = tomllib.loads(Path(__file__).with_name("conditions.toml").read_text(encoding="utf-8"))
    rules: dict[tuple[str, str], list[str]] = {}
    for rule in rule_modules():
        for condition in implemented(rule):
            rules.setdefault(condition, []).append(rule)
    return [
        Condition(kind, name, words, rules.get((kind, name), []), listed["without_rule"].get(kind, {}).get(name, ""))
        for kind in KINDS
        for name, words in listed[kind].items()
    ]


def implemented(rule: str) -> list[tuple[str, str]]:
    """The kind and the name of each condition in a rule's line "Implements: measurability M3, M29; trap T22"."""
    line = IMPLEMENTS.search(documentation(rule))
    found = []
    kind = "measurability"
    for words in re.split(r"[;,]\s*", line[1].strip().rstrip(".") if line else ""):
        if named := NAMED.fullmatch(" ".join(words.split())):
            kind = named[1] or kind
            found.append((kind, named[2]))
    return found
