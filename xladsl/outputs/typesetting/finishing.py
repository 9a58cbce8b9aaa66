"""The last touches before the file is written: marks, fonts and attachments."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from .given import Attachment


def attached(weasyprint: Any, attachment: Attachment) -> Any:
    modified = datetime(attachment.modified.year, attachment.modified.month, attachment.modified.day, tzinfo=UTC)
    return weasyprint.Attachment(
        file_obj=io.BytesIO(attachment.content),
        name=attachment.name,
        description=attachment.description,
        relationship=attachment.relationship,
        created=modified,
        modified=modified,
    )


def finish(pdf: Any, attachments: Sequence[Attachment]) -> None:
    mark_as_accessible(pdf)
    reduce_fonts(pdf)
    describe_attachments(pdf, attachments)


def streams(pdf: Any, kind: str) -> Iterator[Any]:
    return (item for item in pdf.objects if getattr(item, "extra", {}).get("Type") == kind)


def dictionaries(pdf: Any, kind: str) -> Iterator[Any]:
    return (item for item in pdf.objects if isinstance(item, dict) and item.get("Type") == kind)


def referenced(pdf: Any, reference: bytes) -> Any:
    return pdf.objects[int(reference.split()[0])]


def mark_as_accessible(pdf: Any) -> None:
    """Say PDF/UA-1 beside PDF/A-3a, which wants every property that it does not know described."""
    for metadata in streams(pdf, "/Metadata"):
        metadata.stream = [part.replace(b"</rdf:RDF>", ACCESSIBILITY_MARK + b"</rdf:RDF>") for part in metadata.stream]


ACCESSIBILITY_MARK = b"""
<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<pdfuaid:part>1</pdfuaid:part>
</rdf:Description>
<rdf:Description rdf:about=""
  xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
  xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
  xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>The part of ISO 14289 that the file follows</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
"""


def reduce_fonts(pdf: Any) -> None:
    """Take out what shaping needs and a finished page does not: HarfBuzz writes these tables differently by version.

    And say of each letter how wide it is by its own font: the engine measures it at the size at which it first stands,
    and in small letters is too coarse for an archive.
    """
    from fontTools.ttLib import TTFont

    for described in [each for each in dictionaries(pdf, "/Font") if "FontDescriptor" in each]:
        embedded = referenced(pdf, referenced(pdf, described["FontDescriptor"])["FontFile2"])
        font = TTFont(io.BytesIO(b"".join(embedded.stream)), recalcTimestamp=False)
        correct_widths(described["W"], font)
        for table in ("GDEF", "GPOS", "GSUB"):
            if table in font:
                del font[table]
        reduced = io.BytesIO()
        font.save(reduced)
        embedded.stream = [reduced.getvalue()]
        if "Length1" in embedded.extra:
            embedded.extra["Length1"] = len(embedded.stream[0])


def correct_widths(told: Any, font: Any) -> None:
    """Of PDF's list of widths each run: the number of its first letter, then the widths of it and of those after it.

    A letter that the font does not have is told as a problem of the paper, and keeps what the engine said.
    """
    size = font["head"].unitsPerEm
    measured = [round(font["hmtx"][letter][0] * 1000 / size) for letter in font.getGlyphOrder()]
    for first, widths in zip(told[::2], told[1::2], strict=True):
        known = measured[first : first + len(widths)]
        widths[: len(known)] = known


def describe_attachments(pdf: Any, attachments: Sequence[Attachment]) -> None:
    """Say of each attachment what it is, for the engine asks the machine it runs on; and list each of them once."""
    by_name = {attachment.name: attachment for attachment in attachments}
    for specification in dictionaries(pdf, "/Filespec"):
        attachment = by_name[specification["UF"].string]
        specification["AFRelationship"] = f"/{attachment.relationship}"
        referenced(pdf, specification["EF"]["F"]).extra["Subtype"] = f"/{attachment.media_type.replace('/', '#2f')}"
    if "AF" in pdf.catalog:
        pdf.catalog["AF"][:] = dict.fromkeys(pdf.catalog["AF"])
