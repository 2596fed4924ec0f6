# Works on a machine with only Python 3.11 and make. PYTHON=... chooses another interpreter.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
# Those on which `make oldest` and `make newest` run, as far as they are on the machine.
PYTHONS ?= python3.11 python3.12 python3.13
BIN := .venv/bin
# Python compiles what it imports and keeps it, which must not be switched off then; compiling all that is installed
# would take half a minute more.
unexport PYTHONDONTWRITEBYTECODE
PIP := $(BIN)/python -m pip --quiet --disable-pip-version-check install --no-compile -c constraints.txt

.DEFAULT_GOAL := help
.PHONY: help run quick test verify evidence histories forecasts lint bench docs site digests oldest newest release-check clean

help:
	@echo "make run     2021 with the policies that applied against 2021 without the turn-back order; ends with the result folder"
	@echo "make quick   after each change of a rule, a value or a page: seconds, once the engine is compiled"
	@echo "make test    lint, types, import contracts, then all tests but the slow statistical ones"
	@echo "make verify  the slow statistical tests, coverage of rules and engine, the wheel, pages in Chromium"
	@echo "make lint    lint, types and import contracts only"
	@echo "make bench   speed of the engine"
	@echo "make evidence  is an effect found where the truth is known? hours; goes on where it was stopped"
	@echo "make histories  those that agree with the record and come with the package; hours; goes on as well"
	@echo "make forecasts  from the first day of every quarter, as it then was; hours; goes on as well"
	@echo "make docs    regenerate the tables, scorecards and plots in docs/; takes some minutes"
	@echo "make site    those pages as a site, with every command and the Python functions: docs/_site/index.html"
	@echo "make digests freeze the numbers of every scenario again, after a change that is meant to move them"
	@echo "make oldest  the tests with the oldest dependencies allowed, on each installed Python of PYTHONS"
	@echo "make newest  the same with the newest ones"
	@echo "make release-check  wheel and sdist, tried in new environments: a comparison, its page and the tests of each"

.venv/bin/python:
	@$(PYTHON) -m venv .venv

.venv/.installed: pyproject.toml constraints.txt .venv/bin/python
	@$(PIP) -e .
	@touch $@

.venv/.installed-dev: pyproject.toml constraints.txt .venv/bin/python
	@$(PIP) -e '.[dev]'
	@touch $@ .venv/.installed

.venv/.installed-docs: pyproject.toml constraints.txt .venv/bin/python
	@$(PIP) -e '.[docs]'
	@touch $@ .venv/.installed

run: .venv/.installed
	@$(BIN)/bordersim compare no_turn_back_2021 history_2021

lint: .venv/.installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

# What the rules promise, one drawn world in both models, and whether the pages still say what the code does.
quick: .venv/.installed-dev
	@$(BIN)/python -m pytest -q tests/unit/test_rules_*.py tests/unit/test_docs*.py \
		'tests/reference/test_drawn_worlds.py::test_engine_agrees_with_plain_model_in_a_drawn_world[10-1]'

# The engine is compiled meanwhile: two workers of pytest would each compile it. Each gets one half of the tests, so that
# what the tests of a file share is made once, and who is done first takes of the other's rest.
test: .venv/.installed-dev
	@$(BIN)/python tests/compile_engine.py & $(MAKE) --no-print-directory lint && wait
	$(BIN)/python -m pytest -n 2 --dist worksteal --ignore=tests/verification

verify: .venv/.installed-dev
	$(BIN)/python -m pytest tests/verification
	BORDERSIM_BROWSER=required $(BIN)/python -m pytest tests/browser

evidence: .venv/.installed-dev
	$(BIN)/python -m docs.make_evidence
	$(BIN)/python -m docs.make_left_out
	$(BIN)/python -m docs.make_rules
	$(BIN)/python -m docs.make_needed

histories: .venv/.installed-dev
	$(BIN)/python -m docs.make_histories

forecasts: .venv/.installed-dev
	$(BIN)/python -m docs.make_forecasts
	$(BIN)/python -m docs.make_filtered

bench: .venv/.installed-dev
	$(BIN)/python -m benchmarks

# Not docs/benchmarks.md nor the sessions on docs/experiments*.md: `make bench` and docs/make_experiments.py do.
docs: .venv/.installed-dev
	$(BIN)/python -m docs.make_tables
	$(BIN)/python -m docs.make_scorecards
	$(BIN)/python -m docs.make_pictures

# A dead link or a name that cannot be imported is an error.
site: .venv/.installed-docs
	@$(BIN)/python -m sphinx -q -W --keep-going -E -b html -d docs/_site/.doctrees docs docs/_site
	@echo docs/_site/index.html

digests: .venv/.installed-dev
	@$(BIN)/python tests/reference/frozen_digests.py

oldest newest:
	@tests/on_each_python.sh $@ $(PYTHONS)

# An hour and more for all. One alone: make release-check PYTHONS=python3.12 SETS=newest
release-check:
	@PYTHON=$(PYTHON) tests/release_check.sh $(PYTHONS)

clean:
	rm -rf .venv .venv-oldest-* .venv-newest-* .release-* docs/_site .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
