.DEFAULT_GOAL := help
.NOTPARALLEL:
.DELETE_ON_ERROR:

PYTHON ?= python3
PORT ?= 8000
ARGS ?=
DEMO_DIR ?= build/demo
FILE ?=
YEAR ?=
OUT ?= .

VENV := .venv
RUN := $(VENV)/bin/python
PIP := $(RUN) -m pip --disable-pip-version-check
# Everything that is fetched is checked against a hash that stands in the repository, the builders included.
INSTALL := $(PIP) install --quiet --compile --no-build-isolation
READY := $(VENV)/.runtime $(VENV)/.project
READY_DEV := $(VENV)/.dev $(VENV)/.project
# libatomic1 is what Playwright's driver wants of a bare Debian; without the font every Chinese character is a box.
BROWSER := chromium fonts-noto-cjk libatomic1

# Without compiled bytecode every start takes two to four times as long.
unexport PYTHONDONTWRITEBYTECODE

# $(call debian,who needs them,packages): installs Debian packages when that is ours to do, and otherwise says their names.
debian = if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	    echo "Installing $(2) from Debian ..."; \
	    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $(2) >/dev/null; \
	  else \
	    echo "$(1) needs these Debian packages: $(2)" >&2; \
	    echo "  sudo apt-get install --no-install-recommends $(2)" >&2; \
	    exit 1; \
	  fi

.PHONY: help publish check coverage watch soak annual serve demo test bench fuzz lint format types clean lock setup dev system

help: ## lists these commands
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' Makefile

publish: $(READY) ## reads datasets/ and builds site/ and review/; ARGS="--strict" and other options are passed on
	@$(RUN) -m etl publish $(ARGS)

check: $(READY) ## checks one workbook without publishing it: make check FILE=预算公开表.xlsx
	@test -n "$$FILE" || { echo 'Which workbook? make check FILE=预算公开表.xlsx' >&2; exit 2; }
	@$(RUN) -m etl check $(ARGS) -- "$$FILE"

coverage: $(READY) ## who has published what, what is late or missing; ARGS="--year 2024"
	@$(RUN) -m etl coverage $(ARGS)

annual: $(READY) ## the sentences of the yearly report on disclosure, as .md and .docx in OUT (.): make annual YEAR=2025
	@test -n "$$YEAR" || { echo 'Which year? make annual YEAR=2025' >&2; exit 2; }
	@$(RUN) -m etl annual-report --year "$$YEAR" --out "$(OUT)" $(ARGS)

watch: $(READY) ## checks each file as it lands in datasets/inbox/, until Ctrl-C; its report is in review/watch/
	@$(RUN) -m etl watch $(ARGS)

serve: $(READY) ## previews site/ on this machine only, and publishes first if there is no site; PORT=8000
	@test -f site/index.html || $(MAKE) --no-print-directory publish
	@echo "http://127.0.0.1:$(PORT)/ (Ctrl-C ends it)"
	@$(RUN) -m http.server --bind 127.0.0.1 --directory site $(PORT)

test: system $(READY_DEV) ## runs every test, the browser's included; ARGS="-k name"
	@$(RUN) -m pytest --numprocesses auto --maxprocesses 8 --dist loadfile $(ARGS)

soak: $(READY_DEV) ## kills publishes by the hundred and looks at what is left; ARGS="--kills 300 --whole 60 --seed 2"
	@$(RUN) -m tests.soak.kill $(ARGS)

bench: $(READY_DEV) ## times reading and checking 150 workbooks, and publishing 75 departments of five years; ARGS="--rounds 5"
	@$(RUN) tests/bench/bench.py $(ARGS)
	@$(RUN) tests/bench/publish.py

fuzz: $(READY_DEV) ## damages files by the thousand and looks for mistakes of ours; ARGS="--seconds 3600 --seed 7"
	@$(RUN) -m tests.fuzz.fuzz $(ARGS)

lint: $(READY_DEV) ## style, format, who imports whom, and whether the locks fit pyproject.toml
	@$(RUN) -m ruff check
	@$(RUN) -m ruff format --check
	@$(VENV)/bin/lint-imports --no-logo
	@$(PIP) check

format: $(READY_DEV) ## puts the code into the house format
	@$(RUN) -m ruff check --fix-only
	@$(RUN) -m ruff format

types: $(READY_DEV) ## checks the types of etl/, strictly
	@$(RUN) -m mypy

demo: $(READY) ## makes a whole fictional county in DEMO_DIR (build/demo) and publishes it there
	@test "$(DEMO_DIR)" != build/demo || rm -rf build/demo
	@$(RUN) -m etl demo $(ARGS) -- "$(DEMO_DIR)"

clean: ## removes what was made: build/ site/ review/ .venv/ and caches; nothing under datasets/
	rm -rf build site review dist $(VENV) .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
	find . -path ./datasets -prune -o -type d -name __pycache__ -prune -exec rm -rf {} +

setup: $(READY) ## sets up .venv/ for publishing; the other commands do so by themselves

dev: $(READY_DEV) ## sets up .venv/ for development

system: ## installs what the browser tests need of Debian: chromium, Chinese fonts, a library
	@dpkg -s $(BROWSER) >/dev/null 2>&1 || { ! command -v dpkg >/dev/null && [ -x /usr/bin/chromium ]; } || \
	  { $(call debian,make test,$(BROWSER)); }

LOCK = env -u UV_INDEX -u UV_EXTRA_INDEX_URL -u UV_FIND_LINKS $(VENV)/bin/uv pip compile --quiet --no-config --universal \
  --fork-strategy fewest --generate-hashes --no-emit-index-url --no-emit-find-links --custom-compile-command 'make lock' $(ARGS)

lock: $(READY_DEV) ## brings the locks in line with pyproject.toml; ARGS=--upgrade takes newer versions
	$(LOCK) pyproject.toml --output-file requirements.txt
	$(LOCK) pyproject.toml --extra dev --constraint requirements.txt --output-file requirements-dev.txt
	$(LOCK) --group build --constraint requirements-dev.txt --output-file requirements-build.txt

$(VENV)/.build: requirements-build.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "mingzhang needs Python 3.11 or newer; PYTHON=... names the one to use." >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null || { $(call debian,Setting up $(VENV)/,python3-venv); }
	@echo "Setting up $(VENV)/ (once; a minute or two) ..."
	@$(PYTHON) -m venv --clear $(VENV)
	@$(INSTALL) --require-hashes -r requirements-build.txt
	@touch $@

$(VENV)/.runtime: requirements.txt $(VENV)/.build
	@$(INSTALL) --require-hashes -r requirements.txt
	@touch $@

$(VENV)/.dev: requirements-dev.txt $(VENV)/.build
	@$(INSTALL) --require-hashes -r requirements-dev.txt
	@touch $(VENV)/.runtime $@

$(VENV)/.project: pyproject.toml $(VENV)/.build
	@$(INSTALL) --no-deps --editable .
	@touch $@
