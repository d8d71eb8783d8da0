"""How well lesions were found: pixels pooled as in the paper, and lesions as a reader counts.

Equations 24 to 26 of the paper: DSC = 2 TP / (2 TP + FP + FN), recall = TP / (TP + FN), precision
= TP / (TP + FP), over the pixels of all images together (its tables are within 0.001 of
2PR / (P + R), so the counts were pooled). A lesion is hit when components that are themselves at
least 25 % truth cover at least 25 % of it; a false spot is a component with under 10 % truth.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

HIT_COVER = 0.25
HIT_COMPONENT_TRUTH = 0.25
FALSE_SPOT_TRUTH = 0.10


@dataclass(frozen=True)
class ViewScore:
    """What one view adds to the sums.

    Attributes:
        true_positive, false_positive, false_negative: pixels.
        lesions: in the truth.
        hit: of these, found.
        false_spots: components that are none.
        hd95_mm: distance of the two outlines (95th percentile); None where one of them is missing
            or it was not measured.
    """

    true_positive: int
    false_positive: int
    false_negative: int
    lesions: int
    hit: int
    false_spots: int
    hd95_mm: float | None = None

    @property
    def dsc(self) -> float:
        """DSC of this view; 1 where truth and prediction are both empty."""
        return dice(self.true_positive, self.false_positive, self.false_negative)


def dice(true_positive: int, false_positive: int, false_negative: int) -> float:
    """Equation 24; 1 where truth and prediction are both empty."""
    total = 2 * true_positive + false_positive + false_negative
    return 2 * true_positive / total if total else 1.0


@dataclass(frozen=True, eq=False)
class SpotMatch:
    """Which lesions of a view were found, and which components are none.

    Attributes:
        lesions: their values in the truth, ascending.
        hit: of each lesion, whether it was found.
        components: label map ``[row, column]`` of what was predicted, 8-connected.
        false_spots: values of the components that are no lesion.
    """

    lesions: NDArray[np.intp]
    hit: NDArray[np.bool_]
    components: NDArray[np.int32]
    false_spots: NDArray[np.intp]


def match_spots(truth: NDArray[np.integer], predicted: NDArray[np.bool_]) -> SpotMatch:
    """Compare one view spot by spot.

    Args:
        truth: label map ``[row, column]``, 0 none, one value a lesion.
        predicted: ``[row, column]``.
    """
    from scipy.ndimage import label

    true = truth > 0
    components, count = label(predicted, structure=np.ones((3, 3), int))
    size = np.bincount(components.ravel(), minlength=count + 1)[1:]
    true_share = np.bincount(components[true].ravel(), minlength=count + 1)[1:] / np.maximum(
        size, 1
    )
    trusted = np.concatenate([[False], true_share >= HIT_COMPONENT_TRUTH])[components]
    lesion_size = np.bincount(truth[true])
    covered = np.bincount(truth[true], trusted[true], minlength=len(lesion_size))
    lesions = np.flatnonzero(lesion_size)
    hit = covered[lesions] >= HIT_COVER * lesion_size[lesions]
    return SpotMatch(lesions, hit, components, 1 + np.flatnonzero(true_share < FALSE_SPOT_TRUTH))


def score_view(truth: NDArray[np.integer], predicted: NDArray[np.bool_]) -> ViewScore:
    """Compare one view in pixels and in spots.

    Args:
        truth: label map ``[row, column]``, 0 none, one value a lesion.
        predicted: ``[row, column]``.
    """
    true, match = truth > 0, match_spots(truth, predicted)
    return ViewScore(
        true_positive=int((true & predicted).sum()),
        false_positive=int((~true & predicted).sum()),
        false_negative=int((true & ~predicted).sum()),
        lesions=len(match.lesions),
        hit=int(match.hit.sum()),
        false_spots=len(match.false_spots),
    )


def pool(scores: Iterable[ViewScore]) -> dict[str, float | None]:
    """The figures over many views; None where nothing could be asked of them.

    Keys: ``pooled_dsc, recall, precision, mean_image_dsc, lesion_sensitivity,
    false_spots_per_view, mean_hd95_mm, views, lesions``. The mean distance is over the views in
    which it could be measured.
    """
    views = list(scores)
    tp = sum(view.true_positive for view in views)
    fp = sum(view.false_positive for view in views)
    fn = sum(view.false_negative for view in views)
    lesions = sum(view.lesions for view in views)
    distances = [view.hd95_mm for view in views if view.hd95_mm is not None]
    return {
        "pooled_dsc": dice(tp, fp, fn) if views else None,
        "recall": share(tp, tp + fn),
        "precision": share(tp, tp + fp),
        "mean_image_dsc": share(sum(view.dsc for view in views), len(views)),
        "lesion_sensitivity": share(sum(view.hit for view in views), lesions),
        "false_spots_per_view": share(sum(view.false_spots for view in views), len(views)),
        "mean_hd95_mm": share(sum(distances), len(distances)),
        "views": len(views),
        "lesions": lesions,
    }


def share(part: float, whole: float) -> float | None:
    """Part / whole, None where there is no whole."""
    return part / whole if whole else None
