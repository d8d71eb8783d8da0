"""What training minimises."""

from torch import Tensor
from torch.nn.functional import binary_cross_entropy_with_logits


def cross_entropy_and_dice(logits: Tensor, truth: Tensor) -> Tensor:
    """Half the binary cross-entropy plus soft Dice a tile, the paper recipe's loss.

    Args:
        logits: ``[batch, 1, row, column]``.
        truth: 0 or 1, same shape.
    """
    return 0.5 * binary_cross_entropy_with_logits(logits, truth) + soft_dice(logits, truth).mean()


def soft_dice(logits: Tensor, truth: Tensor, epsilon: float = 1e-5) -> Tensor:
    """1 - soft Dice of each tile, ``[batch]``."""
    probability = logits.sigmoid().flatten(1)
    flat = truth.flatten(1)
    overlap = (probability * flat).sum(1)
    return 1 - (2 * overlap + epsilon) / (probability.sum(1) + flat.sum(1) + epsilon)


def cross_entropy_and_tversky(
    logits: Tensor, truth: Tensor, false_positive: float = 0.6, epsilon: float = 1.0
) -> Tensor:
    """Binary cross-entropy plus a Tversky index over the whole batch, our recipe's loss.

    Pooled over the batch, so that a tile without lesions costs what it calls and no more. False
    positives weigh ``false_positive``, false negatives the rest (Salehi et al. 2017).

    Args:
        logits: ``[batch, 1, row, column]``.
        truth: 0 or 1, same shape.
        false_positive: weight between 0 and 1.
        epsilon: pixels, keeps an empty batch finite.
    """
    probability = logits.sigmoid()
    hit = (probability * truth).sum()
    over = (probability * (1 - truth)).sum()
    missed = ((1 - probability) * truth).sum()
    weighted = false_positive * over + (1 - false_positive) * missed
    tversky = (hit + epsilon) / (hit + weighted + epsilon)
    return binary_cross_entropy_with_logits(logits, truth) + 1 - tversky
