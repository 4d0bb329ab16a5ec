# One word per thing to do. Needs python3 (3.11 or newer), git and make; everything else comes by itself into .venv.

SHELL := /bin/bash
PY := .venv/bin/python
# More than most machines have cores: tests wait half of their time, for disks and for each other.
WORKERS ?= 3
QUICK := not slow and not clients and not crash and not e2e
PYTEST := $(PY) -m pytest -n $(WORKERS) --dist loadgroup

.DEFAULT_GOAL := help
.PHONY: help run serve test quick check style types client-types house fix bench screens lock clean

help:  ## show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-7s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: .venv/.ready-to-run  ## start Skvorets with demo people, chats and an echo bot
	@$(PY) -m skvorets demo $(ARGS)

serve: .venv/.ready-to-run  ## start Skvorets as it would run in earnest (settings: SKVORETS_… in the environment)
	@$(PY) -m skvorets serve $(ARGS)

test: check  ## everything: checks, all tests on both engines, crashes, bot libraries of others
	@$(PYTEST) --ignore=tests/house $(ARGS)

quick: .venv/.ready-to-test  ## the tests that answer in a minute: of each method the first ones (house rules: `make check`)
	@$(PYTEST) --engine sqlite --first 3 --hypothesis-profile=quick --ignore=tests/house -m "$(QUICK)" $(ARGS)

check: .venv/.ready-to-test  ## style, types and house rules
	@$(MAKE) --no-print-directory -j 2 --output-sync=target style types client-types house

style: .venv/.ready-to-test
	@echo "── ruff check" && $(PY) -m ruff check
	@echo "── ruff format" && $(PY) -m ruff format --check

types: .venv/.ready-to-test
	@echo "── mypy --strict" && $(PY) -m mypy

client-types: .venv/.ready-to-test
	@echo "── tsc --strict (web client)" && $(PY) scripts/client_types.py

house: .venv/.ready-to-test
	@echo "── house rules" && $(PY) -m pytest -q tests/house

fix: .venv/.ready-to-test  ## let ruff format the code and mend what it can
	@$(PY) -m ruff check --fix; $(PY) -m ruff format

bench: .venv/.ready-to-test  ## measure this machine (minutes)
	@$(PY) -m bench $(ARGS)

screens: .venv/.ready-to-test  ## take the pictures of docs/screens with the installed Chromium
	@$(PY) scripts/screens.py $(ARGS)

lock: .venv/.ready-to-test  ## write the exact versions of .venv into the lock files
	@$(PY) scripts/lock.py

clean:  ## remove .venv, caches and builds (never your data in var/)
	@rm -rf .venv build dist src/*.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis
	@find src tests -name __pycache__ -type d -prune -exec rm -rf {} +

# The stamps keep setup from repeating: it runs again only when what it installs has changed.
.venv/.ready-to-run: pyproject.toml requirements.lock scripts/setup
	@scripts/setup run

.venv/.ready-to-test: .venv/.ready-to-run requirements-dev.lock requirements-clients.lock
	@scripts/setup test
