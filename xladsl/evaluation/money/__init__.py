"""What follows, down to the cent, in the order of work that every agreement prints.

subjects, due, worth, tiers, units_counted    from what a payment follows, whether it is due, what it is worth
payments     one payment in one window
fees         what it is a part of
meetings, stages, caps, accounts, claims      with others, under its caps, large enough, rounded once, asked for
spent        time that was paid for, and counts no more
combinations, earnings, settling    blocks that combine payments, what is earned back, and what is paid in the end
payable      what of that makes up the total
told_before  what earlier results told of that already
following, budgets    what follows besides money, and rewards within their budget
"""
