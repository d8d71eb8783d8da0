"""Correcting what a scan's views are, before anything is drawn on them."""

from collections.abc import Sequence

import numpy as np
import slicer
from numpy.typing import NDArray

from BMLesionSegLib.errors import ViewsUnclear
from BMLesionSegLib.scan import EvidenceKind, ViewEvidence, ViewName, view_geometry
from BMLesionSegMRML.geometry import geometryOf, place
from BMLesionSegMRML.volumes import (
    INSTANCE_UIDS,
    QUARTER_TURNS,
    VolumeNode,
    join,
    setView,
    viewName,
)

SWAPPED = ViewEvidence(EvidenceKind.USER, "swapped in 3D Slicer")
UIDS_BEFORE = "BMLesionSeg.instanceUIDsBeforeMirroring"
"""Kept on a mirrored view, for the way back."""


def swapViews(nodes: Sequence[VolumeNode]) -> dict[ViewName, VolumeNode]:
    """Call the anterior view posterior and the other way round; a single view changes its name.

    Args:
        nodes: one or two views of one scan.

    Returns:
        The same nodes by their new names.

    Raises:
        ViewsUnclear: a volume shows no known view, or lesions were drawn on it.
    """
    checkUntouched(nodes)
    swapped = {}
    for node in nodes:
        swapped[knownName(node).other] = node
    for name, node in swapped.items():
        setView(node, name, SWAPPED)
        node.SetName(renamed(node.GetName(), name))
        placeAs(node, name)
    join(swapped)
    return {name: swapped[name] for name in ViewName if name in swapped}


def flipView(node: VolumeNode) -> None:
    """Turn a view that stands on its head by half a turn.

    Raises:
        ViewsUnclear: a volume shows no known view, or lesions were drawn on it.
    """
    checkUntouched([node])
    name = knownName(node)
    setCounts(node, np.rot90(slicer.util.arrayFromVolume(node)[0], 2))
    turns = int(node.GetAttribute(QUARTER_TURNS) or 0)
    node.SetAttribute(QUARTER_TURNS, str((turns + 2) % 4))
    placeAs(node, name)


def mirrorView(node: VolumeNode) -> None:
    """Exchange left and right of a view that was stored as a mirror image.

    No camera makes one, but workstations do, of the posterior view above all. A mirrored view
    refers to its DICOM frame no longer, whose pixels lie the other way round, until it is mirrored
    back.

    Raises:
        ViewsUnclear: a volume shows no known view, or lesions were drawn on it.
    """
    checkUntouched([node])
    name = knownName(node)
    setCounts(node, np.fliplr(slicer.util.arrayFromVolume(node)[0]))
    now, before = node.GetAttribute(INSTANCE_UIDS), node.GetAttribute(UIDS_BEFORE)
    node.SetAttribute(INSTANCE_UIDS, before)
    node.SetAttribute(UIDS_BEFORE, now)
    placeAs(node, name)


def lostItsFrame(node: VolumeNode) -> bool:
    """Whether a view from DICOM is mirrored, so that no DICOM object can refer to it."""
    return node.GetAttribute(UIDS_BEFORE) is not None


def knownName(node: VolumeNode) -> ViewName:
    """Which view a volume shows; one of which that is not known is refused."""
    name = viewName(node)
    if name is None:
        came = "it is not known which view this volume shows"
        raise ViewsUnclear("a view of a bone scan is corrected", came, "Open the scan again.")
    return name


def setCounts(node: VolumeNode, counts: NDArray[np.generic]) -> None:
    """The pixels of a view, ``[row, column]``."""
    slicer.util.updateVolumeFromArray(node, np.ascontiguousarray(counts)[np.newaxis])


def placeAs(node: VolumeNode, name: ViewName) -> None:
    """Put a volume where that view belongs."""
    shape = slicer.util.arrayFromVolume(node).shape[1:]
    spacing = geometryOf(node).spacing
    place(node, view_geometry(name, shape, (spacing[1], spacing[0])))


def renamed(nodeName: str, name: ViewName) -> str:
    """A node's name with the other view's short name at its end, if it has one."""
    old = name.other.short
    return f"{nodeName.removesuffix(old)}{name.short}" if nodeName.endswith(old) else nodeName


def checkUntouched(nodes: Sequence[VolumeNode]) -> None:
    """Refuse once a segmentation lies on a volume: its lesions would stay where they were."""
    role = slicer.vtkMRMLSegmentationNode.GetReferenceImageGeometryReferenceRole()
    for segmentation in slicer.util.getNodesByClass("vtkMRMLSegmentationNode"):
        if segmentation.GetNodeReference(role) in nodes:
            raise ViewsUnclear(
                "views are corrected before lesions are drawn",
                "this scan has a segmentation",
                "Remove the segmentation first.",
            )
