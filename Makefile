# Needs Python 3.11 or later with venv and pip, and make. Everything else goes into .venv by itself, in the releases that
# requirements/ names, so that what works today works in a year.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP_INSTALL := python -m pip install --quiet --disable-pip-version-check
PINNED := $(PIP_INSTALL) --no-deps --no-build-isolation
# One worker a core; a worker that is done takes over what another has not begun.
PYTEST := python -m pytest --numprocesses auto --dist worksteal
RESOLVE := .venv-pins/bin/uv pip compile --no-config --quiet --upgrade --no-annotate --no-header pyproject.toml
ARGS ?= compare prp mesotherapy

.PHONY: run test check lint types contracts tests coverage quick-tests test-newest pins fix readme schema readings evaluate learn fuzz fuzz-many mutants \
	screenshots bench clean

# The main job: make run, or make run ARGS="list --for alopecia-areata".
run: $(VENV)/.installed
	@$(BIN)/hairtx $(ARGS)

# Everything that must hold: lint, types, import direction, tests.
test: lint types contracts tests

# The inner loop: the same without what takes its time (slow tests, the browser, processes, many examples).
check: lint types contracts quick-tests

lint: $(VENV)/.installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/.installed-dev
	$(BIN)/mypy

contracts: $(VENV)/.installed-dev
	$(BIN)/lint-imports

tests: $(VENV)/.installed-dev
	$(BIN)/$(PYTEST) $(PYTEST_ARGS)

# The same with branch coverage, which takes half as long again.
coverage: $(VENV)/.installed-dev
	$(BIN)/$(PYTEST) --cov --cov-report=term $(PYTEST_ARGS)

quick-tests: $(VENV)/.installed-dev
	HYPOTHESIS_PROFILE=quick $(BIN)/$(PYTEST) -m "not slow and not broad and not process" $(PYTEST_ARGS)

# The suite against the newest releases of everything, then against the oldest that pyproject.toml allows.
test-newest: .venv-pins/.installed
	$(call test_against,newest,highest)
	$(call test_against,oldest,lowest-direct)

# $(1): name of the environment; $(2): which releases to take.
define test_against
	@$(PYTHON) -m venv --clear .venv-$(1)
	@$(RESOLVE) --extra pdf --extra check --group dev --resolution $(2) --python .venv-$(1)/bin/python --output-file .venv-$(1)/requirements.txt >/dev/null
	@.venv-$(1)/bin/$(PIP_INSTALL) --no-deps --requirement .venv-$(1)/requirements.txt
	@.venv-$(1)/bin/$(PINNED) --editable .
	.venv-$(1)/bin/$(PYTEST) -p no:cacheprovider $(PYTEST_ARGS)
endef

# What is pinned, taken anew from the newest releases within the bounds of pyproject.toml, for every system and Python.
pins: .venv-pins/.installed
	@$(RESOLVE) --universal --python-version 3.11 --extra pdf --extra check --group dev --output-file requirements/dev.txt >/dev/null
	@$(RESOLVE) --universal --python-version 3.11 --group build --constraint requirements/dev.txt \
		--output-file requirements/run.txt >/dev/null

.venv-pins/.installed:
	@test -x .venv-pins/bin/python || $(PYTHON) -m venv .venv-pins
	@.venv-pins/bin/$(PIP_INSTALL) uv
	@touch $@

fix: $(VENV)/.installed-dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

# The output shown in README.md, written anew.
readme: $(VENV)/.installed-dev
	$(BIN)/python tools/readme.py

# The schemas beside the data, written anew from the model.
schema: $(VENV)/.installed-dev
	$(BIN)/python tools/schema.py

# How much of the catalogue a second reader has confirmed, and what to read next. READINGS="record new.yaml" adds to it.
readings: $(VENV)/.installed
	@$(BIN)/python tools/readings.py $(READINGS)

# How often what people type leads to what they mean, with the misses.
evaluate: $(VENV)/.installed
	@$(BIN)/python tools/evaluate.py

# What the words of a sentence weigh for each kind of claim, learnt anew from the labelled texts: data/claim-words.json.
learn: $(VENV)/.installed-learn
	$(BIN)/python tools/learn.py

$(VENV)/.installed-learn: $(VENV)/.installed-dev
	@$(BIN)/$(PIP_INSTALL) "pip>=25.1"
	@$(BIN)/$(PIP_INSTALL) --group learn
	@touch $@

# Feeds reading with inputs bred for coverage: make fuzz FUZZ_SECONDS=600. What it finds lies in .fuzz/ and belongs into
# tests/test_fuzzing.py.
FUZZ_SECONDS ?= 60
fuzz: $(VENV)/.installed-fuzz
	@mkdir -p .fuzz/corpus
	$(BIN)/python fuzz/reading.py .fuzz/corpus fuzz/seeds -artifact_prefix=.fuzz/ -dict=fuzz/catalogue.dict -max_len=4096 \
		-timeout=5 -rss_limit_mb=500 -max_total_time=$(FUZZ_SECONDS) -print_final_stats=1

# A million inputs, changed at random from a seed and not guided by coverage: an hour on two processors.
FUZZ_SEED ?= 20261126
FUZZ_RUNS ?= 1000000
fuzz-many: $(VENV)/.installed-dev
	$(BIN)/python fuzz/mutating.py $(FUZZ_SEED) $(FUZZ_RUNS)

$(VENV)/.installed-fuzz: $(VENV)/.installed-dev
	@$(BIN)/$(PIP_INSTALL) "pip>=25.1"
	@$(BIN)/$(PIP_INSTALL) --group fuzz
	@touch $@

# Measures hairtx, its floors and its peers side by side and writes docs/performance.md; ten minutes at most. What is
# measured is today's releases, which the page names, so nothing is pinned here.
bench:
	@test -x .venv-bench/bin/python || $(PYTHON) -m venv .venv-bench
	@.venv-bench/bin/$(PIP_INSTALL) --upgrade "pip>=25.1"
	@.venv-bench/bin/$(PIP_INSTALL) . --group bench
	@.venv-bench/bin/$(PIP_INSTALL) --compile --force-reinstall --no-deps .
	@test -x .venv-bench/peers/bin/python || $(PYTHON) -m venv .venv-bench/peers
	@.venv-bench/peers/bin/$(PIP_INSTALL) --upgrade "pip>=25.1"
	@.venv-bench/peers/bin/$(PIP_INSTALL) --group peers
	.venv-bench/bin/python bench/run.py $(BENCH_ARGS)

# The markers are written last, so an interrupted set-up is done again.
$(VENV)/.installed: pyproject.toml requirements/run.txt
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/$(PIP_INSTALL) --no-deps --requirement requirements/run.txt
	@$(BIN)/$(PINNED) --editable .
	@touch $@

$(VENV)/.installed-dev: $(VENV)/.installed requirements/dev.txt
	@$(BIN)/$(PIP_INSTALL) --no-deps --requirement requirements/dev.txt
	@touch $@

# How well the tests notice small changes to eleven modules; half an hour on two cores. MUTANTS="--sample 8 files.py" does
# a part.
mutants: .venv-mutants/.installed $(VENV)/.installed-dev
	.venv-mutants/bin/python tools/mutants.py --python $(abspath $(BIN)/python) $(MUTANTS)

.venv-mutants/.installed:
	@test -x .venv-mutants/bin/python || $(PYTHON) -m venv .venv-mutants
	@.venv-mutants/bin/$(PIP_INSTALL) "cosmic-ray>=8.4"
	@touch $@

# The picture in README.md, taken anew by the tests; needs Chromium.
screenshots: $(VENV)/.installed-dev
	@mkdir -p docs/images
	HAIRTX_REQUIRE_BROWSER=1 HAIRTX_SCREENSHOTS=docs/images $(BIN)/python -m pytest tests/test_browser.py -k screenshots

clean:
	rm -rf $(VENV) .venv-* .coverage .coverage.* .mypy_cache .pytest_cache .ruff_cache .hypothesis build dist
