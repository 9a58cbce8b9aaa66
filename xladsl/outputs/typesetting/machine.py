"""What the engine may see of the machine: our fonts, our images, no network; and what it says while it works."""

from __future__ import annotations

import logging
import os
import warnings
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

from ... import resources
from ..house import IMAGES
from .given import TypesettingProblem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..house import House

FAMILIES = ("Source Serif 4", "Noto Naskh Arabic")
FONT_FILES = (
    "SourceSerif4-Regular.ttf",
    "SourceSerif4-It.ttf",
    "SourceSerif4-Bold.ttf",
    "SourceSerif4-BoldIt.ttf",
    "NotoNaskhArabic-Regular.ttf",
    "NotoNaskhArabic-Bold.ttf",
)
LARGEST_IMAGE_BYTES = 2_000_000
LARGEST_IMAGE_PIXELS = 20_000_000
LONGEST_QUOTATION = 200


def is_font(path: Path) -> bool:
    """Whether there is a TrueType font. Without a single one the engine does not fail, it takes the process with it."""
    try:
        with path.open("rb") as file:
            return file.read(4) == b"\0\1\0\0"
    except OSError:
        return False


@contextmanager
def only_our_fonts(house: House) -> Iterator[None]:
    """Let the engine see the project's fonts and no other, so that a family it lacks is not replaced in silence."""
    with TemporaryDirectory(prefix="xladsl-") as folder:
        configuration = Path(folder) / "fonts.conf"
        for position, content in enumerate(house.fonts().values()):
            Path(folder, f"{position:05}.ttf").write_bytes(content)  # what they are called may lead anywhere
        configuration.write_text(
            '<?xml version="1.0"?>\n<fontconfig>\n'
            f"<dir>{escape(str(resources.fonts()))}</dir>\n<dir>{escape(folder)}</dir>\n"
            f"<cachedir>{escape(folder)}</cachedir>\n"
            "</fontconfig>\n",
            encoding="utf-8",
        )
        # The libraries have no other way to be told. The second stands for "now" in what they write: 1 January 1980.
        with environment({"FONTCONFIG_FILE": str(configuration), "SOURCE_DATE_EPOCH": "315532800"}):
            yield


@contextmanager
def environment(variables: dict[str, str]) -> Iterator[None]:
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
def small_images() -> Iterator[None]:
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
def log_of_the_engine() -> Iterator[list[logging.LogRecord]]:
    logger = logging.getLogger("weasyprint")
    listener = Listener(logging.WARNING)
    logger.addHandler(listener)
    propagates, logger.propagate = logger.propagate, False
    try:
        yield listener.heard
    finally:
        logger.propagate = propagates
        logger.removeHandler(listener)


class Listener(logging.Handler):
    def __init__(self, level: int) -> None:
        super().__init__(level)
        self.heard: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.heard.append(record)


def asset_fetcher(weasyprint: Any, problems: list[TypesettingProblem], house: House) -> Any:
    """What answers the engine's requests for an address: it reads no file but the templates', and no network."""

    class OnlyOurAssets(weasyprint.urls.URLFetcher):  # type: ignore[misc]  # the engine is published without types
        def fetch(self, url: str, headers: object = None) -> Any:
            if url.startswith("data:image/") and len(url) <= LARGEST_IMAGE_BYTES:
                return super().fetch(url, headers)
            name = url.removeprefix("asset:")
            if name != url and (image := house.image(name)) is not None:
                kind = {"Content-Type": IMAGES[Path(name).suffix]}
                return weasyprint.urls.URLFetcherResponse(url, image, kind)
            message = f"Paper may not load `{shortened(url)}`: what is signed may not depend on what an address answers"
            remedy = "Put the image into the templates folder and name it `asset:` and its name."
            problems.append(TypesettingProblem(message, remedy))
            raise ValueError(message)

    return OnlyOurAssets(allow_redirects=False, fail_on_errors=True)


def shortened(text: str) -> str:
    """An address may carry a whole image; its beginning says which."""
    return text if len(text) <= LONGEST_QUOTATION else f"{text[:LONGEST_QUOTATION]}…"
