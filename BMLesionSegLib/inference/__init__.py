"""A bone scan in, its lesions out."""

from BMLesionSegLib.inference.segmentation import RunRecord, Segmentation, ViewResult
from BMLesionSegLib.inference.segmenter import Segmenter, Step
from BMLesionSegLib.inference.threshold_preview import at_threshold

__all__ = ["RunRecord", "Segmentation", "Segmenter", "Step", "ViewResult", "at_threshold"]
