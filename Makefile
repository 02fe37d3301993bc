# The one entrance. `make demo` and `make test` need nothing but Python 3.11 or newer, and network access to the package registries.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV := .venv
BIN := $(VENV)/bin
SERVE ?= 1
PORT ?= 8000
DEMO := build/demo
OFFICE_TESTS := tests/audit tests/accounts tests/asking tests/organisations tests/promises tests/convening tests/judgement

.PHONY: demo run test check fix bench evaluate words lock browser postgresql java clean

$(VENV)/.runs: requirements/build.txt requirements/run.txt
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m ensurepip -q 2>/dev/null || true
	@$(BIN)/python -m pip install -q --disable-pip-version-check --no-deps --require-hashes -r requirements/build.txt -r requirements/run.txt
	@$(BIN)/python -m pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.tests: $(VENV)/.runs requirements/dev.txt
	@$(BIN)/python -m pip install -q --disable-pip-version-check --no-deps --require-hashes -r requirements/dev.txt
	@touch $@

demo: $(VENV)/.runs  ## the sample country, built and served
	@$(BIN)/opencompact sample --scale 1 --seed 2031 --out $(DEMO)/country
	@$(BIN)/opencompact build --workspace $(DEMO)/workspace --input $(DEMO)/country --at 2034-07-01T09:00:00Z
	@test -f $(DEMO)/workspace/people.txt || $(BIN)/opencompact office sample --workspace $(DEMO)/workspace > $(DEMO)/workspace/people.txt
	@cat $(DEMO)/workspace/people.txt
	@if [ "$(SERVE)" = 1 ]; then $(BIN)/opencompact serve --workspace $(DEMO)/workspace --port $(PORT); fi

run: $(VENV)/.runs  ## serve a workspace: make run WORKSPACE=work
	@$(BIN)/opencompact serve --workspace $(or $(WORKSPACE),workspace) --port $(PORT)

test: $(VENV)/.tests browser postgresql java  ## every test, with coverage, and the office's again on a real PostgreSQL
	@$(BIN)/python -m pytest -q -n auto --dist loadfile --cov --cov-report=term
	@$(BIN)/python -m tests.postgresql -n auto --dist loadfile $(OFFICE_TESTS)

browser:
	@command -v chromium >/dev/null || (apt-get update -qq && apt-get install -y -qq chromium >/dev/null)

postgresql:
	@ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || (apt-get update -qq && apt-get install -y -qq postgresql >/dev/null)

java:
	@command -v java >/dev/null || (apt-get update -qq && apt-get install -y -qq openjdk-17-jre-headless >/dev/null)

check: $(VENV)/.tests  ## lint, types, floors; changes nothing
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/deptry src
	@$(BIN)/opencompact check

fix: $(VENV)/.tests
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

bench: $(VENV)/.tests  ## side by side with the peers, medians of five
	@$(BIN)/python -m bench.run

words: $(VENV)/.tests  ## after a change to the words of signing in
	@$(BIN)/python -c "import polib; folder = 'src/opencompact/web/locale/en/LC_MESSAGES/django'; polib.pofile(folder + '.po').save_as_mofile(folder + '.mo')"

evaluate: $(VENV)/.tests  ## how often the matcher is right, beside its peers; real names where LINKAGE is their folder
	@$(BIN)/python -m bench.evaluate

lock:  ## renew requirements/*.txt; needs uv
	@uv pip compile -q --universal --generate-hashes --no-emit-index-url --no-emit-find-links --no-header --python-version 3.11 pyproject.toml -o requirements/run.txt
	@uv pip compile -q --universal --generate-hashes --no-emit-index-url --no-emit-find-links --no-header --python-version 3.11 -c requirements/run.txt --group dev -o requirements/dev.txt
	@uv pip compile -q --generate-hashes --no-emit-index-url --no-emit-find-links --no-header --python-version 3.11 requirements/build.in -o requirements/build.txt

clean:
	rm -rf build $(VENV)
