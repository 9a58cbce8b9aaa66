"""A kit by which anybody can show that their own engine counts as this one does.

    cases     rows with all the edges, the clocks, and the questions about them
    writing   the kit as files: rows, clocks, questions as JSON and as SQL, and the answers that are right
    checking  somebody's answers held against these, in sentences

An engine is whatever holds rows and answers questions with whole numbers, as `evaluation.requests` describes. Whoever
gives these answers gives the results of any agreement, since all the rest is worked out from them.
"""
