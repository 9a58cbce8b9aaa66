"""What is signed is what was committed: a final text is put on paper only as git has it."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from pypdf import PdfReader

from tests.archival.texts import BEGUN, state
from xladsl.cli import main

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="there is no git here")

COMMITTER = ("-c", "user.name=Anna", "-c", "user.email=anna@example.org", "-c", "commit.gpgsign=false")


def git(*arguments: str) -> str:
    return subprocess.run(("git", *COMMITTER, *arguments), check=True, capture_output=True, text=True).stdout.strip()


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with a final text that is committed."""
    monkeypatch.chdir(tmp_path)
    git("init", "--quiet")
    Path("agreement.xladsl").write_text(state(BEGUN, "final"), encoding="utf-8")
    Path("notes.txt").write_text("anything", encoding="utf-8")
    git("add", "agreement.xladsl")
    git("commit", "--quiet", "--message", "as agreed")
    return tmp_path


def build(*more: str) -> Result:
    return CliRunner().invoke(main, ["build", "agreement.xladsl", "-o", "build", *more])


def changed() -> None:
    text = Path("agreement.xladsl").read_text(encoding="utf-8")
    Path("agreement.xladsl").write_text(text.replace("Anna Holm", "Anne Holm"), encoding="utf-8")


def test_a_final_text_as_it_was_committed_is_built(folder: Path) -> None:
    built = build("--to", "pdf")
    assert built.exit_code == 0, built.output
    assert "git" not in built.output, "what else lies in the folder does not matter"


def test_a_final_text_that_differs_is_not_put_on_paper(folder: Path) -> None:
    changed()
    built = build("--to", "pdf,json")
    assert built.exit_code == 1
    assert "is final, and its files are not as git has them\n  differs: agreement.xladsl" in built.output
    assert not Path("build").exists()
    assert build("--to", "json,html").exit_code == 0, "what nobody signs may be looked at"


def test_a_file_that_git_has_never_seen_differs(folder: Path) -> None:
    git("rm", "--quiet", "--cached", "agreement.xladsl")
    git("commit", "--quiet", "--message", "without it")
    assert "differs: agreement.xladsl" in build("--to", "pdf").output
    Path(".gitignore").write_text("*.xladsl\n", encoding="utf-8")
    assert "differs: agreement.xladsl" in build("--to", "pdf").output


def test_a_draft_may_differ(folder: Path) -> None:
    Path("agreement.xladsl").write_text(BEGUN, encoding="utf-8")
    assert build("--to", "html,pdf").exit_code == 0


def test_a_folder_in_a_repository_without_commits_is_told_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    subprocess.run(["git", "init", "--quiet"], cwd=tmp_path, check=True)
    (tmp_path / "ours").mkdir()
    monkeypatch.chdir(tmp_path / "ours")
    Path("agreement.xladsl").write_text(state(BEGUN, "final"), encoding="utf-8")
    assert "is not known, for nothing was committed yet." in build("--to", "pdf").output


def test_without_git_it_is_told_and_built(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("agreement.xladsl").write_text(state(BEGUN, "final"), encoding="utf-8")
    built = build("--to", "pdf")
    assert built.exit_code == 0, built.output
    assert "whether its files are as committed is not known, for they are in no git repository." in built.output
    monkeypatch.setenv("PATH", str(tmp_path))
    assert "for git is not installed." in build("--to", "pdf").output
    assert "has no commit to name: git is not installed" in build("--to", "pdf", "--commit").output


def test_the_commit_stands_at_the_foot_and_is_proven(folder: Path) -> None:
    built = build("--to", "pdf", "--commit")
    assert built.exit_code == 0, built.output
    commit = git("rev-parse", "HEAD")
    [paper] = Path("build").glob("*.pdf")
    assert all(f"git {commit[:12]}" in page.extract_text() for page in PdfReader(paper).pages)
    verified = CliRunner().invoke(main, ["verify", str(paper)])
    assert verified.exit_code == 0, verified.output
    changed()
    assert "and its files are not as git has them" in build("--to", "html", "--commit").output


def test_all_that_stands_in_the_way_is_told_at_once(folder: Path) -> None:
    text = Path("agreement.xladsl").read_text(encoding="utf-8")
    asked = 'obligation reach_people "Contact data" {\n  open "How often?" awaiting it_owner, by 2026-12-01'
    text = text.replace('obligation reach_people "Contact data" {', asked)
    text = text.replace("The Customer keeps", "From EUR XX on the Customer [TBD] keeps")
    Path("agreement.xladsl").write_text(text, encoding="utf-8")
    told = build("--to", "pdf").output
    assert "error[XL630] the parties have not settled “How often?”" in told
    assert "placeholder-left" in told
    assert "differs: agreement.xladsl" in told
