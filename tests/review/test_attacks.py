"""What people do to a document that nobody had in mind, on purpose or not."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any

import docx
from click.testing import CliRunner
from lxml import etree

from tests.review.editing import Edited, run_of
from tests.review.test_review import AGREEMENT, base, edits, found, sent
from tests.word.documents import W
from xladsl.cli.review import command
from xladsl.review.telling import told
from xladsl.word.package import opened, packed, tree, written
from xladsl.word.reading import read


def test_another_document_is_no_review(tmp_path: Path) -> None:
    letter = docx.Document()
    letter.add_heading("A letter")
    letter.add_paragraph("Dear Anna,")
    file = BytesIO()
    letter.save(file)
    (tmp_path / "letter.docx").write_bytes(file.getvalue())
    result = CliRunner().invoke(command, [str(AGREEMENT.parent), str(tmp_path / "letter.docx")])
    assert result.exit_code == 2
    assert "is another document" in " ".join(result.output.split())


def test_one_whose_places_were_lost_is_still_compared() -> None:
    edited = Edited(sent()).tracked("fifty or more", "sixty or more")
    for mark in list(edited.root.iter(f"{W}bookmarkStart", f"{W}bookmarkEnd")):
        mark.getparent().remove(mark)
    assert edits(found(edited)) == [("fifty", "sixty")]


def test_the_signature_block_and_a_heading_are_changed_in_the_text() -> None:
    edited = Edited(sent()).tracked("Chief Executive Officer", "Chief Operating Officer")
    changed = found(edited.tracked("Availability of the portal", "Uptime of the portal"))
    assert sorted(edits(changed)) == [("Availability", "Uptime"), ("Executive", "Operating")]


def test_a_section_that_the_compiler_names_is_for_people() -> None:
    changed = found(Edited(sent()).tracked("Service levels", "Service wishes"))
    assert not changed.edits
    assert len(changed.open) == 1


def test_a_remark_over_several_clauses_stands_where_it_begins() -> None:
    edited = Edited(sent())
    begins, ends = edited.paragraph("The Customer keeps the"), edited.paragraph("What is known to everybody")
    begins.insert(1, etree.Element(f"{W}commentRangeStart", {f"{W}id": "0"}))
    ends.append(etree.Element(f"{W}commentRangeEnd", {f"{W}id": "0"}))
    remark = etree.Element(f"{W}comment", {f"{W}id": "0", f"{W}author": "Anna Lund"})
    etree.SubElement(remark, f"{W}p").append(run_of("All of this?"))
    edited.remarks.append(remark)
    [(place, comment)] = found(edited).remarks
    assert base().heading(place).endswith("Contact data")
    assert comment.about.startswith("The Customer keeps")
    assert comment.about.endswith("is not confidential.")


def test_half_of_the_changes_accepted_leaves_a_silent_one_and_a_tracked_one() -> None:
    edited = Edited(sent()).tracked("fifty or more", "sixty or more").tracked("for five years ", "")
    accept(next(change for change in edited.root.iter(f"{W}ins") if "sixty or more" in "".join(change.itertext())))
    [gone] = [change for change in edited.root.iter(f"{W}del") if "fifty or more" in "".join(change.itertext())]
    gone.getparent().remove(gone)
    changed = found(edited)
    assert [change.silent for change in changed.open] == [True]
    assert edits(changed) == [(" for five years", "")]


def accept(change: Any) -> None:
    parent = change.getparent()
    for run in reversed(list(change)):
        parent.insert(parent.index(change), run)
    parent.remove(change)


def test_a_reference_that_leads_elsewhere_is_told() -> None:
    edited = Edited(sent())
    instruction = next(each for each in edited.root.iter(f"{W}instrText") if "REF _" in (each.text or ""))
    instruction.text = " REF _theirs_1 \\r \\h "
    assert ("elsewhere", " REF _theirs_1 \\r \\h ") in [(each.kind, each.words) for _, each in found(edited).oddities]


def test_what_was_tracked_in_a_foot_is_for_people_and_is_not_silent() -> None:
    parts = opened(sent())
    name = "word/xladsl_footer_default.xml"
    foot = tree(parts[name])
    run = next(run for run in foot.iter(f"{W}r") if run.find(f"{W}t") is not None)
    come = etree.Element(f"{W}ins", {f"{W}id": "1", f"{W}author": "Anna Lund"})
    come.append(run_of("without prejudice "))
    run.addprevious(come)
    edited = Edited(packed(parts | {name: written(foot)}))
    changed = found(edited)
    assert not changed.frame
    assert [words.split()[:2] for words in changed.asked] == [["without", "prejudice"]]
    assert "For people to decide" in told(changed, read(edited.content(), base().numbers))
