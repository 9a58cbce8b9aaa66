"""What all tests share: `pytest --accept` takes what the outputs are now for what they should be."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--accept", action="store_true", help="write what the outputs are now into tests/golden/")


@pytest.fixture
def same_as_golden(request: pytest.FixtureRequest) -> Callable[[Path, str], None]:
    """Compares a text with a file that people have read and found right; `--accept` rewrites the file."""

    def compare(golden: Path, text: str) -> None:
        if request.config.getoption("--accept"):
            golden.write_text(text, encoding="utf-8")
        assert golden.is_file(), f"{golden} is missing: run pytest --accept, and read what it wrote"
        assert text == golden.read_text(encoding="utf-8"), "run pytest --accept, and read the difference in git"

    return compare
