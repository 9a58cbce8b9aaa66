"""Writes docs/rules.md and docs/rules/ from the documentation of the rules, with what the compiler says of it.

python docs/generate_rules.py            write them
python docs/generate_rules.py --check    exit with 1 if they are not what would be written
"""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from docs.conditions import KINDS, Condition, conditions  # noqa: E402  # found through the line above
from tests.rule_examples import FENCE, Example, documentation, findings  # noqa: E402  # as above
from xladsl.diagnostics import Diagnostic, rule_modules, rule_named  # noqa: E402  # as above
from xladsl.profiles import STAGES, STANDARDS  # noqa: E402  # as above
from xladsl.reports.text import finding  # noqa: E402  # as above

REFERENCE = ROOT / "docs" / "rules.md"
GALLERY = ROOT / "docs" / "rules"
INTRODUCTION = """# Rules

What the compiler finds in an agreement, and why it matters to the parties. `xladsl explain tier-gap` or
`xladsl explain XL310` shows one of the rules. Each has a page with a wrong example, what the compiler says of it, and a
right one. The examples are fragments: parties, sources and promises that they do not define themselves are taken as
given.

## How strictly

An error stops a build. A warning is for the review. An info is worth knowing and stops nothing. How strictly an
agreement is read depends on how far it has come:

{stages}

`xladsl build` reads an agreement as `final` if its own status is `final` or `executed`, and as `review` otherwise.
Standards ask for more. They are named besides, as in `xladsl check --profile review --profile iso20000`:

{standards}

The parties may accept a warning with a waiver, which is printed in the contract. An error cannot be waived.

```xladsl
waive owner-unsaid on portal_up until 2026-12-31 because "The owner is named with the new desk in summer."
```

`xladsl check --fix` makes the changes that are safe: those with one right form, by which nobody's promise can become
another, such as a misspelt keyword, a brace that is missing, or curled quotes. It never touches a name, a number or a
date, writes only inside of the agreement's repository, says what it did, and checks again.
"""
PARTS = {
    "xladsl.syntax.rules": "About the text",
    "xladsl.model.rules": "About blocks, names and imports",
    "xladsl.checks": "About the agreement",
}
CONDITIONS = """## Which rule implements which condition

A promise that can be measured, decided, reached and paid meets many conditions. Here they are, and the rules that find
where one does not hold.
"""


def main() -> None:
    written = {REFERENCE: index(), **{GALLERY / f"{rule}.md": page(rule) for rule in rule_modules()}}
    surplus = set(GALLERY.glob("*.md")) - set(written)
    stale = [path for path, text in written.items() if not path.exists() or path.read_text(encoding="utf-8") != text]
    if "--check" in sys.argv[1:]:
        if stale or surplus:
            names = ", ".join(sorted(path.relative_to(ROOT).as_posix() for path in [*stale, *surplus]))
            sys.exit(f"Not current: {names}. Run:  python docs/generate_rules.py")
        return
    GALLERY.mkdir(exist_ok=True)
    for path in stale:
        path.write_text(written[path], encoding="utf-8")
    for path in surplus:
        path.unlink()


# ------------------------------------------------------------------------------------------------------------- index


def index() -> str:
    """How strictly is checked, every rule with its page, and every condition with its rules."""
    parts: dict[str, list[str]] = {package: [] for package in PARTS}
    for rule in sorted(rule_modules(), key=lambda name: rule_named(name).code):
        parts[rule_modules()[rule].rpartition(".")[0]].append(rule)
    lines = [INTRODUCTION.format(stages=table("stage", STAGES), standards=table("standard", STANDARDS))]
    for package, rules in parts.items():
        lines += [f"## {PARTS[package]}\n", "| code | rule | severity | finds |\n|---|---|---|---|"]
        lines += [*map(row, rules), ""]
    lines.append(CONDITIONS)
    for kind, heading in KINDS.items():
        about = "what must hold" if kind == "measurability" else "what goes wrong"
        lines += [f"### {heading}\n", f"| {kind} | {about} | rules |\n|---|---|---|"]
        lines += [*(answer(condition) for condition in conditions() if condition.kind == kind), ""]
    return "\n".join(lines).rstrip() + "\n"


def table(heading: str, rows: dict[str, str]) -> str:
    return "\n".join([f"| {heading} | |", "|---|---|", *(f"| `{name}` | {words} |" for name, words in rows.items())])


def row(rule: str) -> str:
    finds = documentation(rule).partition("\n")[0].rstrip(".")
    return f"| {rule_named(rule).code} | {link(rule)} | {weight(rule)} | {finds[0].lower()}{finds[1:]} |"


def link(rule: str) -> str:
    return f"[{rule}](rules/{rule}.md)"


def weight(rule: str) -> str:
    """`warning`, or `error in iso20000` for a rule that runs there alone."""
    known = rule_named(rule)
    return f"{known.severity} in {', '.join(known.profiles)}" if known.profiles else str(known.severity)


def answer(condition: Condition) -> str:
    rules = ", ".join(link(rule) for rule in condition.rules)
    return f"| {condition.name} | {condition.words} | {rules or f'none: {condition.reason}'} |"


# ------------------------------------------------------------------------------------------------------ page of a rule


def page(rule: str) -> str:
    """A rule's documentation, with what the compiler says under each wrong example."""
    text = documentation(rule).strip()
    for example in reversed(list(FENCE.finditer(text))):
        words, fragment = example.groups()
        said = said_of(Example(rule, "wrong" in words, "alone" in words, fragment)) if "wrong" in words else ""
        text = text[: example.end()] + said + text[example.end() :]
    return f"# {rule_named(rule).code} {rule}\n\nSeverity: {weight(rule)}. [All rules](../rules.md)\n\n{text}\n"


def said_of(example: Example) -> str:
    """What the rule says of its own wrong example, as people see it, and what is offered to mend it."""
    with TemporaryDirectory() as folder:
        own = [found for found in findings(example, Path(folder)).inside if found.rule == example.rule]
        shown = "\n\n".join(map(finding, own)).replace(f"{Path(folder).as_posix()}/", "")
    return f"\n\n```text\n{shown}\n```{offered(own)}" if own else ""


def offered(own: list[Diagnostic]) -> str:
    fixes = [found.fix for found in own if found.fix is not None]
    if not fixes:
        return ""
    title = f"{fixes[0].title[0].lower()}{fixes[0].title[1:]}"
    if fixes[0].safe:
        return f"\n\nThe mend, which `xladsl check --fix` makes: {title}."
    return f"\n\nThe mend that an editor offers: {title}."


if __name__ == "__main__":
    main()
