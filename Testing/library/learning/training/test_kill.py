"""SIGKILL at any moment costs the steps since the last checkpoint, and nothing else."""

import subprocess
import sys
from pathlib import Path

import torch

PROGRAM = Path(__file__).with_name("train_until_killed.py")
ROOT = Path(__file__).parents[4]


def start(checkpoint):
    return subprocess.Popen(
        [sys.executable, str(PROGRAM), str(checkpoint)],
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env={"PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1"},
    )


def run_until(checkpoint, step):
    """Kill the training as soon as it tells that step; None lets it end. Where it began."""
    with start(checkpoint) as process:
        first = process.stdout.readline()
        for line in process.stdout:
            if step is not None and int(line) == step:
                process.kill()
                break
    assert process.returncode == (0 if step is None else -9)
    return int(first.removeprefix("resumed "))


def test_killed_twice_equals_run_through(tmp_path):
    whole, killed = tmp_path / "whole.pt", tmp_path / "killed" / "checkpoint.pt"
    assert run_until(whole, None) == 0
    assert run_until(killed, 4) == 0
    (killed.parent / ".0123abcd-checkpoint.pt").write_bytes(b"half a file")
    assert 3 <= run_until(killed, 9) <= 4
    assert run_until(killed, None) >= 8
    assert [path.name for path in killed.parent.iterdir()] == ["checkpoint.pt"]
    through, resumed = (torch.load(path, weights_only=True) for path in (whole, killed))
    assert through["step"] == resumed["step"] == 12
    for part in ("network", "mean"):
        for name, value in through[part].items():
            assert torch.equal(resumed[part][name], value), name
    assert resumed["curve"] == through["curve"]
