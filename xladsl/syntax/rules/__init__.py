"""Rules about the text of a file: what can be wrong before anything is understood."""
