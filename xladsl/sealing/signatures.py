"""What stands behind a paper: who signed it, when, over what, and whether anything else was added."""

from __future__ import annotations

import io
import logging
from typing import TYPE_CHECKING, Any, NamedTuple

from .identity import NEEDS, SealingError, named

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

# It tells its own log, with a traceback, of each certificate that leads nowhere; we tell the person who asks.
for library in ("pyhanko", "pyhanko_certvalidator"):
    logging.getLogger(library).addHandler(logging.NullHandler())


class Stamp(NamedTuple):
    """A time-stamp: whose clock it was, and what it said. `trusted` is None where no roots were given."""

    authority: str
    moment: datetime
    genuine: bool
    trusted: bool | None


class Signature(NamedTuple):
    """One signature: in whose field, and by whose certificate, which need not be the same person.

    `moment` is what the signer's computer said. `genuine`: made with that certificate's key over these very bytes.
    `whole`: it covers all of the paper as it then was. `trusted` is None where no roots were given. The `stamp` says
    the time as somebody else saw it.
    """

    field: str
    signer: str
    issuer: str
    moment: datetime | None
    genuine: bool
    whole: bool
    trusted: bool | None
    stamp: Stamp | None = None


class Added(NamedTuple):
    """The signatures behind a paper in their order, and, if there is more than those, what it is."""

    signatures: tuple[Signature, ...]
    other: str = ""


def added_to(paper: bytes, content: bytes, trust: Sequence[Any] = ()) -> Added:
    """What was added to a paper. `content` begins with it; `trust` are the certificates of the roots.

    Raises SealingError where it cannot be read.
    """
    try:
        import pyhanko  # noqa: F401
    except ImportError as problem:
        raise SealingError(NEEDS) from problem
    try:
        reader = reader_of(content)
        found = tuple(judged(each, trust) for each in reader.embedded_signatures if is_of_a_person(each))
        return Added(found, beside_signatures(paper, reader))
    except SealingError:
        raise
    except Exception as problem:
        raise SealingError(f"What was added to it cannot be read: {str(problem)[:200]}") from problem


def reader_of(content: bytes) -> Any:
    """A reader that looks up where an object lies instead of searching for each anew, which takes minutes on paper."""
    from pyhanko.pdf_utils import generic, misc
    from pyhanko.pdf_utils.reader import PdfFileReader

    tables: dict[int, tuple[list[int], int, bytes]] = {}

    class LooksUp(PdfFileReader):
        def _get_object_from_stream(self, idnum: int, stmnum: int, idx: int) -> Any:
            if stmnum not in tables:
                stream: Any = generic.Reference(stmnum, 0, self).get_object()
                if stream["/Type"] != "/ObjStm":
                    raise misc.PdfReadError("Objects lie in what holds none")
                numbers = [int(each) for each in stream.data[: stream["/First"]].split()]
                tables[stmnum] = numbers, int(stream["/First"]), stream.data
            numbers, first, data = tables[stmnum]
            if numbers[2 * idx] != idnum:
                raise misc.PdfReadError("An object does not lie where it should")
            at = io.BytesIO(data)
            at.seek(first + numbers[2 * idx + 1])
            return generic.read_object(at, generic.Reference(idnum, 0, self))

    return LooksUp(io.BytesIO(content))


def is_of_a_person(signature: Any) -> bool:
    return bool(signature.sig_object_type == "/Sig")


def judged(signature: Any, trust: Sequence[Any]) -> Signature:
    from asn1crypto.x509 import Certificate
    from cryptography import x509
    from cryptography.hazmat.primitives.serialization import Encoding
    from pyhanko.sign.validation import SignatureCoverageLevel, validate_pdf_signature
    from pyhanko.sign.validation.settings import KeyUsageConstraints
    from pyhanko_certvalidator import ValidationContext

    moment = signature.self_reported_timestamp
    roots = [Certificate.load(root.public_bytes(Encoding.DER)) for root in trust]
    status = validate_pdf_signature(
        signature,
        ValidationContext(trust_roots=roots, moment=moment, allow_fetching=False),
        key_usage_settings=KeyUsageConstraints(
            key_usage={"digital_signature", "non_repudiation"}, match_all_key_usages=False
        ),
        skip_diff=True,  # what was added is looked through once, from the paper on
    )
    own = x509.load_der_x509_certificate(signature.signer_cert.dump())
    return Signature(
        str(signature.field_name),
        named(own),
        own.issuer.rfc4514_string(),
        moment,
        bool(status.intact and status.valid),
        status.coverage >= SignatureCoverageLevel.ENTIRE_REVISION,
        bool(status.trusted) if trust else None,
        None if status.timestamp_validity is None else stamped(status.timestamp_validity, bool(trust)),
    )


def stamped(status: Any, judged_by_roots: bool) -> Stamp:
    from cryptography import x509

    authority = x509.load_der_x509_certificate(status.signing_cert.dump())
    genuine = bool(status.intact and status.valid)
    return Stamp(named(authority), status.timestamp, genuine, bool(status.trusted) if judged_by_roots else None)


def beside_signatures(paper: bytes, reader: Any) -> str:
    """What else than signatures was added since the paper was made; empty where nothing was."""
    from pyhanko.sign.fields import enumerate_sig_fields
    from pyhanko.sign.validation import SignatureCoverageLevel

    first = reader_of(paper).xrefs
    if reader.xrefs.hybrid_xrefs_present or (
        reader.xrefs.get_startxref_for_revision(0) != first.get_startxref_for_revision(0)
    ):
        return "it does not build on the paper but takes its place"
    if any(more_than_signed(reader, revision) for revision in range(1, reader.xrefs.total_revisions)):
        return "it changes what the paper shows or holds"
    of_paper = {name for name, _, _ in enumerate_sig_fields(reader_of(paper))}
    if any(shown(field) for name, _, field in enumerate_sig_fields(reader) if name not in of_paper):
        return "a signature shows a picture, which may cover words of the paper"
    signatures = reader.embedded_signatures
    if not signatures:
        return "it is no signature"
    if signatures[-1].evaluate_signature_coverage() != SignatureCoverageLevel.ENTIRE_FILE:
        return "something stands behind the last signature, and no signature covers it"
    return ""


def more_than_signed(reader: Any, revision: int) -> bool:
    """Whether a revision does more to the one before it than to fill fields for signatures that were empty there."""
    from pyhanko.sign.diff_analysis import DEFAULT_DIFF_POLICY, ModificationLevel, SuspiciousModification

    try:
        changes = DEFAULT_DIFF_POLICY.apply(*map(reader.get_historical_resolver, (revision - 1, revision)))
    except SuspiciousModification:
        return True
    return bool(changes.modification_level > ModificationLevel.FORM_FILLING)


def shown(field: Any) -> bool:
    """Whether the field of a signature takes up room on a page."""
    left, bottom, right, top = field.get_object().get("/Rect", (0, 0, 0, 0))
    return bool(left != right and bottom != top) or "/Kids" in field.get_object()
