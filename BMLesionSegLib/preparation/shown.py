"""What a network is shown of a view: its image and, if it takes two, the other one behind it."""

from collections.abc import Sequence
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from BMLesionSegLib.preparation.prepare import PreparedView

Real = TypeVar("Real", bound=np.floating[Any])


def shown(prepared: Sequence[PreparedView], views: int) -> list[NDArray[np.float32]]:
    """Each view of a scan as the network is shown it.

    Args:
        prepared: the one or two views of a scan, which have one size and one grid.
        views: that the network is shown at once, 1 or 2.

    Returns:
        ``[view, row, column]`` each, the view that is asked about first.
    """
    images = [ready.image for ready in prepared]
    if views == 1:
        return [image[None] for image in images]
    others = images[::-1] if len(images) == 2 else [None]
    return [beside(own, other) for own, other in zip(images, others, strict=True)]


def beside(own: NDArray[Real], other: NDArray[Real] | None) -> NDArray[Real]:
    """A view with the other one, mirrored, so that both show the same place of the body.

    Args:
        own: ``[row, column]``.
        other: of the same shape, as it was acquired; None gives zeros.

    Returns:
        ``[view, row, column]``, its own first.
    """
    return np.stack([own, np.zeros_like(own) if other is None else other[:, ::-1]])
