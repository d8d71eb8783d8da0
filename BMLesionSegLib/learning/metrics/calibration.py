"""Whether a probability means what it says: reliability diagram, expected calibration error."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

BINS = 10
LEAST = 0.05
"""Pixels below it are left out: the empty room would make any model look calibrated."""


@dataclass(frozen=True, eq=False)
class Reliability:
    """Pixels by the probability that the model gave them, in equal bins from 0 to 1.

    Attributes:
        pixels: in each bin.
        probability: sum over a bin's pixels.
        lesion: of them, truly lesion.
    """

    pixels: NDArray[np.int64]
    probability: NDArray[np.float64]
    lesion: NDArray[np.int64]

    @classmethod
    def of(cls, probability: NDArray[np.float32], truth: NDArray[np.bool_]) -> "Reliability":
        """Count one view.

        Args:
            probability: ``[row, column]``.
            truth: ``[row, column]``.
        """
        counted = probability >= LEAST
        values = probability[counted].astype(np.float64)
        places = np.minimum((values * BINS).astype(np.int64), BINS - 1)
        return cls(
            np.bincount(places, minlength=BINS),
            np.bincount(places, values, minlength=BINS).astype(np.float64),
            np.bincount(places[truth[counted]], minlength=BINS),
        )

    @classmethod
    def empty(cls) -> "Reliability":
        """No pixels yet."""
        return cls(np.zeros(BINS, np.int64), np.zeros(BINS), np.zeros(BINS, np.int64))

    def __add__(self, other: "Reliability") -> "Reliability":
        """Both together."""
        return Reliability(
            self.pixels + other.pixels,
            self.probability + other.probability,
            self.lesion + other.lesion,
        )

    def rows(self) -> list[tuple[float, float, int]]:
        """Of each bin that is not empty: mean probability, share of lesion, pixels."""
        return [
            (self.probability[i] / self.pixels[i], self.lesion[i] / self.pixels[i], int(n))
            for i, n in enumerate(self.pixels)
            if n
        ]

    def expected_error(self) -> float | None:
        """Expected calibration error: mean gap between both, weighted by pixels; None for none."""
        total = int(self.pixels.sum())
        if not total:
            return None
        return float(np.abs(self.probability - self.lesion).sum() / total)
