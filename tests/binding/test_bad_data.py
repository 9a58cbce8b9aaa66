"""Bad data get an answer: what is wrong, where, and what to do; and no verdict rests on rows dropped in silence."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from tests.binding.conftest import told
from xladsl.binding import read

if TYPE_CHECKING:
    from tests.binding.conftest import Desk

HEADER = "id,created,closed,prio\n"
GOOD = "T1,2026-04-01 10:00,2026-04-01 12:00,P1\n"


def test_a_missing_column_is_named_with_the_one_that_was_meant(desk: Desk) -> None:
    desk.put("t.csv", "id,Created At,closed,prio\n")
    assert desk.trouble(desk="t.csv") == (
        "`t.csv` has no column `created`\n"
        "  t.csv, line 1\n"
        "The agreement reads `opened` from there.\n"
        "It has `id`, `Created At`, `closed` and `prio`."
    )
    desk.put("t.csv", "id,Created,closed,prio\n")
    assert (
        'Did you mean `Created`? Then say `header = "Created"` for the column `opened` in the config.'
        in desk.trouble(desk="t.csv")
    )


def test_rows_that_cannot_be_read_are_counted_and_the_first_three_located(desk: Desk) -> None:
    rows = "".join(f"T{number},{'2026-04-01 10:00' if number % 2 else 'yesterday'},,P1\n" for number in range(10))
    desk.put("t.csv", HEADER + rows)
    assert desk.trouble(desk="t.csv") == (
        "5 rows of `desk` cannot be read: what stands in `created` is no time\n"
        "  t.csv, line 2, column `created`: `yesterday`\n"
        "  t.csv, line 4, column `created`: `yesterday`\n"
        "  t.csv, line 6, column `created`: `yesterday`\n"
        "  and 2 more\n"
        "5 of 10 rows are rejected, and 0 may be.\n"
        'Say how it is written under `[desk.columns.opened]`, as `format = "%d-%m-%Y %H:%M"` or `format = "epoch ms"`. '
        "To go on without them, say `rejects = 5` under `[desk]`."
    )


@pytest.mark.parametrize("rejects", ["5", '"50%"'])
def test_the_run_goes_on_if_so_many_rejects_are_allowed(desk: Desk, rejects: str) -> None:
    rows = "".join(f"T{number},{'2026-04-01 10:00' if number % 2 else 'x'},,P1\n" for number in range(10))
    desk.put("t.csv", HEADER + rows)
    found = desk.read(f"[desk]\nrejects = {rejects}", desk="t.csv")
    assert not found.failed
    [source] = found.sources
    assert (source.rows, source.counted, source.rejected) == (10, 5, 5)
    assert "5 rows of `desk` cannot be read" in source.problems[0]
    assert found.rows["desk"].columns["number"] == ["T1", "T3", "T5", "T7", "T9"]


@pytest.mark.parametrize("rejects", ["4", '"49.9%"'])
def test_and_fails_if_fewer_are(desk: Desk, rejects: str) -> None:
    rows = "".join(f"T{number},{'2026-04-01 10:00' if number % 2 else 'x'},,P1\n" for number in range(10))
    desk.put("t.csv", HEADER + rows)
    assert desk.read(f"[desk]\nrejects = {rejects}", desk="t.csv").failed


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("NaN", "what stands in `size` is not a finite number"),
        ("-inf", "what stands in `size` is not a finite number"),
        ("Infinity", "what stands in `size` is not a finite number"),
        ("12 GB", "what stands in `size` is no number"),
        ("١٢", "what stands in `size` is no number"),
        ("1_000", "what stands in `size` is no number"),
        ("1e12", "what stands in `size` is larger than any measurement"),
        ("-1000000000000", "what stands in `size` is larger than any measurement"),
        ('"1,5"', "what stands in `size` is a number with a comma"),
        ('"1,234.50"', "what stands in `size` is a number with a comma"),
        ("9" * 70, "what stands in `size` has more digits than any measurement"),
    ],
)
def test_what_is_no_number(desk: Desk, cell: str, said: str) -> None:
    desk.put("l.csv", f"ts,ms,rate,cost,size\n2026-04-01 10:00,1,1,1,{cell}\n")
    assert f"1 row of `loads` cannot be read: {said}\n  l.csv, line 2, column `size`: " in desk.trouble(loads="l.csv")


def test_a_length_of_time_is_not_negative_but_an_amount_may_be(desk: Desk) -> None:
    desk.put("l.csv", "ts,ms,rate,cost,size\n2026-04-01 10:00,-5,1,1,1\n2026-04-01 11:00,5,-1,-1,-1\n")
    said = desk.trouble(loads="l.csv")
    assert "1 row of `loads` cannot be read: what stands in `ms` is a negative length of time" in said
    assert "l.csv, line 2, column `ms`: `-5`" in said


def test_an_outage_that_ends_before_it_begins(desk: Desk) -> None:
    desk.put(
        "o.csv", "start,end\n2026-04-01 10:00,2026-04-01 09:59\n2026-04-01 10:00,2026-04-01 10:00\n2026-04-01 10:00,\n"
    )
    said = desk.trouble(breaks="o.csv")
    assert "1 row of `breaks` cannot be read: what stands in `end` lies before the beginning, `start`" in said
    assert "o.csv, line 2, column `end`: `2026-04-01 09:59`" in said


def test_an_answer_beyond_its_scale(desk: Desk) -> None:
    desk.put("a.csv", "at,q_ease,mood\n2026-04-01 10:00,8,10\n2026-04-01 10:01,0,11\n2026-04-01 10:02,4.5,\n")
    said = desk.trouble(asked="a.csv")
    assert "3 rows of `asked` cannot be read: what stands in `q_ease` is no answer on the scale from 1 to 7" in said
    assert "1 row of `asked` cannot be read: what stands in `mood` is no answer on the scale from 0 to 10" in said
    assert 'say `null = "99"`, or whatever it is, under `[asked.columns.mood]`' in said
    assert "3 of 3 rows are rejected" in said


def test_what_means_neither_yes_nor_no(desk: Desk) -> None:
    desk.put("p.csv", "ts,up\n2026-04-01 10:00,up\n")
    said = desk.trouble(pings="p.csv")
    assert "what stands in `up` means neither yes nor no" in said
    assert 'Say which words mean what under `[pings.columns.ok]`: `yes = "up"` and `no = "down"`.' in said
    config = '[pings.columns.ok]\nyes = ["up", "ok"]\nno = "down"'
    desk.put("p.csv", "ts,up\n2026-04-01 10:00,UP\n2026-04-01 10:01,down\n2026-04-01 10:02,\n")
    assert desk.column("pings", "ok", config, pings="p.csv") == [1, 0, None]


def test_a_day_is_no_time_and_a_time_is_no_day(desk: Desk) -> None:
    desk.put("t.csv", HEADER + "T1,2026-04-01,,P1\n")
    said = desk.trouble(desk="t.csv")
    assert "what stands in `created` is a day and says no time" in said
    assert "let the agreement say `opened as date`" in said
    desk.put("d.csv", "day\n2026-04-01 13:00\n")
    said = desk.trouble(deliveries="d.csv")
    assert "what stands in `day` is more than a day" in said
    assert "let the agreement say `handed_over as time`" in said


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("2026-02-29 10:00", "is no day of the calendar"),
        ("2026-04-01 24:00", "is no time of any day"),
        ("2026-04-01 23:59:60", "is no time of any day"),
        ("1969-12-31 10:00", "does not lie in the years 1970 to 2099"),
        ("0001-01-01 00:00", "does not lie in the years 1970 to 2099"),
        ("2100-01-02 00:00", "does not lie in the years 1970 to 2099"),
        ("01-04-2026 10:00", "is no time"),
        ("2026-04-01 10:00+25:00", "is so far from UTC as no zone is"),
        ("2026-04-01 10:00 CET", "is no time"),
    ],
)
def test_what_is_no_time(desk: Desk, cell: str, said: str) -> None:
    desk.put("t.csv", HEADER + f"T1,{cell},,P1\n")
    assert f"what stands in `created` {said}\n  t.csv, line 2, column `created`: `{cell}`" in desk.trouble(desk="t.csv")


def test_a_row_without_its_key(desk: Desk) -> None:
    desk.put("t.csv", HEADER + GOOD + " ,2026-04-01 10:00,,P1\n")
    said = desk.trouble(desk="t.csv")
    assert "1 row of `desk` cannot be read: what stands in `id` is empty, and it is the key\n  t.csv, line 3" in said


def test_of_rows_with_one_key_the_latest_counts_and_the_others_are_told(desk: Desk) -> None:
    desk.put(
        "t.csv", HEADER + "T1,2026-04-01 10:00,2026-04-02 10:00,P1\nT1,2026-04-01 10:00,-,P2\nT2,2026-04-01 10:00,,\n"
    )
    found = desk.read(desk="t.csv")
    assert not found.failed
    assert told(found) == (
        "1 row of `desk` gave way to a later one with the same `number`, such as `T1`\n"
        "The agreement counts one row for each."
    )
    assert found.rows["desk"].columns["priority"] == ["P1", None]
    assert (found.sources[0].rows, found.sources[0].replaced, found.sources[0].counted) == (3, 1, 2)


def test_rows_that_are_alike_count_and_are_told_where_there_is_no_key(desk: Desk) -> None:
    desk.put("p.csv", "ts,up\n2026-04-01 10:00,1\n2026-04-01 10:00,yes\n2026-04-01 10:01,1\n")
    found = desk.read(pings="p.csv")
    assert "1 row of `pings` is like another one in every column that the agreement names" in told(found)
    assert found.sources[0].counted == 3


def test_the_same_file_twice_counts_twice_and_is_told(desk: Desk) -> None:
    desk.put("a.csv", "ts,up\n2026-04-01 10:00,1\n")
    desk.put("b.csv", "ts,up\n2026-04-01 10:00,1\n")
    found = desk.read(pings=["b.csv", "a.csv"])
    said = told(found).replace(f"{desk.folder}/", "")
    assert "`a.csv` and `b.csv` are the same file, and each row of `pings` in it counts 2 times" in said
    assert not found.failed
    assert desk.read(pings=["a.csv", "a.csv"]).sources[0].rows == 1, "named twice, it is one file all the same"


def test_rows_outside_of_the_agreement_and_without_a_date_are_told(desk: Desk) -> None:
    dates = ["2025-12-31 23:59", "2026-01-01 00:00", "2026-12-31 23:59:59", "2027-01-01 00:00", "2027-02-01 00:00", ""]
    rows = "".join(f"T{number},{date},,\n" for number, date in enumerate(dates))
    desk.put("t.csv", HEADER + rows)
    found = desk.read(desk="t.csv")
    assert told(found) == (
        "1 row of `desk` lies before the agreement begins: `opened` is 2025-12-31\n"
        "2 rows of `desk` lie after the agreement has ended: `opened` is from 2027-01-01 to 2027-02-01\n"
        "1 row of `desk` has no `opened`, and so lies in no window"
    )
    assert (found.sources[0].outside, found.sources[0].counted) == (3, 3)


def test_a_time_that_clocks_show_twice_or_never(desk: Desk) -> None:
    times = ["2026-10-25 02:30", "2026-10-25 02:30+01:00", "2026-03-29 02:30", "2026-10-25 03:00", "2026-03-29 03:00"]
    desk.put("t.csv", HEADER + "".join(f"T{number},{time},,\n" for number, time in enumerate(times)))
    found = desk.read(desk="t.csv")
    said = told(found)
    assert not found.failed
    assert "1 time of `desk` comes twice in Europe/Copenhagen, where clocks are set back" in said
    assert "t.csv, line 2, column `created`: `2026-10-25 02:30`\nIt does not say which of the two is meant" in said
    assert "1 time of `desk` does not exist in Europe/Copenhagen, where clocks are set forward" in said
    assert "t.csv, line 4, column `created`: `2026-03-29 02:30`\nIt is read as the first instant after" in said
    opened = found.rows["desk"].columns["opened"]
    assert opened[1] - opened[0] == 3600 * 1_000_000, "the first of the two is an hour earlier than the second"
    assert opened[2] == opened[4], "what does not exist is the first instant after"


def test_zones_may_be_mixed_where_each_time_carries_its_offset(desk: Desk) -> None:
    desk.put(
        "p.csv",
        "ts,up\n2026-04-01 10:00Z,1\n2026-04-01 10:00+02:00,1\n2026-04-01T06:00:00-0500,1\n2026-04-01 10:00 UTC,0\n",
    )
    ten = 1_775_037_600 * 1_000_000
    hour = 3600 * 1_000_000
    assert desk.column("pings", "at", pings="p.csv") == [ten, ten - 2 * hour, ten + hour, ten]


def test_but_not_where_only_some_do(desk: Desk) -> None:
    desk.put("p.csv", "ts,up\n2026-04-01 10:00Z,1\n2026-04-01 10:01,1\n")
    found = desk.read(pings="p.csv")
    assert (
        "only some times in `ts` of `pings` carry an offset from UTC\nThe others are read in Europe/Copenhagen."
        in told(found)
    )
    assert not found.failed


def test_an_empty_file(desk: Desk) -> None:
    for content in ("", "\n\n", "\ufeff"):
        desk.put("t.csv", content)
        assert "`t.csv` is empty" in desk.trouble(desk="t.csv")
    desk.put("t.json", "")
    assert "`t.json` is no JSON" in desk.trouble(desk="t.json")
    desk.put("t.parquet", b"")
    assert "`t.parquet` is empty" in desk.trouble(desk="t.parquet")


def test_a_file_without_rows_is_no_fault_and_is_told(desk: Desk) -> None:
    desk.put("t.csv", HEADER)
    found = desk.read(desk="t.csv")
    assert told(found) == "there is no row for `desk`\nWhat is measured from it has no data."
    assert not found.failed
    assert found.rows["desk"].count == 0
    desk.put("t.jsonl", "")
    assert not desk.read(desk="t.jsonl").failed


def test_a_file_without_a_header(desk: Desk) -> None:
    desk.put("t.csv", GOOD + GOOD)
    said = desk.trouble(desk="t.csv")
    assert (
        "`t.csv` begins with a row and not with the names of its columns\n  t.csv, line 1: `T1,2026-04-01 10:00" in said
    )


def test_letters_in_two_parts(desk: Desk) -> None:
    """Some systems write a letter with its dots as two characters, which nobody can see."""
    desk.put("t.csv", HEADER.replace("id", "Schlüssel").replace("ü", "u\u0308") + GOOD)
    bound = desk.bound('[desk.columns.number]\nheader = "Schlüssel"', desk="t.csv")
    assert not bound.problems
    assert not read(desk.contract, bound.plans).failed


def test_another_delimiter(desk: Desk) -> None:
    desk.put("t.csv", HEADER.replace(",", ";") + GOOD.replace(",", ";"))
    said = desk.trouble(desk="t.csv")
    assert said == 'the columns of `t.csv` are parted by `;`\nSay `delimiter = ";"` under the source in the config.'
    assert desk.column("desk", "number", '[desk]\ndelimiter = ";"', desk="t.csv") == ["T1"]


def test_a_column_that_comes_twice(desk: Desk) -> None:
    desk.put("t.csv", "id,created,closed,prio,created\n")
    assert "`t.csv` has more than one column `created`" in desk.trouble(desk="t.csv")


def test_rows_with_too_many_or_too_few_cells(desk: Desk) -> None:
    desk.put("t.csv", HEADER + GOOD + "T2,2026-04-01 10:00,,P1,what\nT3,2026-04-01\n")
    said = desk.trouble(desk="t.csv")
    assert (
        "1 row of `desk` cannot be read: the row has 5 cells where the header has 4\n  t.csv, line 3: `T2,2026-" in said
    )
    assert (
        "1 row of `desk` cannot be read: the row has 2 cells where the header has 4\n  t.csv, line 4: `T3,2026-" in said
    )


def test_a_quotation_mark_that_swallows_rows_is_no_single_reject(desk: Desk) -> None:
    desk.put("t.csv", HEADER + GOOD + 'T2,"2026-04-01,,P1\nT3,2026-04-01 10:00,,"\nT4,2026-04-01 10:00,,P1\n')
    said = desk.trouble('[desk]\nrejects = "100%"', desk="t.csv")
    assert "a row of `t.csv` goes from line 3 to line 4" in said
    desk.put("t.csv", HEADER + GOOD + 'T2,"2026-04-01,,P1\n' + GOOD * 3)
    said = desk.trouble('[desk]\nrejects = "100%"', desk="t.csv")
    assert "a quotation mark in `t.csv` is open or stands in the middle of a cell\n  t.csv, line 3\n" in said


def test_a_huge_cell(desk: Desk) -> None:
    desk.put("t.csv", HEADER + GOOD + f"T2,2026-04-01 10:00,,{'x' * 200_000}\n")
    said = desk.trouble(desk="t.csv")
    assert "a cell of `t.csv` has more than 131,072 characters\n  t.csv, line 3" in said
    assert len(said) < 400


def test_what_is_shown_of_a_cell_is_short_and_harmless(desk: Desk) -> None:
    desk.put("t.csv", HEADER + f"T1,{'long ' * 100},,P1\nT2,\x1b[31mred\x07,,P1\n")
    said = desk.trouble(desk="t.csv")
    assert "`long long long long long long long long…`" in said
    assert "`·[31mred·`" in said


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"PK\x03\x04rest", "is a workbook or another zip file, not a text\nSave its sheet as CSV (UTF-8)."),
        (b"\x1f\x8b\x08\x00", "is compressed with gzip, not a text\nUnpack it first."),
        ("id,created".encode("utf-16"), "is written in UTF-16, not a text"),
        (b"id,created\0\0", "is not a text"),
        (b"PAR1....", "is a Parquet file, not a text"),
    ],
)
def test_a_file_that_is_no_text(desk: Desk, content: bytes, said: str) -> None:
    desk.put("t.csv", content)
    assert f"`t.csv` {said}" in desk.trouble(desk="t.csv")


def test_a_file_that_is_not_utf8_is_told_with_its_line(desk: Desk) -> None:
    desk.put("t.csv", HEADER.encode() + GOOD.encode() * 2 + "T3,2026-04-01 10:00,,Påske\n".encode("latin-1"))
    said = desk.trouble(desk="t.csv")
    assert "`t.csv` is not written in UTF-8\n  t.csv, line 4: " in said
    assert "Påske" in said


def test_a_truncated_parquet_file(desk: Desk) -> None:
    desk.put("t.parquet", b"PAR1" + b"\x15\x04" * 500)
    said = desk.trouble(desk="t.parquet")
    assert "`t.parquet` is a Parquet file that was cut off" in said
    desk.put("t.parquet", b"PAR1" + b"\x15\x04" * 500 + b"PAR1")
    assert "`t.parquet` cannot be read as Parquet" in desk.trouble(desk="t.parquet")
    desk.put("t.parquet", b"id,created\n" * 5)
    assert "`t.parquet` is no Parquet file" in desk.trouble(desk="t.parquet")


def test_broken_json(desk: Desk) -> None:
    desk.put("t.json", '[{"id": "T1"},\n {"id"')
    assert "`t.json` is no JSON: " in (said := desk.trouble(desk="t.json"))
    assert "  t.json, line 2" in said
    good = '{"id": "T1", "created": "2026-04-01 10:00", "closed": null, "prio": "P1"}\n'
    desk.put("t.jsonl", good + '{"id": "T2", \n[1, 2]\n{"id": "T3", "created": ["x"]}\n')
    said = desk.trouble(desk="t.jsonl")
    assert '1 row of `desk` cannot be read: the row is no JSON\n  t.jsonl, line 2: `{"id": "T2",`' in said
    assert "1 row of `desk` cannot be read: the row is no object\n  t.jsonl, line 3: `" in said
    assert "1 row of `desk` cannot be read: the row holds a list in `created`\n  t.jsonl, line 4" in said
    assert "3 of 4 rows are rejected" in said


def test_half_a_character_is_no_text(desk: Desk) -> None:
    desk.put("t.jsonl", '{"id": "T1", "created": "2026-04-01 10:00", "closed": "", "prio": "P\\ud800"}\n')
    assert "what stands in `prio` is no text\n  t.jsonl, line 1, column `prio`: `P·`" in desk.trouble(desk="t.jsonl")


def test_json_that_never_has_a_column(desk: Desk) -> None:
    desk.put("t.jsonl", '{"id": "T1", "create": "2026-04-01 10:00", "closed": null, "prio": "P1"}\n')
    assert "`t.jsonl` has no column `created`" in (said := desk.trouble(desk="t.jsonl"))
    assert "Did you mean `create`?" in said


def test_a_file_that_is_not_there_or_may_not_be_read(desk: Desk) -> None:
    assert "there is no file `" in told(desk.bound(desk="nowhere.csv"))
    os.mkfifo(desk.folder / "pipe.csv")
    assert "there is no file `" in told(desk.bound(desk="pipe.csv"))
    desk.put("t.exe", "x")
    assert "does not tell its format" in told(desk.bound(desk="t.exe"))
    assert "the agreement has no source `dekk`\nDid you mean `desk`?" in told(desk.bound(dekk="t.csv"))
