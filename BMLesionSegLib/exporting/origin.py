"""Who drew a segment, and on which counts: the model alone, then a person, or a person."""

import hashlib
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from BMLesionSegLib.exporting.segment import Segment
from BMLesionSegLib.scan import View

MODEL_TAG = "BMLesionSeg.Model"
"""Name and version of the model that drew a segment."""
OUTLINE_TAG = "BMLesionSeg.Outline"
"""Fingerprint of the pixels as the model drew them."""
COUNTS_TAG = "BMLesionSeg.Counts"
"""Fingerprint of the view that a segment was drawn on: two scans of one camera share every number
of their geometry, never their counts."""


class Origin(StrEnum):
    """Segment Algorithm Type of DICOM PS3.3 C.8.20.2."""

    AUTOMATIC = "AUTOMATIC"
    SEMIAUTOMATIC = "SEMIAUTOMATIC"
    MANUAL = "MANUAL"


def origin_tags(model: str, mask: NDArray[np.bool_]) -> dict[str, str]:
    """Tags of a segment that the model has just drawn.

    Args:
        model: name and version.
        mask: bool ``[row, column]``, the segment in its view.
    """
    return {MODEL_TAG: model, OUTLINE_TAG: outline(mask)}


def origin_of(segment: Segment, mask: NDArray[np.bool_]) -> Origin:
    """Who drew it; a segment of ours is automatic only while its pixels are the model's.

    Args:
        segment: with the tags of its file.
        mask: bool ``[row, column]``, the segment in its view.
    """
    if MODEL_TAG not in segment.tags:
        return Origin.MANUAL
    untouched = segment.tags.get(OUTLINE_TAG) == outline(mask)
    return Origin.AUTOMATIC if untouched else Origin.SEMIAUTOMATIC


def counts_fingerprint(view: View) -> str:
    """Of a view's counts, 16 hexadecimal digits of their SHA-256."""
    return hashlib.sha256(view.counts.astype("<f4").tobytes()).hexdigest()[:16]


def outline(mask: NDArray[np.bool_]) -> str:
    """Fingerprint of a mask, 16 hexadecimal digits of the SHA-256 of its pixels' places."""
    places = np.flatnonzero(mask).astype("<i8").tobytes()
    return hashlib.sha256(places).hexdigest()[:16]
