"""What an agreement may cost: the distribution of its payments over many years in which chance alone differs.

    behaviour   how each thing that is measured behaves: as told, as past data show, or as the agreement supposes
    told        a file that tells it
    past        what past windows show of it
    outcomes    what a measurement may come to in a window, and how likely that is
    supposing   the exact evaluator, asked about what is supposed instead of measured
    classes     outcomes from which the same follows
    trees       what follows from what, found by asking the evaluator and remembered
    chunks      many years side by side: what is drawn, what is paid, what is true
    events      promises on single events: how many there are, and what they are paid together
    following   conditions, combinations and what is earned back, for many years at once
    flows       payments, combinations and what is earned back, to whom and in which windows
    simulate    all of it
    found       what came of it
    text        for people

Every amount and every verdict is the evaluator's own, exact, worked out once for each class of cases; floating point
says only how likely a case is, and how the amounts of many years are spread. A simulation is an estimate: nobody
signs one.
"""
