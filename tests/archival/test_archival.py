"""Each kind of document holds to PDF/A-3a and to PDF/UA-1, as veraPDF reads them."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.archival import documents

VALIDATOR = Path(__file__).with_name("validator.py")


@pytest.fixture(scope="module")
def broken(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, list[str]]]:
    """What each document breaks. Java is started once, in a process of its own, and reads while we write."""
    folder = tmp_path_factory.mktemp("documents")
    made = documents.DOCUMENTS | {"damaged": lambda: documents.signed_once().replace(b"/TU ", b"/TX ")}
    files = {}
    command = [sys.executable, str(VALIDATOR)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as validator:
        assert validator.stdin is not None
        assert validator.stdout is not None
        for position, (name, make) in enumerate(made.items()):
            file = folder / f"{position}.pdf"
            file.write_bytes(make())
            files[str(file)] = name
            validator.stdin.write(f"{file}\n")
            validator.stdin.flush()
        validator.stdin.close()
        told = [json.loads(line) for line in validator.stdout]
    return {files[line["file"]]: line["broken"] for line in told}


@pytest.mark.parametrize("name", documents.DOCUMENTS)
def test_a_document_is_archival_and_accessible(broken: dict[str, dict[str, list[str]]], name: str) -> None:
    assert broken[name] == {"PDFA-3A": [], "PDFUA-1": []}


def test_the_validator_finds_what_is_broken(broken: dict[str, dict[str, list[str]]]) -> None:
    assert broken["damaged"]["PDFUA-1"][0].startswith("7.18.1-3 ")
