"""A private key that never leaves its device, such as a card or a module: reached by PKCS#11."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from .identity import Device, Identity, SealingError, certificates_in, refuse_unfit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime

NEEDS = "Keys on a device need the library python-pkcs11: install  xladsl[pkcs11] ."


@contextmanager
def identity_on(
    module: str, token: str, label: str, certificate: bytes | None, pin: Callable[[], bytes], moment: datetime
) -> Iterator[Identity]:
    """Who signs by the key called `label` on the token called `token`, while the device is open.

    `module` is the file of the device's driver. The certificate is the one of that label on the token, unless one is
    given. Raises SealingError.
    """
    try:
        import pkcs11
    except ImportError as problem:
        raise SealingError(NEEDS) from problem
    found = token_called(pkcs11, module, token)
    try:
        session = found.open(user_pin=pin().decode())
    except (pkcs11.PinIncorrect, pkcs11.PinInvalid, pkcs11.PinLenRange) as problem:
        raise SealingError("The PIN of the token is wrong. Several wrong ones may lock it.") from problem
    except pkcs11.PinLocked as problem:
        raise SealingError("The token is locked, because a wrong PIN was given too often.") from problem
    except pkcs11.PKCS11Error as problem:
        raise SealingError(f"The token cannot be opened: {said(problem)}.") from problem
    try:
        who = on_token(pkcs11, session, label, certificate)
        refuse_unfit(who, moment)
        yield who
    except pkcs11.PKCS11Error as problem:
        raise SealingError(f"The device does not sign: {said(problem)}.") from problem
    finally:
        session.close()


def token_called(pkcs11: Any, module: str, label: str) -> Any:
    try:
        tokens = list(pkcs11.lib(module).get_tokens())
    except (pkcs11.PKCS11Error, RuntimeError, OSError) as problem:
        raise SealingError(f"{module} is no driver of a device by PKCS#11, or the device is not there.") from problem
    found = [each for each in tokens if each.label == label]
    if len(found) != 1:
        there = ", ".join(f"`{each.label}`" for each in tokens if each.label) or "none"
        raise SealingError(f"There are {len(found) or 'no'} tokens called `{label}`. Those that are there: {there}.")
    return found[0]


def on_token(pkcs11: Any, session: Any, label: str, certificate: bytes | None) -> Identity:
    def objects(kind: Any, **more: Any) -> list[Any]:
        return list(session.get_objects({pkcs11.Attribute.CLASS: kind} | more.get("where", {})))

    called = {pkcs11.Attribute.LABEL: label}
    if len(objects(pkcs11.ObjectClass.PRIVATE_KEY, where=called)) != 1:
        raise SealingError(f"There is not exactly one private key called `{label}` on the token.")
    if certificate is not None:
        own, *chain = certificates_in(certificate)
        return Identity(None, own, tuple(chain), Device(session, label))
    held = [one[pkcs11.Attribute.VALUE] for one in objects(pkcs11.ObjectClass.CERTIFICATE, where=called)]
    if len(held) != 1:
        raise SealingError(f"The token has no certificate called `{label}`: give it with  --certificate .")
    others = [one[pkcs11.Attribute.VALUE] for one in objects(pkcs11.ObjectClass.CERTIFICATE)]
    [own] = certificates_in(held[0])
    chain = [each for other in others if other != held[0] for each in certificates_in(other)]
    return Identity(None, own, tuple(chain), Device(session, label))


def said(problem: Exception) -> str:
    """What a device says of an error: often nothing but its name."""
    return str(problem) or type(problem).__name__
