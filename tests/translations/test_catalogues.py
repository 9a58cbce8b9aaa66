"""Files of translations: read with their places, folded into the text that a paper carries, and kept up to date."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner

from xladsl.cli import main
from xladsl.compiler import compile_agreement
from xladsl.loading import Loading
from xladsl.outputs.outline import outline
from xladsl.outputs.sentences import Writer
from xladsl.sealing.carrying import carry, made_from
from xladsl.source import Source
from xladsl.translations.files import entries
from xladsl.translations.texts import flowing

if TYPE_CHECKING:
    from click.testing import Result

AGREEMENT = """\
agreement mail "Mail" {
  between provider host and customer guest
  term 2026-01-01 to 2026-12-31
  timezone Europe/Copenhagen
  languages en, nl, prevailing en
}
party host "Host ApS" { form "private limited company" }
party guest "Guest A/S" { }
clause care "Care" da "Omhu" {
  in general
  text \"\"\"
    The Provider keeps the mail for 30 days.
    After that it is gone.

    Nothing is kept longer.
    \"\"\"
}
"""

DUTCH = """\
msgid ""
msgstr ""
"Language: nl\\n"

#: mail.xladsl
msgctxt "clause-care.title"
msgid "Care"
msgstr "Zorg \\"voor\\" de post"

#. a note
msgctxt "clause-care.body"
msgid ""
"The Provider keeps the mail for 30 days. After that it is gone.\\n"
"\\n"
"Nothing is kept longer."
msgstr ""
"De Leverancier bewaart de post 30 dagen. Daarna is die weg.\\n"
"\\n"
"Niets wordt langer bewaard."

#, fuzzy
msgctxt "agreement-mail.title"
msgid "Mail"
msgstr "Brief"
"""


@pytest.fixture
def mail(tmp_path: Path) -> Path:
    main_file = tmp_path / "mail.xladsl"
    main_file.write_text(AGREEMENT, encoding="utf-8")
    folder = tmp_path / "translations"
    folder.mkdir()
    (folder / "nl.po").write_text(DUTCH, encoding="utf-8")
    return main_file


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, ["i18n", *map(str, arguments)])


def texts_in(path: Path) -> dict[str, list[str]]:
    contract = compile_agreement(str(path)).readable
    assert contract is not None
    clause = next(block for block in contract.blocks if getattr(block, "name", "") == "care")
    return {
        text.value.split()[0]: [f"{each.language}: {each.value}" for each in text.translations]
        for text in (clause.title, *clause.body)  # type: ignore[attr-defined]
    }


def test_a_translation_counts_as_if_it_stood_beside_its_text(mail: Path) -> None:
    assert texts_in(mail) == {
        "Care": ["da: Omhu", 'nl: Zorg "voor" de post'],
        "The": [
            "nl: De Leverancier bewaart de post 30 dagen. Daarna is die weg.\n\nNiets wordt langer bewaard.",
        ],
    }


def test_what_is_fuzzy_does_not_count(mail: Path) -> None:
    contract = compile_agreement(str(mail)).readable
    assert contract is not None
    assert contract.agreement.title is not None
    assert contract.agreement.title.translations == []


def test_a_translation_into_a_language_that_is_not_agreed_is_left_alone(mail: Path) -> None:
    mail.write_text(AGREEMENT.replace("languages en, nl,", "languages en, da,"), encoding="utf-8")
    assert texts_in(mail)["Care"] == ["da: Omhu"]


def test_the_text_that_a_paper_carries_holds_the_translations(mail: Path) -> None:
    """Whoever has the paper alone has all of them, and makes the same paper, with the same digest."""
    contract = compile_agreement(str(mail)).readable
    assert contract is not None
    carried = carry(contract, "parties")
    assert 'nl "Zorg \\"voor\\" de post"' in carried.text
    again = made_from(carried.text, "mail.xladsl", "parties")
    assert again is not None
    assert again.about == carried.about
    [clause] = [block for block in again.contract.blocks if getattr(block, "name", "") == "care"]
    [body] = clause.body  # type: ignore[attr-defined]
    assert [flowing(each.value) for each in body.translations] == [
        "De Leverancier bewaart de post 30 dagen. Daarna is die weg.\n\nNiets wordt langer bewaard."
    ]


def test_a_long_translation_is_carried_without_a_cut_at_a_hyphen(mail: Path) -> None:
    long = "over-en-weer " * 40
    catalogue = mail.parent / "translations" / "nl.po"
    catalogue.write_text(DUTCH.replace("Niets wordt langer bewaard.", f"{long}weg."), encoding="utf-8")
    contract = compile_agreement(str(mail)).readable
    assert contract is not None
    carried = made_from(carry(contract, "parties").text, "mail.xladsl", "parties")
    assert carried is not None
    [clause] = [block for block in carried.contract.blocks if getattr(block, "name", "") == "care"]
    [body] = clause.body  # type: ignore[attr-defined]
    assert [flowing(each.value).count("over-en-weer ") for each in body.translations] == [40]


def test_other_figures_are_told_where_they_stand(mail: Path) -> None:
    file = mail.parent / "translations" / "nl.po"
    file.write_text(DUTCH.replace("30 dagen", "20 dagen"), encoding="utf-8")
    [found] = [each for each in compile_agreement(str(mail)).diagnostics if each.rule == "translation-differs"]
    assert found.span.source.name.endswith("translations/nl.po")
    assert found.span.text.startswith("De Leverancier")


def test_a_line_that_cannot_be_read_is_told(mail: Path) -> None:
    file = mail.parent / "translations" / "nl.po"
    file.write_text(DUTCH + "\nmsgid no marks\n", encoding="utf-8")
    found = [each for each in compile_agreement(str(mail)).diagnostics if each.rule == "broken-translations"]
    assert [each.span.text for each in found] == ["msgid no marks"]


@pytest.mark.parametrize(
    "text", ["", '"', 'msgstr "a', 'msgstr "a"', "\ufeff#", 'msgid "a"\nmsgid "b"', "#~", '""\n""']
)
def test_no_file_of_translations_stops_the_reader(text: str) -> None:
    found, _ = entries(Source("nl.po", text))
    assert all(entry.original for entry in found)


def test_a_character_that_nobody_sees_is_told_where_it_stands(mail: Path) -> None:
    file = mail.parent / "translations" / "nl.po"
    file.write_text(DUTCH.replace("Daarna", "Daar\u202ena"), encoding="utf-8")
    found = [each for each in compile_agreement(str(mail)).diagnostics if each.rule == "hidden-character"]
    assert [each.span.source.name.endswith("nl.po") for each in found] == [True]


def test_a_translation_is_for_the_readers_of_its_text(mail: Path) -> None:
    """What is for internal use stands in the file that all translators work in, and on no paper for others."""
    mail.write_text(AGREEMENT.replace("  in general\n", "  in general\n  audience internal\n"), encoding="utf-8")
    contract = compile_agreement(str(mail)).readable
    assert contract is not None
    assert "Leverancier" in carry(contract, "internal").text
    assert "Leverancier" not in carry(contract, "parties").text


def test_a_file_that_cannot_be_opened_is_told(mail: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(self: Loading, real: str, shown: str) -> Any:
        if real.endswith(".po"):
            raise PermissionError(13, "Permission denied")
        return opened(self, real, shown)

    opened = Loading.text_of
    monkeypatch.setattr(Loading, "text_of", refused)
    found = [each for each in compile_agreement(str(mail)).diagnostics if each.rule == "broken-translations"]
    assert [each.here for each in found] == ["permission denied"]


# The commands


def test_a_file_is_begun_and_kept_up_to_date(mail: Path) -> None:
    file = mail.parent / "translations" / "uk.po"
    assert run("update", mail, "uk").exit_code == 0
    begun = file.read_text(encoding="utf-8")
    assert 'msgctxt "clause-care.title"\nmsgid "Care"\nmsgstr ""' in begun
    assert "Host ApS" not in begun
    file.write_text(begun.replace('msgid "Care"\nmsgstr ""', 'msgid "Care"\nmsgstr "Турбота"'), encoding="utf-8")
    mail.write_text(AGREEMENT.replace('"Care"', '"Due care"'), encoding="utf-8")
    assert run("update", mail, "uk").exit_code == 0
    kept = file.read_text(encoding="utf-8")
    assert "#, fuzzy" in kept
    assert 'msgid "Due care"\nmsgstr "Турбота"' in kept
    assert run("update", mail, "uk").exit_code == 0
    assert file.read_text(encoding="utf-8") == kept


def test_what_stands_beside_its_text_is_not_asked_for(mail: Path) -> None:
    assert run("update", mail, "da").exit_code == 0
    assert "clause-care.title" not in (mail.parent / "translations" / "da.po").read_text(encoding="utf-8")


def test_check_tells_how_far_a_language_is(mail: Path) -> None:
    said = run("check", mail, "nl")
    assert said.exit_code == 1
    assert "nl: 2 of 4 texts are translated" in said.output
    assert "party-host.form" not in said.output
    assert "party-host.legal_form: private limited company" in said.output
    assert "fuzzy" in said.output


def test_check_of_a_language_that_is_done_is_quiet(mail: Path) -> None:
    done = DUTCH.replace("#, fuzzy\n", "") + (
        '\nmsgctxt "party-host.legal_form"\nmsgid "private limited company"\nmsgstr "besloten vennootschap"\n'
    )
    (mail.parent / "translations" / "nl.po").write_text(done, encoding="utf-8")
    said = run("check", mail)
    assert (said.exit_code, said.output) == (0, "nl: 4 of 4 texts are translated\n")


def test_check_compares_a_language_before_it_is_agreed(mail: Path) -> None:
    mail.write_text(AGREEMENT.replace("languages en, nl, prevailing en", "languages en"), encoding="utf-8")
    (mail.parent / "translations" / "nl.po").write_text(DUTCH.replace("30 dagen", "20 dagen"), encoding="utf-8")
    said = run("check", mail, "nl")
    assert "translation-differs" in said.output
    assert "no language of the agreement yet" in said.output


def test_a_template_has_every_text_once(mail: Path, tmp_path: Path) -> None:
    assert run("extract", mail, "-o", tmp_path / "out").exit_code == 0
    found, wrong = entries(Source("mail.pot", (tmp_path / "out" / "mail.pot").read_text(encoding="utf-8")))
    assert wrong == []
    assert [entry.place for entry in found] == [
        "agreement-mail.title",
        "party-host.legal_form",
        "clause-care.title",
        "clause-care.body",
    ]


@pytest.mark.parametrize("language", ["../x", "NL", "dutch", ""])
def test_a_language_is_a_code(mail: Path, language: str) -> None:
    assert run("update", mail, language).exit_code == 2


# Phrases, which stand without quotation marks


WORDY = """\
  prevails experience over process (nl "het \\"proces\\"") (fa "فرایند")
"""

PHRASES = """
msgctxt "agreement-mail.first"
msgid "experience"
msgstr "de  \\"ervaring\\""
"""


@pytest.fixture
def wordy(mail: Path) -> Path:
    agreed = "languages en, nl, fa, prevailing en\n"
    text = AGREEMENT.replace("languages en, nl, prevailing en\n", agreed + WORDY)
    mail.write_text(text, encoding="utf-8")
    catalogue = mail.parent / "translations" / "nl.po"
    catalogue.write_text(DUTCH + PHRASES, encoding="utf-8")
    return mail


def phrases_in(contract: Any) -> dict[str, list[str]]:
    prevails = contract.agreement.prevails
    return {
        phrase: [f"{each.language}: {each.value}" for each in phrase.translations]
        for phrase in (prevails.first, prevails.second)
    }


TRANSLATED = {
    "experience": ['nl: de "ervaring"'],
    "process": ['nl: het "proces"', "fa: فرایند"],
}


def test_a_phrase_is_translated_beside_it_and_in_files(wordy: Path) -> None:
    assert phrases_in(compile_agreement(str(wordy)).readable) == TRANSLATED


def test_the_text_that_a_paper_carries_holds_translated_phrases(wordy: Path) -> None:
    contract = compile_agreement(str(wordy)).readable
    assert contract is not None
    carried = carry(contract, "parties")
    assert 'experience (nl "de \\"ervaring\\"") over process (nl' in carried.text
    again = made_from(carried.text, "mail.xladsl", "parties")
    assert again is not None
    assert phrases_in(again.contract) == TRANSLATED
    assert again.about == carried.about


def test_phrases_are_offered_to_translators(wordy: Path) -> None:
    answer = run("check", wordy, "fa")
    assert "agreement-mail.first: experience" in answer.output
    assert "agreement-mail.second" not in answer.output


def test_a_phrase_in_a_language_that_is_not_agreed_is_told(wordy: Path) -> None:
    text = wordy.read_text(encoding="utf-8").replace("nl, fa, prevailing", "nl, prevailing")
    wordy.write_text(text, encoding="utf-8")
    found = [each for each in compile_agreement(str(wordy)).diagnostics if each.rule == "language-not-agreed"]
    assert [each.span.text for each in found] == ['fa "فرایند"', 'da "Omhu"']


def test_a_phrase_on_paper_is_in_its_translation_or_marked_as_what_it_is(wordy: Path) -> None:
    """Nothing of it comes from words that paper has for something else."""
    contract = compile_agreement(str(wordy)).readable
    assert contract is not None
    said = {code: Writer(contract, outline(contract), code) for code in ("en", "nl", "fa")}
    prevails = contract.agreement.prevails
    assert said["en"].say(prevails) == "experience prevails over process"
    assert said["nl"].say(prevails) == "de &#34;ervaring&#34; prevaleert boven het &#34;proces&#34;"
    assert said["fa"].say(prevails) == '«<span lang="en" dir="ltr">experience</span>» بر «فرایند» مقدم است'
