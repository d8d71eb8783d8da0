"""A tiny training that ``test_torchrun`` starts on two processes; it tells who wrote a model."""

import sys
from pathlib import Path

import torch

from BMLesionSegLib.learning.training.network_choice import NetworkChoice
from BMLesionSegLib.learning.training.plan import Plan
from BMLesionSegLib.learning.training.train import train
from Testing.library.tiny_model import TINY

PLAN = Plan(
    network=NetworkChoice("multi_attention", "small", TINY),
    recipe="ours",
    steps=2,
    seed=5,
    cohort="paper",
    patients=1,
    validation_patients=1,
    test_patients=1,
)

if __name__ == "__main__":
    torch.set_num_threads(1)
    trained = train(Path(sys.argv[1]), PLAN, "cpu")
    sys.stdout.write("model\n" if trained else "no model\n")
