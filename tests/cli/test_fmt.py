"""`xladsl fmt` as people and hooks use it: what it writes, what it names, and how it exits."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from xladsl.cli import main

UNTIDY = 'site aarhus "Århus" { of   brod  users 410 }\n'
TIDY = 'site aarhus "Århus" {\n  of          brod\n  users       410\n}\n'
WRONG = 'site aarhus "Århus" { off   brod }\n'


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "tidy.xladsl").write_text(TIDY, encoding="utf-8")
    (tmp_path / "untidy.xladsl").write_text(UNTIDY, encoding="utf-8")
    return tmp_path


def xladsl(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["fmt", *arguments], catch_exceptions=False)


def test_it_rewrites_what_is_not_tidy_and_names_it(folder: Path) -> None:
    unchanged = (folder / "tidy.xladsl").stat()
    result = xladsl(".")
    assert (result.exit_code, result.stdout, result.stderr) == (0, "untidy.xladsl\n", "1 of 2 files tidied\n")
    assert (folder / "untidy.xladsl").read_text(encoding="utf-8") == TIDY
    assert (folder / "tidy.xladsl").stat() == unchanged


def test_once_tidy_there_is_nothing_to_do(folder: Path) -> None:
    xladsl(".")
    result = xladsl(".")
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", "nothing to tidy in 2 files\n")


def test_check_writes_nothing_and_exits_with_1(folder: Path) -> None:
    result = xladsl("--check", ".")
    assert (result.exit_code, result.stdout, result.stderr) == (1, "untidy.xladsl\n", "1 of 2 files would change\n")
    assert (folder / "untidy.xladsl").read_text(encoding="utf-8") == UNTIDY
    assert xladsl("--check", "tidy.xladsl").exit_code == 0


def test_diff_shows_the_change_and_writes_nothing(folder: Path) -> None:
    result = xladsl("--diff", "untidy.xladsl")
    assert result.exit_code == 0
    added = "".join(f"+{line}\n" for line in TIDY.splitlines())
    assert result.stdout == f"--- untidy.xladsl\n+++ untidy.xladsl\n@@ -1 +1,4 @@\n-{UNTIDY}{added}"
    assert (folder / "untidy.xladsl").read_text(encoding="utf-8") == UNTIDY
    assert xladsl("--diff", "--check", "untidy.xladsl").exit_code == 1


def test_a_diff_says_that_the_last_line_had_no_end(folder: Path) -> None:
    (folder / "untidy.xladsl").write_text(UNTIDY.rstrip("\n"), encoding="utf-8")
    assert "410 }\n\\ No newline at end of file\n+site" in xladsl("--diff", "untidy.xladsl").stdout


def test_a_file_with_mistakes_is_left_alone_and_the_others_are_not(folder: Path) -> None:
    (folder / "wrong.xladsl").write_text(WRONG, encoding="utf-8")
    result = xladsl(".")
    assert result.exit_code == 1
    assert "wrong.xladsl:1:23" in result.stdout
    assert (folder / "wrong.xladsl").read_text(encoding="utf-8") == WRONG
    assert (folder / "untidy.xladsl").read_text(encoding="utf-8") == TIDY


def test_a_file_that_is_no_text_is_left_alone(folder: Path) -> None:
    (folder / "latin.xladsl").write_bytes(UNTIDY.encode("latin-1"))
    result = xladsl("latin.xladsl")
    assert result.exit_code == 1
    assert "is not UTF-8" in result.stdout
    assert (folder / "latin.xladsl").read_bytes() == UNTIDY.encode("latin-1")


@pytest.mark.parametrize("ending", [b"\r\n", b"\n"])
def test_lines_end_as_on_unix_and_the_byte_order_mark_goes(folder: Path, ending: bytes) -> None:
    (folder / "windows.xladsl").write_bytes(b"\xef\xbb\xbf" + TIDY.encode().replace(b"\n", ending))
    assert xladsl("--check", "windows.xladsl").exit_code == 1
    assert xladsl("windows.xladsl").exit_code == 0
    assert (folder / "windows.xladsl").read_bytes() == TIDY.encode()


def test_a_link_stays_a_link_to_the_file_that_is_tidied(folder: Path) -> None:
    (folder / "linked.xladsl").symlink_to("untidy.xladsl")
    assert xladsl("linked.xladsl").exit_code == 0
    assert (folder / "linked.xladsl").is_symlink()
    assert (folder / "untidy.xladsl").read_text(encoding="utf-8") == TIDY


def test_who_may_read_a_file_stays(folder: Path) -> None:
    (folder / "untidy.xladsl").chmod(0o600)
    assert xladsl("untidy.xladsl").exit_code == 0
    assert (folder / "untidy.xladsl").stat().st_mode & 0o777 == 0o600


def test_what_is_not_there_is_a_mistake_in_the_command(folder: Path) -> None:
    result = xladsl("nowhere.xladsl")
    assert result.exit_code == 2
    assert "There is no file or folder called nowhere.xladsl." in result.stderr


def test_the_help_says_how_lines_end() -> None:
    assert "lines end as on Unix" in " ".join(xladsl("--help").stdout.split())
