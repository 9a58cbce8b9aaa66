"""The words that matter in the prose of an agreement, a file for each language."""
