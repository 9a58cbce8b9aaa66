"""xladsl: agreement as code, from one text to the contract that is signed and the rules that are monitored."""

__version__ = "0.1.0"
