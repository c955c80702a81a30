# Followthrough. Everything here needs Python 3.11 or later and make; the rest is fetched into .venv from uv.lock.
#
#   make demo                         the tracker in your browser, with the bundled register
#   make demo STATEMENT=file.txt      the same, with the official text attached and checked
#   make test                         every test: SQLite, PostgreSQL, Chromium

.DEFAULT_GOAL := help
SHELL := /bin/sh
BIN := .venv/bin
WORKERS ?= 2

# An interpreter is passed on only where one was named; otherwise the environment that is there is kept.
ifneq ($(filter undefined default,$(origin PYTHON)),)
ASKED :=
else
ASKED := $(PYTHON)
endif

CODE := $(wildcard src tests bench tools)
TEMPLATES = $(shell find src -path '*/templates/*' -name '*.html' | sort)

.PHONY: setup demo serve check test lint format messages docs bench pictures clean help

setup: ## make .venv from uv.lock, with every extra and the development tools
	@tools/venv.sh all $(ASKED)

demo: ## serve the bundled register on this machine [STATEMENT=file PORT=8000 DATA_DIR=folder]
	@tools/venv.sh web $(ASKED)
	@$(BIN)/followthrough demo $(if $(STATEMENT),--statement '$(STATEMENT)') $(if $(PORT),--port '$(PORT)') \
	  $(if $(DATA_DIR),--data-dir '$(DATA_DIR)')

serve: ## run the production server; settings come from the environment (docs/reference/settings.md)
	@tools/venv.sh web $(ASKED)
	@$(BIN)/followthrough serve

check: setup ## lint, types and the fast tests; under a minute
	@tools/test.sh fast $(WORKERS)

test: setup ## lint, then every test: PostgreSQL, SQLite and Chromium; under ten minutes
	@tools/test.sh all $(WORKERS)

lint: setup ## ruff, mypy, import-linter and djade, changing nothing
	@tools/lint.sh

format: setup ## put code and templates into the house style
	$(BIN)/ruff check --fix $(CODE)
	$(BIN)/ruff format $(CODE)
	$(if $(TEMPLATES),-$(BIN)/djade --target-version 5.2 $(TEMPLATES))

messages: setup ## collect the messages of templates and code into every language's catalogue [LOCALE=code of a new one]
	@$(BIN)/python tools/messages.py $(if $(LOCALE),'$(LOCALE)')

docs: setup ## build the documentation as a site in build/docs; `followthrough publish` takes it along
	@$(BIN)/python tools/docs_site/build.py

bench: setup ## run every benchmark in bench/
	@set -e; found=; for file in bench/*.py; do [ -f "$$file" ] || continue; found=yes; \
	  echo "== $$file"; $(BIN)/python "$$file"; done; \
	  [ -n "$$found" ] || { echo 'there is no benchmark in bench/ yet' >&2; exit 1; }

pictures: setup ## take the pictures of the README anew, from the demo in Chromium
	$(BIN)/python tools/pictures.py

clean: ## remove .venv, caches and what the tests left; your registers stay
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache .coverage dist test-artifacts
	find src tests bench tools -name __pycache__ -type d -prune -exec rm -rf {} + 2>/dev/null || true

help: ## show this list
	@echo 'make ...'
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sort | \
	  awk -F ':.*## ' '{ printf "  %-8s %s\n", $$1, $$2 }'
