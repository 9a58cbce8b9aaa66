"""Texts as tests: what the compiler is to find stands in the text itself, beside the line it is about.

    kpi eas            // error: unknown-name "did you mean `ease`"

The comment names the severity and the rule of a finding that begins on its line; words in quotation marks must occur
in what the finding says. Several on one line stand one after another, each after its own `//`. All that is expected
must be found, and nothing else may be.

A text may be a fragment: `with_prelude` completes it by the parties, sources and promises of `language/prelude.xladsl`,
less those that the fragment defines itself.
"""

from __future__ import annotations

import re
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from xladsl.compiler import compile_agreement
from xladsl.diagnostics import Diagnostic, Severity

PRELUDE = Path(__file__).parent / "language" / "prelude.xladsl"
FENCE = re.compile(r"^```(?P<language>\w*) *(?P<words>.*)$")
EXPECTATION = re.compile(r'// *(?P<severity>error|warning|info): *(?P<rule>[a-z][a-z-]*)(?: +"(?P<words>[^"]*)")?')
HEAD_OF_BLOCK = re.compile(r'^(?P<kind>[a-z]+)[a-z ]*? (?P<name>[a-z][a-z0-9_]*) *(?="|\{|of |$)', re.MULTILINE)


class Fenced(NamedTuple):
    """A text between fences in a document: under which heading and from which line, and the words of its fence."""

    heading: str
    line: int
    language: str
    words: str
    text: str


class Finding(NamedTuple):
    """What was found or is expected, and where. The words of an expectation occur in those of the finding."""

    file: str
    line: int
    severity: str
    rule: str
    words: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line} {self.severity}: {self.rule} {self.words!r}"

    def meets(self, expected: Finding) -> bool:
        return self[:4] == expected[:4] and expected.words in self.words


def fenced(document: Path) -> list[Fenced]:
    """All texts between fences in a Markdown document, in order."""
    found: list[Fenced] = []
    heading, opened = "", None
    for number, line in enumerate(document.read_text(encoding="utf-8").splitlines(), start=1):
        fence = FENCE.match(line)
        if opened is not None:
            if fence:
                found.append(opened)
                opened = None
            else:
                opened = opened._replace(text=f"{opened.text}{line}\n")
        elif fence:
            opened = Fenced(heading, number + 1, fence["language"], fence["words"].strip(), "")
        elif line.startswith("#"):
            heading = line.lstrip("# ")
    assert opened is None, f"{document.name}: the fence before line {opened.line} is never closed"
    return found


def with_prelude(fragment: str) -> dict[str, str]:
    """The files of an agreement that has the fragment in it; the fragment keeps its line numbers."""
    heads = list(HEAD_OF_BLOCK.finditer(fragment))
    defined = {head["name"] for head in heads}
    kinds = {head["kind"] for head in heads}
    return {
        "main.xladsl": 'import "prelude.xladsl"\nimport "fragment.xladsl"\n',
        "prelude.xladsl": "\n\n".join(block for block in prelude_blocks() if not replaced(block, defined, kinds)),
        "fragment.xladsl": fragment,
    }


def prelude_blocks() -> list[str]:
    return re.split(r"\n\n(?=\S)", PRELUDE.read_text(encoding="utf-8"))


def replaced(block: str, defined: set[str], kinds: set[str]) -> bool:
    """Whether a fragment stands in for a block of the prelude: by its name, or because there is one agreement only."""
    head = HEAD_OF_BLOCK.search(block)
    return head is not None and (head["name"] in defined or head["kind"] == "agreement" in kinds)


def differences(files: dict[str, str], at_least: Severity = Severity.INFO) -> list[str]:
    """Compile the first of some files, and say what was expected and not found, or found and not expected.

    What weighs less than `at_least` counts only if it is expected; what is found in the prelude, only if it is an
    error. Nothing is said when all is as the texts have it.
    """
    expected = [expectation for name, text in files.items() for expectation in expectations(name, text)]
    missing, surprising = list(expected), []
    for severity, found in findings(files):
        met = next((expectation for expectation in missing if found.meets(expectation)), None)
        if met is not None:
            missing.remove(met)
        elif severity >= (Severity.ERROR if found.file == PRELUDE.name else at_least):
            surprising.append(found)
    return [f"not found: {finding}" for finding in missing] + [f"not expected: {finding}" for finding in surprising]


def expectations(file: str, text: str) -> list[Finding]:
    return [
        Finding(file, number, comment["severity"], comment["rule"], comment["words"] or "")
        for number, line in enumerate(text.splitlines(), start=1)
        for comment in EXPECTATION.finditer(line)
    ]


def findings(files: dict[str, str]) -> list[tuple[Severity, Finding]]:
    """What the compiler finds in some files when it is asked for the first of them."""
    with TemporaryDirectory() as folder:
        root = Path(folder, "agreement").resolve()
        for name, text in files.items():
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            (root / name).write_text(text, encoding="utf-8")
        compiled = compile_agreement(str(root / next(iter(files))))
        return [(found.severity, plain(found, root)) for found in compiled.diagnostics]


def plain(found: Diagnostic, root: Path) -> Finding:
    line, _ = found.span.source.position(found.span.start)
    said = [found.title, found.here, found.why, found.remedy, *(label.text for label in found.labels)]
    file = found.span.source.name.removeprefix(f"{root.as_posix()}/")
    return Finding(file, line, str(found.severity), found.rule, "\n".join(filter(None, said)))
