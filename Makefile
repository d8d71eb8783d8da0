# The README's two commands, and what developers run. Each does its own set-up.
PYTHON ?= python3
BIN := .venv/bin
READY := .venv/ready
# Without an NVIDIA card the CPU build is enough, where pip knows where to find it.
TORCH := torch==2.13.0
CPU_TORCH := torch==2.13.0+cpu

.PHONY: demo test slow fuzz lint lock clean

demo: $(READY)
	$(BIN)/bmlesionseg demo --output output/demo

# The widget ring has a process of its own: one process is one application.
test: $(READY) lint
	OMP_NUM_THREADS=1 $(BIN)/python -m pytest -m "not slow" --ignore=Testing/widget
	OMP_NUM_THREADS=1 $(BIN)/python -m pytest -m "not slow" Testing/widget

slow: $(READY)
	$(BIN)/python -m pytest -m slow

# Damaged files through every door: seeded first, then guided by coverage (Linux).
INPUTS := 200000
SECONDS := 60
DOORS := training checkpoint manifest bundle corrected raster dicom seg

fuzz: $(READY)
	$(BIN)/pip install --quiet --no-build-isolation --editable ".[fuzz]"
	OMP_NUM_THREADS=1 $(BIN)/python -m Testing.fuzz.run --inputs $(INPUTS) --record output/fuzz
	for door in $(DOORS); do OMP_NUM_THREADS=1 $(BIN)/python -m Testing.fuzz.coverage_guided \
		$$door -max_total_time=$(SECONDS) || exit 1; done

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

$(READY): requirements.lock pyproject.toml
	$(PYTHON) -m venv .venv
	command -v nvidia-smi >/dev/null || $(BIN)/pip install --quiet "$(CPU_TORCH)" || true
	$(BIN)/pip install --quiet "$(TORCH)"
	$(BIN)/pip install --quiet --requirement requirements.lock
	$(BIN)/pip install --quiet --no-deps --no-build-isolation --editable .
	touch $(READY)

lock: $(READY)
	$(BIN)/pip freeze --exclude torch --exclude-editable --exclude bmlesionseg > requirements.lock

clean:
	rm -rf .venv output build dist
