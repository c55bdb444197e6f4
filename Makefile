# Every command a person types here; `make help` lists them.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.PHONY: help run test ci lint types contracts format docs snapshots bench-web bench-search bench-notices bench-budget bench-coverage setup clean

# The first Python that is new enough; say PYTHON=… to choose another one.
PYTHON ?= $(shell for name in python3.11 python3.12 python3.13 python3; do \
	if $$name -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
	echo $$name; break; fi; done)
BIN := .venv/bin
export PORT ?= 8000
# Containers often forbid Python to keep what it compiled: every process would compile all anew.
unexport PYTHONDONTWRITEBYTECODE

help: ## list these commands
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/\1\t\2/' | \
		while IFS=$$'\t' read -r name text; do printf '  make %-10s %s\n' "$$name" "$$text"; done

run: .run-environment ## start Headway with its demonstration, on an embedded database
	@exec $(BIN)/headway serve --demonstration

test: .development-environment ## set up what the tests need and run them all, cheapest first
	@exec $(BIN)/python -m tests.run

ci: .development-environment ## what CI runs: all tests, and none may be left out
	@exec env CI=true $(BIN)/python -m tests.run

lint: .development-environment ## check the style of the code
	@exec $(BIN)/python -m tests.run lint

types: .development-environment ## check the types
	@exec $(BIN)/python -m tests.run types

contracts: .development-environment ## check who may import whom
	@exec $(BIN)/python -m tests.run contracts

format: .development-environment ## bring the code into shape
	@$(BIN)/ruff check --fix --quiet . ; $(BIN)/ruff format .

docs: .development-environment ## bring the tables up to date and build the pages; a warning fails it
	@$(BIN)/python -m docs.tables
	@$(BIN)/sphinx-build -W --keep-going -q -b html docs build/docs
	@echo "Open build/docs/index.html"

snapshots: .development-environment .files ## take the pictures of the main pages that docs/ shows
	@exec $(BIN)/pytest tests/e2e/snapshots.py -q

bench-web: .development-environment .files ## measure the pages beside a bare page of the same server
	@exec $(BIN)/python benchmarks/web.py

bench-search: .development-environment ## find words among 50,000 records; SEARCH_DATABASE=address of an empty PostgreSQL database
	@exec $(BIN)/python benchmarks/search.py --database "$(SEARCH_DATABASE)"

bench-notices: .development-environment .files ## turn 100,000 due notices into mails
	@exec $(BIN)/python benchmarks/notices.py

bench-budget: .development-environment ## split budgets beside pabutools; BUDGET_DATA=folder of .pb files
	@$(BIN)/uv venv --quiet --allow-existing --python $(BIN)/python build/oracles
	@$(BIN)/uv --quiet pip sync --python build/oracles/bin/python --require-hashes requirements/oracles.txt
	@exec build/oracles/bin/python -m benchmarks.budget $(wildcard $(BUDGET_DATA)/*.pb)

bench-coverage: .development-environment ## make 1,000 pilots a case and count intervals that hold the truth
	@exec $(BIN)/python -m benchmarks.coverage

setup: .development-environment .files ## make the environment and the files, and start nothing

clean: ## remove what was made here, but no data
	@rm -rf build static .venv node_modules .mypy_cache .ruff_cache .pytest_cache .import_linter_cache

.PHONY: .python .run-environment .development-environment .files
.python:
	@if [ -z "$(PYTHON)" ]; then echo "Headway needs Python 3.11 or newer. On Debian: apt-get install python3 python3-venv" >&2; exit 2; fi

.run-environment: .python
	@$(PYTHON) config/bootstrap.py run

.development-environment: .python
	@$(PYTHON) config/bootstrap.py development

.files:
	@$(BIN)/python -m config.prepare
