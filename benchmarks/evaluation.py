"""What an evaluation costs on data that are large, against SQL written by hand for the same engine, and against pandas.

    python benchmarks/evaluation.py                              all of it; makes 170 MB of Parquet first
    python benchmarks/evaluation.py answers --rows 1000000       one of it, on fewer rows
    python benchmarks/evaluation.py small                        10,000 rows of CSV, from nothing to verdicts

Every way runs in a process of its own, in turn with the others, and must come to the same numbers: a value for each
month, and each group, of a year. What is written by hand knows the file, its types and the calendar, and checks
nothing. The evaluator has an agreement compiled, every row looked at before one is counted, and the file hashed.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from fractions import Fraction
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, NamedTuple

from measuring import ROOT, XLADSL, Cost, Row, best, output, run

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

DEAL = """
agreement deal "Deal" {
  between provider northwind and customer contoso
  term 2026-01-01 to 2027-12-31
  timezone Europe/Copenhagen
  currency EUR
}
party northwind "Northwind" {}
party contoso "Contoso" {}
"""

ANSWERS = """
stakeholder staff "Staff" of contoso { population 900,000 }
survey pulse "Pulse" {
  asks staff
  sent each calendar month
  question recommend 0 "never" to 10 "certainly" asking "Would you recommend the service desk?"
  columns answered as time from "at", office from "office", recommend as number from "score"
}
kpi loyalty "Would recommend it" {
  value net score of pulse.recommend counting 9 to 10 against 0 to 6
  better when higher
  for each pulse.office
  empty counts as no data
}
target recommended "Recommended" { kpi loyalty level at least -20 points each calendar month }
"""

TICKETS = """
calendar office_hours "Office hours" { open monday to friday 08:00 to 17:00 timezone Europe/Copenhagen }
tickets desk "Desk" {
  columns opened as time from "opened", resolved as time from "resolved", priority from "priority"
}
kpi quick "Resolved in time" {
  value share of desk where priority is "P1" in which resolved - opened <= 8 business hours
  better when higher
  empty counts as no data
}
target in_time "In time" { kpi quick level at least 50% each calendar month during office_hours }
"""

PROBES = """
probes pings "Pings" {
  every 2 s from 3 places
  down when 2 of 3 fail, for at least 60 s
  columns at as time from "ts", ok as yes or no from "up"
}
kpi up "Availability" {
  value 100% - length of pings / length of the window
  better when higher
  empty counts as no data
}
target available "Available" { kpi up level at least 99.9% each calendar month }
"""

BEGINNING = 1_767_222_000_000_000
"""Midnight of 1 January 2026 in Copenhagen, in microseconds."""
YEAR = 365 * 86_400 * 1_000_000

MONTHS = """
    SELECT strftime(day, '%Y-%m') AS month, epoch_us(timezone('Europe/Copenhagen', day)) AS starts,
           epoch_us(timezone('Europe/Copenhagen', day + INTERVAL 1 MONTH)) AS ends
    FROM generate_series(TIMESTAMP '2026-01-01', TIMESTAMP '2026-12-01', INTERVAL 1 MONTH) AS days(day)
"""


class Work(NamedTuple):
    """A kind of data: the agreement about it, its source, how many rows, and SQL that makes them up from their number
    `i` and the time `us` between two. `by_hand` and `in_pandas` work out what the agreement says."""

    agreement: str
    source: str
    rows: int
    made: str
    by_hand: Callable[[str], dict[str, Fraction]]
    in_pandas: Callable[[str], dict[str, Fraction]]
    without_trust: Callable[[str], dict[str, Fraction]] | None = None
    """By hand too, where the fastest SQL trusts the data in something that the agreement does not take for granted."""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"what to measure: {', '.join(WORKS)}, small")
    parser.add_argument("--rows", type=int, help="how many rows, instead of ten million, and fifty of probes")
    parser.add_argument("--folder", type=Path, help="where the data lie or are made, instead of a temporary folder")
    parser.add_argument("--times", type=int, default=3, help="how often each way is run")
    parser.add_argument("--way", choices=WAYS, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.way:
        [name] = options.names
        return told(WAYS[options.way](WORKS[name], options.folder / f"{name}.parquet"))
    with TemporaryDirectory(dir=options.folder) as temporary:
        folder = options.folder or Path(temporary)
        print("| what | measured | against | result | floor | |\n|---|---|---|---|---|---|", flush=True)
        for name in options.names or [*WORKS, "small"]:
            rows = small(Path(temporary)) if name == "small" else compared(name, folder, options)
            for row in rows:
                verdict = {True: "met", False: "**missed**", None: ""}[row.met]
                print(f"| {' | '.join(row[:5])} | {verdict} |", flush=True)
    return 0


def told(found: dict[str, Fraction]) -> int:
    print(json.dumps({key: str(value) for key, value in sorted(found.items())}))
    return 0


def compared(name: str, folder: Path, options: argparse.Namespace) -> Iterator[Row]:
    work = WORKS[name]
    path = folder / f"{name}.parquet"
    rows = options.rows or work.rows
    if not path.exists():
        make(work, path, rows)
    there = {"pandas": has_pandas(), "without trust": work.without_trust is not None}
    ways = [way for way in WAYS if there.get(way, True)]
    commands = {way: [sys.executable, __file__, name, "--folder", str(folder), "--way", way] for way in ways}
    answers = {way: json.loads(output(command)) for way, command in commands.items()}  # and the files are in the cache
    for way, found in answers.items():  # fewer probes do not fill the year, and the evaluator says nothing of the rest
        assert answers["evaluator"].items() <= found.items(), (way, found, answers["evaluator"])
    costs: dict[str, list[Cost]] = {way: [] for way in ways}
    for _ in range(options.times):
        for way in ways:
            costs[way].append(run(commands[way]))
    ours = best(costs["evaluator"])
    for way in ways[1:]:
        theirs = best(costs[way])
        named = NAMES[way]
        for what, mine, yours, most in (
            ("time", ours.wall, theirs.wall, FLOORS[way][0]),
            ("processor time", ours.cpu, theirs.cpu, None),
            ("memory", ours.memory, theirs.memory, FLOORS[way][1]),
        ):
            unit, size = (" MiB", 2**20) if what == "memory" else (" s", 1)
            digits = 0 if what == "memory" else 2
            yield Row(
                f"{rows:,} {name}, {what}",
                f"{mine / size:,.{digits}f}{unit}",
                f"{named}: {yours / size:,.{digits}f}{unit}",
                f"{mine / yours:.2f} of it",
                f"at most {most}" if most else "",
                None if most is None else mine / yours <= most,
            )


def has_pandas() -> bool:
    from importlib.util import find_spec

    return all(find_spec(name) is not None for name in ("pandas", "pyarrow"))


def make(work: Work, path: Path, rows: int) -> None:
    import duckdb

    with duckdb.connect() as connection:
        connection.execute("SET TimeZone = 'UTC'")
        query = work.made.format(rows=rows, step=YEAR // rows, beginning=BEGINNING)
        connection.execute(f"COPY ({query}) TO '{path}' (FORMAT parquet, COMPRESSION zstd)")


# ---------------------------------------------------------------------------------------------------------- evaluator


def by_evaluator(work: Work, path: Path) -> dict[str, Fraction]:
    sys.path.insert(0, str(ROOT))
    from datetime import date

    from xladsl.binding import bind
    from xladsl.binding.in_duckdb import read_into_duckdb
    from xladsl.compiler import compile_agreement
    from xladsl.evaluation.evaluate import evaluate

    agreement = path.with_suffix(".xladsl")
    agreement.write_text(DEAL + work.agreement)
    contract = compile_agreement(str(agreement)).readable
    assert contract is not None
    read = read_into_duckdb(contract, bind(contract, {work.source: [str(path)]}).plans)
    assert not read.failed, read.problems
    found = evaluate(contract, read.engine, date(2026, 1, 1), date(2026, 12, 31))
    return {
        f"{each.window} {each.group}".strip(): each.measured.amount
        for each in found.judgements
        if each.measured.amount is not None
    }


# ------------------------------------------------------------------------------------------------------- SQL by hand


def asked(query: str) -> list[tuple[Any, ...]]:
    import duckdb

    with duckdb.connect() as connection:
        connection.execute("SET TimeZone = 'UTC'")
        months = connection.execute(MONTHS).fetchall()
        cases = " ".join(f"WHEN at_us >= {starts} THEN '{month}'" for month, starts, _ in reversed(months))
        return connection.execute(query.format(month=f"CASE {cases} END", months=MONTHS)).fetchall()


def answers_by_hand(path: str) -> dict[str, Fraction]:
    """One pass over the file, with the first instants of the months written out."""
    rows = asked(f"""
        SELECT {{month}} AS month, office, COUNT(score), COUNT(*) FILTER (score >= 9) - COUNT(*) FILTER (score <= 6)
        FROM (SELECT epoch_us("at") AS at_us, office, score FROM read_parquet('{path}'))
        WHERE at_us < {BEGINNING + YEAR} GROUP BY ALL
    """)
    return {f"{month} {office}": Fraction(100 * net, count) for month, office, count, net in rows}


def tickets_by_hand(path: str) -> dict[str, Fraction]:
    """Office hours as a table of days: how much was open before each, and when it opens and closes."""
    rows = asked(f"""
        WITH days AS (
            SELECT epoch_us(day) AS page, opens, closes,
                   SUM(closes - opens) OVER (ORDER BY day) - (closes - opens) AS before
            FROM (
                SELECT day, epoch_us(timezone('Europe/Copenhagen', day + INTERVAL 8 HOUR)) AS opens,
                       CASE WHEN isodow(day) <= 5 THEN epoch_us(timezone('Europe/Copenhagen', day + INTERVAL 17 HOUR))
                            ELSE epoch_us(timezone('Europe/Copenhagen', day + INTERVAL 8 HOUR)) END AS closes
                FROM generate_series(TIMESTAMP '2025-12-31', TIMESTAMP '2027-02-01', INTERVAL 1 DAY) AS d(day)
            )
        ), wanted AS (
            SELECT epoch_us(opened) AS at_us, epoch_us(resolved) AS until
            FROM read_parquet('{path}') WHERE priority = 'P1'
        )
        SELECT {{month}} AS month, COUNT(*), COUNT(*) FILTER (
            b.before + GREATEST(LEAST(until, b.closes) - b.opens, 0)
            - a.before - GREATEST(LEAST(at_us, a.closes) - a.opens, 0) <= 28800000000)
        FROM wanted JOIN days AS a ON a.page = at_us - at_us % 86400000000
        LEFT JOIN days AS b ON b.page = until - until % 86400000000
        WHERE at_us < {BEGINNING + YEAR} GROUP BY ALL
    """)
    return {month: Fraction(quick, count) for month, count, quick in rows}


def probes_by_hand(path: str) -> dict[str, Fraction]:
    """It looks at failures only, and so has to trust that no round was ever missed: the next one is 2 s later."""
    rows = asked(f"""
        WITH bad AS (
            SELECT at_us FROM (SELECT epoch_us(ts) AS at_us, up FROM read_parquet('{path}'))
            WHERE NOT up GROUP BY at_us HAVING COUNT(*) >= 2 -- grouped by ts itself it takes seven times as long
        ), runs AS (
            SELECT MIN(at_us) AS starts, MAX(at_us) + 2000000 AS ends
            FROM (SELECT at_us, at_us - ROW_NUMBER() OVER (ORDER BY at_us) * 2000000 AS run FROM bad)
            GROUP BY run HAVING ends - starts >= 60000000
        )
        SELECT month, m.ends - m.starts, SUM(LEAST(r.ends, m.ends) - GREATEST(r.starts, m.starts))
        FROM ({{months}}) AS m LEFT JOIN runs AS r ON r.starts < m.ends AND r.ends > m.starts GROUP BY ALL
    """)
    return {month: 1 - Fraction(int(down or 0), length) for month, length, down in rows}


def probes_without_trust(path: str) -> dict[str, Fraction]:
    """It puts all rounds together, so that a monitor may pause: a run lasts until the next round that is good."""
    rows = asked(f"""
        WITH rounds AS (
            SELECT at_us, COUNT(*) FILTER (NOT up) >= 2 AS failed
            FROM (SELECT epoch_us(ts) AS at_us, up FROM read_parquet('{path}')) GROUP BY at_us
        ), turns AS (
            SELECT at_us, failed, LEAD(at_us) OVER (ORDER BY at_us) AS next
            FROM (SELECT *, LAG(failed) OVER (ORDER BY at_us) AS before FROM rounds)
            WHERE failed IS DISTINCT FROM before
        ), runs AS (SELECT at_us AS starts, next AS ends FROM turns WHERE failed AND next - at_us >= 60000000)
        SELECT month, m.ends - m.starts, SUM(LEAST(r.ends, m.ends) - GREATEST(r.starts, m.starts))
        FROM ({{months}}) AS m LEFT JOIN runs AS r ON r.starts < m.ends AND r.ends > m.starts GROUP BY ALL
    """)
    return {month: 1 - Fraction(int(down or 0), length) for month, length, down in rows}


# ------------------------------------------------------------------------------------------------------------- pandas


def months_of(moments: Any) -> Any:
    return moments.dt.tz_convert("Europe/Copenhagen").dt.strftime("%Y-%m")


def answers_in_pandas(path: str) -> dict[str, Fraction]:
    import pandas

    frame = pandas.read_parquet(path)
    local = frame["at"].dt.tz_convert("Europe/Copenhagen")
    frame["month"] = local.dt.year * 100 + local.dt.month
    frame["net"] = (frame["score"] >= 9).astype(int) - (frame["score"] <= 6).astype(int)
    found = frame[frame["month"] < 202701].groupby(["month", "office"], observed=True).agg(
        count=("score", "count"), net=("net", "sum")
    )  # fmt: skip
    return {
        f"{month // 100}-{month % 100:02} {office}": Fraction(100 * int(row.net), int(row.count_))
        for (month, office), row in zip(
            found.index, found.rename(columns={"count": "count_"}).itertuples(), strict=True
        )
    }


def tickets_in_pandas(path: str) -> dict[str, Fraction]:
    import numpy
    import pandas

    frame = pandas.read_parquet(path)
    frame = frame[frame["priority"] == "P1"]
    days = pandas.date_range("2025-12-30", "2027-02-01", freq="D")
    opens = (days + pandas.Timedelta(hours=8)).tz_localize("Europe/Copenhagen").tz_convert("UTC").as_unit("us").asi8
    closes = (days + pandas.Timedelta(hours=17)).tz_localize("Europe/Copenhagen").tz_convert("UTC").as_unit("us").asi8
    length = numpy.where(days.dayofweek < 5, closes - opens, 0)
    before = numpy.concatenate([[0], numpy.cumsum(length)])

    def shown(moments: Any) -> Any:
        at = moments.dt.as_unit("us").astype("int64").to_numpy()
        day = numpy.searchsorted(opens, at, side="right") - 1
        return before[day] + numpy.minimum(at - opens[day], length[day])

    resolved = frame["resolved"].notna()
    quick = pandas.Series(False, index=frame.index)
    both = frame[resolved]
    quick[resolved] = shown(both["resolved"]) - shown(both["opened"]) <= 8 * 3600 * 1_000_000
    local = frame["opened"].dt.tz_convert("Europe/Copenhagen")
    found = quick.groupby(local.dt.year * 100 + local.dt.month).agg(["sum", "count"])
    return {
        f"{month // 100}-{month % 100:02}": Fraction(int(row["sum"]), int(row["count"]))
        for month, row in found.iterrows()
        if month < 202701
    }


def probes_in_pandas(path: str) -> dict[str, Fraction]:
    import pandas

    frame = pandas.read_parquet(path)
    rounds = (~frame["up"]).groupby(frame["ts"]).sum() >= 2
    runs = (rounds != rounds.shift()).cumsum()
    starts = rounds.index.to_series().groupby(runs).min()
    failed = rounds.groupby(runs).first()
    ends = starts.shift(-1).fillna(rounds.index.max())
    down = pandas.DataFrame({"starts": starts, "ends": ends})[failed]
    down = down[down["ends"] - down["starts"] >= pandas.Timedelta(seconds=60)]
    found = {}
    for day in pandas.date_range("2026-01-01", "2026-12-01", freq="MS", tz="Europe/Copenhagen"):
        after = day + pandas.DateOffset(months=1)
        lost = (down["ends"].clip(upper=after) - down["starts"].clip(lower=day)).clip(lower=pandas.Timedelta(0)).sum()
        found[f"{day:%Y-%m}"] = 1 - Fraction(round(lost.total_seconds()), round((after - day).total_seconds()))
    return found


# -------------------------------------------------------------------------------------------------------------- works

WAYS: dict[str, Callable[[Work, Path], dict[str, Fraction]]] = {
    "evaluator": by_evaluator,
    "hand": lambda work, path: work.by_hand(str(path)),
    "without trust": lambda work, path: (work.without_trust or work.by_hand)(str(path)),
    "pandas": lambda work, path: work.in_pandas(str(path)),
}
NAMES = {"hand": "SQL by hand", "without trust": "SQL by hand that trusts no monitor", "pandas": "pandas"}
FLOORS: dict[str, tuple[float | None, float | None]] = {
    "hand": (1.25, 1.5),
    "without trust": (None, None),
    "pandas": (1.0, 1.0),
}
"""How much of their time and of their memory the evaluator may take."""

WORKS = {
    "answers": Work(
        ANSWERS,
        "pulse",
        10_000_000,
        """SELECT make_timestamp({beginning} + i * {step})::TIMESTAMPTZ AS "at", 'office ' || (hash(i) % 4) AS office,
                  CASE WHEN hash(i + 5) % 50 = 0 THEN NULL ELSE (hash(i * 7 + 1) % 11)::TINYINT END AS score
           FROM range({rows}) AS r(i)""",
        answers_by_hand,
        answers_in_pandas,
    ),
    "tickets": Work(
        TICKETS,
        "desk",
        10_000_000,
        """SELECT make_timestamp(us)::TIMESTAMPTZ AS opened, 'P' || (1 + hash(i) % 4) AS priority,
                  CASE WHEN hash(i + 3) % 40 = 0 THEN NULL
                  ELSE make_timestamp(us + (hash(i + 1) % 259200000000)::BIGINT)::TIMESTAMPTZ END AS resolved
           FROM (SELECT i, {beginning} + i * {step} AS us FROM range({rows}) AS r(i))""",
        tickets_by_hand,
        tickets_in_pandas,
    ),
    "probes": Work(
        PROBES,
        "pings",
        50_000_000,
        """SELECT make_timestamp({beginning} + i // 3 * 2000000)::TIMESTAMPTZ AS ts,
                  NOT (i // 3 % 500000 < 300 OR hash(i) % 20000 = 0) AS up
           FROM range({rows}) AS r(i)""",
        probes_by_hand,
        probes_in_pandas,
        probes_without_trust,
    ),
}


# -------------------------------------------------------------------------------------------------------------- small


def small(folder: Path) -> Iterator[Row]:
    """Ten thousand tickets in CSV and the whole command, from the specification and from the text of an agreement."""
    agreement, data = folder / "small.xladsl", folder / "small.csv"
    agreement.write_text(DEAL + TICKETS)
    rows = (
        f"{moment(number * 3_000)},{moment(number * 3_000 + number * 7919 % 259_200)},P{number % 4 + 1}"
        for number in range(10_000)
    )
    data.write_text("\n".join(["opened,resolved,priority", *rows, ""]))
    run([*XLADSL, "build", str(agreement), "-o", str(folder), "--to", "json"])
    asked = ["--data", f"desk={data}", "--period", "2026"]
    for source, most in ((folder / "deal.json", 0.150), (agreement, None)):
        command = [*XLADSL, "evaluate", str(source), *asked]
        pairs = [(run(command), run([sys.executable, "-c", "pass"])) for _ in range(11)][1:]
        ours, nothing = (best(list(costs)) for costs in zip(*pairs, strict=True))
        told = "its specification" if source.suffix == ".json" else "its text"
        yield Row(
            f"`xladsl evaluate` of 10,000 rows of CSV and {told}",
            f"{ours.wall * 1e3:.0f} ms, {ours.cpu * 1e3:.0f} ms of the processor, {ours.memory / 2**20:.0f} MiB",
            f"a Python that does nothing: {nothing.wall * 1e3:.0f} ms",
            f"{ours.wall / nothing.wall:.1f} of it",
            f"at most {most * 1e3:.0f} ms" if most else "",
            ours.wall <= most if most else None,
        )


def moment(seconds: int) -> str:
    return time.strftime("%Y-%m-%d %H:%M:%SZ", time.gmtime(BEGINNING // 1_000_000 + seconds))


if __name__ == "__main__":
    sys.exit(main())
