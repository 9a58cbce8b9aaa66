"""Write the words that fields may hold from the grammar: `python -m xladsl.model.generate`, or `--check` them.

Where the grammar leaves a choice of words, as in `rounding half up`, a field holds one of them and nothing else. The
parser sees to that in a source; whoever reads a specification, or checks one against its schema, needs them as a list.
"""

from __future__ import annotations

import sys
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lark.load_grammar import load_grammar

from xladsl import resources

from .build import CLASS_OF_RULE, PLANS, VALUES
from .restored import shapes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .node import Node

WRITTEN = Path(__file__).with_name("_choices.py")
HEAD = '''"""Which words a field may hold, written by `python -m xladsl.model.generate`. Do not edit."""

# ruff: noqa: E501  # a choice stays on its line
# fmt: off

CHOICES: dict[str, frozenset[str]] = {
'''
FIGURES = ("NUMBER", "DATE", "TIME")
"""Tokens that become amounts, days and times."""

Words = set[str] | None
"""The words that something may be; None where they are anybody's own."""


def main(arguments: list[str]) -> int:
    """Write the choices, or with `--check` compare only. Returns 1 where they are not current."""
    text = rendered(choices())
    if "--check" in arguments:
        current = WRITTEN.is_file() and WRITTEN.read_text(encoding="utf-8") == text
        if not current:
            sys.stderr.write("The grammar's choices have changed: run `python -m xladsl.model.generate`.\n")
        return not current
    WRITTEN.write_text(text, encoding="utf-8")
    return 0


def rendered(found: dict[str, set[str]]) -> str:
    lines = [f"    {name!r}: frozenset({sorted(words)!r}),\n" for name, words in sorted(found.items())]
    return "".join([HEAD, *lines, "}\n"])


def choices() -> dict[str, set[str]]:
    """`Rounding.mode` and the words that may stand there, for every field that holds words of the grammar only."""
    grammar = Grammar((resources.grammar() / "xladsl.lark").read_text(encoding="utf-8"))
    found: dict[str, Words] = {}
    for made, rule in builders(grammar):
        for name, words in filled(grammar, made, rule):
            key = f"{made.__name__}.{name}"
            found[key] = together(found.get(key, set()), words)
    return {key: words for key, words in found.items() if words is not None}


def builders(grammar: Grammar) -> list[tuple[type[Node], str]]:
    """Each class with the rules whose trees it is made of: its own, and the clauses that fill it as a whole."""
    found = [(made, rule) for rule, made in CLASS_OF_RULE.items() if rule in grammar.trees]
    for made, rule in found:  # grows as it is read: a clause that fills a class may hold another one that does
        for part in grammar.parts(rule):
            slot = PLANS[made].slots[part]
            if slot is not None and slot.struct is not None and (slot.struct, part) not in found:
                found.append((slot.struct, part))
    return found


def filled(grammar: Grammar, made: type[Node], rule: str) -> Iterator[tuple[str, Words]]:
    """The fields of a class that trees of a rule fill with words, as the builder fills them, and with which."""
    words_of = {shape.field.name: shape for shape in shapes(made).values() if "str" in shape.plain}
    for alternative in grammar.alternatives(rule):
        unnamed = list(PLANS[made].unnamed)
        placed: set[str] = set()
        for forms in alternative:
            clauses = {form: slot for form in forms if (slot := PLANS[made].slots[form]) is not None}
            for clause, slot in clauses.items():
                placed.add(slot.field.name)
                if slot.field.name in words_of and slot.struct is None:
                    for words in grammar.words_in(clause):
                        yield slot.field.name, words
            unnamed = [field for field in unnamed if field.name not in placed]
            if unnamed and len(clauses) < len(forms):
                if unnamed[0].name in words_of:
                    for form in forms:
                        yield unnamed[0].name, grammar.words(form) if form not in clauses else set()
                if not unnamed[0].many:
                    placed.add(unnamed[0].name)


def together(words: Words, others: Words) -> Words:
    return None if words is None or others is None else words | others


class Grammar:
    """What lark reads of the grammar: of each rule the alternatives, and of each tree those that make it."""

    def __init__(self, text: str) -> None:
        loaded, _ = load_grammar(text, "grammar", [], False)  # type: ignore[no-untyped-call]  # lark is only partly typed
        terminals, rules, _ = loaded.compile(["document"], "*")
        self.literals = {each.name: each.pattern.value for each in terminals if each.pattern.type == "str"}
        self.rules: dict[str, list[Any]] = {}
        self.trees: dict[str, list[Any]] = {}
        for rule in rules:
            self.rules.setdefault(rule.origin.name, []).append(rule)
            self.trees.setdefault(rule.alias or rule.origin.name, []).append(rule)
        self.known: dict[str, Words] = {}

    def results(self, name: str) -> list[str]:
        """The names of the trees, or the token, that stand where a rule names something."""
        found: dict[str, None] = {}
        waiting, seen = [name], {name}
        while waiting:
            name = waiting.pop()
            if name not in self.rules:
                found[name] = None
                continue
            for rule in self.rules[name]:
                kept = self.kept(rule)
                within = kept if name.startswith("_") else kept[:1] if is_passed_on(rule, kept) else []
                if not name.startswith("_") and not within:
                    found[rule.alias or name] = None
                waiting += [part for part in within if part not in seen]
                seen.update(within)
        return list(found)

    @staticmethod
    def kept(rule: Any) -> list[str]:
        """The names in an alternative that leave something in its tree."""
        return [symbol.name for symbol in rule.expansion if not getattr(symbol, "filter_out", False)]

    def alternatives(self, tree: str) -> list[list[list[str]]]:
        """What a tree may hold, in order, for each way in which it may be written: of each part the forms that it may
        have. Of what may come several times, or in any order, each stands once."""
        found = []
        for rule in self.trees[tree]:
            parts: list[list[str]] = []
            for name in self.kept(rule):
                forms = self.results(name)
                parts += [[form] for form in forms] if name.startswith("_") else [forms]
            found.append(parts)
        return found

    def parts(self, tree: str) -> list[str]:
        return list(
            dict.fromkeys(form for alternative in self.alternatives(tree) for forms in alternative for form in forms)
        )

    def words_in(self, clause: str) -> list[Words]:
        """The words of each part of a clause; those of the clause itself where it is a choice."""
        if any(rule.options.keep_all_tokens for rule in self.trees[clause]):
            return [self.words(clause)]
        return [self.words(part) for part in self.parts(clause)]

    def words(self, tree: str) -> Words:
        """The words that a part may be as a value: none if it is a node or a quantity."""
        if tree in CLASS_OF_RULE or tree in VALUES:
            return None if tree in ("phrase", "rule_name") else set()
        if tree not in self.trees:
            return set() if tree in FIGURES else None
        if tree not in self.known:
            self.known[tree] = set()  # a formula in brackets leads back here, and adds nothing
            found: Words = set()
            for rule in self.trees[tree]:
                found = together(found, self.phrases(rule))
            self.known[tree] = found
        return self.known[tree]

    def phrases(self, rule: Any) -> Words:
        """The words of an alternative, one after the other, in every way that they may be chosen."""
        parts: list[set[str]] = []
        for symbol in rule.expansion:
            words: Words = set()
            if symbol.name in self.literals:
                words = {self.literals[symbol.name]} if rule.options.keep_all_tokens or not symbol.filter_out else {""}
            else:
                for tree in self.results(symbol.name):
                    words = together(words, self.words(tree))
            if words is None:
                return None
            parts.append(words)
        return {" ".join(filter(None, chosen)) for chosen in product(*parts)} - {""}


def is_passed_on(rule: Any, kept: list[str]) -> bool:
    """Whether a tree gives way to the one part that it holds."""
    return rule.alias is None and rule.options.expand1 and len(kept) == 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
