"""Whether a paper is what its text says: the text is taken out of it, made into paper again, and compared."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING, Any, NamedTuple

from ..loading import SUFFIX
from ..outputs import pdf as paper
from . import carrying

if TYPE_CHECKING:
    from .carrying import Carried

LARGEST_ATTACHMENT = 20_000_000
END_OF_REVISION = b"%%EOF"


class Proof(NamedTuple):
    """`holds` is the whole answer; `said` are the sentences that tell it, the first of which stands for itself."""

    holds: bool
    said: tuple[str, ...]
    source_digest: str = ""


def proven(content: bytes) -> Proof:
    """What a PDF proves of itself. No content raises."""
    try:
        taken = taken_out(content)
    except Exception as problem:  # noqa: BLE001  # a broken file breaks its reader in any way it likes
        return Proof(False, ("It is no PDF that can be read.", f"What stands in the way: {str(problem)[:200]}"))
    names = [name for name in taken if name.endswith(SUFFIX)]
    if len(names) != 1:
        return Proof(False, ("It carries no text that it could have been made of.",))
    [name] = names
    specification = taken.get(f"{name.removesuffix(SUFFIX)}.json", b"")
    told = head_of(specification)
    made_by = told.get("compiler", {}).get("version") if isinstance(told.get("compiler"), dict) else None
    from .. import __version__

    carried = made_again(taken[name], name, str(told.get("audience")))
    if carried is None:
        return Proof(False, ("The text that it carries is not in order, so no paper can have been made of it.",))
    made = paper.render(carried.contract, carried.about._replace(attachments=carrying.attachments(carried)))
    if made.content is None:
        return Proof(False, ("The text that it carries cannot be set on paper.", made.problems[0].message))
    if content == made.content:
        return Proof(True, ("The paper is what its text says, byte by byte.",), carried.about.source_digest)
    if content.startswith(made.content) and revisions(content) > revisions(made.content):
        added = "What was added to it since, such as signatures, stands behind the paper and changes nothing in it."
        return Proof(True, ("The paper is what its text says, byte by byte.", added), carried.about.source_digest)
    return Proof(False, tuple(differences(taken, carried, made_by, __version__)), carried.about.source_digest)


def taken_out(content: bytes) -> dict[str, bytes]:
    """The files inside a PDF, by their names."""
    from pypdf import PdfReader

    reader = PdfReader(io.BytesIO(content), strict=False)
    found: dict[str, bytes] = {}
    for name, contents in reader.attachments.items():
        [whole] = contents if len(contents) == 1 else [b"".join(contents)]
        if len(whole) > LARGEST_ATTACHMENT:
            raise ValueError(f"a file of {len(whole):,} bytes inside of it")
        found[name] = whole
    return found


def made_again(text: bytes, name: str, audience: str) -> Carried | None:
    from ..model.audience import WIDTHS

    if audience not in WIDTHS or "/" in name or "\\" in name:
        return None
    try:
        return carrying.made_from(text.decode("utf-8"), name, audience)
    except UnicodeDecodeError:
        return None


def head_of(specification: bytes) -> dict[str, Any]:
    try:
        head = json.loads(specification)
    except (ValueError, RecursionError):
        return {}
    return head if isinstance(head, dict) else {}


def revisions(content: bytes) -> int:
    """How often the file was added to: each time it ends anew."""
    return content.count(END_OF_REVISION)


def differences(taken: dict[str, bytes], carried: Carried, made_by: Any, version: str) -> list[str]:
    said = ["The paper is not what its text says: made again from that text, it is another."]
    if made_by != version:
        said.append(f"It was made by xladsl {made_by}, and this is {version}: make sure with that version.")
    expected = {attachment.name: attachment.content for attachment in carrying.attachments(carried)}
    other = [name for name, content in expected.items() if taken.get(name) != content]
    if not other and len(said) == 1:
        said.append("All files inside of it are as they should be; the pages, or what frames them, are not.")
    return [*said, *(f"`{name}` inside of it is not what the text comes to." for name in other)]
