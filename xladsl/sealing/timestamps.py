"""The time of a signature as somebody else than the signer says it: a time-stamp by RFC 3161, asked for over HTTP."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from .identity import SealingError

if TYPE_CHECKING:
    from http.client import HTTPResponse

SECONDS = 20
LARGEST_ANSWER = 1_000_000
ASKING, ANSWER = "application/timestamp-query", "application/timestamp-reply"


def timestamper(address: str) -> Any:
    """What asks the authority at an address for a time-stamp, as pyHanko wants it. Raises SealingError.

    The authority sees a digest of the signature and nothing of the paper.
    """
    from asn1crypto import tsp
    from pyhanko.sign.timestamps import TimeStamper

    if urlsplit(address).scheme not in ("http", "https") or not urlsplit(address).hostname:
        raise SealingError(f"`{address}` is no address of an authority for time-stamps: it begins with  https:// .")

    class Asking(TimeStamper):
        async def async_request_tsa_response(self, req: Any) -> Any:
            return tsp.TimeStampResp.load(answer_of(address, req.dump()), strict=True)

    return Asking()  # type: ignore[no-untyped-call]  # published with half its types


def answer_of(address: str, question: bytes) -> bytes:
    """What the authority answers. It leads nowhere else, and is no longer than a time-stamp can be."""
    from urllib.error import HTTPError, URLError
    from urllib.request import HTTPRedirectHandler, Request, build_opener

    class GoesNowhereElse(HTTPRedirectHandler):
        def redirect_request(self, *_: Any) -> None:
            return None

    asked = Request(address, question, {"Content-Type": ASKING, "Accept": ANSWER})  # noqa: S310  # http or https, see above
    try:
        answer: HTTPResponse
        with build_opener(GoesNowhereElse).open(asked, timeout=SECONDS) as answer:
            kind, content = answer.headers.get_content_type(), answer.read(LARGEST_ANSWER + 1)
    except HTTPError as problem:
        problem.close()
        raise SealingError(f"The authority for time-stamps at {address} refuses: {problem.reason}.") from problem
    except (OSError, URLError, ValueError) as problem:
        reason = getattr(problem, "reason", problem)
        raise SealingError(f"The authority for time-stamps at {address} does not answer: {reason}.") from problem
    if kind != ANSWER or len(content) > LARGEST_ANSWER:
        raise SealingError(f"What answers at {address} is no authority for time-stamps: it sent {kind}.")
    return content
