"""The rules about a whole agreement, one module each, named for the fault they find."""
