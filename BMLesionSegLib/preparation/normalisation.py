"""Counts to network input: scaled by the patient's own bone, hot urine and injection site capped.

The paper scales by the data set's minimum and maximum (its step 1) and removes the bladder region
(step 2) without saying how. Both become one declared rule here. Counts are divided by the 99th
percentile of the body's pixels, so that acquisition time and injected activity drop out, and
capped at three times that level, so that no bladder, urine spill or injection site drowns the
bone. No pixel is removed: a lesion beside the bladder stays visible, and the reader is told
which pixels were capped.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from BMLesionSegLib.preparation.body import body_mask
from BMLesionSegLib.scan import Counts


@dataclass(frozen=True)
class Normalisation:
    """How counts are scaled.

    Attributes:
        percentile: of the body's pixels, which becomes 1.
        cap: highest value left, in units of that percentile; None leaves hot urine as it is.
    """

    percentile: float = 99.0
    cap: float | None = 3.0

    def apply(
        self, counts: Counts, spacing: tuple[float, float]
    ) -> tuple[NDArray[np.float32], NDArray[np.bool_]]:
        """Scale and cap.

        Args:
            counts: ``[row, column]``, with at least one count.
            spacing: mm between rows, between columns.

        Returns:
            The scaled image and the pixels that were capped, both ``[row, column]``.
        """
        bright = float(np.percentile(counts[body_mask(counts, spacing)], self.percentile))
        if bright <= 0:
            bright = float(counts.max())
        scaled = counts.astype(np.float32) / np.float32(bright)
        if self.cap is None:
            return scaled, np.zeros(counts.shape, bool)
        return np.minimum(scaled, np.float32(self.cap)), scaled > self.cap
