"""Lesions in the scene: one segmentation node a view, one segment a lesion."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import slicer
from numpy.typing import NDArray
from vtk.util.numpy_support import numpy_to_vtk, vtk_to_numpy

from BMLesionSegLib.errors import ViewsUnclear
from BMLesionSegLib.exporting.corrected import offset
from BMLesionSegLib.exporting.segment import Segment
from BMLesionSegLib.lesions import Labels
from BMLesionSegLib.scan import SourceFrame
from BMLesionSegMRML.geometry import geometryOf, geometryOfImage, toMatrix
from BMLesionSegMRML.segment_tags import describe, described, sayOrigin
from BMLesionSegMRML.study import putIntoStudy
from BMLesionSegMRML.volumes import VIEW, VolumeNode, sourceOf

SegmentationNode = slicer.vtkMRMLSegmentationNode

BINARY = slicer.vtkSegmentationConverter.GetSegmentationBinaryLabelmapRepresentationName()
REFERENCE_ROLE = SegmentationNode.GetReferenceImageGeometryReferenceRole()


@dataclass(frozen=True, eq=False)
class DrawnView:
    """What a segmentation holds now.

    Attributes:
        labels: int32 ``[row, column]``; 1 to n in the order of the segments, 0 elsewhere.
        segments: those that have pixels. Where two overlap, the first has the pixel.
    """

    labels: Labels
    segments: tuple[Segment, ...]


def addSegmentation(volumeNode: VolumeNode) -> SegmentationNode:
    """Add an empty segmentation of a view, on the view's own grid and in its study."""
    name = slicer.mrmlScene.GenerateUniqueName(f"{volumeNode.GetName()} lesions")
    node = slicer.mrmlScene.AddNewNodeByClass("vtkMRMLSegmentationNode", name)
    node.CreateDefaultDisplayNodes()
    node.SetReferenceImageGeometryParameterFromVolumeNode(volumeNode)
    node.GetSegmentation().SetSourceRepresentationName(BINARY)
    node.SetAttribute(VIEW, volumeNode.GetAttribute(VIEW))
    putIntoStudy(node, volumeNode)
    return node


def volumeOf(node: SegmentationNode) -> VolumeNode | None:
    """The view that a segmentation lies on."""
    return node.GetNodeReference(REFERENCE_ROLE)


def segmentationsOf(volumeNode: VolumeNode) -> list[SegmentationNode]:
    """The segmentations of a view, the oldest first."""
    nodes = slicer.util.getNodesByClass("vtkMRMLSegmentationNode")
    return [node for node in nodes if volumeOf(node) is volumeNode and node.GetAttribute(VIEW)]


def newSegments(
    labels: Labels, facts: Sequence[Segment], volumeNode: VolumeNode
) -> list[tuple[str, slicer.vtkSegment]]:
    """Segments ready to be added, by their IDs; all share one label map.

    Args:
        labels: ``[row, column]`` on the volume's grid.
        facts: of the labels.
        volumeNode: the view.
    """
    image = labelImage(labels, volumeNode)
    segments = []
    for one in facts:
        segment = slicer.vtkSegment()
        segment.SetLabelValue(one.label)
        segment.AddRepresentation(BINARY, image)
        describe(segment, one)
        sayOrigin(segment, one.segment_id, labels == one.label, sourceOf(volumeNode))
        segments.append((one.segment_id, segment))
    return segments


def labelImage(labels: Labels, volumeNode: VolumeNode) -> slicer.vtkOrientedImageData:
    """A label map on the volume's grid, as segmentations keep it."""
    pixelType = np.uint8 if labels.max(initial=0) < 256 else np.uint16
    rows, columns = labels.shape
    image = slicer.vtkOrientedImageData()
    image.SetExtent(0, columns - 1, 0, rows - 1, 0, 0)
    scalars = numpy_to_vtk(labels.astype(pixelType).ravel(), deep=True)
    scalars.SetName("ImageScalars")
    image.GetPointData().SetScalars(scalars)
    image.SetImageToWorldMatrix(toMatrix(geometryOf(volumeNode)))
    return image


def replaceSegments(
    node: SegmentationNode, segments: Sequence[tuple[str, slicer.vtkSegment]]
) -> None:
    """Let a segmentation hold these segments and no others."""
    segmentation = node.GetSegmentation()
    modified = node.StartModify()
    try:
        segmentation.RemoveAllSegments()
        for segmentId, segment in segments:
            segmentation.AddSegment(segment, segmentId)
    finally:
        node.EndModify(modified)


def addSegment(node: SegmentationNode, facts: Segment, mask: NDArray[np.bool_]) -> None:
    """Add one lesion to those that are there.

    Args:
        node: of the view.
        facts: of the lesion; its label is not used.
        mask: bool ``[row, column]`` on the view's grid.
    """
    segment = slicer.vtkSegment()
    segment.AddRepresentation(BINARY, labelImage(mask.astype(np.int32), volumeOf(node)))
    segment.SetLabelValue(1)
    describe(segment, facts)
    sayOrigin(segment, facts.segment_id, mask, sourceOf(volumeOf(node)))
    node.GetSegmentation().AddSegment(segment, facts.segment_id)


def segmentsOf(node: SegmentationNode) -> dict[str, slicer.vtkSegment]:
    """All segments by their IDs, in their order."""
    segmentation = node.GetSegmentation()
    count = segmentation.GetNumberOfSegments()
    ids = [segmentation.GetNthSegmentID(number) for number in range(count)]
    return {segmentId: segmentation.GetSegment(segmentId) for segmentId in ids}


def drawnView(node: SegmentationNode) -> DrawnView:
    """Read a segmentation as one label map on its view's grid.

    Raises:
        ViewsUnclear: a segment lies on another grid, or outside of the view.
    """
    labels = np.zeros(slicer.util.arrayFromVolume(volumeOf(node)).shape[1:], np.int32)
    facts = []
    for segmentId, mask in masksOf(node).items():
        free = mask & (labels == 0)
        if not free.any():
            continue
        facts.append(described(segmentsOf(node)[segmentId], segmentId, len(facts) + 1))
        labels[free] = len(facts)
    return DrawnView(labels, tuple(facts))


def masksOf(node: SegmentationNode) -> dict[str, NDArray[np.bool_]]:
    """The pixels of each segment, bool ``[row, column]`` on the view's grid.

    Raises:
        ViewsUnclear: a segment lies on another grid, or outside of the view.
    """
    layers: dict[int, Labels] = {}
    segmentation, volumeNode = node.GetSegmentation(), volumeOf(node)
    masks = {}
    for segmentId, segment in segmentsOf(node).items():
        layer = segmentation.GetLayerIndex(segmentId, BINARY)
        if layer not in layers:
            layers[layer] = onGrid(segment.GetRepresentation(BINARY), volumeNode)
        masks[segmentId] = layers[layer] == segment.GetLabelValue()
    return masks


def onGrid(image: slicer.vtkOrientedImageData | None, volumeNode: VolumeNode) -> Labels:
    """A segment's image, which may be cropped or empty, on the grid of its view."""
    labels = np.zeros(slicer.util.arrayFromVolume(volumeNode).shape[1:], np.int32)
    if image is None or min(image.GetDimensions()) < 1:
        return labels
    columns, rows, slices = image.GetDimensions()
    corner = offset(geometryOfImage(image), geometryOf(volumeNode)) if slices == 1 else None
    if corner is None or not fits(corner, (rows, columns), labels.shape):
        raise ViewsUnclear(
            "a lesion lies on its view",
            "a segment of another grid came",
            "Draw it again with the bone scan as source volume.",
        )
    top, left = corner
    pixels = vtk_to_numpy(image.GetPointData().GetScalars()).reshape(rows, columns)
    labels[top : top + rows, left : left + columns] = pixels
    return labels


def fits(corner: tuple[int, int], size: tuple[int, int], shape: tuple[int, ...]) -> bool:
    """Whether a part lies within the whole."""
    return all(
        first >= 0 and first + length <= whole
        for first, length, whole in zip(corner, size, shape, strict=True)
    )


def refreshOrigins(node: SegmentationNode) -> None:
    """Tag every segment anew with who drew it; an edit makes semi-automatic of automatic."""
    source: SourceFrame | None = sourceOf(volumeOf(node))
    segments = segmentsOf(node)
    for segmentId, mask in masksOf(node).items():
        sayOrigin(segments[segmentId], segmentId, mask, source)
