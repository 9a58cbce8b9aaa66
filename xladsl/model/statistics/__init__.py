"""Whether a promise can be measured, decided, improved and kept, in numbers.

- `planning`: how many answers a margin needs, and the shortest window that has them;
- `intervals`: what a measured value says about the true one;
- `power`: whether a target can be told from its baseline;
- `risk`: how often chance alone breaks a promise that is kept;
- `availability`: downtime budgets, probes, chains of services, and what exclusions leave of a promise.

Shares and their levels are fractions of one, never hundredths: 99.9 % is 0.999. A net score lies from -1 to 1, so 5
points of it are 0.05. What decides (counts, levels, lengths of time) comes in and goes out exactly, as whole numbers,
decimals or fractions; an estimate is a float, and says so by its type.

Everything is in closed form or a few steps from it, so that a check can afford it. Arguments outside the range that a
docstring gives raise `ValueError`; within it nothing raises.
"""
