# make demo   opens the sandbox: a whole shop in one web page
# make test   installs what the tests need, runs all of them
# The others are listed by `make help`.

SHELL := bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

VENV := .venv
BIN := $(VENV)/bin
JOBS ?= 2
PIP := $(BIN)/python -m pip --quiet --disable-pip-version-check --no-input install
PACKAGES := bot handlers storage templates core
SOURCES := $(PACKAGES) tests .ci

.PHONY: help install demo test quick talks lint format pictures lock

help: ## what can be made
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /  make \1\t/' | expand -t 18

install: $(VENV)/.run $(VENV)/.package ## the locked dependencies into .venv, and orderbot with them
	@# A service may not write here, and would compile all of it at each start.
	@$(BIN)/python -m compileall -q $(PACKAGES)
	@echo "orderbot is installed: $(BIN)/orderbot"

demo: install ## the sandbox, at http://127.0.0.1:8765
	$(BIN)/orderbot demo

test: ## what the tests need, then all of them
	@.ci/test-needs
	@$(MAKE) --no-print-directory $(VENV)/.test $(VENV)/.package
	$(BIN)/pytest -n $(JOBS) --dist worksteal

QUICKLY := $(BIN)/pytest -n $(JOBS) --dist worksteal -m "not slow and not browser and not postgres and not dovecot"

quick: $(VENV)/.test $(VENV)/.package ## the rules, the reader, the texts and the handlers, under a minute
	$(QUICKLY) tests/core tests/reading tests/templates tests/handlers

talks: $(VENV)/.test $(VENV)/.package ## the talks on SQLite, about a minute
	$(QUICKLY) tests/talks

lint: $(VENV)/.test $(VENV)/.package ## style, types, floors, long functions
	@failed=0; for check in "ruff check ." "ruff format --check ." "mypy $(SOURCES)" lint-imports "python .ci/long_functions.py"; do \
	  echo "$$check"; $(BIN)/$$check || failed=1; \
	done; exit $$failed

format: $(VENV)/.test ## lays the code out as `make lint` wants it
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix-only .

pictures: $(VENV)/.test $(VENV)/.package ## the screenshots of docs/pictures, taken anew
	$(BIN)/python -m tests.pictures

# One resolution, made with the oldest Python that is supported: the smaller locks follow the largest.
# `make lock UPGRADE=--upgrade` takes newer releases.
COMPILE := CUSTOM_COMPILE_COMMAND="make lock" $(BIN)/pip-compile --quiet --strip-extras --allow-unsafe --generate-hashes \
  --no-emit-index-url --no-emit-find-links --no-emit-trusted-host --build-deps-for=editable
FOLLOW := $(COMPILE) --constraint=requirements/test.txt

lock: $(VENV)/.test ## the dependencies, resolved anew
	$(COMPILE) $(UPGRADE) --extra=postgres --extra=sandbox --extra=test --output-file=requirements/test.txt pyproject.toml
	$(FOLLOW) --extra=postgres --output-file=requirements/run.txt pyproject.toml
	$(FOLLOW) --extra=postgres --extra=sandbox --output-file=requirements/sandbox.txt pyproject.toml

# The marks below say which lock the environment has; they are older than the lock when it has changed.

$(BIN)/python:
	@python=$$(.ci/python) && "$$python" -m venv $(VENV)

$(VENV)/.run: requirements/sandbox.txt | $(BIN)/python
	@echo "installing the locked dependencies into $(VENV)"
	@$(PIP) --require-hashes -r requirements/sandbox.txt
	@touch $@

$(VENV)/.test: requirements/test.txt | $(BIN)/python
	@echo "installing the tests' locked dependencies into $(VENV)"
	@$(PIP) --require-hashes -r requirements/test.txt
	@touch $@ $(VENV)/.run

$(VENV)/.package: pyproject.toml | $(BIN)/python
	@$(PIP) --no-build-isolation --no-deps --editable .
	@touch $@
