"""From measurements to verdicts and amounts: the order of work that every agreement prints, carried out.

    instants     time: zones, clocks and windows, half-open, compiled before anything is asked
    rows         what is asked of rows: whole numbers, by whatever engine holds the data; the engine of reference
    engines      the others: DuckDB, and SQL for whoever else can hold the rows
    stretches    stretches of time, what is left out of them, and how long they last
    values       a measurement becomes one exact number
    judging      the number is held against the level, in this window and those before
    money        what follows, in its order, down to the cent
    examples     the same, from the facts that an example supposes
    assessment   one agreement with its data, in which all of these look things up
    evaluate, results    an agreement over a period, and what came of it, as plain data

Nothing here reads a file, and nothing here rounds before the last step. Engines return whole numbers only, so that two
of them cannot disagree about the last digit.
"""
