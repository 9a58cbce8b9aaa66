"""House style: what paper looks like when a firm brings a folder of its own.

A file in that folder counts instead of the project's template of the same name. `house.css` is read after the style
sheet, `house.toml` says how clauses are numbered and which logo stands on the cover, `fonts/` holds fonts (TrueType),
and images beside them are shown by `asset:` and their name. Nothing outside of the folder is read through it.
"""

from __future__ import annotations

import io
import tomllib
from pathlib import Path
from typing import NamedTuple

from .. import resources

SETTINGS = "house.toml"
STYLE = "house.css"
FONTS = "fonts"
IMAGES = {".svg": "image/svg+xml", ".png": "image/png", ".jpg": "image/jpeg"}
READ = {".html", ".css", ".toml", ".ttf", ".docx", *IMAGES}
LARGEST = 20_000_000
"""How many bytes a folder may hold in all."""

COUNTERS = ("1", "I", "i", "A", "a")


class HouseError(Exception):
    """Why a folder cannot be used, and what to do about it."""

    def __init__(self, message: str, remedy: str) -> None:
        super().__init__(message)
        self.message, self.remedy = message, remedy


class Numbering(NamedTuple):
    """The first number of each kind of section: `1`, `I`, `i`, `A` or `a`; clauses add a figure to it, `I.1`."""

    sections: str = "1"
    schedules: str = "A"


class Logo(NamedTuple):
    """A picture on the cover: the file's name in the folder, and what it says to those who do not see it."""

    file: str
    says: str


class House(NamedTuple):
    """A style. Without a folder it is the project's own.

    `files` are what the folder held when it was opened, by names with `/`: what is read later is what was read then.
    """

    files: tuple[tuple[str, bytes], ...] = ()
    numbering: Numbering = Numbering()
    logo: Logo | None = None

    @property
    def own(self) -> dict[str, bytes]:
        return dict(self.files)

    def text(self, name: str) -> str | None:
        """A template or a style sheet: the folder's, or else the project's; None where neither has one."""
        if not name.endswith((".html", ".css")):
            return None
        if (found := self.own.get(name)) is not None:
            return found.decode("utf-8")
        folder = resources.templates()
        inside = (folder / name).resolve().is_relative_to(folder.resolve()) and (folder / name).is_file()
        return (folder / name).read_text(encoding="utf-8") if inside else None

    def style_sheet(self) -> str:
        """The style sheet of the contract, and what the house adds to it; it cannot end the element it stands in."""
        sheets = (self.text("contract.css"), self.own.get(STYLE, b"").decode("utf-8"))
        return "\n".join(filter(None, sheets)).replace("</", "<\\/")

    def image(self, name: str) -> bytes | None:
        """A picture of the folder, or else of the project. A name is compared, never followed."""
        if (found := self.own.get(name)) is not None:
            return found if Path(name).suffix in IMAGES else None
        folder = resources.templates()
        images = (path for path in folder.rglob("*") if path.suffix in IMAGES)
        return next((path.read_bytes() for path in images if path.relative_to(folder).as_posix() == name), None)

    def fonts(self) -> dict[str, bytes]:
        """The fonts that the folder brings, by the names of their files."""
        prefix = f"{FONTS}/"
        return {name.removeprefix(prefix): content for name, content in self.files if name.startswith(prefix)}

    def families(self) -> set[str]:
        """What the folder's fonts are called in a style sheet."""
        return {family for content in self.fonts().values() if (family := family_of(content)) is not None}

    def packed(self) -> bytes | None:
        """The folder as one file that travels inside a PDF; None for the project's own style."""
        from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

        if not self.files:
            return None
        file = io.BytesIO()
        with ZipFile(file, "w") as archive:
            for name, content in self.files:
                entry = ZipInfo(name)  # of 1 January 1980, so that the same folder makes the same bytes
                entry.compress_type = ZIP_DEFLATED
                archive.writestr(entry, content)
        return file.getvalue()


OURS = House()


def opened(folder: str) -> House:
    """The style in a folder. Raises HouseError where it cannot be used, OSError where it cannot be read."""
    found: dict[str, bytes] = {}
    outermost, left = Path(folder).resolve(), LARGEST
    for path in sorted(Path(folder).rglob("*")):
        shown = path.relative_to(folder).as_posix()
        if path.suffix not in READ or shown.startswith(".") or "/." in shown or not path.is_file():
            continue
        if not path.resolve().is_relative_to(outermost):
            remedy = "Put a copy of it into the folder: paper is made of nothing else."
            raise HouseError(f"`{shown}` leads out of the folder", remedy)
        left -= path.stat().st_size
        if left < 0:
            message = f"The folder holds more than {LARGEST:,} bytes of templates, fonts and images"
            raise HouseError(message, "Leave in it only what paper is made of.")
        found[shown] = path.read_bytes()
    if not found:
        remedy = f"Put templates, `{STYLE}` or `{SETTINGS}` into it, named like the project's."
        raise HouseError("There is nothing in it of which paper could be made", remedy)
    return made_of(found)


def unpacked(content: bytes) -> House:
    """The style in what `packed` made. Raises HouseError."""
    from zipfile import ZipFile

    remedy = "Ask who made it for another."
    found: dict[str, bytes] = {}
    left = LARGEST
    try:
        with ZipFile(io.BytesIO(content)) as archive:
            for entry in archive.infolist():
                with archive.open(entry) as file:
                    found[entry.filename] = file.read(left + 1)  # an archive may lie about how much it holds
                left -= len(found[entry.filename])
                if left < 0:
                    raise HouseError(f"The house style holds more than {LARGEST:,} bytes", remedy)
    except HouseError:
        raise
    except Exception as problem:  # a broken archive breaks its reader in any way it likes
        raise HouseError(f"The house style cannot be unpacked ({problem})", remedy) from problem
    return made_of(found)


def made_of(files: dict[str, bytes]) -> House:
    """The style that files make, by their names. Raises HouseError."""
    for name, content in files.items():
        if not lies_inside(name):
            raise HouseError(f"`{name[:100]}` is no name of a file in a folder", "Name it without `..`, `:` and `\\`.")
        if name.endswith((".html", ".css", ".toml")) and not readable(content):
            raise HouseError(f"`{name}` is not text in UTF-8", "Save it as UTF-8.")
        if name.startswith(f"{FONTS}/") and family_of(content) is None:
            raise HouseError(f"`{name}` is no TrueType font that can be read", "Put fonts there as .ttf files.")
    numbering, logo = settings(files.get(SETTINGS, b"").decode("utf-8"))
    if logo is not None and (logo.file not in files or Path(logo.file).suffix not in IMAGES):
        remedy = f"Put it there, as one of {', '.join(IMAGES)}."
        raise HouseError(f"`{SETTINGS}` names the logo `{logo.file}`, and the folder has no such picture", remedy)
    return House(tuple(sorted(files.items())), numbering, logo)


def settings(text: str) -> tuple[Numbering, Logo | None]:
    try:
        said = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as problem:
        raise HouseError(f"`{SETTINGS}` cannot be read: {problem}", "Correct it; it is a TOML file.") from problem
    known = {"numbering": {"sections", "schedules"}, "logo": {"file", "says"}}
    for table, entries in said.items():
        if table not in known or not isinstance(entries, dict):
            remedy = f"Its tables are {' and '.join(f'[{name}]' for name in known)}."
            raise HouseError(f"`{SETTINGS}` says `{table}`, which means nothing", remedy)
        for name, value in entries.items():
            if name not in known[table] or not isinstance(value, str):
                remedy = f"[{table}] takes {' and '.join(sorted(known[table]))}, each in quotation marks."
                raise HouseError(f"`{SETTINGS}` says `{name}` in [{table}], which cannot be read", remedy)
    return numbering_of(said.get("numbering", {})), logo_of(said.get("logo", {}))


def numbering_of(said: dict[str, str]) -> Numbering:
    numbering = Numbering(**said)
    for counter in numbering:
        if counter not in COUNTERS:
            remedy = f"Count by one of {', '.join(COUNTERS)}."
            raise HouseError(f"`{SETTINGS}` counts by `{counter}`, which is no counter", remedy)
    if numbering.sections == numbering.schedules:
        remedy = 'Count them differently, as `sections = "1"` and `schedules = "A"` do.'
        raise HouseError("Sections and schedules are numbered alike, so a number would name two clauses", remedy)
    return numbering


def logo_of(said: dict[str, str]) -> Logo | None:
    if not said:
        return None
    if set(said) != {"file", "says"} or not said["says"].strip():
        remedy = 'Say  file = "logo.svg"  and  says = "Northwind IT Services" .'
        raise HouseError(f"[logo] in `{SETTINGS}` needs a file, and what the picture says to those who hear it", remedy)
    return Logo(said["file"], said["says"])


def readable(content: bytes) -> bool:
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def lies_inside(name: str) -> bool:
    """Whether a name leads to a file in the folder, and not to one above or beside it."""
    parts = name.split("/")
    return all(parts) and not {".", ".."} & set(parts) and not set(name) & {"\\", ":", "\0"}


def family_of(font: bytes) -> str | None:
    """What a TrueType font is called in a style sheet; None for anything else."""
    import logging

    from fontTools.ttLib import TTFont

    logging.getLogger("fontTools").setLevel(logging.CRITICAL)  # what is wrong with a file is told once, by us
    try:
        found = TTFont(io.BytesIO(font))
        return found["name"].getBestFamilyName() if "glyf" in found else None
    except Exception:  # noqa: BLE001  # a broken font breaks its reader in any way it likes
        return None
