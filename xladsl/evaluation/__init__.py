"""From measurements to verdicts and amounts: the order of work that every agreement prints, carried out.

    requests     what is asked of rows: integers, by whatever engine holds the data
    table        the engine of reference, in plain Python; `engines` has the others
    zones, clocks, windows    time: instants in microseconds, half-open, compiled before anything is asked
    terms        predicates and row formulas, translated for the engines
    stretches, intervals      stretches of time, what is left out of them, and how long they last
    values       a measurement becomes one exact number
    verdicts     the number is held against the level
    conditions   what has happened in this window and in earlier ones
    payments, settling        what follows, in its order, down to the cent
    assessment   one agreement with its data, in which all of these look things up
    results      what came of it, as plain data

Nothing here reads a file, and nothing here rounds before the last step. Engines return whole numbers only, so that two
of them cannot disagree about the last digit.
"""
