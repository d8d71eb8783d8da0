"""The threshold of a model, chosen on simulated validation patients."""

from collections.abc import Iterable

from BMLesionSegLib.inference import Segmenter
from BMLesionSegLib.learning.cases import Case
from BMLesionSegLib.learning.metrics import ViewScore, pool, score_view
from BMLesionSegLib.lesions import label_components

CANDIDATES = (*(round(0.05 * i, 2) for i in range(2, 20)), 0.97, 0.98, 0.99)


def choose_threshold(
    segmenter: Segmenter, cases: Iterable[Case]
) -> tuple[float, dict[float, float]]:
    """The threshold with the highest pooled DSC on these cases.

    Args:
        segmenter: the model.
        cases: patients that it was not trained on.

    Returns:
        The threshold, and the pooled DSC of every candidate.
    """
    scores: dict[float, list[ViewScore]] = {candidate: [] for candidate in CANDIDATES}
    area = segmenter.bundle.manifest.minimum_area_mm2
    for case in cases:
        for result in segmenter.segment(case.scan).views:
            truth = case.metastases[result.view.name]
            for candidate in CANDIDATES:
                labels = label_components(
                    result.probability, candidate, result.view.pixel_area, area
                )
                scores[candidate].append(score_view(truth, labels > 0))
    curve = {candidate: pool(views)["pooled_dsc"] or 0.0 for candidate, views in scores.items()}
    return max(curve, key=lambda candidate: curve[candidate]), curve
