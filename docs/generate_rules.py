"""Writes docs/rules.md from the documentation of the rules, with what the compiler says of each example.

python docs/generate_rules.py            write it
python docs/generate_rules.py --check    exit with 1 if it is not what would be written
"""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from tests.rule_examples import FENCE, documentation, examples_of, findings  # noqa: E402  # found through the line above
from xladsl.diagnostics import rule_modules, rule_named  # noqa: E402
from xladsl.reports.text import finding  # noqa: E402

REFERENCE = ROOT / "docs" / "rules.md"
INTRODUCTION = """# Rules

What the compiler finds in an agreement, and why it matters to the parties. `xladsl explain tier-gap` or
`xladsl explain XL310` shows one of them. An error stops a build. A warning is for the review; the parties may accept it
with a waiver, which is printed in the contract:

```xladsl
waive owner-unsaid on portal_up until 2026-12-31 because "The owner is named with the new desk in summer."
```

Each rule shows a wrong example, what the compiler says of it, and a right one. The examples are fragments: parties,
sources and promises that they do not define themselves are taken as given.
"""
PARTS = {
    "xladsl.syntax.rules": "About the text",
    "xladsl.model.rules": "About blocks, names and imports",
    "xladsl.checks": "About the agreement",
}


def main() -> None:
    written = reference()
    if "--check" not in sys.argv[1:]:
        REFERENCE.write_text(written, encoding="utf-8")
    elif not REFERENCE.exists() or REFERENCE.read_text(encoding="utf-8") != written:
        sys.exit("docs/rules.md is not current. Run:  python docs/generate_rules.py")


def reference() -> str:
    """The whole reference: an overview, then each rule, by its code."""
    parts: dict[str, list[str]] = {package: [] for package in PARTS}
    for rule in sorted(rule_modules(), key=lambda name: rule_named(name).code):
        parts[rule_modules()[rule].rpartition(".")[0]].append(rule)
    lines = [INTRODUCTION]
    for package, rules in parts.items():
        lines += [f"## {PARTS[package]}\n", "| code | rule | severity | finds |\n|---|---|---|---|"]
        lines += [row(rule) for rule in rules]
        lines += ["", *(section(rule) for rule in rules)]
    return "\n".join(lines).rstrip() + "\n"


def row(rule: str) -> str:
    code, severity = rule_named(rule)
    finds = documentation(rule).partition("\n")[0].rstrip(".")
    return f"| {code} | [{rule}](#{code.lower()}-{rule}) | {severity} | {finds[0].lower()}{finds[1:]} |"


def section(rule: str) -> str:
    """A rule's documentation, with what the compiler says under its wrong example."""
    text = documentation(rule).strip()
    example = FENCE.search(text)
    spoken = said_of(rule)
    if example is not None and spoken:
        text = f"{text[: example.end()]}\n\n```text\n{spoken}\n```{text[example.end() :]}"
    return f"### {rule_named(rule).code} {rule}\n\n{text}\n"


def said_of(rule: str) -> str:
    """What the rule says of its own wrong example, as people see it."""
    with TemporaryDirectory() as folder:
        wrong = next((example for example in examples_of(rule) if example.wrong), None)
        found = findings(wrong, Path(folder)).inside if wrong else []
        shown = "\n\n".join(finding(each) for each in found if each.rule == rule)
        return shown.replace(f"{Path(folder).as_posix()}/", "")


if __name__ == "__main__":
    main()
