# Two commands do everything: make course, make test. Nothing is made again whose sources did not change.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

# What the pages and the grades are made of.
SOURCES := $(shell find autograder solutions book -type f -not -path '*/__pycache__/*' -not -path 'book/vendor/*')

.PHONY: course test book environment lint clean

course: _build/course/.demo _build/html/.built
	@$(BIN)/autograder report leaky_integrator --course _build/course
	@echo "feedback  $(CURDIR)/_build/course/feedback/double_tau/leaky_integrator/leaky_integrator.html"
	@echo "the book  $(CURDIR)/_build/html/index.html"

book: _build/html/.built

environment: $(VENV)/.installed

$(VENV)/.installed: requirements.txt pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --requirement requirements.txt
	$(BIN)/pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

# -W: a page that fails must fail the build. --all: a second run would else believe a stale environment. Figures are
# named by what is in them, so those of an older build go first; the cache of executed cells lies elsewhere and stays.
_build/html/.built: $(VENV)/.installed _config.yml _toc.yml $(SOURCES)
	rm -rf _build/html
	$(BIN)/jupyter-book build . --all -W --keep-going --quiet
	@touch $@

_build/course/.demo: $(VENV)/.installed $(SOURCES)
	$(BIN)/autograder demo --course _build/course > /dev/null
	@touch $@

test: $(VENV)/.installed
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/pytest -n auto --dist loadfile

lint: $(VENV)/.installed
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

clean:
	rm -rf _build $(VENV)
