"""Work in child processes: in order, side by side, and ended when it takes too much."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from xladsl.cli import workshop
from xladsl.cli.workshop import Ended, in_children

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.skipif(not workshop.can_limit(), reason="this system has no limits for processes")


def large(size: int) -> Callable[[], bytes]:
    return lambda: b"x" * size


def test_results_come_in_the_order_of_the_works_and_are_whole() -> None:
    sizes = [3_000_000, 0, 70_000, 1, 200_000]
    assert [len(result) for result in in_children([large(size) for size in sizes])] == sizes  # type: ignore[arg-type]


def test_each_work_has_a_process_of_its_own() -> None:
    processes = set(in_children([os.getpid] * 4))
    assert len(processes) == 4
    assert os.getpid() not in processes


def endless() -> bytes:
    while True:
        pass


def test_endless_work_ends_and_the_others_go_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workshop, "SECONDS", 1)
    first, second, third = in_children([large(1), endless, large(2)])
    assert (first, third) == (b"x", b"xx")
    assert second == Ended("it took more than 1 seconds of a processor, or more memory than there is")


def test_greedy_work_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workshop, "BYTES", 3_000_000_000)
    [result] = in_children([large(2_990_000_000)])
    assert result == Ended("it took more than 3 GB of memory")


def test_work_that_breaks_its_process_is_told() -> None:
    [result] = in_children([lambda: os._exit(7)])
    assert result == Ended("it broke down (exit 7)")
