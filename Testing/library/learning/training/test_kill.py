"""SIGKILL at any moment costs the steps since the last checkpoint, and nothing else."""

import subprocess
import sys
from pathlib import Path

import torch

from Testing.library.learning.training.train_until_killed import STEPS, train

PROGRAM = Path(__file__).with_name("train_until_killed.py")
ROOT = Path(__file__).parents[4]


def killed_at(checkpoint, step):
    """Kill the training as soon as it tells that step. The step where it began."""
    with subprocess.Popen(
        [sys.executable, str(PROGRAM), str(checkpoint)],
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env={"PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1"},
    ) as process:
        first = process.stdout.readline()
        for line in process.stdout:
            if int(line) == step:
                process.kill()
                break
    assert process.returncode == -9
    return int(first)


def test_killed_twice_equals_run_through(tmp_path, capsys):
    through = train(tmp_path / "whole.pt")
    checkpoint = tmp_path / "killed" / "checkpoint.pt"
    assert killed_at(checkpoint, 4) == 0
    (checkpoint.parent / ".0123abcd-checkpoint.pt").write_bytes(b"half a file")
    assert 3 <= killed_at(checkpoint, 9) <= 4
    capsys.readouterr()
    resumed = train(checkpoint)
    assert capsys.readouterr().out.split()[0] in ("8", "9")
    assert [path.name for path in checkpoint.parent.iterdir()] == ["checkpoint.pt"]
    assert resumed.step == through.step == STEPS
    for name, value in through.weights().items():
        assert torch.equal(resumed.weights()[name], value), name
    assert resumed.curve == through.curve
