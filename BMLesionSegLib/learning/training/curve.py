"""The course of a training: loss and DSC by step, and whether it had come to an end."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor, nn
from torch.func import functional_call

from BMLesionSegLib.inference.devices import Device
from BMLesionSegLib.learning.training.tiles import PreparedViews

POINTS = 50
"""Of a curve, at most."""
WATCHED_TILES = 64
RISE = 0.01
"""Of DSC, from the last fifth but one of a curve to its last: then it had not come to an end."""


@dataclass(frozen=True)
class Point:
    """One place of the curve.

    Attributes:
        step: steps done.
        loss: mean since the point before.
        dsc: of the shipping weights, pooled over the watched tiles at probability 0.5; None where
            no tiles were watched.
    """

    step: int
    loss: float
    dsc: float | None


class Watch:
    """Validation tiles on which a training is watched; nothing is chosen by them."""

    def __init__(self, views: PreparedViews) -> None:
        """Keep lesion-bearing tiles of the grid, evenly taken, at most ``WATCHED_TILES``."""
        tiles = views.grid(lesion_only=True)
        kept = np.unique(np.linspace(0, len(tiles) - 1, WATCHED_TILES).astype(int))
        self.images, maps = views.cut([tiles[place] for place in kept])
        self.truth = maps[:, :1] > 0

    def dsc(self, network: nn.Module, weights: dict[str, Tensor], device: Device) -> float:
        """Pooled DSC of the network with these weights; leaves it as it was."""
        was_training = network.training
        network.eval()
        called = torch.cat(
            [
                self._called(network, weights, images, device)
                for images in torch.split(self.images, 8)
            ]
        )
        network.train(was_training)
        overlap = (called & self.truth).sum().item()
        total = called.sum().item() + self.truth.sum().item()
        return 2 * overlap / total if total else 1.0

    def _called(
        self, network: nn.Module, weights: dict[str, Tensor], images: Tensor, device: Device
    ) -> Tensor:
        """Pixels called lesion, bool ``[tile, 1, row, column]``, on the CPU."""
        precise = device.precision == "float32"
        with (
            torch.inference_mode(),
            torch.autocast(device.kind, torch.bfloat16, enabled=not precise),
        ):
            batch = images.to(device.kind, memory_format=torch.channels_last)
            logits: Tensor = functional_call(network, weights, (batch,))
        return (logits >= 0).cpu()


def still_rising(curve: Sequence[Point]) -> bool:
    """Whether the DSC still rose at the end: such a network had not learnt all it can.

    A curve of fewer than five points tells nothing and counts as rising.
    """
    dsc = [point.dsc for point in curve if point.dsc is not None]
    fifth = len(dsc) // 5
    if not fifth:
        return True
    return bool(np.mean(dsc[-fifth:]) - np.mean(dsc[-2 * fifth : -fifth]) > RISE)
