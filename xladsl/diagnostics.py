"""What the compiler has to say to people: findings, and the rules that make them.

A rule is a module: its docstring is the rule's documentation, its `RULE` gives the number and the severity, and its
file name is the rule's name (`unknown_name.py` is `unknown-name`). Modules are imported only when a rule is needed,
so a rule that finds nothing and is not asked about costs nothing at start.
"""

from __future__ import annotations

import os
from enum import IntEnum
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from .source import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

RULE_PACKAGES = ("xladsl.syntax.rules", "xladsl.model.rules", "xladsl.checks")


class Severity(IntEnum):
    """How much a finding weighs: an error stops a build, a warning is for the review, an info is worth knowing."""

    INFO = 1
    WARNING = 2
    ERROR = 3

    def __str__(self) -> str:
        return self.name.lower()


class Rule(NamedTuple):
    """What a rule's module says of itself: a number that is never given to another rule, and its severity.

    A rule with `profiles` asks for what only these want, such as `iso20000`; it runs where one of them is chosen.
    What a rule finds in a block where one of those it `echoes` has found something is the same mistake once more,
    and is not told. What a rule that `bars_signing` finds belongs in a draft, and no waiver carries it into a final
    text.
    """

    code: str
    severity: Severity
    profiles: tuple[str, ...] = ()
    echoes: tuple[str, ...] = ()
    bars_signing: bool = False


class Label(NamedTuple):
    """A second place that explains a finding, with what to see there."""

    span: Span
    text: str


class Edit(NamedTuple):
    """Replace the text of a span by another text."""

    span: Span
    text: str


class Fix(NamedTuple):
    """A change that mends a finding: what it does, in the imperative, and its edits.

    It is `safe` to make without asking where exactly one change is right and nobody's promise can become another by
    it: how a keyword is spelt or a text is quoted; never a name, a number, a date or a word that could also be meant.
    """

    title: str
    edits: tuple[Edit, ...]
    safe: bool = False


class Diagnostic(NamedTuple):
    """One finding at one place.

    `rule` is the rule's name; `title` says what is wrong in one sentence, the user's own words in backticks;
    `here` stands beside the caret; `why` says what it means for the parties; `remedy` says what to write instead.
    A warning, and what bars signing, is `raised` to an error where an agreement is about to be signed.
    """

    rule: str
    span: Span
    title: str
    here: str = ""
    why: str = ""
    remedy: str = ""
    labels: tuple[Label, ...] = ()
    fix: Fix | None = None
    raised: bool = False

    @property
    def severity(self) -> Severity:
        return Severity.ERROR if self.raised else rule_named(self.rule).severity

    @property
    def code(self) -> str:
        return rule_named(self.rule).code


@cache
def rule_modules() -> Mapping[str, str]:
    """Every rule's name, with the module that defines it, in the order of the packages and then by name."""
    found = {}
    for package in RULE_PACKAGES:
        [folder] = import_module(package).__path__
        for module in sorted(name.removesuffix(".py") for name in os.listdir(folder) if name.endswith(".py")):
            if not module.startswith("_"):
                found[module.replace("_", "-")] = f"{package}.{module}"
    return found


Known: TypeAlias = "tuple[str, int, tuple[str, ...], tuple[str, ...], bool, tuple[str, ...] | None]"
"""What the index knows of a rule: all that it says of itself, and the kinds of blocks it needs."""


@cache
def rule_index() -> Mapping[str, Known]:
    """What is known of rules without loading them; a rule that is not in it yet is loaded instead."""
    index: Mapping[str, Known]
    index = import_module("xladsl.checks._index").RULES
    return index


@cache
def rule_named(name: str) -> Rule:
    """The rule of that name. A name that no module bears is a mistake in the compiler, and raises KeyError."""
    known = rule_index().get(name)
    if known is not None:
        code, severity, profiles, echoes, bars_signing, _ = known
        return Rule(code, Severity(severity), profiles, echoes, bars_signing)
    rule = import_module(rule_modules()[name]).RULE
    assert isinstance(rule, Rule)
    return rule


def kinds_needed(name: str) -> tuple[str, ...] | None:
    """The classes of blocks without which a rule can find nothing; None for a rule that must look to know."""
    known = rule_index().get(name)
    return known[5] if known is not None else None


def in_order(diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Findings as they are read: by file, then by place; each one once."""
    return sorted(dict.fromkeys(diagnostics), key=lambda found: (found.span.source.name, found.span.start, found.rule))
