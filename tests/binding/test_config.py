"""The config says where data lie and how they are written; what it says to no effect is a finding."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.binding.conftest import told
from xladsl.binding import bind

if TYPE_CHECKING:
    from tests.binding.conftest import Desk

HEADER = "id,created,closed,prio\n"
HALF_PAST_TEN = 1_775_032_200_000_000  # 2026-04-01 10:30 in Copenhagen


def test_each_column_may_be_written_in_its_own_way(desk: Desk) -> None:
    desk.put("export/t.csv", "made by Desk 3000\n\nNo;Opened;Closed;Prio\nT1;01-04-2026 10:30;1775032200;n/a\n")
    config = """
        [desk]
        files = "export"
        delimiter = ";"
        skip_rows = 2
        null = ["n/a", "?"]
        columns.number.header = "No"
        columns.opened = { header = "Opened", format = "%d-%m-%Y %H:%M" }
        columns.closed = { header = "Closed", format = "epoch s" }
        columns.priority = { header = "Prio" }
    """
    rows = desk.read(config).rows["desk"]
    assert {name: cells[0] for name, cells in rows.columns.items()} == {
        "number": "T1",
        "opened": HALF_PAST_TEN,
        "closed": HALF_PAST_TEN,
        "priority": None,
    }


def test_a_zone_for_all_and_another_for_one(desk: Desk) -> None:
    desk.put("t.csv", HEADER + "T1,2026-04-01 08:30,2026-04-01 04:30,\n")
    config = '[desk]\nzone = "UTC"\ncolumns.closed.zone = "America/New_York"'
    rows = desk.read(config, desk="t.csv").rows["desk"]
    assert rows.columns["opened"] == rows.columns["closed"] == [HALF_PAST_TEN]


def test_units_and_decimal_commas(desk: Desk) -> None:
    desk.put("l.csv", 'ts,ms,rate,cost,size\n2026-04-01 10:30,"1,5",0.995,250,1\n')
    config = """
        [loads.columns]
        load = { unit = "min", decimal_comma = true }
        rate = { unit = "share" }
        cost = { unit = "hundredths" }
    """
    rows = desk.read(config, loads="l.csv").rows["loads"]
    assert [rows.columns[name] for name in ("load", "rate", "cost")] == [[90_000_000], [99_500_000], [2_500_000]]


def test_when_a_row_arrived_is_kept_beside_its_columns(desk: Desk) -> None:
    desk.put("t.csv", "id,created,closed,prio,sent\nT1,2026-04-01 10:30,,,2026-04-01 10:30\nT2,2026-04-01 10:30,,,\n")
    rows = desk.read('[desk]\narrived = "sent"', desk="t.csv").rows["desk"]
    assert rows.columns["arrived at"] == [HALF_PAST_TEN, None]


def test_and_may_be_written_in_a_way_of_its_own(desk: Desk) -> None:
    desk.put("t.csv", "id,created,closed,prio,sent\nT1,2026-04-01 10:30,,,1775032200000\n")
    config = '[desk]\narrived = { header = "sent", format = "epoch ms" }'
    assert desk.read(config, desk="t.csv").rows["desk"].columns["arrived at"] == [HALF_PAST_TEN]
    assert "`arrived` does not name its column" in told(desk.bound('[desk]\narrived.zone = "UTC"', desk="t.csv"))
    assert "`heder` under `[desk.arrived]`" in told(desk.bound('[desk]\narrived.heder = "sent"', desk="t.csv"))


def test_where_nothing_says_when_rows_arrived_that_is_told(desk: Desk) -> None:
    desk.put("a.csv", "at,q_ease,mood\n2026-04-01 10:30,7,10\n")
    assert "nothing says when the rows of `asked` arrived, so none of them is taken for late" in told(
        desk.read(asked="a.csv")
    )
    assert not desk.read('[asked]\narrived = "at"', asked="a.csv").problems


def test_several_files_a_folder_and_a_pattern_are_one_source(desk: Desk) -> None:
    for number in range(4):
        desk.put(f"2026/{number}/t.csv", HEADER + f"T{number},2026-04-01 10:30,,\n")
    desk.put("2026/0/notes.md", "no data")
    by_pattern = desk.read('[desk]\nfiles = "2026/**/*.csv"')
    assert by_pattern.rows["desk"].columns["number"] == ["T0", "T1", "T2", "T3"]
    assert [name for name, _ in by_pattern.sources[0].files] == [f"2026/{number}/t.csv" for number in range(4)]
    assert desk.read('[desk]\nfiles = ["2026/1", "2026/0/t.csv"]').rows["desk"].columns["number"] == ["T0", "T1"]


def test_what_is_named_by_hand_goes_before_the_config(desk: Desk) -> None:
    desk.put("a.csv", HEADER + "A,2026-04-01 10:30,,\n")
    desk.put("b.csv", HEADER.replace(",", ";") + "B;2026-04-01 10:30;;\n")
    assert desk.column("desk", "number", '[desk]\nfiles = "a.csv"\ndelimiter = ";"', desk="b.csv") == ["B"]


@pytest.mark.parametrize(
    ("config", "said"),
    [
        ("[desk", "`xladsl-data.toml` cannot be read: "),
        ('files = "t.csv"', "`files` stands above every source in `xladsl-data.toml`"),
        ("[dekk]", "the agreement has no source `dekk`\n  xladsl-data.toml\nDid you mean `desk`?"),
        (
            "[desk]\nfilles = 'x'",
            "`filles` under `[desk]` in `xladsl-data.toml` means nothing\n  xladsl-data.toml\nDid you mean `files`?",
        ),
        (
            "[desk]\ndelimiter = ';;'",
            '`delimiter` under `[desk]` in `xladsl-data.toml` should be one character, such as ";"',
        ),
        ("[desk]\nskip_rows = -1", "should be a whole number that is not negative"),
        ("[desk]\nrejects = 'some'", 'should be a number of rows, or a share of them such as "0.5%"'),
        ("[desk]\nrejects = '101%'", 'should be a number of rows, or a share of them such as "0.5%"'),
        ("[desk]\nrejects = true", 'should be a number of rows, or a share of them such as "0.5%"'),
        (
            "[desk]\ncolumns.opend.zone = 'UTC'",
            "the source `desk` has no column `opend`\n  xladsl-data.toml\nDid you mean `opened`?",
        ),
        ("[desk]\ncolumns.opened = 'created'", "`desk.columns.opened` in `xladsl-data.toml` should be a table"),
        (
            "[desk]\ncolumns.opened.formats = 'iso'",
            "`formats` under `[desk.columns.opened]` in `xladsl-data.toml` means nothing",
        ),
        ("[desk]\nzone = 'CET2'", "there is no time zone `CET2`"),
        ("[desk]\nzone = '../../etc/passwd'", "there is no time zone"),
        (
            "[desk]\ncolumns.opened.format = 'dd-mm-yyyy'",
            "`dd-mm-yyyy` does not say how `opened` is written: it does not say the day",
        ),
        ("[desk]\ncolumns.priority.format = 'iso'", "`priority` holds no time, so it has no `format`"),
        ("[desk]\ncolumns.priority.unit = 'min'", "`priority` holds text, which has no `unit`"),
        ("[loads]\nfiles='l.csv'\ncolumns.load.unit = 'days'", "`days` is no unit in which `load` can be written"),
        ("[desk]\nfiles = 'nowhere/*.csv'", "there is no file `nowhere/*.csv` for the source `desk`"),
        ("[desk]\nfiles = []", "nothing says where the rows of `desk` lie"),
        ("[desk]\nfiles = 't.dat'", "the name `t.dat` does not tell its format"),
        ("[desk]\nfiles = 't.csv'\nformat = 'xml'", "`xml` is no format of files"),
        ("[desk]\ntable = 'tickets'", "nothing says in which database the rows of `desk` lie"),
        ("[desk]\ndatabase = 'desk.db'", "nothing says which rows of the database are those of `desk`"),
        ("[desk]\ndatabase = 'desk.db'\ntable = 'a'\nquery = 'b'", "nothing says which rows of the database"),
    ],
)
def test_what_means_nothing_is_a_finding(desk: Desk, config: str, said: str) -> None:
    desk.put("t.csv", HEADER)
    desk.put("t.dat", HEADER)
    desk.put("l.csv", "")
    bound = desk.bound(config)
    assert said in told(bound)
    assert not bound.plans


def test_a_zone_that_does_not_exist_is_told_once_for_all_columns(desk: Desk) -> None:
    desk.put("t.csv", HEADER)
    assert told(desk.bound("[desk]\nfiles = 't.csv'\nzone = 'CET2'")).count("there is no time zone") == 1


def test_the_ways_to_write_a_time_are_told_as_they_stand_in_a_config(desk: Desk) -> None:
    bound = desk.bound("[desk]\nfiles = 't.csv'\ncolumns.opened.format = 'dd-mm-yyyy'")
    assert 'Write `"iso"`, `"epoch s"`, `"epoch ms"`, `"epoch us"` or a pattern such as' in told(bound)


def test_a_config_that_is_not_there(desk: Desk) -> None:
    assert "cannot be read: No such file or directory" in told(bind(desk.contract, {}, str(desk.folder / "none.toml")))
