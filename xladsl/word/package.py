"""The parts of a Word document: a zip archive, opened with care and packed the same way each time."""

from __future__ import annotations

import zipfile
from io import BytesIO
from posixpath import join, normpath
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

WHOLE = 64 * 1024 * 1024
"""The most bytes that all parts together may come to; a contract of two hundred pages has two million."""

MOST_PARTS = 2000
EARLIEST = (1980, 1, 1, 0, 0, 0)
"""What a part is dated: the archive knows no earlier day, and no other says nothing about whoever made it."""

DOCUMENT = "word/document.xml"
STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
FIRST = ("[Content_Types].xml", "_rels/.rels")
OLD_OR_LOCKED = b"\xd0\xcf\x11\xe0"
MACROS = "vbaproject.bin"


class UnreadableDocumentError(Exception):
    """What is wrong with a document, and what to do about it, in sentences."""


def opened(content: bytes) -> dict[str, bytes]:
    """The parts of a document by their names. Raises UnreadableDocumentError."""
    if content.startswith(OLD_OR_LOCKED):
        raise UnreadableDocumentError(
            "It is locked by a password, or in the format of Word before 2007. Save it as .docx without a password."
        )
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            parts = read_all(archive)
    except UnreadableDocumentError:
        raise
    except Exception as problem:  # a broken archive breaks its reader in any way it likes
        raise UnreadableDocumentError(
            "It is no Word document, or it is damaged. Save it as .docx once more."
        ) from problem
    parts = as_related(parts)
    if DOCUMENT not in parts:
        raise UnreadableDocumentError("It is no Word document: it has no text. Save it as .docx.")
    if STRICT in parts[DOCUMENT]:
        raise UnreadableDocumentError("It is saved as “Strict Open XML Document”. Save it as “Word Document (.docx)”.")
    return parts


def read_all(archive: zipfile.ZipFile) -> dict[str, bytes]:
    """What is read is counted, for an archive may lie about how much it holds."""
    entries = [entry for entry in archive.infolist() if not entry.is_dir()]
    left = WHOLE
    parts: dict[str, bytes] = {}
    if len(entries) > MOST_PARTS:
        raise UnreadableDocumentError(f"It has more than {MOST_PARTS:,} parts, which no contract has.")
    for entry in entries:
        with archive.open(entry) as part:
            found = part.read(left + 1)
        if entry.filename.lower() in {name.lower() for name in parts}:
            raise UnreadableDocumentError(
                f"It has two parts called {entry.filename}, and programs differ in which they show. Ask for another."
            )
        left -= len(found)
        if left < 0:
            raise UnreadableDocumentError(f"Unpacked it holds more than {WHOLE // 1024**2} MB, which no contract does.")
        parts[entry.filename] = found
    return parts


def as_related(parts: dict[str, bytes]) -> dict[str, bytes]:
    """The parts under the names that we know them by: what Word shows is what is related, whatever it is called."""
    named = dict(parts)
    for kind, target, _ in relations(parts, ""):
        if kind == "officeDocument" and target in parts and target != DOCUMENT:
            named[DOCUMENT] = parts[target]
            folder, _, name = target.rpartition("/")
            named[f"word/_rels/{name_of(DOCUMENT)}.rels"] = parts.get(f"{folder}/_rels/{name}.rels", b"")
    for kind, target, _ in relations(named, DOCUMENT):
        if kind in ("styles", "numbering", "comments", "settings") and target in parts:
            named[f"word/{kind}.xml"] = parts[target]
    return named


def relations(parts: Mapping[str, bytes], name: str) -> list[tuple[str, str, bool]]:
    """What a part is related to, or the whole document: the kind of each, where it is, and whether outside of it."""
    folder, _, last = name.rpartition("/")
    told = parts.get(f"{folder}/_rels/{last}.rels".removeprefix("/"), b"")
    found = []
    for each in tree(told) if told else ():
        kind, target = str(each.get("Type", "")).rpartition("/")[2], str(each.get("Target", ""))
        outside = each.get("TargetMode") == "External"
        place = target if outside else normpath(join("/", folder, target)).lstrip("/")
        found.append((kind, place, outside))
    return found


def name_of(part: str) -> str:
    return part.rpartition("/")[2]


def packed(parts: dict[str, bytes]) -> bytes:
    """The archive of these parts: the same bytes for the same parts."""
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name in [*FIRST, *sorted(set(parts) - set(FIRST))]:
            entry = zipfile.ZipInfo(name, EARLIEST)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 0
            archive.writestr(entry, parts[name])
    return made.getvalue()


def has_macros(parts: dict[str, bytes]) -> bool:
    return any(name.lower().endswith(MACROS) for name in parts)


def tree(part: bytes) -> Any:
    """The root of a part's XML, read without the network and without entities. Raises UnreadableDocumentError."""
    from lxml import etree

    if b"<!DOCTYPE" in part[:4096] or b"<!ENTITY" in part:
        raise UnreadableDocumentError(
            "A part of it declares entities, which Word never writes. Do not open it; ask for another."
        )
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
    )
    try:
        return etree.fromstring(part, parser)
    except etree.XMLSyntaxError as problem:
        raise UnreadableDocumentError("A part of it is no sound XML. Save it as .docx once more.") from problem


def written(root: Any) -> bytes:
    from lxml import etree

    made: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return made
