"""`xladsl check --fix`: the transcripts of `fix.md`, and the files that it must leave as they are."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.cli.test_cli import FENCED, replayed, xladsl
from xladsl.compiler import compile_agreement
from xladsl.source import Source
from xladsl.syntax._tables import WORDS
from xladsl.syntax.lexer import tokenize

if TYPE_CHECKING:
    from collections.abc import Callable

TRANSCRIPTS = Path(__file__).with_name("fix.md")
AGREED = Path(__file__).parents[2] / "agreements" / "published" / "slack.xladsl"
BROKEN = sorted((Path(__file__).parents[1] / "broken").glob("*.xladsl"))

HOSTING = """\
agreement web_hosting “Web hosting” {
  version  1.0.0
  between  provider havn and customer brod
  term     2026-01-01 to 2026-12-31
  timezone Europe/Copenhagen
}
"""
PARTIES = 'party havn ‘Havn Hosting ApS’ { }\nparty brod "Brød & Dage A/S" { }\n'


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    repository = tmp_path / "repository"
    (repository / ".git").mkdir(parents=True)
    monkeypatch.chdir(repository)
    (repository / "hosting.xladsl").write_text(f'import "parties.xladsl"\n{HOSTING}', encoding="utf-8")
    (repository / "parties.xladsl").write_text(PARTIES, encoding="utf-8")
    return repository


def test_fixes_are_those_of_the_transcripts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, same_as_golden: Callable[[Path, str], None]
) -> None:
    monkeypatch.chdir(tmp_path)
    same_as_golden(TRANSCRIPTS, FENCED.sub(replayed, TRANSCRIPTS.read_text(encoding="utf-8")))
    texts = {name: text for words, text in FENCED.findall(TRANSCRIPTS.read_text("utf-8")) for name in words.split()[1:]}
    for name, text in texts.items():
        if name.startswith("mended/"):
            assert (tmp_path / name.removeprefix("mended/")).read_text(encoding="utf-8") == text


@pytest.mark.parametrize("path", BROKEN, ids=lambda path: path.stem)
def test_a_second_time_there_is_nothing_left_to_change(path: Path, tmp_path: Path) -> None:
    file = tmp_path / "broken.xladsl"
    file.write_bytes(path.read_bytes())
    xladsl("check", "--fix", str(file))
    mended = file.read_bytes()
    assert "nothing to change\n" in xladsl("check", "--fix", str(file)).output
    assert file.read_bytes() == mended


@pytest.mark.parametrize("seed", range(8))
def test_a_slip_is_mended_to_what_was_agreed_or_left_to_people(seed: int, tmp_path: Path) -> None:
    """A word with two letters swapped or one gone, a word or a brace that is missing: never another agreement."""
    text, file = AGREED.read_text(encoding="utf-8"), tmp_path / "agreed.xladsl"
    file.write_text(text, encoding="utf-8")
    agreed = compile_agreement(str(file)).contract
    tokens = [token for token in tokenize(Source("", text))[0] if token.text in WORDS["NAME"] or token.text in "{}"]
    chance = random.Random(seed)
    for token in chance.sample(tokens, 12):
        slipped = text[: token.start] + slip(token.text, chance) + text[token.end :]
        file.write_text(slipped, encoding="utf-8")
        xladsl("check", "--fix", str(file))
        mended = compile_agreement(str(file)).contract
        if mended is not None and file.read_text(encoding="utf-8") != slipped:
            assert agreed is not None
            assert mended.blocks == agreed.blocks, token


def slip(word: str, chance: random.Random) -> str:
    at = chance.randrange(len(word))
    swapped = word[:at] + word[at : at + 2][::-1] + word[at + 2 :]
    return chance.choice([swapped, word[:at] + word[at + 1 :], ""])


def test_what_is_imported_is_mended_once_for_all_who_import_it(folder: Path) -> None:
    other = HOSTING.replace("web_hosting", "desk").replace("“Web hosting”", '"Service desk"')
    (folder / "desk.xladsl").write_text(f'import "parties.xladsl"\n{other}', encoding="utf-8")
    result = xladsl("check", "--fix", ".")
    assert (result.exit_code, result.stdout.splitlines()[2]) == (0, "2 changes in 2 files")
    assert (folder / "parties.xladsl").read_text(encoding="utf-8") == PARTIES.replace("‘", '"').replace("’", '"')


def test_nothing_outside_of_the_repository_is_written(folder: Path) -> None:
    outside = folder.parent / "parties.xladsl"
    (folder / "parties.xladsl").rename(outside)
    (folder / "parties.xladsl").symlink_to(outside)
    xladsl("check", "--fix", "hosting.xladsl")
    assert outside.read_text(encoding="utf-8") == PARTIES


def test_line_ends_a_byte_order_mark_and_who_may_read_it_stay(folder: Path) -> None:
    file = folder / "parties.xladsl"
    unclosed = 'party havn "Havn Hosting ApS" {\n  address "Aarhus"\nparty brod "Brød" {\n}\n'
    file.write_bytes(b"\xef\xbb\xbf" + unclosed.replace("\n", "\r\n").encode())
    file.chmod(0o600)
    assert xladsl("check", "--fix", "hosting.xladsl").exit_code == 0
    closed = unclosed.replace('"Aarhus"\n', '"Aarhus"\n}\n')
    assert file.read_bytes() == b"\xef\xbb\xbf" + closed.replace("\n", "\r\n").encode()
    assert file.stat().st_mode & 0o777 == 0o600


def test_machines_read_what_was_changed(folder: Path) -> None:
    document = json.loads(xladsl("check", "--fix", "--format", "json", "hosting.xladsl").output)
    assert document["findings"] == []
    fixed = [(each["place"]["file"], each["rule"], each["fix"]["safe"]) for each in document["fixed"]]
    assert sorted(fixed) == [
        ("hosting.xladsl", "typographic-quotes", True),
        ("parties.xladsl", "typographic-quotes", True),
    ]


def test_without_fix_nothing_is_written(folder: Path) -> None:
    xladsl("check", ".")
    assert (folder / "parties.xladsl").read_text(encoding="utf-8") == PARTIES
