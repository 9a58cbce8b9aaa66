"""What the commands print and how they exit: the transcripts of `commands.md`, and what machines and shells rely on."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner, Result

from xladsl.cli import COMMANDS, main
from xladsl.diagnostics import rule_modules, rule_named

if TYPE_CHECKING:
    from collections.abc import Callable

TRANSCRIPTS = Path(__file__).with_name("commands.md")
FENCED = re.compile(r"^```(?P<words>.+)\n(?P<text>(?s:.*?))^```$", re.MULTILINE)


def xladsl(*arguments: str) -> Result:
    return CliRunner().invoke(main, arguments, catch_exceptions=False, prog_name="xladsl")


def test_commands_say_what_the_transcripts_show(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, same_as_golden: Callable[[Path, str], None]
) -> None:
    monkeypatch.chdir(tmp_path)
    same_as_golden(TRANSCRIPTS, FENCED.sub(replayed, TRANSCRIPTS.read_text(encoding="utf-8")))


def replayed(fenced: re.Match[str]) -> str:
    """The fenced text with what its command says now; or as it is, written to the file that its fence names."""
    words, text = fenced["words"], fenced["text"]
    if words != "console":
        file = Path(words.split()[1])
        file.parent.mkdir(exist_ok=True)
        file.write_text(text, encoding="utf-8")
        return fenced[0]
    command = text.splitlines()[0]
    result = xladsl(*shlex.split(command.removeprefix("$ xladsl")))
    said = [re.sub(r"[\d,]+ bytes", "… bytes", line.rstrip()) for line in result.output.splitlines()]
    lines = [command, *said, *([f"[exit {int(result.exit_code)}]"] if result.exit_code else [])]
    return "\n".join([f"```{words}", *lines, "```"])


@pytest.fixture
def faulty(tmp_path: Path) -> Path:
    file = tmp_path / "faulty.xladsl"
    file.write_text('role lead "Lead" of nobody { held by "Ida Berg" }\n', encoding="utf-8")
    return file


def test_findings_for_machines_are_one_document(faulty: Path) -> None:
    result = xladsl("check", "--format", "json", str(faulty))
    assert result.exit_code == 1
    [unknown] = [found for found in json.loads(result.stdout)["findings"] if found["rule"] == "unknown-name"]
    assert (unknown["code"], unknown["severity"]) == ("XL210", "error")
    assert (unknown["place"]["line"], unknown["place"]["column"]) == (1, 21)
    assert unknown["place"]["file"] == str(faulty)
    assert {"title", "here", "why", "remedy", "labels", "fix"} <= unknown.keys()


def test_no_findings_for_machines_are_an_empty_list(tmp_path: Path) -> None:
    xladsl("init", str(tmp_path / "ours"))
    result = xladsl("check", "--format", "json", str(tmp_path / "ours"))
    assert (result.exit_code, json.loads(result.stdout)["findings"]) == (0, [])


def test_colours_are_for_terminals_alone(faulty: Path) -> None:
    pty = pytest.importorskip("pty")
    command = [sys.executable, "-m", "xladsl", "check", str(faulty)]
    piped = subprocess.run(command, capture_output=True, check=False)
    assert b"\x1b" not in piped.stdout + piped.stderr
    ours, theirs = pty.openpty()
    subprocess.run(command, stdout=theirs, stderr=subprocess.DEVNULL, check=False)
    os.close(theirs)
    shown = os.read(ours, 100_000)
    os.close(ours)
    assert b"\x1b[" in shown


def test_the_output_goes_to_people_and_the_verdict_beside_it(faulty: Path) -> None:
    """Findings can be piped, and the last line is still seen."""
    finished = xladsl("check", str(faulty))
    assert "(unknown-name)" in finished.stdout
    assert re.search(r"^\d+ errors? in 1 file", finished.stderr, re.MULTILINE)


@pytest.mark.parametrize("name", sorted(rule_modules()))
def test_each_rule_is_explained_by_its_name_and_by_its_code(name: str) -> None:
    by_name, by_code = xladsl("explain", name), xladsl("explain", rule_named(name).code.lower())
    assert by_name.exit_code == 0
    assert by_name.output == by_code.output
    assert by_name.output.startswith(f"{rule_named(name).code} {name} ")


def test_all_rules_are_listed() -> None:
    assert [line.split()[-1] for line in sorted(xladsl("explain").output.splitlines())] == sorted(
        rule_modules(), key=lambda name: rule_named(name).code
    )


def test_the_schema_is_a_schema() -> None:
    jsonschema = pytest.importorskip("jsonschema")
    jsonschema.Draft202012Validator.check_schema(json.loads(xladsl("schema").output))


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_shells_are_given_their_completion(shell: str) -> None:
    result = xladsl("completion", shell)
    assert result.exit_code == 0
    assert "_XLADSL_COMPLETE" in result.output


@pytest.mark.parametrize("name", COMMANDS)
def test_each_command_helps_with_an_example_that_names_it(name: str) -> None:
    result = xladsl(name, "--help")
    assert result.exit_code == 0
    assert re.search(rf"xladsl {name}\b", result.output.partition("Example:")[2])


def test_the_module_is_the_command() -> None:
    ran = subprocess.run([sys.executable, "-m", "xladsl", "--version"], capture_output=True, text=True, check=True)
    assert ran.stdout == xladsl("--version").output
