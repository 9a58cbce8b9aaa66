"""The tables: current, and never made from a grammar that reads a text in two ways."""

from __future__ import annotations

import pytest

from xladsl import resources
from xladsl.syntax import _tables, generate

TERMINALS = """
NAME: /[a-z][a-z0-9_]*/
NUMBER: /[0-9]+/
DATE: /[0-9]{4}-[0-9]{2}-[0-9]{2}/
STRING: /"[^"]*"/
COMMENT: /\\/\\/[^\\n]*/
WHITE_SPACE: /[ \\t\\r\\n]+/
%ignore COMMENT
%ignore WHITE_SPACE
"""
SMALL = """
document: _block*
_block: goal | target
goal: "goal" name title? "{" (owner | voice | note)* "}"
target: "target" name "{" (level | serves | force | due | each | note)* "}"
name: NAME
title: STRING
owner: "owner" reference
voice: "voice" STRING
note: "note" STRING
level: "level" "at" bound sum
!bound: "least" | "most"
?sum: value | value addend+ -> sum_of
addend: sign value
!sign: "+" | "-"
?value: number | reference | "(" sum ")"
number: NUMBER
reference: NAME ("." NAME)*
serves: "serves" reference ("," reference)*
force: "force" force_kind
!force_kind: "binding" | "target"
due: "due" "by" DATE
each: "each" "12" "months"
"""


def test_the_committed_tables_are_what_the_grammar_gives() -> None:
    grammar = (resources.grammar() / "xladsl.lark").read_text(encoding="utf-8")
    assert generate.render(generate.build(grammar)) == generate.TABLES.read_text(encoding="utf-8")


def test_the_check_says_so(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(generate, "build", lambda grammar: None)
    monkeypatch.setattr(generate, "render", lambda tables: "other tables")
    assert generate.main(["--check"]) == 1
    assert "run python -m xladsl.syntax.generate" in capsys.readouterr().err


def test_words_go_by_what_they_are_when_no_keyword_is_wanted() -> None:
    tables = generate.build(SMALL + TERMINALS)
    assert set(tables.words) == {"NAME", "NUMBER"}
    assert list(tables.words["NUMBER"]) == ["12"]
    assert set(tables.symbols) == {"{", "}", "(", ")", "+", "-", ".", ","}


def test_who_asks_for_more_is_tried_first() -> None:
    names = [name for name, _ in generate.build(SMALL + TERMINALS).terminals]
    assert names.index("DATE") < names.index("NUMBER")
    assert names.index("COMMENT") < names.index("NAME")


def test_the_blocks_are_known_by_their_rules() -> None:
    assert set(generate.build(SMALL + TERMINALS).blocks.values()) == {"document", "goal", "target"}


def test_two_rules_for_the_same_words_are_reported() -> None:
    ambiguous = SMALL.replace("?value: number", "?value: number | amount") + "amount: NUMBER\n" + TERMINALS
    with pytest.raises(generate.GrammarError, match=r"end    amount: NUMBER\n  end    number: NUMBER"):
        generate.build(ambiguous)


def test_a_dangling_choice_is_reported_with_the_way_to_it() -> None:
    ambiguous = SMALL.replace('"owner" reference', '"owner" reference also*\nalso: "note" STRING') + TERMINALS
    with pytest.raises(generate.GrammarError) as raised:
        generate.build(ambiguous)
    report = str(raised.value)
    assert report.startswith('"note" can be read in more than one way\n  after  "goal" name "{" "owner" reference')
    assert 'end    owner: "owner" reference' in report
    assert 'go on  also: "note" \N{BULLET} STRING' in report


def test_a_rule_that_begins_with_itself_is_reported() -> None:
    deep = SMALL.replace("?sum: value | value addend+ -> sum_of", "?sum: value | sum sign value -> sum_of")
    with pytest.raises(generate.GrammarError, match="sum begins with itself"):
        generate.build(deep.replace("addend: sign value\n", "") + TERMINALS)


def test_words_are_written_apart() -> None:
    with pytest.raises(generate.GrammarError, match="write its words apart"):
        generate.build(SMALL.replace('"at" bound', '"at-the" bound') + TERMINALS)


def test_the_tables_say_which_grammar_they_are_from() -> None:
    assert len(_tables.GRAMMAR_SHA256) == 64
