# The two commands are `make run` and `make test`. Everything else is a part of them.
PYTHON ?= python3
VENV = .venv/bin/python

.DEFAULT_GOAL := help
.PHONY: help run test bench chaos mutants matrix looks setup dev python assets translations lock format

help:
	@echo "make run           the site, its worker and a practice bank, on this machine"
	@echo "make test          format, lint, types, and the whole suite on SQLite and PostgreSQL"
	@echo "make bench         measures, and writes benchmarks/RESULTS.md"
	@echo "make mutants       breaks the money engine in small ways for MINUTES, and writes benchmarks/MUTANTS.md"
	@echo "make chaos         gifts while processes are killed; compares all books, writes benchmarks/CHAOS.md"
	@echo "make matrix        writes tests/web/*.txt anew: which role gets through which door, what is public JSON"
	@echo "make looks         writes tests/journeys/widget_looks.txt anew: the colours of every widget in every theme"
	@echo "make translations  collects the visible words into the catalogues"
	@echo "make assets        fonts, stylesheets, scripts and catalogues, built"
	@echo "make format        ruff, writing"
	@echo "make lock          pins the packages anew (UPGRADE=--upgrade: the newest ones)"

run: setup
	@exec $(VENV) -m tools.run

test: dev
	@exec $(VENV) -m tools.test

bench: dev assets
	@exec $(VENV) -m benchmarks

mutants: dev
	@exec $(VENV) -m tools.mutants $(MINUTES)

chaos: dev assets
	@exec $(VENV) -m benchmarks.chaos

matrix: dev
	@RENEW=1 $(VENV) -m pytest -n 0 -q tests/web/test_route_matrix.py tests/web/test_public_json.py

looks: dev assets
	@RENEW=1 $(VENV) -m pytest -n 0 -q tests/journeys/test_widget_looks.py

setup: python
	@$(PYTHON) tools/setup.py run

dev: python
	@$(PYTHON) tools/setup.py dev

python:
	@command -v $(PYTHON) >/dev/null || { echo "$(PYTHON) is missing (on Debian and Ubuntu: apt install python3 python3-venv)."; exit 1; }

assets: setup
	@$(VENV) -m tools.assets
	@$(VENV) -m tools.translations compile

translations: dev
	@$(VENV) -m tools.translations

format: dev
	@$(VENV) -m ruff format .
	@$(VENV) -m ruff check --fix .

lock: dev
	@$(VENV) -m tools.lock $(UPGRADE)
	@npm install --package-lock-only --loglevel=error
