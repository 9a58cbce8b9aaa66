"""A clause that the other side adds becomes one of the text, where paper then says it at the place that it was put."""

from __future__ import annotations

import pytest

from tests.review.editing import Edited
from tests.review.test_review import base, compiled, found, sent
from xladsl.review import Review
from xladsl.review.telling import patch, told
from xladsl.word.reading import read

LAST = "What is known to everybody is not confidential."
HEADING = "Confidentiality"


def with_clause(edited: Edited, behind: str, title: str, *paragraphs: str) -> Edited:
    edited.added_after(behind, title, like=HEADING)
    for paragraph in paragraphs:
        edited.added_after(behind := title if paragraph is paragraphs[0] else behind, paragraph, like=LAST)
        behind = paragraph
    return edited


def lines_of(changed: Review) -> list[str]:
    return [
        line[1:] for line in patch(changed.edits).splitlines() if line.startswith("+") and line[1:2] not in ("", "+")
    ]


def test_a_new_clause_goes_into_the_text() -> None:
    edited = with_clause(
        Edited(sent()), LAST, 'Notices by "post"', "Notices are sent by post.", "They count when they arrive."
    )
    changed = found(edited)
    assert not changed.open
    assert lines_of(changed) == [
        'clause notices_by_post "Notices by \\"post\\"" {',
        "  in          general",
        '  text        """',
        "    Notices are sent by post.",
        "    They count when they arrive.",
        '    """',
        "}",
    ]
    assert all(change.who == ("Anna Lund, 2026-05-04",) for change in changed.settled)
    assert "a new clause behind" in told(changed, read(edited.content(), base().numbers))


def test_two_of_them_stay_in_their_order() -> None:
    edited = with_clause(Edited(sent()), LAST, "Notices", "Notices are sent by post.")
    edited = with_clause(edited, "Notices are sent by post.", "Assignment", "Nobody assigns this agreement.")
    changed = found(edited)
    assert not changed.open
    named = [line for line in lines_of(changed) if line.startswith("clause")]
    assert named == ['clause notices "Notices" {', 'clause assignment "Assignment" {']


def test_its_name_is_none_that_is_taken() -> None:
    changed = found(with_clause(Edited(sent()), LAST, "Uptime", "Everybody wants it."))
    assert any(line.startswith('clause uptime_2 "Uptime"') for line in lines_of(changed))


def test_a_heading_without_letters_of_ours_still_makes_a_name() -> None:
    changed = found(with_clause(Edited(sent()), LAST, "Повідомлення", "Notices are sent by post."))
    assert any(line.startswith("clause new_clause ") for line in lines_of(changed))


def test_a_word_that_the_language_has_is_no_name() -> None:
    changed = found(with_clause(Edited(sent()), LAST, "Agreement", "This is all that was agreed."))
    assert not changed.open or not changed.edits


@pytest.mark.parametrize(
    ("behind", "title", "paragraphs"),
    [
        (LAST, "Notices", ()),
        (LAST, "Notices", ("They cite {portal_up.level}.",)),
        ("at least 99.5%. In a month", "More of it", ("There is more.",)),  # no section for clauses of free words
    ],
)
def test_what_the_text_cannot_say_there_is_left_to_people(behind: str, title: str, paragraphs: tuple[str, ...]) -> None:
    changed = found(with_clause(Edited(sent()), behind, title, *paragraphs))
    assert not changed.edits
    assert {title, *paragraphs} <= {change.after for change in changed.open}


def test_paragraphs_side_by_side_all_go_where_they_were_put() -> None:
    edited = Edited(sent()).added_after(LAST, "One more.").added_after("One more.", "And another.")
    changed = found(edited)
    assert not changed.open
    assert lines_of(changed) == ["    One more.", "    And another."]


def test_a_silent_one_waits_for_leave() -> None:
    edited = Edited(sent())
    paragraph = edited.paragraph(LAST)
    edited.added_after(LAST, "One more.")
    made = paragraph.getnext()
    for change in list(made.iter("{*}ins")):
        parent = change.getparent()
        for child in reversed(list(change)):
            parent.insert(parent.index(change), child)
        parent.remove(change)
    assert [change.after for change in found(edited).silent] == ["One more."]
    assert not found(edited).edits
    assert found(edited, untracked=True).edits


def test_the_agreement_with_it_has_no_more_findings() -> None:
    changed = found(with_clause(Edited(sent()), LAST, "Notices", "Notices are sent by post."))
    assert not [finding for finding in changed.findings if finding.rule.startswith("untidy")]
    assert compiled().readable is not None
