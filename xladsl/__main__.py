"""`python -m xladsl` is `xladsl`."""

from .cli import main

main(prog_name="xladsl")
