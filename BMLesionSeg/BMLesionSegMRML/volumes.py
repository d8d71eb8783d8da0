"""A bone scan in the scene: one volume node a view, joined by node references.

Order of the pixels is that of the file; only the geometry says how a view lies in space.
"""

from collections.abc import Mapping

import numpy as np
import slicer

from BMLesionSegLib.errors import ViewsUnclear
from BMLesionSegLib.scan import (
    BoneScan,
    EvidenceKind,
    Geometry,
    SourceFrame,
    View,
    ViewEvidence,
    ViewName,
    view_geometry,
)
from BMLesionSegMRML.geometry import geometryOf, place, samePlace

VolumeNode = slicer.vtkMRMLScalarVolumeNode

OTHER_VIEW_ROLE = "BMLesionSeg.otherView"
VIEW = "BMLesionSeg.view"
EVIDENCE = "BMLesionSeg.viewEvidence"
EVIDENCE_KIND = "BMLesionSeg.viewEvidenceKind"
SOURCE_FRAME = "BMLesionSeg.sourceFrame"
QUARTER_TURNS = "BMLesionSeg.quarterTurns"
SCAN_NAME = "BMLesionSeg.scanName"
STUDY_UID = "BMLesionSeg.studyInstanceUID"
SERIES_UID = "BMLesionSeg.seriesInstanceUID"
INSTANCE_UIDS = "DICOM.instanceUIDs"
CHOSEN = ViewEvidence(EvidenceKind.USER, "chosen in 3D Slicer")


def addScan(scan: BoneScan, name: str = "Bone scan") -> dict[ViewName, VolumeNode]:
    """Add a scan to the scene.

    Args:
        scan: as the library reads it.
        name: of the nodes, before ANT and POST; never a patient's.

    Returns:
        The volume of each view.
    """
    nodes = {view.name: addView(view, scan, name) for view in scan}
    join(nodes)
    return nodes


def addView(view: View, scan: BoneScan, name: str) -> VolumeNode:
    """Add one view; its pixels are whole counts wherever the file's are."""
    whole = np.array_equal(view.counts, np.rint(view.counts)) and view.counts.max() < 2**16
    counts = view.counts.astype(np.uint16 if whole else np.float32)
    node = slicer.mrmlScene.AddNewNodeByClass(
        "vtkMRMLScalarVolumeNode",
        slicer.mrmlScene.GenerateUniqueName(f"{name} {view.name.short}"),
    )
    slicer.util.updateVolumeFromArray(node, counts[np.newaxis])
    place(node, view.geometry)
    node.CreateDefaultDisplayNodes()
    setView(node, view.name, view.evidence)
    attributes = {SCAN_NAME: scan.name, STUDY_UID: scan.study_uid, SERIES_UID: scan.series_uid}
    if view.source is not None:
        attributes[SOURCE_FRAME] = str(view.source.frame)
        attributes[QUARTER_TURNS] = str(view.source.quarter_turns)
        attributes[INSTANCE_UIDS] = view.source.sop_instance_uid
    for key, value in attributes.items():
        if value:
            node.SetAttribute(key, value)
    return node


def setView(node: VolumeNode, name: ViewName, evidence: ViewEvidence) -> None:
    """Say which view a volume shows, and how that is known."""
    node.SetAttribute(VIEW, name.value)
    node.SetAttribute(EVIDENCE, evidence.text)
    node.SetAttribute(EVIDENCE_KIND, evidence.kind.value)


def join(nodes: Mapping[ViewName, VolumeNode]) -> None:
    """Let the two views of a scan refer to each other."""
    for name, node in nodes.items():
        other = nodes.get(name.other)
        node.SetNodeReferenceID(OTHER_VIEW_ROLE, other.GetID() if other else None)


def isView(node: slicer.vtkMRMLNode | None) -> bool:
    """Whether a node is one view of a bone scan of ours."""
    return isinstance(node, VolumeNode) and viewName(node) is not None


def viewName(node: VolumeNode) -> ViewName | None:
    """Which view a volume shows, as far as that was ever said."""
    said = node.GetAttribute(VIEW)
    return ViewName(said) if said in set(ViewName) else None


def evidenceOf(node: VolumeNode) -> ViewEvidence:
    """How a volume's view is known."""
    kind = node.GetAttribute(EVIDENCE_KIND)
    if kind not in set(EvidenceKind):
        return CHOSEN
    return ViewEvidence(EvidenceKind(kind), node.GetAttribute(EVIDENCE) or "")


def viewsOf(node: VolumeNode) -> dict[ViewName, VolumeNode]:
    """The views of the scan that this one belongs to, anterior first."""
    views = [node, node.GetNodeReference(OTHER_VIEW_ROLE)]
    named = {viewName(view): view for view in views if isView(view)}
    return {name: named[name] for name in ViewName if name in named}


def scanFromVolumes(anterior: VolumeNode | None, posterior: VolumeNode | None = None) -> BoneScan:
    """The scan that these volumes show.

    Args:
        anterior: a volume of one slice, or None.
        posterior: likewise; one of both is given.

    Raises:
        ViewsUnclear: none is given, one shows the other view or not one slice, or they do not fit.
        CountsRefused: pixels that cannot be counts.
        GeometryRefused: impossible spacing.
    """
    given = {ViewName.ANTERIOR: anterior, ViewName.POSTERIOR: posterior}
    nodes = {name: node for name, node in given.items() if node is not None}
    views = tuple(readView(node, name) for name, node in nodes.items())
    first = next(iter(nodes.values()), None)
    said = first.GetAttribute if first else {}.get
    return BoneScan(
        views, said(SCAN_NAME) or "bone-scan", said(STUDY_UID) or None, said(SERIES_UID) or None
    )


def readView(node: VolumeNode, name: ViewName) -> View:
    """One volume as the view that it is said to show."""
    if viewName(node) not in (None, name):
        raise ViewsUnclear(
            f"the {name} view is given where it is asked for",
            f"a {viewName(node)} view came",
            "Choose the other volume, or swap the views.",
        )
    image = node.GetImageData()
    counts = slicer.util.arrayFromVolume(node) if image else np.zeros((0, 0, 0))
    if counts.ndim != 3 or len(counts) != 1:
        came = f"an image of {len(counts)} slices came"
        raise ViewsUnclear("a view is one slice", came, "Choose a planar bone scan.")
    geometry = geometryOf(node)
    spacing = (geometry.spacing[1], geometry.spacing[0])
    return View(
        name,
        counts[0],
        spacing,
        evidenceOf(node),
        sourceOf(node),
        ownGeometry(geometry, name, counts[0].shape, spacing),
    )


def ownGeometry(
    geometry: Geometry, name: ViewName, shape: tuple[int, ...], spacing: tuple[float, float]
) -> Geometry | None:
    """A volume's geometry where it is not the project's own for that view."""
    usual = view_geometry(name, (shape[0], shape[1]), spacing)
    return None if samePlace(geometry, usual) else geometry


def sourceOf(node: VolumeNode) -> SourceFrame | None:
    """The DICOM frame that a volume came from; where its file lies is not known here."""
    uid, frame = node.GetAttribute(INSTANCE_UIDS), node.GetAttribute(SOURCE_FRAME)
    if not uid or not frame:
        return None
    return SourceFrame(uid.split()[0], int(frame), int(node.GetAttribute(QUARTER_TURNS) or 0))
