"""The examples in the documentation of the rules, and what the compiler finds in them.

An example is a fragment. It is completed by the blocks of `rules_prelude.xladsl` that it does not define itself, unless
its fence says `alone`. A wrong example marks the line of each finding: `// error: tier-gap`.
"""

from __future__ import annotations

import re
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from xladsl.compiler import compile_agreement
from xladsl.diagnostics import rule_modules, rule_named
from xladsl.profiles import Profile

if TYPE_CHECKING:
    from xladsl.diagnostics import Diagnostic

PRELUDE = (Path(__file__).parent / "rules_prelude.xladsl").read_text(encoding="utf-8")
FENCE = re.compile(r"^```xladsl((?: \w+)*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
HEAD = re.compile(r"^([a-z](?:[a-z ]*[a-z])?) ([a-z][a-z0-9_]*)", re.MULTILINE)
MARK = re.compile(r"// (error|warning|info): ([a-z-]+)")
IMPORT = re.compile(r'^import "(.*)"$', re.MULTILINE)


class Example(NamedTuple):
    """One example of a rule: `wrong` where the rule is to find something, `alone` where no prelude completes it."""

    rule: str
    wrong: bool
    alone: bool
    text: str

    @property
    def marks(self) -> list[tuple[int, str, str]]:
        """The line, the severity and the rule of each finding that the example announces."""
        lines = enumerate(self.text.splitlines(), start=1)
        return [(number, *mark) for number, line in lines for mark in MARK.findall(line)]


class Found(NamedTuple):
    """What was found in an example itself, and in the blocks that complete it."""

    inside: list[Diagnostic]
    outside: list[Diagnostic]


def documentation(rule: str) -> str:
    return import_module(rule_modules()[rule]).__doc__ or ""


def examples_of(rule: str) -> list[Example]:
    found = FENCE.findall(documentation(rule))
    return [Example(rule, "wrong" in words, "alone" in words, text) for words, text in found]


def findings(example: Example, folder: Path) -> Found:
    """Compile an example in an empty folder, with the files that it imports rightly, in a profile of its rule."""
    text = example.text
    for path in IMPORT.findall(text):
        (folder / path).parent.mkdir(exist_ok=True)
        (folder / path).write_text("// nothing but this line\n", encoding="utf-8")
    if not example.alone:
        (folder / "prelude.xladsl").write_text(completion(example), encoding="utf-8")
        text += '\nimport "prelude.xladsl"\n'
    main = folder / "example.xladsl"
    main.write_text(text, encoding="utf-8")
    profiles = rule_named(example.rule).profiles if example.rule else ()
    found = compile_agreement(str(main), profile=Profile("review", frozenset(profiles))).diagnostics
    inside = [each for each in found if each.span.source.name.endswith("example.xladsl")]
    return Found(inside, [each for each in found if each not in inside])


def completion(example: Example) -> str:
    """The blocks of the prelude that an example does not define itself."""
    own = {"agreement" if kind == "agreement" else name for kind, name in HEAD.findall(example.text)}
    blocks = PRELUDE.split("\n\n")
    return "\n\n".join(block for block in blocks if not own.intersection(*HEAD.findall(block)[:1] or [()]))
