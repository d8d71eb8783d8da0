"""Pictures of the layout's views, and what is looked for in them."""

import numpy as np
import slicer

from BMLesionSegLib.exporting.segment import STATUS_COLOURS, Segment
from BMLesionSegLib.lesions import ReviewStatus
from BMLesionSegMRML.segmentations import addSegment, addSegmentation
from BMLesionSegMRML.slice_plane import pixelToRas, rasToScreen
from BMLesionSegMRML.view_slots import MAIN_SLOTS, sliceNode

ANT, POST = MAIN_SLOTS
SIZE = (240, 600)
SPOT = (slice(150, 162), slice(30, 38))
"""Rows and columns of a drawn lesion, at the left of the image."""
INK = np.array(STATUS_COLOURS[ReviewStatus.UNREVIEWED])


def lesion(volume):
    """A segmentation of one lesion at SPOT."""
    node = addSegmentation(volume)
    mask = np.zeros(slicer.util.arrayFromVolume(volume).shape[1:], bool)
    mask[SPOT] = True
    addSegment(node, Segment(1, "spot", "1A", tuple(INK)), mask)
    return node


def resized(manager):
    for widget in manager.shown():
        widget.sliceView().resize(*SIZE)


def pictures(manager):
    resized(manager)
    return [widget.sliceView().picture().astype(int) for widget in manager.shown()]


def node(slot):
    return sliceNode(slicer.mrmlScene, slot)


def orange(picture):
    """Pixels in the colour of an unreviewed lesion."""
    return np.abs(picture - INK).max(axis=2) < 40


def blue(picture):
    """Pixels of the halo."""
    return (picture[..., 2] > picture[..., 0] + 60) & (picture[..., 2] > 150)


def sampled(slot, volume, picture):
    """Grey of the picture and darkness of the counts at the same places of the patient."""
    counts = slicer.util.arrayFromVolume(volume)[0]
    greys, darkness = [], []
    for row in range(10, counts.shape[0] - 30, 6):
        for column in range(14, counts.shape[1] - 14, 3):
            x, y = rasToScreen(node(slot), pixelToRas(volume, row, column))
            if 0 <= x < SIZE[0] and 0 <= y < SIZE[1]:
                greys.append(picture[SIZE[1] - 1 - int(y), int(x), 0])
                darkness.append(counts[row, column])
    return np.array(greys), np.array(darkness)
