"""Stretches of time: how rows, probes and small intervals become them, and what is left out of them.

algebra      joined, cut, subtracted, counted in whole minutes
recorded, slices    stretches that sources record, and small intervals that pass a test
exclusions, grace   what does not count, and from when a stretch does
intervals    how long they last, and how long the window is that they are held against
"""
