"""The elements of WordprocessingML, made by name: `w("p", w("r"))`, `w("jc", val="center")`."""

from __future__ import annotations

import re
from typing import Any

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE_R = "http://schemas.openxmlformats.org/package/2006/relationships"
XML = "http://www.w3.org/XML/1998/namespace"
SPACES = {"w": W, "r": R, "v": "urn:schemas-microsoft-com:vml", "o": "urn:schemas-microsoft-com:office:office"}

NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that no XML document may hold."""


def w(name: str, /, *children: Any, **attributes: object) -> Any:
    """An element of the main namespace; what is None is left out, of children and of attributes."""
    from lxml import etree

    made = etree.Element(f"{{{W}}}{name}", nsmap=SPACES)
    for key, value in attributes.items():
        if value is not None:
            made.set(f"{{{W}}}{key}", printable(str(value)))
    made.extend([child for child in children if child is not None])
    return made


def text(words: str, name: str = "t") -> Any:
    made = w(name)
    made.text = printable(words)
    made.set(f"{{{XML}}}space", "preserve")
    return made


def printable(words: str) -> str:
    return NOT_XML.sub("\N{REPLACEMENT CHARACTER}", words)


def tag(name: str) -> str:
    """The name of an element of the main namespace, as the parser writes it."""
    return f"{{{W}}}{name}"


def value(element: Any, name: str = "val") -> str:
    """An attribute of the main namespace; empty where it, or the element, is not there."""
    return str(element.get(f"{{{W}}}{name}", "")) if element is not None else ""
