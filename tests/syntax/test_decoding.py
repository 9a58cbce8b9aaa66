"""Bytes to text: UTF-8 or a finding that says where it is not."""

from __future__ import annotations

import codecs

import pytest

from xladsl.syntax import decoding
from xladsl.syntax.decoding import decode


def test_utf_8_with_and_without_a_mark() -> None:
    assert decode("a", "é".encode())[0].text == "é"
    assert decode("a", codecs.BOM_UTF8 + "é".encode())[1] == []
    assert decode("a", codecs.BOM_UTF8 + "é".encode())[0].text == "é"


def test_the_first_wrong_byte_is_shown() -> None:
    source, (found,) = decode("a", b'goal g {\n  note "caf\xe9"\n}\n')
    assert found.title == "Byte 0xe9 at offset 20 is not UTF-8 (line 2)"
    assert (found.span.text, found.code) == ("é", "XL124")
    assert source.line(2) == '  note "café"'


def test_utf_16_is_named_and_shown() -> None:
    source, (found,) = decode("a", "goal".encode("utf-16"))
    assert found.title == "This file is UTF-16, not UTF-8 (line 1)"
    assert source.text == "goal"


def test_zeros_make_no_text() -> None:
    source, (found,) = decode("a", b"PK\x03\n\x00\x00")
    assert found.title == "This file holds 2 bytes that are zero, the first at offset 4: it is no text (line 2)"
    assert "\0" not in source.text


def test_a_file_has_its_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(decoding, "LARGEST_FILE", 10)
    _, (found,) = decode("a", b"x" * 11)
    assert found.title == "This file has more than 10 bytes, which are the most"


@pytest.mark.parametrize("byte", range(256))
def test_no_bytes_raise(byte: int) -> None:
    source, diagnostics = decode("a", bytes([byte, 255 - byte, byte]))
    assert all(0 <= found.span.start <= found.span.end <= len(source.text) for found in diagnostics)
