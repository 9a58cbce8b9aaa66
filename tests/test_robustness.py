"""Whatever is put before the compiler, it answers in words: no traceback, no hanging, nothing half-written."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given, settings
from hypothesis import strategies as st

from xladsl.cli import main
from xladsl.compiler import compile_agreement
from xladsl.diagnostics import Diagnostic
from xladsl.syntax._tables import SYMBOLS, WORDS

ROOT = Path(__file__).parents[1]
AGREEMENT = (ROOT / "templates" / "init" / "agreement.xladsl").read_text(encoding="utf-8")
FORMULA = "avail_time of portal_down"
IMPORT = "import std.experience "


def xladsl(*arguments: object) -> Result:
    """Run a command in this process. Any exception but an exit is a failure."""
    result = CliRunner().invoke(main, [str(argument) for argument in arguments])
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def with_text(old: str, new: str) -> str:
    assert old in AGREEMENT
    return AGREEMENT.replace(old, new)


# -------------------------------------------------------------------------------------------------- texts and bytes

UNREADABLE = {
    "nothing": (b"", "no-agreement"),
    "blanks": (b" \n\n \n", "no-agreement"),
    "every byte": (bytes(range(256)) * 40, "unreadable-file"),
    "a zero": (with_text("Denmark", "Den\0mark").encode(), "unreadable-file"),
    "UTF-16": (AGREEMENT.encode("utf-16"), "unreadable-file"),
    "UTF-16 without a mark": (AGREEMENT.encode("utf-16-be"), "unreadable-file"),
    "Latin-1": (with_text("Denmark", "Købmagergade").encode("latin-1"), "unreadable-file"),
    "more than is read": (b"// " + b"x" * 20_000_000, "file-too-large"),
    "a carriage return alone": (AGREEMENT.replace("\n", "\r").encode(), "hidden-character"),
    "an order to a terminal": (with_text("Denmark", "\x1b[2J").encode(), "hidden-character"),
    "a turn of direction": (with_text("Denmark", "Den\u202emark").encode(), "hidden-character"),
    "a turn of direction by number": (with_text("Denmark", "Den\\u{202e}mark").encode(), "hidden-character"),
    "a turn of direction by number in a long text": (
        with_text('"Denmark"', '"""Den\\u{202e}mark"""').encode(),
        "hidden-character",
    ),
    "half a character by number": (with_text("Denmark", "\\u{d800}").encode(), "unknown-escape"),
    "a letter that looks like another": (
        with_text("fee portal_fee of", "fee port\u0430l_fee of").encode(),
        "look-alike-letter",
    ),
}

LONG = {
    "a comment of ten megabytes in one line": (AGREEMENT + "// " + "x" * 10_000_000, None),
    "a text of nine megabytes": (with_text("Denmark", "x " * 4_500_000), None),
    "a word of nine megabytes": (AGREEMENT + "x" * 9_000_000, "literal-too-long"),
    "nine million blank lines": ("\n" * 9_000_000 + "x", "unexpected-text"),
    "nine million blanks": (" " * 9_000_000 + "x", "unexpected-text"),
    "a text of a megabyte that never ends": ('"\\' * 500_000, "unclosed-text"),
    "a number of ten thousand digits": (
        with_text("population  800", f"population  {'9' * 10_000}"),
        "literal-too-long",
    ),
    "ten thousand blocks inside one another": ("party x { signatory y " * 10_000, "nested-too-deeply"),
    "ten thousand parentheses": (with_text(FORMULA, "(" * 10_000 + "1" + ")" * 10_000), "nested-too-deeply"),
    "a hundred thousand closing braces": ("}" * 100_000, "stray-brace"),
    "a sum of a hundred thousand terms": (with_text(FORMULA, " + ".join(["1"] * 100_000)), "mixed-units"),
    "a difference of a hundred thousand terms": (with_text(FORMULA, " - ".join(["1"] * 100_000)), "mixed-units"),
    "a name of a hundred thousand parts": (
        with_text("serves      ", "serves a" + ".a" * 100_000 + ", "),
        "unknown-name",
    ),
    "a list of fifty thousand names": (with_text("serves      ", "serves " + "effortless_help, " * 50_000), None),
    "fifty thousand imports": (IMPORT * 50_000, "no-agreement"),
    "a hundred thousand unknown blocks": ("frobnicate x { y z }\n" * 100_000, "unknown-word"),
    "a fault in each of a hundred thousand lines": ("@ # $ ~\n" * 100_000, "wrong-symbol"),
    "the last day that there is": (with_text("2028-12-31", "9999-12-31"), "impossible-date"),
    "the day before the first": (with_text("2027-01-01", "0000-00-00"), "impossible-date"),
    "braces by the thousand in a text": (with_text("Denmark", "{" * 50_000 + "}" * 50_000), None),
    "a zone that is a path": (with_text("Europe/Copenhagen", "Europe/Copenhagen/Etc/passwd"), "unknown-zone"),
    "a zone that is a folder": (with_text("Europe/Copenhagen", "America/Indiana"), "unknown-zone"),
}


def assert_answered(result: subprocess.CompletedProcess[str], rule: str | None) -> None:
    assert "Traceback" not in result.stderr, result.stderr[-2000:]
    assert result.returncode == (rule is not None), result.stdout[:500]
    assert rule is None or f"({rule})" in result.stdout
    assert {unicodedata.category(character) for character in result.stdout.replace("\n", "")} & {
        "Cc",
        "Cf",
        "Cs",
    } == set()


def check_in_a_process(file: Path) -> subprocess.CompletedProcess[str]:
    """A process of its own, since a stack that overflows ends it without an exception."""
    command = [sys.executable, "-m", "xladsl", "check", str(file)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=60)


@pytest.mark.parametrize(("content", "rule"), UNREADABLE.values(), ids=UNREADABLE)
def test_bytes_that_are_no_plain_text_are_told(content: bytes, rule: str, tmp_path: Path) -> None:
    file = tmp_path / "agreement.xladsl"
    file.write_bytes(content)
    assert_answered(check_in_a_process(file), rule)


@pytest.mark.parametrize(("content", "rule"), LONG.values(), ids=LONG)
def test_texts_beyond_measure_are_answered_within_a_minute(content: str, rule: str | None, tmp_path: Path) -> None:
    file = tmp_path / "agreement.xladsl"
    file.write_text(content, encoding="utf-8")
    assert_answered(check_in_a_process(file), rule)


@pytest.mark.parametrize("change", [lambda text: "\ufeff" + text, lambda text: text.replace("\n", "\r\n")])
def test_marks_and_line_ends_of_other_systems_are_read(change: object, tmp_path: Path) -> None:
    assert callable(change)
    file = tmp_path / "agreement.xladsl"
    file.write_bytes(change(AGREEMENT).encode())
    assert xladsl("check", file).exit_code == 0


# ---------------------------------------------------------------------------------------------- files and folders


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository with a file in it, and another file that is outside."""
    (tmp_path / "secret.xladsl").write_text('party outside "Outside" {}\n')
    inside = tmp_path / "repository"
    (inside / ".git").mkdir(parents=True)
    (inside / "folder.xladsl").mkdir()
    (inside / "link.xladsl").symlink_to(tmp_path / "secret.xladsl")
    (inside / "circle.xladsl").symlink_to(inside / "circle.xladsl")
    (inside / "other.xladsl").write_text('import "agreement.xladsl"\n')
    return inside


@pytest.mark.parametrize(
    ("imported", "rule"),
    [
        ("nothing.xladsl", "missing-import"),
        ("folder.xladsl", "missing-import"),
        ("circle.xladsl", "missing-import"),
        ("agreement.xladsl/x", "missing-import"),
        ("x" * 5_000, "missing-import"),
        (".", "import-escapes"),
        ("", "import-escapes"),
        ("../secret.xladsl", "import-escapes"),
        ("link.xladsl", "import-escapes"),
        ("/etc/passwd", "import-escapes"),
        ("agreement.xladsl", "import-cycle"),
        ("other.xladsl", "import-cycle"),
        ("x\\u{0}.xladsl", "hidden-character"),
        ("x\\u{d800}.xladsl", "unknown-escape"),
    ],
)
def test_an_import_that_leads_nowhere_or_outside_is_told(repository: Path, imported: str, rule: str) -> None:
    file = repository / "agreement.xladsl"
    file.write_text(with_text(IMPORT, f'import "{imported}" {IMPORT}'))
    result = xladsl("check", file)
    assert result.exit_code == 1
    assert f"({rule})" in result.output


@pytest.mark.parametrize("command", ["check", "build"])
def test_what_cannot_be_read_at_all_is_a_matter_of_usage(command: str, repository: Path) -> None:
    (repository / "empty").mkdir()
    for path, words in (
        (repository / "nothing", "There is no file or folder"),
        (repository / "empty", "There is no .xladsl file"),
        (repository / "circle.xladsl", "There is no file or folder"),
        ("x" * 5_000, "There is no file or folder"),
    ):
        result = xladsl(command, path)
        assert (result.exit_code, words in result.output) == (2, True), result.output


def test_a_file_that_vanishes_under_our_hands_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "agreement.xladsl"
    file.write_text(AGREEMENT)
    monkeypatch.setattr("xladsl.cli.check.sources_in", lambda paths: [file.unlink() or str(path) for path in paths])
    result = xladsl("check", file)
    assert result.exit_code == 2
    assert "cannot be read: no such file" in result.output


# ------------------------------------------------------------------------------------------------------- writing


@pytest.mark.parametrize("place", ["file", "file/below", "/proc/xladsl"])
def test_a_place_that_cannot_be_written_is_told(place: str, tmp_path: Path) -> None:
    (tmp_path / "agreement.xladsl").write_text(AGREEMENT)
    (tmp_path / "file").write_text("ours")
    result = xladsl("build", tmp_path / "agreement.xladsl", "-o", tmp_path / place, "--to", "json")
    assert result.exit_code == 2
    assert "cannot be written: " in result.output
    assert (tmp_path / "file").read_text() == "ours"


def test_a_folder_in_the_place_of_a_file_stays_and_nothing_else_is_left(tmp_path: Path) -> None:
    (tmp_path / "agreement.xladsl").write_text(AGREEMENT)
    output = tmp_path / "output"
    (output / "service_desk_and_portal.json").mkdir(parents=True)
    assert xladsl("build", tmp_path / "agreement.xladsl", "-o", output, "--to", "json").exit_code == 2
    assert [path.name for path in output.iterdir()] == ["service_desk_and_portal.json"]


def test_what_was_built_before_stays_whole_if_writing_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "agreement.xladsl").write_text(AGREEMENT)
    [before] = build_json(tmp_path)
    text = before.read_bytes()
    with monkeypatch.context() as patched:
        patched.setattr(os, "replace", no_space)
        (tmp_path / "agreement.xladsl").write_text(AGREEMENT.replace("0.1.0", "0.2.0"))
        assert xladsl("build", tmp_path / "agreement.xladsl", "-o", tmp_path / "out", "--to", "json").exit_code == 2
    assert [path.read_bytes() for path in (tmp_path / "out").iterdir() if path.suffix] == [text]


def build_json(folder: Path) -> list[Path]:
    assert xladsl("build", folder / "agreement.xladsl", "-o", folder / "out", "--to", "json").exit_code == 0
    return [path for path in (folder / "out").iterdir() if path.suffix]


def no_space(*_paths: object) -> None:
    raise OSError(28, "No space left on device")


def test_an_agreement_with_errors_is_not_built(tmp_path: Path) -> None:
    (tmp_path / "agreement.xladsl").write_text(with_text("portal_fee of", "portal_fees of"))
    result = xladsl("build", tmp_path / "agreement.xladsl", "-o", tmp_path / "out", "--to", "json,html,md")
    assert result.exit_code == 1
    assert not (tmp_path / "out").exists()


def test_nothing_asks_the_network(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_arguments: object, **_words: object) -> None:
        raise AssertionError("the network was asked")

    for name in ("socket", "create_connection", "getaddrinfo", "gethostbyname"):
        monkeypatch.setattr(socket, name, refuse)
    (tmp_path / "agreement.xladsl").write_text(with_text('"Denmark"', '"![x](http://127.0.0.1:9/x.png) Denmark"'))
    for arguments in (("check",), ("build", "-o", tmp_path / "out", "--to", "pdf,json,html,md")):
        assert xladsl(arguments[0], tmp_path / "agreement.xladsl", *arguments[1:]).exit_code == 0


# --------------------------------------------------------------------------------------------------------- chance

KEYWORDS = sorted({word for words in WORDS.values() for word in words})
LITERALS = [
    "portal_up",
    "x",
    '"Title"',
    "1",
    "99.9",
    "%",
    "EUR 1,000.00",
    "2027-01-01",
    "18:30",
    "1.0.0",
    "DK",
    '"""a"""',
]
TOKENS = st.sampled_from([*KEYWORDS, *SYMBOLS, *LITERALS, "\n", "// x\n", "“", "№", "\x07"])
PIECES = [line for line in AGREEMENT.split("\n") if line.strip()]


def findings(text: str, folder: Path) -> list[Diagnostic]:
    file = folder / "agreement.xladsl"
    return compile_agreement(
        str(file), overlay=lambda path: text if path == os.path.realpath(file) else None
    ).diagnostics


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("chance")


@settings(max_examples=200, deadline=None)
@given(content=st.binary(max_size=400))
def test_any_bytes_are_answered(folder: Path, content: bytes) -> None:
    (folder / "bytes.xladsl").write_bytes(content)
    assert compile_agreement(str(folder / "bytes.xladsl")).diagnostics


@settings(max_examples=300, deadline=None)
@given(words=st.lists(TOKENS, max_size=60))
def test_any_words_of_the_language_are_answered(folder: Path, words: list[str]) -> None:
    assert findings(" ".join(words), folder)


@settings(max_examples=300, deadline=None)
@given(data=st.data())
def test_an_agreement_with_lines_lost_doubled_and_changed_is_answered(folder: Path, data: st.DataObject) -> None:
    lines = list(PIECES)
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, len(lines) - 1))
        words = lines[at].split(" ")
        lines[at : at + 1] = data.draw(
            st.sampled_from([[], lines[at : at + 1] * 2, [*lines[at : at + 1], data.draw(st.sampled_from(PIECES))]])
            | TOKENS.map(
                lambda token, words=words: [" ".join([*words[: len(words) // 2], token, *words[len(words) // 2 :]])]
            )
            | TOKENS.map(lambda token, words=words: [" ".join([*words[:-1], token])])
        )
    for found in findings("\n".join(lines), folder):
        assert 0 <= found.span.start <= found.span.end <= len(found.span.source.text)
