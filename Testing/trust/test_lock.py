"""The lock: every package by version and hash, from no index in particular; torch stays outside."""

import re
import tomllib
from itertools import chain
from pathlib import Path

ROOT = Path(__file__).parents[2]
LOCK = (ROOT / "requirements.lock").read_text("utf-8")
ENTRY = re.compile(r"^([\w.-]+)==([\w.]+)((?: \\\n {4}--hash=sha256:[0-9a-f]{64})+)\n", re.M)


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def test_it_holds_entries_with_hashes_and_nothing_else():
    assert ENTRY.sub("", LOCK) == ""
    names = [entry[0] for entry in ENTRY.findall(LOCK)]
    assert len(set(map(normal, names))) == len(names) > 50


def test_it_names_no_index():
    for word in ("http", "://", "index", "find-links", "@"):
        assert word not in LOCK


def test_torch_and_its_cuda_parts_are_not_in_it():
    names = {normal(entry[0]) for entry in ENTRY.findall(LOCK)}
    assert not {name for name in names if name in ("torch", "triton") or "nvidia" in name}


def test_everything_that_the_project_asks_for_is_in_it():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    extras = project["optional-dependencies"]
    # The fuzzer exists for Linux alone; `make fuzz` installs it by version.
    extras.pop("fuzz")
    asked = [*project["dependencies"], *chain.from_iterable(extras.values())]
    wanted = {normal(re.match(r"[\w.-]+", line)[0]) for line in asked} - {"bmlesionseg", "torch"}
    assert wanted <= {normal(entry[0]) for entry in ENTRY.findall(LOCK)}


def test_the_set_up_checks_the_hashes():
    makefile = (ROOT / "Makefile").read_text("utf-8")
    assert "install --quiet --require-hashes --no-deps --requirement requirements.lock" in makefile
