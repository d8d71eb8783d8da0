"""The training loop: steps, schedule, running mean of the weights, curve, checkpoints."""

import math
import time
from collections.abc import Callable
from dataclasses import astuple, dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn

from BMLesionSegLib.errors import TrainingRefused
from BMLesionSegLib.inference.devices import Device, move
from BMLesionSegLib.learning.training.checkpoint import (
    Identity,
    read_checkpoint,
    write_checkpoint,
)
from BMLesionSegLib.learning.training.curve import POINTS, Point, Watch
from BMLesionSegLib.learning.training.processes import ALONE, Team
from BMLesionSegLib.learning.training.recipe import Recipe, loss_of
from BMLesionSegLib.learning.training.tiles import PreparedViews, sampler_of
from BMLesionSegLib.learning.training.variation import vary
from BMLesionSegLib.networks.deep_supervision import every_head

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

    Chance comes from the seed and the step's number alone, so a training that was stopped and
    resumed draws the same tiles as one that ran through.

    Attributes:
        step: steps done.
        curve: loss and DSC so far.
    """

    def __init__(
        self,
        network: nn.Module,
        recipe: Recipe,
        steps: int,
        seed: int,
        device: Device,
        identity: Identity | None = None,
        team: Team = ALONE,
    ) -> None:
        """Start at step 0.

        Args:
            network: before the first step.
            recipe: how to train.
            steps: planned, at least 1; the schedule ends there.
            seed: of tiles and variation.
            device: where to train.
            identity: by which a checkpoint knows this training.
            team: processes that train together.

        Raises:
            TrainingRefused: fewer than one step, or a batch that the team cannot share.
        """
        if steps < 1:
            raise TrainingRefused("training takes at least one step", f"{steps} came", "Give more.")
        self.recipe, self.steps, self.seed = recipe, steps, seed
        self.device, self.identity, self.team = device, identity or {}, team
        self.network = move(network, device)
        self.optimiser = torch.optim.AdamW(
            self.network.parameters(), recipe.learning_rate, weight_decay=recipe.weight_decay
        )
        kept = self._state().items() if recipe.averaging else ()
        self.mean = {name: value.detach().clone() for name, value in kept}
        self.step = 0
        self.curve: list[Point] = []
        self._losses: list[float] = []
        self._loss = loss_of(recipe)
        self._mine = team.share(recipe.batch)

    def run(
        self,
        views: PreparedViews,
        watch: Watch | None = None,
        minutes: float = math.inf,
        checkpoint: Path | None = None,
        progress: Callable[[Progress], None] | None = None,
    ) -> None:
        """Train until the planned steps or the minutes are used up.

        Args:
            views: prepared cases.
            watch: validation tiles for the curve.
            minutes: of this call; a later call goes on.
            checkpoint: written every two minutes and at the end.
            progress: told after every step.
        """
        began = saved = time.monotonic()
        sampler = sampler_of(self.recipe, views, self.seed)
        every = -(-self.steps // POINTS)
        self.network.train()
        while self.step < self.steps:
            if self.team.agree(time.monotonic() - began >= 60 * minutes):
                break
            images, maps = views.cut(sampler.places(self.step, self.recipe.batch))
            loss = self._one_step(images, maps, views.cap)
            self._losses.append(loss)
            if self.step % every == 0 or self.step == self.steps:
                self._mark(watch)
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
        """Write a checkpoint, whole or not at all; of a team, one process does.

        Raises:
            OutputRefused: the file cannot be written there.
        """
        if self.team.leads:
            state = {
                "step": self.step,
                "network": self._state(),
                "mean": self.mean,
                "optimiser": self.optimiser.state_dict(),
                "curve": [astuple(point) for point in self.curve],
                "losses": self._losses,
            }
            write_checkpoint(path, self.identity, state)

    def resume(self, path: Path) -> None:
        """Go on from a checkpoint of the same training.

        Raises:
            TrainingRefused: the file is no checkpoint, or of another training.
        """
        saved = read_checkpoint(path, self.identity)
        try:
            self.network.load_state_dict(saved["network"])
            self.optimiser.load_state_dict(saved["optimiser"])
            self.mean = {name: value.to(self.device.kind) for name, value in saved["mean"].items()}
            self.curve = [Point(*point) for point in saved["curve"]]
            self._losses, self.step = list(saved["losses"]), int(saved["step"])
        except (AttributeError, KeyError, RuntimeError, TypeError, ValueError) as error:
            raise TrainingRefused(
                "the checkpoint belongs to this network",
                "its weights do not fit",
                "Use the same network, or another output folder.",
            ) from error

    def _one_step(self, images: Tensor, maps: Tensor, cap: float | None) -> float:
        """Vary, learn; the whole batch's loss."""
        rng = np.random.default_rng([self.seed, self.step, 1])
        torch.manual_seed(int(rng.integers(2**62)) + self.team.rank)
        if self.recipe.variation is not None:
            images, maps = vary(images, maps, self.recipe.variation, cap, rng)
        maps = maps.to(self.device.kind)
        truth, weight = maps[:, :1], 1 + (self.recipe.other_uptake - 1) * maps[:, 1:]
        for group in self.optimiser.param_groups:
            group["lr"] = self.recipe.learning_rate * self._schedule()
        losses = [
            self._loss(self.team.whole(logits), truth, weight)
            for logits in self._logits(images[self._mine])
        ]
        loss = torch.stack(losses).mean()
        self.optimiser.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        self.team.sum_gradients(self.network.parameters())
        torch.nn.utils.clip_grad_norm_(self.network.parameters(), 1.0)
        self.optimiser.step()
        self.step += 1
        self._average()
        return float(loss.detach())

    def _logits(self, images: Tensor) -> tuple[Tensor, ...]:
        """Logits ``[tile, 1, row, column]`` of every head, float32, in the device's precision."""
        batch = images.to(self.device.kind, memory_format=torch.channels_last)
        precise = self.device.precision == "float32"
        with torch.autocast(self.device.kind, torch.bfloat16, enabled=not precise):
            heads = every_head(self.network(batch))
        return tuple(logits.float() for logits in heads)

    def _mark(self, watch: Watch | None) -> None:
        """Add a point to the curve."""
        if self.team.leads:
            watched = (
                None if watch is None else watch.dsc(self.network, self.weights(), self.device)
            )
            self.curve.append(Point(self.step, float(np.mean(self._losses)), watched))
        self._losses.clear()

    def _schedule(self) -> float:
        """Factor on the learning rate at this step."""
        if self.recipe.schedule == "constant":
            return 1.0
        share = (self.step + 1) / self.steps
        warm = min(1.0, share / WARM_UP)
        return warm * 0.5 * (1 + math.cos(math.pi * min(share, 1.0)))

    def _average(self) -> None:
        """Move the running mean; early steps count more, so that it soon leaves the start."""
        if not self.recipe.averaging:
            return
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
