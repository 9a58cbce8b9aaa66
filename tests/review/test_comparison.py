"""A comparison that was sent and came back: our changes are told from theirs, whatever names they carry."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.review.editing import Edited
from tests.word.documents import W
from xladsl.cli.diff import command as diff
from xladsl.cli.review import command
from xladsl.compiler import Compiled, compile_agreement
from xladsl.outputs import PLAIN
from xladsl.profiles import UNASKED
from xladsl.review import Review, review
from xladsl.review.base import Base, base_of
from xladsl.word.reading import read

AGREEMENT = Path(__file__).parent / "agreement"
FILES = {path.name: path.read_text(encoding="utf-8") for path in AGREEMENT.iterdir()}
NEW = """clause notices "Notices" {
  in general
  text "Notices are sent by post."
}

"""
BODY = "Background and experience vision"
"""What stands in the contents and below, and not on the cover that tells the changes."""

OURS = {
    "fifty or more": "forty or more",
    "settling until 2027-03-31": "settling until 2027-06-30",
    "| below 99.0%                    |    15% |": "| below 99.0%                    |    14% |",
    'obligation reach_people "Contact data" {': 'obligation reach_people "Contact data and rotas" {',
    'clause confidence "Confidentiality" {': NEW + 'clause confidence "Confidentiality" {',
}


def written(folder: Path) -> Path:
    for name, text in FILES.items():
        for old, new in OURS.items():
            text = text.replace(old, new)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def newer(tmp_path_factory: pytest.TempPathFactory) -> Compiled:
    folder = written(tmp_path_factory.mktemp("newer"))
    return compile_agreement(str(folder / "agreement.xladsl"), profile=UNASKED)


@cache
def older() -> Compiled:
    return compile_agreement(str(AGREEMENT / "agreement.xladsl"), profile=UNASKED)


@pytest.fixture(scope="module")
def base(newer: Compiled) -> Base:
    assert newer.readable is not None
    return base_of(newer.readable, "parties", PLAIN, older().readable)


def found(newer: Compiled, base: Base, edited: Edited) -> Review:
    return review(newer, base, base.read(edited.content()))


def test_what_was_sent_has_our_changes_and_nothing_of_theirs(newer: Compiled, base: Base) -> None:
    tracked = [piece for each in read(base.content).paragraphs for piece in each.pieces if piece.change]
    assert {piece.author for piece in tracked} == {"Keeper A/S, Shop A/S"}
    assert {"forty", "fifty"} <= {piece.words for piece in tracked}
    assert not any(found(newer, base, Edited(base.content, BODY))[1:])


def test_what_they_change_beside_ours_is_theirs_alone(newer: Compiled, base: Base) -> None:
    edited = (
        Edited(base.content, BODY)
        .tracked("for five years after", "for six years after")
        .tracked("Anna Holm", "Eva Holm")
    )
    changed = found(newer, base, edited)
    assert {(edit.span.text, edit.words) for edit in changed.edits} == {("five", "six"), ("Anna", "Eva")}
    assert all(change.who == ("Anna Lund, 2026-05-04",) for change in (*changed.settled, *changed.open))


def test_they_may_change_what_we_inserted(newer: Compiled, base: Base) -> None:
    changed = found(newer, base, Edited(base.content, BODY).tracked("forty", "thirty"))
    assert [(edit.span.text, edit.words) for edit in changed.edits] == [("forty", "thirty")]
    [change] = changed.settled
    assert change.who == ("Anna Lund, 2026-05-04",)


def test_accepting_ours_is_no_change_and_rejecting_it_is_a_silent_one(newer: Compiled, base: Base) -> None:
    for kept, gone, silent in (("ins", "del", 0), ("del", "ins", 1)):
        edited = Edited(base.content, BODY)
        for change in [each for each in edited.root.iter(f"{W}del", f"{W}ins") if each.find(f"{W}r") is not None]:
            if not {"fifty", "forty"} & {words.text for words in change.iter(f"{W}t", f"{W}delText")}:
                continue
            parent, at = change.getparent(), change.getparent().index(change)
            parent.remove(change)
            if change.tag == f"{W}{kept}":
                for words in change.iter(f"{W}delText"):
                    words.tag = f"{W}t"
                for run in reversed(list(change)):
                    parent.insert(at, run)
        assert len(found(newer, base, edited).silent) == silent, gone


def test_a_change_of_theirs_under_our_name_is_told_as_a_silent_one(newer: Compiled, base: Base) -> None:
    edited = Edited(base.content, BODY).tracked("for five years after", "for six years after", "Keeper A/S, Shop A/S")
    changed = found(newer, base, edited)
    assert not changed.edits
    assert [("five" in change.before, "six" in change.after) for change in changed.silent] == [(True, True)]


def test_the_command_asks_for_the_older_version(tmp_path: Path) -> None:
    old, new, sent = str(AGREEMENT), str(written(tmp_path)), str(tmp_path / "sent.docx")
    assert CliRunner().invoke(diff, [old, new, "--docx", sent]).exit_code == 0
    result = CliRunner().invoke(command, [new, sent])
    assert result.exit_code == 2
    assert "--since OLD" in result.output
    result = CliRunner().invoke(command, [new, sent, "--since", old])
    assert result.exit_code == 0, result.output
    assert "our comparison of this version" in result.output
    edited = Edited(Path(sent).read_bytes(), BODY).tracked("forty", "thirty")
    (tmp_path / "returned.docx").write_bytes(edited.content())
    result = CliRunner().invoke(command, [new, str(tmp_path / "returned.docx"), "--since", old])
    assert result.exit_code == 1
    assert "-    a ticket of priority P1: forty or more" in result.output
