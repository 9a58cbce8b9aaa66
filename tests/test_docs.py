"""The manual, held against the language: every construct and clause is in it, and every example compiles."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

from tests.expectations import Fenced, differences, fenced, with_prelude
from xladsl import resources
from xladsl.diagnostics import Severity, rule_modules
from xladsl.model.build import CLASS_OF_RULE, field_of_rule
from xladsl.model.node import Field
from xladsl.source import Source
from xladsl.syntax.parser import parse
from xladsl.syntax.tree import Tree

MANUAL = Path(__file__).parent.parent / "docs" / "language.md"
EXAMPLES = [text for text in fenced(MANUAL) if text.language == "xladsl"]

CODE = re.compile(r"`([^`]+)`")
RULE_HEAD = re.compile(r"^([?!]*)([a-z_]+):(.*)$")
WORD = re.compile(r'"([a-z0-9]+)"')
LITERAL = re.compile(r'"([a-z]+)"')
OPENING_WORDS = re.compile(r'(?:"[a-z|]+"\s*)+')
COMPILED_IN = re.compile(r"^<!-- compiled in: (.+) -->$", re.DOTALL)

HEADING_OF_GROUP = {
    "_general": "What every block may say",
    "_source_clause": "What every source may say",
    "_measuring": "What every measurement may say",
    "_promise": "What every promise may say",
    "_consequence": "What every payment may say",
}


# ---------------------------------------------------------------------------------------------------------- examples


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda text: f"line {text.line}: {text.heading}")
def test_every_example_compiles_to_what_it_says(example: Fenced) -> None:
    if example.words == "wrong":
        assert "// error:" in example.text, "an example of a mistake says which rule finds it"
    files = with_prelude(example.text) | {"shared/parties.xladsl": "// a file beside the others\n"}
    assert differences(files, at_least=Severity.ERROR) == []


def test_every_cell_of_the_tables_of_forms_compiles() -> None:
    """Under a comment `<!-- compiled in: … -->`, the code in the first column stands where the comment has `…`."""
    assert [
        f"line {number}, `{form}`: {difference}"
        for template, number, form in forms()
        for difference in differences(with_prelude(template.replace("…", form)), at_least=Severity.ERROR)
    ] == []


def forms() -> list[tuple[str, int, str]]:
    found, template = [], None
    lines = MANUAL.read_text(encoding="utf-8").splitlines()
    for number, line in enumerate(lines, start=1):
        if said := COMPILED_IN.match(line):
            template = said[1].replace("; ", "\n")
        elif template and line.startswith("| `"):
            found += [(template, number, form.replace(r"\|", "|")) for form in CODE.findall(first_cell(line))]
        elif template and line and not line.startswith("|"):
            template = None
    return found


def test_the_manual_has_forms_and_examples_enough_to_be_worth_testing() -> None:
    assert len(forms()) > 60
    assert len(EXAMPLES) > 60


# ------------------------------------------------------------------------------------------- constructs and clauses


@cache
def grammar() -> dict[str, str]:
    """The rules of the grammar, each with its whole right-hand side."""
    rules: dict[str, str] = {}
    name = ""
    for line in (resources.grammar() / "xladsl.lark").read_text(encoding="utf-8").splitlines():
        if head := RULE_HEAD.match(line):
            name = head[2]
            rules[name] = head[3]
        elif line.startswith(" ") and name:
            rules[name] += " " + line.strip()
        else:
            name = ""
    return rules


def constructs() -> list[str]:
    return [rule for rule, body in grammar().items() if '"{"' in body]


def clauses_of(rule: str) -> list[str]:
    """The clauses that a block may hold, without those that it shares with others."""
    body = grammar()[rule]
    inside = re.sub(r'"[^"]*"', " ", body.partition('"{"')[2].partition('"}"')[0]) if '"{"' in body else body
    found: list[str] = []
    for name in re.findall(r"[a-z_]+", re.sub(r'"[^"]*"', " ", inside)):
        if name.startswith("_") and name not in HEADING_OF_GROUP:
            found += clauses_of(name)
        elif not name.startswith("_"):
            found.append(name)
    return list(dict.fromkeys(found))


def opening_words(rule: str) -> str:
    """How a clause begins: `each`, `breached when`, `|`."""
    body = grammar()[rule].strip()
    if re.fullmatch(r"[a-z_]+", body):
        return opening_words(body)
    found = OPENING_WORDS.match(body.removeprefix("("))
    assert found, f"the clause {rule} does not begin with a word"
    return " ".join(re.findall(r'"([^"]+)"', found[0]))


def words_of(construct: str) -> str:
    found = OPENING_WORDS.match(grammar()[construct].strip())
    assert found
    return " ".join(LITERAL.findall(found[0]))


def how_often(field: Field) -> str:
    if field.many:
        return "at least once" if field.required else "any number"
    return "once" if field.required else "at most once"


def section(heading: str) -> list[str]:
    """The lines below a heading, up to the next one; the heading may have more words, in code or not."""
    lines = MANUAL.read_text(encoding="utf-8").splitlines()
    starts = [number for number, line in enumerate(lines) if line.startswith("#") and heading in line]
    assert starts, f"docs/language.md has no heading with {heading}"
    rest = lines[starts[0] + 1 :]
    return rest[: next((number for number, line in enumerate(rest) if line.startswith("#")), len(rest))]


def first_cell(row: str) -> str:
    return re.split(r"(?<!\\)\|", row)[1].strip()


def rows_of(lines: list[str]) -> list[tuple[str, str]]:
    """The clauses that a section's tables list: how each begins, and how often it may be said."""
    rows = [re.split(r"(?<!\\)\|", line)[1:-1] for line in lines if line.startswith("| `")]
    return [(CODE.findall(cells[0])[0].replace(r"\|", "|"), cells[-1].strip()) for cells in rows]


def undocumented(rule: str, heading: str, fields_of: str) -> list[str]:
    """What the tables under a heading leave out or say otherwise than the model."""
    rows, problems = rows_of(section(heading)), []
    for clause in sorted(clauses_of(rule), key=lambda name: -len(opening_words(name))):
        words = opening_words(clause)
        row = next((row for row in rows if row[0] == words or row[0].startswith(f"{words} ")), None)
        field = field_of_rule(CLASS_OF_RULE[fields_of], clause)
        if row is None:
            problems.append(f"{heading}: `{words} …` is missing")
            continue
        rows.remove(row)
        if field is not None and row[1] != how_often(field):
            problems.append(f"{heading}: `{words} …` may be said {how_often(field)}, not {row[1]}")
    return [*problems, *(f"{heading}: the language has no `{row[0]}` here" for row in rows)]


@pytest.mark.parametrize("construct", constructs())
def test_every_clause_of_every_construct_is_in_the_manual(construct: str) -> None:
    assert undocumented(construct, f"`{words_of(construct)}`", construct) == []


@pytest.mark.parametrize("construct", constructs())
def test_every_construct_has_an_example(construct: str) -> None:
    """Its own, or that of the block which it stands in; an example defines one and does not only name it."""
    lines = section(f"`{words_of(construct)}`")
    begins = re.compile(rf"\s*{words_of(construct)} ")
    assert any(begins.match(line) for line in lines) or any(line.startswith("Stands inside of") for line in lines)


@pytest.mark.parametrize(
    ("group", "holder"),
    [
        ("_general", "kpi"),
        ("_source_clause", "tickets"),
        ("_measuring", "kpi"),
        ("_promise", "target"),
        ("_consequence", "credit"),
    ],
)
def test_every_shared_clause_is_in_the_manual(group: str, holder: str) -> None:
    assert undocumented(group, HEADING_OF_GROUP[group], holder) == []


def test_every_form_of_the_language_is_shown_in_the_manual() -> None:
    """Whatever the grammar can say is said in an example or in a table of forms, whichever words it begins with."""
    texts = [example.text for example in EXAMPLES] + [template.replace("…", form) for template, _, form in forms()]
    shown: set[str] = set()
    for text in texts:
        tree, _ = parse(Source("manual", text))
        shown |= rules_in(tree)
    named = {rule for rule in grammar() if not rule.startswith("_")} - inlined_rules()
    aliases = {alias for body in grammar().values() for alias in re.findall(r"-> ([a-z_]+)", body)}
    assert sorted((named | aliases) - shown) == []


def rules_in(tree: Tree) -> set[str]:
    found, waiting = set(), [tree]
    while waiting:
        part = waiting.pop()
        found.add(part.rule)
        waiting.extend(child for child in part.children if isinstance(child, Tree))
    return found


def inlined_rules() -> set[str]:
    """Rules that leave no trace in a tree: those marked so, and those whose every alternative has another name."""
    text = (resources.grammar() / "xladsl.lark").read_text(encoding="utf-8")
    marked = set(re.findall(r"^\?([a-z_]+):", text, re.MULTILINE))
    renamed = {rule for rule, body in grammar().items() if body.count("->") == body.count(" | ") + 1}
    return marked | renamed


def test_every_word_and_every_choice_of_the_language_is_in_the_manual() -> None:
    prose = re.sub(r"^```.*$", "", MANUAL.read_text(encoding="utf-8"), flags=re.MULTILINE)
    shown = re.sub(r"\s+", " ", " | ".join([*CODE.findall(prose), *(text.text for text in EXAMPLES)]))
    words = {word for body in grammar().values() for word in LITERAL.findall(body)}
    choices = {" ".join(WORD.findall(choice)) for rule in choice_rules() for choice in grammar()[rule].split(" | ")}
    assert sorted(said for said in words | choices if not re.search(rf"(?<![a-z]){said}(?![a-z])", shown)) == []


def choice_rules() -> list[str]:
    text = (resources.grammar() / "xladsl.lark").read_text(encoding="utf-8")
    return re.findall(r"^!([a-z_]+):", text, re.MULTILINE)


def test_every_link_inside_the_manual_leads_to_a_heading() -> None:
    manual = MANUAL.read_text(encoding="utf-8")
    headings = re.findall(r"^#+ (.+)$", manual, re.MULTILINE)
    anchors = {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}
    assert sorted(set(re.findall(r"\]\(#([^)]+)\)", manual)) - anchors) == []


def test_every_rule_that_the_manual_names_exists() -> None:
    named = re.findall(r"// error: ([a-z-]+)", MANUAL.read_text(encoding="utf-8"))
    assert sorted(set(named) - set(rule_modules())) == []
