"""The tree: what it holds, what its places cover, and that any text at all gives one."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from xladsl.source import Source
from xladsl.syntax._tables import SYMBOLS, WORDS
from xladsl.syntax.parser import parse
from xladsl.syntax.tree import Token, Tree

ROOT = Path(__file__).parents[2]
TARGET = """\
target ease_2026 {
  kpi       ease
  level     at least 5.2 from 2026-04-01, 5.5
  serves
    effortless_help, quick_start   // two of them
}
"""


def tree_of(text: str) -> Tree:
    tree, diagnostics = parse(Source("text", text))
    assert diagnostics == []
    return tree


def find(tree: Tree, rule: str) -> Tree:
    return next(found for found in every_tree(tree) if found.rule == rule)


def every_tree(tree: Tree) -> list[Tree]:
    found = [tree]
    for each in found:
        found += [child for child in each.children if isinstance(child, Tree)]
    return found


def test_an_empty_file_is_a_document() -> None:
    tree = tree_of("")
    assert (tree.rule, tree.children, tree.start, tree.end) == ("document", [], 0, 0)


def test_a_tree_covers_its_words_and_keeps_what_means_something() -> None:
    text = "goal effortless_help {\n  owner service_manager\n}\n"
    owner = find(tree_of(text), "owner")
    assert text[owner.start : owner.end] == "owner service_manager"
    assert [child.rule for child in owner.children if isinstance(child, Tree)] == ["reference"]
    goal = find(tree_of(text), "goal")
    assert text[goal.start : goal.end] == text.strip()


def test_parentheses_belong_to_what_they_hold() -> None:
    text = "segment berlin of staff {\n  where not (site = 1 or site = 2)\n}\n"
    either = find(tree_of(text), "either")
    assert text[either.start : either.end] == "(site = 1 or site = 2)"


def test_a_keyword_is_a_name_where_no_keyword_can_stand() -> None:
    names = [child for tree in every_tree(tree_of("goal target {\n  owner owner\n}")) for child in tree.children]
    assert [name.text for name in names if isinstance(name, Token) and name.kind == "NAME"] == ["target", "owner"]


def test_a_word_that_could_begin_a_clause_begins_one_on_a_new_line() -> None:
    _, diagnostics = parse(Source("text", "goal help {\n  for\n  owner ada\n}"))
    assert [found.title for found in diagnostics] == ["`for` is not complete in goal `help`"]
    tree_of("goal help {\n  for staff,\n    owner\n}")


def test_a_message_stands_where_the_line_breaks_off() -> None:
    source = Source("text", "goal help {\n  for\n  owner ada\n}")
    _, (found,) = parse(source)
    assert source.position(found.span.start) == (2, 6)


def test_an_unclosed_block_shows_where_it_opens() -> None:
    source = Source("text", "goal help {\n  owner ada\n\ngoal start {\n}\n")
    _, (found,) = parse(source)
    assert source.position(found.span.start) == (2, 12)
    assert [(source.position(label.span.start), label.text) for label in found.labels] == [
        ((1, 1), "it is opened here")
    ]


PATHOLOGICAL = {
    "nested blocks": "goal g {\n" * 10_000,
    "nested parentheses": "kpi a { value " + "(" * 100_000 + ")" * 100_000 + "}",
    "nested negations": "segment s of x { where " + "not " * 100_000 + "a = 1 }",
    "a long number": "kpi a { value " + "9" * 10_000 + " }",
    "a long word": "x" * 10_000_000,
    "escaped quotes": '"' + '\\"' * 500_000,
    "a long sum": "kpi a { value " + "1 - " * 30_000 + "1 }",
    "glued sums": "1-" * 100_000,
    "dots": "kpi a { value " + "a." * 30_000 + "a }",
    "blanks": "goal g {" + " " * 1_000_000 + "x",
    "quotes": '"' * 1_000_000,
    "open comments": "/*" * 300_000,
    "open braces": "{" * 100_000,
    "closing braces": "}" * 100_000,
    "zeros": "\0" * 300_000,
    "lines of junk": "foo\n" * 100_000,
    "a long list": "goal g { for " + "a, " * 30_000 + "a }",
    "thousands": "1,200," * 100_000,
    "mistakes on one line": "goal g { " + "owner a b " * 100_000 + "}",
    "digits and points": "1." * 200_000,
}


@pytest.mark.parametrize("text", PATHOLOGICAL.values(), ids=PATHOLOGICAL)
def test_no_text_takes_long(text: str) -> None:
    begun = time.monotonic()
    tree, diagnostics = parse(Source("text", text))
    assert time.monotonic() - begun < 20, "a guard against quadratic time, with room for a slow machine"
    assert tree.rule == "document"
    assert len(diagnostics) <= 50


def test_trees_stay_shallow() -> None:
    for name in ("nested parentheses", "nested negations", "a long sum", "dots", "a long list"):
        level, depth = [parse(Source("text", PATHOLOGICAL[name]))[0]], 0
        while level:
            level = [child for tree in level for child in tree.children if isinstance(child, Tree)]
            depth += 1
        assert depth < 400


SCRAPS = [*(word for words in WORDS.values() for word in words), *SYMBOLS, "{", "}", "{", "}", "(", ")"]
SCRAPS += [
    "\n",
    "\n",
    "\n  ",
    "lisbon",
    "5",
    "2026-01-31",
    "01-02-2026",
    '"a"',
    '"',
    '"""',
    "\0",
    "é",
    ";",
    "EUR",
    "\\",
]


@pytest.mark.parametrize("seed", range(150))
def test_any_text_gives_a_tree_and_never_raises(seed: int) -> None:
    chance = random.Random(seed)
    text = " ".join(chance.choices(SCRAPS, k=chance.randrange(1, 120)))
    tree, diagnostics = parse(Source("text", text))
    assert tree.rule == "document"
    for found in diagnostics:
        assert found.code.startswith("XL1")
        assert 0 <= found.span.start <= found.span.end <= len(text)


@pytest.mark.parametrize("seed", range(150))
def test_every_slip_in_an_agreement_is_survived(seed: int) -> None:
    chance = random.Random(seed)
    text = chance.choice(sorted((ROOT / "tests" / "broken").glob("*.xladsl"))).read_text(encoding="utf-8")
    for _ in range(chance.randrange(1, 6)):
        at = chance.randrange(len(text))
        text = text[:at] + chance.choice(["", " ", chance.choice(SCRAPS)]) + text[at + chance.randrange(0, 9) :]
    assert parse(Source("text", text))[0].rule == "document"


def test_starting_loads_no_generator_of_parsers() -> None:
    program = "import sys, xladsl.syntax.parser; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    assert not {"lark", "dataclasses", "inspect", "unicodedata"} & set(loaded.stdout.split())


OTHER_PYTHONS = [
    path for path in ("/usr/bin/python3.11", "/usr/bin/python3.12", "/usr/bin/python3.13") if Path(path).exists()
]
READ_ALL = """
import sys
from xladsl.source import Source
from xladsl.syntax.parser import parse
for name in sys.argv[1:]:
    tree, diagnostics = parse(Source(name, open(name, encoding="utf-8").read()))
    print(len(tree.children), tree.end, [(found.rule, found.title, found.span[1:]) for found in diagnostics])
"""


@pytest.mark.parametrize("python", OTHER_PYTHONS)
def test_another_python_reads_the_same(python: str) -> None:
    """Some releases of Python's regular expressions misread possessive groups; ours must not need them."""
    files = [str(path) for path in sorted(ROOT.glob("**/*.xladsl")) if "build" not in path.parts]
    ours, theirs = (
        subprocess.run([program, "-B", "-c", READ_ALL, *files], cwd=ROOT, capture_output=True, text=True, check=True)
        for program in (sys.executable, python)
    )
    assert theirs.stdout == ours.stdout
