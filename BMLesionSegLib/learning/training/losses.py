"""What training minimises.

Every loss takes logits ``[batch, 1, row, column]``, truth of the same shape (0 or 1), and the
weight of each pixel, same shape, by which a wrong call there counts more.
"""

from collections.abc import Callable

import numpy as np
import torch
from torch import Tensor
from torch.nn.functional import binary_cross_entropy_with_logits as cross_entropy

Loss = Callable[[Tensor, Tensor, Tensor], Tensor]

USUAL_SPOT = 60
"""Pixels: about the median lesion (300 mm2). A smaller lesion or false spot weighs as much."""


def cross_entropy_and_dice(logits: Tensor, truth: Tensor, weight: Tensor) -> Tensor:
    """Half the binary cross-entropy plus soft Dice a tile, the paper recipe's loss."""
    return 0.5 * cross_entropy(logits, truth, weight) + soft_dice(logits, truth).mean()


def soft_dice(logits: Tensor, truth: Tensor, epsilon: float = 1e-5) -> Tensor:
    """1 - soft Dice of each tile, ``[batch]``."""
    probability = logits.sigmoid().flatten(1)
    flat = truth.flatten(1)
    overlap = (probability * flat).sum(1)
    return 1 - (2 * overlap + epsilon) / (probability.sum(1) + flat.sum(1) + epsilon)


def cross_entropy_and_tversky(
    logits: Tensor,
    truth: Tensor,
    weight: Tensor,
    false_positive: float = 0.6,
    epsilon: float = 1.0,
) -> Tensor:
    """Binary cross-entropy plus a Tversky index over the whole batch, our recipe's loss.

    Pooled over the batch, so that a tile without lesions costs what it calls and no more. False
    positives weigh ``false_positive``, false negatives the rest (Salehi et al. 2017).

    Args:
        logits: as for every loss, and the next two.
        truth: 0 or 1.
        weight: of each pixel.
        false_positive: between 0 and 1.
        epsilon: pixels, keeps an empty batch finite.
    """
    probability = logits.sigmoid()
    hit = (probability * truth).sum()
    over = (weight * probability * (1 - truth)).sum()
    missed = ((1 - probability) * truth).sum()
    weighted = false_positive * over + (1 - false_positive) * missed
    tversky = (hit + epsilon) / (hit + weighted + epsilon)
    return cross_entropy(logits, truth, weight) + 1 - tversky


def by_component(logits: Tensor, truth: Tensor, weight: Tensor) -> Tensor:
    """Our recipe's loss, in which small lesions and small false spots weigh as much as usual ones.

    A reader counts spots, not pixels: each lesion, and each component called without any truth in
    it, of fewer than ``USUAL_SPOT`` pixels is weighted up to that size (after the blob loss of
    Kofler et al. 2023).
    """
    called = (logits.detach() >= 0).cpu().numpy()[:, 0]
    true = (truth > 0).cpu().numpy()[:, 0]
    spots = np.stack([spot_weight(*pair) for pair in zip(called, true, strict=True)])
    weighted = weight * torch.from_numpy(spots)[:, None].to(weight)
    return cross_entropy_and_tversky(logits, truth, weighted)


def spot_weight(called: np.ndarray, true: np.ndarray) -> np.ndarray:
    """Weight of each pixel ``[row, column]`` of one tile by the size of its lesion or false spot.

    Args:
        called: bool ``[row, column]``.
        true: bool ``[row, column]``.
    """
    from scipy.ndimage import label

    diagonal_too = np.ones((3, 3), int)
    weights = np.ones(true.shape, np.float32)
    components, count = label(called, diagonal_too)
    touching = np.zeros(count + 1, bool)
    touching[np.unique(components[true])] = True
    false_spots = np.where(touching[components], 0, components)
    for spots in (label(true, diagonal_too)[0], false_spots):
        area = np.bincount(spots.ravel())
        up = np.maximum(1, USUAL_SPOT / np.maximum(area, 1)).astype(np.float32)
        up[0] = 1
        weights *= up[spots]
    return weights
