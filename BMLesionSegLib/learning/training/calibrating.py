"""Probabilities that mean what they say: Platt's scaling, in the network's last convolution.

A network that learns overlap answers nearly always 0 or 1. A slope and an intercept on its logits,
fitted on validation patients (Platt 1999), spread its answers again. Their order, and so what can
be found at how many false spots, stays.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from torch import Tensor, nn

from BMLesionSegLib.inference import Segmenter
from BMLesionSegLib.learning.data.case import Case

LEAST = 1 / 400
"""Pixels that the network gives less are left out: the empty room would decide the slope."""
NEAREST = 1e-7
"""To 0 and 1, for a logit that is finite."""


@dataclass(frozen=True)
class Scaling:
    """New logit = slope * logit + intercept; the slope is above 0."""

    slope: float = 1.0
    intercept: float = 0.0

    def undone(self) -> "Scaling":
        """What brings scaled logits back."""
        return Scaling(1 / self.slope, -self.intercept / self.slope)


def platt_scaling(probability: NDArray[np.floating], lesion: NDArray[np.bool_]) -> Scaling:
    """The scaling under which the truth is most likely; none where there is nothing to fit.

    Args:
        probability: of the pixels from ``LEAST`` on, ``[pixel]``.
        lesion: whether each is, ``[pixel]``.
    """
    from scipy.optimize import minimize

    if not lesion.any() or lesion.all():
        return Scaling()
    bounded = np.clip(probability.astype(np.float64), NEAREST, 1 - NEAREST)
    logit = np.log(bounded / (1 - bounded))

    def unlikeliness(line: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        """Mean negative log-likelihood, and its gradient."""
        scaled = line[0] * logit + line[1]
        excess = 1 / (1 + np.exp(-scaled)) - lesion
        value = np.logaddexp(0, scaled) - lesion * scaled
        return float(value.mean()), np.array([(excess * logit).mean(), excess.mean()])

    slope, intercept = minimize(unlikeliness, (1.0, 0.0), jac=True, method="BFGS").x
    return Scaling(float(slope), float(intercept)) if slope > 0 else Scaling()


def scaling_on(segmenter: Segmenter, cases: Iterable[Case]) -> Scaling:
    """The scaling that a model needs on these cases."""
    probabilities, lesions = [np.empty(0, np.float32)], [np.empty(0, bool)]
    for case in cases:
        for result in segmenter.segment(case.scan).views:
            asked = result.probability >= LEAST
            probabilities.append(result.probability[asked])
            lesions.append((case.metastases[result.view.name] > 0)[asked])
    return platt_scaling(np.concatenate(probabilities), np.concatenate(lesions))


def rescaled(
    network: nn.Module, weights: Mapping[str, Tensor], scaling: Scaling
) -> dict[str, Tensor]:
    """A network's weights, changed so that its logits come out scaled."""
    name = output_convolution(network)
    changed = {
        f"{name}.weight": weights[f"{name}.weight"] * scaling.slope,
        f"{name}.bias": weights[f"{name}.bias"] * scaling.slope + scaling.intercept,
    }
    return {**weights, **changed}


def output_convolution(network: nn.Module) -> str:
    """Name of the convolution that gives the logits: the last of the head, of several the finest's.

    Every network of the registry calls it ``head``, or ``heads`` under deep supervision.
    """
    convolutions: list[str] = [
        name
        for name, module in network.named_modules()
        if name.split(".")[0] in {"head", "heads"} and isinstance(module, nn.Conv2d)
    ]
    return convolutions[-1]
