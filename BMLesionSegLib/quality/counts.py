"""Whether there are enough counts, and as many in front as behind."""

from collections.abc import Iterator

import numpy as np

from BMLesionSegLib.quality.flag import FlagKind, QualityFlag
from BMLesionSegLib.scan import BoneScan, View, ViewName

LOWEST_COUNTS = 0.6e6
"""A view; the fifth percentile of routine whole-body scans (median 1.2 million). The EANM guideline
for bone scintigraphy (2016) aims at 1.5 million."""
TOTALS_RATIO = (0.7, 1.4)
"""Anterior over posterior; 0.93 to 1.03 in routine scans, wider for sequential views."""


def count_flags(scan: BoneScan) -> Iterator[QualityFlag]:
    """Low counts of a view, unlike counts of two."""
    for view in scan:
        total = total_counts(view)
        if holds_counts(view) and total < LOWEST_COUNTS:
            text = (
                f"The {view.name} view holds {total / 1e6:.2f} million counts, less than 0.6; the "
                "EANM guideline aims at 1.5: small and faint lesions drown in noise."
            )
            if view.source is None:
                text += " (The file does not say whether its pixels are counts.)"
            yield QualityFlag(FlagKind.LOW_COUNTS, view.name, text)
    front, back = scan.view(ViewName.ANTERIOR), scan.view(ViewName.POSTERIOR)
    if front is None or back is None:
        return
    ratio = total_counts(front) / total_counts(back)
    if not TOTALS_RATIO[0] <= ratio <= TOTALS_RATIO[1]:
        text = (
            f"The anterior view holds {ratio:.2f} times the counts of the posterior one; 0.7 to "
            "1.4 is usual: a view may be incomplete, scaled, or of another scan."
        )
        yield QualityFlag(FlagKind.COUNTS_DIFFER, None, text)


def total_counts(view: View) -> float:
    """Sum of all pixels."""
    return float(view.counts.sum(dtype=np.float64))


def holds_counts(view: View) -> bool:
    """Whether every pixel is a whole number, as counts are; scaled pictures mostly are not."""
    return bool((view.counts == np.rint(view.counts)).all())
