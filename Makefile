# From a bare machine to paper and to a checked project. `make help` lists the targets.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PACKAGES := python3-venv libpangoft2-1.0-0 libharfbuzz-subset0

.DEFAULT_GOAL := help
.PHONY: help demo test engines bench golden clean
MAKEFLAGS += --no-print-directory

help: ## this list
	@sed -n 's/^\([a-z]*\):.*## /  make \1\t/p' Makefile | expand -t 16

demo: $(VENV)/.ready ## build an example agreement: the contract as a PDF, its machine-readable forms, a quarter worked out
	$(BIN)/xladsl build agreements/digital-workplace -o build/demo --to pdf,json,html,md
	$(BIN)/python benchmarks/quarter.py build/demo/data
	$(BIN)/xladsl evaluate build/demo/digital_workplace.json --config build/demo/data/xladsl-data.toml --period 2026-q2 -o build/demo/2026-q2.txt
	@echo "The contract to read and to sign, what machines read of it, and what a quarter of data come to are in $(CURDIR)/build/demo"

test: $(VENV)/.ready ## every check that a change must pass
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m xladsl.syntax.generate --check
	$(BIN)/python -m xladsl.model.generate --check
	$(BIN)/python -m xladsl.checks._indexing --check
	$(BIN)/python -m xladsl.lexicons.generate --check
	$(BIN)/python docs/meanings.py --check
	$(BIN)/pytest -q -n auto --dist loadfile

engines: $(VENV)/.ready ## hold Spark against the engine of reference; needs Java and takes minutes
	$(BIN)/pip install --quiet --disable-pip-version-check --editable '.[spark]'
	$(BIN)/pytest -q -m slow tests/evaluation/engines tests/binding

bench: $(VENV)/.ready ## how long things take
	$(BIN)/python benchmarks/run.py

golden: $(VENV)/.ready ## accept what the outputs are now; read the difference in git
	$(BIN)/pytest -q --accept
	@git status --short tests

clean: ## remove what make made
	rm -rf $(VENV) build dist .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis

# Set-up. Each stamp says that a step was done; the second run is quick.

$(VENV)/.ready: pyproject.toml $(VENV)/.system
	@echo "Setting up $(VENV)"
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/pip install --quiet --disable-pip-version-check --editable '.[test]'
	@touch $@

# What the libraries are for: setting text on paper. pip cannot install them.
HAS_PACKAGES := $(PYTHON) -c 'import ctypes, ensurepip; [ctypes.CDLL(f"lib{name}.so.0") for name in ("pangoft2-1.0", "harfbuzz-subset")]' 2>/dev/null
HAS_PANGO_OF_BREW := brew list pango >/dev/null 2>&1
MAY_INSTALL := command -v apt-get >/dev/null && $$as_root true 2>/dev/null
INSTALL := apt-get update -q && $$as_root env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends $(PACKAGES)

$(VENV)/.system:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "This needs Python 3.11 or newer. Name one that you have: make PYTHON=python3.12 $(MAKECMDGOALS)"; exit 1; }
	@if [ "$$(uname)" = Darwin ]; then \
	  $(HAS_PANGO_OF_BREW) || { echo "Install Pango, then run make again:  brew install pango"; exit 1; }; \
	elif ! $(HAS_PACKAGES); then \
	  as_root=$$([ "$$(id -u)" = 0 ] || echo sudo -n); \
	  $(MAY_INSTALL) && echo "Installing $(PACKAGES)" && $$as_root $(INSTALL) || { \
	    echo; echo "Some system packages are missing, and make may not install them. Run this, then make again:"; \
	    echo "  sudo apt-get install --no-install-recommends $(PACKAGES)"; exit 1; }; \
	fi
	@mkdir -p $(VENV) && touch $@
