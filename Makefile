# Only Python 3.11 or newer with venv is assumed. Run `make` for the list.
SHELL := /bin/bash
VENV := .venv
BIN := $(VENV)/bin
FIND_PYTHON = for p in python3.13 python3.12 python3.11 python3.14 python3 python; do \
	"$$p" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { command -v "$$p"; break; }; done
PIP = $(BIN)/python -m pip --quiet --disable-pip-version-check

.PHONY: help install install-dev chromium run test gates bench messages format lock clean

help:
	@echo "make install    the program into .venv"
	@echo "make run        everything with a demonstration programme (PORT=8000)"
	@echo "make test       all gates, then the tests"
	@echo "make bench      the speed against its floors"
	@echo "make messages   gather and compile the words"
	@echo "make format     format code and templates"
	@echo "make lock       resolve the requirements again"

$(BIN)/python:
	@python=$$($(FIND_PYTHON)); \
	if [ -z "$$python" ]; then echo "make: needs Python 3.11 or newer with venv (Debian: apt-get install python3-venv)"; exit 1; fi; \
	echo "make: a virtual environment of $$python"; "$$python" -m venv $(VENV)

# What only builds the package lies beside it for that moment and is not installed to run.
BUILD := $(VENV)/build
$(VENV)/.installed: requirements.txt requirements-build.txt pyproject.toml | $(BIN)/python
	$(PIP) install --require-hashes --requirement requirements.txt
	$(PIP) install --require-hashes --requirement requirements-build.txt --target $(BUILD) --upgrade
	PYTHONPATH=$(BUILD) $(PIP) install --no-build-isolation --no-deps --editable .
	@rm -rf $(BUILD)
	@touch $@

$(VENV)/.installed-dev: requirements-dev.txt $(VENV)/.installed
	$(PIP) install --require-hashes --requirement requirements-dev.txt
	@touch $@

install: $(VENV)/.installed
	@$(BIN)/celabiedrs messages --compile

install-dev: $(VENV)/.installed-dev
	@$(BIN)/celabiedrs messages --compile

run: install
	@exec $(BIN)/celabiedrs run --demo --port $(or $(PORT),8000)

# A browser for the stories; without one those tests alone are left out, and say so.
chromium:
	@if [ ! -x /usr/bin/chromium ]; then \
		sudo=$$([ "$$(id -u)" = 0 ] || echo "sudo -n"); \
		echo "make: installing chromium"; \
		{ $$sudo apt-get install -y -qq chromium || { $$sudo apt-get update -qq && $$sudo apt-get install -y -qq chromium; }; } \
			>/dev/null 2>&1 || echo "make: no /usr/bin/chromium and no way to install it; the browser tests are left out"; \
	fi

test: install-dev chromium gates
	$(BIN)/pytest

gates: export CELABIEDRS_DATA := $(CURDIR)/.venv/no-data
gates: install-dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(BIN)/djlint --lint --quiet celabiedrs
	$(BIN)/python -W ignore::RuntimeWarning -m config.commands manage makemigrations --check --dry-run
	$(BIN)/celabiedrs messages --check
	$(PIP) check
	$(BIN)/python -m bench.size >/dev/null # fails on a licence that does not fit ours
	CELABIEDRS_MODE=production CELABIEDRS_SECRET_KEY=$$($(BIN)/python -c 'import secrets; print(secrets.token_urlsafe(64))') \
		$(BIN)/celabiedrs check --deploy --fail-level WARNING

bench: install-dev
	$(BIN)/celabiedrs bench

messages: install-dev
	$(BIN)/celabiedrs messages --prune

format: install-dev
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .
	

# No address of a package registry may stand in these files.
COMPILE = compile --universal --python-version 3.11 --generate-hashes --no-annotate --no-header --no-emit-index-url --quiet
lock: $(BIN)/python
	@[ -x $(BIN)/uv ] || $(PIP) install uv
	$(BIN)/uv pip $(COMPILE) pyproject.toml -o requirements.txt
	echo 'setuptools>=77' | $(BIN)/uv pip $(COMPILE) - -o requirements-build.txt
	$(BIN)/uv pip $(COMPILE) --extra dev pyproject.toml --constraint requirements.txt -o requirements-dev.txt
	@! grep -n '://' requirements*.txt

clean:
	rm -rf $(VENV) build *.egg-info .*_cache
