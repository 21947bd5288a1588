# Every target does its own set-up: on a fresh Debian 12 with Python 3.11, Node 20 and npm nothing is installed by hand.

PREPARE := python3 tests/prepare.py
PYTHON := .venv/bin/python

.PHONY: setup build demo screenshots gallery test test-chromium test-firefox test-fast soak lint bench package test-packages test-windows

setup: ## install what is missing, and build
	@$(PREPARE)

build: ## the extension into extension/dist
	@$(PREPARE) build

demo: ## see a call placed, with nothing real touched (BROWSER=firefox for Firefox)
	@$(PREPARE)
	@$(PYTHON) -m tests.demo --browser $(or $(BROWSER),chromium)

screenshots: ## the README's pictures, in both browsers
	@$(PREPARE)
	@$(PYTHON) -m tests.demo --browser chromium --pictures
	@$(PYTHON) -m tests.demo --browser firefox --pictures

gallery: ## pictures of every face in light and dark, narrow, zoomed and in forced colours, into build/gallery
	@$(PREPARE)
	@$(PYTHON) -m tests.gallery --browser chromium
	@$(PYTHON) -m tests.gallery --browser firefox

test: lint ## every suite, with both real browsers
	@$(PREPARE)
	@cd extension && npm run --silent test
	@$(PYTHON) -m pytest --ignore=tests/e2e
	@$(MAKE) --no-print-directory -j2 -O test-chromium test-firefox

test-chromium: ## the end-to-end tests in Chromium
	@$(PREPARE)
	@$(PYTHON) -m pytest tests/e2e -k "not firefox"

test-firefox: ## the end-to-end tests in Firefox
	@$(PREPARE)
	@$(PYTHON) -m pytest tests/e2e -k firefox

test-fast: ## every suite that needs no browser
	@$(PREPARE) python extension build
	@cd extension && npm run --silent test
	@$(PYTHON) -m pytest --ignore=tests/e2e

soak: ## the long form of the reliability tests: a million frames, thousands of faults (half an hour)
	@$(PREPARE)
	@$(PYTHON) -m pytest tests/host/reliability --soak

lint: ## types, style and format of both languages
	@$(PREPARE) python extension
	@$(PYTHON) -m ruff check .
	@$(PYTHON) -m ruff format --check .
	@$(PYTHON) -m mypy
	@cd extension && npm run --silent check

bench: ## what start-up and pages cost
	@$(PREPARE)
	@$(PYTHON) -m tests.bench

package: ## what this system can build, into dist/
	@$(PREPARE) python extension packaging
	@$(PYTHON) installer/build.py $(PACKAGE_FLAGS)

test-packages: ## the life of each package: built, installed, used from both browsers, upgraded, removed (as root)
	@$(PREPARE)
	@$(PREPARE) package-tests
	@$(PYTHON) -m pytest tests/installer/packages

test-windows: ## the Windows host and its installers, built and tried under Wine (some minutes)
	@$(PREPARE) python windows-tests
	@$(PYTHON) -m pytest tests/installer/windows
