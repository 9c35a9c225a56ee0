# make setup | run | test | check | shots | bench | lock | dist | clean
SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.PHONY: help setup run test check shots bench lock dist clean

BIN := .venv/bin
READY := .venv/.complete

help: ## say what there is
	@grep -E '^[a-z]+:.*## ' $(firstword $(MAKEFILE_LIST)) | sed -E 's/^([a-z]+):.*## /  make \1\t/' | expand -t 16

setup: $(READY) ## make .venv with everything in it; a second run does nothing

$(READY): requirements.lock pyproject.toml
	@scripts/setup.sh
