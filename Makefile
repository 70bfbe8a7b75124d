# Needs Python 3.11 or later with venv and pip, and make. Everything else goes into .venv by itself.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
ARGS ?= compare prp mesotherapy

.PHONY: run test lint types contracts tests fix readme bench clean

# The main job: make run, or make run ARGS="list --for alopecia-areata".
run: $(VENV)/.installed
	@$(BIN)/hairtx $(ARGS)

# Everything that must hold: lint, types, import direction, tests with branch coverage.
test: lint types contracts tests

lint: $(VENV)/.installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/.installed-dev
	$(BIN)/mypy

contracts: $(VENV)/.installed-dev
	$(BIN)/lint-imports

tests: $(VENV)/.installed-dev
	$(BIN)/python -m pytest --cov --cov-report=term

fix: $(VENV)/.installed-dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

# The output shown in README.md, written anew.
readme: $(VENV)/.installed-dev
	$(BIN)/python tools/readme.py

# Measures hairtx, its floors and its peers side by side and writes docs/performance.md; ten minutes at most.
bench:
	@test -x .venv-bench/bin/python || $(PYTHON) -m venv .venv-bench
	@.venv-bench/bin/python -m pip install --quiet --disable-pip-version-check --upgrade "pip>=25.1"
	@.venv-bench/bin/python -m pip install --quiet --disable-pip-version-check . --group bench
	@.venv-bench/bin/python -m pip install --quiet --disable-pip-version-check --compile --force-reinstall --no-deps .
	.venv-bench/bin/python bench/run.py $(BENCH_ARGS)

# The marker is written last, so an interrupted set-up is done again.
$(VENV)/.installed: pyproject.toml
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	@touch $@

$(VENV)/.installed-dev: $(VENV)/.installed
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check "pip>=25.1"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --group dev
	@touch $@

clean:
	rm -rf $(VENV) .venv-bench .coverage .coverage.* .mypy_cache .pytest_cache .ruff_cache .hypothesis build dist
