# `make` alone says what there is. The work of `setup` stands in .ci/setup.
PYTHON := .venv/bin/python
PYTEST := $(PYTHON) -m pytest --quiet --numprocesses auto --dist loadfile
.DEFAULT_GOAL := help
.PHONY: help setup guide test lint unit bench lock clean

help:
	@echo 'make guide   build the sample guides into build/ (installs what is missing first)'
	@echo 'make test    everything that has to hold: rules, types, borders, then the rings of tests'
	@echo 'make unit    the fast ring of tests only'
	@echo 'make lint    rules, types and borders only'
	@echo 'make setup   only install what is missing; leaves .venv/bin/studyguide'
	@echo 'make bench   time us beside latexmk, pandoc and Typst (half an hour); writes build/bench.json'
	@echo 'make lock    choose newer Python packages and write them to .ci/python.lock'
	@echo 'make clean   remove what was built and cached, but not .venv'

setup:
	@.ci/setup

guide: setup
	.venv/bin/studyguide build

lint: setup
	$(PYTHON) -m ruff check .
	$(PYTHON) -m ruff format --check .
	$(PYTHON) -m mypy
	.venv/bin/lint-imports

test: lint
	$(PYTEST) tests/unit
	$(PYTEST) --numprocesses 0 tests/snapshot
	$(PYTEST) tests/tex
	$(PYTEST) tests/browser
	$(PYTEST) tests/fault

unit: setup
	$(PYTEST) tests/unit

bench: setup
	$(PYTHON) -m venv build/peers
	build/peers/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement .ci/peers.lock
	$(PYTHON) tests/benchmarks/run.py

lock: setup
	$(PYTHON) -m venv build/lock
	build/lock/bin/python -m pip install --quiet uv
	build/lock/bin/uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes \
	    --no-emit-index-url --no-header --group dev pyproject.toml --output-file .ci/python.lock
	echo typst | build/lock/bin/uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes \
	    --no-emit-index-url --no-header --no-annotate - --output-file .ci/peers.lock

clean:
	rm -rf build dist .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
	find src tests -name __pycache__ -type d -prune -exec rm -rf {} +
