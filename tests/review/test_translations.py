"""What was changed in a translated document becomes a patch of the file of translations."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.review.editing import Edited
from xladsl.cli.build import command as build
from xladsl.cli.review import command

AGREEMENT = Path(__file__).parent / "agreement"
DANISH = r"""msgid ""
msgstr ""
"Language: da\n"
"Content-Type: text/plain; charset=utf-8\n"

#: clauses.xladsl
msgctxt "clause-confidence.body"
msgid ""
"Each party keeps what it learns of the other's business to itself, for five years after this "
"agreement has ended. The promise of {portal_up.level} may be told to anybody.\n"
"\n"
"What is known to everybody is not confidential."
msgstr ""
"Hver part holder det, som den lærer om den anden parts \"forretning\", for sig selv i fem år efter aftale-"
"ophør. Løftet om {portal_up.level} må fortælles til enhver.\n"
"\n"
"Det, som alle ved, er ikke fortroligt."

#: agreement.xladsl
msgctxt "sla-portal_up.title"
msgid "Availability of the portal"
msgstr "Portalens tilgængelighed"
"""


@pytest.fixture
def agreement(tmp_path: Path) -> Path:
    folder = tmp_path / "agreement"
    (folder / "translations").mkdir(parents=True)
    (folder / "translations" / "da.po").write_text(DANISH, encoding="utf-8")
    for path in AGREEMENT.iterdir():
        (folder / path.name).write_bytes(path.read_bytes())
    return folder


def sent(agreement: Path, languages: str = "da") -> Edited:
    asked = ["--languages" if "," in languages else "--language", languages]
    made = CliRunner().invoke(build, [str(agreement), "--to", "docx", *asked, "-o", str(agreement.parent / "built")])
    assert made.exit_code == 0, made.output
    return Edited((agreement.parent / "built" / f"portal_care-{languages.replace(',', '-')}.docx").read_bytes())


def reviewed(agreement: Path, edited: Edited, version: str = "agreement") -> str:
    (agreement.parent / "returned.docx").write_bytes(edited.content())
    with pytest.MonkeyPatch.context() as patched:
        patched.chdir(agreement.parent)
        return CliRunner().invoke(command, [version, "returned.docx", "-o", "theirs.patch"]).output


def test_untouched_it_has_nothing_to_tell(agreement: Path) -> None:
    assert "nothing was changed in it" in reviewed(agreement, sent(agreement))


@pytest.mark.parametrize(
    ("old", "new", "written"),
    [
        ("fem år", "seks år", 'for sig selv i seks år efter aftale-"'),
        ('"forretning"', '"virksomhed"', r"parts \"virksomhed\","),
        ("aftale-ophør", "aftalens ophør", "i fem år efter aftalens ophør. Løftet"),
        ("er ikke fortroligt", "er frit", '"Det, som alle ved, er frit."'),
        ("enhver", "ingen", r"fortælles til ingen.\n"),
        ("Portalens tilgængelighed", "Portalens oppetid", 'msgstr "Portalens oppetid"'),
    ],
)
def test_the_words_of_a_translation_are_changed_where_they_stand(
    agreement: Path, old: str, new: str, written: str
) -> None:
    told = reviewed(agreement, sent(agreement).tracked(old, new))
    assert "a patch of 1 edit" in told, told
    subprocess.run(
        ["git", "apply", "theirs.patch"],
        cwd=agreement.parent,
        check=True,
        env={"GIT_DIR": str(agreement / "none"), "PATH": os.environ["PATH"]},
    )
    assert written in (agreement / "translations" / "da.po").read_text(encoding="utf-8")
    assert "agreement/translations/da.po:" in told
    assert "(da, and not en)" in told, "the draft still says what it said"
    assert "nothing was changed" in reviewed(agreement, sent(agreement)), "and can be put on paper again"


def test_a_revision_keeps_its_translations(agreement: Path) -> None:
    edited = sent(agreement).tracked("fem år", "seks år")
    surroundings = {"HOME": str(agreement.parent), "PATH": os.environ["PATH"], "GIT_CONFIG_NOSYSTEM": "1"}
    who = ["-c", "user.name=A", "-c", "user.email=a@example.com", "-c", "commit.gpgsign=false"]
    for arguments in (["init", "-q"], ["add", "agreement"], [*who, "commit", "-qm", "sent"]):
        subprocess.run(["git", *arguments], cwd=agreement.parent, check=True, env=surroundings)
    told = reviewed(agreement, edited, "HEAD:agreement")
    assert "a patch of 1 edit" in told, told
    assert "--- a/agreement/translations/da.po\n" in (agreement.parent / "theirs.patch").read_text()


@pytest.mark.parametrize(
    ("old", "new", "file", "line"),
    [
        ("fem år", "seks år", "da.po", "seks år efter"),
        ("for five years", "for six years", "clauses.xladsl", "for six years after"),
        ("What is known to everybody", "What is known to all", "clauses.xladsl", "    What is known to all is not"),
        ("mindst 99,5 %. I en", "mindst 99,0 %. I en", "agreement.xladsl", "  level       at least 99.0%"),
    ],
)
def test_side_by_side_each_column_is_changed_where_its_words_stand(
    agreement: Path, old: str, new: str, file: str, line: str
) -> None:
    told = reviewed(agreement, sent(agreement, "en,da").tracked(old, new))
    assert "a patch of 1 edit" in told, told
    made = (agreement.parent / "theirs.patch").read_text(encoding="utf-8")
    assert f"{file}\n" in made
    assert any(line in each for each in made.splitlines() if each.startswith("+"))
