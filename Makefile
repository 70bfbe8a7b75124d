# Needs Python 3.11 or later with venv and pip, and make. Everything else goes into .venv by itself.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
ARGS ?= compare prp mesotherapy

.PHONY: run test lint types contracts tests fix readme schema fuzz screenshots bench clean

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

# The schemas beside the data, written anew from the model.
schema: $(VENV)/.installed-dev
	$(BIN)/python tools/schema.py

# Feeds reading with inputs bred for coverage: make fuzz FUZZ_SECONDS=600. What it finds lies in .fuzz/ and belongs into
# tests/test_fuzzing.py.
FUZZ_SECONDS ?= 60
fuzz: $(VENV)/.installed-fuzz
	@mkdir -p .fuzz/corpus
	$(BIN)/python fuzz/reading.py .fuzz/corpus fuzz/seeds -artifact_prefix=.fuzz/ -dict=fuzz/catalogue.dict -max_len=4096 \
		-timeout=5 -rss_limit_mb=500 -max_total_time=$(FUZZ_SECONDS) -print_final_stats=1

$(VENV)/.installed-fuzz: $(VENV)/.installed-dev
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --group fuzz
	@touch $@

# Measures hairtx, its floors and its peers side by side and writes docs/performance.md; ten minutes at most.
bench:
	@test -x .venv-bench/bin/python || $(PYTHON) -m venv .venv-bench
	@.venv-bench/bin/python -m pip install --quiet --disable-pip-version-check --upgrade "pip>=25.1"
	@.venv-bench/bin/python -m pip install --quiet --disable-pip-version-check . --group bench
	@.venv-bench/bin/python -m pip install --quiet --disable-pip-version-check --compile --force-reinstall --no-deps .
	@test -x .venv-bench/peers/bin/python || $(PYTHON) -m venv .venv-bench/peers
	@.venv-bench/peers/bin/python -m pip install --quiet --disable-pip-version-check --upgrade "pip>=25.1"
	@.venv-bench/peers/bin/python -m pip install --quiet --disable-pip-version-check --group peers
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

# The picture in README.md, taken anew by the tests; needs Chromium.
screenshots: $(VENV)/.installed-dev
	@mkdir -p docs/images
	HAIRTX_REQUIRE_BROWSER=1 HAIRTX_SCREENSHOTS=docs/images $(BIN)/python -m pytest tests/test_browser.py -k screenshots

clean:
	rm -rf $(VENV) .venv-bench .coverage .coverage.* .mypy_cache .pytest_cache .ruff_cache .hypothesis build dist
