"""Rules about shape: which clauses a block must have, and how often."""
