"""Whoever else can hold the rows: one definition of what is asked, several that carry it out.

    dialects     what databases write differently, and which of them the tests run
    pages        a clock as a small table that any database can join: what is shown, and how fast it runs
    sql          a question about rows as one statement
    answers      what every engine that is asked by statements has in common
    driver       DuckDB without the package around it
    duckdb       DuckDB inside of this process, which `binding` fills with rows
    words        how DuckDB is asked about probes
    failures     how it is asked about those of which few rounds failed
    connection   a database or a Spark session that is there already
    several      engines side by side, each with sources of its own
    digest       a fingerprint of answers, by which engines are compared

A statement holds no function of time, no floating-point number and no division, and it answers with whole numbers.
Whatever needs a calendar is worked out before, whatever needs a fraction after.
"""
