"""What a reader must know about a result besides its numbers, said once however often it came up."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .assessment import Assessment


def note(assessment: Assessment, words: str) -> None:
    """Add a sentence to the notes of an assessment."""
    all_notes(assessment).setdefault(words)


def all_notes(assessment: Assessment) -> dict[str, None]:
    """The notes so far, in the order in which they came up."""
    found: dict[str, None] = assessment.once("notes", dict)
    return found
