"""Write each lexicon as a module that loads at once: `python -m xladsl.lexicons.generate`, or `--check`.

People edit the TOML files. Reading one takes five milliseconds with the library for it, which is a twentieth of the
time of checking a short agreement; a module of the same tables takes a tenth of that.
"""

from __future__ import annotations

import sys
import tomllib
from pathlib import Path

FOLDER = Path(__file__).parent


def main(arguments: list[str]) -> int:
    """Write the modules, or with `--check` compare only. Returns 1 where one is not current."""
    stale = [path for path in sorted(FOLDER.glob("*.toml")) if written(path) != rendered(path)]
    if "--check" in arguments:
        if stale:
            sys.stderr.write("The lexicons have changed: run `python -m xladsl.lexicons.generate`.\n")
        return bool(stale)
    for path in stale:
        module_of(path).write_text(rendered(path), encoding="utf-8")
    return 0


def module_of(path: Path) -> Path:
    return path.with_name(f"_{path.stem}.py")


def written(path: Path) -> str:
    return module_of(path).read_text(encoding="utf-8") if module_of(path).is_file() else ""


def rendered(path: Path) -> str:
    tables = tomllib.loads(path.read_text(encoding="utf-8"))
    lines = "".join(f"    {name!r}: {table!r},\n" for name, table in tables.items())
    about = f"What {path.name} says. Written by xladsl/lexicons/generate.py."
    return f'"""{about}"""\n\n# fmt: off\n\nTABLES = {{\n{lines}}}\n'


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
