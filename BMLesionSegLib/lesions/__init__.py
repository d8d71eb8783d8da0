"""Lesions: from a probability map to measured spots, and to findings across both views."""

from BMLesionSegLib.lesions.body import Body, find_body
from BMLesionSegLib.lesions.components import Labels, label_components
from BMLesionSegLib.lesions.findings import Finding, pair_findings
from BMLesionSegLib.lesions.hot_spot import grow_hot_spot
from BMLesionSegLib.lesions.lesion import Lesion, ReviewStatus
from BMLesionSegLib.lesions.measurement import measure_lesions
from BMLesionSegLib.lesions.numbering import NumberedLesion, number_findings
from BMLesionSegLib.lesions.site import Level, Side, Site
from BMLesionSegLib.lesions.skeletal_uptake import median_skeletal_uptake
from BMLesionSegLib.lesions.view_lesions import ViewLesions, find_lesions

__all__ = [
    "Body",
    "Finding",
    "Labels",
    "Lesion",
    "Level",
    "NumberedLesion",
    "ReviewStatus",
    "Side",
    "Site",
    "ViewLesions",
    "find_body",
    "find_lesions",
    "grow_hot_spot",
    "label_components",
    "measure_lesions",
    "median_skeletal_uptake",
    "number_findings",
    "pair_findings",
]
