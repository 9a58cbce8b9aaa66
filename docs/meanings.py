"""Take what each clause means from the manual into the package: `python docs/meanings.py`, or `--check`.

The manual says it once, in its tables; the schema of the monitoring specification and the editor repeat it from here.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

from xladsl import resources
from xladsl.model.build import CLASS_OF_RULE, CLASSES
from xladsl.model.node import Node

MANUAL = Path(__file__).with_name("language.md")
WRITTEN = Path(resources.catalogue()).parent / "model" / "_meanings.py"
FAMILIES = {
    "block": "Block",
    "source": "Source",
    "measurement": "Measuring",
    "promise": "Promise",
    "payment": "Payment",
}
HEADING = re.compile(r"^### (?:`([a-z ]+)`.*|What every ([a-z]+) may say)$", re.MULTILINE)
ROW = re.compile(r"^\| `([^`]+)`[^|]* \| ([^|]+?) \| [^|]*(?:once|number|least|times)[^|]*\|$", re.MULTILINE)
LEADING = re.compile(r'^([a-z_]+):((?: "[a-z]+")+)', re.MULTILINE)
LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")


def main(arguments: list[str]) -> int:
    """Write the meanings, or with `--check` compare only. Returns 1 where they are not current."""
    text = rendered(meanings(MANUAL.read_text(encoding="utf-8"), leading_words()))
    if "--check" in arguments:
        current = WRITTEN.is_file() and WRITTEN.read_text(encoding="utf-8") == text
        if not current:
            sys.stderr.write("The manual's tables have changed: run `python docs/meanings.py`.\n")
        return not current
    WRITTEN.write_text(text, encoding="utf-8")
    return 0


def leading_words() -> list[tuple[str, str]]:
    """The words a rule of the grammar starts with, and the rule."""
    grammar = (resources.grammar() / "xladsl.lark").read_text(encoding="utf-8")
    return [(found[2].replace('"', "").strip(), found[1]) for found in LEADING.finditer(grammar)]


def meanings(manual: str, leading: list[tuple[str, str]]) -> dict[str, str]:
    """`Agreement.version` and what the manual says of it, for every row of its tables of clauses."""
    found: dict[str, str] = {}
    headings = list(HEADING.finditer(manual))
    for position, heading in enumerate(headings):
        end = headings[position + 1].start() if position + 1 < len(headings) else len(manual)
        owner = owner_of(heading, leading)
        if owner is None:
            continue
        for row in ROW.finditer(manual, heading.end(), end):
            field = field_said(owner, row[1], leading)
            if field:
                found.setdefault(f"{owner.__name__}.{field}", plain(row[2]))
    return dict(sorted(found.items()))


def owner_of(heading: re.Match[str], leading: list[tuple[str, str]]) -> type[Node] | None:
    if heading[2]:
        return CLASSES.get(FAMILIES.get(heading[2], ""))
    return next((CLASS_OF_RULE[rule] for words, rule in leading if words == heading[1] and rule in CLASS_OF_RULE), None)


def field_said(owner: type[Node], clause: str, leading: list[tuple[str, str]]) -> str | None:
    """The field that a clause fills: of those that start with the same words, the one with the most words."""
    fitting = [
        (len(words), "__" in rule, rule.rpartition("__")[2])
        for words, rule in leading
        if f"{clause} ".startswith(f"{words} ") and rule.rpartition("__")[2] in owner.fields
    ]
    return max(fitting)[2] if fitting else None


def plain(words: str) -> str:
    """A cell of the table as a sentence without markup."""
    said = LINK.sub(r"\1", words).strip()
    return f"{said[0].upper()}{said[1:]}" + ("" if said.endswith((".", "`")) else ".")


def rendered(found: dict[str, str]) -> str:
    rows = "\n".join(f"    {key!r}: {words!r}," for key, words in found.items())
    return (
        '"""What each field means, taken from the tables of docs/language.md. Written by docs/meanings.py."""\n\n'
        "# ruff: noqa: E501  # a sentence stays on its line\n# fmt: off\n\n"
        f"MEANINGS = {{\n{rows}\n}}\n"
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
