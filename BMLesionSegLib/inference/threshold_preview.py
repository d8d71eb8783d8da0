"""The same run at another threshold, from the probabilities that it kept."""

from dataclasses import replace

from BMLesionSegLib.inference.segmentation import Segmentation
from BMLesionSegLib.inference.segmenter import check_threshold
from BMLesionSegLib.lesions import find_lesions, pair_findings


def at_threshold(segmentation: Segmentation, threshold: float) -> Segmentation:
    """What the run would have found at this threshold; the network is not asked again.

    Args:
        segmentation: a run's outcome.
        threshold: probability that a lesion's peak has at least.

    Raises:
        ThresholdRefused: the threshold is no probability.
    """
    check_threshold(threshold)
    area, extent = segmentation.record.minimum_area_mm2, segmentation.record.extent
    views = tuple(
        replace(
            result,
            lesions=find_lesions(
                result.view, result.body, result.probability, threshold, area, extent
            ),
        )
        for result in segmentation.views
    )
    findings = pair_findings(tuple((result.view, result.lesions) for result in views))
    record = replace(segmentation.record, threshold=threshold)
    return replace(segmentation, views=views, findings=findings, record=record)
