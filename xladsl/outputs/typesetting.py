"""From HTML to the bytes of a PDF, in the project's own fonts and the same on every machine.

The PDF is archival and accessible: PDF/A-3a and PDF/UA-1 in one file. The engine is WeasyPrint; what it would do
in silence (set a text in another font, leave out a character, fetch an address) is here either impossible or a
problem that the caller is told of.
"""

from __future__ import annotations

import io
import logging
import os
import unicodedata
import warnings
from contextlib import contextmanager, redirect_stdout
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Lock
from typing import TYPE_CHECKING, Any, NamedTuple
from xml.sax.saxutils import escape

from .. import resources

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

FAMILIES = ("Source Serif 4", "Noto Naskh Arabic")
FONT_FILES = (
    "SourceSerif4-Regular.ttf",
    "SourceSerif4-It.ttf",
    "SourceSerif4-Bold.ttf",
    "SourceSerif4-BoldIt.ttf",
    "NotoNaskhArabic-Regular.ttf",
    "NotoNaskhArabic-Bold.ttf",
)
LINKS = ("http://", "https://", "mailto:")
IMAGES = {".svg": "image/svg+xml", ".png": "image/png", ".jpg": "image/jpeg"}
LARGEST_IMAGE_BYTES = 2_000_000
LARGEST_IMAGE_PIXELS = 20_000_000
LONGEST_QUOTATION = 200
NEAR = 30
"""How many characters are quoted on either side of a character that cannot be set."""

INSTALL_LIBRARIES = (
    "Install the libraries. Debian, Ubuntu: "
    "`sudo apt-get install --no-install-recommends libpangoft2-1.0-0 libharfbuzz-subset0`. macOS: `brew install pango`."
)

# The environment, the log and the limit for images are the process's, not the call's: one typesetting at a time.
_one_at_a_time = Lock()


class TypesettingProblem(NamedTuple):
    """Why there is no PDF: what is wrong and what to do about it.

    `near` is the text around the fault and `anchor` the `id` of the innermost element that holds it; both are empty
    where the fault has no place.
    """

    message: str
    remedy: str
    near: str = ""
    anchor: str = ""


class Attachment(NamedTuple):
    """A file that travels inside the PDF, such as the source of the agreement.

    `relationship` is PDF's own word for what it is to the document: Source, Data, Supplement or Alternative.
    `modified` is part of the bytes, so it is a date of the agreement and never the clock's.
    """

    name: str
    content: bytes
    media_type: str
    relationship: str
    description: str
    modified: date


class SignatureField(NamedTuple):
    """Where one person signs the PDF by a program. It has a name and a description, and shows nothing on the page."""

    name: str
    description: str


def typeset(
    html: str, style: str, *, attachments: Sequence[Attachment] = (), fields: Sequence[SignatureField] = ()
) -> tuple[bytes | None, list[TypesettingProblem]]:
    """The PDF of a page of HTML with its style sheet, or None and every problem that was found.

    The HTML must have a title and a language. Images are `data:` addresses or `asset:` and the name of a file in
    the templates folder.
    """
    missing = [name for name in FONT_FILES if not _is_font(resources.fonts() / name)]
    if missing:
        message = f"Fonts that come with the project are missing or damaged: {', '.join(missing)}"
        return None, [TypesettingProblem(message, f"Install the project again, or put them into {resources.fonts()}.")]
    problems: list[TypesettingProblem] = []
    with _one_at_a_time, _only_our_fonts():
        try:
            with redirect_stdout(io.StringIO()), warnings.catch_warnings():
                # What these warn of at import they also log when it matters.
                warnings.simplefilter("ignore", DeprecationWarning)
                import weasyprint
        except OSError as failure:
            message = f"A system library that sets text on paper is missing ({str(failure).splitlines()[0]})"
            return None, [TypesettingProblem(message, INSTALL_LIBRARIES)]
        with _log_of_the_engine() as log, _small_images():
            pdf = _render(weasyprint, html, style, (attachments, fields), problems, log)
    return (None if problems else pdf), problems


def _render(
    weasyprint: Any,
    html: str,
    style: str,
    inside: tuple[Sequence[Attachment], Sequence[SignatureField]],
    problems: list[TypesettingProblem],
    log: list[logging.LogRecord],
) -> bytes | None:
    """Lay out and write; every fault is added to `problems`."""
    fetcher = _fetcher(weasyprint, problems)
    fonts = weasyprint.text.fonts.FontConfiguration()
    counters = weasyprint.css.counters.CounterStyle()
    try:
        sheet = weasyprint.CSS(string=style, url_fetcher=fetcher, font_config=fonts, counter_style=counters)
        document = weasyprint.HTML(string=html, url_fetcher=fetcher).render(
            font_config=fonts, counter_style=counters, stylesheets=[sheet], pdf_variant="pdf/a-3a"
        )
        problems += [*_unfit_contents(document), *_broken_outline(document), *_foreign_fonts(document)]
        # What would fetch an attachment or write a forbidden link is not even begun.
        pdf = None if problems else _write(weasyprint, document, *inside)
        problems += _what_the_engine_says(log, document)
        return pdf
    except weasyprint.urls.FatalURLFetchingError as refusal:
        if not problems:  # the fetcher tells why, except where what we let it load is broken
            problems.append(_warning(str(refusal)))
        return None
    except RecursionError:
        remedy = "Let the template put fewer elements inside one another; about sixty lists are the limit."
        problems.append(TypesettingProblem("The text is nested too deeply to be laid out", remedy))
        return None


def _write(
    weasyprint: Any, document: Any, attachments: Sequence[Attachment], fields: Sequence[SignatureField]
) -> bytes:
    for page in document.pages:
        # What stands inside a link would get a second link over the same words, and one that is not tagged as a link.
        page.links[:] = [link for link in page.links if link[3].element_tag.partition("::")[0] == "a"]
    embedded = sorted(attachments, key=lambda attachment: attachment.name)
    pdf: bytes = document.write_pdf(
        pdf_variant="pdf/a-3a",
        attachments=[_attached(weasyprint, attachment) for attachment in embedded],
        finisher=lambda _, pdf: _finish(pdf, embedded, fields),
    )
    return pdf


# What the engine may see of the machine


def _is_font(path: Path) -> bool:
    """Whether there is a TrueType font. Without a single one the engine does not fail, it takes the process with it."""
    try:
        with path.open("rb") as file:
            return file.read(4) == b"\0\1\0\0"
    except OSError:
        return False


@contextmanager
def _only_our_fonts() -> Iterator[None]:
    """Let the engine see the project's fonts and no other, so that a family it lacks is not replaced in silence."""
    with TemporaryDirectory(prefix="xladsl-") as folder:
        configuration = Path(folder) / "fonts.conf"
        configuration.write_text(
            '<?xml version="1.0"?>\n<fontconfig>\n'
            f"<dir>{escape(str(resources.fonts()))}</dir>\n<cachedir>{escape(folder)}</cachedir>\n"
            "</fontconfig>\n",
            encoding="utf-8",
        )
        # The libraries have no other way to be told. The second stands for "now" in what they write: 1 January 1980.
        with _environment({"FONTCONFIG_FILE": str(configuration), "SOURCE_DATE_EPOCH": "315532800"}):
            yield


@contextmanager
def _environment(variables: dict[str, str]) -> Iterator[None]:
    before = {name: os.environ.get(name) for name in variables}
    os.environ.update(variables)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


@contextmanager
def _small_images() -> Iterator[None]:
    """Refuse an image of a few bytes that unfolds to gigabytes."""
    from PIL import Image

    before = Image.MAX_IMAGE_PIXELS
    Image.MAX_IMAGE_PIXELS = LARGEST_IMAGE_PIXELS
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            yield
    finally:
        Image.MAX_IMAGE_PIXELS = before


@contextmanager
def _log_of_the_engine() -> Iterator[list[logging.LogRecord]]:
    logger = logging.getLogger("weasyprint")
    listener = _Listener(logging.WARNING)
    logger.addHandler(listener)
    propagates, logger.propagate = logger.propagate, False
    try:
        yield listener.heard
    finally:
        logger.propagate = propagates
        logger.removeHandler(listener)


class _Listener(logging.Handler):
    def __init__(self, level: int) -> None:
        super().__init__(level)
        self.heard: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.heard.append(record)


def _fetcher(weasyprint: Any, problems: list[TypesettingProblem]) -> Any:
    """What answers the engine's requests for an address: it reads no file but the templates', and no network."""

    class OnlyOurAssets(weasyprint.urls.URLFetcher):  # type: ignore[misc]  # the engine is published without types
        def fetch(self, url: str, headers: object = None) -> Any:
            if url.startswith("data:image/") and len(url) <= LARGEST_IMAGE_BYTES:
                return super().fetch(url, headers)
            if (asset := _asset(url)) is not None:
                kind = {"Content-Type": IMAGES[asset.suffix]}
                return weasyprint.urls.URLFetcherResponse(url, asset.read_bytes(), kind)
            message = (
                f"Paper may not load `{_shortened(url)}`: what is signed may not depend on what an address answers"
            )
            remedy = "Put the image into the templates folder and name it `asset:` and its name."
            problems.append(TypesettingProblem(message, remedy))
            raise ValueError(message)

    return OnlyOurAssets(allow_redirects=False, fail_on_errors=True)


def _asset(url: str) -> Path | None:
    """The image in the templates folder that `asset:its-name` stands for. A name is compared, never followed."""
    name = url.removeprefix("asset:")
    if name == url:
        return None
    folder = resources.templates()
    images = (path for path in folder.rglob("*") if path.suffix in IMAGES)
    return next((path for path in images if path.relative_to(folder).as_posix() == name), None)


# What is wrong with the paper


def _unfit_contents(document: Any) -> Iterator[TypesettingProblem]:
    """What the engine would write without a word: a paper without a name, links into the reader's machine."""
    if not document.metadata.title:
        yield TypesettingProblem("The paper has no title, and readers and archives name it by that", "Say `<title>`.")
    if document.metadata.attachments:
        message = "The text of the page attaches a file to the PDF"
        yield TypesettingProblem(message, "Leave attaching to the compiler, which knows what may be shown to whom.")
    targets = {
        target
        for page in document.pages
        for kind, target, *_ in page.links
        if kind != "internal" and (kind == "attachment" or not target.lower().startswith(LINKS))
    }
    for target in sorted(targets):
        message = f"A link on paper may not lead to `{target}`"
        yield TypesettingProblem(message, "Link to a web page (`https://`), a mail address (`mailto:`) or a clause.")


def _broken_outline(document: Any) -> Iterator[TypesettingProblem]:
    """Headings that leave out a level, on which someone who listens to the paper loses the way."""
    headings = [(0, ""), *((level, label) for page in document.pages for level, label, *_ in page.bookmarks)]
    for (above, _), (level, label) in pairwise(headings):
        if level > above + 1:
            after = f"follows one of level {above}" if above else "is the first"
            message = f"The heading “{label}” is of level {level} and {after}"
            yield TypesettingProblem(message, f"Make it a heading of level {above + 1}.", near=label)


def _foreign_fonts(document: Any) -> Iterator[TypesettingProblem]:
    """Families that the style sheet asks for first and that we do not have: the engine replaces them in silence."""
    asked: dict[str, str] = {}
    for page in document.pages:
        for box, anchor in _texts(page._page_box):
            asked.setdefault(box.style["font_family"][0], anchor)
    for family in sorted(asked.keys() - set(FAMILIES)):
        message = f"The style sheet asks for the font `{family}`, which does not come with the project"
        remedy = f"Ask for {' or '.join(f'`{ours}`' for ours in FAMILIES)}."
        yield TypesettingProblem(message, remedy, anchor=asked[family])


def _what_the_engine_says(records: Iterable[logging.LogRecord], document: Any) -> list[TypesettingProblem]:
    """The engine's warnings as problems, each once."""
    found: dict[TypesettingProblem, None] = {}
    for record in records:
        message = record.getMessage()
        if message.startswith(".notdef glyph") and isinstance(record.args, tuple):
            found[_missing_character(str(record.args[0]), document)] = None
        elif "HarfBuzz-Subset" in message:
            found[TypesettingProblem("The library that embeds fonts in a PDF is missing", INSTALL_LIBRARIES)] = None
        else:
            found[_warning(message)] = None
    return list(found)


def _warning(message: str) -> TypesettingProblem:
    remedy = "Correct the template or the style sheet that asks for it."
    return TypesettingProblem(f"The typesetter warns: {_shortened(message)}", remedy)


def _shortened(text: str) -> str:
    """An address may carry a whole image; its beginning says which."""
    return text if len(text) <= LONGEST_QUOTATION else f"{text[:LONGEST_QUOTATION]}…"


def _missing_character(character: str, document: Any) -> TypesettingProblem:
    name = unicodedata.name(character, "a character without a name")
    shown = f" `{character}`" if character.isprintable() else ""
    near, anchor = _place(character, document)
    place = f", near “{near}”" if near else ""
    message = f"The fonts on paper have no{shown} U+{ord(character):04X} ({name}){place}"
    return TypesettingProblem(message, "Write another character, or the word for it.", near, anchor)


def _place(character: str, document: Any) -> tuple[str, str]:
    """The text around the first place where a character stands, and the `id` it stands under."""
    for page in document.pages:
        for box, anchor in _texts(page._page_box):
            before, found, after = box.text.partition(character)
            if found:
                return f"{before[-NEAR:]}{found}{after[:NEAR]}".strip(), anchor
    return "", ""


def _texts(box: Any, anchor: str = "") -> Iterator[tuple[Any, str]]:
    """The boxes of text in a laid-out box, each with the `id` of the innermost element around it."""
    if box.element is not None:
        anchor = box.element.get("id", anchor)
    if hasattr(box, "text"):
        yield box, anchor
    for child in box.all_children():
        yield from _texts(child, anchor)


# The last touches before the file is written


def _attached(weasyprint: Any, attachment: Attachment) -> Any:
    modified = datetime(attachment.modified.year, attachment.modified.month, attachment.modified.day, tzinfo=UTC)
    return weasyprint.Attachment(
        file_obj=io.BytesIO(attachment.content),
        name=attachment.name,
        description=attachment.description,
        relationship=attachment.relationship,
        created=modified,
        modified=modified,
    )


def _finish(pdf: Any, attachments: Sequence[Attachment], fields: Sequence[SignatureField]) -> None:
    _mark_as_accessible(pdf)
    _reduce_fonts(pdf)
    _describe_attachments(pdf, attachments)
    if fields:
        _add_signature_fields(pdf, fields)


def _streams(pdf: Any, kind: str) -> Iterator[Any]:
    return (item for item in pdf.objects if getattr(item, "extra", {}).get("Type") == kind)


def _dictionaries(pdf: Any, kind: str) -> Iterator[Any]:
    return (item for item in pdf.objects if isinstance(item, dict) and item.get("Type") == kind)


def _referenced(pdf: Any, reference: bytes) -> Any:
    return pdf.objects[int(reference.split()[0])]


def _mark_as_accessible(pdf: Any) -> None:
    """Say PDF/UA-1 beside PDF/A-3a, which wants every property that it does not know described."""
    for metadata in _streams(pdf, "/Metadata"):
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


def _reduce_fonts(pdf: Any) -> None:
    """Take out what shaping needs and a finished page does not: HarfBuzz writes these tables differently by version."""
    from fontTools.ttLib import TTFont

    for descriptor in _dictionaries(pdf, "/FontDescriptor"):
        embedded = _referenced(pdf, descriptor["FontFile2"])
        font = TTFont(io.BytesIO(b"".join(embedded.stream)), recalcTimestamp=False)
        for table in ("GDEF", "GPOS", "GSUB"):
            if table in font:
                del font[table]
        reduced = io.BytesIO()
        font.save(reduced)
        embedded.stream = [reduced.getvalue()]
        if "Length1" in embedded.extra:
            embedded.extra["Length1"] = len(embedded.stream[0])


def _describe_attachments(pdf: Any, attachments: Sequence[Attachment]) -> None:
    """Say of each attachment what it is, for the engine asks the machine it runs on; and list each of them once."""
    by_name = {attachment.name: attachment for attachment in attachments}
    for specification in _dictionaries(pdf, "/Filespec"):
        attachment = by_name[specification["UF"].string]
        specification["AFRelationship"] = f"/{attachment.relationship}"
        _referenced(pdf, specification["EF"]["F"]).extra["Subtype"] = f"/{attachment.media_type.replace('/', '#2f')}"
    if "AF" in pdf.catalog:
        pdf.catalog["AF"][:] = dict.fromkeys(pdf.catalog["AF"])


def _add_signature_fields(pdf: Any, fields: Sequence[SignatureField]) -> None:
    """An empty field for each person, so that a signature fills what is there and changes nothing that is shown."""
    import pydyf

    page = next(_dictionaries(pdf, "/Page"))
    added = []
    for field in fields:
        entry = pydyf.Dictionary(
            {
                "Type": "/Annot",
                "Subtype": "/Widget",
                "FT": "/Sig",
                "T": pydyf.String(field.name),
                "TU": pydyf.String(field.description),
                "Rect": pydyf.Array([0, 0, 0, 0]),
                "F": PRINTED_AND_LOCKED,
                "P": page.reference,
            }
        )
        pdf.add_object(entry)
        added.append(entry.reference)
    page["Annots"] = pydyf.Array([*page.get("Annots", ()), *added])
    pdf.catalog["AcroForm"] = pydyf.Dictionary({"Fields": pydyf.Array(added), "SigFlags": FIELDS_AND_ONLY_APPEND})


PRINTED_AND_LOCKED = 4 | 128
FIELDS_AND_ONLY_APPEND = 1 | 2
"""There are fields for signatures, and a file that is signed may be added to and not be written anew."""
