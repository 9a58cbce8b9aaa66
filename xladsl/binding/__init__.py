"""From files and tables to the rows that an agreement speaks of.

    config     the file that says where the data lie and how they are written
    planning   agreement and config become one plan for each source
    plan       such a plan, as plain data: whoever loads rows, in whatever engine, follows it to the letter
    readers    files and tables, cut into rows of text
    cells      a text becomes a cell, or the reason why it cannot
    times      a text becomes an instant
    reading    rows of text become the rows that count; what does not is counted and located
    digests    the digests of files, worked out meanwhile
    problems   what is wrong with data, in words for people
    in_duckdb  the same rows in DuckDB, with `casts`, `plain` and `files_in_sql`
    in_place   the same rows in the database where they lie, with `casts_in_place` and `tongues`
    measuring  what either is asked about the rows that it holds

Everything is read as text and then cast, so that nobody's guess about a type decides about money. The order of rows,
how they are spread over files, and how many are read at once change nothing.
"""

from __future__ import annotations

from .planning import Bound, bind
from .problems import Place, Problem
from .reading import Read, read

__all__ = ["Bound", "Place", "Problem", "Read", "bind", "read"]
