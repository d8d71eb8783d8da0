"""``torchrun`` on the CPU: two processes, one model."""

import subprocess
import sys
from pathlib import Path

import pytest

from BMLesionSegLib.bundles import load_bundle
from Testing.library.learning.training.train_in_team import PLAN

PROGRAM = Path(__file__).with_name("train_in_team.py")
ROOT = Path(__file__).parents[4]


@pytest.mark.slow
def test_two_processes_write_one_model(tmp_path):
    launch = [sys.executable, "-m", "torch.distributed.run", "--standalone", "--nproc-per-node=2"]
    done = subprocess.run(
        [*launch, str(PROGRAM), str(tmp_path)],
        capture_output=True,
        text=True,
        cwd=ROOT,
        env={"PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1", "PATH": "/usr/bin:/bin"},
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert sorted(done.stdout.splitlines()) == ["model", "no model"]
    assert load_bundle(tmp_path / PLAN.network.name).manifest.training["steps"] == PLAN.steps
