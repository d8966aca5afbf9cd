# The portal's commands. `make` alone lists them.
SHELL := /bin/sh
.DEFAULT_GOAL := help
.PHONY: help run test check bench screenshots lock install install-dev python-is-recent

CANDIDATES := python3 python3.13 python3.12 python3.11
RECENT := import sys; sys.exit(sys.version_info < (3, 11))
PYTHON ?= $(shell for p in $(CANDIDATES); do "$$p" -c '$(RECENT)' 2>/dev/null && { echo "$$p"; break; }; done)
IN_VENV := .venv/bin/python

help: ## List the commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-12s %s\n", $$1, $$2}' Makefile

run: install ## Set up what is missing and serve the portal at http://127.0.0.1:8000/ (PORT=8001 for another port)
	@$(IN_VENV) -m compliance_portal.run

test: install-dev ## Set up what is missing, then run every check and every test (ONLY=incidents: the tests of one folder)
	@$(IN_VENV) -m tests.everything

check: install-dev ## Style, types and the order of the floors, without the tests
	@$(IN_VENV) -m tests.everything --checks-only

bench: install ## Measure the portal at 10,000 to 1,000,000 incidents into docs/performance.md (SIZES=10000 for less, ONLY=policies or access)
	@$(IN_VENV) -m benchmarks

screenshots: install-dev ## Photograph every page at desktop and phone width into var/screenshots
	@SCREENSHOTS_DIR=var/screenshots $(IN_VENV) -m pytest -q tests/browser/test_pages.py

lock: python-is-recent ## Write the lock files anew from requirements*.in and package.json (UPGRADE=1 for newer versions)
	@tools=$$(mktemp -d) && trap 'rm -rf "$$tools"' EXIT && $(PYTHON) -m venv "$$tools" && \
	"$$tools/bin/python" -m pip install --quiet --disable-pip-version-check uv && \
	for name in requirements requirements-dev requirements-node; do \
		"$$tools/bin/uv" pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
			--no-header $(if $(UPGRADE),--upgrade) "$$name.in" --output-file "$$name.txt" || exit 1; \
	done
	@npm install --package-lock-only --ignore-scripts --omit-lockfile-registry-resolved --no-audit --no-fund

install: python-is-recent
	@$(PYTHON) -P compliance_portal/install.py

install-dev: python-is-recent
	@$(PYTHON) -P compliance_portal/install.py --dev

python-is-recent:
	@test -n "$(PYTHON)" || { echo "The portal needs Python 3.11 or newer; found: $$(command -v python3 > /dev/null && python3 --version 2>&1 || echo none)"; exit 1; }
