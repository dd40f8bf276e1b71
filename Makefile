# `make` alone prints the commands. A Python of 3.12 or newer, make and a C compiler must be there;
# everything else goes into .venv.

PORT   ?= 8501
ARGS   ?=
PYTHON ?=

PY      := .venv/bin/python
READY   := .venv/installed
INSTALL := $(PY) -m pip install --quiet --disable-pip-version-check

# Where a Python may be, best first. One that does not run, such as a pyenv shim without its
# version, counts as absent.
PYENV      := $(or $(PYENV_ROOT),$(HOME)/.pyenv)
CANDIDATES := $(or $(PYTHON),python3.13 python3.12 python3 python \
	$(wildcard $(PYENV)/versions/3.1[2-9].*/bin/python))

# FOUND reads "3.13.0=python3.13 3.11.7=python3"; looked up once, and only when it is needed.
FOUND     = $(eval FOUND := $(shell for python in $(CANDIDATES); do \
	$$python --version 2>&1 | sed -n "s|^Python \(.*\)|\1=$$python|p"; done))$(FOUND)
TOO_OLD  := 2.% $(foreach minor,0 1 2 3 4 5 6 7 8 9 10 11,3.$(minor).%)
SUITABLE  = $(firstword $(filter-out $(TOO_OLD),$(FOUND)))
CHOSEN    = $(lastword $(subst =, ,$(SUITABLE)))
NO_PYTHON = Python 3.12 or newer is needed; found \
	$(or $(foreach each,$(FOUND),$(subst =, at ,$(each)),),none,) \
	so install one or name one with PYTHON=/path/to/python3.13

.DEFAULT_GOAL := help
.PHONY: help dashboard test test-slow refit check backtest sbc bench bench-ui bench-growth fuzz chaos soak licences clean chromium office postgresql faketime

help: ## print this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-12s %s\n", $$1, $$2 }' Makefile
	@echo 'ARGS="…" is handed on, PORT=8501 is the port of the dashboard, PYTHON=… makes the environment.'

dashboard: $(READY) ## install, fit if nothing is fitted yet, and serve the dashboard until Ctrl-C
	@$(PY) -m model refit --if-needed
	@$(PY) -m pages.ui.server.serve --server.port $(PORT) $(ARGS)

test: $(READY) chromium ## install and run all tests but the slow ones (some minutes)
	@$(PY) -m pytest $(ARGS)

test-slow: $(READY) chromium office postgresql ## run the slow tests only: fits, LibreOffice, PostgreSQL, every case of a kind
	@$(PY) -m pytest -m slow $(ARGS)

refit: $(READY) ## fit the model to the evidence (ARGS="--as-of 2023-09-21")
	@$(PY) -m model refit $(ARGS)

check: $(READY) ## check every table and the scenario
	@$(PY) -m model check $(ARGS)

backtest: $(READY) ## fit each past month to what it knew and score it (ARGS="--every quarter --workers 2")
	@$(PY) -m model backtest $(ARGS)

sbc: $(READY) ## fit 200 simulated worlds and rank the truth in each (ARGS="--fits 200 --workers 2")
	@$(PY) -m model sbc $(ARGS)

bench: $(READY) chromium ## measure the engine, an update beside its rivals, and exports
	@$(PY) -m tests.bench.bench_engine && $(PY) -m tests.bench.bench_update $(ARGS) && \
	$(PY) -m tests.bench.bench_exports $(ARGS)

bench-ui: $(READY) chromium ## measure the dashboard in Chromium beside a bare Streamlit page
	@$(PY) -m tests.bench.bench_ui $(ARGS)

bench-growth: $(READY) ## measure what more outcomes, draws, events, cases and drivers cost
	@$(PY) -m tests.bench.bench_growth $(ARGS)

fuzz: $(READY) ## put inputs changed at random through every reader (ARGS="--inputs 10000 --seed 1")
	@$(PY) -m tests.faults.fuzz $(ARGS)

chaos: $(READY) faketime ## kill writers at random moments and look at what is left (ARGS="--kills 50 --others 5")
	@$(PY) -m tests.faults.chaos $(ARGS)

soak: $(READY) chromium ## 20 visitors for 10 minutes: errors, waits, memory (ARGS="--minutes 1 --visits 50")
	@$(PY) -m tests.faults.soak $(ARGS)

licences: $(READY) ## list every installed package with its licence (ARGS="--format=csv --with-urls")
	@$(PY) -m piplicenses --order=license $(ARGS)

clean: ## remove the environment and the tools' caches; fitted runs in var/ stay
	rm -rf .venv .pytest_cache .ruff_cache .mypy_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# The file marks that .venv holds what requirements.lock says, or its versions where an index has
# built its own files of them, as some mirrors do: their hashes are others, and a line says so.
$(READY): requirements.txt requirements.lock
	@$(if $(SUITABLE),,$(error $(NO_PYTHON)))
	@$(PY) -c 'import sys, pip; sys.exit(sys.version_info < (3, 12))' 2>/dev/null \
		|| { echo "Making .venv with Python $(subst =, at ,$(SUITABLE))"; $(CHOSEN) -m venv --clear .venv; }
	@echo "Installing the packages of requirements.lock into .venv; the first time takes some minutes."
	@$(INSTALL) --require-hashes -r requirements.lock 2>.venv/pip.log || { \
		grep -q 'DO NOT MATCH THE HASHES' .venv/pip.log || { cat .venv/pip.log >&2; exit 1; }; \
		echo "This index has other files of these versions than requirements.lock: installed without" \
			"a look at their hashes. STRICT=1 refuses that."; \
		[ -z "$(STRICT)" ] || exit 1; \
		sed -e '/--hash=/d' -e 's/ *\\$$//' requirements.lock >.venv/versions.txt; \
		$(INSTALL) -r .venv/versions.txt; }
	@touch $@

# Playwright's own browser is not used: the browser tests drive this one.
chromium:
	@if [ -x "$${CHROMIUM:-/usr/bin/chromium}" ]; then exit 0; fi; \
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
		echo "Installing Chromium for the browser tests."; export DEBIAN_FRONTEND=noninteractive; \
		apt-get update -qq && apt-get install -y -qq chromium >/dev/null && exit 0; fi; \
	echo "There is no Chromium at $${CHROMIUM:-/usr/bin/chromium} for the browser tests: install it" \
		"(sudo apt-get install chromium) or name one (make test CHROMIUM=/path/to/chrome)."

faketime:
	@if ls /usr/lib/*/faketime/libfaketime.so.1 >/dev/null 2>&1; then exit 0; fi; \
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
		echo "Installing libfaketime, to set clocks back."; export DEBIAN_FRONTEND=noninteractive; \
		apt-get update -qq && apt-get install -y -qq libfaketime >/dev/null && exit 0; fi; \
	echo "There is no libfaketime, so no clock is set back: install it (sudo apt-get install libfaketime)."

office:
	@if command -v soffice >/dev/null; then exit 0; fi; \
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
		echo "Installing LibreOffice for the slow tests."; export DEBIAN_FRONTEND=noninteractive; \
		apt-get update -qq && apt-get install -y -qq --no-install-recommends libreoffice-impress \
		libreoffice-writer >/dev/null && exit 0; fi; \
	echo "There is no LibreOffice (soffice) for the slow tests: install it" \
		"(sudo apt-get install libreoffice-impress libreoffice-writer)."

postgresql:
	@if command -v initdb >/dev/null || ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1; then exit 0; fi; \
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
		echo "Installing PostgreSQL for the slow tests."; export DEBIAN_FRONTEND=noninteractive; \
		apt-get update -qq && apt-get install -y -qq --no-install-recommends postgresql >/dev/null \
		&& exit 0; fi; \
	echo "There is no PostgreSQL (initdb, postgres) for the slow tests: install it" \
		"(sudo apt-get install postgresql)."
