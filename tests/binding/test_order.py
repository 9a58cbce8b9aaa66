"""The order of rows, how they are spread over files, and how many are read at once change nothing."""

from __future__ import annotations

import json
import random
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from hypothesis import given, settings
from hypothesis import strategies as st

from xladsl.binding import Read, bind, read
from xladsl.diagnostics import Severity
from xladsl.evaluation.rows.requests import ColumnCell, Listing
from xladsl.evaluation.rows.table import Table

if TYPE_CHECKING:
    from xladsl.model.contract import Contract

HEADER = ("id", "created", "closed", "prio")
times = st.sampled_from(
    ["2026-04-01 10:00", "2026-10-25 02:30", "2026-10-25T02:30+01:00", "2025-12-31 12:00", "", "soon"]
)
rows_of = st.lists(
    st.tuples(
        st.sampled_from(["T1", "T2", "T3", "", " T1 "]),
        times,
        times | st.just("-"),
        st.sampled_from(["P1", "a\nb", "", '"']),
    ),
    max_size=12,
)


def written(rows: list[Any], lines: bool) -> str:
    if lines:
        return "".join(json.dumps(dict(zip(HEADER, row, strict=True))) + "\n" for row in rows)
    quoted = (",".join('"' + cell.replace('"', '""') + '"' for cell in row) for row in (HEADER, *rows))
    return "".join(f"{row}\r\n" for row in quoted)


def came_of_it(contract: Contract, parts: list[list[Any]], size: int, lines: bool) -> tuple[Any, ...]:
    """All that reading comes to, but for the names of files and the places in them."""
    with TemporaryDirectory() as folder:
        for number, part in enumerate(parts):
            Path(folder, f"{number}.{'jsonl' if lines else 'csv'}").write_text(
                written(part, lines), "utf-8", newline=""
            )
        config = Path(folder, "xladsl-data.toml")
        config.write_text('[desk]\nfiles = "."\nrejects = "40%"', "utf-8")
        bound = bind(contract, {}, str(config))
        assert not bound.problems
        found: Read = read(contract, bound.plans, size=size)
    [source] = found.sources
    problems = {(problem.rule, problem.title, problem.why, problem.rows) for problem in found.problems}
    everything = Listing("desk", tuple(ColumnCell(name) for name in found.rows["desk"].columns))
    counts = (source.rows, source.counted, source.rejected, source.replaced, source.outside)
    return Table(found.rows).listed(everything), counts, problems, found.failed


@settings(max_examples=120, deadline=None)
@given(rows_of, st.randoms(use_true_random=False), st.integers(1, 5), st.integers(0, 12), st.booleans())
def test_only_the_rows_decide(contract: Contract, rows: Any, chance: Any, size: int, cut: int, lines: bool) -> None:
    whole = came_of_it(contract, [rows], 10_000, lines)
    mixed = list(rows)
    chance.shuffle(mixed)
    assert came_of_it(contract, [mixed[:cut], mixed[cut:]], size, lines) == whole
    assert came_of_it(contract, [rows], size, not lines) == whole


def test_a_million_rows_take_little_more_memory_than_their_cells(contract: Contract, tmp_path: Path) -> None:
    """Not a million here, but enough to see that texts are not kept as they are read."""
    chance = random.Random(1)
    with (tmp_path / "p.csv").open("w", encoding="utf-8") as file:
        file.write("ts,up,ballast\n")
        for number in range(40_000):
            file.write(f"2026-04-{number // 2000 + 1:02} 10:00:{chance.randrange(60):02},1,{'x' * 500}\n")
    import tracemalloc

    plans = bind(contract, {"pings": [str(tmp_path / "p.csv")]}).plans
    tracemalloc.start()
    found = read(contract, plans, size=1000)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert found.sources[0].rows == 40_000
    assert all(problem.severity is not Severity.ERROR for problem in found.problems)
    assert peak < 10_000_000, "the file alone has twenty million bytes"
