"""How long simulated years of the example agreement take, in seconds of one processor.

python benchmarks/simulation.py [YEARS ...]
"""

from __future__ import annotations

import resource
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from xladsl.cli.specified import specified  # noqa: E402  # the checkout comes first
from xladsl.simulation.simulate import simulate  # noqa: E402  # as above

FLAGSHIP = ROOT / "agreements" / "digital-workplace"
TIMES = 3
MOST = 5.0
"""Seconds for a million years."""


def main(years: list[int]) -> int:
    contract = specified(str(FLAGSHIP), None).contract
    print("| what | measured | floor | |\n|---|---|---|---|", flush=True)
    missed = False
    for number in years:
        took = min(seconds(contract, number) for _ in range(TIMES))
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        floor, verdict = "", ""
        if number == 1_000_000:
            floor, verdict = f"at most {MOST:.0f} s", "met" if took <= MOST else "**missed**"
            missed = took > MOST
        what = f"{number:,} years of digital-workplace"
        print(
            f"| {what} | {took:.2f} s of processor time, {memory:,.0f} MiB at most | {floor} | {verdict} |", flush=True
        )
    return int(missed)


def seconds(contract: object, years: int) -> float:
    begin = time.process_time()
    simulate(contract, years=years)  # type: ignore[arg-type]  # it is a contract
    return time.process_time() - begin


if __name__ == "__main__":
    sys.exit(main([int(each) for each in sys.argv[1:]] or [10_000, 1_000_000]))
