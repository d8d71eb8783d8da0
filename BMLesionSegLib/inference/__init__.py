"""A bone scan in, its lesions out."""

from BMLesionSegLib.inference.segmentation import RunRecord, Segmentation, ViewResult
from BMLesionSegLib.inference.segmenter import Segmenter, Step

__all__ = ["RunRecord", "Segmentation", "Segmenter", "Step", "ViewResult"]
