# The commands of the project. Bare `make` lists them.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help

# The first Python that fits and runs; else python3, which the set-up then refuses by name.
FITS := import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 13))
PYTHON ?= $(or $(shell for p in python3.11 python3.12 python3 python; do \
  if "$$p" -c '$(FITS)' 2>/dev/null; then command -v "$$p"; break; fi; done),python3)
VERSION := $(shell "$(PYTHON)" -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null)
LOCK := requirements-$(VERSION).lock
READY := .venv/ready-$(VERSION)
RUN := .venv/bin/python -m pipeline

.PHONY: help run demo test test-all evaluate review report export query bench notebooks docs chaos fuzz audit sbom licences wheel-test lint lock clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' Makefile

$(READY): $(wildcard requirements-*.lock)
	@case "$(VERSION)" in \
	  3.11|3.12) ;; \
	  *) echo "Python 3.11 or 3.12 is needed (scispaCy goes no further), found: $(or $(VERSION),none). Try: make run PYTHON=/path/to/python3.11" >&2; exit 1;; \
	esac
	@echo "Setting up .venv with Python $(VERSION); this happens once and takes about a minute." >&2
	@"$(PYTHON)" -m venv --clear .venv
	@.venv/bin/python -m pip install --quiet --disable-pip-version-check --no-compile --no-deps --require-hashes -r "$(LOCK)"
	@# Compiled here, on all processors: where Python may not write bytecode, each start would cost
	@# half a second more. pysbd's old escapes make Python 3.12 warn; unheard.
	@.venv/bin/python -W ignore -m compileall -q -j 0 -x '/tests?/|/pip/' ".venv/lib/python$(VERSION)/site-packages"
	@touch "$@"

run: $(READY) ## refresh the corpus (or use the starter corpus) and build the DuckDB file
	@$(RUN) run

demo: $(READY) ## the same on the starter corpus, in extracted/demo, whatever is set
	@NCBI_EMAIL= DISEASE=scleromyxedema EXTRACTED_DIR=extracted/demo $(RUN) run --starter

test: $(READY) ## lint, types and the tests
	@.venv/bin/python -m ruff check .
	@.venv/bin/python -m ruff format --check .
	@.venv/bin/python -m mypy
	@.venv/bin/python -m pytest -n auto -m "not slow"

test-all: $(READY) ## the same with the slow suites
	@.venv/bin/python -m pytest -n auto

evaluate: $(READY) ## compare the extraction with the annotated facts
	@$(RUN) evaluate

review: $(READY) ## open the review notebook
	@$(RUN) review

docs: $(READY) ## write anew what the code makes of docs/: dictionary, drawing, worked example
	@UPDATE_DOCS=1 .venv/bin/python -m pytest -q tests/test_generated_docs.py

notebooks: $(READY) ## run both notebooks and export them as HTML and for Jupyter
	@mkdir -p extracted/notebooks
	@for name in pooled_analysis review; do \
	  export MARIMO_SKIP_UPDATE_CHECK=1; \
	  .venv/bin/python "notebooks/$$name.py"; \
	  .venv/bin/python -m marimo export html "notebooks/$$name.py" -o "extracted/notebooks/$$name.html" --force; \
	  .venv/bin/python -m marimo export ipynb "notebooks/$$name.py" -o "extracted/notebooks/$$name.ipynb" --sort top-down --include-outputs --force; \
	done

export: $(READY) ## write the tables, Phenopackets, references and sheets to extracted/export
	@$(RUN) export

report: $(READY) ## write extracted/report.html from the DuckDB file
	@$(RUN) report

query: $(READY) ## print the answer to a question: make query Q=response_by_therapy
	@$(RUN) query $(Q) $(V)

wheel-test: $(READY) ## build the wheel, install it in an empty environment, run it outside the clone
	@clone="$$PWD"; work="$$(mktemp -d)"; trap 'rm -rf "$$work"' EXIT; cd "$$work"; \
	"$(PYTHON)" -m venv empty; \
	empty/bin/python -m pip install --quiet --disable-pip-version-check "$$clone"; \
	export NCBI_EMAIL= DISEASE= EXTRACTED_DIR=; \
	for command in "run" "query isotypes" "report" "export"; do empty/bin/scleromyxedema $$command; done

bench: $(READY) ## time the extractor against the bare tokenizer and sentence segmenter
	@$(RUN) bench

chaos: $(READY) ## kill, fill the disk and damage files in whole refreshes: lost = 0, mixed = 0
	@PYTHONPATH=.:tests .venv/bin/python tests/chaos/run.py --kills $(or $(KILLS),500)

fuzz: $(READY) ## fuzz every reader for FUZZ_SECONDS (600) each, print the number of cases
	@.venv/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes --upgrade \
	  --target build/fuzz -r tests/fuzz/atheris.lock
	@PYTHONPATH=.:tests:build/fuzz .venv/bin/python tests/fuzz/fuzz_all.py --seconds $(or $(FUZZ_SECONDS),600)

audit: $(READY) ## ask the advisory database about every pinned package
	@"$(PYTHON)" -m venv .venv-audit
	@.venv-audit/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r tests/audit.lock
	@.venv/bin/python tests/audit.py .venv-audit/bin/pip-audit

sbom: $(READY) ## write build/sbom.cdx.json (CycloneDX) from the lock
	@.venv/bin/python tests/supply_chain.py sbom

licences: $(READY) ## write docs/licences.md from the lock and the installed packages
	@.venv/bin/python tests/supply_chain.py licences

lint: $(READY) ## format and mend what can be mended
	@.venv/bin/python -m ruff check --fix .
	@.venv/bin/python -m ruff format .

lock: ## resolve both locks anew after a change of pyproject.toml
	@"$(PYTHON)" -m venv --clear .venv-lock
	@.venv-lock/bin/python -m pip install --quiet --disable-pip-version-check uv
	@for version in 3.11 3.12; do \
	  .venv-lock/bin/uv pip compile --quiet pyproject.toml --extra dev --extra cluster \
	    --python-version "$$version" --generate-hashes --no-header --no-annotate \
	    --no-emit-index-url --no-emit-find-links -o "requirements-$$version.lock"; \
	done
	@rm -rf .venv-lock

clean: ## remove what the program made; never extracted/raw or extracted/corrections.csv
	@find extracted ! -type d ! -path '*/raw/*' ! -name corrections.csv ! -name README.md -delete
	@find extracted -mindepth 1 -depth -type d -empty ! -path '*/raw*' -delete
