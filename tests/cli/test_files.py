"""Files written whole, and what is no file left as it is."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from xladsl.cli.files import write_whole

if TYPE_CHECKING:
    from pathlib import Path


def test_a_pipe_or_a_device_takes_the_bytes_and_stays_what_it_is(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)

    write_whole(str(pipe), b"a result")

    assert os.read(reader, 100) == b"a result"
    os.close(reader)
    assert pipe.is_fifo()
    assert [each.name for each in tmp_path.iterdir()] == ["pipe"]


@pytest.mark.parametrize("before", [b"older", None])
def test_what_is_written_to_a_link_stands_where_it_leads(tmp_path: Path, before: bytes | None) -> None:
    there = tmp_path / "there.json"
    if before is not None:
        there.write_bytes(before)
    link = tmp_path / "link.json"
    link.symlink_to("there.json")

    write_whole(str(link), b"a result")

    assert link.is_symlink()
    assert there.read_bytes() == b"a result"


def test_a_folder_is_not_written_over(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="directory"):
        write_whole(str(tmp_path), b"a result")
