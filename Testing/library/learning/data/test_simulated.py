"""Simulated cases in memory, and what making them may import."""

import subprocess
import sys
from pathlib import Path

import numpy as np

from BMLesionSegLib.learning.data.simulated import simulated_case

ROOT = Path(__file__).parents[4]
FENCED = """
import sys

class Fence:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in {
            "pydicom", "SimpleITK", "highdicom", "PIL", "matplotlib", "tqdm", "safetensors",
        }:
            raise ImportError(f"{name} is fenced off")

sys.meta_path.insert(0, Fence())
from BMLesionSegLib.learning.data.simulated import simulated_cases
from BMLesionSegLib.learning.training.tiles import PreparedViews
from BMLesionSegLib.learning.training.trainer import Trainer
from BMLesionSegLib.preparation import Normalisation

views = PreparedViews(simulated_cases(3, [1], "paper"), Normalisation())
print(len(views.images), views.images[0].shape)
"""


def test_truth_and_other_uptake_never_share_a_pixel():
    case = simulated_case(3, "clinic", 2)
    assert not case.normal
    for view in case.scan:
        other = case.other_in(view)
        assert other.any()
        assert not (other & (case.metastases[view.name] > 0)).any()
    assert case.sex in ("male", "female")
    assert 25 <= case.age <= 90


def test_the_same_seed_gives_the_same_case():
    first, second = (simulated_case(3, "paper", 2) for _ in range(2))
    for one, other in zip(first.scan, second.scan, strict=True):
        np.testing.assert_array_equal(one.counts, other.counts)


def test_making_and_preparing_patients_needs_numpy_scipy_and_torch_alone():
    done = subprocess.run(
        [sys.executable, "-c", FENCED], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == ["2", "(1024,", "256)"]
