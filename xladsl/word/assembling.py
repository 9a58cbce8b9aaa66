"""The parts of the document put together: those of the house, and those that are made of this contract."""

from __future__ import annotations

from base64 import b64decode, b64encode
from typing import TYPE_CHECKING, Any

from .frame import OURS, framed, head_or_foot, own_page, put_watermark
from .markup import PACKAGE_R, printable, tag, w
from .package import packed, tree, written

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .frame import Papers
    from .runs import Runs
    from .styles import House

TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
OFFICE = "application/vnd.openxmlformats-officedocument"
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
CORE = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
DUBLIN_CORE = "http://purl.org/dc/elements/1.1/"
EXTENDED = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"
CUSTOM_XML = "http://schemas.openxmlformats.org/officeDocument/2006/customXml"
CARRIED = "urn:xladsl:carried:1"
CARRIED_ITEM = "{6F1D3E0A-9C5B-4E57-8A41-5C1B7D0E2A93}"
CARRIED_PART = "customXml/item1.xml"

MAIN = f"{OFFICE}.wordprocessingml.document.main+xml"
PART_TYPES = {
    "word/document.xml": MAIN,
    "word/styles.xml": f"{OFFICE}.wordprocessingml.styles+xml",
    "word/settings.xml": f"{OFFICE}.wordprocessingml.settings+xml",
    "word/numbering.xml": f"{OFFICE}.wordprocessingml.numbering+xml",
    "customXml/itemProps1.xml": f"{OFFICE}.customXmlProperties+xml",
    "docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
    "docProps/app.xml": f"{OFFICE}.extended-properties+xml",
}
NOT_OF_THE_HOUSE = ("customXml/", "docProps/", "word/comments", "word/people", "_rels/.rels")
"""What another document said of itself, which is nothing of this contract."""


def assembled(
    house: House, body: list[Any], numbering: list[Any], papers: Papers, runs: Runs, carried: Mapping[str, bytes]
) -> bytes:
    """The finished document."""
    parts = {name: part for name, part in house.parts.items() if not name.startswith(NOT_OF_THE_HOUSE)}
    relations = relations_of(parts.get("word/_rels/document.xml.rels"))
    types = tree(parts["[Content_Types].xml"]) if "[Content_Types].xml" in parts else own_types()
    page = own_page() if house.page is None else house.page
    for relation in framed(page):
        head_of(relation, parts, relations, types, head_or_foot(relation, papers, runs))
    mark_pages(parts, relations, papers.watermark)
    document = w("document", w("body", *body, page))
    parts |= {
        "word/document.xml": written(document),
        "word/styles.xml": house.styles.part(),
        "word/numbering.xml": written(numbered(parts.get("word/numbering.xml"), numbering)),
        "docProps/core.xml": written(core(papers)),
        "docProps/app.xml": written(application()),
        "_rels/.rels": written(own_relations()),
        **(carried_parts(carried) if carried else {}),
    }
    for name in ("styles", "settings", "numbering"):
        relate(relations, f"{OURS}{name}", name, f"{name}.xml")
    if carried:
        relate(relations, f"{OURS}carried", "customXml", f"../{CARRIED_PART}")
    parts["word/_rels/document.xml.rels"] = written(relations)
    for name, kind in PART_TYPES.items():
        if name in parts:
            declare(types, name, kind)
    parts["[Content_Types].xml"] = written(without_lost(types, parts))
    return packed(parts)


def head_of(relation: str, parts: dict[str, bytes], relations: Any, types: Any, made: Any) -> None:
    kind = "header" if "header" in relation else "footer"
    parts[f"word/{relation}.xml"] = written(made)
    relate(relations, relation, kind, f"{relation}.xml")
    declare(types, f"word/{relation}.xml", f"{OFFICE}.wordprocessingml.{kind}+xml")


def mark_pages(parts: dict[str, bytes], relations: Any, words: str) -> None:
    """Lay the word of a draft across the pages, under whatever heads they have."""
    for relation in relations if words else ():
        name = f"word/{relation.get('Target')}"
        if relation.get("Type") == f"{RELATION}/header" and name in parts:
            head = tree(parts[name])
            put_watermark(head, words)
            parts[name] = written(head)


# Relations and types


def relations_of(part: bytes | None) -> Any:
    """The relations of the document, without those to what is left out or made anew."""
    from lxml import etree

    if part is None:
        return etree.Element(f"{{{PACKAGE_R}}}Relationships", nsmap={None: PACKAGE_R})
    root = tree(part)
    ours = ("styles", "settings", "numbering", "customXml", "comments", "commentsExtended", "commentsIds", "people")
    for relation in list(root):
        kind = str(relation.get("Type", "")).rpartition("/")[2]
        if kind in ours or relation.get("Id", "").startswith(OURS):
            root.remove(relation)
    return root


def relate(relations: Any, identifier: str, kind: str, target: str) -> None:
    from lxml import etree

    etree.SubElement(relations, f"{{{PACKAGE_R}}}Relationship", Id=identifier, Type=f"{RELATION}/{kind}", Target=target)


def own_relations() -> Any:
    root = relations_of(None)
    relate(root, "rId1", "officeDocument", "word/document.xml")
    relate(root, "rId2", "extended-properties", "docProps/app.xml")
    relate(root, "rId3", "core", "docProps/core.xml")
    root[-1].set("Type", f"{PACKAGE_R}/metadata/core-properties")
    return root


def own_types() -> Any:
    from lxml import etree

    root = etree.Element(f"{{{TYPES}}}Types", nsmap={None: TYPES})
    for extension, kind in (
        ("rels", "application/vnd.openxmlformats-package.relationships+xml"),
        ("xml", "application/xml"),
    ):
        etree.SubElement(root, f"{{{TYPES}}}Default", Extension=extension, ContentType=kind)
    return root


def declare(types: Any, name: str, kind: str) -> None:
    from lxml import etree

    for override in list(types.iter(f"{{{TYPES}}}Override")):
        if override.get("PartName") == f"/{name}":
            types.remove(override)
    etree.SubElement(types, f"{{{TYPES}}}Override", PartName=f"/{name}", ContentType=kind)


def without_lost(types: Any, parts: dict[str, bytes]) -> Any:
    for override in list(types.iter(f"{{{TYPES}}}Override")):
        if str(override.get("PartName", "")).removeprefix("/") not in parts:
            types.remove(override)
    return types


# The parts that say what the document is


def numbered(part: bytes | None, definitions: list[Any]) -> Any:
    """The lists of the house and ours; the schema wants all kinds of lists before all lists."""
    root = w("numbering") if part is None else tree(part)
    kinds = [each for each in definitions if each.tag == tag("abstractNum")]
    own = {each.get(tag("abstractNumId")) for each in kinds}
    for old in list(root):
        if old.get(tag("abstractNumId")) in own or old.get(tag("numId")) in own:
            root.remove(old)
    first = sum(each.tag != tag("num") for each in root if each.tag in (tag("abstractNum"), tag("numPicBullet")))
    for position, kind in enumerate(kinds):
        root.insert(first + position, kind)
    root.extend([each for each in definitions if each.tag == tag("num")])
    return root


def core(papers: Papers) -> Any:
    """Title, parties and language; no day and nobody's name, for neither is known."""
    from lxml import etree

    root = etree.Element(f"{{{CORE}}}coreProperties", nsmap={"cp": CORE, "dc": DUBLIN_CORE})
    for name, said in (("title", papers.title), ("creator", papers.parties), ("language", papers.look.language)):
        etree.SubElement(root, f"{{{DUBLIN_CORE}}}{name}").text = printable(said)
    return root


def application() -> Any:
    from lxml import etree

    root = etree.Element(f"{{{EXTENDED}}}Properties", nsmap={None: EXTENDED})
    etree.SubElement(root, f"{{{EXTENDED}}}Application").text = "xladsl"
    return root


def carried_parts(carried: Mapping[str, bytes]) -> dict[str, bytes]:
    """The files that travel inside, as a part of the kind that Word keeps and shows to nobody."""
    from lxml import etree

    item = etree.Element(f"{{{CARRIED}}}files", nsmap={None: CARRIED})
    for name, content in carried.items():
        file = etree.SubElement(item, f"{{{CARRIED}}}file", name=printable(name))
        file.text = as_text(content)
        if file.text is None:
            file.set("encoding", "base64")
            file.text = b64encode(content).decode()
    properties = etree.Element(f"{{{CUSTOM_XML}}}datastoreItem", nsmap={"ds": CUSTOM_XML})
    properties.set(f"{{{CUSTOM_XML}}}itemID", CARRIED_ITEM)
    schemas = etree.SubElement(properties, f"{{{CUSTOM_XML}}}schemaRefs")
    etree.SubElement(schemas, f"{{{CUSTOM_XML}}}schemaRef").set(f"{{{CUSTOM_XML}}}uri", CARRIED)
    relations = relations_of(None)
    relate(relations, "rId1", "customXmlProps", "itemProps1.xml")
    return {
        CARRIED_PART: written(item),
        "customXml/itemProps1.xml": written(properties),
        "customXml/_rels/item1.xml.rels": written(relations),
    }


def as_text(content: bytes) -> str | None:
    """A file as the words of an element, or None where XML would give back other bytes."""
    try:
        words = content.decode("utf-8")
    except UnicodeDecodeError:
        return None
    return words if words == printable(words) and "\r" not in words else None


def carried_in(parts: Mapping[str, bytes]) -> dict[str, bytes]:
    """The files that travel inside a document; none where whoever saved it last threw them away."""
    found: dict[str, bytes] = {}
    for name, part in parts.items():
        if not name.startswith("customXml/") or CARRIED.encode() not in part or name.endswith(".rels"):
            continue
        for file in tree(part).iter(f"{{{CARRIED}}}file"):
            words = file.text or ""
            try:
                found[file.get("name", "")] = (
                    b64decode(words, validate=True) if file.get("encoding") == "base64" else words.encode()
                )
            except ValueError:
                continue
    return found
