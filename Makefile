# xunjian: `make demo` and `make test` work on a fresh Debian-like machine with Python 3.11+ and pip; they install what they need.
# `make same BASE=<commit>`: a stored night judged by that commit and by this tree.
.PHONY: same demo test lint types contracts unit bench year accuracy fuzz faults province docs axe setup browser clean bundle

UV := $(shell command -v uv 2>/dev/null || echo .tools/bin/uv)
RUN := $(UV) run --no-sync

demo: setup browser
	$(RUN) xunjian demo

test: lint types contracts unit

lint: setup
	$(RUN) ruff check .
	$(RUN) ruff format --check .

types: setup
	$(RUN) mypy

contracts: setup
	$(RUN) lint-imports

unit: setup browser
	$(RUN) pytest -n 2 --dist loadfile

bench: setup
	$(RUN) python -m tests.bench $(BENCH)

# A year of an office: rows read and shown, times, memory, size of the database (docs/how-to/operations.md).
year: setup
	$(RUN) python -m tests.bench.office_year $(YEAR)

accuracy: setup browser
	$(RUN) python -m tests.accuracy $(ACCURACY)

fuzz: setup
	$(RUN) python -m tests.fuzz $(FUZZ)

# What breaks on a machine in years: killed, full, read-only, away. Minutes; as root more of it.
province: setup
	$(UV) sync --frozen --group object-store --inexact --quiet
	$(RUN) pytest tests/province -m "slow or not slow" $(PROVINCE)

faults: setup browser
	$(RUN) pytest tests/faults -m "slow or not slow" $(FAULTS)

# What tests/reports/test_accessibility.py asks: without npm these tests are skipped.
axe:
	npm ci --prefix tests/axe --ignore-scripts --no-audit --no-fund

same: setup
	$(RUN) python -m tests.same $(BASE)

docs: setup
	$(RUN) python -m checks.docs
	$(RUN) python -m tools.decision_pages
	$(RUN) python -m tools.api_page

# Everything for an installation without a network, into dist/bundle: `make bundle ARCH=aarch64` for another kind of machine.
bundle: setup
	@sh tools/bundle.sh $(UV) dist/bundle $(ARCH)

setup: .venv/.ready

.venv/.ready: pyproject.toml uv.lock
	@command -v uv >/dev/null 2>&1 || test -x .tools/bin/uv || python3 -m pip install --quiet --target .tools uv
	$(UV) sync --frozen --quiet
	@touch .venv/.ready

browser: setup
	@sh tools/browser.sh "$(RUN)"

clean:
	rm -rf .venv .tools demo-data
