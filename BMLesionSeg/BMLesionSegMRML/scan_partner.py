"""The two views of one scan, where each came as a series of its own, find each other."""

from collections.abc import Mapping

import slicer

from BMLesionSegLib.scan import ViewName
from BMLesionSegMRML.geometry import geometryOf
from BMLesionSegMRML.volumes import STUDY_UID, VolumeNode, isView, join, viewName, viewsOf


def joinPartner(views: Mapping[ViewName, VolumeNode]) -> dict[ViewName, VolumeNode]:
    """Join a single view with the one other single view of its study that is its counterpart.

    Args:
        views: of one scan, as just loaded.

    Returns:
        The scan's views now. Unchanged where nothing, or more than one volume, fits.
    """
    if len(views) != 1:
        return dict(views)
    (node,) = views.values()
    partners = [
        other
        for other in slicer.util.getNodesByClass("vtkMRMLScalarVolumeNode")
        if isView(other) and len(viewsOf(other)) == 1 and isCounterpart(node, other)
    ]
    if len(partners) == 1:
        join({viewName(view): view for view in (node, partners[0])})
    return viewsOf(node)


def isCounterpart(node: VolumeNode, other: VolumeNode) -> bool:
    """Whether two volumes are opposite views of one study and of one size."""
    study = node.GetAttribute(STUDY_UID)
    return (
        bool(study)
        and other.GetAttribute(STUDY_UID) == study
        and viewName(other) is viewName(node).other
        and other.GetImageData().GetDimensions() == node.GetImageData().GetDimensions()
        and geometryOf(other).spacing == geometryOf(node).spacing
    )
