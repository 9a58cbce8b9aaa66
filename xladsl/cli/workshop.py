"""Work on many things at once, each in a process of its own that may take only so much time and memory."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from multiprocessing.connection import Connection
    from multiprocessing.process import BaseProcess

T = TypeVar("T")

SECONDS = 240
"""Of processor time, for each."""

BYTES = 4_000_000_000
"""Of memory, for each, beyond what this process has already."""


class Ended(NamedTuple):
    """Work that came to no end of its own; `why` is a phrase for people."""

    why: str


def can_limit() -> bool:
    """Whether this system has processes that start as copies, and limits for them."""
    return sys.platform == "linux"


def in_children(works: Sequence[Callable[[], T]]) -> Iterator[T | Ended]:
    """What each work gives, in their order; as many run at once as there are processors.

    Where processes cannot be limited, the works are done here, one after another.
    """
    if not can_limit():
        for work in works:
            yield work()
        return
    from multiprocessing.connection import wait

    at_once = len(os.sched_getaffinity(0))
    running: dict[Any, tuple[int, BaseProcess]] = {}
    done: dict[int, T | Ended] = {}
    begun = given = 0
    while given < len(works):
        while begun < len(works) and len(running) < at_once:
            process, here = started(works[begun])
            running[here] = begun, process
            begun += 1
        for ready in wait(list(running)):
            position, process = running.pop(ready)
            done[position] = finished(process, ready)
        while given in done:
            yield done.pop(given)
            given += 1


def started(work: Callable[[], Any]) -> tuple[BaseProcess, Connection]:
    from multiprocessing import get_context

    copies = get_context("fork")
    here, there = copies.Pipe(duplex=False)
    process = copies.Process(target=limited, args=(work, there), daemon=True)
    process.start()
    there.close()
    return process, here


def limited(work: Callable[[], Any], there: Connection) -> None:
    import resource

    most = held_already() + BYTES
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS + 1))
    resource.setrlimit(resource.RLIMIT_AS, (most, most))
    try:
        there.send(work())
    except MemoryError:
        there.send(Ended(f"it took more than {BYTES // 1_000_000_000} GB of memory"))
    except Exception as problem:  # noqa: BLE001  # what nobody foresaw in one work stops no other
        there.send(Ended(f"it broke down ({type(problem).__name__}: {problem})"))


def held_already() -> int:
    """How many bytes of addresses this process has, of which libraries may have set a lot aside."""
    with open("/proc/self/statm", encoding="ascii") as file:
        return int(file.read().split()[0]) * os.sysconf("SC_PAGE_SIZE")


def finished(process: BaseProcess, here: Any) -> Any:
    """What a process sent before it ended. One that sent nothing was stopped, or broke down."""
    import signal

    try:
        given = here.recv()
    except EOFError:
        given = None
    finally:
        here.close()
    process.join()
    if given is not None:
        return given
    if process.exitcode in (-signal.SIGXCPU, -signal.SIGKILL):
        return Ended(f"it took more than {SECONDS} seconds of a processor, or more memory than there is")
    return Ended(f"it broke down (exit {process.exitcode})")
