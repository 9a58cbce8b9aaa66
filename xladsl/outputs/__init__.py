"""What an agreement becomes: one module for each output, named like what people ask for.

An output takes a finished agreement and knows nothing of how it was parsed. It says in `OMITS` which constructs it
leaves out, and why; everything else of an agreement must change it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from .house import OURS, House
from .typesetting import Attachment, TypesettingProblem

if TYPE_CHECKING:
    from ..model.contract import Contract

Problem = TypesettingProblem

OUTPUTS = {"pdf": "pdf", "json": "monitoring", "html": "html", "md": "markdown", "docx": "word"}
"""What `build --to` offers, and the module that makes it."""


MOST_LANGUAGES = 2
"""How many stand side by side on one paper."""


class Manner(NamedTuple):
    """How an agreement is put on paper, where there is a choice.

    Of `languages` there is one, or two that stand side by side; without any, it is the first of the agreement. The
    `house` is whose style the paper has; `line_numbers` are for those who review it. The `commit` is that of the files
    in git, for the foot of each page.
    """

    languages: tuple[str, ...] = ()
    house: House = OURS
    line_numbers: bool = False
    commit: str = ""


PLAIN = Manner()


class Edition(NamedTuple):
    """For whom a document is made and in which manner, and the digests that tie its forms together.

    `source_digest` is the SHA-256 of what this audience may read of the source, in hexadecimal; `specification_digest`
    is that of the JSON monitoring specification for the same audience. `attachments` travel inside the PDF.
    """

    audience: str
    source_digest: str
    specification_digest: str
    attachments: tuple[Attachment, ...] = ()
    manner: Manner = PLAIN


class Rendered(NamedTuple):
    """A finished document, or None and what stood in its way."""

    content: bytes | None
    problems: list[Problem]


def edition(contract: Contract, audience: str = "parties", manner: Manner = PLAIN) -> Edition:
    """The edition of an agreement already filtered for an audience."""
    from hashlib import sha256

    from .digest import source_digest
    from .monitoring import specification

    source = source_digest(contract)
    specified = specification(contract, source, audience, manner.house.numbering)
    return Edition(audience, source, sha256(specified).hexdigest(), manner=manner)
