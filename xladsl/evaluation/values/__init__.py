"""A measurement becomes one exact number.

formulas     any formula, worked out; it looks up what the others know
asking, remembering, narrowing, sieve, rowwise    which rows an aggregate speaks of, asked of the engine once
aggregates, ranks, histograms, parts, divisions    numbers from many rows, from small intervals, from groups
composites, groups    one number from several, and one for each part
amounts, found, wording    amounts of the text made exact, what a formula came to, and how a trace tells it
"""
