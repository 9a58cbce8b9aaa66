"""How long things take, as ratios to a reference measured in the same run, because machines differ and are shared.

    python benchmarks/run.py                 all of it, a few minutes
    python benchmarks/run.py start parse     some of it
    python benchmarks/run.py rival --datacontract path/to/datacontract

Where a floor is given, missing it ends with exit code 1. Of each pair of processes the fastest are compared: whatever
else a machine does can only make a process slower.
"""

from __future__ import annotations

import argparse
import shutil
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from measuring import ROOT, XLADSL, Row, best, compared, milliseconds, output, run, side_by_side, timed
from paper import paper
from portfolio import portfolio, portfolio_of_lines, short_promises

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"what to measure: {', '.join(BENCHMARKS)}")
    parser.add_argument("--datacontract", default=shutil.which("datacontract"), help="where that command is")
    parser.add_argument("--many", type=int, default=100, help="how many agreements are built side by side")
    parser.add_argument("--times", type=int, default=20, help="how often short processes are run")
    options = parser.parse_args()
    print("| what | measured | against | result | floor | |\n|---|---|---|---|---|---|", flush=True)
    missed = False
    with TemporaryDirectory() as folder:
        for name in [name for name in BENCHMARKS if name in (options.names or BENCHMARKS)]:
            for row in BENCHMARKS[name](Path(folder), options):
                missed |= row.met is False
                verdict = {True: "met", False: "**missed**", None: ""}[row.met]
                print(f"| {' | '.join(row[:5])} | {verdict} |", flush=True)
    return int(missed)


# -------------------------------------------------------------------------------------------------------- benchmarks


def start(folder: Path, options: argparse.Namespace) -> Iterator[Row]:
    """From nothing to findings, for an agreement of 200 lines."""
    file = written(folder, portfolio_of_lines(200))
    click = [sys.executable, "-c", "import click"]
    for what, command, most in (
        ("`xladsl check`, 200 lines", [*XLADSL, "check", str(file)], 3.0),
        ("`xladsl --help`", [*XLADSL, "--help"], None),
    ):
        ours, theirs = side_by_side(command, click, options.times)
        yield compared(what, ours, "a process that only imports click", theirs, most)


def rules(_folder: Path, options: argparse.Namespace) -> Iterator[Row]:
    """What it costs that a rule is a module."""
    program = (
        "import time, xladsl.compiler as c; start = time.perf_counter(); "
        "names = [name for name in c.rule_modules().values() if name.startswith('xladsl.checks.')]; "
        "[c.import_module(name) for name in names]; print(len(names), time.perf_counter() - start)"
    )
    told = [output([sys.executable, "-c", program]).split() for _ in range(options.times)]
    seconds = [float(taken) for _, taken in told]
    yield Row("loading all rules", f"{told[0][0]} modules", "", f"{milliseconds(seconds)}")


def parse(_folder: Path, options: argparse.Namespace) -> Iterator[Row]:
    """Our parser, which recovers from faults, and stock lark, which stops at the first: the same text and grammar."""
    try:
        import lark
    except ImportError:
        yield Row("parsing", "", "", "lark is not installed")
        return
    sys.path.insert(0, str(ROOT))
    from xladsl.source import Source
    from xladsl.syntax.parser import parse as parse_ours

    text = portfolio_of_lines(2_000)
    grammar = (ROOT / "grammar" / "xladsl.lark").read_text(encoding="utf-8")
    for name in ("DATE", "MONTH", "TIME", "VERSION"):  # lark tries first what could be longest: a number could be
        grammar = grammar.replace(f"\n{name}:", f"\n{name}.2:")
    stock = lark.Lark(grammar, start="document", parser="lalr", propagate_positions=True)
    ours = timed(lambda: parse_ours(Source("portfolio", text)), options.times)
    theirs = timed(lambda: stock.parse(text), options.times)
    lines = text.count("\n")
    ratio = min(theirs) / min(ours)
    yield Row(
        f"parsing {lines:,} lines, with places and recovery",
        f"{milliseconds(ours)}, {lines / min(ours):,.0f} lines a second",
        f"stock lark {lark.__version__}, LALR, with places: {milliseconds(theirs)}",
        f"{ratio:.1f} times as fast",
        "at least 2",
        ratio >= 2,
    )


def rival(folder: Path, options: argparse.Namespace) -> Iterator[Row]:
    """A thousand promises, checked, and a thousand service levels of a data contract, linted.

    A service level is a property, a value and a unit, so the floor is for promises that say little more than they must,
    on one service. The portfolio, in which a hundred services have records, credits and ten full promises each, is told
    beside it; so is what the linter takes for a single service level, most of which is starting.
    """
    if options.datacontract is None:
        yield Row(
            "checking 1,000 promises", "", "`datacontract lint`", "not installed: `--datacontract` says where it is"
        )
        return
    lint = [options.datacontract, "lint", "--no-inline-references"]
    thousand, one = ([*lint, str(data_contract(folder, levels))] for levels in (1_000, 1))
    linter = f"`datacontract lint` {output([options.datacontract, '--version']).split()[-1]}"
    for what, text, against, theirs, most in (
        ("1,000 promises of six clauses", short_promises(1_000), "1,000 service levels", thousand, 0.5),
        ("1,000 promises of the portfolio", portfolio(1_000), "1,000 service levels", thousand, None),
        ("one promise of six clauses", short_promises(1), "one service level", one, None),
    ):
        ours, others = side_by_side([*XLADSL, "check", str(written(folder, text))], theirs, 5)
        row = f"`xladsl check`, {what}, processor time"
        yield compared(row, ours, f"{linter} of {against}", others, most, of="cpu")


def data_contract(folder: Path, levels: int) -> Path:
    """A data contract with so many service levels."""
    head = "version: 1.0.0\nkind: DataContract\napiVersion: v3.0.2\nid: portfolio\nstatus: active\nslaProperties:\n"
    level = "  - {{property: availability, value: {value}.5, unit: percent}}\n"
    file = folder / f"contract_{levels}.yaml"
    file.write_text(head + "".join(level.format(value=90 + number % 10) for number in range(levels)))
    return file


def size(folder: Path, _options: argparse.Namespace) -> Iterator[Row]:
    """Time and memory in proportion to the text."""
    none = best([run([*XLADSL, "check", str(written(folder, portfolio_of_lines(200)))]) for _ in range(5)])
    for lines, times in ((2_000, 5), (20_000, 3), (200_000, 1)):
        text = portfolio_of_lines(lines)
        cost = best([run([*XLADSL, "check", str(written(folder, text))]) for _ in range(times)])
        more = text.count("\n") - 200
        yield Row(
            f"`xladsl check`, {text.count(chr(10)):,} lines",
            f"{cost.cpu:.2f} s of processor time, {cost.memory / 2**20:,.0f} MiB",
            "the same with 200 lines",
            f"{(cost.cpu - none.cpu) / more * 1e9:,.0f} ns and {(cost.memory - none.memory) / more:,.0f} bytes a line",
        )


BENCHMARKS: dict[str, Callable[[Path, argparse.Namespace], Iterator[Row]]] = {
    "start": start,
    "rules": rules,
    "rival": rival,
    "size": size,
    "paper": paper,
    "parse": parse,  # last: a process begins with the memory of the one that starts it, and this one loads lark
}


def written(folder: Path, text: str) -> Path:
    file = folder / "portfolio.xladsl"
    file.write_text(text, encoding="utf-8")
    return file


if __name__ == "__main__":
    sys.exit(main())
