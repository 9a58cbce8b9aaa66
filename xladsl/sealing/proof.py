"""Whether a paper is what its text says: the text is taken out of it, made into paper again, and compared."""

from __future__ import annotations

import io
from datetime import UTC
from typing import TYPE_CHECKING, Any, NamedTuple

from .carrying import HOUSE
from .identity import SealingError
from .remaking import NotRemadeError, remade

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from .remaking import Remade
    from .signatures import Signature, Stamp

LARGEST_ATTACHMENT = 20_000_000
MOST_ATTACHED = 100_000_000
"""How many bytes all files inside of a PDF may come to: a comparison carries two texts, each with its style."""


class Proof(NamedTuple):
    """`holds` is the whole answer; `said` are the sentences that tell it, the first of which stands for itself.

    Of a paper that is what its text says, `signatories` are those who are to sign it, by their names in the text, and
    `signed` the names of those who did; `state` is how far that text has come. A `styled` one is in a house style that
    it brings along, and says what that style lets it say.
    """

    holds: bool
    said: tuple[str, ...]
    source_digest: str = ""
    signatories: Mapping[str, str] = {}  # nobody writes into it, and it goes from child to parent
    signed: frozenset[str] = frozenset()
    state: str = ""
    styled: bool = False


def proven(content: bytes, trust: Sequence[Any] = ()) -> Proof:
    """What a PDF proves of itself. No content raises.

    `trust` are the certificates of the roots to which those of the signatures have to lead; without any, whether they
    lead anywhere is not judged.
    """
    try:
        taken = taken_out(content)
    except Exception as problem:  # noqa: BLE001  # a broken file breaks its reader in any way it likes
        return Proof(False, ("It is no PDF that can be read.", f"What stands in the way: {str(problem)[:200]}"))
    try:
        made = remade(taken)
    except NotRemadeError as problem:
        return Proof(False, problem.sentences)
    if content.startswith(made.content):
        styled = any(name.endswith(HOUSE) for name in taken)
        same = (SAME.format(what=made.what), *(STYLED,) * styled)
        proof = Proof(True, same, made.source_digest, made.signatories, state=made.state, styled=styled)
        return proof if content == made.content else with_signatures(proof, made, content, trust)
    return Proof(False, tuple(differences(taken, made)), made.source_digest)


def taken_out(content: bytes) -> dict[str, bytes]:
    """The files inside a PDF, by their names."""
    import logging

    from pypdf import PdfReader

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # what is wrong with a file is told once, by us
    reader = PdfReader(io.BytesIO(content), strict=False)
    found: dict[str, bytes] = {}
    left = MOST_ATTACHED
    for name, contents in reader.attachments.items():
        [whole] = contents if len(contents) == 1 else [b"".join(contents)]
        if len(whole) > LARGEST_ATTACHMENT:
            raise ValueError(f"a file of {len(whole):,} bytes inside of it")
        left -= len(whole)
        if left < 0:
            raise ValueError(f"files of more than {MOST_ATTACHED:,} bytes inside of it")
        found[name] = whole
    return found


SAME = "The {what} is what its text says, byte by byte."
STYLED = (
    "It is made in a house style that it brings along, and a style may leave out words or add some: "
    "read the pages, or build the text inside of it without that style."
)


def with_signatures(proof: Proof, made: Remade, content: bytes, trust: Sequence[Any]) -> Proof:
    """What is proven of a paper to which something was added since it was made."""
    from . import signatures

    before = f"Before anything was added to it, the {made.what} was what its text says, byte by byte."
    try:
        added = signatures.added_to(made.content, content, trust)
    except SealingError as problem:
        return proof._replace(holds=False, said=(before, str(problem)))
    told = [sentence for each in added.signatures for sentence in sentences(each, proof.signatories)]
    signed = frozenset(each.field for each in added.signatures)
    sound = all(stands(each) for each in added.signatures)
    if missing := [f"{name} ({title})" for name, title in proof.signatories.items() if name not in signed]:
        told.append(f"Not signed yet by {', '.join(missing)}.")
    elif not proof.signatories:
        told.append("The text names nobody who is to sign it.")
    elif sound and not added.other and proof.state in READY:
        told.append(f"It is executed: everybody who was to sign has signed ({len(proof.signatories)}).")
    elif proof.state not in READY:
        told.append(
            f"Everybody who was to sign has signed, but the text says of itself that it is {WHICH[proof.state]}."
        )
    first: tuple[str, ...]
    if added.other:
        first = (before, f"More than signatures was added to it: {added.other}.")
    elif not sound:
        first = (*proof.said, "Nothing but signatures was added to it, and not all of them can stand.")
    else:
        first = (*proof.said, "Nothing but signatures was added to it.")
    return proof._replace(holds=sound and not added.other, said=(*first, *told), signed=signed)


READY = ("final", "executed")
WHICH = {"draft": "a draft", "proposed": "a proposal"}
"""What the states are called that nobody should sign."""


def stands(signature: Signature) -> bool:
    genuine = signature.genuine and (signature.stamp is None or signature.stamp.genuine)
    return genuine and signature.whole and signature.trusted is not False


def sentences(signature: Signature, signatories: Mapping[str, str]) -> list[str]:
    """What there is to say of one signature."""
    title = signatories.get(signature.field)
    whose = f"{signature.field} ({title})" if title else f"{signature.field}, who is no signatory of this agreement"
    when = f"{in_utc(signature.moment)} by their own clock" if signature.moment else "no time"
    by = f"the certificate of {signature.signer}, issued by {signature.issuer}"
    if not signature.genuine:
        return [f"The signature in the name of {whose} is not genuine, or what it covers was changed: {by}."]
    covers = "it covers all of the paper as it then was" if signature.whole else "it does NOT cover all of the paper"
    chain = {
        None: "Whether that certificate can be trusted was not judged: no root was given with --trust.",
        True: "That certificate leads to a root that was given; whether it was revoked was not asked.",
        False: "That certificate leads to none of the roots that were given, or was not valid then.",
    }
    first = f"Signed by {whose}, {when}, with {by}; {covers}."
    return [first, *stamp_said(signature.stamp), chain[signature.trusted]]


def stamp_said(stamp: Stamp | None) -> list[str]:
    """Whose clock vouches for the time besides the signer's."""
    if stamp is None:
        return []
    if not stamp.genuine:
        return [f"Its time-stamp in the name of {stamp.authority} is not genuine: the time is the signer's word alone."]
    doubt = ", whose certificate leads to none of the roots that were given" if stamp.trusted is False else ""
    return [f"It existed at {in_utc(stamp.moment)} by the clock of {stamp.authority}{doubt}."]


def in_utc(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC"


def differences(taken: dict[str, bytes], made: Remade) -> list[str]:
    from .. import __version__

    said = [f"The {made.what} is not what its text says: made again from that text, it is another."]
    if made.made_by != __version__:
        said.append(f"It was made by xladsl {made.made_by}, and this is {__version__}: make sure with that version.")
    other = [attachment.name for attachment in made.files if taken.get(attachment.name) != attachment.content]
    if not other and len(said) == 1:
        said.append("All files inside of it are as they should be; the pages, or what frames them, are not.")
    return [*said, *(f"`{name}` inside of it is not what the text comes to." for name in other)]
