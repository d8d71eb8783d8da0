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
        image: prepared, float32 ``[row, column]``.
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
    planes = [tensor for tensor in tensors.values() if tensor.ndim == 2]
    if set(tensors) != {"image", "probabilities"} or len(planes) != 2:
        came = f"{sorted(tensors)!r:.80} came"
        expected = "the self-test is one image and its probabilities, [row, column]"
        raise BundleRefused(expected, came, "Install the model again.")
    return GoldenCase(
        image=tensors["image"].astype(np.float32),
        probabilities=tensors["probabilities"].astype(np.float32),
    )


def probabilities_of(network: "nn.Module", image: NDArray[np.float32]) -> NDArray[np.float32]:
    """Lesion probabilities of one image ``[row, column]``, on the network's own device.

    Raises:
        GeometryRefused: the network does not take images of this size.
    """
    import torch

    device = next(network.parameters()).device
    with torch.inference_mode():
        logits = network(torch.from_numpy(image)[None, None].to(device))
    values: NDArray[np.float32] = torch.sigmoid(logits[0, 0].float()).cpu().numpy()
    return values
