"""A run's result into the scene: all of it, or none."""

from collections.abc import Callable, Mapping
from dataclasses import replace

import slicer

from BMLesionSegLib.exporting.reported import view_segments
from BMLesionSegLib.inference import Segmentation
from BMLesionSegLib.scan import ViewName
from BMLesionSegMRML.segment_tags import PROBABILITY_TAG
from BMLesionSegMRML.segmentations import (
    SegmentationNode,
    addSegmentation,
    newSegments,
    replaceSegments,
    segmentationsOf,
    segmentsOf,
)
from BMLesionSegMRML.untouched import COUNT, touched
from BMLesionSegMRML.volumes import VolumeNode, addScan

Segments = list[tuple[str, slicer.vtkSegment]]
SaveState = Callable[[tuple[ViewName, ...]], None]


def putIntoScene(
    segmentation: Segmentation,
    volumes: Mapping[ViewName, VolumeNode],
    saveState: SaveState | None = None,
) -> dict[ViewName, SegmentationNode]:
    """Show what a run has found.

    An older result of this scan that nobody has touched is replaced, after ``saveState``; any
    other one stays, and new segmentations are added. If anything fails, the scene is as before.

    Args:
        segmentation: a run's outcome.
        volumes: of its views; where there are none, the scan is added.
        saveState: remembers the segmentations of the views it is given, for the editors' Undo.
    """
    added: list[slicer.vtkMRMLNode] = []
    before: dict[SegmentationNode, Segments] = {}
    tag = slicer.mrmlScene.AddObserver(slicer.vtkMRMLScene.NodeAddedEvent, collector(added))
    try:
        volumes = volumes or addScan(segmentation.scan)
        ready = readySegments(segmentation, volumes)
        nodes = replaceable(volumes)
        if nodes and saveState is not None:
            saveState(tuple(nodes))
        before = {node: list(segmentsOf(node).items()) for node in nodes.values()}
        nodes = nodes or {name: addSegmentation(volumes[name]) for name in ready}
        for name, segments in ready.items():
            fill(nodes[name], segments)
    except Exception:
        for node, segments in before.items():
            fill(node, segments)
        for node in reversed(added):
            slicer.mrmlScene.RemoveNode(node)
        raise
    finally:
        slicer.mrmlScene.RemoveObserver(tag)
    return nodes


def collector(added: list[slicer.vtkMRMLNode]) -> Callable[..., None]:
    """An observer that keeps every node added to the scene."""
    import vtk

    @vtk.calldata_type(vtk.VTK_OBJECT)
    def keep(_scene: slicer.vtkMRMLScene, _event: str, node: slicer.vtkMRMLNode) -> None:
        added.append(node)

    return keep


def readySegments(
    segmentation: Segmentation, volumes: Mapping[ViewName, VolumeNode]
) -> dict[ViewName, Segments]:
    """The segments of each view, made but in no scene."""
    facts = view_segments(segmentation)
    ready = {}
    for result in segmentation.views:
        name = result.view.name
        probable = [
            replace(one, tags=one.tags | {PROBABILITY_TAG: f"{lesion.mean_probability:.3f}"})
            for one, lesion in zip(facts[name], result.lesions.lesions, strict=True)
        ]
        ready[name] = newSegments(result.lesions.labels, probable, volumes[name])
    return ready


def replaceable(volumes: Mapping[ViewName, VolumeNode]) -> dict[ViewName, SegmentationNode]:
    """The newest segmentation of each view, or none at all where somebody has worked on one."""
    nodes = {name: segmentationsOf(volume)[-1:] for name, volume in volumes.items()}
    newest = {name: found[0] for name, found in nodes.items() if found}
    complete = len(newest) == len(volumes)
    return newest if complete and touched(newest.values()) is None else {}


def fill(node: SegmentationNode, segments: Segments) -> None:
    """Let a segmentation hold what the model drew."""
    replaceSegments(node, segments)
    node.SetAttribute(COUNT, str(len(segments)))
