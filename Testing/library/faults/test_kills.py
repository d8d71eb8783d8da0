"""SIGKILL while results are written: what is visible is whole, and the next run is too."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from BMLesionSegLib.exporting.results import restore_interrupted
from Testing.library.faults.disk import dying, watched
from Testing.library.faults.killing import in_child
from Testing.library.faults.writers import visible, writers

ROOT = Path(__file__).parents[3]
MANY = [
    *((name, "every", "1") for name in ("segment", "export", "report", "simulate", "train")),
    *((name, "random", "20") for name in ("segment", "export", "simulate", "train")),
]


def killed(name: str, how: str, count: str) -> dict[str, int]:
    """What came of killing a writer, from a process that has no threads to fork with."""
    process = subprocess.run(
        [sys.executable, "-m", "Testing.library.faults.killing", name, how, count],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
        env={"PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1"},
    )
    return json.loads(process.stdout)


def test_killed_at_some_changes():
    tally = killed("import", "every", "3")
    assert tally["killed"] >= 3
    assert not any(key.startswith("LOST") for key in tally), tally


@pytest.mark.slow
@pytest.mark.parametrize(("name", "how", "count"), MANY)
def test_killed_often(name, how, count):
    tally = killed(name, how, count)
    assert tally["killed"] >= 3
    assert not any(key.startswith("LOST") for key in tally), tally


def test_a_result_set_aside_comes_back_at_the_next_run(tmp_path):
    """The one moment of a run when an older result is moved aside and the new one is not there."""
    segment = writers(tmp_path / "inputs")["segment"]
    out = tmp_path / "out"
    segment.write(out)
    with watched(out, lambda _: None) as changes:
        segment.write(out)
    before = visible(out)
    last = max(number for number, what in enumerate(changes) if what in ("replace", "rename"))
    with watched(out, dying(last)):
        assert in_child(lambda: segment.write(out)) == -9
    assert visible(out) == {}
    restore_interrupted(out / "scan")
    assert visible(out) == before
