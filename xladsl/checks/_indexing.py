"""Write down what is known of every rule without loading it: `python -m xladsl.checks._indexing`, or `--check`.

There are some two hundred rules, and reading them all is a quarter of the time of checking a short agreement. Most
speak of one kind of block only: all that their `check` yields, it yields inside of `for … in contract.every(KIND)`.
Where that can be read from the code, a rule is not loaded for an agreement that has no such block.
"""

from __future__ import annotations

import ast
import sys
from importlib import import_module
from pathlib import Path

from ..diagnostics import Known, Rule, rule_modules

INDEX = Path(__file__).with_name("_index.py")
HEAD = '''"""What is known of every rule without loading it. Written by xladsl/checks/_indexing.py."""

# ruff: noqa: E501  # a rule stays on its line
# fmt: off

RULES = {
'''


WALKS = {"every_promise": "Promise", "every_payment": "Payment", "probed_promises": "Promise"}
"""Functions of the model that give what hangs on blocks of one kind, and nothing where there is none."""


def main(arguments: list[str]) -> int:
    """Write the index, or with `--check` compare only. Returns 1 where it is not current."""
    text = HEAD + "".join(f"    {name!r}: {entry!r},\n" for name, entry in entries().items()) + "}\n"
    if "--check" in arguments:
        current = INDEX.is_file() and INDEX.read_text(encoding="utf-8") == text
        if not current:
            sys.stderr.write("The rules have changed: run `python -m xladsl.checks._indexing`.\n")
        return not current
    INDEX.write_text(text, encoding="utf-8")
    return 0


def entries() -> dict[str, Known]:
    """What each rule says of itself, and the kinds of blocks it needs, or None if any will do."""
    found = {}
    for name, path in rule_modules().items():
        module = import_module(path)
        rule: Rule = module.RULE
        assert module.__file__ is not None
        kinds = kinds_needed(Path(module.__file__).read_text(encoding="utf-8"))
        found[name] = (rule.code, int(rule.severity), rule.profiles, rule.echoes, rule.bars_signing, kinds)
    return found


def kinds_needed(code: str) -> tuple[str, ...] | None:
    """The classes without a block of which a rule can find nothing; None where that does not show in its code."""
    functions = [part for part in ast.parse(code).body if isinstance(part, ast.FunctionDef) and part.name == "check"]
    if len(functions) != 1:
        return None
    kinds: set[str] = set()
    for statement in functions[0].body:
        if not any(isinstance(part, (ast.Yield, ast.YieldFrom, ast.Return)) for part in ast.walk(statement)):
            continue
        kind = kind_walked(statement.iter) if isinstance(statement, ast.For) else None
        if kind is None:
            return None
        kinds.add(kind)
    return tuple(sorted(kinds)) or None


def kind_walked(iterated: ast.expr) -> str | None:
    """`Sla` of `contract.every(nodes.Sla)`."""
    match iterated:
        case ast.Call(
            func=ast.Attribute(value=ast.Name(id="contract"), attr="every"),
            args=[ast.Attribute(value=ast.Name(id="nodes"), attr=kind) | ast.Name(id=kind)],
        ):
            return kind
        case ast.Call(func=ast.Name(id=called)) if called in WALKS:
            return WALKS[called]
        case ast.Call(func=ast.Attribute(value=ast.Call(func=ast.Name(id="every_proof")), attr="items")):
            return "Payment"
    return None


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
