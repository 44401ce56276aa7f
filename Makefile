# What a fresh machine needs: `make demo` and `make test`. Both work with only Python 3.11+ and make.

PYTHON ?= python3
BIN := .venv/bin
WEB := hatch_build.py web/.npmrc $(wildcard web/*.js web/*.json web/*.mjs)
# A worker a core, each with a stretch of the tests in their order, so that what a module sets up is seldom set up twice.
SPREAD := --numprocesses auto --dist worksteal
KERNELS := find ties objects edited
RUNS := .venv/.installed
DEVELOPS := .venv/.installed-dev

.PHONY: demo test typed tested test-lowest bench speed accuracy picture screenshots clean

demo: $(RUNS)
	$(BIN)/inchorus demo

test: $(DEVELOPS)
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(MAKE) --jobs=2 typed tested
	$(BIN)/python -m bench.accuracy

# Types and arrows are looked at by one process each, beside the tests: half a minute of a core that would be idle.
typed: $(DEVELOPS)
	$(BIN)/mypy
	$(BIN)/lint-imports

tested: $(DEVELOPS)
	$(BIN)/python -m pytest $(SPREAD)

# The oldest versions that pyproject.toml allows, in an environment of their own; without Chromium. The test client of
# Starlette 1.0 asks for httpx.
test-lowest: $(RUNS)
	$(PYTHON) -m venv .venv-lowest
	.venv-lowest/bin/python -m pip install --quiet --disable-pip-version-check uv
	.venv-lowest/bin/uv pip install --quiet --python .venv-lowest/bin/python --resolution lowest-direct --editable . --group dev 'httpx>=0.28'
	.venv-lowest/bin/python -m pytest $(SPREAD) --ignore tests/browser

# The figures of the README: time and memory, then what is found. Needs the corpora that CONTRIBUTING.md names.
bench: speed accuracy

speed: $(DEVELOPS)
	$(BIN)/python -m bench.speed

accuracy: $(DEVELOPS)
	$(BIN)/python -m bench.accuracy

# Draws docs/chorus.svg anew from the simulated corpus.
picture: $(DEVELOPS)
	$(BIN)/python docs/picture.py

# Takes the pictures of docs/screenshots anew from a simulated corpus, in Debian's Chromium.
screenshots: $(DEVELOPS)
	$(BIN)/python -m docs.screenshots

clean:
	rm -rf .venv .venv-lowest demo build dist src/inchorus/ui/static/vendor .mypy_cache .ruff_cache .pytest_cache .hypothesis

# pip before 25.1 knows no dependency groups, so it comes first.
$(RUNS): pyproject.toml $(WEB)
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "inchorus needs Python 3.11 or later; name one with: make PYTHON=python3.12 $(MAKECMDGOALS)")'
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade 'pip>=25.1'
	$(BIN)/python -m pip install --quiet --editable .
	@touch $@

# pip has need of one core. Kernels, which tests would wait for, are compiled on another meanwhile.
$(DEVELOPS): $(RUNS)
	@$(BIN)/python -m inchorus.compiled.ahead $(KERNELS) & \
	$(BIN)/python -m pip install --quiet --group dev; code=$$?; wait; exit $$code
	@touch $@
