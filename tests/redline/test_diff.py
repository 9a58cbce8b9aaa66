"""What `xladsl diff` prints and writes: the transcripts of `diff.md`, and versions from git and from PDFs."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.cli.test_cli import FENCED, replayed, xladsl
from xladsl.cli import workshop
from xladsl.redline.resolving import accepted, rejected

if TYPE_CHECKING:
    from collections.abc import Callable

TRANSCRIPTS = Path(__file__).with_name("diff.md")


def test_the_command_says_what_the_transcripts_show(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, same_as_golden: Callable[[Path, str], None]
) -> None:
    monkeypatch.chdir(tmp_path)
    same_as_golden(TRANSCRIPTS, FENCED.sub(replayed, TRANSCRIPTS.read_text(encoding="utf-8")))


@pytest.fixture
def versions(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the two versions of the transcripts in it."""
    monkeypatch.chdir(tmp_path)
    for fenced in FENCED.finditer(TRANSCRIPTS.read_text(encoding="utf-8")):
        if fenced["words"].endswith(("old.xladsl", "new.xladsl")):
            (tmp_path / fenced["words"].split()[1]).write_text(fenced["text"], encoding="utf-8")
    return tmp_path


def test_changes_for_machines_tell_what_is_stricter(versions: Path) -> None:
    told = json.loads(xladsl("diff", "old.xladsl", "new.xladsl", "--format", "json").output)
    level = next(change for change in told["changes"] if change["field"] == "level")
    assert (level["anchor"], level["before"], level["after"]) == ("sla-shop_up", "at least 99.5%", "at least 99.9%")
    assert level["effects"] == ["stricter"]
    assert told["older"]["version"] == "1.0.0"
    assert {each["changed"] for each in told["impact"]} == {"Work by the customer", "Business Day"}


def test_the_cover_is_no_part_of_either_version(versions: Path) -> None:
    assert xladsl("diff", "old.xladsl", "new.xladsl", "--html", "changes.html").exit_code == 0
    marked = (versions / "changes.html").read_text(encoding="utf-8")
    for resolved, says, not_said in (
        (accepted(marked), "at least 99.9%", "at least 99.5%"),
        (rejected(marked), "at least 99.5%", "at least 99.9%"),
    ):
        assert "Comparison of two versions</h1>" not in resolved
        assert says in resolved
        assert not_said not in resolved


def test_a_pdf_and_its_text_are_the_same_version(versions: Path) -> None:
    assert xladsl("build", "old.xladsl", "--to", "pdf", "-o", ".").exit_code in (0, 1)
    pdf = versions / "hosting.pdf"
    if pdf.exists():
        assert "No promise, no amount" in xladsl("diff", "hosting.pdf", "old.xladsl").output


def test_versions_are_read_from_git_and_nothing_is_checked_out(versions: Path) -> None:
    folder = versions / "agreements"
    folder.mkdir()
    main, parties = folder / "main.xladsl", folder / "parties.xladsl"
    text = (versions / "old.xladsl").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line.startswith("party ")]
    parties.write_text("\n".join(lines), encoding="utf-8")
    rest = "\n".join(line for line in text.splitlines() if not line.startswith("party "))
    main.write_text('import "parties.xladsl"\n' + rest, encoding="utf-8")
    for arguments in (
        ["init", "-q"],
        ["add", "."],
        ["-c", "user.name=A", "-c", "user.email=a@example.com", "commit", "-qm", "One"],
    ):
        subprocess.run(["git", *arguments], check=True, capture_output=True)
    parties.write_text("\n".join(lines).replace("Havn Hosting ApS", "Havn A/S"), encoding="utf-8")
    main.write_text(main.read_text(encoding="utf-8").replace("at least 99.5%\n", "at least 99.4%\n"), encoding="utf-8")
    said = xladsl("diff", "HEAD:agreements", "agreements").output
    assert "easier for the provider" in said
    assert "Havn" in said
    assert "No promise" in xladsl("diff", "HEAD:agreements/main.xladsl", "HEAD:agreements").output
    missing = xladsl("diff", "HEAD:nowhere", "agreements")
    assert (missing.exit_code, "HEAD has no nowhere with an agreement in it." in missing.output) == (2, True)
    assert xladsl("diff", "--", "--output=x:agreements", "agreements").exit_code == 2


def test_a_revision_that_is_not_there_is_told_with_what_is(versions: Path) -> None:
    git("init", "-q")
    empty = xladsl("diff", "HEAD:old.xladsl", "old.xladsl")
    assert (
        empty.exit_code,
        "HEAD:old.xladsl names no version: this repository has no commit yet." in empty.output,
    ) == (
        2,
        True,
    )
    (versions / "prose.xladsl").write_text("agreement about nothing\n", encoding="utf-8")
    git("add", ".")
    git("commit", "-qm", "One")
    git("mv", "old.xladsl", "contract.xladsl")
    renamed = xladsl("diff", "HEAD:contract.xladsl", "contract.xladsl").output
    assert "HEAD has no contract.xladsl with an agreement in it. It has new.xladsl, old.xladsl." in renamed
    assert "No promise" in xladsl("diff", "HEAD:old.xladsl", "contract.xladsl").output
    assert (
        "`v9` is no commit, branch or tag of this repository."
        in xladsl("diff", "v9:old.xladsl", "contract.xladsl").output
    )


def test_two_agreements_that_have_nothing_in_common_are_told_to_be_two(versions: Path) -> None:
    published = Path(__file__).parents[2] / "agreements" / "published"
    told = xladsl("diff", str(published / "slack.xladsl"), str(published / "safespring.xladsl")).output
    assert told.startswith("These are two agreements of different names between different parties")
    assert "These are two" not in xladsl("diff", "old.xladsl", "new.xladsl").output


def test_versions_in_two_languages_are_compared_in_that_of_the_newer(versions: Path) -> None:
    old = (versions / "old.xladsl").read_text(encoding="utf-8")
    for name, languages in (("en", "en, da, prevailing en"), ("da", "da, en, prevailing da")):
        text = old.replace("currency EUR", f"currency EUR\n  languages {languages}")
        (versions / f"{name}.xladsl").write_text(text, encoding="utf-8")
    said = xladsl("diff", "en.xladsl", "da.xladsl").output
    assert "Sprog: engelsk og dansk; er teksterne uoverensstemmende, går teksten på engelsk forud  →  dansk og" in said
    assert xladsl("diff", "en.xladsl", "da.xladsl", "--html", "changes.html").exit_code == 0
    older = rejected((versions / "changes.html").read_text(encoding="utf-8"))
    assert "Aftaleperiode" in older, "the older version speaks Danish as well"


def git(*arguments: str, given: str = "") -> str:
    named = ("-c", "user.name=A", "-c", "user.email=a@example.com")
    done = subprocess.run(["git", *named, *arguments], input=given.encode(), check=True, capture_output=True)
    return done.stdout.decode().strip()


def test_no_name_in_a_commit_moves_its_neighbours_or_leads_out_of_it(versions: Path) -> None:
    (versions / "a\nline.xladsl").write_text("x", encoding="utf-8")
    (versions / "a_link.xladsl").symlink_to("/etc/passwd")
    git("init", "-q")
    git("add", ".")
    git("commit", "-qm", "One")
    git("update-index", "--add", "--cacheinfo", f"160000,{git('rev-parse', 'HEAD')},a_module.xladsl")
    git("commit", "-qm", "Two")
    assert "No promise" in xladsl("diff", "HEAD:old.xladsl", "old.xladsl").output

    tree = git("mktree", given=f"100644 blob {git('hash-object', '-w', 'new.xladsl')}\told.xladsl\n")
    outer = git("mktree", given=f"040000 tree {tree}\t..\n")
    whole = git(
        "mktree", given=f"100644 blob {git('hash-object', '-w', 'old.xladsl')}\told.xladsl\n040000 tree {outer}\tz\n"
    )
    commit = git("commit-tree", "-m", "Three", whole)
    assert "No promise" in xladsl("diff", f"{commit}:old.xladsl", "old.xladsl").output


def test_a_folder_without_an_agreement_is_told(versions: Path) -> None:
    (versions / "empty").mkdir()
    said = xladsl("diff", "empty", "old.xladsl")
    assert (said.exit_code, "no .xladsl file in the folder empty" in said.output) == (2, True)


def test_a_template_of_a_house_that_cannot_be_used_is_told(versions: Path) -> None:
    template = versions / "house" / "redline" / "cover.html"
    template.parent.mkdir(parents=True)
    template.write_text("{{ nonsense.x }}", encoding="utf-8")
    result = xladsl("diff", "old.xladsl", "new.xladsl", "--templates", "house", "--html", "changes.html")
    assert (result.exit_code, "`redline/cover.html`, line 1," in result.output) == (1, True)
    assert not (versions / "changes.html").exists()


BOMB = "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}"


@pytest.mark.skipif(not workshop.can_limit(), reason="this system has no limits for processes")
@pytest.mark.parametrize(
    ("template", "told"), [("{{ nothing }}", "`cover.html`, line 1"), (BOMB, "no paper could be made in this style")]
)
def test_templates_of_a_house_are_run_where_they_may_take_only_so_much(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, template: str, told: str
) -> None:
    monkeypatch.setattr(workshop, "SECONDS", 2)
    (tmp_path / "style").mkdir()
    (tmp_path / "style" / "cover.html").write_text(template, encoding="utf-8")
    published = [
        str(Path(__file__).parents[2] / "agreements" / "published" / f"{name}.xladsl")
        for name in ("slack", "safespring")
    ]
    into = ["--html", str(tmp_path / "changes.html"), "--templates", str(tmp_path / "style")]
    result = xladsl("diff", *published, *into)
    assert result.exit_code == 1
    assert told in result.output
    assert not (tmp_path / "changes.html").exists()
