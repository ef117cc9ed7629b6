# Two commands do everything: make course, make test. Nothing is made again whose sources did not change.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PYTHONS := 3.11 3.12 3.13 3.14
OLDEST := 3.11.5

# What the pages and the grades are made of.
SOURCES := $(shell find autograder solutions book -type f -not -path '*/__pycache__/*' -not -path 'book/vendor/*')
PAGES := $(wildcard book/*.md)
# And the packages that a reader may import in them, once `autograder fetch-pyodide` was run.
WHEELS := $(wildcard _build/wheels/*)

# What the benchmarks compare with, in an environment of its own; one of them alone: make bench ONLY=lif_forward
BENCH := .venv-bench
ONLY := import_time lif_forward training_step event_driven delays check_at_home class_graded

# Modules of tests at a time: one more than processors, since many wait for a browser, a server or a time limit.
AT_A_TIME := $(shell expr $$(nproc) + 1)

.PHONY: course book pdf environment lock resolves test test-fast lint lint-pages format plan types bench clean

course: _build/course/.demo _build/html/.built
	@$(BIN)/autograder report leaky_integrator --course _build/course
	@echo "feedback  $(CURDIR)/_build/course/feedback/double_tau/leaky_integrator/leaky_integrator.html"
	@echo "the book  $(CURDIR)/_build/html/index.html"

book: _build/html/.built

# Each chapter as PDF, in _build/html/pdf, printed by Chromium; its page then leads to it.
pdf: book
	@$(BIN)/autograder pdf

environment: $(VENV)/.installed

$(VENV)/.installed: requirements.lock pyproject.toml
	@echo "the packages of requirements.lock go into $(VENV): some minutes, where they are downloaded"
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --no-compile --requirement requirements.lock
	$(BIN)/pip install --quiet --no-deps --no-build-isolation --editable .
	@$(BIN)/python -m compileall -q -j 0 $(VENV)/lib > $(VENV)/uncompiled.log 2>&1 || true # pip takes one processor
	@touch $@

# From the direct pins to all packages, for every Python and every system; `make lock UPGRADE=--upgrade` takes the newest
# of what is not pinned directly. Without the several GB that only torch's CUDA build wants: the same lock then serves
# every build, and they come along only where pip takes that one. pip itself is left to the environment.
lock:
	$(BIN)/uv pip compile $(UPGRADE) --quiet --universal --python-version $(OLDEST) --annotation-style line \
	    --no-emit-package pip --custom-compile-command "make lock" --output-file requirements.lock requirements.txt
	sed -i -E '/^(cuda-|nvidia-|triton=)/d' requirements.lock

# Whether every Python that is promised has wheels of all that is pinned. It asks the package index.
resolves: $(VENV)/.installed
	for python in $(PYTHONS); do \
	    $(BIN)/uv pip compile --quiet --python-version $$python --only-binary :all: requirements.txt \
	        > /dev/null && echo "Python $$python: resolved" || exit 1; done

# -W: a page that fails must fail the build. --all: a second run would else believe a stale environment. Figures are
# named by what is in them, so those of an older build go first; the cache of executed cells lies elsewhere and stays.
# Not --quiet: each page is named as it is read and executed, which takes minutes. .nojekyll: GitHub Pages would else
# leave out every folder that begins with an underscore.
_build/html/.built: $(VENV)/.installed _config.yml _toc.yml $(SOURCES) $(WHEELS)
	rm -rf _build/html
	$(BIN)/jupyter-book build . --all -W --keep-going
	@touch _build/html/.nojekyll $@

_build/course/.demo: $(VENV)/.installed $(SOURCES)
	$(BIN)/autograder demo --as-root --course _build/course > /dev/null
	@touch $@

test: lint
	$(BIN)/pytest -n $(AT_A_TIME) --dist loadfile --no-loadscope-reorder --max-worker-restart 0

# While you work: all but what takes minutes. `make test` before you hand in.
test-fast: $(VENV)/.installed
	$(BIN)/pytest -n $(AT_A_TIME) --dist loadfile --no-loadscope-reorder -m "not slow and not book and not browser"

lint: $(VENV)/.installed lint-pages
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

# The code cells of the pages, as notebooks, which ruff reads: what it says names page and cell.
lint-pages: $(VENV)/.installed
	@rm -rf _build/cells
	@$(BIN)/jupytext --quiet --from md:myst --to ../_build/cells//ipynb $(PAGES)
	$(BIN)/ruff check --quiet --output-format concise _build/cells/*.ipynb

# The table of chapters, in the introduction and in the README; and those of how good and of how fast it is, in their
# pages.
plan: $(VENV)/.installed
	$(BIN)/python -m autograder.authoring.plan
	$(BIN)/python -m autograder.proving.table
	$(BIN)/python benchmarks/how_fast.py

format: $(VENV)/.installed plan
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

types: $(VENV)/.installed
	$(BIN)/mypy

# One after the other, each with a process and a processor of its own. Nothing else should run meanwhile.
bench: $(BENCH)/.installed
	@for name in $(ONLY); do echo "$$name"; OMP_NUM_THREADS=1 $(BENCH)/bin/python benchmarks/$$name.py --keep || exit; done

# With all dependencies, some of the other libraries would replace pins of the course: so what they need is listed too.
$(BENCH)/.installed: requirements.lock benchmarks/requirements.txt pyproject.toml
	@echo "the packages of requirements.lock and benchmarks/requirements.txt go into $(BENCH)"
	$(PYTHON) -m venv $(BENCH)
	$(BENCH)/bin/pip install --quiet --requirement requirements.lock
	$(BENCH)/bin/pip install --quiet --no-deps --requirement benchmarks/requirements.txt
	$(BENCH)/bin/pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

clean:
	rm -rf _build $(VENV) $(BENCH)
