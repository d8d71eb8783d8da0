# The README's two commands, and what developers run. Each does its own set-up.
PYTHON ?= python3
BIN := .venv/bin
READY := .venv/ready
# Without an NVIDIA card the CPU build is enough, where pip knows where to find it.
TORCH := torch==2.13.0
CPU_TORCH := torch==2.13.0+cpu
UV := uv==0.13.9

.PHONY: demo test slow fuzz lint lock documents coverage clean

demo: $(READY)
	$(BIN)/bmlesionseg demo --output output/demo

# The widget ring has a process of its own: one process is one application.
test: $(READY) lint
	OMP_NUM_THREADS=1 $(BIN)/python -m pytest -m "not slow" --ignore=Testing/widget
	OMP_NUM_THREADS=1 $(BIN)/python -m pytest -m "not slow" Testing/widget

slow: $(READY)
	$(BIN)/python -m pytest -m slow --ignore=Testing/widget

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

# Everything but torch as the lock names it, each file by its hash. torch comes last and alone: its
# CPU and CUDA builds lie in different places with different hashes, so no one lock can hold them.
$(READY): requirements.lock pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --require-hashes --no-deps --requirement requirements.lock
	command -v nvidia-smi >/dev/null || $(BIN)/pip install --quiet "$(CPU_TORCH)" || true
	$(BIN)/pip install --quiet "$(TORCH)"
	$(BIN)/pip install --quiet --no-deps --no-build-isolation --editable .
	$(BIN)/pip check
	touch $(READY)

# The versions of .venv (made on a machine without an NVIDIA card), the hashes of the package index.
lock: $(READY)
	$(BIN)/pip install --quiet "$(UV)"
	$(BIN)/pip freeze --all --exclude pip --exclude uv --exclude torch --exclude-editable \
		> .venv/versions.txt
	$(BIN)/uv pip compile --quiet --no-deps --generate-hashes --no-header --no-annotate \
		--no-config .venv/versions.txt --output-file requirements.lock
	$(MAKE) documents

# What is copied from the lock and from the shipped model.
documents: $(READY)
	$(BIN)/python -m Testing.trust.soup
	$(BIN)/python -m Testing.trust.card

# Lines and branches of the library, outside of the loops of training (pyproject.toml says which).
coverage: $(READY)
	OMP_NUM_THREADS=1 $(BIN)/coverage run -m pytest -m "not slow" Testing/library Testing/trust
	$(BIN)/coverage combine
	$(BIN)/coverage report

clean:
	rm -rf .venv output build dist .coverage*
