"""The self-test of a model: one synthetic input and the probabilities it must give."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from BMLesionSegLib.bundles.safetensors import parse_tensors
from BMLesionSegLib.errors import BundleRefused

if TYPE_CHECKING:
    from torch import nn


@dataclass(frozen=True, eq=False)
class GoldenCase:
    """What the network is shown and what it must answer.

    Attributes:
        image: prepared, float32 ``[row, column]``, or ``[view, row, column]`` where the network is
            shown two views.
        probabilities: float32 ``[row, column]``, rounded to half precision.
    """

    image: NDArray[np.float32]
    probabilities: NDArray[np.float32]

    def largest_difference(self, network: "nn.Module") -> float:
        """How far the network's probabilities are from the expected, at the worst pixel."""
        came = probabilities_of(network, self.image)
        if came.shape != self.probabilities.shape:
            return float("inf")
        return float(np.abs(came - self.probabilities).max())


def parse_golden(data: bytes) -> GoldenCase:
    """The case out of the bytes of ``golden/case.safetensors``.

    Raises:
        BundleRefused: not an image and its probabilities.
    """
    tensors = parse_tensors(data)
    ranks = {name: tensor.ndim for name, tensor in tensors.items()}
    if ranks not in ({"image": rank, "probabilities": 2} for rank in (2, 3)):
        came = f"{sorted(tensors)!r:.80} came"
        expected = "the self-test is one image and its probabilities [row, column]"
        raise BundleRefused(expected, came, "Install the model again.")
    return GoldenCase(
        image=tensors["image"].astype(np.float32),
        probabilities=tensors["probabilities"].astype(np.float32),
    )


def probabilities_of(network: "nn.Module", image: NDArray[np.float32]) -> NDArray[np.float32]:
    """Lesion probabilities ``[row, column]`` of one image, on the network's own device.

    Args:
        network: in eval mode.
        image: as in ``GoldenCase``.

    Raises:
        GeometryRefused: the network does not take images of this size.
    """
    import torch

    device = next(network.parameters()).device
    with torch.inference_mode():
        shown = torch.from_numpy(image).reshape(1, -1, *image.shape[-2:])
        logits = network(shown.to(device))
    values: NDArray[np.float32] = torch.sigmoid(logits[0, 0].float()).cpu().numpy()
    return values
