"""What travels inside a contract: its text, its specification, and what the compiler found.

The text is one file, however many there were: the blocks of the edition in their order, without comments and without
anything that is for fewer readers. An edition is always made from this text, so that whoever has only the paper can
make the same paper, and nothing that was taken out is told by a digest.
"""

from __future__ import annotations

import json
import os
import re
from bisect import bisect_left
from typing import TYPE_CHECKING, NamedTuple

from ..compiler import compile_agreement
from ..loading import SUFFIX, catalogue_files
from ..model.audience import WIDTHS, edition_for
from ..outputs import MOST_LANGUAGES, PLAIN, Edition, Manner, edition
from ..outputs.house import OURS, unpacked
from ..outputs.language import known_languages
from ..outputs.monitoring import specification
from ..outputs.typesetting import Attachment
from ..profiles import REVIEW, Profile
from ..reports import machine
from ..syntax.lexer import tokenize
from ..translations.folding import folded_in

if TYPE_CHECKING:
    from ..diagnostics import Diagnostic
    from ..model.contract import Contract
    from ..source import Source, Span

EDITION = "-edition.json"
HOUSE = "-house.zip"
COMMIT = r"(?:[0-9a-f]{40}(?:[0-9a-f]{24})?)?"


class Carried(NamedTuple):
    """An edition made from the text that it carries, and what the rules that were asked find in that text."""

    text: str
    contract: Contract
    about: Edition
    findings: list[Diagnostic]


def carry(contract: Contract, audience: str, *, profile: Profile = REVIEW, manner: Manner = PLAIN) -> Carried:
    """The edition of an agreement for an audience, made from the one text that the edition carries."""
    name = f"{contract.agreement.name}{SUFFIX}"
    carried = made_from(text_of(edition_for(contract, audience)), name, audience, profile=profile, manner=manner)
    assert carried is not None, "what was readable with all its blocks is readable without those that none refers to"
    text = text_of(carried.contract)  # without the parts of the catalogue that only hidden blocks use
    if text != carried.text:
        carried = made_from(text, name, audience, profile=profile, manner=manner)
        assert carried is not None, "a measure that nobody uses is missed by nobody"
    return carried


def made_from(
    text: str, name: str, audience: str, *, profile: Profile = REVIEW, manner: Manner = PLAIN
) -> Carried | None:
    """The edition that a text makes; None where the text, its shape or its names are not in order.

    Nothing is read but the text and the catalogue: whatever else it imports is an empty file.
    """
    own = os.path.realpath(name)
    catalogue = frozenset(catalogue_files().values())
    found = compile_agreement(
        name, lambda path: text if path == own else None if path in catalogue else "", profile=profile
    )
    if found.readable is None:
        return None
    contract = edition_for(found.readable, audience)
    return Carried(text, contract, edition(contract, audience, manner), found.diagnostics)


def attachments(carried: Carried) -> tuple[Attachment, ...]:
    """The files inside the paper, dated by the agreement and never by the clock."""
    agreement, about = carried.contract.agreement, carried.about
    day = agreement.signed or agreement.term.start
    house = about.manner.house
    specified = specification(carried.contract, about.source_digest, about.audience, house.numbering)
    findings = (machine.render(carried.findings, REVIEW) + "\n").encode()
    style = house.packed()

    def attached(ending: str, content: bytes, kind: str, relationship: str, description: str) -> Attachment:
        return Attachment(f"{agreement.name}{ending}", content, kind, relationship, description, day)

    files = (
        attached(SUFFIX, carried.text.encode(), "text/x-xladsl", "Source", "The text of which this paper was made"),
        attached(".json", specified, "application/json", "Data", "The specification, made from the same text"),
        attached("-findings.json", findings, "application/json", "Supplement", "What the compiler finds in the text"),
        attached(EDITION, recorded(about), "application/json", "Supplement", "How the text was put on paper"),
    )
    if style is None:
        return files
    return (
        *files,
        attached(HOUSE, style, "application/zip", "Supplement", "The templates, fonts and pictures of paper"),
    )


def recorded(about: Edition) -> bytes:
    """For whom and in which manner an edition was made, so that it can be made again."""
    manner = about.manner
    told: dict[str, object] = {"audience": about.audience, "languages": manner.languages}
    told["line_numbers"] = manner.line_numbers
    if manner.commit:
        told["commit"] = manner.commit
    return (json.dumps(told, indent=2) + "\n").encode()


def read_back(record: bytes, style: bytes | None) -> tuple[str, Manner] | None:
    """The audience and the manner of which `recorded` told; None where nothing could have told so.

    Raises HouseError where the style that came with it cannot be used.
    """
    try:
        told = json.loads(record)
        audience, languages, numbered = told["audience"], tuple(told["languages"]), told["line_numbers"]
        commit = told.get("commit", "")
    except (ValueError, KeyError, TypeError, RecursionError):
        return None
    if not isinstance(audience, str) or audience not in WIDTHS or type(numbered) is not bool:
        return None
    if len(languages) > MOST_LANGUAGES or not all(languages.count(code) == 1 for code in languages):
        return None
    if not all(code in known_languages() for code in languages):
        return None
    if not isinstance(commit, str) or re.fullmatch(COMMIT, commit) is None:
        return None
    return audience, Manner(languages, OURS if style is None else unpacked(style), numbered, commit)


def text_of(contract: Contract) -> str:
    """The blocks of an edition as one text, after the parts of the catalogue that they use."""
    modules = sorted({block.source.name for block in contract.catalogue if block.source is not None})
    left_out = {id(source): comments(source) for source in contract.sources}
    for part in contract.hidden:
        left_out[id(part.source)].append(part.offsets)
    imports = "\n".join(f"import {module}" for module in modules)
    written = [
        words_of(block.span, sorted(left_out[id(block.source)]), sorted(folded_in(block))) for block in contract.blocks
    ]
    return "\n\n".join(filter(None, [imports, *written])) + "\n"


def comments(source: Source) -> list[tuple[int, int]]:
    return [(token.start, token.end) for token in tokenize(source)[0] if token.kind == "COMMENT"]


def words_of(span: Span, left_out: list[tuple[int, int]], put_in: list[tuple[int, str]]) -> str:
    """A block as it stands in its file, without what is left out and the blanks before it, and with what is put in."""
    kept, position = [], span.start
    gone = [(start, end, "") for start, end in left_out[bisect_left(left_out, (span.start, 0)) :] if start < span.end]
    for start, end, added in sorted([*gone, *((at, at, words) for at, words in put_in)]):
        if start >= position:  # what lies in something left out is gone with it
            kept += [span.source.text[position:start], added]
            position = end
    kept.append(span.source.text[position : span.end])
    lines = "".join(kept).replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join(line.rstrip() for line in lines)
