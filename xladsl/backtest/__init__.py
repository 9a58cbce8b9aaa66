"""What an agreement would have paid: the data of a past period under a draft, or under two versions of it.

    as_if        a specification as it would read for a time before its term, or on another day of it
    data         which windows the data speak of; of the others nothing is guessed
    trial        one agreement over the period, by the evaluator that also works out what is truly owed
    doubts       the verdicts that a party could dispute, and why
    readings     what would come of it if a silence of the text were read otherwise
    stakes       what hangs on a verdict: what would have been paid if it were the other one
    differences  two versions held against each other
    columns      the period cut into months, quarters or years
    record       all of it as data
    figures      amounts to as many digits as people need
    text         all of it for people, a page in parts

Every verdict and every amount is the evaluator's own. Nobody owes what a backtest says: it is for those who decide
whether to sign.
"""
