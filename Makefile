# From nothing but python3 (>= 3.11, with venv), make and a package registry. Works with macOS's make 3.81.
# Stamp files make every set-up step run once; a changed requirements file runs it again.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
ARGS ?=
# Two workers: what the smallest machine we promise has.
PYTEST_WORKERS ?= 2
# The API design rules linter lives outside the repository; see `adr` below.
ADR_RULES ?= ../shared/adr/linter.yaml

# uv reads none of pip's settings, so it is told pip's index (nothing when pip has none), to trust the system's
# certificates, and never to download an interpreter.
export UV_SYSTEM_CERTS := 1
export UV_PYTHON_DOWNLOADS := never
# Compiled once, when installed: where nothing may be written later, every command would compile it all again.
export UV_COMPILE_BYTECODE := 1
unexport PYTHONDONTWRITEBYTECODE
UV = index="$${UV_DEFAULT_INDEX:-$${PIP_INDEX_URL:-$$($(BIN)/pip config get global.index-url 2>/dev/null || true)}}"; \
	unset UV_DEFAULT_INDEX; if [ -n "$$index" ]; then export UV_DEFAULT_INDEX="$$index"; fi; \
	VIRTUAL_ENV="$(CURDIR)/$(VENV)" $(BIN)/uv
COMPILE = $(UV) pip compile -q --universal --python-version 3.11 --generate-hashes \
	--no-annotate --no-header --no-emit-index-url

.DEFAULT_GOAL := help
.PHONY: help install dev run test check checks fetch bench lock format ruff types imports adressen deps dead migraties \
	drift openapi adr alarmen clean test-volgorde test-browser clients beelden test-readme drill-tokens drill-tests drill-beleid drill-aanval drill-spoor drill-herstel drill-terug drill-cluster drill-storing drill-capaciteit drills

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-13s %s\n", $$1, $$2 }' Makefile

## set-up

install: $(VENV)/.stamp-project ## the set-up alone, quietly
	@:
dev: $(VENV)/.stamp-project $(VENV)/.stamp-dev

$(VENV)/.stamp-uv: requirements/uv.txt
	@test -x $(BIN)/pip || $(PYTHON) -c 'import sys; sys.version_info >= (3, 11) or sys.exit("python3 >= 3.11 needed")'
	@test -x $(BIN)/pip || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --require-hashes -r requirements/uv.txt
	@touch $@

$(VENV)/.stamp-run: requirements/run.txt $(VENV)/.stamp-uv
	@$(UV) pip install -q --require-hashes -r requirements/run.txt
	@touch $@

$(VENV)/.stamp-project: pyproject.toml $(VENV)/.stamp-run
	@$(UV) pip install -q --no-deps --offline -e .
	@touch $@

$(VENV)/.stamp-dev: requirements/dev.txt $(VENV)/.stamp-run
	@$(UV) pip install -q --require-hashes -r requirements/dev.txt
	@touch $@

## use

run: install ## serve the demo on http://127.0.0.1:8000
	@exec env PLEEGZICHT_DEMO=1 $(BIN)/pleegzicht serve --migreer --demo $(ARGS)

# Of a test by name: .venv/bin/pytest -k naam
suite = $(BIN)/pytest -n $(PYTEST_WORKERS) --dist worksteal

test: dev ## the tests for every change, in five minutes on two cores
	@$(suite) --deel kort $(ARGS)

test-lang: dev ## the other tests: what takes long for what it says (tests/delen.py)
	@$(suite) --deel lang $(ARGS)

# Twice the same order: make test-volgorde ARGS="--volgorde 12", with the number that the first lines of a run say.
test-volgorde: dev ## the whole suite in an order of chance
	@$(suite) \
		--volgorde $$($(BIN)/python -c 'import secrets; print(secrets.randbelow(2**31))') $(ARGS)

test-browser: dev tests_e2e/aanmelden/node_modules/.stamp ## sign-in with a real provider, and the pages, in Chromium; needs node and chromium
	@$(BIN)/pytest tests_e2e --ignore=tests_e2e/clients $(ARGS)

beelden: dev tests_e2e/aanmelden/node_modules/.stamp ## a picture of every page, as wide, light and large as it is judged, in .reports/werkplek
	@$(BIN)/pytest --beelden tests_e2e/werkplek/test_bladen.py tests_e2e/werkplek/test_opdracht.py $(ARGS)

tests_e2e/aanmelden/node_modules/.stamp: tests_e2e/aanmelden/package-lock.json tests_e2e/aanmelden/.npmrc
	@cd tests_e2e/aanmelden && npm ci --loglevel=error >/dev/null
	@touch $@

clients: dev $(VENV)/clients/.stamp tests_e2e/clients/node_modules/.stamp ## clients made of openapi.json, in Python and TypeScript, compile and do moment 1; needs node
	@$(BIN)/pytest tests_e2e/clients $(ARGS)

$(VENV)/clients/.stamp: requirements/clients.txt $(VENV)/.stamp-uv
	@$(PYTHON) -m venv $(VENV)/clients
	@$(VENV)/clients/bin/python -m pip install -qq --disable-pip-version-check --require-hashes -r requirements/clients.txt
	@touch $@

tests_e2e/clients/node_modules/.stamp: tests_e2e/clients/package-lock.json tests_e2e/clients/.npmrc
	@cd tests_e2e/clients && npm ci --loglevel=error >/dev/null
	@touch $@

test-readme: ## what README says, from its first line to its last, on a clean clone
	@$(PYTHON) -m tools.lees_readme

drill-tokens: dev ## every attack token against the service, by name and outcome
	@$(BIN)/python -m tests.security.drill_tokens

bench: dev ## the benchmarks, beside a floor of another make; ARGS=--snel for two minutes of it
	@$(BIN)/python -m bench $(ARGS)

# What asks less at every change than at night.
DRILLED = tests/beleid tests/norms tests/oracle tests/toets tests/verdict tests/exports/test_verifieer.py \
	tests/services/test_wijzigingslog.py tests/api/test_hostile.py tests/api/test_geen_echo.py tests/api/test_schemathesis.py \
	tests/api/test_concurrency.py tests/api/test_conventions.py tests/api/test_idempotency.py \
	tests/migrations/test_vanaf_elke.py tests/jobs/test_mutanten.py tests/paginas/test_mutanten.py

# The figures that its tests print, and what failed; not the log lines of the service.
drill = out=$$(mktemp); $(BIN)/pytest -q -rP --show-capture=stdout -n $(PYTEST_WORKERS) --dist loadfile --heel $(1) $(ARGS) \
	>$$out; code=$$?; grep -v '^{"' $$out; rm -f $$out; exit $$code

drill-tests: dev ## every night: what the suite does a choice of, whole: every cell and mutant, and many more histories
	@PLEEGZICHT_TEST_DATABASE_URL=postgresql://niemand@127.0.0.1:1/geen $(BIN)/pytest -q -n $(PYTEST_WORKERS) --motor=geen
	@$(call drill,$(DRILLED))

drill-beleid: dev ## of that who may see what: every cell of the policy table, every mutant, non-interference; figures last
	@$(call drill,tests/beleid)

drill-aanval: dev ## every attack on the traces, and what finds it
	@$(BIN)/python -m tools.drill_aanval

drill-spoor: dev ## readers, and a service that is killed: what was delivered is in the access log
	@$(BIN)/python -m tools.drill_spoor

# Needs PostgreSQL and pgBackRest of the distribution (postgresql, pgbackrest); smaller with ARGS="--geschiedenissen 5".
drill-herstel: dev ## back to a moment as docs/beheer.md says: nothing gone, and every file says what it said
	@$(BIN)/python -m tools.drill_herstel $(ARGS)

# Needs postgresql, patroni, etcd-server and pgbackrest of the distribution.
drill-terug: dev ## a cluster of three nodes back to a moment, as docs/beheer.md says: all of it, the same on every node
	@$(BIN)/python -m tools.drill_terug $(ARGS)

# Needs postgresql, patroni, etcd-server and nginx of the distribution; whole with ARGS="--gebeurtenissen 25 --bevestigd 10000".
drill-cluster: dev ## a cluster that loses its leader, its etcd and its workers while people record: nothing acknowledged is gone
	@$(BIN)/python -m tools.drill_cluster $(ARGS)

# Needs root, postgresql and libfaketime of the distribution.
drill-storing: dev ## a full disk, a busy table, an endless query, slow clients, a clock that jumps: 503, and well again by itself
	@$(BIN)/python -m tools.drill_storing

# Needs postgresql of the distribution; its figures hold for a machine on which nothing else runs.
drill-capaciteit: dev ## how many begeleiders one machine carries at the same time, and what a second and third worker add
	@$(BIN)/python -m tools.drill_capaciteit

# Over an hour on a machine on which nothing else runs; ARGS="--met tests", or "--alleen cluster storing".
drills: dev ## every drill, one after the other: figures, planted faults and outcome in a table, in .reports/drills.txt
	@$(BIN)/python -m tools.drills $(ARGS)

## checks

check: checks ## all before a push: the checks, then both parts of the suite
	@$(MAKE) --no-print-directory test
	@$(MAKE) --no-print-directory test-lang

checks: ruff types imports adressen deps dead migraties drift openapi adr alarmen

# What the browser and the clients need of others, so that it comes while something else runs.
fetch: $(VENV)/clients/.stamp tests_e2e/aanmelden/node_modules/.stamp tests_e2e/clients/node_modules/.stamp

ruff: dev
	@$(BIN)/ruff format --check --quiet .
	@$(BIN)/ruff check --quiet .

types: dev
	@$(BIN)/mypy $(wildcard app tools bench tests tests_e2e)

imports: dev
	@$(BIN)/lint-imports --no-logo

adressen: dev
	@$(BIN)/python -m tools.check_adressen

# Declared is used and used is declared; and what is installed fits together.
deps: dev
	@$(BIN)/deptry --no-ansi .
	@$(UV) pip check -q

# Fields, columns and enum members are left out: they are the shape of the data, read by name elsewhere. Imports
# are ruff's.
dead: dev
	@found=$$($(BIN)/vulture $(wildcard app tools bench tests tests_e2e)); code=$$?; \
	if [ $$code -ne 0 ] && [ $$code -ne 3 ]; then echo "vulture failed: $$code" >&2; exit 1; fi; \
	! printf '%s\n' "$$found" | grep -E "unused (function|method|class|property)|unreachable|unsatisfiable"

# Locks that would stop the service while a migration runs.
migraties: dev
	@$(BIN)/python -m tools.check_migraties

drift: dev ## the migrations build what the models say
	@$(BIN)/python -m tools.schema_drift

openapi: dev ## the API did not change without saying so
	@$(BIN)/python -m tools.openapi_poort

# The rules and npm are not everywhere where this repository is; it says so loudly rather than pass in silence.
adr: dev ## the NLGov API design rules, over openapi.json
	@if [ -f "$(ADR_RULES)" ] && command -v npm >/dev/null; then $(MAKE) --no-print-directory node_modules/.stamp; fi
	@$(BIN)/python -m tools.adr_poort "$(ADR_RULES)"

# promtool is of Debian's package prometheus; it says so loudly where it is absent.
alarmen: dev ## every alarm of deploy/prometheus sounds when it must, and only then
	@$(BIN)/python -m tools.alarmen_poort

node_modules/.stamp: package-lock.json .npmrc
	@npm ci --loglevel=error >/dev/null
	@touch $@

## upkeep

format: dev ## put the code in form
	@$(BIN)/ruff format --quiet .
	@$(BIN)/ruff check --quiet --fix .

lock: $(VENV)/.stamp-uv ## recompile requirements/*.txt; ARGS=--upgrade for newer versions
	@$(COMPILE) $(ARGS) pyproject.toml -o requirements/run.txt
	@$(COMPILE) $(ARGS) pyproject.toml --group dev -c requirements/run.txt -o requirements/dev.txt
	@$(COMPILE) $(ARGS) --group uv -o requirements/uv.txt
	@$(COMPILE) $(ARGS) --group clients -o requirements/clients.txt

clean: ## remove what make made; the data in .data stay
	@rm -rf $(VENV) node_modules tests_e2e/aanmelden/node_modules tests_e2e/clients/node_modules .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis .reports
