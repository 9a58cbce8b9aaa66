"""The agreements that come with the project are sound, and one of them says everything that the language can say."""

from __future__ import annotations

import inspect
import re
from pathlib import Path

import pytest

from xladsl import resources
from xladsl.compiler import compile_agreement
from xladsl.diagnostics import Severity
from xladsl.model import expressions, nodes, quantities
from xladsl.model.contract import Contract
from xladsl.model.node import Node, NodeType
from xladsl.source import Source
from xladsl.syntax._tables import RULES
from xladsl.syntax.decoding import decode
from xladsl.syntax.formatting import formatted
from xladsl.syntax.parser import parse
from xladsl.syntax.tree import Token, Tree

AGREEMENTS = Path(__file__).parent.parent / "agreements"
EVERYTHING = AGREEMENTS / "everything.xladsl"
FLAGSHIP = AGREEMENTS / "digital-workplace"

# An import is about files, not about the deal: the agreement in several files shows it.
OF_FILES = {"import", "module", "file", "Import"}

MAIN_FILES = sorted(
    file for file in AGREEMENTS.rglob("*.xladsl") if re.search(r"^agreement\s", file.read_text("utf-8"), re.MULTILINE)
)


@pytest.mark.parametrize("file", MAIN_FILES, ids=lambda file: str(file.relative_to(AGREEMENTS)))
def test_an_agreement_of_ours_has_no_errors(file: Path) -> None:
    errors = [f for f in compile_agreement(str(file)).diagnostics if f.severity == Severity.ERROR]
    assert [(f.span.source.name, f.span.source.position(f.span.start), f.rule, f.title) for f in errors] == []


def test_every_file_of_ours_is_an_agreement_or_part_of_one() -> None:
    used = {source.name for file in MAIN_FILES for source in compile_agreement(str(file)).loaded.sources}
    assert [file for file in map(str, sorted(AGREEMENTS.rglob("*.xladsl"))) if file not in used] == []


def test_everything_says_each_clause_of_the_grammar() -> None:
    shown_alone = {rule for _, _, rule, _, gives_way in RULES if rule and not gives_way}
    assert shown_alone - rules_of(EVERYTHING) - OF_FILES == set()


def test_everything_fills_each_field_of_each_class() -> None:
    contract = agreement(EVERYTHING)
    filled = {slot for node in contract.walk() for slot in filled_slots(node)}
    assert [slot for slot in slots_of_the_model() if slot not in filled] == []


def test_the_flagship_imports_files_and_the_catalogue() -> None:
    assert set().union(*map(rules_of, FLAGSHIP.glob("*.xladsl"))) >= {"import", "module", "file"}


def agreement(file: Path) -> Contract:
    contract = compile_agreement(str(file)).contract
    assert contract is not None
    return contract


def rules_of(file: Path) -> set[str]:
    """The rules of the grammar that a text uses."""
    waiting: list[Tree | Token] = [parse(Source(file.name, file.read_text("utf-8")))[0]]
    found = set()
    while waiting:
        tree = waiting.pop()
        if isinstance(tree, Tree):
            found.add(tree.rule)
            waiting += tree.children
    return found


def slots_of_the_model() -> list[tuple[str, str]]:
    """Each class with each field that it declares itself: what is inherited need be filled in one heir only."""
    classes = {
        made
        for module in (quantities, expressions, nodes)
        for made in vars(module).values()
        if isinstance(made, NodeType) and made.__module__ == module.__name__ and made.__name__ not in OF_FILES
    }
    return sorted((made.__name__, field) for made in classes for field in declared_fields(made))


def filled_slots(node: Node) -> list[tuple[str, str]]:
    return [
        (made.__name__, field)
        for made in type(node).__mro__
        for field in declared_fields(made)
        if getattr(node, field) not in (None, [], False)
    ]


def declared_fields(made: type) -> list[str]:
    return list(inspect.get_annotations(made)) if isinstance(made, NodeType) else []


def test_our_own_texts_are_tidy() -> None:
    folders = (AGREEMENTS, resources.catalogue(), resources.templates())
    texts = [path for folder in folders for path in Path(folder).rglob("*.xladsl")]
    untidy = []
    for path in texts:
        source, _ = decode(path.name, path.read_bytes())
        if formatted(source)[0] != source.text:
            untidy.append(path.name)
    assert untidy == [], "run: xladsl fmt agreements xladsl/std templates"
