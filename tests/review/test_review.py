"""What came back is told as it is, and a patch is shown only where it makes what was asked for."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.review.editing import Edited
from tests.word.documents import W
from xladsl.cli.build import command as build
from xladsl.cli.review import command
from xladsl.compiler import Compiled, compile_agreement
from xladsl.outputs import PLAIN
from xladsl.profiles import UNASKED
from xladsl.review import Review, review
from xladsl.review.base import Base, base_of
from xladsl.review.telling import patch, told
from xladsl.sealing.carrying import attachments, carry
from xladsl.word import document
from xladsl.word.package import opened, packed, tree
from xladsl.word.reading import read

AGREEMENT = Path(__file__).parent / "agreement" / "agreement.xladsl"


@cache
def compiled() -> Compiled:
    return compile_agreement(str(AGREEMENT), profile=UNASKED)


@cache
def base() -> Base:
    readable = compiled().readable
    assert readable is not None
    return base_of(readable, "parties", PLAIN)


@cache
def sent() -> bytes:
    readable = compiled().readable
    assert readable is not None
    carried = carry(readable, "parties", profile=UNASKED)
    files = {each.name: each.content for each in attachments(carried)}
    return document(base().html, carried=files)


def found(edited: Edited, *, untracked: bool = False) -> Review:
    return review(compiled(), base(), read(edited.content(), base().numbers), untracked=untracked)


def edits(found: Review) -> list[tuple[str, str]]:
    return [(edit.span.text, edit.words) for edit in found.edits]


def test_what_comes_back_as_it_was_sent_has_nothing_to_tell() -> None:
    nothing = found(Edited(sent()))
    assert not any(nothing[1:])
    assert told(nothing, read(sent(), base().numbers)).endswith("It says what was sent, and nothing was changed in it.")


@pytest.mark.parametrize(
    ("old", "new", "edit"),
    [
        ("31 March 2027", "30 June 2027", ("2027-03-31", "2027-06-30")),
        ("12 months at a time", "6 months at a time", ("12", "6")),
        ("Copenhagen", "Aarhus", ("Copenhagen", "Aarhus")),
        ("fifty or more people", "sixty or more people", ("fifty", "sixty")),
        ("EUR 120,000.00 once", "EUR 110,000.00 once", ("120,000.00", "110,000.00")),
        ("below 99.0%", "below 98.0%", ("99.0%", "98.0%")),
        ("this each calendar month", "this each calendar quarter", ("month", "quarter")),
        ('"on-call" list', '"on-duty" list', ('\\"on-call\\"', '\\"on-duty\\"')),
        ("may be told to anybody", "may be told to nobody", ("anybody.", "nobody.")),
        ("is not confidential", "is free", ("not confidential.", "free.")),
        ("for five years ", "", (" for five years", "")),
    ],
)
def test_what_the_text_can_make_becomes_an_edit_of_it(old: str, new: str, edit: tuple[str, str]) -> None:
    changed = found(Edited(sent()).tracked(old, new))
    assert edits(changed) == [edit]
    assert not changed.open
    assert all(change.who == ("Anna Lund, 2026-05-04",) for change in changed.settled)


def test_what_follows_from_a_figure_is_told_with_it() -> None:
    changed = found(Edited(sent()).tracked("at least 99.5%. In a month", "at least 99.0%. In a month"))
    assert edits(changed) == [("99.5%", "99.0%")]
    [change] = changed.settled
    assert "7 hours 12 minutes" in change.becomes, "nobody asked for it, and it follows"
    assert "example-fails" in {finding.rule for finding in changed.findings}, (
        "the examples of the agreement say otherwise"
    )


def test_what_nobody_tracked_is_told_first_and_not_taken_into_the_patch() -> None:
    edited = (
        Edited(sent()).silently("fifty or more", "five hundred or more").tracked("keeps it so", "keeps it like that")
    )
    changed = found(edited)
    [silent] = changed.silent
    assert "fifty or more" in silent.before
    assert "five hundred or more" in silent.after
    assert edits(changed) == [("so.", "like that.")]
    assert told(changed, read(edited.content())).index("WITHOUT TRACKING") < told(
        changed, read(edited.content())
    ).index("like that")
    assert ("fifty", "five hundred") in edits(found(edited, untracked=True))


def test_a_silent_change_under_a_tracked_one_is_told_too() -> None:
    edited = Edited(sent()).silently("one office", "any office").tracked("fifty or more", "sixty or more")
    changed = found(edited)
    assert [change.silent for change in (*changed.settled, *changed.open)].count(True) == 1


def test_what_no_text_says_is_for_people() -> None:
    changed = found(Edited(sent()).tracked("Every value in this agreement", "Almost every value in this agreement"))
    [left] = changed.open
    assert base().heading(left.place).endswith("How a value is worked out")
    assert not changed.edits


def test_a_quotation_of_the_model_cannot_be_put_in() -> None:
    changed = found(Edited(sent()).tracked("must be up", "{portal_up.level}"))
    assert not changed.edits
    assert len(changed.open) == 1


def test_a_new_paragraph_goes_where_it_was_put() -> None:
    changed = found(Edited(sent()).added_after("Each party keeps what it learns", "Headings mean nothing."))
    assert not changed.open
    assert "+    Headings mean nothing.\n" in patch(changed.edits)


def test_remarks_are_told_with_what_they_are_about() -> None:
    edited = Edited(sent()).commented("the City Court", "Ours, please.")
    [(place, remark)] = found(edited).remarks
    assert base().heading(place) == "Courts"
    assert remark[:4] == ("Anna Lund", "2026-05-04", "Ours, please.", "the City Court")


def test_numbers_that_word_counts_anew_are_no_change() -> None:
    edited = Edited(sent())
    results = [each for each in edited.root.iter(f"{W}t") if each.getparent().getprevious() is not None]
    shown = [each for each in results if each.getparent().getprevious().find(f"{W}fldChar") is not None]
    numbers = [each for each in shown if re.fullmatch(r"[A-Z0-9]+\.\d+", each.text or "")]
    assert numbers
    for each in numbers:
        each.text = "77.7"
    assert not found(edited).silent


def test_other_heads_and_feet_are_told() -> None:
    parts = opened(sent())
    name = "word/xladsl_footer_default.xml"
    parts[name] = parts[name].replace(b"Version", b"Revision")
    assert [words.split()[0] for words in found(Edited(packed(parts))).frame] == ["Revision"]


def test_a_patch_of_one_edit_is_told_so(tmp_path: Path) -> None:
    (tmp_path / "returned.docx").write_bytes(Edited(sent()).tracked("fifty or more", "sixty or more").content())
    result = CliRunner().invoke(
        command, [str(AGREEMENT.parent), str(tmp_path / "returned.docx"), "-o", str(tmp_path / "theirs.patch")]
    )
    assert result.output.endswith("theirs.patch: a patch of 1 edit\n")


def test_the_patch_applies_and_makes_what_was_asked_for(tmp_path: Path) -> None:
    shutil.copytree(AGREEMENT.parent, tmp_path / "agreement")
    edited = Edited(sent()).tracked("31 March 2027", "30 June 2027").tracked("fifty or more", "sixty or more")
    (tmp_path / "returned.docx").write_bytes(edited.content())
    with pytest.MonkeyPatch.context() as patched:
        patched.chdir(tmp_path)
        result = CliRunner().invoke(command, ["agreement", "returned.docx", "-o", "theirs.patch"])
        assert result.exit_code == 1
        assert "theirs.patch: a patch of 2 edits" in result.output
        subprocess.run(
            ["git", "apply", "theirs.patch"],
            check=True,
            env={"GIT_DIR": str(tmp_path / "none"), "PATH": "/usr/bin:/bin"},
        )
    changed = compile_agreement(str(tmp_path / "agreement" / "agreement.xladsl"), profile=UNASKED).readable
    assert changed is not None
    words = " ".join(line.words for line in base_of(changed, "parties", PLAIN).lines)
    assert "sixty or more" in words
    assert "30 June 2027" in words


def test_another_version_is_told() -> None:
    assert "made of this version" in told(found(Edited(sent())), read(sent()))
    other = {name: content.replace(b"portal", b"Portal") for name, content in read(sent()).carried.items()}
    for carried, said in ((other, "ANOTHER VERSION"), ({}, "no longer says which version")):
        content = document(base().html, carried=carried)
        assert said in told(found(Edited(content)), read(content))


def test_a_document_says_in_which_language_it_was_sent(tmp_path: Path) -> None:
    built = CliRunner().invoke(build, [str(AGREEMENT.parent), "--to", "docx", "--language", "da", "-o", str(tmp_path)])
    assert built.exit_code == 0, built.output
    returned = tmp_path / "portal_care-da.docx"
    result = CliRunner().invoke(command, [str(AGREEMENT.parent), str(returned)])
    assert result.exit_code == 0, result.output
    assert "nothing was changed in it" in result.output
    returned.write_bytes(Edited(returned.read_bytes()).tracked("mindst 99,5", "mindst 99,0").content())
    result = CliRunner().invoke(command, [str(AGREEMENT.parent), str(returned)])
    assert "-  level       at least 99.5%\n+  level       at least 99.0%\n" in result.output


def test_it_is_held_against_the_revision_that_was_sent(tmp_path: Path) -> None:
    shutil.copytree(AGREEMENT.parent, tmp_path / "agreement")
    surroundings = {"HOME": str(tmp_path), "PATH": os.environ["PATH"], "GIT_CONFIG_NOSYSTEM": "1"}
    who = ["-c", "user.name=A", "-c", "user.email=a@example.com", "-c", "commit.gpgsign=false"]
    for arguments in (["init", "-q"], ["add", "."], [*who, "commit", "-qm", "sent"]):
        subprocess.run(["git", *arguments], cwd=tmp_path, check=True, env=surroundings)
    text = (tmp_path / "agreement" / "agreement.xladsl").read_text()
    later = text.replace("settling until 2027-03-31", "settling until 2027-06-30")
    (tmp_path / "agreement" / "agreement.xladsl").write_text(later)
    (tmp_path / "returned.docx").write_bytes(Edited(sent()).tracked("fifty or more", "sixty or more").content())
    with pytest.MonkeyPatch.context() as patched:
        patched.chdir(tmp_path)
        against_now = CliRunner().invoke(command, ["agreement", "returned.docx"])
        assert "ANOTHER VERSION" in against_now.output
        assert "[-30 June-]{+31 March+} 2027" in against_now.output
        result = CliRunner().invoke(command, ["HEAD:agreement", "returned.docx", "-o", "theirs.patch"])
        assert "made of this version" in result.output, result.output
        assert "WITHOUT TRACKING" not in result.output
        subprocess.run(["git", "apply", "theirs.patch"], check=True, env=surroundings)
    assert "sixty or more" in (tmp_path / "agreement" / "clauses.xladsl").read_text()


@pytest.mark.parametrize(
    ("look", "kind"),
    [("vanish", "hidden"), ("strike", "struck"), ('color w:val="FFFFFF"', "hidden"), ('strike w:val="0"', "")],
)
def test_words_that_are_not_what_they_look_like_are_told(look: str, kind: str) -> None:
    edited = Edited(sent())
    run, _ = edited.isolated("for five years")
    properties = tree(f'<w:rPr xmlns:w="{W[1:-1]}"><w:{look}/></w:rPr>'.encode())
    run.insert(0, properties)
    for old in run.findall(f"{W}rPr")[1:]:
        run.remove(old)
    changed = found(edited)
    assert [(oddity.kind, oddity.words) for _, oddity in changed.oddities] == (
        [(kind, "for five years")] if kind else []
    )
    left_out = [change for change in changed.silent if "for five years" not in change.after]
    assert len(left_out) == (kind == "hidden"), "what nobody can read was taken out"


def test_without_its_library_the_commands_say_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "returned.docx").write_bytes(sent())
    for name in [name for name in sys.modules if name.partition(".")[0] == "lxml"]:
        monkeypatch.setitem(sys.modules, name, None)
    for asked, arguments in (
        (command, [str(AGREEMENT.parent), str(tmp_path / "returned.docx")]),
        (build, [str(AGREEMENT.parent), "--to", "docx", "-o", str(tmp_path / "built")]),
    ):
        result = CliRunner().invoke(asked, arguments)
        assert result.exit_code in (1, 2)
        assert "pip install 'xladsl[word]'" in result.output
