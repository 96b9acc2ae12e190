# Each target does its own set-up; see tools/setup.sh. Without make: `uv run annotator`, `uv run pytest`.

# uv is known only once the set-up has run, so each line asks again.
RUN = PATH="$(CURDIR)/.uv/bin:$$PATH" uv run --locked

.PHONY: run test test-long check bench setup
.DEFAULT_GOAL := run

run: setup
	@if [ "$$(uname -s)" = Linux ] && [ -z "$$DISPLAY$$WAYLAND_DISPLAY" ]; then \
	  echo "There is no display, so no window: doing the main job without one instead."; \
	  $(RUN) annotator demo --out demo-out && echo "The results are in $(CURDIR)/demo-out"; \
	else \
	  $(RUN) annotator --sample; \
	fi

test: setup
	@$(RUN) pytest -n auto --dist worksteal --cov --cov-report term $(ARGS)

test-long: ARGS += --long
test-long: test

check: setup
	@failed=; for step in \
	  "ruff format --check ." \
	  "ruff check ." \
	  "basedpyright" \
	  "lint-imports" \
	  "vulture"; \
	do \
	  echo "== $$step"; \
	  $(RUN) $$step || failed="$$failed [$$step]"; \
	done; \
	if [ -n "$$failed" ]; then echo "not sound:$$failed"; exit 1; fi; echo "all sound"

bench: setup
	@$(RUN) python -m benchmarks $(ARGS)

setup:
	@sh tools/setup.sh
