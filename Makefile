# make setup | run | test | lint | check | shots | bench | campaign | lock | audit | dist | clean
SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.PHONY: help setup run test lint check shots bench campaign lock audit dist clean

BIN := .venv/bin
READY := .venv/.complete

help: ## say what there is
	@grep -E '^[a-z]+:.*## ' $(firstword $(MAKEFILE_LIST)) | sed -E 's/^([a-z]+):.*## /  make \1\t/' | expand -t 16

setup: $(READY) ## make .venv with everything in it; a second run does nothing

$(READY): requirements.lock pyproject.toml
	@scripts/setup.sh

run: $(READY) ## open the window on a demo profile
	@scripts/run.sh

test: $(READY) ## run the tests
	@QT_QPA_PLATFORM=offscreen $(BIN)/python -m pytest -n auto

lint: $(READY) ## what needs no running: style, types, layers, sizes, licences
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(BIN)/python scripts/sizes.py posapp
	$(BIN)/python scripts/licences.py --check

check: lint ## everything a change must pass: what lint looks at, and the tests
	@# What fails beside others is run once more alone, in the open: a busy machine is no changed program.
	@export QT_QPA_PLATFORM=offscreen; $(BIN)/python -m pytest -n auto \
		|| { echo "once more, alone:"; $(BIN)/python -m pytest --last-failed --last-failed-no-failures none; }

shots: $(READY) ## draw every page and dialog into build/shots/, light and dark, beside the mockups
	@$(BIN)/python -m scripts.shots

bench: $(READY) ## measure against raw sqlite3 and a bare window
	@$(BIN)/python -m scripts.bench

campaign: $(READY) ## the long tests, and the rules against 2,000 random examples each; takes many minutes
	@HYPOTHESIS_PROFILE=campaign QT_QPA_PLATFORM=offscreen $(BIN)/python -m pytest -m slow
	@HYPOTHESIS_PROFILE=campaign $(BIN)/python -m pytest tests/domain tests/counter \
		tests/sync/test_publishing_converges.py tests/outbox/test_both_ways.py

lock: $(READY) ## resolve the dependencies again into requirements.lock, and list their licences
	$(BIN)/uv pip compile pyproject.toml --extra dev --universal --python-version 3.11 --upgrade --quiet \
		--generate-hashes --no-emit-index-url --custom-compile-command "make lock" -o requirements.lock
	@scripts/setup.sh
	$(BIN)/python scripts/licences.py

audit: $(READY) ## ask whether a locked package has a known hole; needs the network
	$(BIN)/pip-audit -r requirements.lock --disable-pip --progress-spinner off

dist: $(READY) ## build dist/posapp, a folder that runs without Python, and start it once
	$(BIN)/pyinstaller --noconfirm --log-level WARN build.spec
	QT_QPA_PLATFORM=offscreen dist/posapp/posapp --version

clean: ## remove everything that make made
	rm -rf .venv build dist .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	find posapp tests scripts -name __pycache__ -prune -exec rm -rf {} +
