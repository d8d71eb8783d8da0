"""The training loop: steps, schedule, running mean of the weights, checkpoints."""

import math
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

from BMLesionSegLib.errors import TrainingRefused
from BMLesionSegLib.exporting.atomic import atomic_path
from BMLesionSegLib.inference.devices import Device, move
from BMLesionSegLib.learning.losses import cross_entropy_and_dice, cross_entropy_and_tversky
from BMLesionSegLib.learning.recipe import Recipe
from BMLesionSegLib.learning.tiles import TilePool, vary

LOSSES = {"dice": cross_entropy_and_dice, "tversky": cross_entropy_and_tversky}
WARM_UP = 0.05
CHECKPOINT_SECONDS = 120.0


@dataclass(frozen=True)
class Progress:
    """Where a training stands.

    Attributes:
        step: steps done.
        steps: steps planned.
        loss: of the last step.
        minutes: spent in this call.
    """

    step: int
    steps: int
    loss: float
    minutes: float


class Trainer:
    """One training: a network, its optimiser and the running mean of its weights.

    Chance comes from ``seed`` and the step's number alone, so a training that was stopped and
    resumed draws the same tiles as one that ran through.
    """

    def __init__(
        self, network: nn.Module, recipe: Recipe, steps: int, seed: int, device: Device
    ) -> None:
        """Start at step 0.

        Args:
            network: with random weights.
            recipe: how to train.
            steps: planned, at least 1; the schedule ends there.
            seed: of tiles and variation.
            device: where to train.

        Raises:
            TrainingRefused: fewer than one step.
        """
        if steps < 1:
            raise TrainingRefused("training takes at least one step", f"{steps} came", "Give more.")
        self.recipe, self.steps, self.seed, self.device = recipe, steps, seed, device
        self.network = move(network, device)
        self.optimiser = torch.optim.AdamW(
            self.network.parameters(), recipe.learning_rate, weight_decay=recipe.weight_decay
        )
        self.mean = {name: value.detach().clone() for name, value in self._state().items()}
        self.step = 0

    def run(
        self,
        pool: TilePool,
        cap: float | None,
        minutes: float = math.inf,
        checkpoint: Path | None = None,
        progress: Callable[[Progress], None] | None = None,
    ) -> None:
        """Train until the planned steps or the minutes are used up.

        Args:
            pool: prepared cases.
            cap: highest value of a prepared image.
            minutes: of this call; a later call goes on.
            checkpoint: written every two minutes and at the end.
            progress: told after every step.
        """
        began = saved = time.monotonic()
        self.network.train()
        while self.step < self.steps and time.monotonic() - began < 60 * minutes:
            loss = self._one_step(pool, cap)
            now = time.monotonic()
            if progress is not None:
                progress(Progress(self.step, self.steps, loss, (now - began) / 60))
            if checkpoint is not None and now - saved > CHECKPOINT_SECONDS:
                self.save(checkpoint)
                saved = now
        if checkpoint is not None:
            self.save(checkpoint)

    def weights(self) -> dict[str, Tensor]:
        """What ships: the running mean, or the last weights where the recipe keeps none."""
        return self.mean if self.recipe.averaging else self._state()

    def save(self, path: Path) -> None:
        """Write a checkpoint, whole or not at all."""
        with atomic_path(path) as temporary:
            torch.save(
                {
                    "recipe": self.recipe.name,
                    "steps": self.steps,
                    "seed": self.seed,
                    "step": self.step,
                    "network": self._state(),
                    "mean": self.mean,
                    "optimiser": self.optimiser.state_dict(),
                },
                temporary,
            )

    def resume(self, path: Path) -> None:
        """Go on from a checkpoint of the same training.

        Raises:
            TrainingRefused: the file is no checkpoint, or of another training.
        """
        saved = read_checkpoint(path)
        ours = (self.recipe.name, self.steps, self.seed)
        theirs = (saved.get("recipe"), saved.get("steps"), saved.get("seed"))
        if ours != theirs:
            raise TrainingRefused(
                f"the checkpoint belongs to this training (recipe, steps, seed {ours})",
                f"{theirs} came",
                "Use the same settings, or another output folder.",
            )
        try:
            self.network.load_state_dict(saved["network"])
            self.optimiser.load_state_dict(saved["optimiser"])
        except (KeyError, RuntimeError, ValueError) as error:
            raise TrainingRefused(
                "the checkpoint belongs to this network",
                "its weights do not fit",
                "Use the same network, or another output folder.",
            ) from error
        self.mean = {name: value.to(self.device.kind) for name, value in saved["mean"].items()}
        self.step = int(saved["step"])

    def _one_step(self, pool: TilePool, cap: float | None) -> float:
        """Draw, vary, learn."""
        rng = np.random.default_rng([self.seed, self.step])
        torch.manual_seed(int(rng.integers(2**62)))
        images, masks = pool.draw(self.recipe.batch, self.recipe.with_lesion, rng)
        if self.recipe.variation is not None:
            images, masks = vary(images, masks, self.recipe.variation, cap, rng)
        images = images.to(self.device.kind, memory_format=torch.channels_last)
        masks = masks.to(self.device.kind)
        for group in self.optimiser.param_groups:
            group["lr"] = self.recipe.learning_rate * self._schedule()
        precise = self.device.precision == "float32"
        with torch.autocast(self.device.kind, torch.bfloat16, enabled=not precise):
            logits = self.network(images)
        loss = LOSSES[self.recipe.loss](logits.float(), masks)
        self.optimiser.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(self.network.parameters(), 1.0)
        self.optimiser.step()
        self.step += 1
        self._average()
        return float(loss.detach())

    def _schedule(self) -> float:
        """Factor on the learning rate at this step."""
        if self.recipe.schedule == "constant":
            return 1.0
        share = (self.step + 1) / self.steps
        warm = min(1.0, share / WARM_UP)
        return warm * 0.5 * (1 + math.cos(math.pi * min(share, 1.0)))

    def _average(self) -> None:
        """Move the running mean; early steps count more, so that it soon leaves the start."""
        decay = min(self.recipe.averaging, (1 + self.step) / (10 + self.step))
        for name, value in self._state().items():
            mean = self.mean[name]
            if mean.is_floating_point():
                mean.lerp_(value.detach(), 1 - decay)
            else:
                mean.copy_(value)

    def _state(self) -> dict[str, Tensor]:
        """The network's weights and running statistics."""
        state: dict[str, Tensor] = self.network.state_dict()
        return state


def read_checkpoint(path: Path) -> dict[str, Any]:
    """A checkpoint's contents, read without running code.

    Raises:
        TrainingRefused: missing, cut short, or no checkpoint.
    """
    try:
        saved = torch.load(path, map_location="cpu", weights_only=True)
    except Exception as error:  # torch raises many kinds for a damaged file
        raise TrainingRefused(
            "a checkpoint is a file that `bmlesionseg train` wrote",
            f"{path.name} cannot be read",
            "Delete it to start anew.",
        ) from error
    if not isinstance(saved, dict):
        raise TrainingRefused("a checkpoint holds a training", "another thing came", "Delete it.")
    return saved
