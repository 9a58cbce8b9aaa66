"""What stands in the clauses of paper, by their kind: tables, rows, and what belongs together from elsewhere."""
