"""`xladsl build`: what is there already, many agreements side by side, and the style of a house."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from xladsl.cli import main, workshop

BEGUN = Path(__file__).parents[2] / "templates" / "init" / "agreement.xladsl"


@pytest.fixture
def agreement(tmp_path: Path) -> Path:
    file = tmp_path / "agreement.xladsl"
    file.write_text(BEGUN.read_text(encoding="utf-8"), encoding="utf-8")
    return file


def built(*arguments: str | Path, folder: Path) -> Result:
    return CliRunner().invoke(main, ["build", *map(str, arguments), "-o", str(folder)])


# What is there already


def test_what_is_as_it_was_is_not_made_again(agreement: Path, tmp_path: Path) -> None:
    folder = tmp_path / "build"
    assert "unchanged" not in built(agreement, "--to", "json,md", folder=folder).output
    before = {path.name: path.stat().st_mtime_ns for path in folder.iterdir()}
    again = built(agreement, "--to", "json,md", folder=folder)
    assert again.exit_code == 0
    assert again.output.count("(unchanged)") == 2
    assert {path.name: path.stat().st_mtime_ns for path in folder.iterdir()} == before


@pytest.mark.parametrize("change", ["text", "audience", "file", "gone", "record"])
def test_what_changed_is_made_again(agreement: Path, tmp_path: Path, change: str) -> None:
    folder, more = tmp_path / "build", []
    built(agreement, "--to", "json", folder=folder)
    [made] = folder.glob("*.json")
    content = made.read_bytes()
    match change:
        case "text":
            agreement.write_text(
                agreement.read_text(encoding="utf-8").replace("Ease of getting", "Effort of getting"), "utf-8"
            )
        case "audience":
            more = ["--audience", "internal"]
        case "file":
            made.write_bytes(content + b" ")
        case "gone":
            made.unlink()
        case "record":
            (folder / ".xladsl-built").write_text('{"a": [[[[', encoding="utf-8")
    again = built(agreement, "--to", "json", *more, folder=folder)
    assert "(unchanged)" not in again.output
    assert (made.read_bytes() == content) == (change in ("file", "gone", "record"))


# Many side by side


@pytest.mark.skipif(not workshop.can_limit(), reason="this system has no limits for processes")
def test_many_agreements_are_told_of_in_their_order_and_one_that_ends_stops_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = BEGUN.read_text(encoding="utf-8")
    for name in ("a", "b", "c"):
        changed = text.replace("agreement service_desk_and_portal", f"agreement deal_{name}")
        (tmp_path / f"{name}.xladsl").write_text(changed, encoding="utf-8")
    result = built(tmp_path, "--to", "md", folder=tmp_path / "build")
    lines = [line for line in result.output.splitlines() if ".md" in line]
    assert [line.split("deal_")[1][0] for line in lines] == ["a", "b", "c"]

    monkeypatch.setattr(workshop, "BYTES", 1)
    starved = built(tmp_path, "--to", "html", folder=tmp_path / "build")
    assert starved.exit_code == 1
    assert starved.output.count("was not built") == 3
    assert not list((tmp_path / "build").glob("*.html"))


# The style of a house


def style(tmp_path: Path, **files: str) -> Path:
    folder = tmp_path / "style"
    folder.mkdir()
    for name, text in files.items():
        (folder / name.replace("_", ".")).write_text(text, encoding="utf-8")
    return folder


def test_two_agreements_of_one_name_do_not_overwrite_each_other(agreement: Path, tmp_path: Path) -> None:
    draft = tmp_path / "draft.xladsl"
    draft.write_text(agreement.read_text(encoding="utf-8").replace("Denmark", "Norway"), encoding="utf-8")
    result = built(agreement, draft, "--to", "md", folder=tmp_path / "build")
    assert result.exit_code == 1
    assert "draft.xladsl was not built: it holds an agreement `service_desk_and_portal`, and so does" in result.output
    [made] = (tmp_path / "build").glob("*.md")
    assert "Denmark" in made.read_text(encoding="utf-8")


def test_a_paper_in_the_style_of_a_house_is_verified_by_itself(agreement: Path, tmp_path: Path) -> None:
    house = style(
        tmp_path,
        house_css="h1 { color: #003366 } @page { size: letter }",
        house_toml='[numbering]\nsections = "I"\nschedules = "1"\n[logo]\nfile = "logo.svg"\nsays = "Northwind"\n',
        logo_svg='<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 2"><rect width="8" height="2"/></svg>',
    )
    result = built(agreement, "--to", "pdf", "--templates", house, "--line-numbers", folder=tmp_path / "build")
    assert result.exit_code == 0, result.output
    [paper] = (tmp_path / "build").glob("*.pdf")
    built(agreement, "--to", "html", "--templates", house, folder=tmp_path / "build")
    [page] = (tmp_path / "build").glob("*.html")
    assert '<img src="data:image/svg+xml;base64,' in page.read_text(encoding="utf-8"), "the page needs another file"
    (house / "house.css").unlink()  # the paper carries it
    verified = CliRunner().invoke(main, ["verify", str(paper)])
    assert "The paper is what its text says, byte by byte." in verified.output


@pytest.mark.skipif(not workshop.can_limit(), reason="this system has no limits for processes")
@pytest.mark.parametrize(
    "bomb",
    [
        "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}",
        "{{ ('x' * 10 ** 9) ~ ('y' * 10 ** 9) ~ ('z' * 10 ** 9) }}",
    ],
    ids=["endless", "huge"],
)
def test_a_bomb_in_a_template_ends_with_a_message(
    agreement: Path, tmp_path: Path, bomb: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workshop, "SECONDS", 2)
    monkeypatch.setattr(workshop, "BYTES", 2_000_000_000)
    result = built(
        agreement, "--to", "html", "--templates", style(tmp_path, cover_html=bomb), folder=tmp_path / "build"
    )
    assert result.exit_code == 1
    assert "error: " in result.output
    assert "Traceback" not in result.output
    assert not list((tmp_path / "build").glob("*.html"))


def test_a_folder_that_is_no_style_is_told(agreement: Path, tmp_path: Path) -> None:
    nothing = tmp_path / "nothing"
    nothing.mkdir()
    result = built(agreement, "--templates", nothing, folder=tmp_path / "build")
    assert result.exit_code == 2
    assert "is no house style. There is nothing in it of which paper could be made." in result.output
    missing = built(agreement, "--templates", tmp_path / "missing", folder=tmp_path / "build")
    assert missing.exit_code == 2
