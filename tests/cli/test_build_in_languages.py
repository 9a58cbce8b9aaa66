"""`build --language`: what is made, in which files, and what is said where it cannot be."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.outputs.test_languages import MAIL
from xladsl.cli import main


@pytest.fixture
def mail(tmp_path: Path) -> Path:
    file = tmp_path / "mail.xladsl"
    file.write_text(MAIL, encoding="utf-8")
    return file


def build(file: Path, *options: str) -> Result:
    return CliRunner().invoke(main, ["build", str(file), "-o", str(file.parent / "out"), "--to", "html,json", *options])


def made(file: Path) -> set[str]:
    folder = file.parent / "out"
    return {each.name for each in folder.iterdir() if not each.name.startswith(".")} if folder.is_dir() else set()


def test_each_language_has_a_file_and_one_specification_serves_all(mail: Path) -> None:
    for options in ((), ("--language", "fa"), ("--languages", "en,fa")):
        assert build(mail, *options).exit_code == 0
    assert made(mail) == {"mail.html", "mail-fa.html", "mail-en-fa.html", "mail.json"}


def test_what_is_not_translated_is_listed(mail: Path) -> None:
    said = build(mail, "--language", "fa").output
    assert "what is not translated into `fa` stands on paper in `en`: 1 of the texts of mail" in said
    assert "agreement-mail.recital" in said
    assert "not translated" not in build(mail, "--language", "en").output


def test_a_language_that_is_not_agreed_is_refused(mail: Path) -> None:
    said = build(mail, "--language", "nl")
    assert said.exit_code == 1
    assert "`nl` is not a language of mail" in said.output
    assert "write: languages en, fa, nl, prevailing en" in said.output
    assert made(mail) == set()


@pytest.mark.parametrize("languages", ["xx", "en,xx", "en,fa,da"])
def test_an_option_that_paper_cannot_follow_is_no_command(mail: Path, languages: str) -> None:
    said = build(mail, "--languages", languages)
    assert said.exit_code == 2
    assert "--language" in said.output


def test_columns_with_other_figures_are_not_made(mail: Path) -> None:
    mail.write_text(MAIL.replace("۳۰ روز", "۲۰ روز"), encoding="utf-8")
    said = build(mail, "--languages", "en,fa")
    assert said.exit_code == 1
    assert "does not say the same in both languages: `30` stands only in `en`" in said.output
    assert made(mail) == {"mail.json"}


def test_a_changed_translation_makes_the_paper_anew(mail: Path) -> None:
    folder = mail.parent / "translations"
    folder.mkdir()
    entry = 'msgctxt "agreement-mail.recital"\nmsgid "Second."\nmsgstr "دوم."\n'
    assert build(mail, "--language", "fa").exit_code == 0
    (folder / "fa.po").write_text(entry, encoding="utf-8")
    assert "unchanged" not in build(mail, "--language", "fa").output
    assert "unchanged" in build(mail, "--language", "fa").output
    assert "دوم" in (mail.parent / "out" / "mail-fa.html").read_text(encoding="utf-8")
