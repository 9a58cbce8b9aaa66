"""The digests of files, worked out while their rows are read: a hash needs a processor, but no turn of Python's."""

from __future__ import annotations

import hashlib
from threading import Event, Thread
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

BLOCK = 1 << 22
"""Bytes that are hashed at once. After each block the thread waits for its turn, so that small ones would be slow."""


class Digests:
    """The SHA-256 of some files, in hexadecimal digits, one file after the other in a thread of its own."""

    def __init__(self, paths: Iterable[str]) -> None:
        self._found: dict[str, str | OSError] = {}
        self._done = {path: Event() for path in paths}
        Thread(target=self._hash, daemon=True).start()

    def of(self, path: str) -> str:
        """Waits until it is known. Raises OSError if the file cannot be read."""
        self._done[path].wait()
        found = self._found[path]
        if isinstance(found, OSError):
            raise found
        return found

    def _hash(self) -> None:
        for path, done in self._done.items():
            try:
                self._found[path] = sha256_of(path)
            except OSError as fault:
                self._found[path] = fault
            finally:
                done.set()


def sha256_of(path: str) -> str:
    """Raises OSError."""
    digest = hashlib.sha256()
    with open(path, "rb", buffering=0) as raw:
        block = memoryview(bytearray(BLOCK))
        while read := raw.readinto(block):
            digest.update(block[:read])
    return digest.hexdigest()
