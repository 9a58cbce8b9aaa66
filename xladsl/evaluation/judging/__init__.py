"""The number is held against the level: verdicts, their intervals, what happened before, and who is too few to show."""
