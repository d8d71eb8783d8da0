"""A scintigram as nuclear medicine reads it: inverted grey from zero to one upper level."""

import numpy as np
import slicer

from BMLesionSegMRML.body_region import bodyMask

INVERTED_GREY = "vtkMRMLColorTableNodeInvertedGrey"
BODY_PERCENTILE = 99.0
"""Of the body's counts: the upper level to begin with. The report's picture uses the same."""
LEVEL_SET = "BMLesionSeg.upperLevel"
"""Marks a display whose level is the reader's own and stays."""


def showAsScintigram(volume: slicer.vtkMRMLScalarVolumeNode) -> None:
    """Inverted grey and a first upper level, unless the reader has set one already."""
    display = volume.GetDisplayNode()
    if display is None:
        volume.CreateDefaultDisplayNodes()
        display = volume.GetDisplayNode()
    if display.GetAttribute(LEVEL_SET):
        return
    display.SetAndObserveColorNodeID(INVERTED_GREY)
    setUpper(volume, firstUpper(volume))


def upper(volume: slicer.vtkMRMLScalarVolumeNode) -> float:
    """Counts shown black."""
    return volume.GetDisplayNode().GetWindowLevelMax()


def setUpper(volume: slicer.vtkMRMLScalarVolumeNode, counts: float) -> None:
    """Show ``counts`` and more black; no counts stay white."""
    display = volume.GetDisplayNode()
    display.SetAutoWindowLevel(False)
    display.SetWindowLevelMinMax(0, max(counts, 1.0))
    display.SetAttribute(LEVEL_SET, "1")


def firstUpper(volume: slicer.vtkMRMLScalarVolumeNode) -> float:
    """A level at which the skeleton is seen: the 99th percentile of the body."""
    counts = slicer.util.arrayFromVolume(volume)[0]
    return float(np.percentile(counts[bodyMask(volume)], BODY_PERCENTILE))
