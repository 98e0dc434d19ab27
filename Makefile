# Two commands on a fresh machine: `make site` and `make test`. Needed: Python 3.11 or later with venv, and make.

PYTHON ?= python3
VENV   ?= .venv
UV     ?= uv
PYTEST_FLAGS ?= -n 2
TESTS  ?=

BIN       = $(VENV)/bin
PIP       = $(BIN)/python -m pip install --quiet --disable-pip-version-check
SITE_DEPS = $(VENV)/.site-installed
TEST_DEPS = $(VENV)/.test-installed
MUTANT_DEPS = $(VENV)/.mutants-installed

# Material for MkDocs announces its successor at every start.
export NO_MKDOCS_2_WARNING = 1

.DEFAULT_GOAL = help
.PHONY: help site serve check test fuzz lint format browser servers generate lock screenshot bench mutants demo clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "make %-11s %s\n", $$1, $$2}' $(firstword $(MAKEFILE_LIST))

site: $(SITE_DEPS) ## check the library and build the site into site/
	@$(BIN)/afterword check
	@$(BIN)/afterword build --strict

serve: $(SITE_DEPS) ## show the site and rebuild it at every change
	@$(BIN)/afterword serve

check: $(SITE_DEPS) ## check the library
	@$(BIN)/afterword check

test: $(TEST_DEPS) browser servers lint ## lint, then run every test (TESTS=tests/… for some)
	AFTERWORD_REQUIRE_ALL=1 $(BIN)/python -m pytest $(PYTEST_FLAGS) $(TESTS)

fuzz: $(TEST_DEPS) ## look for files that make it fail, guided by coverage (SECONDS=600; Linux)
	$(BIN)/python -m tests.fuzz.target .cache/fuzz -max_len=8192 -timeout=30 -max_total_time=$(SECONDS) \
		-dict=tests/fuzz/markdown.dict -artifact_prefix=.cache/fuzz-

SECONDS = 600

lint: $(TEST_DEPS) ## style, types, import contracts, workflows
	$(BIN)/ruff check --quiet
	$(BIN)/ruff format --check --quiet
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(BIN)/zizmor --offline --quiet --no-progress --pedantic $(PIPELINES)
	$(BIN)/actionlint $(wildcard .github/workflows/*.yml tools/starter/.github/workflows/*.yml)

PIPELINES = .github tools/starter/.github $(wildcard action.yml)

format: $(TEST_DEPS) ## lay the code out and mend what can be mended
	$(BIN)/ruff check --quiet --fix
	$(BIN)/ruff format --quiet

browser: # install Chromium where that can be done, else say how
	@.ci/browser

servers: # install Prometheus and VictoriaMetrics where that can be done, else say how
	@.ci/servers

lock: ## write the locks anew with uv (UPGRADE=--upgrade for newer versions)
	$(UV) pip compile $(LOCK_FLAGS) pyproject.toml --group build --output-file requirements.txt
	$(UV) pip compile $(LOCK_FLAGS) pyproject.toml --group build --group dev --constraints requirements.txt \
		--output-file requirements-dev.txt
	$(UV) pip compile $(LOCK_FLAGS) --group mutants --constraints requirements-dev.txt \
		--output-file requirements-mutants.txt

LOCK_FLAGS = --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links \
	--custom-compile-command 'make lock' $(UPGRADE)

generate: $(TEST_DEPS) ## write what is made from the code: the schema's conditions, pages of the guide
	@$(BIN)/python .ci/generate.py

screenshot: $(TEST_DEPS) browser site ## take the picture in the README
	$(BIN)/python .ci/screenshot.py

bench: $(TEST_DEPS) ## measure the speed (minutes)
	$(BIN)/python benchmarks/run.py
	$(BIN)/python benchmarks/budgets.py
	$(BIN)/python benchmarks/checks.py
	$(BIN)/python benchmarks/migration.py

mutants: $(MUTANT_DEPS) ## test the tests of the rules (ROOMS="chronology links" for some; an hour for all)
	$(BIN)/python .ci/mutants.py $(ROOMS)

demo: $(SITE_DEPS) ## show error budgets live on simulated telemetry; the checkout stays as it is (needs Prometheus)
	@$(BIN)/python examples/telemetry/demo.py

clean: ## remove what was built, the environment included
	rm -rf $(VENV) .cache site dist build .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache

# A stamp says that the environment holds what the lock asks for, so that a second run starts at once.
# The lock for tests holds the whole lock for the site too.
$(SITE_DEPS): requirements.txt pyproject.toml | $(BIN)/python
	$(PIP) --require-hashes -r requirements.txt
	$(PIP) --no-deps --no-build-isolation -e .
	@touch $@

$(TEST_DEPS): requirements-dev.txt requirements.txt pyproject.toml | $(BIN)/python
	$(PIP) --require-hashes -r requirements-dev.txt
	$(PIP) --no-deps --no-build-isolation -e .
	@touch $(SITE_DEPS) $@

$(MUTANT_DEPS): requirements-mutants.txt $(TEST_DEPS)
	$(PIP) --require-hashes -r requirements-mutants.txt
	@touch $@

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo 'Python 3.11 or later is needed: make PYTHON=/path/to/python3.11 …' >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)
