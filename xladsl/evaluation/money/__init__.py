"""What follows, down to the cent, in the order of work that every agreement prints.

subjects, due, worth, tiers, units_counted    from what a payment follows, whether it is due, what it is worth
payments     one payment in one window
fees         what it is a part of
meetings, stages, caps, accounts, claims      with others, under its caps, large enough, rounded once, asked for
combinations, earnings, settling    blocks that combine payments, what is earned back, and what is paid in the end
following    what follows besides money
"""
