"""Add the hot spot at a click to a review."""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import slicer
import vtk

from BMLesionSegLib import __version__
from BMLesionSegLib.exporting.origin import COUNTS_TAG, MODEL_TAG, counts_fingerprint
from BMLesionSegLib.exporting.segment import lesion_segment
from BMLesionSegLib.lesions import (
    NumberedLesion,
    ReviewStatus,
    grow_hot_spot,
    measure_lesions,
    number_findings,
)
from BMLesionSegLib.scan import ViewName
from BMLesionSegMRML.measured_view import UNKNOWN, MeasuredView
from BMLesionSegMRML.result import SaveState
from BMLesionSegMRML.segmentations import addSegment, segmentsOf, volumeOf

DRAWN_BY = f"hot-spot {__version__}"
"""Drawn by a rule from a person's click: semi-automatic, never automatic."""


def addHotSpot(
    name: ViewName,
    ras: tuple[float, float, float],
    views: Mapping[ViewName, MeasuredView],
    saveState: SaveState,
) -> int:
    """Outline the spot and add it as a metastasis; the number of its finding.

    Raises:
        CountsRefused: nothing is there to be outlined.
    """
    measured = views[name]
    row, column = pixelAt(volumeOf(measured.node), ras)
    drawn = measured.drawn()
    mask = grow_hot_spot(measured.view, row, column, drawn.labels > 0)
    unknown = np.full(mask.shape, UNKNOWN, np.float32)
    (lesion,) = measure_lesions(measured.view, measured.body, mask.astype(np.int32), unknown)
    lesion = replace(lesion, segment_id=freeId(measured, name), status=ReviewStatus.METASTASIS)
    lesions = [one for view in views.values() for one in view.lesions()]
    findings = number_findings([*lesions, NumberedLesion(lesion, None)], measured.view.spacing[0])
    number = next(finding.number for finding in findings if lesion in finding.lesions)
    facts = lesion_segment(lesion, number)
    saveState((name,))
    made = {MODEL_TAG: DRAWN_BY, COUNTS_TAG: counts_fingerprint(measured.view)}
    addSegment(measured.node, replace(facts, tags=facts.tags | made), mask)
    return number


def pixelAt(
    volumeNode: slicer.vtkMRMLVolumeNode, ras: tuple[float, float, float]
) -> tuple[int, int]:
    """Row and column of a point; it may lie outside."""
    matrix = vtk.vtkMatrix4x4()
    volumeNode.GetRASToIJKMatrix(matrix)
    column, row = matrix.MultiplyPoint((*ras, 1.0))[:2]
    return round(row), round(column)


def freeId(measured: MeasuredView, name: ViewName) -> str:
    """A segment ID that no segment of the view has had."""
    taken = segmentsOf(measured.node)
    number = len(taken) + 1
    while f"{name}-added-{number}" in taken:
        number += 1
    return f"{name}-added-{number}"
