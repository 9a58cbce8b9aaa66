"""How whole commands are timed: in turn with what they are compared to, and the fastest run against the fastest."""

from __future__ import annotations

import gc
import os
import subprocess
import sys
import time
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).resolve().parents[1]
FLAGSHIP = ROOT / "agreements" / "digital-workplace"
XLADSL = [sys.executable, "-c", "from xladsl.cli import main; main()"]  # what the installed command does
ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
ENVIRONMENT["PYTHONPATH"] = str(ROOT)


class Row(NamedTuple):
    """One line of the table; `met` is None where there is no floor."""

    what: str
    measured: str
    against: str
    result: str
    floor: str = ""
    met: bool | None = None


class Cost(NamedTuple):
    """What one process took: seconds on the clock, seconds of the processors, and bytes of memory at its largest."""

    wall: float
    cpu: float
    memory: int


def side_by_side(ours: list[str], theirs: list[str], times: int) -> tuple[list[Cost], list[Cost]]:
    """Run two commands in turn, so that a busy moment of the machine falls on both; the first turn warms the caches."""
    pairs = [(run(ours), run(theirs)) for _ in range(times + 1)][1:]
    return [pair[0] for pair in pairs], [pair[1] for pair in pairs]


def run(command: list[str]) -> Cost:
    began = time.perf_counter()
    process = subprocess.Popen(command, cwd=ROOT, env=ENVIRONMENT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    assert process.stderr is not None
    said = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - began
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{' '.join(command)}\nended with {process.returncode}: {said.decode()}")
    unit = 1 if sys.platform == "darwin" else 1024
    return Cost(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * unit)


def output(command: list[str]) -> str:
    return subprocess.run(command, cwd=ROOT, env=ENVIRONMENT, capture_output=True, text=True, check=True).stdout


def timed(function: Callable[[], object], times: int) -> list[float]:
    """Seconds that a function takes, with the collector of garbage held still as the command holds it."""
    function()
    gc.collect()
    gc.disable()
    found = []
    for _ in range(times):
        began = time.perf_counter()
        function()
        found.append(time.perf_counter() - began)
    gc.enable()
    return found


def best(costs: list[Cost]) -> Cost:
    return Cost(min(cost.wall for cost in costs), min(cost.cpu for cost in costs), min(cost.memory for cost in costs))


def compared(
    what: str, ours: list[Cost], against: str, theirs: list[Cost], most: float | None, of: str = "wall"
) -> Row:
    mine, yours = ([getattr(cost, of) for cost in costs] for costs in (ours, theirs))
    ratio = min(mine) / min(yours)
    return Row(
        what,
        milliseconds(mine),
        f"{against}: {milliseconds(yours)}",
        f"{ratio:.2f} of it",
        f"at most {most}" if most else "",
        ratio <= most if most else None,
    )


def milliseconds(seconds: list[float]) -> str:
    """The least and the median."""
    return f"{min(seconds) * 1e3:,.0f} ms (median {median(seconds) * 1e3:,.0f})"


def clock(costs: list[Cost]) -> str:
    return milliseconds([cost.wall for cost in costs])
