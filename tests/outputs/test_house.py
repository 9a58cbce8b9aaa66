"""A firm's own style: its templates come first, and nothing but its folder is read through them."""

from __future__ import annotations

import io
import re
from pathlib import Path
from zipfile import ZipFile

import pytest

from tests.outputs.test_paper import EDITION, MAIL, contract_of
from xladsl import resources
from xladsl.outputs import Manner, house, html
from xladsl.outputs.house import House, HouseError, Logo, Numbering, made_of, opened, unpacked
from xladsl.outputs.typesetting.machine import only_our_fonts

PICTURE = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 2 2"><rect width="2" height="2"/></svg>'
FONT = (resources.fonts() / "SourceSerif4-Regular.ttf").read_bytes()


def folder(tmp_path: Path, **files: str) -> str:
    for name, text in files.items():
        path = tmp_path / name.replace("__", "/").replace("_", ".")
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return str(tmp_path)


def test_what_the_folder_lacks_is_the_projects(tmp_path: Path) -> None:
    found = opened(folder(tmp_path, cover_html="<h1>ours</h1>"))
    assert found.text("cover.html") == "<h1>ours</h1>"
    assert found.text("contract.html") == house.OURS.text("contract.html")
    assert found.text("no-such.html") is None


def test_the_houses_style_comes_after_the_projects(tmp_path: Path) -> None:
    style = opened(folder(tmp_path, house_css="h1 { color: #036 }")).style_sheet()
    assert style.startswith(house.OURS.style_sheet().rstrip())
    assert style.endswith("h1 { color: #036 }")


def test_numbering_and_logo(tmp_path: Path) -> None:
    (tmp_path / "logo.svg").write_bytes(PICTURE)
    settings = '[numbering]\nsections = "I"\nschedules = "1"\n[logo]\nfile = "logo.svg"\nsays = "Northwind"\n'
    found = opened(folder(tmp_path, house_toml=settings))
    assert found.numbering == Numbering("I", "1")
    assert found.logo == Logo("logo.svg", "Northwind")
    assert found.image("logo.svg") == PICTURE


def test_a_font_is_known_by_its_family(tmp_path: Path) -> None:
    (tmp_path / "fonts").mkdir()
    (tmp_path / "fonts" / "house.ttf").write_bytes(FONT)
    found = opened(str(tmp_path))
    assert found.families() == {"Source Serif 4"}
    assert set(found.fonts()) == {"house.ttf"}


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        ('[numbering]\nsections = "*"', "counts by `*`"),
        ('[numbering]\nsections = "A"', "numbered alike"),
        ("[numbering]\nsections = 1", "`sections` in [numbering]"),
        ('colour = "red"', "`colour`, which means nothing"),
        ('[logo]\nfile = "logo.svg"', "needs a file, and what the picture says"),
        ('[logo]\nfile = "../logo.svg"\nsays = "N"', "no such picture"),
        ("[numbering", "cannot be read"),
    ],
)
def test_settings_that_mean_nothing_are_told(tmp_path: Path, settings: str, told: str) -> None:
    with pytest.raises(HouseError, match=r".") as refused:
        opened(folder(tmp_path, house_toml=settings))
    assert told in refused.value.message
    assert refused.value.remedy


def test_a_link_out_of_the_folder_is_refused(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("key")
    inside = tmp_path / "style"
    inside.mkdir()
    (inside / "cover.html").symlink_to(secret)
    with pytest.raises(HouseError, match="leads out of the folder"):
        opened(str(inside))


def test_an_empty_folder_and_a_broken_font_and_a_binary_template_are_refused(tmp_path: Path) -> None:
    with pytest.raises(HouseError, match="nothing in it"):
        opened(str(tmp_path))
    with pytest.raises(HouseError, match="no TrueType font"):
        made_of({"fonts/a.ttf": b"\0\1\0\0" + b"x" * 50})
    with pytest.raises(HouseError, match="not text in UTF-8"):
        made_of({"cover.html": b"\xff\xfe"})


def test_packed_and_unpacked_is_the_same_and_packs_to_the_same_bytes(tmp_path: Path) -> None:
    found = opened(folder(tmp_path, house_css="a{}", cover_html="<p>"))
    packed = found.packed()
    assert packed is not None
    assert unpacked(packed) == found
    assert unpacked(packed).packed() == packed
    assert House().packed() is None


def test_what_is_no_pack_or_a_bomb_is_refused() -> None:
    with pytest.raises(HouseError, match="cannot be unpacked"):
        unpacked(b"PK nothing")
    bomb = io.BytesIO()
    with ZipFile(bomb, "w", compression=8) as archive:
        archive.writestr("cover.html", b" " * (house.LARGEST + 1))
    with pytest.raises(HouseError, match="more than"):
        unpacked(bomb.getvalue())


def archive_of(**files: bytes) -> bytes:
    made = io.BytesIO()
    with ZipFile(made, "w", compression=8) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return made.getvalue()


@pytest.mark.parametrize(
    "name",
    ["fonts/../../slipped", "fonts//var/tmp/slipped", "/cover.html", "../cover.html", "fonts\\..\\a.ttf", "C:a.css"],
)
def test_a_name_in_a_pack_leads_nowhere_but_into_the_folder(name: str) -> None:
    with pytest.raises(HouseError, match="no name of a file in a folder"):
        unpacked(archive_of(**{name: FONT}))


def test_no_font_is_written_under_the_name_that_it_came_with(tmp_path: Path) -> None:
    outside = tmp_path / "slipped.ttf"
    with only_our_fonts(House(files=((f"fonts/{outside}", FONT), ("fonts/in/a/folder.ttf", FONT)))):
        assert not outside.exists()


def test_a_pack_that_lies_about_its_size_is_not_unfolded() -> None:
    bomb = bytearray(archive_of(**{"cover.html": b" " * (house.LARGEST + 1)}))
    size_in_directory = bomb.rfind(b"PK\1\2") + 24
    bomb[size_in_directory : size_in_directory + 4] = (1000).to_bytes(4, "little")
    with pytest.raises(HouseError, match="cannot be unpacked"):
        unpacked(bytes(bomb))


def test_a_font_that_is_damaged_anywhere_is_refused_in_silence(caplog: pytest.LogCaptureFixture) -> None:
    for offset in (4, 12, 20, 28, 60, 100, 200):
        with pytest.raises(HouseError, match="no TrueType font"):
            made_of({"fonts/a.ttf": FONT[:offset] + b"\xff" * 150 + FONT[offset + 150 :]})
    assert not caplog.records


# Templates of a house, and what they cannot do


def paper(**files: str) -> str:
    made = made_of({name.replace("_", "."): text.encode() for name, text in files.items()})
    return html.page(contract_of(MAIL), EDITION._replace(manner=Manner(house=made)))


def test_a_template_of_the_house_counts_and_the_rest_is_ours() -> None:
    made = paper(cover_html="<h1>{{ cover.title }} of the house</h1>")
    assert "of the house</h1>" in made
    assert 'class="contents"' in made


def test_sections_and_clauses_are_numbered_as_the_house_does_it() -> None:
    made = paper(house_toml='[numbering]\nsections = "I"\nschedules = "1"\n')
    assert re.search(r'id="section-service_levels"><span class="num">[IVX]+</span>', made)
    assert re.search(r'id="sla-[a-z_]+"[^>]*>\s*<h3[^>]*><span class="num">[IVX]+\.1</span>', made)
    assert '<span class="num">Schedule 1</span>' in made


@pytest.mark.parametrize(
    "template",
    [
        "{{ page.__class__.__mro__ }}",
        "{{ cycler.__init__.__globals__.os.environ }}",
        "{{ paper.language.__init__.__globals__ }}",
        "{{ page.contract.blocks.append(1) }}",
        "{% include '/etc/passwd' %}",
        "{% include '../xladsl/__init__.py' %}",
        "{{ no_such_name }}",
        "{{ cover.title",
        "{{ 1 / 0 }}",
        "{{ range(10 ** 9) | list }}",
        "{% include 'cover.html' %}",
    ],
)
def test_a_template_that_reaches_out_or_breaks_is_told_with_its_name(template: str) -> None:
    with pytest.raises(HouseError) as refused:
        paper(cover_html=template)
    assert "cover.html" in refused.value.message or "passwd" in refused.value.message or "init" in refused.value.message
    assert refused.value.remedy


def test_a_style_cannot_leave_the_element_it_stands_in() -> None:
    made = made_of({"house.css": b"a{} </style><script>alert(1)</script>"})
    rendered = html.render(contract_of(MAIL), EDITION._replace(manner=Manner(house=made))).content
    assert rendered is not None
    assert b"</style><script>" not in rendered


@pytest.mark.parametrize(
    "start", ["", "<!-- <head> -->", "<!doctype html><html data-x='<head>'>", "<!DOCTYPE html>\n<html>"]
)
def test_a_page_on_a_screen_loads_and_runs_nothing(start: str) -> None:
    page = f"{start}<head><title>A</title><script>alert(1)</script>"
    before, policy, _ = html.fenced(page).partition('<meta http-equiv="Content-Security-Policy"')
    assert policy
    assert not re.search("<head>.|<title|<script", before)


def test_the_manual_shows_a_style_that_works() -> None:
    manual = (Path(__file__).parents[2] / "docs" / "house-style.md").read_text(encoding="utf-8")
    shown = {kind: re.findall(rf"```{kind}\n(.*?)```", manual, re.DOTALL)[0].encode() for kind in ("css", "toml")}
    made = made_of({"house.css": shown["css"], "house.toml": shown["toml"], "logo.svg": PICTURE})
    assert (made.numbering, made.logo) == (Numbering("I", "1"), Logo("logo.svg", "Northwind IT Services"))
    assert "size: letter" in made.style_sheet()
