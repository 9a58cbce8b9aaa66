"""Amendments: what to change in an executed agreement, as instructions that people read and machines carry out."""
